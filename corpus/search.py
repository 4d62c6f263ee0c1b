"""Search over all texts of a library: exact hits at once, then other spellings and likely typing errors.

Two tiers. The first asks the index for the very words, newest first. The second, where the first did not
fill the list, lets each word stand for what it may be a slip of, takes names in their other spellings, and
ranks what the index returns by how well a stretch of the text fits the query. Fields are answered by the index.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Literal, Protocol

from corpus.asking import Asking, Spellings
from corpus.finding import Match, find_in
from corpus.fuzzy import StoppedError, never
from corpus.gathering import Gathering
from corpus.hits import Hit
from corpus.index.candidates import Candidates
from corpus.index.places import Places
from corpus.index.records import DamagedError
from corpus.index.schema import NotOursError
from corpus.index.vocabulary import Vocabulary, load
from corpus.library import Library
from corpus.queries.holding import Holding
from corpus.queries.selecting import select
from corpus.queries.selection import Asker, Selection
from corpus.query import Query, parse
from corpus.results import Results
from corpus.tiers import Tiers, list_fields

if TYPE_CHECKING:
    from corpus.notes.annotation import Annotation
    from corpus.reading import ReadingState

__all__ = ["Hit", "Match", "Notes", "Order", "Results", "Searcher", "find_in"]

LIMIT = 200
SAID = 6
"""Other spellings that are told."""

Order = Literal["relevance", "time"]


class Notes(Protocol):
    """The user's notes, as a `NoteStore` keeps them."""

    @property
    def annotations(self) -> tuple[Annotation, ...]:
        """All annotations."""
        ...


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
            spellings: returns all spellings of the name that a text is, and nothing for other texts; one that can
                also tell `entities` and `named`, such as `corpus.spelling.Spellings`, makes names hits of their own.
            reading: what was read and starred, for `is:`.
            notes: the user's notes, such as a `NoteStore`, for `tag:`, `is:noted` and hits in notes.
        """
        self._library = library
        self._spellings = spellings
        self._reading, self._notes = reading, notes
        self._vocabulary = Vocabulary({})
        self._places = Places()
        self._languages: dict[str, frozenset[int]] = {}
        self._state: object = None
        self._seen: object = None

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
            query: words, "an exact phrase", -without, one OR other, field:value; at most 256 characters count.
            limit: hits returned.
            exact_only: the words as typed and words that go on from the last one, which is quick.
            stop: asked often; True ends the search with what it has.
            order: relevance, or time: the newest first; None for what the query says, else relevance.
        """
        return self._search(parse(query), max(1, limit), stop, order, exact_only=exact_only)

    def first(self, query: str, limit: int = LIMIT, stop: Callable[[], bool] = never) -> Results:
        """Return the newest passages with the very words, at once; the rest of `search` may follow."""
        return self._search(parse(query), max(1, limit), stop, None, exact_only=True, quick=True)

    def count(self, query: str) -> tuple[int, bool]:
        """Return how many documents `documents` has, and whether that is exact or the least."""
        found, is_exact = self._holding(query)
        return len(found), is_exact

    def documents(self, query: str) -> list[str]:
        """Return the documents with a passage that holds the query, the newest first.

        Words count as typed and names in every spelling; slips do not.
        """
        return self._holding(query)[0]

    def _holding(self, query: str) -> tuple[list[str], bool]:
        asked = parse(query)
        found: tuple[list[str], bool] = ([], True)
        if not asked.is_empty:
            with self._connection(never, []) as connection:
                found = Holding(self._asker(connection), self._spellings).documents(asked)
        return found

    def _search(
        self,
        asked: Query,
        limit: int,
        stop: Callable[[], bool],
        order: Order | None,
        *,
        exact_only: bool,
        quick: bool = False,
    ) -> Results:
        if asked.is_empty:
            return Results(messages=asked.messages)
        messages = list(asked.messages)
        by_time = (order or asked.order) == "time"
        found: list[Gathering] = []
        aside: list[Hit] = []
        before: list[Hit] = []
        is_whole = False
        with self._connection(stop, messages) as connection:
            asker = self._asker(connection)
            selection = select(asked, asker)
            messages += selection.messages
            aside = self._aside(asked, selection)
            # what stands aside leaves most of the list to the passages
            before = aside if selection.only_notes else aside[: max(1, limit // 4)]
            if not asked.terms:
                selection.list_passages()
            candidates = Candidates(connection, stop, self._places, selection.scope)
            asking = Asking(asked, self._vocabulary, self._spellings)
            search = Gathering(asking, max(1, limit - len(before)), candidates, selection, by_time=by_time, quick=quick)
            found.append(search)
            if not selection.only_notes:
                if asked.terms:
                    Tiers(search, self._vocabulary, self._spellings, messages, stop).run(exact_only)
                else:
                    list_fields(search, Holding(asker, self._spellings))
            search.total_is_exact &= asker.is_whole
            if candidates.damaged:
                raise DamagedError
            is_whole = True
        if not found:
            return Results(messages=tuple(dict.fromkeys(messages)), is_whole=False)
        return self._results(found[0], aside, limit, messages, is_whole)

    def _results(self, search: Gathering, aside: list[Hit], limit: int, messages: list[str], is_whole: bool) -> Results:
        also: Sequence[str] = ()
        if search.spelt:
            also = search.meant.also(search.spelt)[:SAID]
            messages += [f"also {', '.join(also)}"] if also else []
        passages = search.hits()
        hits = (*aside[: max(limit // 4, 1, limit - len(passages))], *passages)[:limit]
        is_exact = search.total_is_exact and is_whole and not search.candidates.is_cut
        total = search.total + len(aside)
        return Results(
            hits,
            # there are surely more than one less than were met or counted
            total if is_exact else max(len(hits), total - 1),
            is_exact,
            tuple(dict.fromkeys(messages)),
            is_whole,
            tuple(also),
        )

    @contextmanager
    def _connection(self, stop: Callable[[], bool], messages: list[str]) -> Iterator[sqlite3.Connection]:
        """Give this thread's connection; what goes wrong with it becomes a message."""
        try:
            connection = self._library.readers.connection()
            # a query that nobody waits for is ended inside SQLite too
            connection.set_progress_handler(lambda: 1 if stop() else 0, 20_000)
            try:
                yield connection
            finally:
                connection.set_progress_handler(None, 0)
        except StoppedError:
            pass
        except (sqlite3.Error, DamagedError, NotOursError, ValueError) as error:
            if getattr(error, "sqlite_errorcode", 0) & 0xFF != sqlite3.SQLITE_INTERRUPT:
                self._library.readers.note(error)
                messages.append(self._library.message)

    def _asker(self, connection: sqlite3.Connection) -> Asker:
        words = self._words(connection)
        self._places.update(connection)
        asker = Asker(
            connection,
            self._places,
            words,
            getattr(self._spellings, "entities", lambda text: ()),
            self._notes.annotations if self._notes else (),
            self._reading,
            known=self._languages,
        )
        asker.inside = Holding(asker, self._spellings).inside
        return asker

    def _aside(self, asked: Query, selection: Selection) -> list[Hit]:
        """Return the entities and the notes of the user that fit."""
        from corpus.aside import entity_hits, note_hits

        found: list[Hit] = []
        named = getattr(self._spellings, "named", None)
        if named and asked.terms and not asked.filters:
            found += entity_hits(asked, named, self._library)
        if self._notes and selection.notes_too and asked.terms:
            found += note_hits(asked, self._notes.annotations, self._library)
        return found

    def _words(self, connection: sqlite3.Connection) -> Vocabulary:
        # a sum lies behind its words, which is far to read for each query
        seen = connection, connection.execute("PRAGMA data_version").fetchone()[0]
        if seen != self._seen:
            state = connection.execute("SELECT count(*), max(id), total(sum) FROM vocabulary").fetchone()
            if state != self._state:
                self._vocabulary, self._state = load(connection), state
            self._languages = {}
            self._seen = seen
        return self._vocabulary
