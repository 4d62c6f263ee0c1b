"""What to ask the index for a query, from the surest reading of it to the boldest."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from corpus.index.tokens import is_glued, words
from corpus.index.vocabulary import COMPLETIONS, Vocabulary
from corpus.matching import BEGINS, NEAR, SPACED, SPELLING, STEM, Alternative, Found, Group, stretch
from corpus.particles import stands_alone, stems
from corpus.query import Query
from corpus.text import fold

NAME_WORDS = 5
"""Words of the longest name."""
MOST_SPELLINGS = 40
COMPLETED = {1: 6, 2: 12, 3: 24}
"""Words that go on from so few letters, the commonest, that are looked for."""
QUICK = 200_000
"""Entries of the index that are read at once."""
HARDLY = 10
"""A word so many times rarer than the words that it begins is hardly meant itself."""
EVERY = 100_000
"""More words than ever go on from a stem."""
SHORT = 3
"""A word that is written as two has at least so many letters twice."""

Spellings = Callable[[str], Sequence[str]]


class Name(NamedTuple):
    """A stretch of terms that is a name, all forms of it, and the name itself: the terms without a particle at their end."""

    terms: range
    forms: frozenset[tuple[str, ...]]
    text: str


class Asking:
    """Groups of alternatives for the terms of one query."""

    def __init__(
        self,
        query: Query,
        vocabulary: Vocabulary,
        spellings: Spellings | None,
    ) -> None:
        """Read `query` by the words of a corpus and, where given, the spellings of names."""
        self.query, self._vocabulary = query, vocabulary
        self._spellings = spellings
        self._names: list[Name] | None = None

    def exact(self) -> list[Group]:
        """Return the terms as typed."""
        return [Group(map(Alternative, term.choices), range(at, at + 1)) for at, term in enumerate(self.query.terms)]

    @cached_property
    def stemmed(self) -> list[Group]:
        """The terms as typed, or without the particles at their ends."""
        return [
            Group([*group.alternatives, Alternative((stem,), STEM)], group.terms) if (stem := self._stem(at)) else group
            for at, group in enumerate(self.exact())
        ]

    def begun(self, *, quick: bool = False, stems: bool = False) -> list[Group]:
        """Return the terms with the last word going on; none where its end was typed, or if that were not `quick`.

        With `stems` terms may lack their particles, too.
        """
        last = len(self.query.terms) - 1
        completions = self.completions(last)
        groups = self.stemmed if stems else self.exact()
        if not completions or (quick and last and self.weight(completions) > QUICK):
            return (
                groups
                if any(len(group) > len(term.choices) for group, term in zip(groups, self.query.terms, strict=True))
                else []
            )
        word = self.query.terms[last].words[0]
        alternatives = [Alternative((word,)), *completions]
        return [*groups[:-1], Group(alternatives, range(last, last + 1), begins=word)]

    def completions(self, at: int) -> list[Alternative]:
        """Return the words that go on from the term `at`: none unless it is the last and its end was not typed."""
        word = self.query.terms[at].words[0]
        if not self.query.open_end or self.query.terms[at].others or at != len(self.query.terms) - 1 or is_glued(word):
            return []
        # few letters begin so many words that no choice of them is meant
        most = COMPLETED.get(len(word), COMPLETIONS)
        return [Alternative((longer,), BEGINS) for longer in self._vocabulary.completions(word, most)]

    @cached_property
    def begun_by(self) -> int:
        """The letters by which the last word is only begun, where they are so few that any of many words may be meant, else 0."""
        last = len(self.query.terms) - 1
        word = self.query.terms[last].words[0] if last >= 0 else ""
        if len(word) not in COMPLETED:
            return 0
        longer = self.weight(self.completions(last))
        return len(word) if longer > HARDLY * self._vocabulary.counts.get(word, 0) else 0

    def weight(self, alternatives: Iterable[Alternative]) -> int:
        """Return how many entries of the index the alternatives have, by their first words."""
        return sum(self._vocabulary.counts.get(item.words[0], 0) for item in alternatives)

    def instead(self, query: Query) -> Asking:
        """Return the same for another query."""
        return Asking(query, self._vocabulary, self._spellings)

    def names(self) -> list[Name]:
        """Return the stretches of terms that are names."""
        return sorted(self._known_names(), key=lambda name: name.terms.start)

    def is_named(self, at: int) -> bool:
        """Tell whether a term is part of a name that is known."""
        return any(at in name.terms for name in self._known_names())

    def named(self) -> list[Group]:
        """Return the terms with names in their other spellings; none where the query holds no known name."""
        names = self._known_names()
        if not names:
            return []
        groups: list[Group] = []
        at = 0
        while at < len(self.query.terms):
            name = next((name for name in names if name.terms.start == at), None)
            if name is None:
                groups.append(self.stemmed[at])
                at += 1
            else:
                groups.append(self._spelt(name, with_own=len(names) > 1))
                at = name.terms.stop
        is_other = any(item.way == SPELLING for group in groups for item in group.alternatives)
        return groups if is_other and all(group.alternatives for group in groups) else []

    def _spelt(self, name: Name, with_own: bool) -> Group:
        own = tuple(words(fold(name.text).text))
        # what has the words of the name besides others has the name as it was typed
        found = [Alternative(form, SPELLING) for form in sorted(name.forms) if not _has(form, own)]
        if with_own:
            # each name may be spelt either way, so long as one is spelt otherwise
            found.insert(0, Alternative(own))
        # a name that is itself misspelt is told by the usual spelling
        said = name.text if own in name.forms else self._spellings_of(name.text)[0]
        return Group(found, name.terms, name=said)

    def surface(self, terms: range) -> str:
        """Return the terms as they were typed."""
        return self.query.text[self.query.terms[terms.start].start : self.query.terms[terms.stop - 1].end]

    def _known_names(self) -> list[Name]:
        """Return the stretches of terms that are names, the longest first, none overlapping."""
        if self._names is None:
            self._names = []
            count = len(self.query.terms) if self._spellings else 0
            for size in range(min(NAME_WORDS, count), 0, -1):
                for start in range(count - size + 1):
                    terms = range(start, start + size)
                    if not any(set(terms) & set(name.terms) for name in self._names) and (name := self._name(terms)):
                        self._names.append(name)
        return self._names

    def _name(self, terms: range) -> Name | None:
        """Return the name that terms are, with or without a particle; None where they are none."""
        if any(self.query.terms[at].phrase or self.query.terms[at].others for at in terms):
            return None
        forms = self._forms(self.surface(terms))
        if len(forms) > 1:
            return Name(terms, forms, self.surface(terms))
        typed = [word for at in terms for word in self.query.terms[at].words]
        for stem in stems(typed[-1]):
            own = (*typed[:-1], stem)
            forms = self._forms(" ".join(own))
            if len(forms) > 1 and own in forms:
                return Name(terms, forms, " ".join(own))
        return None

    def _stem(self, at: int) -> str | None:
        """Return a term without its particle; None where the texts do not show that it has one."""
        term = self.query.terms[at]
        word = term.words[0]
        if term.phrase or term.others or not is_glued(word):
            return None
        name = next((name for name in self._known_names() if at in name.terms), None)
        if name is not None:
            stem = words(fold(name.text).text)[-1] if at == name.terms[-1] else word
            return stem if stem != word else None
        counts = self._vocabulary.counts
        for stem in stems(word):
            longer = {other: counts[other] for other in self._vocabulary.completions(stem, EVERY)}
            if stands_alone(stem, word[len(stem) :], counts, longer):
                return stem
        return None

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

    def spaced(self) -> Iterator[list[Group]]:
        """Yield the terms with two of them written together, or one of them written as two."""
        exact = self.exact()
        single = [not (term.phrase or term.others) for term in self.query.terms]
        for at, term in enumerate(self.query.terms):
            word = term.words[0]
            if at + 1 < len(exact) and single[at] and single[at + 1]:
                after = self.query.terms[at + 1].words[0]
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
        for name in self._known_names():
            for spelling in self._spellings_of(name.text):
                form = tuple(words(fold(spelling).text))
                if form in wanted:
                    said.setdefault(form, spelling)
        return list(said.values())

    def is_other_name(self, groups: Sequence[Group], places: Mapping[int, Found], text: str) -> bool:
        """Tell whether what was taken for a slip of a name is the name of somebody else.

        Args:
            groups: what was looked for.
            places: where each was found in `text`, by its number.
            text: a text of the passage.
        """
        for name in self._known_names():
            here = {number: found for number, found in places.items() if groups[number].terms.start in name.terms}
            if any(found.alternative.way == NEAR for found in here.values()):
                start, end = stretch(here)
                there = text[start:end]
                others = self._forms(there) if len(there.split()) <= NAME_WORDS else ()
                if others and not name.forms.intersection(others):
                    return True
        return False


def _has(form: tuple[str, ...], own: tuple[str, ...]) -> bool:
    """Tell whether a form of a name has all words of another."""
    return all(any(word == other or (is_glued(word) and word in other) for other in form) for word in own)
