"""Searches that the user saved, and those that led somewhere: small JSON files, replaced whole."""

from __future__ import annotations

import json
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from corpus.text import canonical_line

if TYPE_CHECKING:
    from corpus.storage import Storage

FORMAT = "korea-reader/searches/1"
LONGEST = 1000
MOST = 200


class SavedSearch(NamedTuple):
    """A query under a name."""

    name: str
    query: str


class SavedSearches:
    """The saved searches, in the order in which they were saved. What other programs wrote is read anew when it changes."""

    def __init__(self, path: Path, storage: Storage) -> None:
        """Keep the searches in `path`; nothing is read yet."""
        self.path, self._storage = path, storage
        self.message = ""
        self._stamp: object = None
        self._found: tuple[SavedSearch, ...] = ()

    def all(self) -> Sequence[SavedSearch]:
        """Return the searches; none where the file is missing or cannot be understood, which `message` says."""
        stamp = self._storage.stamp(self.path)
        if stamp != self._stamp:
            self._stamp, self._found = stamp, tuple(self._read()) if stamp else ()
        return self._found

    def _read(self) -> list[SavedSearch]:
        self.message = ""
        try:
            record = json.loads(self._storage.read(self.path))
            return [found for item in record["searches"][:MOST] if (found := _search(item))]
        except (OSError, ValueError, KeyError, TypeError):
            self.message = "The saved searches could not be read."
            return []

    def put(self, searches: Sequence[SavedSearch]) -> Sequence[SavedSearch]:
        """Keep these searches in place of those there are; return what there was, which undoes this. Raises OSError.

        A file that could not be understood is set aside first.
        """
        with self._storage.lock(self.path):
            before = self.all()
            if self.message:
                self._storage.set_aside(self.path, "The saved searches could not be understood.", leave=True)
            record = {"format": FORMAT, "searches": [search._asdict() for search in searches[:MOST]]}
            self._storage.write(self.path, (json.dumps(record, ensure_ascii=False, indent=1) + "\n").encode("utf-8"))
        return before

    def save(self, query: str, name: str = "") -> Sequence[SavedSearch]:
        """Save a query, under its own words where it has no name; return what there was. Raises OSError.

        A search of the same name is replaced, at its place.
        """
        query = canonical_line(query, LONGEST)
        saved = SavedSearch(canonical_line(name, LONGEST) or query, query)
        with self._storage.lock(self.path):
            found = list(self.all())
            at = next((at for at, search in enumerate(found) if search.name == saved.name), len(found))
            found[at : at + 1] = [saved]
            return self.put(found)

    def remove(self, name: str) -> Sequence[SavedSearch]:
        """Forget a search; return what there was. Raises OSError."""
        with self._storage.lock(self.path):
            return self.put([search for search in self.all() if search.name != name])


class History:
    """Queries that led somewhere, the latest first; losing them costs little, so that nothing here raises."""

    def __init__(self, path: Path, storage: Storage) -> None:
        """Keep the queries in `path`; nothing is read yet."""
        self.path, self._storage = path, storage
        self._queries: list[str] | None = None

    def all(self) -> Sequence[str]:
        """Return the queries."""
        if self._queries is None:
            try:
                found = json.loads(self._storage.read(self.path))
            except (OSError, ValueError):
                found = []
            texts = found if isinstance(found, list) else []
            self._queries = [canonical_line(text, LONGEST) for text in texts[:MOST] if isinstance(text, str) and text]
        return self._queries

    def add(self, query: str) -> None:
        """Keep a query as the latest."""
        query = canonical_line(query, LONGEST)
        if not query:
            return
        self._queries = [query, *(other for other in self.all() if other != query)][:MOST]
        with suppress(OSError):
            self._storage.write(self.path, json.dumps(self._queries, ensure_ascii=False).encode("utf-8"))


def _search(item: Any) -> SavedSearch | None:
    if not isinstance(item, dict) or not isinstance(item.get("query"), str):
        return None
    query = canonical_line(item["query"], LONGEST)
    name = item.get("name")
    return (
        SavedSearch((canonical_line(name, LONGEST) if isinstance(name, str) else "") or query, query) if query else None
    )
