"""Corrections of how captures were read: append-only lines in the file of corrections, replayed on every reading.

A correction is one JSON object a line. `op` is

    comments-from document text place    the paragraph that begins with `text`, the `place`-th of its kind (from 0),
                                         is the first comment, and what follows belongs to the comments
    no-comment document comment to       this comment is no comment: it belongs to the `article`, or is `hidden`
    comment-author document comment name this is who wrote the comment
    reading-undo n                       the n-th of these lines (from 0) does not count

Documents are named by the id that they had before any correction, which they keep.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.judgement_lines import read_records

if TYPE_CHECKING:
    from corpus.storage import Storage

OPS = frozenset({"comments-from", "no-comment", "comment-author", "reading-undo"})
WORDS = 300
"""Characters of a passage by which it is found again."""

Correction = Mapping[str, Any]


def comments_from(document: str, paragraphs: Sequence[str], at: int) -> Correction:
    """Return the correction that the comments begin with paragraph `at` (from 0) of a document."""
    text = paragraphs[at][:WORDS]
    place = sum(1 for paragraph in paragraphs[:at] if paragraph[:WORDS] == text)
    return {"op": "comments-from", "document": document, "text": text, "place": place}


def no_comment(document: str, comment: str, *, hidden: bool = False) -> Correction:
    """Return the correction that a comment is part of the article, or of the page around it."""
    return {"op": "no-comment", "document": document, "comment": comment, "to": "hidden" if hidden else "article"}


def comment_author(document: str, comment: str, name: str) -> Correction:
    """Return the correction of who wrote a comment."""
    return {"op": "comment-author", "document": document, "comment": comment, "name": name}


class Readings:
    """The corrections of every document, in their order."""

    def __init__(self, path: Path, storage: Storage) -> None:
        """Use the file at `path`, read when it is first needed."""
        self.path, self.storage = path, storage
        self._records: list[dict[str, Any]] | None = None

    @property
    def records(self) -> Sequence[Correction]:
        """The corrections in the order of the file, undone ones and undoings too."""
        if self._records is None:
            self._records = self._read()
        return self._records

    def _read(self) -> list[dict[str, Any]]:
        return read_records(self.path, self.storage, OPS)

    def by_document(self) -> dict[str, list[Correction]]:
        """Return the corrections in force by document; documents of which all were undone have none."""
        undone: set[int] = set()
        for number in range(len(self.records) - 1, -1, -1):
            record = self.records[number]
            if record["op"] == "reading-undo" and number not in undone and isinstance(record.get("n"), int):
                undone.add(record["n"])
        found: dict[str, list[Correction]] = {}
        for number, record in enumerate(self.records):
            document = record.get("document")
            if isinstance(document, str) and record["op"] != "reading-undo" and number not in undone:
                found.setdefault(document, []).append(record)
        return found

    def of(self, document: str) -> Sequence[Correction]:
        """Return the corrections in force of a document."""
        return self.by_document().get(document, ())

    def add(self, corrections: Sequence[Correction]) -> tuple[int, ...]:
        """Write corrections and return their numbers, by which they are taken back.

        Raises OSError when they cannot be written; nothing has changed then.
        """
        stamp = self.storage.clock().isoformat()
        data = "".join(json.dumps({"ts": stamp, **item}, ensure_ascii=False) + "\n" for item in corrections)
        self.storage.make_folder(self.path.parent)
        with self.storage.lock(self.path):
            # another reader may have added some: numbers count what stands in the file
            before = len(self._read())
            self.storage.append(self.path, data.encode("utf-8", "replace"))
            self._records = self._read()
        return tuple(range(before, before + len(corrections)))

    def take_back(self, numbers: Sequence[int]) -> tuple[int, ...]:
        """Undo corrections; returns the numbers of the undoings, which may be taken back themselves. Raises OSError."""
        return self.add([{"op": "reading-undo", "n": number} for number in numbers])
