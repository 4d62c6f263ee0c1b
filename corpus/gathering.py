"""One search under way: passages are gathered tier by tier, each looked at before it counts."""

from __future__ import annotations

from collections.abc import Container, Sequence
from typing import NamedTuple

from corpus.asking import Asking
from corpus.hits import Examined, Hit, examine, listed_hit, make_hit
from corpus.index.candidates import Candidates
from corpus.index.passages import Candidate
from corpus.kept import Kept
from corpus.matching import SPELLING, Alternative, Group
from corpus.queries.selection import Selection
from corpus.ranking import Ranking

COUNTED = 10_001
"""Hits are counted exactly while they are fewer."""
CHECKED, LOOKED_INTO = 2000, 400
"""Passages that are looked at where the index alone cannot tell: whether fields hold of them, whether they have words."""
MANY_TIMES = 2
"""So many times the hits that are wanted are looked at, where that is more."""
RANKED, RANKED_SHARE, RANKED_MOST = 800, 2500, 2000
"""Passages of one guess that are ranked: at least, one of so many in the index, at most."""
RANKED_BEGUN = {1: 400, 2: 400, 3: 900}
"""The same while the last word is only begun by so few letters, and another key soon changes what is looked for."""
COUNTABLE = 200_000
"""Entries of the index that are read to count what has a word that is only begun."""
RANKED_LEAST = 60
"""Passages of each spelling of a name that are ranked, at least."""
STEP = 5.0
"""Passages that hold all words in a row, or nearly, stand before the others, in steps of how well they fit."""


class _Order(NamedTuple):
    """(fit, id) of passages in the order in which they are looked at, whether these are all, how many the index found."""

    pairs: list[tuple[float, int]]
    is_whole: bool
    found: int


