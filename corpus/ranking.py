"""How well the texts of passages fit what was typed, for the choice of those that are looked at."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.fuzzy import fits
from corpus.index.candidates import Candidates
from corpus.text import fold_text

IN_A_ROW, GAP = 50.0, 150.0
"""Passages with all words of a row fit it at least so well; so much less than wholly for a gap among so many letters."""
FAR = 20.0
"""What fits so much worse than the best of a guess is hardly meant."""


class Ranking:
    """Compares the texts of candidates with a query."""

    def __init__(self, candidates: Candidates, text: str) -> None:
        """Compare with `text`, which is folded."""
        self._candidates, self._text = candidates, text

    def in_a_row(self, ids: Sequence[int], row: str) -> list[tuple[float, int]]:
        """Return (fit, id) of the passages that may have a row of words, in order; a title has more than its text.

        Args:
            ids: the passages.
            row: the words, folded, with blanks between them.
        """
        found: dict[int, float] = {}
        # the words may be parted otherwise
        least = max(IN_A_ROW, 100.0 - GAP * row.count(" ") / len(row))
        for block, texts in self._candidates.texts(ids, whole=True):
            found.update(zip(block, fits(row, list(map(fold_text, texts)), least), strict=True))
        titles = self._candidates.titles(ids)
        return [
            (max(fit, least), identity) for identity in ids if (fit := found.get(identity, 0.0)) or identity in titles
        ]

    def ordered(self, ids: Sequence[int], least: float = 0.0) -> list[tuple[float, int]]:
        """Return (fit, id) of passages, 0 to 100: how well a stretch of each fits the query. They stay in order.

        The fit is 0 where it is less than `least`, or far from the best.
        """
        found: dict[int, float] = {}
        best = 0.0
        for block, texts in self._candidates.texts(ids):
            fit = fits(self._text, list(map(fold_text, texts)), max(least, best - FAR))
            best = max([best, *fit])
            found.update(zip(block, fit, strict=True))
        return [(found[identity], identity) for identity in ids if identity in found]
