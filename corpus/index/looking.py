"""Looking whether captures have come since the index was brought up to date: cheap enough to be done now and then."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from corpus.index.changes import RACY_NS
from corpus.index.readers import Readers
from corpus.index.schema import path_text, path_value
from corpus.read.files import belongs_to_page, is_own

ASKED = 500
"""Captures that the index is asked for at a time."""
PATIENCE = 20
"""Looks that files which rest wait for others that are still being written."""
NEVER = -1

Stamp = tuple[int, int]
"""Size and time of the last change of a file, in nanoseconds."""


class Lookout:
    """Looks at folders that have changed, and of these at the files that the index does not have as they are.

    A folder changes when a file comes, goes or is put in the place of another. A file that is written anew where
    it lies does not change it: such ones are found by a refresh.
    """

    def __init__(self, readers: Readers, roots: Sequence[Path]) -> None:
        """Ask `readers` what the index has of `roots`; nothing is looked at yet."""
        self._readers = readers
        self._roots = [str(root) for root in roots]
        # when each folder had last changed as it was looked through; None: it must be looked through again
        self._folders: dict[str, int | None] = {}
        self._since = 0
        self._seen: dict[str, Stamp] = {}
        self._offered: dict[str, Stamp] = {}
        self._tried: dict[str, Stamp] = {}
        self._waited = 0

    def refresh_begins(self) -> None:
        """Note that all captures that are there by now are about to be read."""
        self._since = time.time_ns()
        # what a refresh leaves out, the second name of a file for one, is no news later
        self._tried, self._offered = {**self._tried, **self._offered}, {}

    def refresh_failed(self) -> None:
        """Note that they were not."""
        self._tried, self._since = {}, 0

    def look(self) -> bool:
        """Tell whether captures are new or changed; those that are still being written are left until they rest."""
        found = {path: stamp for path, stamp in self._unknown() if self._tried.get(path) != stamp}
        rest = {path: stamp for path, stamp in found.items() if self._seen.get(path) == stamp}
        self._seen = found
        self._waited = self._waited + 1 if rest else 0
        if not rest or (len(rest) < len(found) and self._waited < PATIENCE):
            return False
        self._offered, self._waited = rest, 0
        return True

    def _unknown(self) -> Iterator[tuple[str, Stamp]]:
        """Yield the files of changed folders that the index does not have as they are."""
        waiting, passed = [*self._roots, *self._folders], set[str]()
        while waiting:
            folder = waiting.pop()
            if folder in passed:
                continue
            passed.add(folder)
            try:
                changed = _changed(folder)
                before = self._folders.get(folder, NEVER)
                if before == changed:
                    continue
                files, below = _inside(folder)
            except OSError:
                self._folders.pop(folder, None)
                continue
            waiting += below
            # one that is met for the first time may be as it was when all was read
            is_old = before == NEVER and changed < self._since - RACY_NS
            unknown = [] if is_old else list(self._not_in_index(files))
            yield from unknown
            # one that changed so shortly ago may change again without a new time
            is_settled = not unknown and time.time_ns() - changed > RACY_NS
            self._folders[folder] = changed if is_settled else None

    def _not_in_index(self, files: Sequence[str]) -> Iterator[tuple[str, Stamp]]:
        for at in range(0, len(files), ASKED):
            some = files[at : at + ASKED]
            rows = self._readers.rows(
                f"SELECT path, size, mtime FROM capture WHERE path IN ({', '.join('?' * len(some))})",
                [path_value(path) for path in some],
            )
            known = {path_text(path): (size, mtime) for path, size, mtime in rows}
            for path in some:
                try:
                    stat = os.stat(path)
                except OSError:
                    continue
                stamp = stat.st_size, stat.st_mtime_ns
                if known.get(path) != stamp and not is_own(Path(path)):
                    yield path, stamp


def _changed(path: str) -> int:
    """Return when a folder or file last changed; the first of the two times can be set at will. Raises OSError."""
    stat = os.stat(path)
    return max(stat.st_mtime_ns, stat.st_ctime_ns)


def _inside(folder: str) -> tuple[list[str], list[str]]:
    """Return the files and the folders in a folder that may hold captures; a file holds itself. Raises OSError."""
    if not os.path.isdir(folder):
        return [folder], []
    with os.scandir(folder) as entries:
        visible = [entry for entry in entries if not entry.name.startswith(".")]
    names = {entry.name for entry in visible}
    files = [_plain(entry.path) for entry in visible if entry.is_file(follow_symlinks=False)]
    folders = [entry for entry in visible if entry.is_dir(follow_symlinks=False)]
    return files, [_plain(entry.path) for entry in folders if not belongs_to_page(entry.name, names)]


def _plain(path: str) -> str:
    """Return a path as captures are called: those in the current folder by their names alone."""
    return path.removeprefix(f".{os.sep}")
