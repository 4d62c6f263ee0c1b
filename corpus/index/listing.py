"""The article list: which rows, in which order, and where one of them stands."""

from __future__ import annotations

import os
from typing import Any, NamedTuple

from corpus.index.readers import Readers
from corpus.index.records import SUMMED, DamagedError, row_sum
from corpus.index.schema import path_text
from corpus.text import canonical_line, fold

ORDERS: dict[str, tuple[str, bool]] = {
    "added": ("batch", True),
    "date": ("date", True),
    "title": ("folded", False),
    "comments": ("comments", True),
    # rows without an outlet come last
    "outlet": ("CASE outlet WHEN '' THEN char(1114111) ELSE lower(outlet) END", False),
}
"""What each order sorts by, and whether the greatest comes first; equal rows stay as they were found."""
FILTER_LIMIT = 256
FILTER_WORDS = 12


class Entry(NamedTuple):
    """A row of the article list: a document, or a capture that could not be read (`problem` says why).

    `path` is as on disk, for opening the file only; `name` is its file name made fit to show.
    """

    key: int
    document: str | None
    title: str
    outlet: str
    author: str
    published: str | None
    comments: int
    path: str
    name: str
    url: str | None
    saved: str | None
    problem: str | None


class Listing:
    """Queries over the rows that are shown."""

    def __init__(self, readers: Readers) -> None:
        """Ask `readers`."""
        self._readers = readers

    def count(self, filter: str, entity: str | None) -> int:
        """Return the number of rows."""
        where, values = _where(filter, entity)
        rows = self._readers.rows(f"SELECT count(*) FROM doc WHERE {where}", values)
        return int(rows[0][0]) if rows else 0

    def entries(self, offset: int, limit: int, filter: str, order: str, entity: str | None) -> list[Entry]:
        """Return `limit` rows from `offset` on."""
        where, values = _where(filter, entity)
        column, descending = _order(order)
        rows = self._readers.rows(
            f"SELECT key, doc.sum, path, {', '.join(SUMMED)} FROM doc JOIN capture ON capture.id = doc.capture "
            "WHERE key IN (SELECT key FROM doc"
            f" WHERE {where} ORDER BY {column} {'DESC' if descending else ''}, key LIMIT ? OFFSET ?)"
            f" ORDER BY {column} {'DESC' if descending else ''}, key",
            (*values, max(0, limit), max(0, offset)),
        )
        return [entry for row in rows if (entry := self._entry(row))]

    def _entry(self, row: tuple[Any, ...]) -> Entry | None:
        """Return a row, or None for a damaged one."""
        key, total, path, *values = row
        if row_sum(values) != total:
            self._readers.note(DamagedError())
            return None
        document, title, author, outlet, _, _, _, published, saved, url, comments, problem = values
        path = path_text(path)
        name = canonical_line(os.path.basename(path))
        return Entry(key, document, title, outlet, author, published, comments, path, name, url, saved, problem)

    def position_of(self, document: str, filter: str, order: str, entity: str | None) -> int | None:
        """Return how many rows stand before a document."""
        where, values = _where(filter, entity)
        column, descending = _order(order)
        found = self._readers.rows(f"SELECT key, {column} FROM doc WHERE {where} AND document = ?", (*values, document))
        if not found:
            return None
        key, value = found[0]
        before = f"({column} {'>' if descending else '<'} ? OR ({column} = ? AND key < ?))"
        rows = self._readers.rows(f"SELECT count(*) FROM doc WHERE {where} AND {before}", (*values, value, value, key))
        return int(rows[0][0]) if rows else None

    def neighbour(self, document: str, step: int, filter: str, order: str, entity: str | None) -> str | None:
        """Return the document `step` documents on; rows without one do not count."""
        at = self.position_of(document, filter, order, entity)
        if at is None:
            return None
        way, left = (1 if step > 0 else -1), abs(step)
        while left:
            at += way
            found = self.entries(at, 1, filter, order, entity) if at >= 0 else []
            if not found:
                return None
            if found[0].document is not None:
                left -= 1
                document = found[0].document
        return document


def _where(filter: str, entity: str | None) -> tuple[str, tuple[Any, ...]]:
    conditions, values = ["shown = 1"], []
    for word in fold(canonical_line(filter, FILTER_LIMIT)).text.split()[:FILTER_WORDS]:
        conditions.append("instr(folded, ?) > 0")
        values.append(word)
    if entity is not None:
        names = entity.split("\n")
        conditions.append(f"key IN (SELECT doc FROM entity WHERE name IN ({', '.join('?' * len(names))}))")
        values += names
    return " AND ".join(conditions), tuple(values)


def _order(order: str) -> tuple[str, bool]:
    return ORDERS.get(order, ORDERS["added"])
