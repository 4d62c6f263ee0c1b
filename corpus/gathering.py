"""One search under way: passages are gathered tier by tier, each looked at before it counts."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import replace
from typing import NamedTuple

from corpus.asking import Asking
from corpus.hits import Examined, Hit, examine, listed_hit, make_hit
from corpus.index.candidates import Candidates
from corpus.index.passages import Candidate
from corpus.kept import Kept
from corpus.matching import SPELLING, Alternative, Group
from corpus.queries.selection import Selection
from corpus.ranking import FAR, Ranking
from corpus.renaming import Renamed
from corpus.slips import A_TEXT, MANY, Guess

COUNTED = 10_000
"""Hits are counted exactly up to here."""
CHECKED, LOOKED_INTO = 2000, 400
"""Passages that are looked at where the index alone cannot tell: whether fields hold of them, whether they have words."""
RANKED, RANKED_SHARE, RANKED_MOST = 800, 2500, 2000
"""Passages of one guess that are ranked: at least, one of so many in the index, at most."""
RANKED_BOLDLY = 1000
"""The same for bold guesses, of which there are many."""
RANKED_BEGUN = {1: 400, 2: 400, 3: 900}
"""The same while the last word is only begun by so few letters, and another key soon changes what is looked for."""
COUNTABLE = 200_000
"""Entries of the index that are read to count what has a word that is only begun."""
RANKED_LEAST = 60
"""Passages of each spelling of a name that are ranked, at least."""
SPENT, SPENT_SHARE = 800_000, 0.6
"""Entries of the index that are read for slips, about, beyond the first guess, and this share of all passages more."""
SPARE = 10
LIKE_IT = 72.0
"""A passage that lacks a word counts where a stretch of it fits the query so well, 0 to 100."""
SURELY, LIKELY = 86.0, 83.0
"""So well does a passage fit that is surely meant, or most likely, whatever words it lacks."""
NEARLY = 0.89
"""Keeps hits of the second tier below those of the first, however well they fit."""
ENOUGH = 5
"""Passages with the very words, or with a name in another spelling: with so many the query hardly means something else."""
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
        # some hits are kept free for the other spellings of a name
        self.room = limit
        self.spelt: set[tuple[str, ...]] = set()
        self._ranking = Ranking(candidates, " ".join(asking.query.words))
        self._kept = Kept(by_time=by_time)
        self._best = 0.0
        self._look_into = LOOKED_INTO
        self._is_sure = False
        self._spent = 0.0
        self._fits: list[float] = []
        self._guessed: set[str] = set()
        self._orders: dict[str, _Order] = {}
        self.total, self.total_is_exact = 0, True
        passages = candidates.last
        self._may_spend = SPENT + SPENT_SHARE * passages
        most = RANKED_BEGUN.get(asking.begun_by, RANKED_MOST)
        self.ranked = self._ranks = min(most, RANKED + passages // RANKED_SHARE)

    @property
    def is_certain(self) -> bool:
        """Whether what is meant was most likely found."""
        return self._is_sure or self._best >= SURELY or len(self._kept) - len(self._fits) >= ENOUGH

    @property
    def is_open(self) -> bool:
        """Whether there is room for more hits."""
        return len(self._kept) < self.room

    def is_done(self, boldness: int) -> bool:
        """Tell whether a guess so bold is not needed any more."""
        if self._is_sure or len(self._kept) - len(self._fits) >= self.room:
            return True
        return boldness > 0 and self._best >= (SURELY, LIKELY)[min(boldness, 2) - 1]

    def hits(self) -> list[Hit]:
        """Return what was found, the surest first unless the newest are wanted."""
        return self._kept.best(self.limit)

    # what holds the words

    def collect(self, groups: Sequence[Group], *, exact: bool = True, is_counted: bool = True) -> bool:
        """Take passages that hold the groups until there is no more room: those with the words in a row, the newest.

        Args:
            groups: what is looked for.
            exact: whether passages with the very words are wanted, or were collected before.
            is_counted: whether it matters how many there are in all.

        Returns:
            whether these are all.
        """
        question = _question(groups)
        if question not in self._orders:
            self._orders[question] = self._order(groups, question)
        order = self._orders[question]
        before = len(self._kept.seen)
        whole = self._take([pair for pair in order.pairs if pair[1] not in self._kept.seen], groups, exact)
        whole &= order.is_whole
        if is_counted:
            self._count_all(groups, question, before, whole)
        return whole

    def _order(self, groups: Sequence[Group], question: str) -> _Order:
        """Return the passages that may hold the groups, the best first."""
        row = _row(groups)
        is_ranked = (len(groups) > 1 or row) and not self.by_time and not self.quick
        most = self.limit + len(self._kept.seen)
        if row:
            most = self.ranked
        elif is_ranked:
            most = self._ranks
        elif self._is_loose(groups):
            most = CHECKED
        # those that are ranked need not come in order
        ids = (self.candidates.find_any if is_ranked else self.candidates.find)(question, most)
        order = [(0.0, identity) for identity in ids]
        if row:
            order = self._ranking.in_a_row(ids, _words(groups))
        elif is_ranked:
            order = self._ranking.ordered(ids)
        if is_ranked:
            order = sorted(((fit // STEP * STEP, identity) for fit, identity in order), key=lambda pair: -pair[0])
        return _Order(order, len(ids) < most, len(ids))

    def _is_loose(self, groups: Sequence[Group]) -> bool:
        """Tell whether only a look at a passage shows that it holds what the index says."""
        return not self.selection.is_sure or any(group.is_loose for group in groups)

    def _count_all(self, groups: Sequence[Group], question: str, before: int, whole: bool) -> None:
        """Count the passages that hold the groups, of which those taken since there were `before` are a part."""
        found = len(self._kept.seen) - before
        if not whole and not self._is_loose(groups) and not self.quick:
            # the index alone can tell how many there are, those seen before among them
            is_easy = not self.asking.begun_by or self._price(groups) < COUNTABLE
            counted = self.candidates.count(question, COUNTED) if is_easy else self._orders[question].found
            whole, found = is_easy and counted < COUNTED, counted - before
        self.count(found, whole)

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
        ids = self.candidates.find_some(_question(groups), self.room + 1)
        if len(ids) > self.room:
            return False
        self.count(0, self._take([(0.0, identity) for identity in ids], groups, exact=True))
        return True

    def _take(self, order: Sequence[tuple[float, int]], groups: Sequence[Group], exact: bool) -> bool:
        """Look at passages in this order; False where there was no room for all."""
        fit_of = {identity: fit for fit, identity in order}
        most = CHECKED if self.selection.checks else self._look_into
        for looked, candidate in enumerate(self.candidates.load([identity for _, identity in order])):
            if not self.is_open or looked == most:
                return False
            examined = self._examine(candidate, groups)
            if examined and (exact or not examined.is_exact):
                self._keep_spelt(examined)
                hit = make_hit(examined, self.candidates.place)
                self._best = max(self._best, fit_of[candidate.search_id])
                self._kept.add(hit, candidate, fit_of[candidate.search_id])
        return True

    def spread(self, groups: Sequence[Group]) -> None:
        """Take passages with a name in its other spellings: some of each, then what there is room for."""
        named = [at for at, group in enumerate(groups) if group.name]
        at, forms = named[0], groups[named[0]].alternatives
        if len(named) > 1 or len(forms) == 1:
            self.collect(groups, exact=False)
            return
        room, before = self.room, len(self._kept.seen)
        more = [_but(groups, at, [form]) for form in forms]
        # as many texts are read and ranked as for one spelling
        self._look_into = LOOKED_INTO // len(forms)
        self._ranks = max(RANKED_LEAST, self.ranked // len(forms))
        for most in (max(2, (room - len(self._kept)) // len(forms)), room):
            left = []
            for one in more:
                self.room = min(room, len(self._kept) + most)
                if self.is_open and not self.collect(one, exact=False, is_counted=False):
                    left.append(one)
            more = left
        self.room, self._look_into, self._ranks = room, LOOKED_INTO, self.ranked
        self.count(len(self._kept.seen) - before, not more)
        if more and (counted := [form for form in forms if not form.is_loose]):
            # a passage may hold several of them
            every = _but(groups, at, counted)
            if not self._is_loose(every):
                self.total = max(self.total, self.candidates.count(_question(every), COUNTED))

    def fill(self, groups: Sequence[Group]) -> None:
        """Take more of what was counted before, where other spellings left room."""
        if self.is_open and len(self._kept.seen) < self.total:
            total, is_exact = self.total, self.total_is_exact
            self.collect(groups, is_counted=False)
            self.total, self.total_is_exact = max(total, len(self._kept.seen)), is_exact

    # what nearly holds them

    def guess(self, guess: Guess) -> None:
        """Take passages in which the words are nearly right, those that fit best first."""
        if _question(guess.asked[: guess.enough]) in self._guessed:
            return
        if self._guessed and self._spent + guess.cost > self._may_spend:
            # what is left undone would cost more than it is likely to bring
            self.total_is_exact = False
            return
        order, whole = self._fitting(guess)
        before = len(self._kept.seen)
        room = self.room - len(self._kept)
        if room < SPARE:
            # what fits better takes the place of what was found before
            least = sorted(self._fits, reverse=True)[: self.room][-1:]
            order = [pair for pair in order if [pair[0]] > least]
        # some are the names of others, or stand twice
        most = max(room, SPARE)
        order = order[: 2 * most + SPARE]
        fit_of = {identity: fit for fit, identity in order}
        for candidate in self.candidates.load([identity for _, identity in order]):
            if len(self._kept.seen) - before == most:
                whole = False
                break
            self._guessed_at(candidate, fit_of[candidate.search_id], guess)
        self.count(len(self._kept.seen) - before, whole)

    def rename(self, meant: Renamed) -> None:
        """Take passages with names that were misspelt, in their other spellings; they stand among the surer guesses."""
        self.meant = meant.asking
        ids = self.candidates.find(_question(meant.groups), LOOKED_INTO)
        before, most = len(self._kept.seen), max(self.room - len(self._kept), SPARE)
        whole = len(ids) < LOOKED_INTO
        for candidate in self.candidates.load(ids):
            if len(self._kept.seen) - before == most:
                whole = False
                break
            examined = self._examine(candidate, meant.groups)
            if examined and not self.asking.is_other_name(examined.groups, examined.places, examined.look.text):
                self._keep_spelt(examined)
                hit = replace(make_hit(examined, self.candidates.place), score=round(SURELY * NEARLY, 1))
                keep = self._kept.improve if candidate.search_id in self._kept.seen else self._kept.add
                keep(hit, candidate)
        self.count(len(self._kept.seen) - before, whole)

    def _keep_spelt(self, examined: Examined) -> None:
        self.spelt.update(item.alternative.words for _, item in examined.chosen if item.alternative.way == SPELLING)

    def _guessed_at(self, candidate: Candidate, fit: float, guess: Guess) -> None:
        examined = self._examine(candidate, guess.groups, guess.spare, guess.most if fit >= LIKE_IT else 0)
        if examined and not self.asking.is_other_name(examined.groups, examined.places, examined.look.text):
            missing = [*(self.asking.surface(group.terms) for group in examined.missing), *guess.lost]
            hit = make_hit(examined, self.candidates.place, missing)
            self._best = max(self._best, fit)
            self._is_sure |= examined.is_in_a_row and not guess.lost
            self._fits.append(fit)
            self._kept.add(replace(hit, score=round(fit * NEARLY, 1)), candidate)

    def _fitting(self, guess: Guess) -> tuple[list[tuple[float, int]], bool]:
        """Return (fit, id) of passages that may be meant, the best first, and whether these are all."""
        most = min(RANKED_BOLDLY, self.ranked) if guess.boldness else self.ranked
        enough = guess.enough
        # words that often stand together fit more passages than was expected: one more word is asked for
        while True:
            is_last = enough >= guess.useful
            question = _question(guess.asked[:enough])
            ids = self.candidates.find_any(question, most if is_last else min(MANY, most))
            self._guessed.add(question)
            if is_last or len(ids) < min(MANY, most):
                break
            enough += 1
        whole = len(ids) < most
        self._spent += max(guess.cost, len(ids) * A_TEXT)
        fresh = [identity for identity in ids if identity not in self._kept.seen]
        least = LIKE_IT if guess.boldness else 0.0
        order = sorted(self._ranking.ordered(fresh, least), reverse=True)
        return [pair for pair in order if pair[0] >= max(least, order[0][0] - FAR)], whole

    # what the fields alone ask for

    def list_passages(self, ids: Sequence[int]) -> bool:
        """Take passages in this order; False where there was no room for all."""
        for block in self.candidates.not_excluded(ids):
            for candidate in self.candidates.load(block):
                if not self.is_open:
                    return False
                if self.selection.holds(candidate):
                    marks = self.selection.named.spans(candidate) if self.selection.named else []
                    self._kept.add(listed_hit(candidate, marks, self.candidates.place), candidate)
        return True

    def count(self, found: int, whole: bool) -> None:
        """Note that there are so many passages more, and whether these are all of their kind."""
        # where not all exact hits were taken, a later tier may have met them again
        self.total_is_exact &= whole and (not found or self.total == 0 or self.total <= len(self._kept.seen))
        self.total = max(self.total + max(found, 0), len(self._kept.seen))

    def _examine(
        self, candidate: Candidate, groups: Sequence[Group], spare: Container[int] = (), most: int = 0
    ) -> Examined | None:
        found = examine(candidate, groups, spare, most)
        return found if found and self.selection.holds(candidate) else None

    def relabel(self, text: str) -> None:
        """Say of everything found so far that it is what other keys would have typed."""
        self._kept.relabel(text)


def _row(groups: Sequence[Group]) -> bool:
    """Tell whether nothing but one row of words is looked for."""
    return len(groups) == 1 and len(groups[0]) == 1 and len(groups[0].alternatives[0].words) > 1


def _words(groups: Sequence[Group]) -> str:
    """Return the surest words of each group."""
    return " ".join(word for group in groups for word in group.alternatives[0].words)


def _question(groups: Sequence[Group]) -> str:
    return " AND ".join(group.expression for group in groups)


def _but(groups: Sequence[Group], at: int, forms: Sequence[Alternative]) -> list[Group]:
    """Return the groups with only these spellings of the name at a place."""
    return [*groups[:at], Group(forms, groups[at].terms, name=groups[at].name), *groups[at + 1 :]]
