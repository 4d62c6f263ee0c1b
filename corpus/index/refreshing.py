"""The one writer of an index: its lock, and a file that must be replaced first."""

from __future__ import annotations

import sqlite3
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path

from corpus.index.apart import Order, can_go, refresh_apart
from corpus.index.builder import Builder
from corpus.index.checking import damage
from corpus.index.helpers import HelperError
from corpus.index.progress import Progress, Report
from corpus.index.readers import Readers, is_ours, mark_of
from corpus.index.recognising import Recogniser
from corpus.index.records import DamagedError
from corpus.index.schema import NotOursError, open_writer
from corpus.index.sources import Captures, Recognises, Source
from corpus.index.work import MuchError
from corpus.storage import BusyError, Storage
from corpus.text import canonical_line

PATIENCE = 0.5
"""Seconds to wait for another korea-reader that is writing this index."""
BUSY = "Another korea-reader is reading this corpus; what it reads appears here"

Tell = Callable[[Progress], None]
Stop = Callable[[], bool]


class Refresher:
    """Brings the index behind `readers` up to date, and makes it anew where it is damaged or not an index."""

    def __init__(
        self,
        readers: Readers,
        source: Source | None,
        recogniser: Recognises | Callable[[], Recognises] | None,
        storage: Storage | None,
    ) -> None:
        """See `Library.open`."""
        self._readers = readers
        self._source: Source = source or Captures()
        self._recogniser = Recogniser(recogniser)
        self._storage = storage or Storage(patience=PATIENCE)
        self._path = readers.path
        self._temporary: tempfile.TemporaryDirectory[str] | None = None

    def close(self) -> None:
        """Remove what was kept for this session only."""
        if self._temporary:
            self._temporary.cleanup()

    def refresh(self, roots: Sequence[Path], tell: Tell, stop: Stop, *, apart: bool = False) -> Report:
        """Do the work under the lock; what prevents it is said in the report.

        With `apart` much work is done in a process of its own.
        """
        messages: list[str] = []
        order = Order(
            tuple(roots), self._readers.path, self._recogniser.make, getattr(self._source, "make_judged", None)
        )
        if not apart or type(self._source) is not Captures or not can_go(order):
            return self._refresh(roots, messages, tell, stop, little=False)
        try:
            return self._refresh(roots, messages, tell, stop, little=True)
        except MuchError:
            pass
        try:
            # the index may have been moved meanwhile
            report = refresh_apart(order._replace(cache_file=self._readers.path), tell, stop)
        except (HelperError, OSError):
            return self._refresh(roots, messages, tell, stop, little=False)
        report.messages[:0] = messages
        return report

    def _refresh(self, roots: Sequence[Path], messages: list[str], tell: Tell, stop: Stop, *, little: bool) -> Report:
        with ExitStack() as held:
            try:
                self._prepare(held)
            except BusyError:
                return Report(busy=True, messages=[BUSY])
            except OSError:
                self._move_to_temporary()
                messages.append(
                    f"The folder {canonical_line(str(self._path.parent))} cannot be written;"
                    " the index is kept for this session only"
                )
            try:
                report = self._build_or_replace(messages, lambda: self._build(roots, tell, stop, little))
            except (sqlite3.Error, OSError) as error:
                report = Report(
                    stopped=True, messages=[f"The index could not be written: {canonical_line(str(error))}"]
                )
        report.messages[:0] = messages
        return report

    def check(self, tell: Tell | None = None) -> list[str]:
        """Return what is damaged in the index, in sentences; see `Library.check`."""
        path = self._readers.path
        if not path.exists():
            return []
        with self._storage.lock(path):
            try:
                connection = open_writer(path)
            except (NotOursError, sqlite3.Error) as error:
                self._readers.note(error)
                return [self._readers.trouble]
            try:
                found = damage(connection, _checking(tell))
            except Exception:
                found = ["The index file is damaged"]
            finally:
                connection.close()
        if found:
            self._readers.note(DamagedError())
        return found

    def _prepare(self, held: ExitStack) -> None:
        self._storage.make_folder(self._path.parent)
        held.enter_context(self._storage.lock(self._path))
        self._make_private(self._path)

    def _make_private(self, path: Path) -> None:
        if not path.exists():
            # SQLite would make it readable for everybody
            self._storage.write(path, b"")

    def _move_to_temporary(self) -> None:
        if self._temporary is None:
            self._temporary = tempfile.TemporaryDirectory(prefix="korea-reader-")
            self._readers.renew(Path(self._temporary.name) / "index.db")

    def _build_or_replace(self, messages: list[str], build: Callable[[], Report]) -> Report:
        if self._readers.is_marked:
            if not self._readers.damaged:
                # another program met the damage
                self._readers.note(DamagedError())
            self._replace(messages)
        try:
            return build()
        except MuchError:
            raise
        except Exception as error:
            # rows of the wrong kind fail anywhere; with a sound file the second try shows what it is
            self._readers.note(error if isinstance(error, (sqlite3.Error, NotOursError)) else DamagedError())
            if not self._readers.damaged:
                raise
        self._replace(messages)
        return build()

    def _replace(self, messages: list[str]) -> None:
        """Take a file that is no index of ours out of the way; a damaged or old one of ours is only a cache."""
        path, reason = self._readers.path, self._readers.trouble
        keep = path.exists() and not is_ours(path)
        for name in (path, path.with_name(path.name + "-wal"), path.with_name(path.name + "-shm")):
            if not keep:
                self._storage.remove(name)
            elif name.exists():
                kept = self._storage.set_aside(name, reason)
                if name == path:
                    messages.append(f"{reason}; it was set aside as {kept.name}")
        self._storage.remove(mark_of(path))
        if not keep:
            messages.append(f"{reason}; it was made anew from the captures")
        self._make_private(path)
        self._readers.renew()

    def _build(self, roots: Sequence[Path], tell: Tell, stop: Stop, little: bool) -> Report:
        connection = open_writer(self._readers.path)
        try:
            return Builder(connection, self._source, tell, stop, little=little).run(roots, self._recogniser)
        finally:
            connection.close()


def _checking(tell: Tell | None) -> Callable[[int, int], None]:
    began = time.monotonic()

    def told(done: int, total: int) -> None:
        if tell:
            seconds = max(time.monotonic() - began, 1e-6)
            left = seconds * (total - done) / done if done else None
            tell(Progress("checking", done, total, done, done / seconds, left))

    return told
