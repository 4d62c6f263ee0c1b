"""How likely a misspelt word stands for each word that it may be a slip of, and what it costs to ask the index for these.

The odds are those of a noisy channel: how common a word is, times how likely it is mistyped so.
Source: M. D. Kernighan, K. W. Church, W. A. Gale, "A spelling correction program based on a noisy channel model", COLING 1990.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, product
from math import prod
from typing import NamedTuple

from corpus.matching import EXACT, NEAR, Alternative, Group

SURELY_A_SLIP = 100
"""A word that is so many times rarer than one a letter away is most likely a slip of it."""
TWO_LETTERS = 0.005
"""How likely two letters are wrong in just this way, beside one letter."""
UNHEARD_OF = 0.1
"""The share of words that are none of those that were thought of."""
SHARES = (0.6, 0.9, 0.99)
"""A word is looked for among its likeliest alternatives, as many as have such a share of the odds."""
ASKED, ASKED_OF = 3, 6
"""So many words are asked for at most, out of so many: the rarest."""
LEAST = 0.02
"""What is less likely to bring what is meant is not tried."""
RANKED_BOLDLY = 1000
"""Passages of one bold guess that are ranked, of which guesses there are many."""
A_WORD, A_TEXT, A_GUESS = 9_000, 3_000, 200_000
"""What one more word, one more text and one more question cost, in entries of the index that are read in the same time."""


class Choice(NamedTuple):
    """Some of the alternatives for a term, of `every` that is looked for in the texts that these bring.

    `chance` is how likely the word that is meant is one of them, `part` the share of all passages that have one.
    """

    group: Group
    every: Group
    chance: float
    part: float
    price: float


class Picked(NamedTuple):
    """Terms to ask the index for, the chance that what is meant is among what it returns, and the cost in entries read."""

    choices: tuple[Choice, ...]
    chance: float
    cost: float


class Odds:
    """Weighs alternatives by the words of a corpus."""

    def __init__(self, counts: Mapping[str, int], passages: int) -> None:
        """Take how many of the passages hold each word."""
        self._counts, self._passages = counts, passages

    def weight(self, group: Group) -> int:
        """Return how many entries of the index a group has, by the first words."""
        return sum(self._counts.get(item.words[0], 0) for item in group.alternatives)

    def price(self, group: Group) -> float:
        """Return what it costs to ask for a group."""
        return self.weight(group) + A_WORD * len(group)

    def part(self, group: Group) -> float:
        """Return the share of passages that hold a group."""
        return min(1.0, self.weight(group) / self._passages)

    def _of(self, item: Alternative) -> float:
        count = self._counts.get(item.words[0], 0)
        if item.way == EXACT:
            return count * SURELY_A_SLIP
        return count * TWO_LETTERS ** (item.edits - 1) if item.way == NEAR else float(count)

    def choices(self, near: Group, wide: Group) -> list[Choice]:
        """Return ever more of the alternatives in `wide`, the likeliest first; `near` are those less boldly thought of."""
        ordered = sorted(wide.alternatives, key=self._of, reverse=True)
        total = sum(map(self._of, ordered)) or 1.0
        known, found, shares = set(near.alternatives), [], list(SHARES)
        part, every = 0.0, near
        for number, item in enumerate(ordered, 1):
            part += self._of(item) / total
            every = every if item in known else wide
            if shares and part >= shares[0]:
                shares = [share for share in shares if share > part]
                found.append(self.choice(Group(ordered[:number], near.terms, begins=near.begins), every, part))
        return found

    def choice(self, group: Group, every: Group, part: float = 1.0) -> Choice:
        """Return the choice of a group that has such a part of the odds."""
        return Choice(group, every, part * (1 - UNHEARD_OF), self.part(group), self.price(group))

    def best(self, choices: Sequence[Sequence[Choice]]) -> Iterator[Picked]:
        """Yield what to ask for, the likeliest for its cost first, given the choices of each term."""
        rarest = sorted(filter(None, choices), key=lambda one: one[0].part)[:ASKED_OF]
        found = [
            picked
            for size in range(1, ASKED + 1)
            for terms in combinations(rarest, size)
            for chosen in product(*terms)
            if (picked := self._picked(chosen)).chance >= LEAST
        ]
        yield from sorted(found, key=lambda picked: picked.chance / (picked.cost + A_GUESS), reverse=True)

    def _picked(self, chosen: tuple[Choice, ...]) -> Picked:
        expected = self._passages * prod(choice.part for choice in chosen)
        chance = prod(choice.chance for choice in chosen) * min(1.0, RANKED_BOLDLY / expected if expected else 1.0)
        price = sum(choice.price for choice in chosen)
        return Picked(chosen, chance, price + min(expected, RANKED_BOLDLY) * A_TEXT)
