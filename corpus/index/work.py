"""The work of one refresh: short transactions, so that a kill loses a moment of it, and how far it is."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable

from corpus.index.facts import get_fact, set_fact
from corpus.index.progress import Progress, Report

REPORT_SECONDS = 0.05
TRANSACTION_SECONDS = 0.25
"""A transaction that has been open for so long is ended after the document at hand."""
SURE_SECONDS = 1.0
"""How long work will take is not told before it has gone on for so long."""
COMMITS_A_CHECKPOINT = 20
FREE = 50
"""One page of so many may be free."""


class StopError(Exception):
    """The caller asked to stop; what is written stays."""


class MuchError(Exception):
    """There is more to do than should be done beside somebody who reads."""


class Work:
    """The writer's connection, its transactions and the progress that is told."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        tell: Callable[[Progress], None] | None,
        stop: Callable[[], bool],
    ) -> None:
        """Work on `connection`; `tell` is called now and then, `stop` is asked often."""
        self.connection = connection
        self.report = Report()
        self.stage, self.total, self.done = "reading", 0, 0
        self.before_commit: Callable[[], None] = lambda: None
        self._tell, self.asked_to_stop = tell, stop
        self.began = self._stage_began = time.monotonic()
        self.passed_over = 0
        self.all_bytes = self.read_bytes = 0
        self._told = self._opened = 0.0
        self._commits = 0

    def begin(self) -> None:
        """Begin a transaction unless one is open."""
        if not self.connection.in_transaction:
            self.connection.execute("BEGIN IMMEDIATE")
            self._opened = time.monotonic()

    def commit(self) -> None:
        """End the transaction that is open, if one is."""
        if not self.connection.in_transaction:
            return
        self.before_commit()
        self.set("pending", self.pending)
        self.connection.execute("COMMIT")
        self._commits += 1
        if self._commits % COMMITS_A_CHECKPOINT == 0:
            self.checkpoint("PASSIVE")

    @property
    def is_long(self) -> bool:
        """Whether the open transaction should end."""
        return time.monotonic() - self._opened >= TRANSACTION_SECONDS

    @property
    def pending(self) -> str:
        """How far the captures are read, or the names found, in words."""
        return Progress(self.stage, self.done, self.total, 0, 0).pending

    def set(self, name: str, value: str) -> None:
        """Write a fact about the whole index."""
        set_fact(self.connection, name, value)

    def get(self, name: str) -> str | None:
        """Return a fact about the whole index."""
        return get_fact(self.connection, name)

    def start(self, stage: str, total: int, done: int = 0) -> None:
        """Begin with the next stage, `done` of which needs no work."""
        self.stage, self.total, self.done = stage, total, done
        self._stage_began, self.passed_over = time.monotonic(), done

    def check(self) -> None:
        """Tell how far the work is. Raises StopError where the caller wants it, with all that is written kept."""
        if self.asked_to_stop():
            self.commit()
            raise StopError
        now = time.monotonic()
        if self._tell and (now - self._told >= REPORT_SECONDS or (self.total and self.done == self.total)):
            self._told = now
            seconds = now - self._stage_began
            counted = self.report.documents if self.stage == "reading" else self.done - self.passed_over
            rate = counted / max(seconds, 1e-6)
            left = self._left(seconds)
            self._tell(Progress(self.stage, self.done, self.total, self.report.documents, rate, left))

    def _left(self, seconds: float) -> float | None:
        """Return how long the stage will still take: captures by their bytes where these are known, else by number."""
        if self.stage == "reading" and self.all_bytes:
            share = self.read_bytes / self.all_bytes
        else:
            share = (self.done - self.passed_over) / max(self.total - self.passed_over, 1)
        return seconds * (1 - share) / share if share > 0 and seconds >= SURE_SECONDS else None

    def checkpoint(self, mode: str) -> None:
        """Bring what is written from the log into the file."""
        self.connection.execute(f"PRAGMA wal_checkpoint({mode})").fetchall()

    def shrink(self) -> None:
        """Give pages that nothing is in back to the disk, where they are many."""
        free, all = (self.connection.execute(f"PRAGMA {name}_count").fetchone()[0] for name in ("freelist", "page"))
        if free > all // FREE:
            # unlike `execute` this runs the statement to its end
            self.connection.executescript("PRAGMA incremental_vacuum")