class Gathering:
    """What one search has found so far."""

    def __init__(
        self,
        asking: Asking,
        limit: int,
        candidates: Candidates,
        selection: Selection,
        *,
        by_time: bool = False,
        quick: bool = False,
    ) -> None:
        """Gather up to `limit` hits for what is asked.

        Args:
            asking: what is looked for.
            limit: hits that are wanted.
            candidates: asks the index.
            selection: what the fields of the query mean.
            by_time: the newest passages first, however well they fit.
            quick: the newest passages with all words, without weighing how near to each other these stand.
        """
        self.asking = self.meant = asking
        self.limit, self.candidates, self.selection = limit, candidates, selection
        self.by_time, self.quick = by_time, quick
        # one hit more than is wanted tells that there are more; some are kept free for the other spellings of a name
        self.room = limit + 1
        self.spelt: set[tuple[str, ...]] = set()
        self.ranking = Ranking(candidates, " ".join(asking.query.words))
        self.kept = Kept(by_time=by_time)
        self.best = 0.0
        # whoever asks for more than a screen or two wants to come to the end of them
        many = MANY_TIMES * limit
        self._most_looked = self._look_into = max(LOOKED_INTO, many)
        self._most_checked = max(CHECKED, many)
        self._orders: dict[str, _Order] = {}
        # passages that lack what a question asks for, though the index returned them
        self._refused: dict[str, set[int]] = {}
        self._counts: dict[str, int] = {}
        self._chosen: list[Hit] = []
        self.total, self.total_is_exact = 0, True
        # whether all that was counted was taken, too; whether anything was met besides, and all of that
        self._is_seen, self._has_others, self._others_are_whole = True, False, True
        passages = candidates.last
        most = RANKED_BEGUN.get(asking.begun_by, RANKED_MOST)
        self.ranked = self._ranks = max(many, min(most, RANKED + passages // RANKED_SHARE))

    @property
    def is_open(self) -> bool:
        """Whether there is room for more hits."""
        return len(self.kept) < self.room

    def keep_spelt(self, examined: Examined) -> None:
        """Note the spellings of names by which a passage was found."""
        self.spelt.update(item.alternative.words for _, item in examined.chosen if item.alternative.way == SPELLING)

    def hits(self) -> list[Hit]:
        """Return what was found, the surest first unless the newest are wanted."""
        return self._chosen or self.kept.best(self.limit)

    # what holds the words

    def collect(self, groups: Sequence[Group], *, exact: bool = True, is_counted: bool = True) -> bool:
        """Take passages that hold the groups until there is no more room: those with the words in a row, the newest.

        Args:
            groups: what is looked for.
            exact: whether the groups take in the very words, and with them all that was collected before; else
                passages that hold the very words are left to those.
            is_counted: whether it matters how many there are in all.

        Returns:
            whether these are all.
        """
        question = question_of(groups)
        if question not in self._orders:
            self._orders[question] = self._order(groups, question)
        order = self._orders[question]
        before = len(self.kept.seen)
        refused = self._refused.setdefault(question, set())
        fresh = [pair for pair in order.pairs if pair[1] not in self.kept.seen and pair[1] not in refused]
        whole = self._take(fresh, groups, exact, refused)
        whole &= order.is_whole
        if is_counted and exact:
            self._count_all(groups, question, whole)
        elif is_counted:
            self.count(len(self.kept.seen) - before, whole)
        return whole

    def _order(self, groups: Sequence[Group], question: str) -> _Order:
        """Return the passages that may hold the groups, the best first."""
        row = _row(groups)
        is_ranked = (len(groups) > 1 or row) and not self.by_time and not self.quick
        most = self.limit + 1 + len(self.kept.seen)
        if row:
            most = self.ranked
        elif is_ranked:
            most = self._ranks
        elif self._is_loose(groups):
            most = self._most_checked
        # those that are ranked need not come in order
        ids = (self.candidates.find_any if is_ranked else self.candidates.find)(question, most)
        order = [(0.0, identity) for identity in ids]
        if row:
            order = self.ranking.in_a_row(ids, _words(groups))
        elif is_ranked:
            order = self.ranking.ordered(ids)
        if is_ranked:
            order = sorted(((fit // STEP * STEP, identity) for fit, identity in order), key=lambda pair: -pair[0])
        return _Order(order, len(ids) < most, len(ids))

    def _is_loose(self, groups: Sequence[Group]) -> bool:
        """Tell whether only a look at a passage shows that it holds what the index says."""
        return not self.selection.is_sure or any(group.is_loose for group in groups)

    def _count_all(self, groups: Sequence[Group], question: str, whole: bool) -> None:
        """Count the passages that hold the groups; all that were taken before are among them, or were met besides."""
        least, is_told = len(self.kept.seen), whole
        if not (whole or self.quick or self._is_loose(groups)):
            # the index alone can tell how many there are
            is_easy = not self.asking.begun_by or self._price(groups) < COUNTABLE
            counted = self._counted(question) if is_easy else self._orders[question].found
            least, is_told = max(least, counted), is_easy and counted < COUNTED and not self._has_others
        self._is_seen = whole
        self.total = max(self.total, least)
        self.total_is_exact = is_told and self._others_are_whole

    def _counted(self, question: str) -> int:
        if question not in self._counts:
            self._counts[question] = self.candidates.count(question, COUNTED)
        return self._counts[question]

    def count_only(self, groups: Sequence[Group]) -> None:
        """Count passages for which there is no room, all that were taken before among them."""
        is_easy = not self.asking.begun_by or self._price(groups) < COUNTABLE
        is_told = is_easy and not self.quick and not self._is_loose(groups)
        counted = self._counted(question_of(groups)) if is_told else len(self.kept.seen)
        self._is_seen = False
        self.total = max(self.total, counted)
        self.total_is_exact = is_told and counted < COUNTED

    def _price(self, groups: Sequence[Group]) -> float:
        """Return how many entries of the index are read, about, to count the passages with words that fall by chance."""
        passages, expected, entries = max(self.candidates.last, 1), 1.0, 0
        for group in groups:
            weight = self.asking.weight(group.alternatives)
            entries += weight
            expected *= min(1.0, weight / passages)
        return entries * min(1.0, COUNTED / max(expected * passages, 1.0))

    def collect_few(self, groups: Sequence[Group]) -> bool:
        """Take all passages that hold the groups, if there is room for them; False where there is not."""
        ids = self.candidates.find_some(question_of(groups), self.room + 1)
        if len(ids) > self.room:
            return False
        self.count(0, self._take([(0.0, identity) for identity in ids], groups, exact=True, refused=set()))
        return True

    def _take(
        self, order: Sequence[tuple[float, int]], groups: Sequence[Group], exact: bool, refused: set[int]
    ) -> bool:
        """Look at passages in this order; False where there was no room for all. What is not wanted goes to `refused`."""
        fit_of = {identity: fit for fit, identity in order}
        most = self._most_checked if self.selection.checks else self._look_into
        for looked, candidate in enumerate(self.candidates.load([identity for _, identity in order]), len(refused)):
            if not self.is_open or looked >= most:
                return False
            examined = self.examine(candidate, groups)
            if examined is None:
                refused.add(candidate.search_id)
            elif exact or not (examined.is_exact or self._has_the_words(candidate)):
                self.keep_spelt(examined)
                hit = make_hit(examined, self.candidates.place)
                self.best = max(self.best, fit_of[candidate.search_id])
                self.kept.add(hit, candidate, fit_of[candidate.search_id])
        return True

    def _has_the_words(self, candidate: Candidate) -> bool:
        """Tell whether a passage that was met otherwise is one with the very words, for which there was no room."""
        return not self._is_seen and examine(candidate, self.asking.stemmed) is not None

    def spread(self, groups: Sequence[Group], sure: Sequence[Group]) -> None:
        """Take passages with a name in its other spellings: some of each, then what there is room for.

        Args:
            groups: the query with the other spellings.
            sure: what was collected before.
        """
        named = [at for at, group in enumerate(groups) if group.name]
        at, forms = named[0], groups[named[0]].alternatives
        if len(named) > 1 or len(forms) == 1:
            self.collect(groups, exact=False)
            return
        room, before = self.room, len(self.kept.seen)
        more = [_but(groups, at, [form]) for form in forms]
        # as many texts are read and ranked as for one spelling
        self._look_into = self._most_looked // len(forms)
        self._ranks = max(RANKED_LEAST, self.ranked // len(forms))
        for most in (max(2, (room - len(self.kept)) // len(forms)), room):
            left = []
            for one in more:
                self.room = min(room, len(self.kept) + most)
                if not self.is_open or not self.collect(one, exact=False, is_counted=False):
                    left.append(one)
            more = left
        self.room, self._look_into, self._ranks = room, self._most_looked, self.ranked
        self.count(len(self.kept.seen) - before, not more)
        if (
            (more or not self._is_seen)
            and not (self._is_loose(groups) or self._is_loose(sure))
            and not self.asking.begun_by
        ):
            # a passage may hold several of them
            counted = self._counted(f"({question_of(sure)}) OR ({question_of(groups)})")
            self.total = max(self.total, counted)
            self.total_is_exact = counted < COUNTED
        elif more and (counted_forms := [form for form in forms if not form.is_loose]):
            every = _but(groups, at, counted_forms)
            if not self._is_loose(every):
                self.total = max(self.total, self._counted(question_of(every)))

    def fill(self, *tiers: Sequence[Group]) -> None:
        """Take more of what was collected before, where other spellings left room; the last tier takes in the others."""
        if self._is_seen:
            return
        total, is_exact = self.total, self.total_is_exact
        for groups in tiers:
            if self.is_open:
                self.collect(groups, is_counted=groups is tiers[-1])
        self.total, self.total_is_exact = max(total, self.total), is_exact or self.total_is_exact

    def peek(self, *tiers: Sequence[Group]) -> None:
        """Look whether there is more of what was collected than there is room for, which takes the place of nothing."""
        self.room = self.limit + 1
        if len(self.kept) == self.limit:
            chosen = self.hits()
            self.fill(*tiers)
            if not self.is_open:
                self._chosen = chosen

    # what the fields alone ask for

    def list_passages(self, ids: Sequence[int]) -> bool:
        """Take passages in this order; False where there was no room for all."""
        for block in self.candidates.not_excluded(ids):
            for candidate in self.candidates.load(block):
                if not self.is_open:
                    return False
                if self.selection.holds(candidate):
                    marks = self.selection.named.spans(candidate) if self.selection.named else []
                    self.kept.add(listed_hit(candidate, marks, self.candidates.place, self.selection.near), candidate)
        return True

    def count(self, found: int, whole: bool) -> None:
        """Note that so many passages were met besides, and whether these are all of their kind."""
        self._has_others |= bool(found)
        self._others_are_whole &= whole
        # where not all that was counted was taken, it may have been met again
        self.total_is_exact &= whole and (self._is_seen or not found)
        self.total = max(self.total, len(self.kept.seen))

    def count_listed(self, number: int, whole: bool) -> None:
        """Note that the fields alone find so many, as far as was counted, and whether these are all."""
        self.total, self.total_is_exact = max(number, len(self.kept.seen)), whole

    def examine(
        self, candidate: Candidate, groups: Sequence[Group], spare: Container[int] = (), most: int = 0
    ) -> Examined | None:
        """Look for the groups in a passage, as `hits.examine` does; None where it is not what the fields ask for."""
        found = examine(candidate, groups, spare, most)
        return found if found and self.selection.holds(candidate) else None

    def relabel(self, text: str) -> None:
        """Say of everything found so far that it is what other keys would have typed."""
        self.kept.relabel(text)


def _row(groups: Sequence[Group]) -> bool:
    """Tell whether nothing but one row of words is looked for."""
    return len(groups) == 1 and len(groups[0]) == 1 and len(groups[0].alternatives[0].words) > 1


def _words(groups: Sequence[Group]) -> str:
    """Return the surest words of each group."""
    return " ".join(word for group in groups for word in group.alternatives[0].words)


def question_of(groups: Sequence[Group]) -> str:
    """Return what the index is asked for all groups."""
    return " AND ".join(group.expression for group in groups)


def _but(groups: Sequence[Group], at: int, forms: Sequence[Alternative]) -> list[Group]:
    """Return the groups with only these spellings of the name at a place."""
    return [*groups[:at], Group(forms, groups[at].terms, name=groups[at].name), *groups[at + 1 :]]
