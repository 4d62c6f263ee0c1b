"""A document as Markdown that shows exactly its words: no text of a capture becomes a link, an image or a heading."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from corpus.markdown import escape, escape_line, quoted
from tui.headless.plain import comment_head, comments_heading, head

if TYPE_CHECKING:
    from corpus.model import Document


def to_markdown(document: Document) -> str:
    """Return the document as Markdown, with an empty line at its end."""
    return "\n\n".join(_blocks(document)) + "\n"


def _blocks(document: Document) -> Iterator[str]:
    yield f"# {escape_line(document.title or '(no title)')}"
    yield escape_line(" · ".join(head(document)))
    for paragraph in document.paragraphs:
        if paragraph.kind == "heading":
            yield f"### {escape_line(' '.join(paragraph.text.split()))}"
        else:
            block = escape(paragraph.text)
            yield quoted(block) if paragraph.kind == "quote" else block
    if document.comments:
        yield f"## {escape_line(comments_heading(document))}"
    for comment in document.comments:
        yield escape_line(" · ".join(comment_head(document, comment)))
        text = f"{comment.title}\n\n{comment.text}" if comment.title else comment.text
        if text.strip():
            yield quoted(escape(text))
