"""Text that is typed but not yet saved, kept by key so that a crash or a hang-up does not take it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from corpus.notes.annotation import utc
from corpus.storage import Storage
from corpus.text import canonical

_PREFIX = "draft-"


@dataclass(frozen=True, slots=True)
class Draft:
    """An unsaved text; `saved` is when it was last written, ISO 8601 in UTC."""

    key: str
    text: str
    saved: str


class Drafts:
    """The drafts in a folder, one file each, 0600."""

    def __init__(self, folder: Path, storage: Storage) -> None:
        """Use `folder`; it is made with the first draft."""
        self._folder, self._storage = folder, storage

    def save(self, key: str, text: str) -> None:
        """Keep `text` under `key` (any string), in place of an earlier one. Raises OSError."""
        record = {"key": key, "text": text, "saved": utc(self._storage.clock())}
        self._storage.write(self._path(key), json.dumps(record).encode())

    def load(self, key: str) -> str | None:
        """Return the text kept under `key`, None when there is none or it cannot be read."""
        found = self._read(self._path(key))
        return found.text if found else None

    def drop(self, key: str) -> None:
        """Forget the text kept under `key`. Raises OSError."""
        self._storage.remove(self._path(key))

    def all(self) -> tuple[Draft, ...]:
        """Return every draft that can be read, the newest first."""
        names = [name for name in self._storage.names(self._folder) if name.startswith(_PREFIX)]
        found = [draft for name in names if (draft := self._read(self._folder / name))]
        return tuple(sorted(found, key=lambda draft: draft.saved, reverse=True))

    def _path(self, key: str) -> Path:
        digest = hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:24]
        return self._folder / f"{_PREFIX}{digest}.json"

    def _read(self, path: Path) -> Draft | None:
        try:
            record = json.loads(self._storage.read(path))
            return Draft(record["key"], canonical(record["text"]), str(record.get("saved") or ""))
        except (OSError, ValueError, RecursionError, KeyError, TypeError, AttributeError):
            return None
