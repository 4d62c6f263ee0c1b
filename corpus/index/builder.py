"""One refresh of the index: captures are read, documents made searchable, names found."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from corpus.fuzzy import StoppedError
from corpus.index.indexing import Indexing
from corpus.index.intake import Intake
from corpus.index.preparing import Prepared
from corpus.index.progress import Progress, Report
from corpus.index.recognising import Recogniser, recognise_all
from corpus.index.sources import Captures, Source
from corpus.index.stories import FEW, gather
from corpus.index.work import StopError, Work

UNGATHERED = "ungathered"
"""The fact that documents have changed since those of one event were brought together."""


class Builder:
    """Does the work over the writer's connection."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        source: Source,
        tell: Callable[[Progress], None] | None,
        stop: Callable[[], bool],
        *,
        little: bool = False,
    ) -> None:
        """Work on `connection`; `tell` is called now and then, `stop` is asked often.

        With `little` the work is not done, and MuchError raised, where there is much of it.
        """
        self.work = Work(connection, tell, stop)
        self._source, self._little = source, little
        self._changed: set[int] = set()
        self._all = False
        # other processes know the disk and nothing else
        self._apart = type(source) is Captures

    def run(self, roots: Sequence[Path], recogniser: Recogniser) -> Report:
        """Do the work. Raises sqlite3.Error and records.DamagedError when the file is at fault."""
        work, report = self.work, self.work.report
        connection = work.connection
        try:
            indexing = Indexing(work)

            def written(key: int, prepared: Prepared) -> None:
                self._note(key)
                indexing.written(key, prepared)

            Intake(work, self._source, written, apart=self._apart, little=self._little).run(roots)
            indexing.finish()
            self._finish_texts()
            if recogniser.is_there:
                if len(self._changed) <= FEW:
                    # their names are still to come
                    self._gather(done=False)
                recognise_all(work, recogniser, self._note, apart=self._apart, little=self._little)
            self._gather()
        except StopError:
            report.stopped = True
        finally:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
        work.shrink()
        work.checkpoint("TRUNCATE")
        report.documents = connection.execute(
            "SELECT count(*) FROM doc WHERE shown = 1 AND document IS NOT NULL AND problem IS NULL"
        ).fetchone()[0]
        report.problems = connection.execute("SELECT count(*) FROM problem").fetchone()[0]
        report.seconds = time.monotonic() - work.began
        return report

    def _note(self, key: int) -> None:
        """Note a document that has changed, inside the transaction that changes it."""
        if not self._changed:
            self._all = self.work.get(UNGATHERED) == UNGATHERED
            self.work.set(UNGATHERED, UNGATHERED)
        self._changed.add(key)

    def _gather(self, *, done: bool = True) -> None:
        """Bring the documents of one event together."""
        work = self.work
        if work.get(UNGATHERED) != UNGATHERED:
            return
        work.begin()
        try:
            gather(work.connection, None if self._all or not self._changed else self._changed, work.asked_to_stop)
        except StoppedError:
            work.connection.execute("ROLLBACK")
            raise StopError from None
        if done:
            work.set(UNGATHERED, "")
        work.commit()

    def _finish_texts(self) -> None:
        if self.work.get("complete") != "1":
            self.work.begin()
            self.work.set("complete", "1")
            self.work.commit()
