"""The last quotes that were copied: since a copy may not arrive, they can be shown again and saved to a file."""

from __future__ import annotations

import contextlib
import json
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.text import canonical

if TYPE_CHECKING:
    from corpus.storage import Storage

KEPT = 50


class Quotes:
    """Up to KEPT quotes, newest first, kept in memory and in a private file. Copies may end in several threads at once."""

    def __init__(self, path: Path, storage: Storage) -> None:
        """Keep the quotes in the file `path`, which is read when they are first asked for."""
        self._path, self._storage = path, storage
        self._quotes: list[str] | None = None
        self._lock = threading.RLock()

    def all(self) -> tuple[str, ...]:
        """Return the quotes, newest first."""
        with self._lock:
            if self._quotes is None:
                self._quotes = self._load()
            return tuple(self._quotes)

    def remember(self, text: str) -> None:
        """Put a quote first. Raises OSError when it cannot be saved; it is remembered in memory all the same."""
        quote = canonical(text)
        if not quote.strip():
            return
        with self._lock:
            self._quotes = [quote, *(kept for kept in self.all() if kept != quote)][:KEPT]
            self._storage.write(self._path, json.dumps(self._quotes, ensure_ascii=False, indent=1).encode("utf-8"))

    def save_to(self, folder: Path, name: str = "quotes.txt") -> Path:
        """Write all quotes, oldest first, into a new file and return its path; a name in use becomes NAME-2.

        Raises OSError, and ValueError for a name that is no plain file name.
        """
        text = "\n\n\n".join(reversed(self.all())) + "\n"
        return self._storage.copy_in(text.encode("utf-8"), folder, name)

    def _load(self) -> list[str]:
        try:
            held = json.loads(self._storage.read(self._path))
        except FileNotFoundError:
            return []
        except (OSError, ValueError, RecursionError):
            held = None
        if isinstance(held, list):
            return [canonical(quote) for quote in held if isinstance(quote, str)][:KEPT]
        with contextlib.suppress(OSError):
            self._storage.set_aside(self._path, "This is not a list of quotes that korea-reader wrote.")
        return []
