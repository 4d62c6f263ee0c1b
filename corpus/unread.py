"""A text that no reader understood, as a document all the same: shown as it is, found by search, quoted by its file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from corpus.decoding import decode, is_binary
from corpus.model import Capture, Document, Problem, make_document
from corpus.text import canonical

FORMAT = "unread"
"""The format of such a capture."""
MOST = 200_000
"""Characters that are kept: it is text that nothing is known of."""
_PIECE = 2000
"""Characters of a paragraph, where lines are longer than anybody's."""


def is_unread(document: Document) -> bool:
    """Tell whether a document is the plain text of a capture that could not be read."""
    return document.capture is not None and document.capture.format == FORMAT


def why_unread(document: Document) -> str:
    """Return why the capture could not be read."""
    return document.problems[0] if document.problems else ""


def unread(path: Path, why: str) -> Document | None:
    """Return the text of a capture as a document without a title; None where it is no text, or cannot be opened.

    Args:
        path: the file; not followed where it is no regular file.
        why: it could not be read, in a sentence.
    """
    import hashlib

    from corpus.raw import MOST_BYTES
    from corpus.read.files import load

    loaded = load(path, MOST_BYTES)
    if isinstance(loaded, Problem) or is_binary(loaded[0]):
        return None
    data, changed = loaded
    decoded = decode(data)
    text = canonical(decoded.text[: MOST * 2])
    pieces = [(piece, "code") for piece in _pieces(text[:MOST])]
    if not pieces:
        return None
    said = [why, *([decoded.note] if decoded.note else [])]
    if len(text) > MOST:
        said.append(f"only the first {MOST:,} characters are shown here; gr shows the file")
    capture = Capture(
        str(path),
        None,
        hashlib.sha256(data).hexdigest(),
        FORMAT,
        decoded.encoding,
        changed,
        "file date" if changed else None,
    )
    return make_document("", pieces, problems=tuple(said), capture=capture)


def _pieces(text: str) -> Iterator[str]:
    """Yield blocks of lines; what is longer than a screen is cut, at a blank where there is one."""
    for block in text.split("\n\n"):
        rest = block.strip("\n")
        while len(rest) > _PIECE:
            cut = max(rest.rfind("\n", 0, _PIECE), rest.rfind(" ", _PIECE // 2, _PIECE)) + 1 or _PIECE
            yield rest[:cut].strip("\n ")
            rest = rest[cut:]
        if rest.strip():
            yield rest
