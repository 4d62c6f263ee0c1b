"""What `corpus.storage` asks of a disk, and the machine's own answer; the fault harness gives another."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, Protocol

CHUNK = 1 << 20
_NO_FOLDER_SYNC = (errno.EACCES, errno.EINVAL, errno.ENOTSUP, errno.EISDIR)


class Stamp(NamedTuple):
    """What tells one state of a file from another without reading it."""

    inode: int
    size: int
    changed_ns: int
    mode: int


class FileSystem(Protocol):
    """The operations that `Storage` needs; every one may raise OSError."""

    def read(self, path: Path) -> bytes:
        """Return the whole file."""
        ...

    def tail(self, path: Path, size: int) -> bytes:
        """Return at most the last `size` bytes."""
        ...

    def chunks(self, path: Path) -> Iterator[bytes]:
        """Yield the file piece by piece."""
        ...

    def open(self, path: Path, flags: int, mode: int = 0o600) -> int:
        """Open, and return a descriptor."""
        ...

    def write(self, descriptor: int, data: memoryview) -> int:
        """Write, and return how many bytes were taken."""
        ...

    def fsync(self, descriptor: int) -> None:
        """Bring the file's data, or the folder's names, to the disk."""
        ...

    def close(self, descriptor: int) -> None:
        """Close the descriptor; a lock on it ends."""
        ...

    def replace(self, source: Path, target: Path) -> None:
        """Rename, over an existing file too."""
        ...

    def link(self, source: Path, target: Path) -> None:
        """Give a file a second name; FileExistsError when it is taken."""
        ...

    def unlink(self, path: Path) -> None:
        """Remove a name."""
        ...

    def mkdir(self, path: Path, mode: int) -> None:
        """Make one folder."""
        ...

    def listdir(self, path: Path) -> list[str]:
        """Return the names in a folder."""
        ...

    def stamp(self, path: Path) -> Stamp:
        """Return the state of a file, links followed."""
        ...

    def realpath(self, path: Path) -> Path:
        """Return the path with all links followed."""
        ...

    def try_lock(self, descriptor: int) -> bool:
        """Take the exclusive lock on an open file if it is free."""
        ...


class OsFileSystem:
    """The machine's own file system; see `FileSystem` for what each operation is asked for."""

    def read(self, path: Path) -> bytes:
        with open(path, "rb", buffering=0) as file:
            return file.readall()

    def tail(self, path: Path, size: int) -> bytes:
        with open(path, "rb") as file:
            file.seek(max(0, file.seek(0, os.SEEK_END) - size))
            return file.read(size)

    def chunks(self, path: Path) -> Iterator[bytes]:
        with open(path, "rb") as file:
            while data := file.read(CHUNK):
                yield data

    def open(self, path: Path, flags: int, mode: int = 0o600) -> int:
        return os.open(path, flags | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0), mode)

    def write(self, descriptor: int, data: memoryview) -> int:
        return os.write(descriptor, data)

    def fsync(self, descriptor: int) -> None:
        try:
            import fcntl

            full = getattr(fcntl, "F_FULLFSYNC", None)
        except ImportError:
            full = None
        if full is None:
            os.fsync(descriptor)
            return
        try:
            fcntl.fcntl(descriptor, full)
        except OSError as error:
            if error.errno not in (errno.ENOTSUP, errno.EINVAL, errno.ENOTTY):
                raise
            os.fsync(descriptor)

    def close(self, descriptor: int) -> None:
        os.close(descriptor)

    def replace(self, source: Path, target: Path) -> None:
        os.replace(source, target)

    def link(self, source: Path, target: Path) -> None:
        os.link(source, target)

    def unlink(self, path: Path) -> None:
        os.unlink(path)

    def mkdir(self, path: Path, mode: int) -> None:
        os.mkdir(path, mode)

    def listdir(self, path: Path) -> list[str]:
        return os.listdir(path)

    def stamp(self, path: Path) -> Stamp:
        found = os.stat(path)
        return Stamp(found.st_ino, found.st_size, found.st_mtime_ns, found.st_mode)

    def realpath(self, path: Path) -> Path:
        return Path(os.path.realpath(path))

    def try_lock(self, descriptor: int) -> bool:
        try:
            import fcntl
        except ImportError:
            return True
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True


def sync_folder(fs: FileSystem, folder: Path) -> None:
    """Bring the names in a folder to the disk, where the disk can do that. Raises OSError."""
    if os.name == "nt":
        return
    try:
        descriptor = fs.open(fs.realpath(folder), os.O_RDONLY, 0)
    except OSError as error:
        # a folder may be writable yet not readable
        if error.errno == errno.EACCES:
            return
        raise
    try:
        fs.fsync(descriptor)
    except OSError as error:
        if error.errno not in _NO_FOLDER_SYNC:
            raise
    finally:
        fs.close(descriptor)
