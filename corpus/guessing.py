"""Guesses at a query of which words are misspelt: passages that nearly hold them, the best in the place of poorer ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from corpus.gathering import LOOKED_INTO, Gathering, question_of
from corpus.hits import make_hit
from corpus.index.passages import Candidate
from corpus.matching import Alternative, Group
from corpus.odds import A_TEXT, RANKED_BOLDLY
from corpus.ranking import FAR
from corpus.renaming import Renamed
from corpus.slips import MANY, Guess

SPENT, SPENT_SHARE = 2_000_000, 1.3
"""Entries of the index that are read for slips, about, beyond the first guess, and so many for each passage more."""
SPARE = 10
LIKE_IT = 72.0
"""A passage that lacks a word counts where a stretch of it fits the query so well, 0 to 100."""
SHORT_TOO = 80.0
"""So well fits a passage that may lack even a short word, though these may be all that tells two names apart."""
SURELY, LIKELY = 86.0, 83.0
"""So well does a passage fit that is surely meant, or most likely, whatever words it lacks."""
NEARLY = 0.89
"""Keeps hits of the second tier below those of the first, however well they fit."""
ENOUGH = 5
"""Passages with the very words, or with a name in another spelling: with so many the query hardly means something else."""


_Asked = dict[range, frozenset[Alternative]]


class Guessing:
    """Takes what guesses bring into what a search has found, while that costs no more than it is likely to bring."""

    def __init__(self, search: Gathering) -> None:
        """Go on with a search that has what holds the words."""
        self._search = search
        self._may_spend = SPENT + SPENT_SHARE * search.candidates.last
        self._spent = 0.0
        self._is_sure = False
        self._fits: list[float] = []
        self._guessed: set[str] = set()
        self._answered: list[_Asked] = []

    @property
    def _is_certain(self) -> bool:
        """Whether what is meant was most likely found."""
        return self._is_sure or self._search.best >= SURELY or len(self._search.kept) - len(self._fits) >= ENOUGH

    def is_done(self, boldness: int) -> bool:
        """Tell whether a guess so bold is not needed any more."""
        if self._is_sure or len(self._search.kept) - len(self._fits) >= self._search.room:
            return True
        return boldness > 0 and self._search.best >= (SURELY, LIKELY)[min(boldness, 2) - 1]

    def may_cost(self, cost: float) -> bool:
        """Tell whether a guess is likely to bring as much as it costs, in entries of the index that are read; the first is."""
        may = not self._guessed or self._spent + cost <= self._may_spend
        self._search.total_is_exact &= may
        return may

    def guess(self, guess: Guess) -> None:
        """Take passages in which the words are nearly right, those that fit best first."""
        if not self.may_cost(guess.cost) or self._was_answered(guess):
            return
        if question_of(guess.asked[: guess.enough]) in self._guessed:
            return
        order, whole = self._fitting(guess)
        fitting, before = len(order), len(self._search.kept.seen)
        room = self._search.room - len(self._search.kept)
        if room < SPARE:
            # what fits better takes the place of what was found before
            places = self._search.room - (len(self._search.kept) - len(self._fits))
            least = sorted(self._fits, reverse=True)[max(0, places - 1) : places]
            order = [pair for pair in order if [pair[0]] > least]
        # some are the names of others, or stand twice
        most = max(room, SPARE)
        order = order[: 2 * most + SPARE]
        whole &= len(order) == fitting
        fit_of = {identity: fit for fit, identity in order}
        for candidate in self._search.candidates.load([identity for _, identity in order]):
            if len(self._search.kept.seen) - before == most:
                whole = False
                break
            self._guessed_at(candidate, fit_of[candidate.search_id], guess)
        self._search.count(len(self._search.kept.seen) - before, whole)

    def _was_answered(self, guess: Guess) -> bool:
        """Tell whether all that a bold guess asks for was among what another one brought."""
        asked = _by_term(guess.asked)
        return guess.boldness > 0 and any(
            all(at in asked and asked[at] <= wider for at, wider in answered.items()) for answered in self._answered
        )

    def rename(self, meant: Renamed) -> None:
        """Take passages with names that were misspelt, in their other spellings: among the guesses, or after sure ones."""
        before, room = len(self._search.kept.seen), self._search.room - len(self._search.kept)
        fit, most = (LIKE_IT, room) if self._is_certain else (SURELY, max(room, SPARE))
        if most <= 0:
            self._search.total_is_exact = False
            return
        self._search.meant = meant.asking
        ids = self._search.candidates.find(question_of(meant.groups), LOOKED_INTO)
        whole = len(ids) < LOOKED_INTO
        for candidate in self._search.candidates.load(ids):
            if len(self._search.kept.seen) - before == most:
                whole = False
                break
            examined = self._search.examine(candidate, meant.groups)
            if examined and not self._search.asking.is_other_name(examined.groups, examined.places, examined.look.text):
                self._search.keep_spelt(examined)
                hit = replace(make_hit(examined, self._search.candidates.place), score=round(fit * NEARLY, 1))
                if hit.is_exact:
                    # the very words, but of the query as it was put right
                    hit = replace(hit, why=f"put right: {meant.asking.query.text}")
                if candidate.search_id in self._search.kept.seen:
                    self._search.kept.improve(hit, candidate)
                else:
                    self._search.kept.add(hit, candidate)
        self._search.count(len(self._search.kept.seen) - before, whole)

    def _guessed_at(self, candidate: Candidate, fit: float, guess: Guess) -> None:
        spare = guess.short if fit >= SHORT_TOO else guess.spare
        examined = self._search.examine(candidate, guess.groups, spare, guess.most if fit >= LIKE_IT else 0)
        if examined and not self._search.asking.is_other_name(examined.groups, examined.places, examined.look.text):
            missing = [*(self._search.asking.surface(group.terms) for group in examined.missing), *guess.lost]
            hit = make_hit(examined, self._search.candidates.place, missing)
            self._search.best = max(self._search.best, fit)
            self._is_sure |= examined.is_in_a_row and not guess.lost
            self._fits.append(fit)
            self._search.kept.add(replace(hit, score=round(fit * NEARLY, 1)), candidate)

    def _fitting(self, guess: Guess) -> tuple[list[tuple[float, int]], bool]:
        """Return (fit, id) of passages that may be meant, the best first, and whether these are all."""
        most = min(RANKED_BOLDLY, self._search.ranked) if guess.boldness else self._search.ranked
        enough = guess.enough
        # words that often stand together fit more passages than was expected: one more word is asked for
        while True:
            is_last = enough >= guess.useful
            question = question_of(guess.asked[:enough])
            ids = self._search.candidates.find_any(question, most if is_last else min(MANY, most))
            self._guessed.add(question)
            if is_last or len(ids) < min(MANY, most):
                break
            enough += 1
        whole = len(ids) < most
        if whole:
            self._answered.append(_by_term(guess.asked[:enough]))
        self._spent += max(guess.cost, len(ids) * A_TEXT)
        fresh = [identity for identity in ids if identity not in self._search.kept.seen]
        least = LIKE_IT if guess.boldness else 0.0
        order = sorted(self._search.ranking.ordered(fresh, least), reverse=True)
        return [pair for pair in order if pair[0] >= max(least, order[0][0] - FAR)], whole


def _by_term(groups: Sequence[Group]) -> _Asked:
    return {group.terms: frozenset(group.alternatives) for group in groups}
