"""Bringing the index up to date with the captures: in short transactions, so that a kill loses a moment's work."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from corpus.index.changes import REFUSED, Known, file_hash, look
from corpus.index.keeper import Keeper
from corpus.index.loading import load_document
from corpus.index.progress import Progress, Report
from corpus.index.schema import path_value
from corpus.index.sources import Recognises, Source
from corpus.index.writing import choose_shown, delete_document, index_documents, write_mentions, write_problems
from corpus.model import Document, Mention, Problem

DOCUMENTS_A_BATCH = 20
PASSAGES_A_BATCH = 4000
INDEXED_A_BATCH = 100
FIRST_CHUNK = 500
"""Documents that become searchable together, in the order of their dates; later chunks are larger."""
REPORT_SECONDS = 0.05


class _StopError(Exception):
    """The caller asked to stop; what is written stays."""


class Builder:
    """One refresh of the index: read, make searchable, recognise."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        source: Source,
        progress: Callable[[Progress], None] | None,
        stop: Callable[[], bool],
    ) -> None:
        """Work on the writer's `connection`; `progress` is told now and then, `stop` is asked often."""
        self.connection, self.source = connection, source
        self.report = Report()
        self._progress, self._stop = progress, stop
        self._stage, self._total, self._done = "reading", 0, 0
        self._began = self._stage_began = time.monotonic()
        self._told = 0.0
        self._batch = 0
        self._pending_documents = self._pending_passages = 0
        self._changed: set[str] = set()
        self._chunk = FIRST_CHUNK
        self._unindexed = 0

    def run(self, roots: Sequence[Path], recogniser: Recognises | None, fingerprint: str) -> Report:
        """Do the work. Raises sqlite3.Error and records.DamagedError when the file is at fault."""
        try:
            self._read_all(roots)
            self._index()
            if recogniser is not None:
                self._recognise(recogniser, fingerprint)
            self._finish()
        except _StopError:
            self.report.stopped = True
        finally:
            if self.connection.in_transaction:
                self.connection.execute("ROLLBACK")
        self.report.documents = self.connection.execute(
            "SELECT count(*) FROM doc WHERE shown = 1 AND document IS NOT NULL"
        ).fetchone()[0]
        self.report.problems = self.connection.execute("SELECT count(*) FROM problem").fetchone()[0]
        self.report.seconds = time.monotonic() - self._began
        return self.report

    # transactions

    def _begin(self) -> None:
        if not self.connection.in_transaction:
            self.connection.execute("BEGIN IMMEDIATE")

    def _commit(self) -> None:
        if not self.connection.in_transaction:
            return
        choose_shown(self.connection, sorted(self._changed))
        self._changed.clear()
        self._set("pending", f"{self._done} of {self._total} read" if self._stage == "reading" else "")
        self.connection.execute("COMMIT")
        self._pending_documents = self._pending_passages = 0

    def _set(self, name: str, value: str) -> None:
        self.connection.execute("INSERT OR REPLACE INTO meta VALUES(?, ?)", (name, value))

    def _get(self, name: str) -> str | None:
        row = self.connection.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return None if row is None else str(row[0])

    def _check(self) -> None:
        """Tell how far the work is, and stop where the caller wants it."""
        if self._stop():
            self._commit()
            raise _StopError
        now = time.monotonic()
        if self._progress and (now - self._told >= REPORT_SECONDS or (self._total and self._done == self._total)):
            self._told = now
            rate = self._done / max(now - self._stage_began, 1e-6)
            self._progress(Progress(self._stage, self._done, self._total, self.report.documents, rate))

    def _start(self, stage: str, total: int) -> None:
        self._stage, self._total, self._done = stage, total, 0
        self._stage_began = time.monotonic()

    # reading

    def _read_all(self, roots: Sequence[Path]) -> None:
        changes = look(self.connection, self.source, roots, self._check)
        self.report.captures = changes.found
        self.report.unchanged = changes.found - len(changes.work)
        self._start("reading", changes.found)
        self._done = self.report.unchanged
        if not (changes.gone or changes.work or changes.refused) and self._get("complete") == "1":
            return
        self._begin()
        self._set("complete", "0")
        self._batch = int(self._get("batch") or 0) + 1
        self._set("batch", str(self._batch))
        self._set(f"batch {self._batch}", datetime.now(UTC).isoformat(timespec="seconds"))
        for path, problem in changes.refused.items():
            self._refuse(path, problem, changes.known.get(path))
        for path in changes.work:
            self._read(path, changes.known.get(path))
        for entry in changes.gone:
            self._forget(entry.identity)
        self._commit()

    def _refuse(self, path: str, problem: Problem, known: Known | None) -> None:
        if known:
            self._forget(known.identity)
        self._begin()
        capture = self._capture_row(path, None, REFUSED, 0)
        write_problems(self.connection, capture, self._batch, path, [problem])
        self.connection.execute("UPDATE capture SET complete = 1, sha256 = ? WHERE id = ?", (problem.message, capture))

    def _capture_row(self, path: str, known: Known | None, size: int, mtime: int) -> int:
        values = (size, mtime, time.time_ns())
        if known:
            self.connection.execute(
                "UPDATE capture SET size = ?, mtime = ?, read_at = ?, complete = 0 WHERE id = ?",
                (*values, known.identity),
            )
            return known.identity
        cursor = self.connection.execute(
            "INSERT INTO capture(path, size, mtime, read_at, sha256, complete) VALUES(?, ?, ?, ?, '', 0)",
            (path_value(path), *values),
        )
        assert cursor.lastrowid is not None
        return cursor.lastrowid

    def _read(self, path: str, known: Known | None) -> None:
        self._begin()
        problems: list[Problem] = []
        digest = ""
        try:
            stat = os.stat(path)
            size, mtime = stat.st_size, stat.st_mtime_ns
        except OSError as error:
            size, mtime = REFUSED, 0
            problems.append(Problem(path, f"The file cannot be read: {error.strerror or 'unknown error'}"))
        capture = self._capture_row(path, known, size, mtime)
        keeper = Keeper(self.connection, capture, self._batch, path, mtime)
        for item in self._items(path) if size != REFUSED else ():
            if isinstance(item, Problem):
                problems.append(item)
            else:
                self._keep(keeper, item, problems)
                digest = digest or (item.capture.sha256 if item.capture else "")
            self._check()
        self._begin()
        self._changed |= keeper.drop_rest()
        write_problems(self.connection, capture, self._batch, path, problems)
        digest = digest or (file_hash(path) if size != REFUSED else "")
        self.connection.execute("UPDATE capture SET complete = 1, sha256 = ? WHERE id = ?", (digest, capture))
        self.report.read += 1
        self._done += 1
        self._after_documents(1 if problems else 0, 0)
        self._check()

    def _items(self, path: str) -> Iterator[Document | Problem]:
        """Read a capture; whatever goes wrong in there is a sentence, not the end."""
        try:
            yield from self.source.read(Path(path))
        except Exception as error:
            yield Problem(path, f"The file could not be read ({type(error).__name__})")

    def _keep(self, keeper: Keeper, document: Document, problems: list[Problem]) -> None:
        self._begin()
        try:
            is_new = keeper.keep(document)
        except sqlite3.Error:
            raise
        except (ValueError, OverflowError, RecursionError):
            problems.append(Problem(keeper.path, f"“{document.title[:60]}” could not be kept in the index"))
            return
        self.report.documents += 1
        if is_new:
            self._changed.add(document.id)
            self._unindexed += 1
            self._after_documents(1, len(document.comments) + len(document.paragraphs))
            if self._unindexed >= self._chunk:
                self._index()

    def _after_documents(self, documents: int, passages: int) -> None:
        self._pending_documents += documents
        self._pending_passages += passages
        if self._pending_documents >= DOCUMENTS_A_BATCH or self._pending_passages >= PASSAGES_A_BATCH:
            self._commit()

    def _forget(self, capture: int) -> None:
        self._begin()
        for key, document in self.connection.execute(
            "SELECT key, document FROM doc WHERE capture = ?", (capture,)
        ).fetchall():
            self._begin()
            delete_document(self.connection, key)
            if document:
                self._changed.add(document)
            self._after_documents(1, 0)
        self._begin()
        self.connection.execute("DELETE FROM problem WHERE capture = ?", (capture,))
        self.connection.execute("DELETE FROM capture WHERE id = ?", (capture,))
        self.report.removed += 1

    # searching and recognising

    def _index(self) -> None:
        """Make everything searchable that is shown and is not yet, in the order of dates."""
        self._begin()
        self._commit()
        rows = self.connection.execute(
            "SELECT key, date, 1 + paragraphs + comments FROM doc"
            " WHERE base IS NULL AND shown = 1 AND document IS NOT NULL ORDER BY date, key"
        ).fetchall()
        outer = (self._stage, self._total, self._done, self._stage_began)
        self._start("indexing", len(rows))
        for batch in _batches(rows):
            self._begin()
            index_documents(self.connection, [(key, date) for key, date, _ in batch])
            self._commit()
            self._done += len(batch)
            self._check()
        self._stage, self._total, self._done, self._stage_began = outer
        self._unindexed = 0
        self._chunk = max(self._chunk, min(self.report.documents, 40 * FIRST_CHUNK))
        if rows:
            self._checkpoint("PASSIVE")

    def _recognise(self, recogniser: Recognises, fingerprint: str) -> None:
        if self._get("recogniser") != fingerprint:
            self._begin()
            self.connection.execute("UPDATE doc SET recognised = 0 WHERE document IS NOT NULL")
            self._set("recogniser", fingerprint)
            self._commit()
        keys = self.connection.execute(
            "SELECT key FROM doc WHERE recognised = 0 AND shown = 1 ORDER BY date DESC, key"
        ).fetchall()
        self._start("recognising", len(keys))
        for at in range(0, len(keys), DOCUMENTS_A_BATCH):
            for (key,) in keys[at : at + DOCUMENTS_A_BATCH]:
                mentions = _recognise(recogniser, load_document(self.connection, key))
                self._begin()
                write_mentions(self.connection, key, mentions)
                self._done += 1
                self._check()
            self._commit()

    def _finish(self) -> None:
        if self._get("complete") != "1":
            self._begin()
            self._set("complete", "1")
            self._set("pending", "")
            self.connection.execute("COMMIT")
            self._checkpoint("TRUNCATE")

    def _checkpoint(self, mode: str) -> None:
        self.connection.execute(f"PRAGMA wal_checkpoint({mode})").fetchall()


def _recognise(recogniser: Recognises, document: Document) -> tuple[Mention, ...]:
    try:
        return tuple(recogniser.recognise(document))
    except (sqlite3.Error, MemoryError):
        raise
    except Exception:
        # one odd text must not keep all others from being recognised
        return ()


def _batches(rows: Sequence[tuple[int, str, int]]) -> Iterator[list[tuple[int, str, int]]]:
    batch: list[tuple[int, str, int]] = []
    passages = 0
    for row in rows:
        if batch and (len(batch) >= INDEXED_A_BATCH or passages + row[2] > PASSAGES_A_BATCH):
            yield batch
            batch, passages = [], 0
        batch.append(row)
        passages += row[2]
    if batch:
        yield batch
