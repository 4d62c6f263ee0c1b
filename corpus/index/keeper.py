"""The documents of one capture on their way into the index."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from datetime import UTC, datetime
from typing import NamedTuple

from corpus.index.preparing import Prepared
from corpus.index.versions import find_work, remember, work_of
from corpus.index.writing import delete_document, insert_document


class Kept(NamedTuple):
    """The key of a document that was written, and whether it is the only capture of its work."""

    key: int
    is_alone: bool


class Keeper:
    """Puts the documents of one capture into the index, and knows which are there already."""

    def __init__(self, connection: sqlite3.Connection, capture: int, batch: int, path: str, mtime: int) -> None:
        self.connection, self.capture, self.batch, self.path = connection, capture, batch, path
        self._newness = datetime.fromtimestamp(min(max(mtime, 0) / 1e9, 4e9), UTC).isoformat()[:19]
        self._rest: dict[int, str] = {}
        self._same: dict[bytes, list[int]] = defaultdict(list)
        self._earlier: dict[str, list[int]] = defaultdict(list)
        for key, document, digest in connection.execute(
            "SELECT key, document, digest FROM doc WHERE capture = ? AND document IS NOT NULL", (capture,)
        ):
            self._rest[key] = document
            self._same[digest].append(key)
            self._earlier[document].append(key)

    def keep(self, prepared: Prepared) -> Kept | None:
        """Write a document unless it is there unchanged; return where if it was written."""
        packed, document = prepared.packed, prepared.row["document"]
        if any(self._rest.pop(key, None) is not None for key in self._same.get(packed.digest, ())):
            return None
        key: int | None = None
        batch = self.batch
        for old in self._earlier.get(document, ()):
            if self._rest.pop(old, None) is not None:
                # the document keeps its place in the list
                key = old
                batch = self.connection.execute("SELECT batch FROM doc WHERE key = ?", (old,)).fetchone()[0]
                delete_document(self.connection, old)
                break
        work, is_alone = find_work(self.connection, prepared)
        row = {
            **prepared.row,
            "capture": self.capture,
            "batch": batch,
            "newness": prepared.row["newness"] or self._newness,
            "work": work,
            # which of several captures is shown is chosen when all are there
            "shown": int(is_alone),
        }
        key = insert_document(self.connection, row, prepared, key)
        remember(self.connection, key, prepared.sketch)
        return Kept(key, is_alone)

    def drop_rest(self) -> set[str]:
        """Remove what the capture no longer holds; return the works concerned."""
        works = {work_of(self.connection, document) for document in self._rest.values()}
        for key in self._rest:
            delete_document(self.connection, key)
        self._rest.clear()
        return works
