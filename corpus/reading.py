"""What was read, how far, starred and folded: a small SQLite file that several readers may share.

Losing it costs little, so that nothing here raises: what goes wrong becomes `message`, and reading goes on.
"""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

from corpus.model import Part, TextKey

if TYPE_CHECKING:
    from corpus.storage import Storage

APPLICATION = 0x6B727273
VERSION = 1
WAIT_SECONDS = 2.0
CHUNK = 5000

_TABLES = (
    "CREATE TABLE mark(kind TEXT NOT NULL, id TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY(kind, id)) WITHOUT ROWID",
    "CREATE TABLE position(document TEXT PRIMARY KEY, part TEXT NOT NULL, comment TEXT, offset INTEGER NOT NULL)"
    " WITHOUT ROWID",
    "CREATE TABLE visit(document TEXT PRIMARY KEY, at TEXT NOT NULL, comments INTEGER NOT NULL) WITHOUT ROWID",
    "CREATE TABLE fold(document TEXT PRIMARY KEY, comments TEXT NOT NULL) WITHOUT ROWID",
)
_Answer = TypeVar("_Answer")


@dataclass(frozen=True, slots=True)
class Position:
    """Where reading stopped: a text of the document and an offset into it, code points."""

    key: TextKey
    offset: int


@dataclass(frozen=True, slots=True)
class Visit:
    """When a document was last open (ISO 8601, UTC) and how many comments it had."""

    at: str
    comments: int


def comment_mark(document: str, comment: str) -> str:
    """Return the id under which a comment is marked as read."""
    return f"{document}:{comment}"


class ReadingState:
    """Read marks, stars, positions, visits and folds, by document id. May be used from several threads."""

    def __init__(self, path: Path, storage: Storage | None = None) -> None:
        """Keep the state in `path`; nothing is opened yet. `storage` stands for the disk and the time."""
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

    # read marks and stars

    def read_among(self, ids: Iterable[str]) -> set[str]:
        """Return those of `ids` (documents, or `comment_mark`s) that are read."""
        return self._among("read", ids)

    def starred_among(self, ids: Iterable[str]) -> set[str]:
        """Return those of `ids` that are starred."""
        return self._among("star", ids)

    def starred(self) -> list[str]:
        """Return all starred documents, the latest first."""
        rows = self._rows("SELECT id FROM mark WHERE kind = 'star' ORDER BY at DESC, id")
        return [row[0] for row in rows]

    def set_read(self, ids: Iterable[str], flag: bool) -> dict[str, bool]:
        """Mark as read or unread; return how each of `ids` was marked before, for `restore_read`."""
        return self._mark("read", dict.fromkeys(ids, flag))

    def restore_read(self, previous: Mapping[str, bool]) -> dict[str, bool]:
        """Undo `set_read`; return what undoes this again."""
        return self._mark("read", previous)

    def set_starred(self, ids: Iterable[str], flag: bool) -> dict[str, bool]:
        """Star or unstar; return how each of `ids` was marked before, for `restore_starred`."""
        return self._mark("star", dict.fromkeys(ids, flag))

    def restore_starred(self, previous: Mapping[str, bool]) -> dict[str, bool]:
        """Undo `set_starred`; return what undoes this again."""
        return self._mark("star", previous)

    def _among(self, kind: str, ids: Iterable[str]) -> set[str]:
        wanted = list(ids)
        found: set[str] = set()
        for at in range(0, len(wanted), CHUNK):
            rows = self._rows(
                "SELECT id FROM mark WHERE kind = ? AND id IN (SELECT value FROM json_each(?))",
                (kind, json.dumps(wanted[at : at + CHUNK])),
            )
            found.update(row[0] for row in rows)
        return found

    def _mark(self, kind: str, flags: Mapping[str, bool]) -> dict[str, bool]:
        def change(connection: sqlite3.Connection) -> dict[str, bool]:
            marked = self._among(kind, flags)
            connection.executemany(
                "INSERT OR IGNORE INTO mark VALUES(?, ?, ?)",
                [(kind, item, self._now()) for item, flag in flags.items() if flag],
            )
            connection.executemany(
                "DELETE FROM mark WHERE kind = ? AND id = ?", [(kind, item) for item, flag in flags.items() if not flag]
            )
            return {item: item in marked for item in flags}

        return cast("dict[str, bool]", self._change(change, {}))

    # where reading stopped

    def position(self, document: str) -> Position | None:
        """Return where reading of a document stopped."""
        rows = self._rows("SELECT part, comment, offset FROM position WHERE document = ?", (document,))
        return Position((cast("Part", rows[0][0]), rows[0][1]), rows[0][2]) if rows else None

    def set_position(self, document: str, position: Position) -> None:
        """Keep where reading stopped."""
        values = (document, *position.key, position.offset)
        self._change(
            lambda connection: connection.execute("INSERT OR REPLACE INTO position VALUES(?, ?, ?, ?)", values)
        )

    def last_visit(self, document: str) -> Visit | None:
        """Return when a document was open before."""
        rows = self._rows("SELECT at, comments FROM visit WHERE document = ?", (document,))
        return Visit(*rows[0]) if rows else None

    def visit(self, document: str, comments: int) -> Visit | None:
        """Note that a document with so many comments is open now; return the visit before."""
        before = self.last_visit(document)
        values = (document, self._now(), comments)
        self._change(lambda connection: connection.execute("INSERT OR REPLACE INTO visit VALUES(?, ?, ?)", values))
        return before

    # folds

    def folds(self, document: str) -> frozenset[str]:
        """Return the comments of a document whose replies are folded."""
        rows = self._rows("SELECT comments FROM fold WHERE document = ?", (document,))
        return frozenset(json.loads(rows[0][0])) if rows else frozenset()

    def set_folds(self, document: str, comments: Iterable[str]) -> frozenset[str]:
        """Keep which comments are folded; return those that were before."""
        before = self.folds(document)
        values = (document, json.dumps(sorted(comments)))
        self._change(lambda connection: connection.execute("INSERT OR REPLACE INTO fold VALUES(?, ?)", values))
        return before

    # the file

    def _now(self) -> str:
        return self._storage().clock().isoformat(timespec="seconds")

    def _storage(self) -> Storage:
        if self._storage_given is None:
            from corpus.storage import Storage

            self._storage_given = Storage()
        return self._storage_given

    def _rows(self, statement: str, values: tuple[Any, ...] = ()) -> list[Any]:
        return self._try(lambda connection: connection.execute(statement, values).fetchall(), [])

    def _change(self, change: Callable[[sqlite3.Connection], Any], otherwise: Any = None) -> Any:
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
        if not found:
            _create(connection)
        version = connection.execute("PRAGMA user_version").fetchone()[0]
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


def _create(connection: sqlite3.Connection) -> None:
    for statement in _TABLES:
        connection.execute(statement)
    connection.execute(f"PRAGMA application_id={APPLICATION}")
    connection.execute(f"PRAGMA user_version={VERSION}")


def _is_damage(error: Exception) -> bool:
    """Tell a file that is damaged or not ours from one that is busy, full or out of reach."""
    if isinstance(error, OSError):
        return False
    code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF
    return code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
