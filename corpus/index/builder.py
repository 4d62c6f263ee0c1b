"""One refresh of the index: captures are read, documents made searchable, names found."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from corpus.index.indexing import Indexing
from corpus.index.intake import Intake
from corpus.index.progress import Progress, Report
from corpus.index.recognising import Recogniser, recognise_all
from corpus.index.sources import Captures, Source
from corpus.index.work import StopError, Work


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
        # other processes know the disk and nothing else
        self._apart = type(source) is Captures

    def run(self, roots: Sequence[Path], recogniser: Recogniser) -> Report:
        """Do the work. Raises sqlite3.Error and records.DamagedError when the file is at fault."""
        work, report = self.work, self.work.report
        connection = work.connection
        try:
            indexing = Indexing(work)
            Intake(work, self._source, indexing.written, apart=self._apart, little=self._little).run(roots)
            indexing.finish()
            self._finish_texts()
            if recogniser.is_there:
                recognise_all(work, recogniser, apart=self._apart, little=self._little)
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

    def _finish_texts(self) -> None:
        if self.work.get("complete") != "1":
            self.work.begin()
            self.work.set("complete", "1")
            self.work.commit()
