"""The texts that notes point into, kept as they were when the notes were made."""

from __future__ import annotations

from pathlib import Path

from corpus.notes.build import text_sha256
from corpus.storage import Storage


class Texts:
    """One file for each text, named after its SHA-256; UTF-8, exactly the text."""

    def __init__(self, folder: Path, storage: Storage) -> None:
        """Use `folder`; it is made with the first text."""
        self._folder, self._storage = folder, storage

    def keep(self, text: str) -> None:
        """Write the text unless it is there. Raises OSError."""
        data = text.encode("utf-8", "surrogatepass")
        path = self._path(text_sha256(text))
        stamp = self._storage.stamp(path)
        if stamp is None or stamp.size != len(data):
            self._storage.write(path, data)

    def get(self, sha256: str) -> str | None:
        """Return the text of this hash; None when it was not kept or is damaged."""
        if not sha256.isalnum():
            return None
        try:
            text = self._storage.read(self._path(sha256)).decode("utf-8", "surrogatepass")
        except (OSError, ValueError):
            return None
        return text if text_sha256(text) == sha256 else None

    def _path(self, sha256: str) -> Path:
        return self._folder / f"{sha256}.txt"
