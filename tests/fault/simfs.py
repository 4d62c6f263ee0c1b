"""A disk in memory that forgets what was not flushed, and one that fails on demand."""

from __future__ import annotations

import errno
import itertools
import os
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from corpus.filesystem import FileSystem, Stamp

FOLDER = -1
ROOT = Path("/")


class PowerLoss(BaseException):
    """The machine is off; nothing after this happens."""


class Clock:
    """A clock that goes on by a second at every look."""

    def __init__(self) -> None:
        self.now = datetime(2026, 8, 22, 9, 30, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


Edit = tuple[str, int | None]


@dataclass
class _Folder:
    """`durable` names survive; `pending` holds what was done since the last flush, each step whole or not at all."""

    names: dict[str, int] = field(default_factory=dict)
    durable: dict[str, int] = field(default_factory=dict)
    pending: list[list[Edit]] = field(default_factory=list)

    def edit(self, *edits: Edit) -> None:
        _apply(self.names, list(edits))
        self.pending.append(list(edits))


def _apply(names: dict[str, int], edits: list[Edit]) -> None:
    for name, inode in edits:
        if inode is None:
            names.pop(name, None)
        else:
            names[name] = inode


class SimFS:
    """The weak model: until it is flushed a file may hold nothing, a half, zeros or all, and a name may be missing."""

    def __init__(self, power_off_after: int | None = None) -> None:
        self.power_off_after, self.steps = power_off_after, 0
        self.data: dict[int, bytes] = {}
        self.durable: dict[int, bytes] = {}
        self.folders: dict[Path, _Folder] = {ROOT: _Folder()}
        self.open_files: dict[int, tuple[Path, int]] = {}
        self.locked: dict[int, int] = {}
        self.inodes, self.descriptors = itertools.count(1), itertools.count(3)

    def _step(self) -> None:
        if self.power_off_after is not None and self.steps >= self.power_off_after:
            raise PowerLoss
        self.steps += 1

    def _folder(self, path: Path) -> _Folder:
        if path not in self.folders:
            raise FileNotFoundError(errno.ENOENT, "no such folder", str(path))
        return self.folders[path]

    def _inode(self, path: Path) -> int:
        inode = FOLDER if path == ROOT else self._folder(path.parent).names.get(path.name)
        if inode is None:
            raise FileNotFoundError(errno.ENOENT, "no such file", str(path))
        return inode

    def read(self, path: Path) -> bytes:
        return self.data[self._inode(path)]

    def tail(self, path: Path, size: int) -> bytes:
        return self.read(path)[-size:]

    def chunks(self, path: Path) -> Iterator[bytes]:
        data = self.read(path)
        yield data[: len(data) // 2]
        yield data[len(data) // 2 :]

    def open(self, path: Path, flags: int, mode: int = 0o600) -> int:
        try:
            inode = self._inode(path)
            if flags & os.O_EXCL:
                raise FileExistsError(errno.EEXIST, "exists", str(path))
        except FileNotFoundError:
            if not flags & os.O_CREAT:
                raise
            self._step()
            inode = next(self.inodes)
            self.data[inode], self.durable[inode] = b"", b""
            self._folder(path.parent).edit((path.name, inode))
        if flags & os.O_TRUNC:
            self._step()
            self.data[inode] = b""
        descriptor = next(self.descriptors)
        self.open_files[descriptor] = path, inode
        return descriptor

    def write(self, descriptor: int, data: memoryview) -> int:
        self._step()
        taken = max(1, len(data) // 2)
        self.data[self.open_files[descriptor][1]] += bytes(data[:taken])
        return taken

    def fsync(self, descriptor: int) -> None:
        self._step()
        path, inode = self.open_files[descriptor]
        if inode == FOLDER:
            folder = self.folders[path]
            folder.durable, folder.pending = dict(folder.names), []
        else:
            self.durable[inode] = self.data[inode]

    def close(self, descriptor: int) -> None:
        inode = self.open_files.pop(descriptor)[1]
        if self.locked.get(inode) == descriptor:
            del self.locked[inode]

    def replace(self, source: Path, target: Path) -> None:
        inode = self._inode(source)
        assert source.parent == target.parent
        self._step()
        self._folder(source.parent).edit((source.name, None), (target.name, inode))

    def link(self, source: Path, target: Path) -> None:
        inode = self._inode(source)
        if target.name in self._folder(target.parent).names:
            raise FileExistsError(errno.EEXIST, "exists", str(target))
        self._step()
        self._folder(target.parent).edit((target.name, inode))

    def unlink(self, path: Path) -> None:
        self._inode(path)
        self._step()
        self._folder(path.parent).edit((path.name, None))

    def mkdir(self, path: Path, mode: int) -> None:
        if path in self.folders:
            raise FileExistsError(errno.EEXIST, "exists", str(path))
        self._folder(path.parent)
        self._step()
        self.folders[path] = _Folder()
        self._folder(path.parent).edit((path.name, FOLDER))

    def listdir(self, path: Path) -> list[str]:
        return list(self._folder(path).names)

    def stamp(self, path: Path) -> Stamp:
        inode = self._inode(path)
        if inode == FOLDER:
            return Stamp(0, 0, 0, 0o40700)
        return Stamp(inode, len(self.data[inode]), 0, 0o100600)

    def realpath(self, path: Path) -> Path:
        return path

    def try_lock(self, descriptor: int) -> bool:
        inode = self.open_files[descriptor][1]
        return self.locked.setdefault(inode, descriptor) == descriptor

    def settle(self) -> None:
        """Flush everything."""
        self.durable = dict(self.data)
        for folder in self.folders.values():
            folder.durable, folder.pending = dict(folder.names), []

    def states(self, rng: random.Random, count: int) -> Iterator[SimFS]:
        """Yield disks as they may be found after the power comes back: the two extremes, then random ones."""
        for turn in range(count):
            found = SimFS()
            found.inodes = itertools.count(max(self.data, default=0) + 1)
            for inode, data in self.data.items():
                durable = self.durable[inode]
                forms = [durable, data, data[: len(data) // 2], bytes(len(data)), b""]
                unflushed = forms[turn] if turn < 2 else rng.choice(forms)
                found.data[inode] = found.durable[inode] = data if data == durable else unflushed
            self._revive(found, ROOT, lambda turn=turn: turn == 1 or (turn > 1 and rng.random() < 0.5))  # type: ignore[misc]
            yield found

    def _revive(self, found: SimFS, path: Path, happened: Callable[[], bool]) -> None:
        folder = self.folders[path]
        names = dict(folder.durable)
        for edits in folder.pending:
            if happened():
                _apply(names, edits)
        found.folders[path] = _Folder(names, dict(names))
        for name in [name for name, inode in names.items() if inode == FOLDER]:
            self._revive(found, path / name, happened)


class FaultFS:
    """Passes everything on, and fails the `at`-th operation, once or from then on."""

    def __init__(self, inner: FileSystem, at: int, number: int, *, for_good: bool = False) -> None:
        self.inner, self.at, self.number, self.for_good = inner, at, number, for_good
        self.operations = 0

    def __getattr__(self, name: str) -> object:
        inner = getattr(self.inner, name)
        if name == "realpath":
            return inner

        def operation(*arguments: object) -> object:
            self.operations += 1
            if self.operations == self.at or (self.for_good and self.operations > self.at and name != "close"):
                if name == "close":
                    inner(*arguments)
                raise OSError(self.number, os.strerror(self.number))
            return inner(*arguments)

        return operation
