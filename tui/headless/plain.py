"""A document as plain text: the article, then the comments in the order of the capture."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from corpus.model import Comment, Document

INDENT = "  "
DEEPEST = 12
"""Replies deeper than this are indented no further."""


def to_text(document: Document) -> str:
    """Return the document as plain text, with an empty line at its end."""
    return "\n".join(_lines(document))


def _lines(document: Document) -> Iterator[str]:
    yield document.title or "(no title)"
    yield " · ".join(head(document))
    for paragraph in document.paragraphs:
        yield ""
        yield paragraph.text
    if document.comments or document.stated_comment_count:
        yield ""
        yield comments_heading(document)
    for comment in document.comments:
        indent = INDENT * (1 + min(comment.depth, DEEPEST))
        yield ""
        yield f"{indent}{' · '.join(comment_head(document, comment))}"
        if comment.title:
            yield f"{indent}{comment.title}"
        for line in comment.text.split("\n"):
            yield f"{indent}{line}".rstrip()
    yield ""


def head(document: Document) -> Iterator[str]:
    """Yield who wrote the article, where, when, and its address; a date that is not stated is said to be so."""
    if document.byline:
        yield ", ".join(document.byline)
    if document.outlet:
        yield document.outlet
    yield document.published or document.published_raw or "date not stated"
    if document.url:
        yield document.url


def comments_heading(document: Document) -> str:
    """Return the words over the comments: how many are here, and how many the page says there are."""
    from corpus.selfcheck import check

    count, found = len(document.comments), check(document)
    words = f"{count} comment{'' if count == 1 else 's'}"
    if found is None:
        return words
    return f"{words} ({found.said})" if found.agrees else f"{words} (warning: {found.said})"


def comment_head(document: Document, comment: Comment) -> Iterator[str]:
    """Yield the number of a comment on the page, its author, time, and what it answers and why that is believed."""
    yield f"#{comment.seq + 1}"
    if comment.kind != "comment":
        yield comment.kind
    yield comment.author or "(no name)"
    if comment.posted or comment.posted_raw:
        yield comment.posted or comment.posted_raw or ""
    reply = comment.reply
    if reply and reply.to:
        certainty = "reply" if reply.relation == "stated" else "likely reply"
        why = "" if reply.relation == "stated" else f" ({reply.relation})"
        yield f"{certainty} to {_number(document, reply.to)}{why}"
    elif reply and reply.missing:
        yield "reply; its parent is not in this capture"


def _number(document: Document, comment: str) -> str:
    try:
        return f"#{document.comment(comment).seq + 1}"
    except KeyError:
        return "a comment that is not in this capture"
