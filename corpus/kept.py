"""The hits of one search: each passage once, equal passages together, the surest first."""

from __future__ import annotations

from dataclasses import dataclass, replace

from corpus.hits import Hit
from corpus.index.passages import Candidate

REPEATED = 40
"""A passage at least so long that stands in two documents is shown once."""
OTHER_KEYS = 94.0
"""How good a hit is whose words were typed under the other keyboard layout."""


@dataclass(slots=True)
class _Kept:
    """A hit with what it is ordered by."""

    hit: Hit
    date: str
    at: tuple[int, int]
    time: str
    fit: float


class Kept:
    """What was found so far. `seen` are the search ids of all passages that were taken, equal ones too."""

    def __init__(self, *, by_time: bool) -> None:
        """Keep nothing yet; `by_time` puts the newest passages first, however well they fit."""
        self._by_time = by_time
        self._hits: list[_Kept] = []
        self._texts: dict[str, _Kept] = {}
        self.seen: set[int] = set()

    def __len__(self) -> int:
        return len(self._hits)

    def add(self, hit: Hit, candidate: Candidate, fit: float = 0.0) -> None:
        """Keep the hit in a passage; one that stands in another document too is told of there."""
        self.seen.add(candidate.search_id)
        first = self._texts.get(candidate.text) if len(candidate.text) >= REPEATED else None
        if first is None or candidate.number == 0:
            time = candidate.time if self._by_time else ""
            kept = _Kept(hit, candidate.date, (candidate.key, candidate.number), time, fit)
            self._hits.append(kept)
            self._texts.setdefault(candidate.text, kept)
        elif hit.document not in (first.hit.document, *first.hit.also):
            first.hit = replace(first.hit, also=(*first.hit.also, hit.document))

    def improve(self, hit: Hit, candidate: Candidate) -> None:
        """Let a surer hit in a passage that was taken stand in the place of the one that was found there."""
        at = (candidate.key, candidate.number)
        for kept in self._hits:
            if kept.at == at and kept.hit.score < hit.score:
                kept.hit = replace(hit, also=kept.hit.also)

    def best(self, most: int) -> list[Hit]:
        """Return the surest hits: of equals the newest first, within a document as in the text."""
        self._hits.sort(key=lambda kept: kept.at)
        self._hits.sort(key=lambda kept: kept.date, reverse=True)
        self._hits.sort(key=lambda kept: (-kept.hit.score, -kept.fit))
        found = self._hits[:most]
        if self._by_time:
            found.sort(key=lambda kept: kept.at)
            found.sort(key=lambda kept: kept.time or kept.date, reverse=True)
        return [kept.hit for kept in found]

    def relabel(self, text: str) -> None:
        """Say of all exact hits that they are what other keys would have typed."""
        for kept in self._hits:
            if kept.hit.is_exact:
                kept.hit = replace(kept.hit, why=f"typed under the other keyboard layout: {text}", score=OTHER_KEYS)
