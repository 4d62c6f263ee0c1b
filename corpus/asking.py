"""What to ask the index for a query, from the surest reading of it to the boldest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from corpus.index.tokens import is_glued, is_initials, words
from corpus.index.vocabulary import Vocabulary
from corpus.matching import BEGINS, EXACT, INITIALS, NEAR, SPACED, SPELLING, Alternative, Found, Group, stretch
from corpus.query import Query
from corpus.text import fold

NAME_WORDS = 5
"""Words of the longest name."""
MOST_SPELLINGS = 40
COMMON = 5
"""A word in so many passages is no slip of the pen for a word that is hardly more common."""
TIMES_AS_COMMON = 10
TOO_MANY = 6000.0
"""Where words are given up, a reading that fits more passages than this tells too little."""
LIKELY = 0.97
"""This part of all that a slip may mean, by how common it is, is looked for in bold readings."""
A_WORD = 12_000
"""Asking for one more word costs the index as much as reading so many entries."""
SURELY_A_SLIP = 100
"""A word that is so many times rarer than one a letter away is most likely a slip of it."""
SHORT = 3
"""Words of fewer letters carry the difference between two names, and are not given up."""

Spellings = Callable[[str], Sequence[str]]


class Reading(NamedTuple):
    """Groups to look for, the words that are given up for them, and how bold that is: 0 for the likeliest reading.

    `cost` is about how many entries of the index have to be read for it.
    """

    groups: list[Group]
    missing: list[str]
    boldness: int
    cost: int


class Asking:
    """Groups of alternatives for the terms of one query."""

    def __init__(
        self,
        query: Query,
        vocabulary: Vocabulary,
        spellings: Spellings | None,
        stop: Callable[[], bool],
        passages: int = 1,
    ) -> None:
        """Read `query` by the words of a corpus of so many passages and, where given, the spellings of names."""
        self._query, self._vocabulary, self._stop = query, vocabulary, stop
        self._spellings = spellings
        self._passages = max(passages, 1)
        self._names: list[tuple[range, frozenset[tuple[str, ...]]]] | None = None

    def exact(self) -> list[Group]:
        """Return the terms as typed."""
        return [Group(map(Alternative, term.choices), range(at, at + 1)) for at, term in enumerate(self._query.terms)]

    def begun(self) -> list[Group]:
        """Return the terms with the last word going on; none where its end was typed."""
        last = len(self._query.terms) - 1
        completions = self._completions(last)
        if not completions:
            return []
        word = self._query.terms[last].words[0]
        alternatives = [Alternative((word,)), *completions]
        return [*self.exact()[:-1], Group(alternatives, range(last, last + 1), begins=word)]

    def _completions(self, at: int) -> list[Alternative]:
        word = self._query.terms[at].words[0]
        if (
            not self._query.open_end
            or self._query.terms[at].others
            or at != len(self._query.terms) - 1
            or is_glued(word)
        ):
            return []
        return [Alternative((longer,), BEGINS) for longer in self._vocabulary.completions(word)]

    def instead(self, query: Query) -> Asking:
        """Return the same for another query."""
        return Asking(query, self._vocabulary, self._spellings, self._stop, self._passages)

    def names(self) -> list[tuple[range, frozenset[tuple[str, ...]]]]:
        """Return the stretches of terms that are names, with all forms of each."""
        return sorted(self._known_names(), key=lambda name: name[0].start)

    def named(self) -> list[Group]:
        """Return the terms with names in their other spellings; none where the query holds no known name."""
        names = self._known_names()
        if not names:
            return []
        exact, groups, at = self.exact(), [], 0
        while at < len(exact):
            name = next((name for name in names if name[0].start == at), None)
            if name is None:
                groups.append(exact[at])
                at += 1
            else:
                groups.append(self._spelt(*name, with_own=len(names) > 1))
                at = name[0].stop
        return groups if all(group.alternatives for group in groups) else []

    def _spelt(self, terms: range, forms: frozenset[tuple[str, ...]], with_own: bool) -> Group:
        own = tuple(word for at in terms for word in self._query.terms[at].words)
        found = [Alternative(form, SPELLING) for form in sorted(forms) if form != own]
        if with_own:
            # each name may be spelt either way, so long as one is spelt otherwise
            found.insert(0, Alternative(own))
        # a name that is itself misspelt is told by the usual spelling
        name = self._surface(terms) if own in forms else self._spellings_of(self._surface(terms))[0]
        return Group(found, terms, name=name)

    def _surface(self, terms: range) -> str:
        return self._query.text[self._query.terms[terms.start].start : self._query.terms[terms.stop - 1].end]

    def _known_names(self) -> list[tuple[range, frozenset[tuple[str, ...]]]]:
        """Return the stretches of terms that are names, the longest first, none overlapping."""
        if self._names is None:
            self._names = []
            count = len(self._query.terms) if self._spellings else 0
            for size in range(min(NAME_WORDS, count), 0, -1):
                for start in range(count - size + 1):
                    terms = range(start, start + size)
                    if not any(set(terms) & set(taken) for taken, _ in self._names):
                        self._take_name(terms)
        return self._names

    def _take_name(self, terms: range) -> None:
        if any(self._query.terms[at].phrase or self._query.terms[at].others for at in terms):
            return
        forms = self._forms(self._surface(terms))
        if len(forms) > 1 and self._names is not None:
            self._names.append((terms, forms))

    def _spellings_of(self, text: str) -> Sequence[str]:
        if self._spellings is None:
            return ()
        try:
            return self._spellings(text)[:MOST_SPELLINGS]
        except Exception:
            # without other spellings the search still finds what was typed
            return ()

    def _forms(self, text: str) -> frozenset[tuple[str, ...]]:
        return frozenset(form for spelling in self._spellings_of(text) if (form := tuple(words(fold(spelling).text))))

    def near(self) -> Iterator[Reading]:
        """Yield ever bolder readings: each word or its likely slips; then without one of the words; without two."""
        every = [self._near(at) for at in range(len(self._query.terms))]
        groups = [group for group in every if group.alternatives]
        missing = [group for group in every if not group.alternatives]
        most = 0 if len(every) < 3 else 1 if len(every) == 3 else 2
        if groups and len(missing) <= most and all(map(self._may_be_missing, missing)):
            close = [self._closest(group) for group in groups]
            if any(len(one.alternatives) < len(group.alternatives) for one, group in zip(close, groups, strict=True)):
                yield self._reading(close, missing, len(missing))
            if missing or any(item.way != EXACT for group in groups for item in group.alternatives):
                yield self._reading(groups, missing, len(missing))
            groups = list(map(self._likely, groups))
            yield from self._rarest(groups, missing)
            if len(missing) < most:
                yield from self._without(groups, missing, 1)
        yield from self._wide(list(map(self._likely, every)))
        if groups and len(missing) + 2 <= most:
            yield from self._without(list(map(self._likely, groups)), missing, 2)

    def _reading(self, groups: list[Group], missing: list[Group], boldness: int) -> Reading:
        words_asked = sum(len(group.alternatives) for group in groups)
        cost = sum(map(self._weight, groups)) + A_WORD * words_asked
        return Reading(groups, self._surfaces(missing), boldness, cost)

    def _closest(self, group: Group) -> Group:
        """Return the likeliest of the alternatives: a word of the corpus as it is, else what is one letter away."""
        term = self._query.terms[group.terms.start]
        word = term.words[0]
        if term.phrase or term.others:
            return group
        known = self._vocabulary.counts.get(word, 0)
        likeliest = max(
            (self._vocabulary.counts[item.words[0]] for item in group.alternatives if item.edits == 1), default=0
        )
        if known >= COMMON and known * SURELY_A_SLIP > likeliest:
            kept = [item for item in group.alternatives if item.way != NEAR]
        else:
            kept = [item for item in group.alternatives if item.edits < 2]
        return Group(kept or group.alternatives, group.terms, begins=group.begins)

    def _likely(self, group: Group) -> Group:
        """Return the alternatives without those that are so rare that hardly any slip is one of them."""
        near = sorted(
            (item for item in group.alternatives if item.way == NEAR),
            key=lambda item: -self._vocabulary.counts[item.words[0]],
        )
        left = sum(self._vocabulary.counts[item.words[0]] for item in near) * LIKELY
        kept = set(group.alternatives) - set(near)
        for item in near:
            if left <= 0:
                break
            kept.add(item)
            left -= self._vocabulary.counts[item.words[0]]
        return Group((item for item in group.alternatives if item in kept), group.terms, begins=group.begins)

    def _rarest(self, groups: list[Group], missing: list[Group]) -> Iterator[Reading]:
        """Yield readings that keep the two or three rarest words, or the rarest alone: little to ask the index for."""
        rare = sorted((group for group in groups if group.alternatives), key=self._weight)
        for size in (3, 2, 1):
            kept, given_up = rare[:size], rare[size:]
            is_long = given_up and len(groups) + len(missing) > 2
            if is_long and all(map(self._may_be_missing, given_up)) and self._expected(kept) <= TOO_MANY:
                yield self._reading(kept, [*missing, *given_up], min(2, len(missing) + len(given_up)))

    def _without(self, groups: list[Group], missing: list[Group], count: int) -> Iterator[Reading]:
        """Yield readings that give up so many words more than those that are missing anyway."""
        if not all(map(self._may_be_missing, missing)):
            return
        spare = list(filter(self._may_be_missing, groups))
        for given_up in sorted(combinations(spare, count), key=self._doubt):
            kept = [group for group in groups if group not in given_up]
            if kept and self._expected(kept) <= TOO_MANY:
                yield self._reading(kept, [*missing, *given_up], len(missing) + count)

    def _wide(self, every: Sequence[Group]) -> Iterator[Reading]:
        """Yield readings in which words of four or five letters may be wrong in two of them: one such word, or all."""
        if len(every) < 3:
            return
        wide = {at: self._likely(self._near(at, wide=True)) for at in range(len(every)) if self._may_be_wide(at)}
        readings = [[*every[:at], group, *every[at + 1 :]] for at, group in wide.items()]
        if len(wide) > 1:
            readings.append([wide.get(at, group) for at, group in enumerate(every)])
        for groups in readings:
            if all(group.alternatives for group in groups) and self._expected(groups) <= TOO_MANY:
                yield self._reading(groups, [], 2)

    def _may_be_wide(self, at: int) -> bool:
        term = self._query.terms[at]
        word = term.words[0]
        return not term.phrase and not term.others and 4 <= len(word) <= 5 and word.isascii() and word.isalpha()

    def _doubt(self, groups: Sequence[Group]) -> tuple[int, int]:
        """Return what sorts words first that are no words of the corpus, and of the others the commonest."""
        known = sum(self._query.terms[group.terms.start].words[0] in self._vocabulary for group in groups)
        return known, -sum(map(self._weight, groups))

    def _expected(self, groups: Sequence[Group]) -> float:
        """Return about how many passages hold all groups, were their words spread by chance."""
        found = float(self._passages)
        for group in groups:
            found *= min(1.0, self._weight(group) / self._passages)
        return found

    def spaced(self) -> Iterator[list[Group]]:
        """Yield the terms with two of them written together, or one of them written as two."""
        exact = self.exact()
        single = [not (term.phrase or term.others) for term in self._query.terms]
        for at, term in enumerate(self._query.terms):
            word = term.words[0]
            if at + 1 < len(exact) and single[at] and single[at + 1]:
                after = self._query.terms[at + 1].words[0]
                if is_glued(word) == is_glued(after) and self._may_be_word(word + after):
                    both = Group([Alternative((word + after,), SPACED)], range(at, at + 2))
                    yield [*exact[:at], both, *exact[at + 2 :]]
            if single[at] and (parts := self._parts(word)):
                yield [*exact[:at], Group(parts, range(at, at + 1)), *exact[at + 1 :]]

    def _may_be_word(self, word: str) -> bool:
        return is_glued(word) or word in self._vocabulary

    def _parts(self, word: str) -> list[Alternative]:
        """Return the pairs of words that a word may be when it is written apart."""
        if is_glued(word):
            return [Alternative((word[:at], word[at:]), SPACED) for at in range(1, len(word))] if len(word) > 2 else []
        if word in self._vocabulary or len(word) < 2 * SHORT:
            return []
        pairs = ((word[:at], word[at:]) for at in range(2, len(word) - 1))
        return [Alternative(pair, SPACED) for pair in pairs if all(part in self._vocabulary for part in pair)]

    def also(self, found: Iterable[tuple[str, ...]]) -> list[str]:
        """Return the spellings of the names in the query, other than its own, of which `found` has the words."""
        wanted = set(found)
        said: dict[tuple[str, ...], str] = {}
        for terms, _ in self._known_names():
            for spelling in self._spellings_of(self._surface(terms)):
                form = tuple(words(fold(spelling).text))
                if form in wanted:
                    said.setdefault(form, spelling)
        return list(said.values())

    def _surfaces(self, groups: Sequence[Group]) -> list[str]:
        return [self._surface(group.terms) for group in sorted(groups, key=lambda group: group.terms.start)]

    def _near(self, at: int, *, wide: bool = False) -> Group:
        term, place = self._query.terms[at], range(at, at + 1)
        word = term.words[0]
        if term.phrase or term.others:
            return Group(map(Alternative, term.choices), place)
        known = self._vocabulary.counts.get(word, 0)
        alternatives = [Alternative((word,))] if known or is_glued(word) else []
        completions = self._completions(at)
        if is_initials(word):
            alternatives += [Alternative((other,), INITIALS) for other in self._vocabulary.by_initials(word)]
        stems: list[str] = []
        for other, edits in self._vocabulary.near(word, self._stop, wide=wide):
            count = self._vocabulary.counts[other]
            is_own_word = known >= COMMON and COMMON <= count < known * TIMES_AS_COMMON
            # 판문점에서 adds nothing to 판문점
            if not is_own_word and not (is_glued(other) and other.startswith(tuple(stems))):
                alternatives.append(Alternative((other,), NEAR, edits))
                stems.append(other)
        return Group([*alternatives, *completions], place, begins=word if completions else None)

    def _weight(self, group: Group) -> int:
        return sum(self._vocabulary.counts.get(item.words[0], 0) for item in group.alternatives)

    def _may_be_missing(self, group: Group) -> bool:
        """Tell whether the query makes sense without a word; short words may be all that tells two names apart."""
        term = self._query.terms[group.terms.start]
        if term.phrase or term.others:
            return False
        if any(group.terms.start in terms for terms, _ in self._known_names()):
            return False
        # a short word that is nowhere, and like nothing that is somewhere, tells nothing
        return len(term.words[0]) >= SHORT or not group.alternatives

    def is_other_name(self, groups: Sequence[Group], places: Mapping[int, Found], text: str) -> bool:
        """Tell whether what was taken for a slip of a name is the name of somebody else.

        Args:
            groups: a reading of the query.
            places: where each was found in `text`, by its number.
            text: a text of the passage.
        """
        for terms, own in self._known_names():
            here = {number: found for number, found in places.items() if groups[number].terms.start in terms}
            if any(found.alternative.way == NEAR for found in here.values()):
                start, end = stretch(here)
                there = text[start:end]
                others = self._forms(there) if len(there.split()) <= NAME_WORDS else ()
                if others and not own.intersection(others):
                    return True
        return False
