"""What a query may mean where its words are misspelt: guesses, from the likeliest to the boldest.

The index is asked for few words of a guess, the rarest, since a list of entries is read faster when it is short;
the texts that come back tell the rest: which of the other words they have, and how well a stretch of them fits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from corpus.asking import Asking
from corpus.index.tokens import is_glued, is_initials
from corpus.index.vocabulary import Vocabulary
from corpus.matching import EXACT, INITIALS, NEAR, Alternative, Group

COMMON = 5
"""A word in so many passages is no slip of the pen for a word that is hardly more common."""
TIMES_AS_COMMON = 10
LIKELY = 0.85
"""This part of all that a slip may mean, by how common it is, is looked for in bold guesses."""
SURELY_A_SLIP = 100
"""A word that is so many times rarer than one a letter away is most likely a slip of it."""
SHORT = 3
"""Words of fewer letters carry the difference between two names, and are not given up."""
WIDE = range(4, 6)
"""Letters of words that may, boldly, be wrong in two of them."""
EVERYWHERE = 0.2
"""Words that so large a share of passages has tell nothing, and may be given up however short they are."""
MISSING = 2
"""Words of a long query that a passage may lack."""
MANY = 600
"""So many passages are too many to rank while asking for one more word costs less."""
TOO_MANY = 6000.0
"""A bold guess that fits more passages than this tells too little."""
A_WORD, A_TEXT = 2_000, 1_200
"""What one more word and one more text cost, in entries of the index that are read in the same time."""


class Guess(NamedTuple):
    """Groups to look for, and those of them that the index is asked for: `asked`, the rarest first.

    Asking for the first `enough` of these pays, were words spread by chance, and for `useful` at most. Up to `most` of the groups whose numbers
    are in `spare` may be missing from a passage; `lost` are words that are like no word of the corpus. `cost` is what
    it is likely to cost, in entries of the index that are read in the same time. `boldness` is 0 for what the query most likely means.
    """

    groups: list[Group]
    asked: list[Group]
    enough: int
    useful: int
    spare: frozenset[int]
    most: int
    lost: list[str]
    boldness: int
    cost: float


class Slips:
    """Guesses at what one query means."""

    def __init__(self, asking: Asking, vocabulary: Vocabulary, passages: int, stop: Callable[[], bool]) -> None:
        """Guess by the words of a corpus of so many passages; `stop` ends that with StoppedError."""
        self._asking, self._vocabulary, self._stop = asking, vocabulary, stop
        self._terms = asking.query.terms
        self._passages = max(passages, 1)

    def guesses(self) -> Iterator[Guess]:
        """Yield each word or its likely slips; then without one of the words; with bolder slips; without two."""
        every = [self.near(at) for at in range(len(self._terms))]
        close = list(map(self._closest, every))
        likely = list(map(self._likely, every))
        if any(item.way != EXACT for group in every for item in group.alternatives) or not all(every):
            yield from self._guess(every, close)
            yield from self._guess(every, every)
            yield from self._without(every, close, 1)
            yield from self._without(every, likely, 1)
        yield from self._wide(every, close)
        yield from self._wide(every, likely)
        yield from self._without(every, close, 2)
        yield from self._without(every, likely, 2)

    def _without(self, every: Sequence[Group], asked: Sequence[Group], count: int) -> Iterator[Guess]:
        """Yield guesses that ask for all words but so many."""
        spare = [group for group in asked if group and self._may_be_missing(group)]
        for given_up in sorted(combinations(spare, count), key=self._doubt):
            yield from self._guess(every, [group for group in asked if group not in given_up], count)

    def _wide(self, every: Sequence[Group], asked: Sequence[Group]) -> Iterator[Guess]:
        """Yield guesses in which one word of four or five letters may be wrong in two of them, or all such words.

        Others that are words of the corpus may nevertheless be slips of another.
        """
        if len(every) < 3:
            return
        wide = {at: self.near(at, wide=True) for at in range(len(every)) if self._may_be_wide(at)}
        for at, group in wide.items():
            yield from self._guess(_but(every, {at: group}), _but(asked, {at: group}), 1)
        if len(wide) > 1:
            yield from self._guess(_but(every, wide), _but(asked, wide), 2)

    def _guess(self, groups: Sequence[Group], asked: Sequence[Group], boldness: int = 0) -> Iterator[Guess]:
        """Yield the guess at `groups` that asks for `asked`; none where too much is missing."""
        lost = [group for group in groups if not group]
        found = [group for group in groups if group]
        most = (MISSING if len(groups) > MISSING else 0) - len(lost)
        asked = sorted(filter(None, asked), key=self._weight)
        if not asked or most < 0 or not all(map(self._may_be_missing, lost)):
            return
        enough, expected, cost = 1, float(self._weight(asked[0])), self._price(asked[0])
        for group in asked[1:]:
            if expected * self._narrows(group) * A_TEXT < self._price(group):
                break
            enough, cost = enough + 1, cost + self._price(group)
            expected *= 1 - self._narrows(group)
        useful = enough
        while useful < len(asked) and self._narrows(asked[useful]) * MANY * A_TEXT > 2 * self._price(asked[useful]):
            useful += 1
        if boldness and expected > TOO_MANY:
            return
        cost += min(expected, MANY) * A_TEXT
        spare = frozenset(number for number, group in enumerate(found) if self._may_be_missing(group))
        words = [self._asking.surface(group.terms) for group in lost]
        yield Guess(found, asked, enough, useful, spare, most, words, boldness, cost)

    def _narrows(self, group: Group) -> float:
        """Return the share of passages that lack a group."""
        return 1 - min(1.0, self._weight(group) / self._passages)

    def _price(self, group: Group) -> float:
        return self._weight(group) + A_WORD * len(group)

    def near(self, at: int, *, wide: bool = False) -> Group:
        """Return what the term `at` may be a slip of, itself first; `wide` allows one more letter to be wrong."""
        term, place = self._terms[at], range(at, at + 1)
        word = term.words[0]
        if term.phrase or term.others:
            return Group(map(Alternative, term.choices), place)
        known = self._vocabulary.counts.get(word, 0)
        alternatives = [Alternative((word,))] if known or is_glued(word) else []
        completions = self._asking.completions(at)
        if is_initials(word):
            alternatives += [Alternative((other,), INITIALS) for other in self._vocabulary.by_initials(word)]
        stems: list[str] = []
        for other, edits in self._vocabulary.near(word, self._stop, wide=wide and len(word) in WIDE):
            count = self._vocabulary.counts[other]
            is_own_word = not wide and known >= COMMON and COMMON <= count < known * TIMES_AS_COMMON
            # 판문점에서 adds nothing to 판문점
            if not is_own_word and not (is_glued(other) and other.startswith(tuple(stems))):
                alternatives.append(Alternative((other,), NEAR, edits))
                stems.append(other)
        return Group([*alternatives, *completions], place, begins=word if completions else None)

    def _may_be_wide(self, at: int) -> bool:
        term = self._terms[at]
        word = term.words[0]
        is_plain = not term.phrase and not term.others and word.isascii() and word.isalpha()
        return is_plain and (len(word) in WIDE or (len(word) >= SHORT and word in self._vocabulary))

    def _closest(self, group: Group) -> Group:
        """Return the likeliest of the alternatives: a word of the corpus as it is, else what is one letter away."""
        term = self._terms[group.terms.start]
        word = term.words[0]
        if term.phrase or term.others:
            return group
        counts = self._vocabulary.counts
        known = counts.get(word, 0)
        likeliest = max((counts[item.words[0]] for item in group.alternatives if item.edits == 1), default=0)
        if known >= COMMON and known * SURELY_A_SLIP > likeliest:
            kept = [item for item in group.alternatives if item.way == EXACT]
        else:
            kept = [item for item in group.alternatives if item.edits < 2]
        return Group(kept or group.alternatives, group.terms, begins=group.begins)

    def _likely(self, group: Group) -> Group:
        """Return the alternatives without those that are so rare that hardly any slip is one of them."""
        counts = self._vocabulary.counts
        near = sorted(
            (item for item in group.alternatives if item.way == NEAR), key=lambda item: -counts[item.words[0]]
        )
        left = sum(counts[item.words[0]] for item in near) * LIKELY
        kept = set(group.alternatives) - set(near)
        for item in near:
            if left <= 0:
                break
            kept.add(item)
            left -= counts[item.words[0]]
        return Group((item for item in group.alternatives if item in kept), group.terms, begins=group.begins)

    def _weight(self, group: Group) -> int:
        return sum(self._vocabulary.counts.get(item.words[0], 0) for item in group.alternatives)

    def _doubt(self, groups: Sequence[Group]) -> tuple[int, int]:
        """Return what sorts words first that are no words of the corpus, and of the others the commonest."""
        known = sum(self._terms[group.terms.start].words[0] in self._vocabulary for group in groups)
        return known, -sum(map(self._weight, groups))

    def _may_be_missing(self, group: Group) -> bool:
        """Tell whether the query makes sense without a word; short words may be all that tells two names apart."""
        term = self._terms[group.terms.start]
        if term.phrase or term.others or self._asking.is_named(group.terms.start):
            return False
        # a short word that is nowhere, and like nothing that is somewhere, tells nothing
        return len(term.words[0]) >= SHORT or not group or self._weight(group) > EVERYWHERE * self._passages


def _but(groups: Sequence[Group], others: Mapping[int, Group]) -> list[Group]:
    return [others.get(at, group) for at, group in enumerate(groups)]
