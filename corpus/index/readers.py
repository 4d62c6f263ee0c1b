"""Read-only connections to the index, one a thread; whatever goes wrong becomes a sentence."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from corpus.index.records import DamagedError
from corpus.index.schema import APPLICATION, NotOursError, empty, open_reader

_PASSING = frozenset(
    (
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_PERM,
    )
)
"""Errors that pass, or that a new file would meet as well."""
DAMAGED = "The index is damaged"
_HEADER = 100
_APPLICATION_AT = 68


class Readers:
    """Runs queries over the index at `path`; a file that is not there yet is an index with no rows.

    `trouble` is a sentence about what went wrong last, or empty; `damaged` says that the file must be made anew.
    Damage that one program meets is remembered beside the file, so that the next one that writes it mends it.
    """

    def __init__(self, path: Path) -> None:
        """Open nothing yet."""
        self.path = path
        self.trouble = ""
        self.damaged = False
        self._lock = threading.Lock()
        self._open: dict[int, tuple[sqlite3.Connection, object]] = {}
        self._turn = 0

    def rows(self, statement: str, values: Sequence[Any] = ()) -> list[Any]:
        """Run one statement and return its rows; none where the file, or a value, is at fault."""
        try:
            return self.connection().execute(statement, values).fetchall()
        except Exception as error:
            if getattr(error, "sqlite_errorcode", 0) == sqlite3.SQLITE_ERROR:
                # the statement is wrong, not the file
                raise
            self.note(error)
            return []

    def generation(self) -> object:
        """Return what is another value once somebody has changed the index, or another file took its name."""
        changes = self.rows("PRAGMA data_version")
        known = self._open.get(threading.get_ident())
        return known and known[1], changes

    def note(self, error: Exception) -> None:
        """Remember what is wrong with the file, if it is the file."""
        if isinstance(error, NotOursError):
            self.damaged, self.trouble = True, str(error)
        elif isinstance(error, (DamagedError, UnicodeDecodeError, MemoryError)):
            self._note_damage()
        elif isinstance(error, sqlite3.Error) and not isinstance(error, sqlite3.ProgrammingError):
            code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF
            if code == sqlite3.SQLITE_INTERRUPT:
                return
            if code in _PASSING:
                self.damaged, self.trouble = False, "The index cannot be read just now"
            else:
                self._note_damage()

    def _note_damage(self) -> None:
        is_known, self.damaged, self.trouble = self.damaged, True, DAMAGED
        if not is_known and self.path.exists():
            from corpus.storage import Storage

            with suppress(OSError):
                Storage().write(mark_of(self.path), b"")

    @property
    def is_marked(self) -> bool:
        """Whether this program or another one has met damage in the file."""
        return self.damaged or mark_of(self.path).exists()

    def connection(self) -> sqlite3.Connection:
        """Return this thread's connection; a file that cannot be opened is an index with no rows."""
        me, state = threading.get_ident(), self._state()
        known = self._open.get(me)
        if known and known[1] == state:
            return known[0]
        with self._lock:
            alive = {thread.ident for thread in threading.enumerate()}
            for ident in [ident for ident in self._open if ident == me or ident not in alive]:
                self._open.pop(ident)[0].close()
        found = self._connect(state[1] is not None)
        with self._lock:
            self._open[me] = (found, state)
        return found

    def _connect(self, exists: bool) -> sqlite3.Connection:
        if exists:
            try:
                return open_reader(self.path)
            except (NotOursError, sqlite3.Error) as error:
                self.note(error)
        return empty()

    def _state(self) -> tuple[int, object]:
        """Return what changes when another file takes the name: the second is None while there is none."""
        turn = self._turn
        try:
            stat = os.stat(self.path)
        except OSError:
            return turn, None
        return turn, (stat.st_dev, stat.st_ino) if stat.st_size else None

    def renew(self, path: Path | None = None) -> None:
        """Forget the old file and its damage; the next query of each thread opens the file at `path`.

        A query that runs in another thread goes on over the old file: to close its connection would end the process.
        """
        self.path = path or self.path
        self._turn += 1
        self.damaged, self.trouble = False, ""

    def close(self) -> None:
        """Close all connections, none of which may be in use."""
        with self._lock:
            for connection, _ in self._open.values():
                connection.close()
            self._open.clear()


def mark_of(path: Path) -> Path:
    """Return the file whose being there says that the index at `path` is damaged."""
    return path.with_name(path.name + ".damaged")


def is_ours(path: Path) -> bool:
    """Tell by its first bytes whether a file, damaged perhaps, was made by this program."""
    try:
        with open(path, "rb") as file:
            head = file.read(_HEADER)
    except OSError:
        return False
    return head.startswith(b"SQLite format 3\0") and head[
        _APPLICATION_AT : _APPLICATION_AT + 4
    ] == APPLICATION.to_bytes(4, "big")
