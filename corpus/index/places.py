"""Which passage a search id is: the documents that are searchable, in the order of their ids."""

from __future__ import annotations

import sqlite3
from array import array
from bisect import bisect_right
from collections.abc import Iterable
from typing import NamedTuple

from corpus.index.schema import PASSAGE_BITS


class Place(NamedTuple):
    """A passage: the position of its document in `Places`, and its number: 0 the title, then paragraphs, comments."""

    at: int
    number: int


class Places:
    """Search ids and documents. A few numbers a document, read when they are first needed and kept."""

    def __init__(self) -> None:
        """Know nothing yet."""
        self._of: object = None
        self.bases, self.keys = array("q"), array("q")
        self.paragraphs, self.comments = array("q"), array("q")
        self.dates: list[str] = []
        self._positions: dict[int, int] = {}

    def update(self, connection: sqlite3.Connection) -> None:
        """Read what became searchable since the last time; a document gone meanwhile stays and is never asked for."""
        if self._of is not connection:
            self.__init__()  # type: ignore[misc]
            self._of = connection
        newest = self.bases[-1] if self.bases else 0
        rows = connection.execute(
            "SELECT base, key, paragraphs, comments, date FROM doc WHERE base > ? ORDER BY base", (newest,)
        ).fetchall()
        if rows:
            *numbers, dates = zip(*rows, strict=True)
            self.dates += map(str, dates)
            for column, values in zip((self.bases, self.keys, self.paragraphs, self.comments), numbers, strict=True):
                try:
                    column.extend(values)
                except (TypeError, OverflowError) as error:
                    raise sqlite3.DatabaseError("a place is damaged") from error

    def __len__(self) -> int:
        return len(self.bases)

    def place(self, identity: int) -> Place:
        """Return which passage a search id is."""
        at = bisect_right(self.bases, identity) - 1
        if at < 0:
            raise sqlite3.DatabaseError("a search id belongs to no document")
        return Place(at, identity - self.bases[at])

    def positions(self, bases: Iterable[int]) -> set[int]:
        """Return the positions of documents by the search ids of their titles."""
        known = self._positions
        if len(known) != len(self.bases):
            known.update(zip(self.bases[len(known) :], range(len(known), len(self.bases)), strict=True))
        return {known[base] for base in bases if base in known}

    def rows(self, identities: Iterable[int]) -> list[int]:
        """Return the rows of `passage` for search ids."""
        bases, keys, found = self.bases, self.keys, []
        for identity in identities:
            at = bisect_right(bases, identity) - 1
            if at < 0:
                raise sqlite3.DatabaseError("a search id belongs to no document")
            found.append((keys[at] << PASSAGE_BITS) + identity - bases[at])
        return found

    def positions_of(self, identities: Iterable[int]) -> set[int]:
        """Return the positions of the documents that search ids lie in."""
        bases = self.bases
        return {bisect_right(bases, identity) - 1 for identity in identities}

    def dates_of(self, identities: Iterable[int]) -> list[str]:
        """Return for search ids the dates of their documents."""
        bases, dates = self.bases, self.dates
        return [dates[bisect_right(bases, identity) - 1] for identity in identities]

    def ids(self, at: int) -> range:
        """Return the search ids of a document: title, paragraphs, comments."""
        base = self.bases[at]
        return range(base, base + 1 + self.paragraphs[at] + self.comments[at])

    def is_comment(self, place: Place) -> bool:
        """Tell whether a passage is a comment."""
        return place.number > self.paragraphs[place.at]
