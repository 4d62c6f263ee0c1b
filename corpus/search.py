"""Search over all texts of a library: exact hits at once, then other spellings and likely typing errors.

Two tiers. The first asks the index for the very words, newest first, and ranks nothing. The second,
where the first did not fill the list, lets each word stand for what it may be a slip of, takes names in
their other spellings, and ranks what the index returns by how well a stretch of the text fits the query.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal, Protocol

from corpus.asking import Asking, Spellings
from corpus.finding import Match, find_in
from corpus.fuzzy import StoppedError, never, scores
from corpus.hits import Examined, Hit, examine, make_hit
from corpus.index.candidates import Candidate, Candidates
from corpus.index.records import DamagedError
from corpus.index.schema import NotOursError
from corpus.index.vocabulary import Vocabulary, load
from corpus.library import Library
from corpus.matching import Alternative, Group
from corpus.query import Query, parse
from corpus.text import fold

if TYPE_CHECKING:
    from corpus.notes.annotation import Annotation
    from corpus.reading import ReadingState

__all__ = ["Hit", "Match", "Results", "Searcher", "find_in"]

LIMIT = 200
COUNTED = 10_000
"""Hits are counted exactly up to here."""
CHECKED = 2000
"""Passages whose texts are looked into where the index alone cannot tell."""
RANKED = 1000
"""Passages of the second tier that are ranked."""
RANKED_BOLDLY = 250
"""The same where a word of the query was given up: there are many such readings."""
ENOUGH = 10
"""With fewer hits than this a longer query may lack a word."""
LIKE_IT = 72.0
"""A passage that lacks a word counts where a stretch of it fits the query so well, 0 to 100."""
NEARLY = 0.89
"""Keeps hits of the second tier below those of the first, however well they fit."""
REPEATED = 40
"""A passage at least so long that stands in two documents is shown once."""


Order = Literal["relevance", "time"]


class Notes(Protocol):
    """The user's notes, as a `NoteStore` keeps them."""

    @property
    def annotations(self) -> tuple[Annotation, ...]:
        """All annotations."""
        ...


@dataclass(frozen=True, slots=True)
class Results:
    """Hits, exact ones first, and how many passages there are: exactly, or at least.

    `messages` are sentences about the query or the index; `is_whole` is False when the search was stopped.
    """

    hits: tuple[Hit, ...] = ()
    total: int = 0
    total_is_exact: bool = True
    messages: tuple[str, ...] = ()
    is_whole: bool = True

    def __str__(self) -> str:
        """Return "200 of exactly N" or "200 of more than N"."""
        return f"{len(self.hits)} of {'exactly' if self.total_is_exact else 'more than'} {self.total}"


