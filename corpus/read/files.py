"""Which files are captures, and their bytes: regular files only, bounded, never what is not meant to be read."""

from __future__ import annotations

import os
import stat
from collections.abc import Container, Iterable, Iterator
from datetime import UTC, datetime
from io import FileIO
from pathlib import Path
from typing import NamedTuple

from corpus.model import Problem
from corpus.text import canonical_line

_PAGE_FOLDERS = ("_files", "-files", "_fichiers", "-Dateien", "_파일", ".files")
_PAGES = (".html", ".htm", ".xhtml", ".HTML", ".HTM")
_OWN_NAMES = frozenset({"captures.jsonl", "corrections.jsonl"})
_SNIFFED = 2048


def problem(path: Path | str, message: str, member: str | None = None) -> Problem:
    """Return a problem whose path and sentence can be printed, whatever of the file is in them."""
    return Problem(canonical_line(str(path), 4096), canonical_line(message, 390), member)


def find_captures(paths: Iterable[Path]) -> Iterator[Path | Problem]:
    """Yield the captures among files and, in the order of their names, in folders and all below them.

    Left out in folders: hidden files, the folder of pictures beside a saved page, our own notes and
    settings, and links. A link that leads out of the folder, or a file that is none (a pipe, a device),
    is a problem. A file that is reached twice is yielded once.
    """
    seen: set[tuple[int, int]] = set()
    for path in paths:
        try:
            kind = os.stat(path)
        except (OSError, ValueError) as error:
            yield problem(path, _why(error))
            continue
        if stat.S_ISDIR(kind.st_mode):
            yield from _walk(Path(path), seen)
        elif not stat.S_ISREG(kind.st_mode):
            yield problem(path, "it is neither a file nor a folder and was not opened")
        elif (kind.st_dev, kind.st_ino) not in seen:
            seen.add((kind.st_dev, kind.st_ino))
            yield Path(path)


def _why(error: OSError | ValueError) -> str:
    if isinstance(error, FileNotFoundError):
        return "there is no such file or folder"
    reason = error.strerror if isinstance(error, OSError) and error.strerror else "its name is not valid"
    return f"it cannot be read: {reason}"


def _walk(root: Path, seen: set[tuple[int, int]]) -> Iterator[Path | Problem]:
    top = os.path.realpath(root)
    stack = [root]
    while stack:
        path = stack.pop()
        try:
            kind = os.lstat(path)
            if stat.S_ISLNK(kind.st_mode) and path != root:
                if not _inside(os.path.realpath(path), top):
                    yield problem(path, "it is a link that leads out of the folder and was not followed")
                continue
            if stat.S_ISDIR(kind.st_mode) or path == root:
                stack += [path / name for name in reversed(_names(path))]
                continue
        except OSError as error:
            yield problem(path, _why(error))
            continue
        if not stat.S_ISREG(kind.st_mode):
            yield problem(path, "it is neither a file nor a folder and was not opened")
        elif (kind.st_dev, kind.st_ino) not in seen and not is_own(path):
            seen.add((kind.st_dev, kind.st_ino))
            yield path


def _inside(path: str, top: str) -> bool:
    return path == top or path.startswith(top.rstrip(os.sep) + os.sep)


def _names(folder: Path) -> list[str]:
    names = sorted(name for name in os.listdir(folder) if not name.startswith("."))
    known = set(names)
    return [name for name in names if not belongs_to_page(name, known)]


def belongs_to_page(folder: str, known: Container[str]) -> bool:
    """Tell whether a folder holds the pictures of a saved page that is among the `known` names."""
    return any(
        folder.endswith(ending) and any(folder[: -len(ending)] + page in known for page in _PAGES)
        for ending in _PAGE_FOLDERS
    )


def is_own(path: Path) -> bool:
    """Tell whether a file is one that this program writes beside captures."""
    if path.name in _OWN_NAMES or path.suffix in (".lock", ".toml") or ".set-aside-" in path.name:
        return True
    if path.suffix != ".json":
        return False
    try:
        with path.open("rb") as file:
            head = file.read(_SNIFFED)
    except OSError:
        return False
    return b'"AnnotationCollection"' in head and b"korea-reader" in head


class Opened(NamedTuple):
    """A file that is open for reading, its size in bytes, and the time of its last change (ISO 8601, UTC)."""

    file: FileIO
    size: int
    changed: str | None

    def load(self) -> bytes:
        """Return its bytes; no more than it had when it was opened. Raises OSError."""
        data = self.file.read(self.size)
        while data and len(data) < self.size and (more := self.file.read(self.size - len(data))):
            data += more
        return data


def opened(path: Path, most: int) -> Opened | Problem:
    """Open a file.

    Args:
        path: followed if it is a link; a pipe or a device is not opened.
        most: larger files, in bytes, are refused.
    """
    try:
        if not stat.S_ISREG(os.stat(path).st_mode):
            return problem(path, "it is not a file and was not opened")
        file = FileIO(os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)))
        facts = os.fstat(file.fileno())
    except (OSError, ValueError) as error:
        return problem(path, _why(error))
    if not stat.S_ISREG(facts.st_mode) or facts.st_size > most:
        file.close()
        if facts.st_size > most:
            return problem(path, too_large(most))
        return problem(path, "it is not a file and was not opened")
    return Opened(file, facts.st_size, _iso(facts.st_mtime))


def load(path: Path, most: int) -> tuple[bytes, str | None] | Problem:
    """Return a file's bytes and the time of its last change, as `opened` gives them."""
    found = opened(path, most)
    if isinstance(found, Problem):
        return found
    try:
        with found.file:
            return found.load(), found.changed
    except OSError as error:
        return unreadable(path, error)


def too_large(most: int) -> str:
    """Return the sentence on a capture of more than `most` bytes."""
    return f"it is larger than {most // 1_000_000} MB and was not read"


def unreadable(path: Path, error: OSError) -> Problem:
    """Return the problem of a file that broke off while it was read."""
    return problem(path, _why(error))


def _iso(seconds: float) -> str | None:
    try:
        return datetime.fromtimestamp(int(seconds), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (OverflowError, OSError, ValueError):
        return None
