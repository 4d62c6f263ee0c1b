"""How alike two strings are: the only user of rapidfuzz, which is imported on use.

rapidfuzz holds the interpreter for a whole call, so that every call here is kept short: what is
compared at a time is bounded, and a stop is asked for between calls.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

BLOCK = 2000
"""Strings compared in one call: some milliseconds at most."""
SCORED = 200
"""Texts whose best stretches are looked for in one call."""
LONGEST = 4000
"""Code points of a text that are compared with a query."""


class StoppedError(Exception):
    """The caller no longer wants the answer."""


def never() -> bool:
    """Return False: a search that nobody stops."""
    return False


def distance(first: str, second: str, cutoff: int | None = None) -> int:
    """Return the edits (insert, delete, replace, swap of neighbours) between two strings; `cutoff + 1` for more."""
    from rapidfuzz.distance import OSA

    return OSA.distance(first, second, score_cutoff=cutoff)


def close(word: str, candidates: Sequence[str], cutoff: int, stop: Callable[[], bool] = never) -> list[tuple[int, int]]:
    """Return (index, edits) of the candidates within `cutoff` edits of `word`, in no order. Raises StoppedError."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    found: list[tuple[int, int]] = []
    for at in range(0, len(candidates), BLOCK):
        if stop():
            raise StoppedError
        block = candidates[at : at + BLOCK] if len(candidates) > BLOCK else candidates
        matches = process.extract(word, block, scorer=OSA.distance, score_cutoff=cutoff, limit=None)
        found += [(at + index, int(edits)) for _, edits, index in matches]
    return found


def fits(query: str, texts: Sequence[str], least: float = 0.0) -> list[float]:
    """Return for each of a few hundred texts how well its best stretch fits the query, 0 to 100; 0 for less than `least`."""
    from rapidfuzz import fuzz, process

    found = [0.0] * len(texts)
    cut = [text[:LONGEST] if len(text) > LONGEST else text for text in texts]
    for _, score, at in process.extract(query, cut, scorer=fuzz.partial_ratio, score_cutoff=least, limit=None):
        found[at] = score
    return found


def scores(query: str, texts: Iterable[str], stop: Callable[[], bool] = never) -> list[float]:
    """Return for each of many texts how well its best stretch fits the query, 0 to 100. Raises StoppedError."""
    found: list[float] = []
    every = list(texts)
    for at in range(0, len(every), SCORED):
        if stop():
            raise StoppedError
        found += fits(query, every[at : at + SCORED])
    return found
