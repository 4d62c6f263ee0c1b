"""The list as it stands on screen: rows by their number, and the number of a document.

A list in one of the orders that the index keeps is asked page by page. Any other is chosen once, as an
array of keys (eight bytes a row), and its rows are fetched as they come into view.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from dataclasses import replace

from corpus.fuzzy import StoppedError, never, scores
from corpus.index.listing import Entry, Listing, View, filter_words

LIKE_IT = 78.0
"""A title fits a filter that nothing fits exactly where each word is so like a stretch of it, 0 to 100."""
SHORTEST = 3
"""Letters of a word that may be misspelt."""
BLOCK = 2000


class Listed:
    """The rows of one `View`. It is not changed by later refreshes of the index, but for rows that are gone."""

    def __init__(
        self,
        listing: Listing,
        view: View,
        keys: array[int] | None = None,
        groups: Sequence[int] = (),
        *,
        is_near: bool = False,
    ) -> None:
        """List `view`.

        Args:
            listing: answers.
            view: what is listed.
            keys: the rows in order, where they were chosen; else the index is asked for each page.
            groups: for each row the number of its story.
            is_near: whether nothing fits the filter exactly, and these rows do with misspellings.
        """
        self.listing, self.view, self.keys, self.groups, self.is_near = listing, view, keys, groups, is_near
        self._count = len(keys) if keys is not None else listing.count(view)

    def __len__(self) -> int:
        return self._count

    def entries(self, offset: int, limit: int) -> Sequence[Entry | None]:
        """Return rows."""
        if self.keys is None:
            return self.listing.entries(self.view, offset, limit)
        return self.listing.rows_of(self.keys[max(0, offset) : max(0, offset) + limit])

    def position_of(self, document: str) -> int | None:
        """Return the row of a document; None where it is not listed."""
        if self.keys is None:
            return self.listing.position_of(self.view, document)
        key = self.listing.key_of(document)
        try:
            return None if key is None else self.keys.index(key)
        except ValueError:
            return None

    def neighbour(self, document: str, step: int, at: int | None = None) -> str | None:
        """Return the document `step` documents on, None beyond the ends; `at` is its row, where that is known."""
        if at is None or not self._is_at(document, at):
            at = self.position_of(document)
        if at is None:
            return None
        way, left, found = (1 if step > 0 else -1), abs(step), None
        while left:
            at += way
            if not 0 <= at < self._count:
                return None
            entry = next(iter(self.entries(at, 1)), None)
            if entry and entry.document:
                left, found = left - 1, entry.document
        return found

    def _is_at(self, document: str, at: int) -> bool:
        entry = next(iter(self.entries(at, 1)), None) if 0 <= at < self._count else None
        return entry is not None and entry.document == document

    def documents(self) -> list[str]:
        """Return the ids of all documents that are listed, in no order."""
        if self.keys is not None:
            return self.listing.documents(self.keys)
        return self.listing.documents(self.listing.keys(self.view))


def choose(listing: Listing, view: View, stop: Callable[[], bool] = never) -> Listed:
    """Return the rows of a view; long work, asked to `stop` often, where the view is not quick. Raises StoppedError."""
    if view.is_quick:
        return Listed(listing, view)
    keys = listing.keys(view)
    is_near = False
    if not keys and filter_words(view.filter):
        keys = _nearly(listing, view, stop)
        is_near = bool(keys)
    if view.group != "story":
        return Listed(listing, view, keys, is_near=is_near)
    from corpus.index.stories import by_story

    ordered, groups = by_story(listing, keys, stop)
    return Listed(listing, view, ordered, groups, is_near=is_near)


def _nearly(listing: Listing, view: View, stop: Callable[[], bool]) -> array[int]:
    """Return the rows whose words are nearly those of the filter, the likest first."""
    words = filter_words(view.filter)
    if any(len(word) < SHORTEST for word in words):
        return array("q")
    keys = listing.keys(replace(view, filter=""))
    found: list[tuple[float, int]] = []
    for at in range(0, len(keys), BLOCK):
        if stop():
            raise StoppedError
        rows = listing.titles(keys[at : at + BLOCK])
        texts = [text for _, text in rows]
        fits = [scores(_letters(word), map(_letters, texts), stop) for word in words]
        found += [(least, key) for (key, _), *each in zip(rows, *fits, strict=True) if (least := min(each)) >= LIKE_IT]
    places = {key: at for at, key in enumerate(keys)}
    return array("q", (key for _, key in sorted(found, key=lambda item: (-item[0], places[item[1]]))))


def _letters(text: str) -> str:
    """Return a text with its Hangul taken apart, so that one wrong vowel is one wrong letter."""
    if text.isascii():
        return text
    import unicodedata

    return unicodedata.normalize("NFD", text)
