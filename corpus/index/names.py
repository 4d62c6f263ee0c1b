"""How names are written in a corpus: the spellings of each entity, and what sounds alike, for finding one by another."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection
from functools import lru_cache

from corpus.index.records import fact_sum

LONGEST = 60


def write(connection: sqlite3.Connection, found: Collection[tuple[str, str, str]]) -> None:
    """Keep names, inside the transaction of the mentions; spellings are never forgotten.

    Args:
        connection: the writer's.
        found: the name under which an entity is counted, a spelling, its type.
    """
    connection.executemany(
        "INSERT OR IGNORE INTO surface VALUES(?, ?, ?, ?)", [(*row, fact_sum(*row)) for row in found]
    )
    connection.executemany(
        "INSERT OR IGNORE INTO sound VALUES(?, ?)",
        [(sound, surface) for _, surface, kind in found for sound in sounds(surface, kind)],
    )


@lru_cache(maxsize=20_000)
def sounds(surface: str, kind: str = "PERSON") -> frozenset[str]:
    """Return the keys that two spellings of one Korean name share; none for a name that cannot be Korean."""
    if kind != "PERSON" or len(surface) > LONGEST:
        return frozenset()
    from corpus.entities.korean import name_keys

    return name_keys(surface)
