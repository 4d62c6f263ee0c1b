"""Ways in which a text can hold what was asked for, and where it does.

A term of a query becomes a `Group` of alternatives: the word itself, longer words that begin with it,
the word without its particle, other spellings of a name, words that it may be a slip of. The same groups make the question to the
index and find the places in the text that it returns, so that nothing is shown which is not there.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from corpus.index.tokens import is_glued, places, places_of, terms_of

EXACT, BEGINS, STEM, SPELLING, INITIALS, SPACED, NEAR = range(7)
"""How an alternative relates to what was asked for; the lower, the surer."""

Place = tuple[str, int, int]
GLUED_FROM = "\u3040"
"""Words of scripts that are glued are not less than this."""
NOTHING = "\0"
"""No word begins with this."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """Words in a row that are taken for a term. `edits` counts the letters that differ in all."""

    words: tuple[str, ...]
    way: int = EXACT
    edits: int = 0

    @property
    def rank(self) -> tuple[int, int]:
        """The lower, the surer."""
        return self.way, self.edits

    @property
    def expression(self) -> str:
        """What the index is asked for; passages that it returns may still lack the words."""
        terms = dict.fromkeys(term for word in self.words for term in terms_of(word))
        # quoted, so that nothing a user types is an operator; a quotation mark is part of no word
        return "(" + " AND ".join(f'"{term}"' for term in terms) + ")"

    @property
    def is_loose(self) -> bool:
        """Whether a passage with all its terms may lack the words themselves."""
        # the index knows pairs of syllables, so that a word of two is surely there
        return len(self.words) > 1 or (is_glued(self.words[0]) and len(self.words[0]) != 2)


@dataclass(frozen=True, slots=True)
class Found:
    """A place in a folded text, end exclusive, and what was found there."""

    start: int
    end: int
    alternative: Alternative


class Group:
    """The alternatives for one term. A group without any finds nothing."""

    def __init__(
        self, alternatives: Iterable[Alternative], terms: range, *, begins: str | None = None, name: str = ""
    ) -> None:
        """Take the alternatives.

        Args:
            alternatives: the surer, the earlier.
            terms: which terms of the query the group stands for.
            begins: any word with this beginning is one more alternative.
            name: the name whose spellings these are, as it was typed.
        """
        self.alternatives = list(dict.fromkeys(alternatives))
        self.terms, self.name, self.begins = terms, name, begins
        self._begins = Alternative((begins or NOTHING,), BEGINS)
        self._words: dict[str, Alternative] = {}
        self._parts: list[tuple[str, Alternative]] = []
        # glued words may have something before the first of a row, others are known by it
        self._glued_rows: list[Alternative] = []
        self._rows: dict[str, list[Alternative]] = {}
        for item in self.alternatives:
            first = item.words[0]
            if len(item.words) > 1:
                if is_glued(first):
                    self._glued_rows.append(item)
                else:
                    self._rows.setdefault(first, []).append(item)
            elif is_glued(first):
                self._parts.append((first, item))
            else:
                self._words.setdefault(first, item)
        self._firsts = self._words.keys() | self._rows.keys()
        self._has_rows = bool(self._parts or self._rows or self._glued_rows)
        self._is_plain = not (self._has_rows or begins)

    def __len__(self) -> int:
        return len(self.alternatives)

    @cached_property
    def expression(self) -> str:
        """What the index is asked for."""
        return "(" + " OR ".join(item.expression for item in self.alternatives) + ")"

    @property
    def is_loose(self) -> bool:
        """Whether the texts must be looked at to be sure."""
        return any(item.is_loose for item in self.alternatives)

    @property
    def firsts(self) -> Collection[str] | None:
        """The words of which one stands at every place that `find` returns; None where other places matter too."""
        return None if self._has_rows else self._words.keys()

    def find(self, places: Sequence[Place]) -> list[Found]:
        """Return the surest places in a text, in order: where the word itself stands, its variants are left out.

        Args:
            places: the words of the folded text with their offsets.
        """
        if self._is_plain:
            known = self._words
            found = [Found(start, end, known[word]) for word, start, end in places if word in known]
        elif not self._has_rows:
            found = self._begun(places)
        else:
            firsts, begins = self._firsts, self._begins.words[0]
            found = [
                item
                for at, (word, _, _) in enumerate(places)
                # most words need no second look
                if (word in firsts or word >= GLUED_FROM or word.startswith(begins)) and (item := self._at(places, at))
            ]
        if len(self.alternatives) == 1:
            return found
        best = min((item.alternative.rank for item in found), default=None)
        return [item for item in found if item.alternative.rank == best]

    def _begun(self, places: Sequence[Place]) -> list[Found]:
        known, begins = self._words, self._begins.words[0]
        return [
            Found(start, end, known.get(word) or self._begins)
            for word, start, end in places
            if word in known or word.startswith(begins)
        ]

    def _at(self, places: Sequence[Place], at: int) -> Found | None:
        word, start, end = places[at]
        glued = word >= GLUED_FROM and is_glued(word)
        for row in self._glued_rows if glued else self._rows.get(word, ()):
            if row.words[0] in word and (last := _row_ends(row.words, places, at)):
                offset = word.find(row.words[0]) if glued else 0
                return Found(start + offset, last, row)
        if glued:
            for part, item in self._parts:
                offset = word.find(part)
                if offset >= 0:
                    return Found(start + offset, start + offset + len(part), item)
        elif item_or_none := self._words.get(word):
            return Found(start, end, item_or_none)
        if word.startswith(self._begins.words[0]):
            return Found(start, end, self._begins)
        return None


def places_for(groups: Sequence[Group], folded: str) -> list[Place]:
    """Return the words of a folded text with their offsets, at least all that the groups may find."""
    wanted: set[str] = set()
    for group in groups:
        if group.firsts is None:
            return places(folded)
        wanted.update(group.firsts)
    return places_of(folded, wanted, tuple(group.begins for group in groups if group.begins))


def _row_ends(words: Sequence[str], places: Sequence[Place], at: int) -> int | None:
    """Return where a row of words ends that begins at a place; glued words may have particles at the ends."""
    if at + len(words) > len(places):
        return None
    last = len(words) - 1
    for offset, word in enumerate(words):
        there, start, _ = places[at + offset]
        if there == word:
            continue
        if not is_glued(word):
            return None
        if offset == 0 and there.endswith(word):
            continue
        if offset == last and there.startswith(word):
            return start + len(word)
        return None
    return places[at + last][2]


def tightest(groups: Sequence[Sequence[Found]]) -> dict[int, Found]:
    """Return one place of each group, by the group's number, such that they lie closest together.

    Groups without places are left out.
    """
    marked = [(item.start, number, item) for number, group in enumerate(groups) for item in group]
    wanted = sum(1 for group in groups if group)
    latest: dict[int, Found] = {}
    best: dict[int, Found] = {}
    width = -1
    for _, number, item in sorted(marked, key=lambda mark: mark[:2]):
        latest[number] = item
        if len(latest) == wanted:
            start, end = stretch(latest)
            if width < 0 or end - start < width:
                width, best = end - start, dict(latest)
    return best


def stretch(places: Mapping[int, Found]) -> tuple[int, int]:
    """Return the span from the first place to the last."""
    return min(found.start for found in places.values()), max(found.end for found in places.values())
