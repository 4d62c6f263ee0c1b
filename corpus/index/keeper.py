"""The documents of one capture on their way into the index."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from datetime import UTC, datetime

from corpus.index.preparing import Prepared
from corpus.index.records import filter_text
from corpus.index.versions import find_work, remember, work_of
from corpus.index.writing import delete_document, insert_document


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

    def keep(self, prepared: Prepared) -> int | None:
        """Write a document unless it is there unchanged; return its key if it was written."""
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
        row = self._row(prepared)
        key = insert_document(self.connection, row, packed, (key, self.capture, batch))
        remember(self.connection, key, prepared.sketch)
        return key

    def _row(self, prepared: Prepared) -> dict[str, object]:
        row = prepared.row
        body = "\n".join(text for text, _, _ in prepared.packed.passages[1 : 1 + row["paragraphs"]])
        return {
            **row,
            "newness": row["newness"] or self._newness,
            "folded": filter_text(row["title"], row["outlet"], row["author"], self.path),
            "work": find_work(self.connection, row, prepared.sketch, body),
        }

    def drop_rest(self) -> set[str]:
        """Remove what the capture no longer holds; return the works concerned."""
        works = {work_of(self.connection, document) for document in self._rest.values()}
        for key in self._rest:
            delete_document(self.connection, key)
        self._rest.clear()
        return works
