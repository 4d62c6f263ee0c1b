"""Captures that are new, changed, moved or gone: what they hold is written into the index."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from corpus.index.captures import bequeath, capture_row, close_capture, move
from corpus.index.changes import REFUSED, Changes, Known, file_hash, look
from corpus.index.feeding import feed_apart, feed_here, is_much
from corpus.index.judging import take_up
from corpus.index.keeper import Keeper
from corpus.index.preparing import Prepared
from corpus.index.sources import Source
from corpus.index.versions import work_of
from corpus.index.work import MuchError, Work
from corpus.index.writing import choose_shown, delete_document, write_problems
from corpus.model import Problem

DOCUMENTS_A_BATCH = 100
PASSAGES_A_BATCH = 4000
WEIGHED = 1000
"""So many captures are weighed before they are read, to tell how long that will take."""
LOOKED_AT = 3000
"""Captures that are looked at beside somebody who reads."""


class _Reading:
    """A capture that is being read."""

    def __init__(self, keeper: Keeper, sha256: str, problems: list[Problem]) -> None:
        self.keeper, self.sha256, self.problems = keeper, sha256, problems


class Intake:
    """Brings the documents of the index up to date with the captures."""

    def __init__(
        self, work: Work, source: Source, written: Callable[[int, Prepared], None], *, apart: bool, little: bool
    ) -> None:
        """Take captures in.

        Args:
            work: the refresh at hand.
            source: where captures come from.
            written: is told of each document that was written, with its key.
            apart: whether many captures may be read in other processes; they know no other source than the disk.
            little: whether to raise MuchError where there are many.
        """
        self._work, self._source, self._written = work, source, written
        self._apart, self._little = apart, little
        self.connection = work.connection
        self._changed: set[str] = set()
        self._open: dict[str, _Reading] = {}
        self._known: dict[str, Known] = {}
        self._by_bytes: dict[tuple[str, str], int] = {}
        self._gone: dict[int, Known] = {}
        self._sizes: dict[str, int] = {}
        self._documents = self._passages = self._batch = 0
        work.before_commit = self._settle

    def run(self, roots: Sequence[Path]) -> None:
        """Do the work. Raises StopError, sqlite3.Error and records.DamagedError."""
        work, report = self._work, self._work.report
        take_up(self.connection, self._source)
        changes = look(self.connection, self._source, roots, work.check, LOOKED_AT if self._little else None)
        much = is_much(changes.work)
        if much and self._little:
            raise MuchError
        report.captures = changes.found
        report.unchanged = changes.found - len(changes.work)
        work.start("reading", changes.found, report.unchanged)
        self._sizes = _sizes(changes.work) if len(changes.work) <= WEIGHED else {}
        work.all_bytes = sum(self._sizes.values())
        if not (changes.gone or changes.work or changes.refused) and work.get("complete") == "1":
            return
        self._remember(changes)
        work.begin()
        work.set("complete", "0")
        self._batch = int(work.get("batch") or 0) + 1
        work.set("batch", str(self._batch))
        work.set(f"batch {self._batch}", datetime.now(UTC).isoformat(timespec="seconds"))
        for path, problem in changes.refused.items():
            self._refuse(path, problem)
        feed = feed_apart if self._apart and much else feed_here
        for path, item in feed(self._source, self._orders(changes.work)):
            self._take(path, item)
        # those that only stood for another one first, so that nothing is left to them
        for entry in sorted(self._gone.values(), key=lambda entry: entry.same is None):
            self._forget(entry.identity)
        work.commit()

    def _remember(self, changes: Changes) -> None:
        self._known = changes.known
        self._gone = {entry.identity: entry for entry in changes.gone}
        for path, entry in changes.known.items():
            if entry.complete and entry.size != REFUSED and entry.sha256 and entry.same is None:
                self._by_bytes[_kind(path), entry.sha256] = entry.identity

    def _settle(self) -> None:
        choose_shown(self.connection, sorted(self._changed))
        self._changed.clear()
        self._documents = self._passages = 0

    # one capture after the other

    def _orders(self, paths: Sequence[str]) -> Iterator[str]:
        """Yield the captures that must be read, when there is time for the next one."""
        for path in paths:
            self._work.begin()
            try:
                stat = os.stat(path)
            except OSError as error:
                why = Problem(path, f"The file cannot be read: {error.strerror or 'unknown error'}")
                self._start(path, REFUSED, 0, "", [why])
                self._take(path, None)
                continue
            # taken before it is read: a file that changes in between is read again next time
            sha256 = file_hash(path)
            if self._is_known(path, stat, sha256):
                self._count(path)
                self._after(1, 0)
                continue
            self._start(path, stat.st_size, stat.st_mtime_ns, sha256, [])
            yield path

    def _is_known(self, path: str, stat: os.stat_result, sha256: str) -> bool:
        """Tell whether a capture has the bytes of another one, which it then is, or stands for."""
        twin = self._by_bytes.get((_kind(path), sha256))
        known = self._known.get(path)
        if twin is None or (known and known.identity == twin):
            return False
        if known:
            self._clear(known.identity)
        if self._gone.pop(twin, None):
            if known:
                self.connection.execute("DELETE FROM capture WHERE id = ?", (known.identity,))
            move(self.connection, twin, path, stat.st_mtime_ns)
            self._work.report.moved += 1
        else:
            identity = capture_row(self.connection, path, known, stat.st_size, stat.st_mtime_ns)
            close_capture(self.connection, identity, sha256, twin)
            self._work.report.doubled += 1
        return True

    def _start(self, path: str, size: int, mtime: int, sha256: str, problems: list[Problem]) -> None:
        known = self._known.get(path)
        # one that is read again as it was keeps what it holds
        if known and known.sha256 != sha256 and bequeath(self.connection, known.identity):
            known = None
        capture = capture_row(self.connection, path, known, size, mtime)
        keeper = Keeper(self.connection, capture, self._batch, path, mtime)
        self._open[path] = _Reading(keeper, sha256, problems)

    def _take(self, path: str, item: Prepared | Problem | None) -> None:
        reading, work = self._open[path], self._work
        work.begin()
        if isinstance(item, Problem):
            reading.problems.append(item)
        elif item is not None:
            self._keep(reading, item)
        else:
            self._close(path, reading)
        work.check()

    def _keep(self, reading: _Reading, prepared: Prepared) -> None:
        try:
            kept = reading.keeper.keep(prepared)
        except sqlite3.Error:
            raise
        except (ValueError, OverflowError):
            title = str(prepared.row["title"])[:60]
            reading.problems.append(Problem(reading.keeper.path, f"“{title}” could not be kept in the index"))
            return
        self._work.report.documents += 1
        if kept:
            if not kept.is_alone:
                self._changed.add(prepared.row["document"])
            self._written(kept.key, prepared)
            self._after(1, len(prepared.packed.passages))

    def _close(self, path: str, reading: _Reading) -> None:
        keeper = reading.keeper
        self._changed |= keeper.drop_rest()
        write_problems(self.connection, keeper.capture, self._batch, path, reading.problems)
        close_capture(self.connection, keeper.capture, reading.sha256)
        del self._open[path]
        if reading.sha256:
            self._by_bytes.setdefault((_kind(path), reading.sha256), keeper.capture)
        self._work.report.read += 1
        self._count(path)
        self._after(1 if reading.problems else 0, 0)

    def _count(self, path: str) -> None:
        self._work.done += 1
        self._work.read_bytes += self._sizes.get(path, 0)

    def _after(self, documents: int, passages: int) -> None:
        self._documents += documents
        self._passages += passages
        if self._documents >= DOCUMENTS_A_BATCH or self._passages >= PASSAGES_A_BATCH or self._work.is_long:
            self._work.commit()

    # what is no capture any more

    def _refuse(self, path: str, problem: Problem) -> None:
        known = self._known.get(path)
        if known:
            self._forget(known.identity)
        self._work.begin()
        capture = capture_row(self.connection, path, None, REFUSED, 0)
        write_problems(self.connection, capture, self._batch, path, [problem])
        close_capture(self.connection, capture, problem.message)

    def _forget(self, capture: int) -> None:
        self._work.begin()
        self._work.report.removed += 1
        if bequeath(self.connection, capture):
            return
        self._clear(capture)
        self._work.begin()
        self.connection.execute("DELETE FROM capture WHERE id = ?", (capture,))

    def _clear(self, capture: int) -> None:
        """Remove what a capture held."""
        for key, document in self.connection.execute(
            "SELECT key, document FROM doc WHERE capture = ?", (capture,)
        ).fetchall():
            self._work.begin()
            if document:
                self._changed.add(work_of(self.connection, document))
            delete_document(self.connection, key)
            self._after(1, 0)
        self._work.begin()
        self.connection.execute("DELETE FROM problem WHERE capture = ?", (capture,))


def _sizes(paths: Sequence[str]) -> dict[str, int]:
    """Return the bytes of each file that is there."""
    found = {}
    for path in paths:
        with suppress(OSError):
            found[path] = os.stat(path).st_size
    return found


def _kind(path: str) -> str:
    """Return what, besides its bytes, tells how a file is read."""
    return os.path.splitext(path)[1].lower()
