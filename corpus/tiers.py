"""The tiers of a search, from what holds the very words to what they may be slips of."""

from __future__ import annotations

from collections.abc import Callable

from corpus.asking import Spellings
from corpus.gathering import COUNTED, Gathering
from corpus.guessing import Guessing
from corpus.index.vocabulary import Vocabulary
from corpus.queries.holding import Holding
from corpus.queries.layouts import other_layout
from corpus.query import parse
from corpus.renaming import renamed
from corpus.slips import Slips

LISTED = 4
"""So many times the hits that are wanted are asked for where fields stand alone; some stand twice."""
ENOUGH = 200
"""Where so many passages have the very words, or a name in another spelling, nothing else is looked for."""


class Tiers:
    """Goes through the tiers of one search while there is room for more."""

    def __init__(
        self,
        search: Gathering,
        vocabulary: Vocabulary,
        spellings: Spellings | None,
        messages: list[str],
        stop: Callable[[], bool],
    ) -> None:
        """Gather in `search`; what there is to say of it is added to `messages`."""
        self._search, self._messages, self._stop = search, messages, stop
        self._vocabulary, self._spellings = vocabulary, spellings

    def run(self, exact_only: bool) -> None:
        """Take what holds the words; unless that is all that is wanted, then names in other spellings, then guesses."""
        search, asking = self._search, self._search.asking
        named = [] if exact_only else asking.named()
        if named:
            search.room = search.limit - search.limit // 2
        begun = asking.begun(quick=search.quick, stems=not exact_only)
        exact = asking.exact()
        tiers = [exact, begun] if begun else [exact]
        # one question to the index instead of two, where few passages answer
        if not (search.quick and begun and search.collect_few(begun)):
            search.collect(exact, is_counted=not begun)
            if begun and search.is_open:
                search.collect(begun)
            elif begun:
                search.count_only(begun)
        if exact_only:
            return
        if named:
            search.room = search.limit
            search.spread(named, tiers[-1])
            search.fill(*tiers)
            search.peek(*tiers)
        if search.total >= ENOUGH:
            # nothing is guessed then, however many are wanted
            return
        if not search.is_open:
            search.total_is_exact = False
            return
        self._guess()
        search.total_is_exact &= search.is_open

    def _guess(self) -> None:
        """Look for what the query may be a slip of."""
        search, asking = self._search, self._search.asking
        if not search.total:
            self._try_other_layout()
        guessing = Guessing(search)
        for groups in asking.spaced():
            if guessing.is_done(1):
                break
            search.collect(groups, exact=False)
        slips = Slips(asking, self._vocabulary, search.candidates.last, self._stop)
        for guess in slips.guesses(guessing.may_cost):
            if guessing.is_done(guess.boldness):
                break
            guessing.guess(guess)
        meant = renamed(asking, slips.near, self._vocabulary, self._spellings)
        if meant:
            guessing.rename(meant)

    def _try_other_layout(self) -> None:
        """Where nothing holds the words, look for what the same keys type under the other keyboard layout."""
        search = self._search
        asked = search.asking.query
        text = other_layout(asked.text)
        if text is None:
            return
        meant = search.asking.instead(parse(text))
        for groups in (meant.exact(), meant.named()):
            if groups:
                search.collect(groups, exact=True)
        if search.total:
            search.relabel(text)
            self._messages.append(f"Nothing has “{asked.text}”; these have “{text}”, typed with the same keys")


def list_fields(search: Gathering, holding: Holding) -> None:
    """Take what the fields alone ask for: titles and comments, or the passages with a name."""
    selection, candidates = search.selection, search.candidates
    if selection.require:
        most = LISTED * search.limit if selection.is_sure else COUNTED
        ids = candidates.find("", most)
        whole = search.list_passages(ids) and len(ids) < most
        # what must be looked at is counted as far as it was
        counted = candidates.count("", COUNTED) if selection.is_sure else 0
        search.count_listed(counted, counted < COUNTED if selection.is_sure else whole)
        return
    listed = holding.listed(candidates.scope, bool(selection.checks))
    ids = listed.ids(COUNTED)
    whole = search.list_passages(ids) and len(ids) < COUNTED
    is_counted = selection.is_sure and not selection.exclude
    search.count_listed(listed.count if is_counted else 0, whole or is_counted)
