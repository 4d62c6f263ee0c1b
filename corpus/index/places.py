"""Which passage a search id is: the documents that are searchable, in the order of their ids."""

from __future__ import annotations

import sqlite3
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Sequence
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
            try:
                came = [array("q", values) for values in numbers]
            except (TypeError, OverflowError) as error:
                raise sqlite3.DatabaseError("a place is damaged") from error
            self.dates += map(str, dates)
            for column, values in zip((self.bases, self.keys, self.paragraphs, self.comments), came, strict=True):
                column.extend(values)

    def __len__(self) -> int:
        return len(self.bases)

    def at(self, identities: Sequence[int]) -> list[int]:
        """Return the positions of the documents that search ids lie in. Raises sqlite3.DatabaseError for one in none."""
        bases = self.bases
        found = [bisect_right(bases, identity) - 1 for identity in identities]
        if found and min(found) < 0:
            raise sqlite3.DatabaseError("a search id belongs to no document")
        return found

    def place(self, identity: int) -> Place:
        """Return which passage a search id is."""
        (at,) = self.at((identity,))
        return Place(at, identity - self.bases[at])

    def positions(self, bases: Iterable[int]) -> set[int]:
        """Return the positions of documents by the search ids of their titles."""
        asked = list(bases)
        return {at for base, at in zip(asked, self.at(asked), strict=True) if self.bases[at] == base}

    def rows(self, identities: Sequence[int]) -> list[int]:
        """Return the rows of `passage` for search ids."""
        bases, keys = self.bases, self.keys
        return [
            (keys[at] << PASSAGE_BITS) + identity - bases[at]
            for identity, at in zip(identities, self.at(identities), strict=True)
        ]

    def dates_of(self, identities: Sequence[int]) -> list[str]:
        """Return for search ids the dates of their documents."""
        dates = self.dates
        return [dates[at] for at in self.at(identities)]

    def ids(self, at: int) -> range:
        """Return the search ids of a document: title, paragraphs, comments."""
        base = self.bases[at]
        return range(base, base + 1 + self.paragraphs[at] + self.comments[at])

    def is_comment(self, place: Place) -> bool:
        """Tell whether a passage is a comment."""
        return place.number > self.paragraphs[place.at]
