"""A pasted text: what is found in it, and how it becomes a capture."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from corpus.model import Capture, Document, Problem

if TYPE_CHECKING:
    from tui.session import Session

_NAME = "pasted text"
_SUFFIXES = {"html": ".html", "json": ".json", "jsonl": ".jsonl"}


class Kept(NamedTuple):
    """A capture that was kept, and the first document in it; `new` is False where the same bytes were there."""

    path: Path
    document: str
    title: str
    new: bool


class NotKeptError(Exception):
    """The text was not kept; the message is a sentence for the user."""


def read_pasted(data: bytes) -> list[Document | Problem]:
    """Return what is found in the bytes of a pasted text."""
    from corpus.read import read_bytes

    try:
        return list(read_bytes(data, Capture(path=_NAME)))
    except Exception as error:
        return [Problem(_NAME, f"it could not be read ({type(error).__name__})")]


def keep_pasted(data: bytes, session: Session) -> Kept:
    """Keep the bytes as a capture. Raises NotKeptError, also where nothing can be read from them."""
    from corpus.adding import add_text

    found = read_pasted(data)
    first = next((item for item in found if isinstance(item, Document)), None)
    if first is None:
        why = next((item.message for item in found if isinstance(item, Problem)), "nothing was found in it")
        raise NotKeptError(f"Not kept: {why}.")
    suffix = _SUFFIXES.get(first.capture.format if first.capture else "", ".txt")
    try:
        added = add_text(data, session.options.folders, first.title, suffix=suffix, storage=session.storage)
    except OSError as error:
        raise NotKeptError(f"It could not be kept: {error.strerror or error}.") from error
    return Kept(added.path, first.id, first.title, added.new)
