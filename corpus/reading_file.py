"""The file of the reading state: a small SQLite database that several readers may share.

Losing it costs little, so that nothing here raises: what goes wrong becomes `message`, and reading goes on.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from corpus.storage import Storage

APPLICATION = 0x6B727273
VERSION = 2
WAIT_SECONDS = 2.0

_FIRST_TABLES = (
    "CREATE TABLE mark(kind TEXT NOT NULL, id TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY(kind, id)) WITHOUT ROWID",
    "CREATE TABLE position(document TEXT PRIMARY KEY, part TEXT NOT NULL, comment TEXT, offset INTEGER NOT NULL)"
    " WITHOUT ROWID",
    "CREATE TABLE visit(document TEXT PRIMARY KEY, at TEXT NOT NULL, comments INTEGER NOT NULL) WITHOUT ROWID",
    "CREATE TABLE fold(document TEXT PRIMARY KEY, comments TEXT NOT NULL) WITHOUT ROWID",
)
_LATER_TABLES = (
    # four bytes for each comment that was there at the last visit
    "CREATE TABLE seen(document TEXT PRIMARY KEY, comments BLOB NOT NULL) WITHOUT ROWID",
    "CREATE TABLE place(corpus TEXT PRIMARY KEY, document TEXT NOT NULL) WITHOUT ROWID",
)
_TABLES = (*_FIRST_TABLES, *_LATER_TABLES)
_Answer = TypeVar("_Answer")


class StateFile:
    """Runs statements on the file at `path`, from any thread; it is opened when it is first needed."""

    def __init__(self, path: Path, storage: Storage | None = None) -> None:
        """Open nothing yet. `storage` stands for the disk and the time."""
        self.path = path
        self.message = ""
        self._storage_given = storage
        self._lock = threading.RLock()
        self._open: sqlite3.Connection | None = None

    def close(self) -> None:
        """Close the file."""
        with self._lock:
            if self._open:
                self._open.close()
                self._open = None

    def now(self) -> str:
        """Return the time, ISO 8601 in UTC."""
        return self._storage().clock().isoformat(timespec="seconds")

    def _storage(self) -> Storage:
        if self._storage_given is None:
            from corpus.storage import Storage

            self._storage_given = Storage()
        return self._storage_given

    def rows(self, statement: str, values: tuple[Any, ...] = ()) -> list[Any]:
        """Return the rows of a statement, none where there is no file yet or it is at fault."""
        if self._open is None and not self.path.exists():
            return []
        return self._try(lambda connection: connection.execute(statement, values).fetchall(), [])

    def change(self, change: Callable[[sqlite3.Connection], Any], otherwise: Any = None) -> Any:
        """Make a change in one transaction and return its answer; `otherwise` where it could not be made."""

        def within(connection: sqlite3.Connection) -> Any:
            connection.execute("BEGIN IMMEDIATE")
            try:
                answer = change(connection)
                connection.execute("COMMIT")
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise
            return answer

        return self._try(within, otherwise)

    def _try(self, action: Callable[[sqlite3.Connection], _Answer], otherwise: _Answer) -> _Answer:
        with self._lock:
            try:
                return action(self._connection())
            except Exception as error:
                if not _is_damage(error):
                    self.message = "What you read could not be saved"
                    return otherwise
                self._begin_anew()
            try:
                return action(self._connection())
            except Exception:
                self.message = "What you read could not be saved"
                return otherwise

    def _connection(self) -> sqlite3.Connection:
        if self._open is None:
            try:
                self._open = self._connect()
            except (OSError, sqlite3.OperationalError) as error:
                if _is_damage(error):
                    raise
                self._open_in_memory("What you read cannot be saved: the file is not writable")
        assert self._open is not None
        return self._open

    def _connect(self) -> sqlite3.Connection:
        storage = self._storage()
        if storage.stamp(self.path) is None:
            # SQLite would make it readable for everybody
            storage.write(self.path, b"")
        connection = sqlite3.connect(self.path, timeout=WAIT_SECONDS, isolation_level=None, check_same_thread=False)
        try:
            for pragma in ("trusted_schema=OFF", "cell_size_check=ON", "mmap_size=0"):
                connection.execute(f"PRAGMA {pragma}")
            self._prepare(connection)
            connection.execute("PRAGMA journal_mode=TRUNCATE")
            connection.execute("PRAGMA synchronous=NORMAL")
        except BaseException:
            connection.close()
            raise
        return connection

    def _prepare(self, connection: sqlite3.Connection) -> None:
        """Make the tables in a new file; raise DatabaseError for a file that is not ours."""
        connection.execute("BEGIN IMMEDIATE")
        found = {row[0] for row in connection.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")}
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if not found:
            _create(connection)
            version = VERSION
        elif version == 1 and found == set(_FIRST_TABLES):
            _create(connection, _LATER_TABLES)
            found, version = set(_TABLES), VERSION
        application = connection.execute("PRAGMA application_id").fetchone()[0]
        connection.execute("COMMIT")
        if application != APPLICATION or (version == VERSION and found and found != set(_TABLES)):
            raise sqlite3.DatabaseError("not a reading state")
        if version != VERSION:
            raise OSError("made by another version")

    def _begin_anew(self) -> None:
        """Set a file that cannot be understood aside, and begin with an empty one."""
        self.close()
        journal = self.path.with_name(self.path.name + "-journal")
        try:
            kept = self._storage().set_aside(self.path, "The reading state could not be read.")
            if journal.exists():
                self._storage().set_aside(journal, "It belongs to a reading state that was set aside.")
            self.message = f"What you had read could not be understood; it was set aside as {kept.name}"
        except OSError:
            self._open_in_memory("What you had read could not be understood, and nothing can be saved")

    def _open_in_memory(self, message: str) -> None:
        self.message = message
        self._open = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        _create(self._open)


def _create(connection: sqlite3.Connection, tables: tuple[str, ...] = _TABLES) -> None:
    for statement in tables:
        connection.execute(statement)
    connection.execute(f"PRAGMA application_id={APPLICATION}")
    connection.execute(f"PRAGMA user_version={VERSION}")


def _is_damage(error: Exception) -> bool:
    """Tell a file that is damaged or not ours from one that is busy, full or out of reach."""
    if isinstance(error, OSError):
        return False
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF
    return code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
