"""The words that names are made of: for names of which several words are misspelt."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain

from corpus.fuzzy import close
from corpus.index.tokens import edits_allowed, words

MOST = 3
"""Words that one word may be a slip of."""


class NameWords:
    """Names as their words, and those words by how they begin."""

    def __init__(self, names: Iterable[str]) -> None:
        """Take folded names."""
        self._names = {tuple(words(name)) for name in names}
        self.words = frozenset(word for name in self._names for word in name)
        self._begun: dict[tuple[str, int], list[str]] = {}
        for word in sorted(word for word in self.words if word.isascii()):
            self._begun.setdefault((word[0], len(word)), []).append(word)

    def __contains__(self, name: tuple[str, ...]) -> bool:
        return name in self._names

    def like(self, word: str) -> list[tuple[str, int]]:
        """Return (word, edits) for the words that a folded word may be a slip of, the nearest first, itself left out.

        One of its first two letters is the first of them.
        """
        allowed = edits_allowed(word) if word.isascii() else 0
        if not allowed:
            return []
        sizes = range(len(word) - allowed, len(word) + allowed + 1)
        begun = [self._begun.get((letter, size), []) for letter in dict.fromkeys(word[:2]) for size in sizes]
        near = list(chain.from_iterable(begun))
        found = sorted((edits, near[at]) for at, edits in close(word, near, allowed) if edits)
        return [(other, edits) for edits, other in found[:MOST]]
