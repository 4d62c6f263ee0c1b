"""The documents of one capture on their way into the index."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from datetime import UTC, datetime

from corpus.index.records import pack, row_of
from corpus.index.writing import delete_document, insert_document
from corpus.model import Document


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

    def keep(self, document: Document) -> bool:
        """Write a document unless it is there unchanged; tell whether it was written."""
        packed = pack(document)
        if any(self._rest.pop(key, None) is not None for key in self._same.get(packed.digest, ())):
            return False
        key: int | None = None
        batch = self.batch
        for old in self._earlier.get(document.id, ()):
            if self._rest.pop(old, None) is not None:
                # the document keeps its place in the list
                key = old
                batch = self.connection.execute("SELECT batch FROM doc WHERE key = ?", (old,)).fetchone()[0]
                delete_document(self.connection, old)
                break
        row = row_of(document, packed, self.path, self._newness)
        insert_document(self.connection, row, packed, (key, self.capture, batch))
        return True

    def drop_rest(self) -> set[str]:
        """Remove what the capture no longer holds; return the documents concerned."""
        for key in self._rest:
            delete_document(self.connection, key)
        return set(self._rest.values())
