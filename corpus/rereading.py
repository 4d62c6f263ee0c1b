"""A document as it is read with the user's corrections: pure functions over what was read without them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from corpus.comments import Comments
from corpus.identity import version_id
from corpus.model import PARAGRAPH_BREAK, Comment, Document, Folded, Link, Paragraph, Reply, Span, lay_out
from corpus.readings import WORDS, Correction
from corpus.selfcheck import compare, is_said
from corpus.text import canonical_line

CORRECTED = "corrected"
"""The key of `Document.extra` under which the corrections that were applied stand, in words."""
NOT_APPLIED = "a correction of yours does not fit this capture: "
NO_COMMENT = "you said that it is no comment"

Text = Callable[[], str | None]
"""Returns the decoded capture of a pasted text; None where it cannot be read."""


def corrected(document: Document, corrections: Sequence[Correction], text: Text = lambda: None) -> Document:
    """Return the document with corrections applied in their order; its id stays.

    Args:
        document: as read without them, or with earlier ones.
        corrections: of this document.
        text: the decoded capture, asked for where comments are to be found in it.
    """
    said: list[str] = list(_words(document.extra.get(CORRECTED)))
    misfits: list[str] = []
    before = document
    for correction in corrections:
        change = {"comments-from": _comments_from, "no-comment": _no_comment, "comment-author": _author}.get(
            str(correction.get("op"))
        )
        found = change(document, correction, text) if change else None
        if found is None:
            misfits.append(NOT_APPLIED + _told(correction))
        else:
            document = found
            said.append(_told(correction))
    if document is before:
        return replace(document, problems=(*document.problems, *misfits)) if misfits else document
    document = _checked(replace(document, extra={**document.extra, CORRECTED: said}))
    document = replace(document, problems=(*document.problems, *misfits))
    return replace(document, version=version_id(document.title, document.body, document.comments))


def _words(value: object) -> Iterable[str]:
    return (item for item in value if isinstance(item, str)) if isinstance(value, list | tuple) else ()


def _told(correction: Correction) -> str:
    """Return a correction in words."""
    match correction:
        case {"op": "comments-from", "text": str(text)}:
            return f"the comments start at “{canonical_line(text, 60)}”"
        case {"op": "no-comment", "to": "hidden"}:
            return "a comment is a part of the page around the article"
        case {"op": "no-comment"}:
            return "a comment belongs to the article"
        case {"op": "comment-author", "name": str(name)}:
            return f"a comment was written by {canonical_line(name, 60)}"
    return "it is not understood"


# the comments begin here


def _comments_from(document: Document, correction: Correction, text: Text) -> Document | None:
    words, place = correction.get("text"), correction.get("place")
    alike = [at for at, item in enumerate(document.paragraphs) if item.text[:WORDS] == words]
    if not alike:
        return None
    at = alike[place] if isinstance(place, int) and 0 <= place < len(alike) else alike[0]
    if document.capture and document.capture.format == "text" and (raw := text()) is not None:
        found = _pasted_again(document, at, raw)
        if found is not None:
            return found
    return _moved(document, at)


def _pasted_again(document: Document, at: int, raw: str) -> Document | None:
    """Read a pasted text once more, its comments known to begin at a paragraph; None where that is not found."""
    from corpus.raw import place_of
    from corpus.read.captured_text import read_text
    from corpus.threads import relate

    item = document.paragraphs[at]
    span = Span(document.id, "body", None, item.start, item.end)
    found = place_of(raw, document, span)
    if found is None or document.capture is None:
        return None
    again = read_text(raw, document.capture, found[0])
    if not again.comments:
        return None
    notes = [problem for problem in document.problems if problem not in again.problems and not is_said(problem)]
    kept = replace(
        again,
        id=document.id,
        title=document.title,
        url=document.url or again.url,
        problems=(*again.problems, *(note for note in notes if note.startswith(("no encoding", "read as ")))),
        extra=document.extra,
    )
    return relate(kept)


def _moved(document: Document, at: int) -> Document:
    """Turn the paragraphs from `at` on into comments, with their authors and times where they show them."""
    from corpus.model import Capture
    from corpus.read.captured_text import read_text

    moved = PARAGRAPH_BREAK.join(item.text for item in document.paragraphs[at:])
    # a line stands for the article, so that all that follows is comments
    read = read_text(f".\n\n{moved}", document.capture or Capture(""), 3)
    body = document.paragraphs[:at]
    taken = {comment.id for comment in document.comments}
    fresh = [
        replace(comment, id=comment.id if comment.id not in taken else f"{comment.id}-moved")
        for comment in read.comments
    ]
    shown = _article(document, body)
    return _commented(
        replace(shown, folded=(*shown.folded, *(replace_offsets(part) for part in read.folded))),
        [*fresh, *document.comments],
    )


def replace_offsets(part: Folded) -> Folded:
    """Return a hidden part without places, which would not be those of the capture."""
    return Folded(part.text, part.reason)


def _article(document: Document, paragraphs: Sequence[Paragraph]) -> Document:
    """Return the document with another body; links whose words went keep their addresses."""
    body = PARAGRAPH_BREAK.join(item.text for item in paragraphs)
    old = document.body

    def placed(link: Link) -> Link:
        span = link.span
        if span is None or span.part != "body" or body[span.start : span.end] == old[span.start : span.end]:
            return link
        return link._replace(span=None)

    return replace(
        document,
        paragraphs=lay_out((item.text, item.kind) for item in paragraphs),
        links=tuple(placed(link) for link in document.links),
    )


# no comment


def _no_comment(document: Document, correction: Correction, text: Text) -> Document | None:
    name = correction.get("comment")
    gone = next((comment for comment in document.comments if comment.id == name), None)
    if gone is None:
        return None
    head = " · ".join(filter(None, (gone.author, gone.posted_raw or gone.posted, gone.title)))
    folded = [Folded(head, f"over what is no comment: {NO_COMMENT}")] if head else []
    if correction.get("to") == "hidden":
        folded.append(Folded(gone.text, NO_COMMENT))
        shown = document
    else:
        more = [Paragraph(piece, "paragraph", 0, 0) for piece in gone.text.split(PARAGRAPH_BREAK) if piece.strip()]
        shown = _article(document, [*document.paragraphs, *more])
    rest = [_without(comment, gone) for comment in document.comments if comment.id != name]
    return _commented(replace(shown, folded=(*shown.folded, *folded)), rest)


def _without(comment: Comment, gone: Comment) -> Comment:
    """Return a comment whose parent is no comment any more: it answers what that one answered."""
    if comment.parent != gone.id:
        return comment
    reply = Reply(gone.parent, None) if gone.parent else None
    return replace(comment, parent=gone.parent, reply=reply)


def _author(document: Document, correction: Correction, text: Text) -> Document | None:
    name, author = correction.get("comment"), correction.get("name")
    if not isinstance(author, str) or not any(comment.id == name for comment in document.comments):
        return None
    changed = [
        replace(
            comment,
            author=canonical_line(author, 200) or None,
            extra={**comment.extra, "author_stated": comment.author},
        )
        if comment.id == name
        else comment
        for comment in document.comments
    ]
    return _commented(document, changed)


def _commented(document: Document, comments: Sequence[Comment]) -> Document:
    """Return the document with other comments, numbered and related anew."""
    from corpus.threads import relate

    depths: dict[str, int] = {}
    known = {comment.id for comment in comments}
    made = []
    for seq, comment in enumerate(comments):
        depth = depths.get(comment.parent, -1) + 1 if comment.parent in known and comment.parent else comment.depth
        depths[comment.id] = depth
        stated = comment.reply is not None and comment.reply.relation == "stated"
        made.append(
            replace(
                comment,
                seq=seq,
                depth=depth if comment.parent else 0,
                reply=comment.reply if stated else None,
                addresses=() if not stated else comment.addresses,
                quotes=(),
            )
        )
    return relate(replace(document, comments=Comments(made)))


def _checked(document: Document) -> Document:
    """Compare the page's own count again."""
    problems = [problem for problem in document.problems if not is_said(problem)]
    found = compare(document.stated_comment_count, document.comments)
    if found and not found.agrees and document.comments:
        problems.append(found.problem)
    return replace(document, problems=tuple(problems))
