"""One search under way: passages are gathered tier by tier, each looked at before it counts."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import replace

from corpus.asking import Asking
from corpus.fuzzy import fits
from corpus.hits import Examined, Hit, examine, listed_hit, make_hit
from corpus.index.candidates import Candidate, Candidates
from corpus.kept import Kept
from corpus.matching import SPELLING, Alternative, Group
from corpus.queries.selection import Selection
from corpus.query import Query
from corpus.slips import A_TEXT, MANY, Guess
from corpus.text import fold_text

COUNTED = 10_000
"""Hits are counted exactly up to here."""
CHECKED, LOOKED_INTO = 2000, 400
"""Passages that are looked at where the index alone cannot tell: whether fields hold of them, whether they have words."""
IN_A_ROW, GAP = 50.0, 150.0
"""Passages with all words of a row fit it at least so well; so much less than wholly for a gap among so many letters."""
RANKED, RANKED_SHARE, RANKED_MOST = 800, 2500, 2000
"""Passages of one guess that are ranked: at least, one of so many in the index, at most."""
RANKED_BOLDLY = 1000
"""The same for bold guesses, of which there are many."""
SPENT, SPENT_SHARE = 800_000, 0.6
"""Entries of the index that are read for slips, about, beyond the first guess, and this share of all passages more."""
FAR = 20.0
"""What fits so much worse than the best of a guess is hardly meant."""
SPARE = 10
LIKE_IT = 72.0
"""A passage that lacks a word counts where a stretch of it fits the query so well, 0 to 100."""
SURELY, LIKELY = 86.0, 83.0
"""So well does a passage fit that is surely meant, or most likely, whatever words it lacks."""
NEARLY = 0.89
"""Keeps hits of the second tier below those of the first, however well they fit."""
STEP = 5.0
"""Passages that hold all words in a row, or nearly, stand before the others, in steps of how well they fit."""


class Gathering:
    """What one search has found so far."""

    def __init__(
        self,
        query: Query,
        limit: int,
        candidates: Candidates,
        selection: Selection,
        *,
        by_time: bool = False,
        quick: bool = False,
    ) -> None:
        """Gather up to `limit` hits for `query`.

        Args:
            query: what is looked for.
            limit: hits that are wanted.
            candidates: asks the index.
            selection: what the fields of the query mean.
            by_time: the newest passages first, however well they fit.
            quick: the newest passages with all words, without weighing how near to each other these stand.
        """
        self.query, self.limit, self.candidates, self.selection = query, limit, candidates, selection
        self.by_time, self.quick = by_time, quick
        # some hits are kept free for the other spellings of a name
        self.room = limit
        self.spelt: set[tuple[str, ...]] = set()
        self._text = " ".join(query.words)
        self._without = [Group(map(Alternative, term.choices), range(0)) for term in query.without]
        self._kept = Kept(by_time=by_time)
        self._best = 0.0
        self._look_into = LOOKED_INTO
        self._is_sure = False
        self._spent = 0.0
        self._fits: list[float] = []
        self._guessed: set[str] = set()
        self.total, self.total_is_exact = 0, True
        passages = candidates.last
        self._may_spend = SPENT + SPENT_SHARE * passages
        self.ranked = min(RANKED_MOST, RANKED + passages // RANKED_SHARE)

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

    def collect(self, groups: Sequence[Group], *, exact: bool = True) -> bool:
        """Take passages that hold the groups until there is no more room: those with the words in a row, the newest.

        Args:
            groups: what is looked for.
            exact: whether passages with the very words are wanted, or were collected before.

        Returns:
            whether these are all.
        """
        question, row = _question(groups), _row(groups)
        is_loose = bool(self._without or self.selection.checks) or any(group.is_loose for group in groups)
        is_ranked = (len(groups) > 1 or row) and not self.by_time and not self.quick
        most = self.ranked if is_ranked or row else CHECKED if is_loose else self.room + len(self._kept.seen)
        # those that are ranked need not come in order
        find = self.candidates.find_any if is_ranked else self.candidates.find
        ids = find(question, most)
        whole, before = len(ids) < most, len(self._kept.seen)
        order = [(0.0, identity) for identity in ids if identity not in self._kept.seen]
        if row:
            order = self._in_a_row([identity for _, identity in order], _words(groups))
        elif is_ranked:
            order = self._ordered([identity for _, identity in order])
        if is_ranked:
            order = sorted(((fit // STEP * STEP, identity) for fit, identity in order), key=lambda pair: -pair[0])
        whole &= self._take(order, groups, exact)
        found = len(self._kept.seen) - before
        if not whole and not is_loose and not self.quick:
            # the index alone can tell how many there are, those seen before among them
            counted = self.candidates.count(question, COUNTED)
            whole, found = counted < COUNTED, counted - before
        self._count(found, whole)
        return whole

    def collect_few(self, groups: Sequence[Group]) -> bool:
        """Take all passages that hold the groups, if there is room for them; False where there is not."""
        ids = self.candidates.find_some(_question(groups), self.room + 1)
        if len(ids) > self.room:
            return False
        self._count(0, self._take([(0.0, identity) for identity in ids], groups, exact=True))
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
                self.spelt.update(
                    item.alternative.words for _, item in examined.chosen if item.alternative.way == SPELLING
                )
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
        room = self.room
        each = max(2, (room - len(self._kept)) // len(forms))
        more = [
            [*groups[:at], Group([form], groups[at].terms, name=groups[at].name), *groups[at + 1 :]] for form in forms
        ]
        self._look_into = LOOKED_INTO // len(forms)
        for most in (each, room):
            left = []
            for one in more:
                self.room = min(room, len(self._kept) + most)
                if self.is_open and not self.collect(one, exact=False):
                    left.append(one)
            more = left
        self.room, self._look_into = room, LOOKED_INTO

    def fill(self, groups: Sequence[Group]) -> None:
        """Take more of what was counted before, where other spellings left room."""
        if self.is_open and len(self._kept.seen) < self.total:
            total, is_exact = self.total, self.total_is_exact
            self.collect(groups)
            self.total, self.total_is_exact = max(total, len(self._kept.seen)), is_exact

    # what nearly holds them

    def guess(self, guess: Guess, asking: Asking) -> None:
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
            self._guessed_at(candidate, fit_of[candidate.search_id], guess, asking)
        self._count(len(self._kept.seen) - before, whole)

    def _guessed_at(self, candidate: Candidate, fit: float, guess: Guess, asking: Asking) -> None:
        examined = self._examine(candidate, guess.groups, guess.spare, guess.most if fit >= LIKE_IT else 0)
        if examined and not asking.is_other_name(examined.groups, examined.places, examined.look.text):
            missing = [*(asking.surface(group.terms) for group in examined.missing), *guess.lost]
            hit = make_hit(examined, self.candidates.place, missing)
            self._best = max(self._best, fit)
            self._is_sure |= examined.is_in_a_row and not guess.lost
            self._fits.append(fit)
            self._kept.add(replace(hit, score=round(fit * NEARLY, 1)), candidate)

    def _fitting(self, guess: Guess) -> tuple[list[tuple[float, int]], bool]:
        """Return (fit, id) of passages that may be meant, the best first, and whether these are all."""
        most = RANKED_BOLDLY if guess.boldness else self.ranked
        enough = guess.enough
        # words that often stand together fit more passages than was expected: one more word is asked for
        while True:
            is_last = enough >= guess.useful
            question = _question(guess.asked[:enough])
            ids = self.candidates.find_any(question, most if is_last else MANY)
            self._guessed.add(question)
            if is_last or len(ids) < MANY:
                break
            enough += 1
        whole = len(ids) < most
        self._spent += max(guess.cost, len(ids) * A_TEXT)
        fresh = [identity for identity in ids if identity not in self._kept.seen]
        least = LIKE_IT if guess.boldness else 0.0
        order = sorted(self._ordered(fresh, least), reverse=True)
        return [pair for pair in order if pair[0] >= max(least, order[0][0] - FAR)], whole

    def _in_a_row(self, ids: Sequence[int], row: str) -> list[tuple[float, int]]:
        """Return (fit, id) of the passages that may have a row of words, in order; a title has more than its text."""
        found: dict[int, float] = {}
        # the words may be parted otherwise
        least = max(IN_A_ROW, 100.0 - GAP * row.count(" ") / len(row))
        for block, texts in self.candidates.texts(ids, whole=True):
            found.update(zip(block, fits(row, list(map(fold_text, texts)), least), strict=True))
        titles = self.candidates.titles(ids)
        return [
            (max(fit, least), identity) for identity in ids if (fit := found.get(identity, 0.0)) or identity in titles
        ]

    def _ordered(self, ids: Sequence[int], least: float = 0.0) -> list[tuple[float, int]]:
        """Return (fit, id) of passages, 0 to 100: how well a stretch of each fits the query. They stay in order.

        The fit is 0 where it is less than `least`, or far from the best.
        """
        found: dict[int, float] = {}
        best = 0.0
        for block, texts in self.candidates.texts(ids):
            fit = fits(self._text, list(map(fold_text, texts)), max(least, best - FAR))
            best = max([best, *fit])
            found.update(zip(block, fit, strict=True))
        return [(found[identity], identity) for identity in ids if identity in found]

    # what the fields alone ask for

    def list_passages(self, ids: Sequence[int]) -> bool:
        """Take passages in this order; False where there was no room for all."""
        for candidate in self.candidates.load(ids):
            if not self.is_open:
                return False
            if self.selection.holds(candidate) and not any(examine(candidate, [group]) for group in self._without):
                marks = self.selection.named.spans(candidate) if self.selection.named else []
                self._kept.add(listed_hit(candidate, marks, self.candidates.place), candidate)
        return True

    def counted(self, found: int, whole: bool) -> None:
        """Note how many passages there are in all."""
        self._count(found, whole)

    def _count(self, found: int, whole: bool) -> None:
        # where not all exact hits were taken, a later tier may have met them again
        self.total_is_exact &= whole and (not found or self.total == 0 or self.total <= len(self._kept.seen))
        self.total = max(self.total + max(found, 0), len(self._kept.seen))

    def _examine(
        self, candidate: Candidate, groups: Sequence[Group], spare: Container[int] = (), most: int = 0
    ) -> Examined | None:
        if any(examine(candidate, [group]) for group in self._without):
            return None
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
