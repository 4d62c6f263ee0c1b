"""Looking for damage in an index: SQLite's own checks see little of it, the sums kept with the rows nearly all."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Callable

from corpus.index.records import SUMMED, checksum, row_sum

_SUMS: tuple[tuple[str, str, Callable[..., int]], ...] = (
    ("documents", f"SELECT sum, {', '.join(SUMMED)} FROM doc", lambda *values: row_sum(values)),
    ("heads", "SELECT sum, head, outline FROM head", checksum),
    ("passages", "SELECT sum, text, rest FROM passage", checksum),
    ("names", "SELECT sum, found FROM mentions", checksum),
    ("words", "SELECT sum, words FROM vocabulary", zlib.crc32),
)


def damage(connection: sqlite3.Connection) -> list[str]:
    """Return what is damaged, one sentence for each kind of row; empty for a sound index.

    Args:
        connection: the writer's, since the index of words can be checked by a writer only.
    """
    found = []
    if connection.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok":
        found.append("The index file is damaged")
    try:
        connection.execute("INSERT INTO search(search) VALUES('integrity-check')")
    except sqlite3.DatabaseError:
        found.append("The index of words is damaged")
    for name, statement, total in _SUMS:
        try:
            bad = sum(1 for stated, *values in connection.execute(statement) if total(*values) != stated)
        except (sqlite3.Error, TypeError, ValueError, AttributeError, MemoryError):
            found.append(f"The {name} in the index cannot be read")
        else:
            if bad:
                found.append(f"{bad} of the {name} in the index are damaged")
    return found
