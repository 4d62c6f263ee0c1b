"""What was read, how far, starred, hidden and folded, kept in a file of its own.

Losing it costs little, so that nothing here raises: what goes wrong becomes `message`, and reading goes on.
Where reading stopped is written later, with `flush`, so that no key waits for the disk.
"""

from __future__ import annotations

import json
import sqlite3
import threading
import zlib
from array import array
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from corpus.model import Part, TextKey
from corpus.reading_file import StateFile

if TYPE_CHECKING:
    from corpus.storage import Storage

CHUNK = 5000
READ, STAR, HIDDEN = "read", "star", "hide"
"""Kinds of marks on documents."""

_WRITES = {
    "position": "INSERT OR REPLACE INTO position VALUES(?, ?, ?, ?)",
    "visit": "INSERT OR REPLACE INTO visit VALUES(?, ?, ?)",
    "seen": "INSERT OR REPLACE INTO seen VALUES(?, ?)",
    "place": "INSERT OR REPLACE INTO place VALUES(?, ?)",
    "fold": "INSERT OR REPLACE INTO fold VALUES(?, ?)",
}
_READS = {
    "position": "SELECT part, comment, offset FROM position WHERE document = ?",
    "visit": "SELECT at, comments FROM visit WHERE document = ?",
    "seen": "SELECT comments FROM seen WHERE document = ?",
    "place": "SELECT document FROM place WHERE corpus = ?",
    "fold": "SELECT comments FROM fold WHERE document = ?",
}


@dataclass(frozen=True, slots=True)
class Position:
    """Where reading stopped: a text of the document and an offset into it, code points."""

    key: TextKey
    offset: int


@dataclass(frozen=True, slots=True)
class Visit:
    """When a document was last open (ISO 8601, UTC), how many comments it had, and which."""

    at: str
    comments: int
    seen: frozenset[int] = frozenset()

    def new(self, comments: Iterable[str]) -> frozenset[str]:
        """Return those of `comments`, ids in the order of the capture, that were not there at this visit."""
        ids = list(comments)
        if not self.seen:
            return frozenset(ids[self.comments :])
        return frozenset(comment for comment in ids if _short(comment) not in self.seen)


def _short(comment: str) -> int:
    return zlib.crc32(comment.encode("utf-8", "surrogatepass"))


