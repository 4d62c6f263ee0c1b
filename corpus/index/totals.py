"""How often each name is in all documents that are shown: kept beside the counts of each document, so that it is at hand."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from corpus.index.records import DamagedError, fact_sum

Counted = tuple[str, str, str, int, int]
"""Name, type, spelling, times in the article, times in the comments."""

OF_DOCUMENT = "SELECT name, type, surfaces, article, entity.comments FROM entity WHERE doc = ?"
_TOTAL = "SELECT type, surface, documents, article, comments, sum FROM total WHERE name = ?"


class Totals:
    """What is to be added to the totals, gathered over some documents."""

    def __init__(self) -> None:
        """Have nothing to add."""
        self._found: dict[str, tuple[str, str, int, int, int]] = {}

    def add(self, counted: Iterable[Counted], documents: int = 1) -> None:
        """Add the counts of a document, or take them away where `documents` is -1."""
        for name, kind, surfaces, article, comments in counted:
            before = self._found.get(name, ("", "", 0, 0, 0))
            self._found[name] = (
                max(before[0], kind),
                max(before[1], surfaces.partition("\n")[0]),
                before[2] + documents,
                before[3] + documents * article,
                before[4] + documents * comments,
            )

    def write(self, connection: sqlite3.Connection) -> None:
        """Write what was gathered, inside the transaction of the caller. Raises DamagedError."""
        for name, more in self._found.items():
            row = connection.execute(_TOTAL, (name,)).fetchone()
            if row and fact_sum(name, *row[:-1]) != row[-1]:
                raise DamagedError
            old = row or ("", "", 0, 0, 0)
            documents = old[2] + more[2]
            if documents > 0:
                words = (max(old[0], more[0]), max(old[1], more[1]))
                values = (name, *words, documents, old[3] + more[3], old[4] + more[4])
                connection.execute(
                    "INSERT OR REPLACE INTO total VALUES(?, ?, ?, ?, ?, ?, ?)", (*values, fact_sum(*values))
                )
            elif row:
                connection.execute("DELETE FROM total WHERE name = ?", (name,))
        self._found.clear()


def shift(connection: sqlite3.Connection, key: int, documents: int) -> None:
    """Take the counts of a document that is shown out of the totals (-1), or into them (1)."""
    shown = connection.execute("SELECT shown FROM doc WHERE key = ?", (key,)).fetchone()
    if shown and shown[0]:
        totals = Totals()
        totals.add(connection.execute(OF_DOCUMENT, (key,)), documents)
        totals.write(connection)
