"""Where a query looks: the documents and the parts of them that its fields name, and which passages lie there."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from corpus.index.places import Places

TITLES = frozenset({"title"})
VERY_FEW = 20
"""So many documents are asked for one by one at once."""
NARROW = 0.25
"""A scope of more documents than those, yet of so small a part of all, is narrow."""


@dataclass(frozen=True)
class Scope:
    """Where to look: what the fields of a query mean to the index.

    `require` and `exclude` are expressions of the index; `allowed` and `banned` are positions in `Places`;
    `parts` are those of title, article and comment that are wanted.
    """

    require: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    allowed: frozenset[int] | None = None
    banned: frozenset[int] = frozenset()
    parts: frozenset[str] | None = None

    @property
    def is_everywhere(self) -> bool:
        """Whether the index alone answers, without a look at which document an id belongs to."""
        return self.allowed is None and not self.banned and self.parts is None


def by_document(ids: Sequence[int], places: Places) -> Iterator[tuple[int, int, int]]:
    """Yield (position, start, end) for the documents that `ids`, which rise, lie in: `ids[start:end]` are the document's."""
    bases, start, last = places.bases, 0, len(places) - 1
    while start < len(ids):
        (at,) = places.at((ids[start],))
        # ids of a damaged index need not rise
        end = max(start + 1, bisect_left(ids, bases[at + 1], start)) if at < last else len(ids)
        yield at, start, end
        start = end


class Sieve:
    """Tells which passages lie in a scope."""

    def __init__(self, places: Places, scope: Scope) -> None:
        """Sift the passages of `places`."""
        self.places, self.scope = places, scope

    @cached_property
    def allowed(self) -> list[int] | None:
        """The positions of the documents that are wanted, in order; None for all that are not banned."""
        return None if self.scope.allowed is None else sorted(self.scope.allowed - self.scope.banned)

    @cached_property
    def _wanted(self) -> frozenset[int]:
        return frozenset(self.allowed or ())

    @cached_property
    def _titles(self) -> frozenset[int]:
        return frozenset(self.places.bases)

    def sift(self, ids: list[int]) -> list[int]:
        """Return those of the ids, which rise or fall, that lie in the scope."""
        if not ids:
            return []
        if ids[0] > ids[-1]:
            return self.sift(ids[::-1])[::-1]
        # raises for an id that lies in no document
        self.places.at((ids[0],))
        bases, parts = self.places.bases, self.scope.parts
        if parts == TITLES:
            ids = [identity for identity in ids if identity in self._titles]
        if self.allowed is not None:
            ids = self._of_allowed(ids, self.allowed)
        elif banned := self.scope.banned:
            ids = [identity for identity in ids if bisect_right(bases, identity) - 1 not in banned]
        return ids if parts is None or parts == TITLES else self._of_parts(ids, parts)

    def _of_allowed(self, ids: list[int], allowed: list[int]) -> list[int]:
        """Return the ids that lie in these documents. Whichever are fewer are gone through, the others leapt over."""
        bases = self.places.bases
        if len(allowed) >= len(ids):
            wanted = self._wanted
            return [identity for identity in ids if bisect_right(bases, identity) - 1 in wanted]
        found: list[int] = []
        end, last = 0, len(bases) - 1
        for at in allowed:
            start = bisect_left(ids, bases[at], end)
            end = bisect_left(ids, bases[at + 1], start) if at < last else len(ids)
            found += ids[start:end]
            if end == len(ids):
                break
        return found

    def _of_parts(self, ids: list[int], parts: frozenset[str]) -> list[int]:
        """Return the ids of those of title, article and comments that are wanted."""
        bases, paragraphs = self.places.bases, self.places.paragraphs
        wanted = ["title" in parts, "article" in parts, "comment" in parts]
        return [
            identity
            for identity in ids
            if wanted[
                ((number := identity - bases[at := bisect_right(bases, identity) - 1]) > 0) + (number > paragraphs[at])
            ]
        ]

    @cached_property
    def is_narrow(self) -> bool:
        """Whether few documents are wanted, so that it is best to look for all of them at once."""
        few = len(self.allowed) if self.allowed is not None else len(self.places)
        return VERY_FEW < few < NARROW * len(self.places) or self.scope.parts == TITLES