class Searcher:
    """Searches a library, from any one thread at a time. What it learns of the words is kept between searches."""

    def __init__(
        self,
        library: Library,
        spellings: Spellings | None = None,
        *,
        reading: ReadingState | None = None,
        notes: Notes | None = None,
    ) -> None:
        """Search `library`.

        Args:
            library: what is searched, whether or not it is read to the end.
            spellings: returns all spellings of the name that a text is, and nothing for other texts.
            reading: what was read and starred, for `is:`.
            notes: the user's notes, such as a `NoteStore`, for `tag:`, `is:noted` and hits in notes.
        """
        self._library = library
        self._spellings = spellings
        self._reading, self._notes = reading, notes
        self._vocabulary = Vocabulary({})
        self._state: object = None

    def search(
        self,
        query: str,
        limit: int = LIMIT,
        exact_only: bool = False,
        stop: Callable[[], bool] = never,
        order: Order | None = None,
    ) -> Results:
        """Return the passages that fit a query; no query is an error.

        Args:
            query: words, "an exact phrase", -without; at most 256 characters count.
            limit: hits returned.
            exact_only: the words as typed and words that go on from the last one, which is quick.
            stop: asked often; True ends the search with what it has.
            order: relevance, or time: the newest first; None for what the query says, else relevance.
        """
        asked = parse(query)
        if not asked.terms:
            return Results(messages=asked.messages)
        search = _Search(asked, max(1, limit), stop)
        messages = list(asked.messages)
        try:
            connection = self._library.readers.connection()
            # a query that nobody waits for is ended inside SQLite too
            connection.set_progress_handler(lambda: 1 if stop() else 0, 20_000)
            candidates = Candidates(connection, stop)
            try:
                self._run(search, connection, candidates, exact_only)
            finally:
                connection.set_progress_handler(None, 0)
            if candidates.damaged:
                raise DamagedError
        except StoppedError:
            search.is_whole = False
        except (sqlite3.Error, DamagedError, NotOursError, ValueError) as error:
            search.is_whole = False
            if getattr(error, "sqlite_errorcode", 0) & 0xFF != sqlite3.SQLITE_INTERRUPT:
                self._library.readers.note(error)
                messages.append(self._library.message)
        return search.results(tuple(messages))

    def first(self, query: str, limit: int = LIMIT, stop: Callable[[], bool] = never) -> Results:
        """Return what holds the very words, at once; the rest of `search` may follow."""
        return self.search(query, limit, exact_only=True, stop=stop)

    def count(self, query: str) -> tuple[int, bool]:
        """Return how many documents `documents` has, and whether that is exact or the least."""
        found = self.documents(query)
        return len(found), True

    def documents(self, query: str) -> list[str]:
        """Return the documents with a passage that holds the query in the very words, the newest first."""
        return list(dict.fromkeys(hit.document for hit in self.search(query, COUNTED, exact_only=True).hits))

    def _run(self, search: _Search, connection: sqlite3.Connection, candidates: Candidates, exact_only: bool) -> None:
        asking = Asking(search.query, self._words(connection), self._spellings, search.stop)
        named = [] if exact_only else asking.named()
        search.room = search.limit - search.limit // 4 if named else search.limit
        search.collect(candidates, asking.exact())
        if search.is_open and (groups := asking.begun()):
            search.collect(candidates, groups)
        search.room = search.limit
        if exact_only or not search.is_open:
            return
        if named:
            search.collect(candidates, named, exact=False)
            search.fill(candidates, asking.exact())
        for groups, missing in asking.near():
            if search.is_done(len(missing)):
                break
            search.rank(candidates, groups, missing, asking)

    def _words(self, connection: sqlite3.Connection) -> Vocabulary:
        state = connection.execute("SELECT count(*), max(id), total(sum) FROM vocabulary").fetchone()
        if state != self._state:
            self._vocabulary, self._state = load(connection), state
        return self._vocabulary


@dataclass(slots=True)
class _Kept:
    """A hit with what it is ordered by."""

    hit: Hit
    date: str
    at: tuple[int, int]


