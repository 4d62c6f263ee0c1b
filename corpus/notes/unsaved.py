"""Copies of notes that could not be saved, each session its own file, until a later save or session takes them in."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from corpus.notes.annotation import Annotation
from corpus.notes.changes import Put
from corpus.notes.file import NotesFile, encode, entry, parse, with_entries
from corpus.storage import Storage

_PREFIX = "unsaved-"


class Unsaved:
    """The copies in a folder; without one nothing is kept."""

    def __init__(self, folder: Path | None, storage: Storage) -> None:
        """Use `folder`; it is made when the first copy is needed."""
        self._folder, self._storage = folder, storage
        self._name = f"{_PREFIX}{secrets.token_hex(8)}.json"
        self._kept = False

    def keep(self, puts: Iterable[Put]) -> Path | None:
        """Write the notes as they should have been saved; None when that fails too."""
        based = [Annotation({**item.annotation.record, "kr:revision": item.start}) for item in puts]
        if self._folder is None or not based:
            return None
        with suppress(OSError):
            self._storage.write(self._folder / self._name, encode(with_entries(NotesFile(), map(entry, based))))
            self._kept = True
            return self._folder / self._name
        return None

    def drop(self) -> None:
        """Forget this session's copy."""
        if self._kept and self._folder:
            with suppress(OSError):
                self._storage.remove(self._folder / self._name)
                self._kept = False

    def earlier(self) -> list[Path]:
        """Return the copies of other sessions."""
        names = self._storage.names(self._folder) if self._folder else []
        return [Path(self._folder or "") / name for name in names if name.startswith(_PREFIX) and name != self._name]

    def read(self, path: Path) -> list[Put]:
        """Return the notes of a copy. Raises OSError, ValueError."""
        return [Put(found) for found in parse(self._storage.read(path)).annotations.values()]
