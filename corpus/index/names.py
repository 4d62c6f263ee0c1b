"""How names are written in a corpus: the spellings of each entity, and what sounds alike, for finding one by another."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from functools import lru_cache

LONGEST = 60


def write(connection: sqlite3.Connection, found: Mapping[str, tuple[str, Sequence[str]]]) -> None:
    """Keep the names of a document, inside the transaction of its mentions; spellings are never forgotten.

    Args:
        connection: the writer's.
        found: type and spellings by the name under which an entity is counted.
    """
    rows = [(name, surface, kind) for name, (kind, surfaces) in found.items() for surface in surfaces]
    connection.executemany("INSERT OR IGNORE INTO surface VALUES(?, ?, ?)", rows)
    connection.executemany(
        "INSERT OR IGNORE INTO sound VALUES(?, ?)",
        [(sound, surface) for _, surface, kind in rows for sound in sounds(surface, kind)],
    )


@lru_cache(maxsize=20_000)
def sounds(surface: str, kind: str = "PERSON") -> frozenset[str]:
    """Return the keys that two spellings of one Korean name share; none for a name that cannot be Korean."""
    if kind != "PERSON" or len(surface) > LONGEST:
        return frozenset()
    from corpus.entities.korean import name_keys

    return name_keys(surface)
