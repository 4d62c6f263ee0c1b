"""The article list: which rows, in which order, and where one of them stands."""

from __future__ import annotations

import json
import os
from array import array
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from corpus.index.facts import FACT, fact_of
from corpus.index.readers import Readers
from corpus.index.records import SUMMED, DamagedError, capture_sum, row_sum
from corpus.index.schema import path_text
from corpus.text import canonical_line, fold

# rows without an outlet come last
_OUTLET = "CASE outlet WHEN '' THEN char(1114111) ELSE lower(outlet) END"
ORDERS: dict[str, str] = {
    "added": "batch DESC, key",
    "date": "date DESC, key",
    "comments": "comments DESC, key",
    "new comments": "date DESC, key",
    "outlet": f"{_OUTLET}, key",
    "title": "folded, key",
}
"""The orders of the list; `new comments` begins with the documents that the caller names, see `View.first`."""
GROUPS = ("", "outlet", "story")
QUICK = frozenset(("added", "date"))
"""Orders that the index keeps, so that any page of a long list is at hand."""
FEW = 500
"""Documents that may be left out of a page of a list without looking at all its rows."""
FILTER_LIMIT = 256
FILTER_WORDS = 12


@dataclass(frozen=True, slots=True)
class View:
    """Which rows the list shows and in which order.

    `filter` are words that title, outlet, author or file name must all hold, in any case or width; `entity` keeps
    documents that name it (an id, or `EntityTotal.name`; several joined by line feeds); `only` and `without` are ids
    of documents to keep and to leave out; `upto` leaves out what later refreshes of the index brought; `first` are
    documents that stand before all others; `group` is one of `GROUPS`, laid over the order.
    """

    filter: str = ""
    order: str = "added"
    group: str = ""
    entity: str | None = None
    only: Collection[str] | None = None
    without: Collection[str] = ()
    upto: int | None = None
    first: tuple[str, ...] = ()

    @property
    def is_quick(self) -> bool:
        """Whether any page of the list can be asked of the index at once, however long the list is."""
        narrowed = self.filter.strip() or self.entity is not None or self.only is not None
        return self.order in QUICK and len(self.without) <= FEW and not (narrowed or self.group or self.first)


