"""What a query may mean where it holds a name whose words, or whose neighbours, are misspelt.

Slips are looked for among the words of the corpus, spellings for names that are typed right. Here both meet: words are put
right where that makes a name, which is then looked for in its other spellings, beside the slips of the other words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import product
from typing import NamedTuple, Protocol, runtime_checkable

from corpus.asking import NAME_WORDS, Asking, Spellings
from corpus.index.vocabulary import Vocabulary
from corpus.matching import Group
from corpus.query import parse

NEAREST = 3
"""Words of the corpus that a misspelt one is taken for."""
SHORTEST = 5
"""Letters of a name of one word that may be misspelt."""
TRIED = 300
"""Ways to put the words of a name right that are looked at."""


@runtime_checkable
class Names(Protocol):
    """Knows names, as `corpus.spelling.Spellings` does."""

    def is_name(self, name: tuple[str, ...]) -> bool:
        """Tell whether folded words are a whole name."""
        ...

    def has_word(self, word: str) -> bool:
        """Tell whether a folded word is part of a name."""
        ...

    def words_like(self, word: str) -> Sequence[tuple[str, int]]:
        """Return (word, edits) for words of names that a folded word may be a slip of."""
        ...


class Renamed(NamedTuple):
    """A query put right, and the groups to look for: names in their other spellings, slips of the other words."""

    asking: Asking
    groups: list[Group]


def renamed(
    asking: Asking, near: Callable[[int], Group], vocabulary: Vocabulary, names: Names | Spellings | None
) -> Renamed | None:
    """Return a query with its names put right; None where it holds none, or nothing in it is misspelt.

    Args:
        asking: the query as typed.
        near: returns what a term, by its number, may be a slip of.
        vocabulary: the words of the corpus.
        names: knows names, or nothing but their spellings, which is not enough.
    """
    terms = asking.query.terms
    if not isinstance(names, Names) or any(term.phrase or term.others for term in terms):
        return None
    typed = [term.words[0] for term in terms]
    options = [_options(word, vocabulary, names) for word in typed]
    said = list(typed)
    taken: set[int] = set()
    for size in range(min(NAME_WORDS, len(typed)), 0, -1):
        for start in range(len(typed) - size + 1):
            stretch = range(start, start + size)
            if taken.isdisjoint(stretch) and (name := _name(options[start : start + size], names)):
                said[start : start + size] = name
                taken.update(stretch)
    is_misspelt = said != typed or any(word not in vocabulary for at, word in enumerate(typed) if at not in taken)
    if not taken or not is_misspelt:
        return None
    meant = asking.instead(parse(" ".join(said)))
    groups = [group if group.name else near(group.terms.start) for group in meant.named()]
    return Renamed(meant, groups) if groups and all(groups) else None


def _name(options: Sequence[dict[str, int]], names: Names) -> tuple[str, ...] | None:
    """Return the name that one option of each word makes, by the letters that differ; None where they make none."""
    found = next(((edits, name) for edits, name in sorted(_ways(options)) if names.is_name(name)), None)
    if found is None or (found[0] and len(options) == 1 and len(found[1][0]) < SHORTEST):
        return None
    return found[1]


def _options(word: str, vocabulary: Vocabulary, names: Names) -> dict[str, int]:
    """Return the words of names that a word may mean, with the letters that differ."""
    near = [*vocabulary.near(word)[:NEAREST], *names.words_like(word)]
    found = {other: edits for other, edits in near if names.has_word(other)}
    return {word: 0, **found} if names.has_word(word) else found


def _ways(options: Sequence[dict[str, int]]) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield (edits, words) for every choice of one option for each word, while there are not too many."""
    for at, chosen in enumerate(product(*[each.items() for each in options])):
        if at >= TRIED:
            return
        yield sum(edits for _, edits in chosen), tuple(word for word, _ in chosen)
