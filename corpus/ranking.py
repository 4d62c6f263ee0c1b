"""How well the texts of passages fit what was typed, for the choice of those that are looked at."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import repeat
from math import inf

from corpus.fuzzy import fits
from corpus.index.candidates import Candidates
from corpus.text import fold_text

IN_A_ROW, GAP = 50.0, 150.0
"""Passages with all words of a row fit it at least so well; so much less than wholly for a gap among so many letters."""
FAR = 20.0
"""What fits so much worse than the best of a guess is hardly meant."""
UNKNOWN = (0.0, inf)
"""The fit of a passage that was not looked at, and what it would be told to be less than."""


class Ranking:
    """Compares the texts of candidates with a query."""

    def __init__(self, candidates: Candidates, text: str) -> None:
        """Compare with `text`, which is folded."""
        self._candidates, self._text = candidates, text
        self._known: dict[int, tuple[float, float]] = {}

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
            found.update(zip(block, fits(row, _folded(texts), least), strict=True))
        titles = self._candidates.titles(ids)
        return [
            (max(fit, least), identity) for identity in ids if (fit := found.get(identity, 0.0)) or identity in titles
        ]

    def ordered(self, ids: Sequence[int], least: float = 0.0) -> list[tuple[float, int]]:
        """Return (fit, id) of passages, 0 to 100: how well a stretch of each fits the query. They stay in order.

        The fit is 0 where it is less than `least`, or far from the best.
        """
        found: dict[int, float] = {}
        fresh: list[int] = []
        # guesses at one query share passages
        for identity in ids:
            fit, cutoff = self._known.get(identity, UNKNOWN)
            if fit or cutoff <= least:
                found[identity] = fit if fit >= least else 0.0
            else:
                fresh.append(identity)
        best = max(found.values(), default=0.0)
        for block, texts in self._candidates.texts(fresh):
            cutoff = max(least, best - FAR)
            fit_of = fits(self._text, _folded(texts), cutoff)
            best = max([best, *fit_of])
            found.update(zip(block, fit_of, strict=True))
            self._known.update(zip(block, zip(fit_of, repeat(cutoff)), strict=True))
        return [(found[identity], identity) for identity in ids if identity in found]


def _folded(texts: Sequence[str]) -> list[str]:
    """Return texts as `fold_text` does, ASCII letters of all of them made small at once."""
    plain = [text if text.isascii() else fold_text(text) for text in texts]
    joined = "\0".join(plain).replace("\n", " ").replace("\t", " ")
    # of bytes only ASCII is made small
    folded = joined.encode("utf-8", "surrogatepass").lower().decode("utf-8", "surrogatepass").split("\0")
    return folded if len(folded) == len(texts) else list(map(fold_text, texts))
