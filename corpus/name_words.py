"""The words that names are made of: for names of which several words are misspelt."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from corpus.fuzzy import close
from corpus.index.tokens import edits_allowed, words

MOST = 3
"""Words that one word may be a slip of."""


class NameWords:
    """Names as their words, and those words by how they begin."""

    def __init__(self, names: Iterable[str]) -> None:
        """Take folded names."""
        self._names = {tuple(words(name)) for name in names}
        self._begun: dict[str, list[str]] = {}
        for word in sorted({word for name in self._names for word in name if word.isascii()}):
            self._begun.setdefault(word[0], []).append(word)

    def __contains__(self, name: tuple[str, ...]) -> bool:
        return name in self._names

    def like(self, word: str) -> list[tuple[str, int]]:
        """Return (word, edits) for the words that a folded word may be a slip of, the nearest first, itself left out.

        One of its first two letters is the first of them.
        """
        allowed = edits_allowed(word) if word.isascii() else 0
        if not allowed:
            return []
        near = [other for letter in dict.fromkeys(word[:2]) for other in self._of_length(letter, len(word), allowed)]
        found = sorted((edits, near[at]) for at, edits in close(word, near, allowed) if edits)
        return [(other, edits) for edits, other in found[:MOST]]

    def _of_length(self, letter: str, length: int, allowed: int) -> Collection[str]:
        return [word for word in self._begun.get(letter, ()) if abs(len(word) - length) <= allowed]
