"""What a query may mean where its words are misspelt: guesses, from the likeliest to the boldest.

The index is asked for few words of a guess, the rarest, since a list of entries is read faster when it is short;
the texts that come back tell the rest: which of the other words they have, and how well a stretch of them fits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from corpus.asking import Asking
from corpus.index.tokens import is_glued, is_initials
from corpus.index.vocabulary import Vocabulary
from corpus.matching import EXACT, INITIALS, NEAR, Alternative, Group
from corpus.odds import A_TEXT, SURELY_A_SLIP, Choice, Odds

COMMON = 5
"""A word in so many passages is no slip of the pen for a word that is hardly more common."""
TIMES_AS_COMMON = 10
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
DEAR = 0.5
"""A guess that reads so many entries for each passage of the corpus is not the first to try."""
LIKELY = 0.3
"""A guess that is less likely to bring what is meant is bold."""


class Guess(NamedTuple):
    """Groups to look for, and those of them that the index is asked for: `asked`, the rarest first.

    Asking for the first `enough` of these pays, were words spread by chance, and for `useful` at most. Up to `most` of the groups whose numbers
    are in `spare` may be missing from a passage, in one that fits well those in `short`, short words too; `lost` are words that
    are like no word of the corpus. `cost` is what it is likely to cost, in entries of the index that are read in the same
    time. `boldness` is 0 for what the query most likely means.
    """

    groups: list[Group]
    asked: list[Group]
    enough: int
    useful: int
    spare: frozenset[int]
    short: frozenset[int]
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
        self._odds = Odds(vocabulary.counts, self._passages)

    def guesses(self, may_cost: Callable[[float], bool]) -> Iterator[Guess]:
        """Yield each word or its likely slips; then what a few of the words bring, the likeliest for its cost first.

        `may_cost` tells of a bold guess whether so much may be spent on it.
        """
        every = [self.near(at) for at in range(len(self._terms))]
        if any(item.way != EXACT for group in every for item in group.alternatives) or not all(every):
            yield from self._whole(every, list(map(self._closest, every)))
            all_slips = [guess for guess in self._whole(every, every) if guess.cost < DEAR * self._passages]
            yield from all_slips
            if all_slips and len(every) <= MISSING:
                # none of so few words may be missing, and no wider slips are thought of
                return
        for picked in self._odds.best([self._choices(at, group) for at, group in enumerate(every)]):
            if not may_cost(picked.cost):
                continue
            groups = list(every)
            for choice in picked.choices:
                groups[choice.every.terms.start] = choice.every
            asked = sorted((choice.group for choice in picked.choices), key=self._odds.weight)
            boldness = 1 if picked.chance > LIKELY else 2
            yield from self._guess(groups, asked, (len(asked), len(asked)), picked.cost, boldness)

    def _choices(self, at: int, near: Group) -> list[Choice]:
        """Return what to take a term for: also for another word although it is one of the corpus, or wrong in two letters."""
        term = self._terms[at]
        if term.phrase or term.others:
            return [self._odds.choice(near, near)]
        return self._odds.choices(near, self.near(at, wide=True) if self._may_be_wide(at) else near)

    def _whole(self, groups: Sequence[Group], asked: Sequence[Group]) -> Iterator[Guess]:
        """Yield the guess at `groups` that asks for as many of `asked`, of which each stands for a term, as pays."""
        asked = sorted(filter(None, asked), key=self._odds.weight)
        if not asked:
            return
        price = self._odds.price
        enough, expected, cost = 1, float(self._odds.weight(asked[0])), price(asked[0])
        for group in asked[1:]:
            if expected * self._narrows(group) * A_TEXT < price(group):
                break
            enough, cost = enough + 1, cost + price(group)
            expected *= 1 - self._narrows(group)
        useful = enough
        while useful < len(asked) and self._narrows(asked[useful]) * MANY * A_TEXT > price(asked[useful]):
            useful += 1
        yield from self._guess(groups, asked, (enough, useful), cost + min(expected, MANY) * A_TEXT)

    def _guess(
        self, groups: Sequence[Group], asked: list[Group], enough: tuple[int, int], cost: float, boldness: int = 0
    ) -> Iterator[Guess]:
        """Yield the guess at `groups` that asks for `asked`; none where too much is missing."""
        lost = [group for group in groups if not group]
        found = [group for group in groups if group]
        most = (MISSING if len(groups) > MISSING else 0) - len(lost)
        if most < 0 or not all(map(self._may_be_missing, lost)):
            return
        spare = frozenset(number for number, group in enumerate(found) if self._may_be_missing(group))
        short = frozenset(number for number, group in enumerate(found) if self._is_plain(group))
        words = [self._asking.surface(group.terms) for group in lost]
        yield Guess(found, asked, *enough, spare, short, most, words, boldness, cost)

    def _narrows(self, group: Group) -> float:
        """Return the share of passages that lack a group."""
        return 1 - self._odds.part(group)

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
        if len(self._terms) <= MISSING:
            return False
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

    def _is_plain(self, group: Group) -> bool:
        """Tell whether a group stands for a word that is neither a phrase nor a part of a known name."""
        term = self._terms[group.terms.start]
        return not (term.phrase or term.others or self._asking.is_named(group.terms.start))

    def _may_be_missing(self, group: Group) -> bool:
        """Tell whether the query makes sense without a word; short words may be all that tells two names apart."""
        if not self._is_plain(group):
            return False
        # a short word that is nowhere, and like nothing that is somewhere, tells nothing
        is_long = len(self._terms[group.terms.start].words[0]) >= SHORT
        return is_long or not group or self._odds.weight(group) > EVERYWHERE * self._passages
