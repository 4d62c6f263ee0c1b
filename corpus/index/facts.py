"""Facts about a whole index: how far it is, when its refreshes were made, what it was made by."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable

from corpus.index.records import DamagedError, fact_sum

FACT = "SELECT value, sum FROM meta WHERE name = ?"


def set_fact(connection: sqlite3.Connection, name: str, value: str) -> None:
    """Write a fact, inside the transaction of the caller."""
    connection.execute("INSERT OR REPLACE INTO meta VALUES(?, ?, ?)", (name, value, fact_sum(name, value)))


def get_fact(connection: sqlite3.Connection, name: str) -> str | None:
    """Return a fact, None where nothing is known. Raises DamagedError."""
    return fact_of(name, connection.execute(FACT, (name,)))


def fact_of(name: str, rows: Iterable[tuple[str, int]]) -> str | None:
    """Return the fact that `FACT` found. Raises DamagedError."""
    for value, total in rows:
        if fact_sum(name, value) != total:
            raise DamagedError
        return value
    return None