class ReadingState:
    """Marks, positions, visits and folds, by document id. May be used from several threads."""

    def __init__(self, path: Path, storage: Storage | None = None) -> None:
        """Keep the state in `path`; nothing is opened yet. `storage` stands for the disk and the time."""
        self._file = StateFile(path, storage)
        self._pending: dict[tuple[str, str], tuple[Any, ...]] = {}
        self._lock = threading.Lock()
        self._flushing = threading.Lock()

    @property
    def path(self) -> Path:
        """Where the state is kept."""
        return self._file.path

    @property
    def message(self) -> str:
        """What went wrong last, in a sentence, or nothing."""
        return self._file.message

    def close(self) -> None:
        """Write what is not yet written, and close the file."""
        self.flush()
        self._file.close()

    # marks

    def read_among(self, ids: Iterable[str]) -> set[str]:
        """Return those of `ids` that are read."""
        return self._among(READ, ids)

    def starred_among(self, ids: Iterable[str]) -> set[str]:
        """Return those of `ids` that are starred."""
        return self._among(STAR, ids)

    def read_documents(self) -> list[str]:
        """Return all documents that are read, the latest first."""
        return self._all(READ)

    def starred(self) -> list[str]:
        """Return all starred documents, the latest first."""
        return self._all(STAR)

    def hidden(self) -> list[str]:
        """Return all documents that were taken out of the list, the latest first."""
        return self._all(HIDDEN)

    def has_read(self) -> bool:
        """Tell whether anything was ever read."""
        return bool(self._file.rows("SELECT 1 FROM mark WHERE kind = ? LIMIT 1", (READ,)))

    def set_read(self, ids: Iterable[str], flag: bool) -> dict[str, bool]:
        """Mark as read or unread; return how each of `ids` was marked before, for `restore_read`."""
        return self._mark(READ, dict.fromkeys(ids, flag))

    def restore_read(self, previous: Mapping[str, bool]) -> dict[str, bool]:
        """Undo `set_read`; return what undoes this again."""
        return self._mark(READ, previous)

    def set_starred(self, ids: Iterable[str], flag: bool) -> dict[str, bool]:
        """Star or unstar; return how each of `ids` was marked before, for `restore_starred`."""
        return self._mark(STAR, dict.fromkeys(ids, flag))

    def restore_starred(self, previous: Mapping[str, bool]) -> dict[str, bool]:
        """Undo `set_starred`; return what undoes this again."""
        return self._mark(STAR, previous)

    def set_hidden(self, ids: Iterable[str], flag: bool) -> dict[str, bool]:
        """Take out of the list or put back; return how each of `ids` was marked before, for `restore_hidden`."""
        return self._mark(HIDDEN, dict.fromkeys(ids, flag))

    def restore_hidden(self, previous: Mapping[str, bool]) -> dict[str, bool]:
        """Undo `set_hidden`; return what undoes this again."""
        return self._mark(HIDDEN, previous)

    def _all(self, kind: str) -> list[str]:
        return [row[0] for row in self._file.rows("SELECT id FROM mark WHERE kind = ? ORDER BY at DESC, id", (kind,))]

    def _among(self, kind: str, ids: Iterable[str]) -> set[str]:
        wanted = list(ids)
        found: set[str] = set()
        for at in range(0, len(wanted), CHUNK):
            rows = self._file.rows(
                "SELECT id FROM mark WHERE kind = ? AND id IN (SELECT value FROM json_each(?))",
                (kind, json.dumps(wanted[at : at + CHUNK])),
            )
            found.update(row[0] for row in rows)
        return found

    def _mark(self, kind: str, flags: Mapping[str, bool]) -> dict[str, bool]:
        now = self._file.now()

        def change(connection: sqlite3.Connection) -> dict[str, bool]:
            marked = self._among(kind, flags)
            connection.executemany(
                "INSERT OR IGNORE INTO mark VALUES(?, ?, ?)",
                [(kind, item, now) for item, flag in flags.items() if flag],
            )
            connection.executemany(
                "DELETE FROM mark WHERE kind = ? AND id = ?", [(kind, item) for item, flag in flags.items() if not flag]
            )
            return {item: item in marked for item in flags}

        return cast("dict[str, bool]", self._file.change(change, {}))

    # where reading stopped: written at the next `flush`

    def position(self, document: str) -> Position | None:
        """Return where reading of a document stopped."""
        row = self._kept("position", document)
        return Position((cast("Part", row[0]), row[1]), row[2]) if row else None

    def set_position(self, document: str, position: Position) -> None:
        """Keep where reading stopped."""
        self._keep("position", document, *position.key, position.offset)

    def last_visit(self, document: str) -> Visit | None:
        """Return when a document was open before."""
        row = self._kept("visit", document)
        if row is None:
            return None
        seen = self._kept("seen", document)
        return Visit(row[0], row[1], frozenset(_numbers(seen[0])) if seen else frozenset())

    def visit(self, document: str, comments: Iterable[str]) -> None:
        """Note that a document with these comments (their ids) was open until now."""
        numbers = array("I", sorted({_short(comment) for comment in comments}))
        self._keep("visit", document, self._file.now(), len(numbers))
        self._keep("seen", document, numbers.tobytes())

    def visited(self, documents: Iterable[str] | None = None) -> dict[str, int]:
        """Return for each document that was open, or those of `documents`, how many comments it then had."""
        # looked at first: what is written to the file meanwhile is in neither otherwise
        with self._lock:
            pending = {name: values[1] for (table, name), values in self._pending.items() if table == "visit"}
        if documents is None:
            found = dict(self._file.rows("SELECT document, comments FROM visit"))
        else:
            wanted = json.dumps(list(documents))
            found = dict(
                self._file.rows(
                    "SELECT document, comments FROM visit WHERE document IN (SELECT value FROM json_each(?))", (wanted,)
                )
            )
        return {**found, **{name: count for name, count in pending.items() if documents is None or name in found}}

    def last_document(self, corpus: str) -> str | None:
        """Return the document that was open last in a corpus."""
        row = self._kept("place", corpus)
        return row[0] if row else None

    def set_last_document(self, corpus: str, document: str) -> None:
        """Keep which document is open in a corpus."""
        self._keep("place", corpus, document)

    # folds

    def folds(self, document: str) -> frozenset[str]:
        """Return the comments of a document whose replies are folded."""
        row = self._kept("fold", document)
        return frozenset(json.loads(row[0])) if row else frozenset()

    def set_folds(self, document: str, comments: Iterable[str]) -> frozenset[str]:
        """Keep which comments are folded; return those that were before."""
        before = self.folds(document)
        self._keep("fold", document, json.dumps(sorted(comments)))
        return before

    # writing

    def _keep(self, table: str, name: str, *values: Any) -> None:
        with self._lock:
            self._pending[table, name] = values

    def _kept(self, table: str, name: str) -> tuple[Any, ...] | None:
        with self._lock:
            pending = self._pending.get((table, name))
        if pending is not None:
            return pending
        rows = self._file.rows(_READS[table], (name,))
        return rows[0] if rows else None

    def flush(self) -> None:
        """Write what is not yet written, in one transaction."""
        # one at a time: what a thread took long ago must not be written over what was kept since
        with self._flushing:
            self._flush()

    def _flush(self) -> None:
        with self._lock:
            pending = dict(self._pending)
        if not pending:
            return

        def change(connection: sqlite3.Connection) -> bool:
            for (table, name), values in pending.items():
                connection.execute(_WRITES[table], (name, *values))
            return True

        self._file.change(change)
        with self._lock:
            # what was kept anew meanwhile waits for the next time
            for key, values in pending.items():
                if self._pending.get(key) is values:
                    del self._pending[key]


def _numbers(data: bytes) -> array[int]:
    numbers = array("I")
    numbers.frombytes(data[: len(data) - len(data) % numbers.itemsize])
    return numbers