class Entry(NamedTuple):
    """A row of the article list: a document, or a capture that could not be read (`problem` says why).

    `path` is as on disk, for opening the file only; `name` is its file name made fit to show; `batch` numbers the
    refresh of the index that brought it.
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
    batch: int = 0


class Listing:
    """Queries over the rows that are shown."""

    def __init__(self, readers: Readers) -> None:
        """Ask `readers`."""
        self._readers = readers

    def count(self, view: View) -> int:
        """Return the number of rows."""
        where, values = _where(view)
        rows = self._readers.rows(f"SELECT count(*) FROM doc WHERE {where}", values)
        return int(rows[0][0]) if rows else 0

    def entries(self, view: View, offset: int, limit: int) -> list[Entry]:
        """Return `limit` rows from `offset` on, damaged ones left out."""
        where, values = _where(view)
        order = _order(view)
        rows = self._readers.rows(
            f"{_ROW} WHERE key IN (SELECT key FROM doc WHERE {where} ORDER BY {order} LIMIT ? OFFSET ?)"
            f" ORDER BY {order}",
            (*values, max(0, limit), max(0, offset)),
        )
        return [entry for row in rows if (entry := self._entry(row))]

    def keys(self, view: View) -> array[int]:
        """Return the keys of all rows, in order: eight bytes a row."""
        where, values = _where(view)
        rows = self._readers.rows(f"SELECT key, document FROM doc WHERE {where} ORDER BY {_order(view)}", values)
        if view.first:
            places = {document: at for at, document in enumerate(view.first)}
            rows.sort(key=lambda row: places.get(row[1], len(places)))
        return array("q", (row[0] for row in rows))

    def rows_of(self, keys: Sequence[int]) -> list[Entry | None]:
        """Return the rows with these keys, in their order; None for one that is gone or damaged."""
        rows = self._readers.rows(f"{_ROW} WHERE key IN (SELECT value FROM json_each(?))", (json.dumps(list(keys)),))
        found = {row[0]: self._entry(row) for row in rows}
        return [found.get(key) for key in keys]

    def ask(self, statement: str, values: Sequence[Any] = ()) -> list[Any]:
        """Return the rows of a statement; none where the file is at fault."""
        return self._readers.rows(statement, values)

    def key_of(self, document: str) -> int | None:
        """Return the key of the version of a document that is listed."""
        rows = self._readers.rows("SELECT key FROM doc WHERE document = ? AND +shown = 1", (document,))
        return int(rows[0][0]) if rows else None

    def documents(self, keys: Iterable[int] | None = None) -> list[str]:
        """Return the ids of the documents with these keys, or of all that are listed."""
        if keys is None:
            rows = self._readers.rows("SELECT document FROM doc WHERE shown = 1 AND document IS NOT NULL")
        else:
            rows = self._readers.rows(
                "SELECT document FROM doc WHERE document IS NOT NULL AND key IN (SELECT value FROM json_each(?))",
                (json.dumps(list(keys)),),
            )
        return [row[0] for row in rows]

    def comment_counts(self, documents: Collection[str]) -> dict[str, int]:
        """Return how many comments each of these documents has."""
        rows = self._readers.rows(
            "SELECT document, comments FROM doc WHERE shown = 1 AND document IN (SELECT value FROM json_each(?))",
            (json.dumps(list(documents)),),
        )
        return dict(rows)

    def titles(self, keys: Sequence[int]) -> list[tuple[int, str]]:
        """Return keys with the folded words that a filter looks into: title, outlet, author, file name."""
        return self._readers.rows(
            "SELECT key, folded FROM doc WHERE key IN (SELECT value FROM json_each(?))", (json.dumps(list(keys)),)
        )

    def latest_batch(self) -> int:
        """Return the number of the refresh that brought the latest rows, 0 for an empty list."""
        rows = self._readers.rows("SELECT max(batch) FROM doc WHERE shown = 1")
        return int(rows[0][0] or 0) if rows else 0

    def added(self, batch: int) -> str:
        """Return when a refresh of the index was made (ISO 8601, UTC), or nothing where that is not known."""
        return self.fact(f"batch {batch}")

    def fact(self, name: str) -> str:
        """Return a fact about the whole index, empty where nothing is known."""
        try:
            return fact_of(name, self._readers.rows(FACT, (name,))) or ""
        except DamagedError as error:
            self._readers.note(error)
            return ""

    def _entry(self, row: tuple[Any, ...]) -> Entry | None:
        """Return a row, or None for a damaged one."""
        key, total, identity, path, same, of_capture, batch, *values = row
        if row_sum(values) != total or capture_sum(identity, path, same) != of_capture:
            self._readers.note(DamagedError())
            return None
        document, title, author, outlet, _, _, _, published, saved, url, comments, problem, *_ = values
        path = path_text(path)
        name = canonical_line(os.path.basename(path))
        return Entry(key, document, title, outlet, author, published, comments, path, name, url, saved, problem, batch)

    def position_of(self, view: View, document: str) -> int | None:
        """Return how many rows stand before a document."""
        where, values = _where(view)
        if view.is_quick:
            column = {"added": "batch"}.get(view.order, view.order)
            # the way to one document does not lead through all that are shown
            own = where.replace("shown = 1", "+shown = 1", 1)
            rows = self._readers.rows(
                f"SELECT key, {column} FROM doc WHERE {own} AND document = ?", (*values, document)
            )
            if not rows:
                return None
            key, value = rows[0]
            before = f"SELECT count(*) FROM doc WHERE {where} AND"
            rows = self._readers.rows(
                f"SELECT ({before} {column} > ?) + ({before} {column} = ? AND key < ?)",
                (*values, value, *values, value, key),
            )
        else:
            rows = self._readers.rows(
                f"SELECT place FROM (SELECT document, row_number() OVER (ORDER BY {_order(view)}) - 1 AS place FROM doc"
                f" WHERE {where}) WHERE document = ?",
                (*values, document),
            )
        return int(rows[0][0]) if rows else None

    def neighbour(self, view: View, document: str, step: int) -> str | None:
        """Return the document `step` documents on; rows without one do not count."""
        at = self.position_of(view, document)
        if at is None:
            return None
        way, left = (1 if step > 0 else -1), abs(step)
        while left:
            at += way
            found = self.entries(view, at, 1) if at >= 0 else []
            if not found:
                return None
            if found[0].document is not None:
                left -= 1
                document = found[0].document
        return document


_ROW = (
    f"SELECT key, doc.sum, capture.id, path, same, capture.sum, batch, {', '.join(SUMMED)} FROM doc"
    " JOIN capture ON capture.id = doc.capture"
)


def _where(view: View) -> tuple[str, tuple[Any, ...]]:
    conditions: list[str] = ["shown = 1"]
    values: list[Any] = []
    if view.upto is not None:
        conditions.append("batch <= ?")
        values.append(view.upto)
    for word in filter_words(view.filter):
        conditions.append("instr(folded, ?) > 0")
        values.append(word)
    if view.entity is not None:
        names = view.entity.split("\n")
        conditions.append(f"key IN (SELECT doc FROM entity WHERE name IN ({', '.join('?' * len(names))}))")
        values += names
    for documents, kept in ((view.only, "IN"), (view.without or None, "NOT IN")):
        if documents is not None:
            chosen = "SELECT key FROM doc WHERE document IN (SELECT value FROM json_each(?))"
            conditions.append(f"key {kept} ({chosen})")
            values.append(json.dumps(list(documents)))
    return " AND ".join(conditions), tuple(values)


def filter_words(filter: str) -> list[str]:
    """Return the folded words of a filter that count."""
    return fold(canonical_line(filter, FILTER_LIMIT)).text.split()[:FILTER_WORDS]


def _order(view: View) -> str:
    order = ORDERS.get(view.order, ORDERS["added"])
    if view.group == "outlet" and view.order != "outlet":
        return f"{_OUTLET}, {order}"
    return order