class _Search:
    """One search under way: what was found so far."""

    def __init__(self, query: Query, limit: int, stop: Callable[[], bool]) -> None:
        self.query, self.limit, self.stop = query, limit, stop
        # some hits are kept free for the other spellings of a name
        self.room = limit
        self.is_whole = True
        self._without = [Group([Alternative(term.words)], range(0)) for term in query.without]
        self._kept: list[_Kept] = []
        self._texts: dict[str, _Kept] = {}
        self._seen: set[int] = set()
        self._total, self._total_is_exact = 0, True

    @property
    def is_open(self) -> bool:
        """Whether there is room for more hits."""
        return len(self._kept) < self.room

    def is_done(self, missing: int) -> bool:
        """Tell whether a reading that gives up so many words is not needed any more."""
        enough = (self.limit, ENOUGH, 1)[min(missing, 2)]
        return not self.is_open or len(self._kept) >= enough

    def results(self, messages: tuple[str, ...]) -> Results:
        """Return what was found: the surest first, of equals the newest, within a document as in the text."""
        self._kept.sort(key=lambda kept: kept.at)
        self._kept.sort(key=lambda kept: kept.date, reverse=True)
        self._kept.sort(key=lambda kept: -kept.hit.score)
        hits = tuple(kept.hit for kept in self._kept)
        return Results(hits, self._total, self._total_is_exact and self.is_whole, messages, self.is_whole)

    def collect(self, candidates: Candidates, groups: Sequence[Group], *, exact: bool = True) -> None:
        """Take the passages that hold the groups, newest first, until there is no more room.

        Args:
            candidates: asks the index.
            groups: what is looked for.
            exact: whether passages with the very words are wanted, or were collected before.
        """
        question = _question(groups)
        is_loose = bool(self._without) or any(group.is_loose for group in groups)
        # those seen before come again
        most = CHECKED if is_loose else self.room + len(self._seen)
        ids = candidates.find(question, most)
        fresh = [identity for identity in ids if identity not in self._seen]
        whole, before = len(ids) < most, len(self._seen)
        for candidate in candidates.load(fresh):
            if not self.is_open:
                whole = False
                break
            examined = self._examine(candidate, groups)
            if examined and (exact or not examined.is_exact):
                self._keep(make_hit(examined, groups, candidates.place), candidate)
        found = len(self._seen) - before
        if not whole and not is_loose:
            # the index alone can tell how many there are, those seen before among them
            counted = candidates.count(question, COUNTED)
            whole, found = counted < COUNTED, counted - before
        self._count(found, whole)

    def fill(self, candidates: Candidates, groups: Sequence[Group]) -> None:
        """Take more of what was counted before, where other spellings left room."""
        if self.is_open and len(self._seen) < self._total:
            total, is_exact = self._total, self._total_is_exact
            self.collect(candidates, groups)
            self._total, self._total_is_exact = max(total, len(self._seen)), is_exact

    def rank(self, candidates: Candidates, groups: Sequence[Group], missing: Sequence[str], asking: Asking) -> None:
        """Take passages in which the words are nearly right, those that fit best first."""
        most = RANKED_BOLDLY if missing else RANKED
        ids = candidates.find_any(_question(groups), most + len(self._seen))
        fresh = [identity for identity in ids if identity not in self._seen][:most]
        whole, before = len(fresh) < most, len(self._seen)
        loaded = list(candidates.load(fresh))
        fits = scores(" ".join(self.query.words), (fold(candidate.text).text for candidate in loaded), self.stop)
        for fit, candidate in sorted(zip(fits, loaded, strict=True), key=lambda pair: -pair[0]):
            if missing and fit < LIKE_IT:
                break
            if not self.is_open:
                whole = False
                break
            examined = self._examine(candidate, groups)
            if examined and not asking.is_other_name(groups, examined.places, examined.look.text):
                hit = make_hit(examined, groups, candidates.place, missing)
                self._keep(replace(hit, score=hit.score or round(fit * NEARLY, 1)), candidate)
        self._count(len(self._seen) - before, whole)

    def _count(self, found: int, whole: bool) -> None:
        # where not all exact hits were taken, a later tier may have met them again
        self._total_is_exact &= whole and (not found or self._total == 0 or self._total <= len(self._seen))
        self._total = max(self._total + max(found, 0), len(self._seen))

    def _examine(self, candidate: Candidate, groups: Sequence[Group]) -> Examined | None:
        if any(examine(candidate, [group]) for group in self._without):
            return None
        return examine(candidate, groups)

    def _keep(self, hit: Hit, candidate: Candidate) -> None:
        self._seen.add(candidate.search_id)
        first = self._texts.get(candidate.text) if len(candidate.text) >= REPEATED else None
        if first is None or candidate.number == 0:
            kept = _Kept(hit, candidate.date, (candidate.key, candidate.number))
            self._kept.append(kept)
            self._texts.setdefault(candidate.text, kept)
        elif hit.document not in (first.hit.document, *first.hit.also):
            first.hit = replace(first.hit, also=(*first.hit.also, hit.document))


def _question(groups: Sequence[Group]) -> str:
    return " AND ".join(group.expression for group in groups)
