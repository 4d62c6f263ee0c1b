"""Rows of captures: made, moved, and given to another file with the same bytes."""

from __future__ import annotations

import sqlite3
import time

from corpus.index.changes import Known
from corpus.index.records import capture_sum, filter_text
from corpus.index.schema import path_text, path_value


def capture_row(connection: sqlite3.Connection, path: str, known: Known | None, size: int, mtime: int) -> int:
    """Write that a capture is being read, and return its id."""
    values = (size, mtime, time.time_ns())
    if known:
        connection.execute(
            "UPDATE capture SET size = ?, mtime = ?, read_at = ?, complete = 0, same = NULL WHERE id = ?",
            (*values, known.identity),
        )
        identity: int | None = known.identity
    else:
        identity = connection.execute(
            "INSERT INTO capture(path, sum, size, mtime, read_at, sha256, complete) VALUES(?, 0, ?, ?, ?, '', 0)",
            (path_value(path), *values),
        ).lastrowid
    assert identity is not None
    _sum(connection, identity)
    return identity


def _sum(connection: sqlite3.Connection, identity: int) -> None:
    path, same = connection.execute("SELECT path, same FROM capture WHERE id = ?", (identity,)).fetchone()
    connection.execute("UPDATE capture SET sum = ? WHERE id = ?", (capture_sum(identity, path, same), identity))


def close_capture(connection: sqlite3.Connection, identity: int, sha256: str, same: int | None = None) -> None:
    """Write that a capture is in the index as a whole, with the documents of capture `same` where that has its bytes."""
    connection.execute("UPDATE capture SET complete = 1, sha256 = ?, same = ? WHERE id = ?", (sha256, same, identity))
    _sum(connection, identity)


def move(connection: sqlite3.Connection, identity: int, path: str, mtime: int) -> None:
    """Give a capture another path."""
    connection.execute(
        "UPDATE capture SET path = ?, mtime = ?, read_at = ? WHERE id = ?",
        (path_value(path), mtime, time.time_ns(), identity),
    )
    _sum(connection, identity)
    for key, title, outlet, author in connection.execute(
        "SELECT key, title, outlet, author FROM doc WHERE capture = ? AND document IS NOT NULL", (identity,)
    ).fetchall():
        folded = filter_text(title, outlet, author, path)
        connection.execute("UPDATE doc SET folded = ? WHERE key = ?", (folded, key))


def bequeath(connection: sqlite3.Connection, identity: int) -> bool:
    """Give what a capture holds to another file with the same bytes, whose own row goes; tell whether there was one.

    The path of the capture is free afterwards.
    """
    row = connection.execute("SELECT id, path, mtime FROM capture WHERE same = ? LIMIT 1", (identity,)).fetchone()
    if row is None:
        return False
    heir, path, mtime = row
    connection.execute("DELETE FROM capture WHERE id = ?", (heir,))
    move(connection, identity, path_text(path), mtime)
    return True
