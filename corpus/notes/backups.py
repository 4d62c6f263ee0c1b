"""Earlier states of the notes file: the last five, and the last of each of the last seven days."""

from __future__ import annotations

import hashlib
import re
from contextlib import suppress
from pathlib import Path

from corpus.notes.file import NotesFile, parse
from corpus.storage import Storage

LAST = 5
DAYS = 7


class Backups:
    """The backups of one notes file. They help in need and never stand in the way of saving."""

    def __init__(self, notes: Path, folder: Path, storage: Storage) -> None:
        """Keep them in `folder`; files of one name in different places are kept apart."""
        self._folder, self._storage, self._notes = folder, storage, notes
        real = storage.fs.realpath(notes)
        elsewhere = notes.parent != folder.parent
        mark = f"-{hashlib.sha256(str(real).encode('utf-8', 'surrogateescape')).hexdigest()[:8]}" if elsewhere else ""
        self._name = f"{notes.stem}{mark}"
        self._pattern = re.compile(re.escape(self._name) + r"-(\d{8}T\d{12}Z)\.json")

    def keep(self) -> Path | None:
        """Keep the file as it now is; None when that is impossible."""
        path = self._path(f"{self._storage.clock():%Y%m%dT%H%M%S%fZ}")
        with suppress(OSError):
            self._storage.keep(self._notes, path)
            return path
        return None

    def forget(self, path: Path | None) -> None:
        """Drop a backup of a state that was not replaced after all."""
        if path:
            with suppress(OSError):
                self._storage.fs.unlink(path)

    def prune(self) -> None:
        """Remove what is neither among the last five nor the last of one of seven days."""
        stamps = self._stamps()
        days: dict[str, str] = {}
        for stamp in stamps:
            days.setdefault(stamp[:8], stamp)
        for stamp in set(stamps) - {*stamps[:LAST], *list(days.values())[:DAYS]}:
            self.forget(self._path(stamp))

    def newest(self) -> tuple[NotesFile, str] | None:
        """Return the newest one that can be read, with its time in words."""
        for stamp in self._stamps():
            with suppress(OSError, ValueError):
                found = parse(self._storage.read(self._path(stamp)))
                return found, f"{stamp[:4]}-{stamp[4:6]}-{stamp[6:8]} {stamp[9:11]}:{stamp[11:13]} UTC"
        return None

    def _path(self, stamp: str) -> Path:
        return self._folder / f"{self._name}-{stamp}.json"

    def _stamps(self) -> list[str]:
        found = (self._pattern.fullmatch(name) for name in self._storage.names(self._folder))
        return sorted((match[1] for match in found if match), reverse=True)
