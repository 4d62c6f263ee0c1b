"""The only module that opens files for writing, the indexes of SQLite apart.

A file is replaced whole: a temporary file beside it, flushed to the disk, takes its name, and the folder is
flushed after it. So a reader sees the old file or the new one, and what was reported as written is there after
a crash or a power cut.
"""

from __future__ import annotations

import errno
import os
import secrets
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from corpus.filesystem import FileSystem, OsFileSystem, Stamp, sync_folder

TEMPORARY = ".kr-tmp"
STALE_SECONDS = 3600
_NO_LINKS = (errno.EPERM, errno.ENOTSUP, errno.ENOSYS, errno.EXDEV, errno.EMLINK)


class BusyError(OSError):
    """Another program holds the lock on a file for too long."""


def _now() -> datetime:
    return datetime.now(UTC)


class Storage:
    """Writes files so that nothing acknowledged is lost.

    `fs` and `clock` stand for the disk and the time, `sleep` for waiting; `patience` is how many seconds
    `lock` waits.
    """

    def __init__(
        self,
        fs: FileSystem | None = None,
        clock: Callable[[], datetime] = _now,
        sleep: Callable[[float], None] = time.sleep,
        patience: float = 10.0,
    ) -> None:
        """Use the machine's own file system and clock unless others are given."""
        self.fs: FileSystem = fs or OsFileSystem()
        self.clock = clock
        self._sleep, self._patience = sleep, patience
        self._held: set[tuple[int, Path]] = set()

    def read(self, path: Path) -> bytes:
        """Return the file's bytes. Raises OSError."""
        return self.fs.read(path)

    def stamp(self, path: Path) -> Stamp | None:
        """Return the state of a file, cheaply; None when it cannot be seen."""
        try:
            return self.fs.stamp(path)
        except OSError:
            return None

    def names(self, folder: Path) -> list[str]:
        """Return the sorted names in a folder, none when it cannot be read."""
        try:
            return sorted(self.fs.listdir(folder))
        except OSError:
            return []

    def write(self, path: Path, data: bytes) -> None:
        """Replace the file's content, or make it with mode 0600, its folder with 0700.

        A symbolic link stays, and the file it names is replaced. Raises OSError: the old content is then still there.
        """
        target = self.fs.realpath(path)
        self.make_folder(target.parent)
        temporary = self._temporary(target, (data,))
        try:
            self.fs.replace(temporary, target)
        except BaseException:
            self._discard(temporary)
            raise
        sync_folder(self.fs, target.parent)

    def append(self, path: Path, data: bytes) -> None:
        """Add `data` (whole lines) at the end of a file, under its lock. Raises OSError.

        A line that an earlier crash left unfinished is closed first, so that it spoils no other.
        """
        with self.lock(path):
            target = self.fs.realpath(path)
            exists = self.stamp(target) is not None
            if exists and self.fs.tail(target, 1) not in (b"", b"\n"):
                data = b"\n" + data
            self._fill(self.fs.open(target, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), (data,))
            if not exists:
                sync_folder(self.fs, target.parent)

    @contextmanager
    def lock(self, path: Path) -> Iterator[None]:
        """Hold the lock of `path` against other processes and threads; the same thread may take it again.

        Temporary files that a crash left for this path are removed once they are an hour old. Raises BusyError.
        """
        target = self.fs.realpath(path)
        key = (threading.get_ident(), target)
        if key in self._held:
            yield
            return
        self.make_folder(target.parent)
        descriptor = self.fs.open(target.with_name(target.name + ".lock"), os.O_RDWR | os.O_CREAT, 0o600)
        try:
            self._wait(descriptor, target.name)
            self._held.add(key)
            try:
                self.sweep(target.parent, _prefix(target))
                yield
            finally:
                self._held.discard(key)
        finally:
            self.fs.close(descriptor)

    def make_folder(self, path: Path) -> None:
        """Make a folder and those above it, 0700, and see that they last. Raises OSError."""
        missing = []
        while self.stamp(path) is None and path != path.parent:
            missing.append(path)
            path = path.parent
        for folder in reversed(missing):
            with suppress(FileExistsError):
                self.fs.mkdir(folder, 0o700)
            sync_folder(self.fs, folder.parent)

    def set_aside(self, path: Path, reason: str, *, leave: bool = False) -> Path:
        """Keep a file that is not understood as NAME.set-aside-STAMP, its bytes unchanged, and return that path.

        The name `path` is free afterwards, or with `leave` still there, for a caller who writes anew at once.
        `reason` (one sentence) goes into a small text file beside it. Raises OSError.
        """
        target = self.fs.realpath(path)
        base = f"{target.name}.set-aside-{self.clock():%Y%m%dT%H%M%SZ}"
        move = self._link_free if leave else self._rename_free
        kept = move(target, target.parent, base) or self.copy_in(target, target.parent, base)
        sync_folder(self.fs, target.parent)
        with suppress(OSError):
            self.write(kept.with_name(kept.name + ".why.txt"), (reason.strip() + "\n").encode())
        return kept

    def remove(self, path: Path) -> None:
        """Remove a file; one that is not there is no error. Raises OSError."""
        with suppress(FileNotFoundError):
            self.fs.unlink(path)
            sync_folder(self.fs, path.parent)

    def copy_in(self, source: Path | bytes, folder: Path, name: str) -> Path:
        """Put a copy of a file, or bytes, into `folder` under `name`, and return its path.

        Nothing is overwritten: a name in use becomes NAME-2, NAME-3. Raises OSError, ValueError for a name that is
        no plain file name.
        """
        if not name or name in (".", "..") or "/" in name or "\\" in name or "\0" in name:
            raise ValueError(f"not a file name: {name!r}")
        self.make_folder(folder)
        folder = self.fs.realpath(folder)
        temporary = self._temporary(folder / name, (source,) if isinstance(source, bytes) else self.fs.chunks(source))
        try:
            placed = self._link_free(temporary, folder, name)
            if placed is None:
                placed = self._reserve(folder, name)
                self.fs.replace(temporary, placed)
        finally:
            self._discard(temporary)
        sync_folder(self.fs, folder)
        return placed

    def move_in(self, path: Path, folder: Path, name: str) -> Path:
        """Move a file of ours into `folder` of the same disk under `name`, and return its new path.

        Nothing is overwritten, as in `copy_in`. Raises OSError, and then the file is where it was.
        """
        self.make_folder(folder)
        kept = self._rename_free(path, self.fs.realpath(folder), name)
        sync_folder(self.fs, kept.parent)
        sync_folder(self.fs, path.parent)
        return kept

    def keep(self, path: Path, copy: Path) -> None:
        """Keep the present content of `path` under the name `copy` too, 0600. Raises OSError.

        Since `write` replaces files and never changes them, a second name for the old one is enough, and free.
        """
        target = self.fs.realpath(path)
        self.make_folder(copy.parent)
        if self.fs.stamp(target).mode & 0o077 == 0:
            try:
                self.fs.link(target, copy)
                return
            except OSError as error:
                if error.errno not in _NO_LINKS:
                    raise
        self.write(copy, self.fs.read(target))

    def sweep(self, folder: Path, prefix: str = ".") -> None:
        """Remove our temporary files in `folder` that are over an hour old."""
        oldest = (self.clock().timestamp() - STALE_SECONDS) * 1e9
        for name in self.names(folder):
            if name.startswith(prefix) and name.endswith(TEMPORARY):
                stamp = self.stamp(folder / name)
                if stamp and stamp.changed_ns < oldest:
                    self._discard(folder / name)

    def _wait(self, descriptor: int, name: str) -> None:
        waited, pause = 0.0, 0.002
        while not self.fs.try_lock(descriptor):
            if waited >= self._patience:
                raise BusyError(errno.EBUSY, f"{name} is in use by another program")
            self._sleep(pause)
            waited += pause
            pause = min(pause * 1.5, 0.05)

    def _temporary(self, target: Path, pieces: Iterable[bytes]) -> Path:
        path = target.with_name(f"{_prefix(target)}{secrets.token_hex(8)}{TEMPORARY}")
        descriptor = self.fs.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            self._fill(descriptor, pieces)
        except BaseException:
            self._discard(path)
            raise
        return path

    def _fill(self, descriptor: int, pieces: Iterable[bytes]) -> None:
        """Write, flush and close. After a failed flush the descriptor is given up: a second try would lie."""
        try:
            for piece in pieces:
                rest = memoryview(piece)
                while rest:
                    taken = self.fs.write(descriptor, rest)
                    if taken <= 0:
                        raise OSError(errno.EIO, "the disk took nothing")
                    rest = rest[taken:]
            self.fs.fsync(descriptor)
        except BaseException:
            with suppress(OSError):
                self.fs.close(descriptor)
            raise
        self.fs.close(descriptor)

    def _rename_free(self, source: Path, folder: Path, name: str) -> Path:
        """Give a file the first free form of `name` in a folder of its disk, and return that path."""
        kept = self._link_free(source, folder, name)
        if kept is None:
            kept = self._reserve(folder, name)
            self.fs.replace(source, kept)
        else:
            if folder != source.parent:
                # the new name must last before the old one goes
                sync_folder(self.fs, folder)
            self.fs.unlink(source)
        return kept

    def _link_free(self, source: Path, folder: Path, name: str) -> Path | None:
        """Link `source` under the first free form of `name`; None where the file system has no links."""
        try:
            return _take_free(folder, name, lambda path: self.fs.link(source, path))
        except OSError as error:
            if error.errno in _NO_LINKS:
                return None
            raise

    def _reserve(self, folder: Path, name: str) -> Path:
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL
        return _take_free(folder, name, lambda path: self.fs.close(self.fs.open(path, flags, 0o600)))

    def _discard(self, path: Path) -> None:
        with suppress(OSError):
            self.fs.unlink(path)


def _prefix(target: Path) -> str:
    # cut, since a name may be as long as the file system allows
    return f".{target.name[:40]}."


def _take_free(folder: Path, name: str, take: Callable[[Path], object]) -> Path:
    """Take the first form of `name` at which `take` finds nothing; raises what it raises, FileExistsError in the end."""
    for path in _forms(folder, name):
        with suppress(FileExistsError):
            take(path)
            return path
    raise FileExistsError(errno.EEXIST, f"no free name like {name}")


def _forms(folder: Path, name: str) -> Iterator[Path]:
    yield folder / name
    stem, dot, suffix = name.rpartition(".")
    if not stem or len(suffix) > 5:
        stem, dot, suffix = name, "", ""
    for number in range(2, 10_000):
        yield folder / f"{stem}-{number}{dot}{suffix}"
