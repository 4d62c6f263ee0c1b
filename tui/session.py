"""What a running reader holds, without a screen: the library, notes, reading state, quotes and the undo log."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from threading import Lock
from typing import TYPE_CHECKING

from corpus.index.sources import Captures, Names
from corpus.library import Library
from corpus.model import Document, Mention, Span
from tui.capture_changes import CaptureChanges
from tui.list_marks import ListMarks
from tui.options import ReaderOptions
from tui.undo import UndoLog

if TYPE_CHECKING:
    from corpus.cite import Form, Style
    from corpus.details import Details
    from corpus.entities.gazetteer import Gazetteer
    from corpus.entities.recognise import Recogniser
    from corpus.entities.summary import EntityCount
    from corpus.judged import Judged
    from corpus.library import Progress, Report
    from corpus.notes.drafts import Drafts
    from corpus.paths import Folders
    from corpus.query import Completion
    from corpus.reading import ReadingState
    from corpus.saved_searches import History, SavedSearches
    from corpus.search import Results, Searcher
    from corpus.storage import Storage
    from tui.ahead import Ahead
    from tui.namebook import Namebook
    from tui.notebook import Notebook
    from tui.quotes import Quotes
    from tui.shelf import Shelf

LOOKED_AT = 50
"""Rows of the list that are looked at for a document to begin with."""


@dataclass
class Session(CaptureChanges, ListMarks):
    """One plain object that the screens talk to. Heavy parts are made when they are first asked for."""

    options: ReaderOptions
    undo: UndoLog = field(default_factory=UndoLog)
    _counting: Lock = field(default_factory=Lock)
    _searching: Lock = field(default_factory=Lock)

    @cached_property
    def library(self) -> Library:
        """The index over the captures."""
        options = self.options
        return Library.open(
            options.paths,
            options.folders.index(options.paths),
            recogniser=Names(options.folders.entities, options.settings.ner, self._recogniser),
            source=Captures(partial(_judged, options.folders)),
        )

    def _recogniser(self) -> Recogniser:
        from corpus.entities.ner import find_adapter
        from corpus.entities.recognise import Recogniser

        adapter, _ = find_adapter(self.options.settings.ner)
        return Recogniser(self.gazetteer, adapters=[adapter] if adapter else [])

    @cached_property
    def storage(self) -> Storage:
        """What writes files."""
        from corpus.storage import Storage

        return Storage()

    @cached_property
    def gazetteer(self) -> Gazetteer:
        """The names that are known."""
        from corpus.entities.gazetteer import Gazetteer

        return Gazetteer.load(self.options.folders.entities)

    @cached_property
    def reading(self) -> ReadingState:
        """What was read, and how far."""
        from corpus.reading import ReadingState

        return ReadingState(self.options.folders.reading)

    @cached_property
    def notebook(self) -> Notebook:
        """The user's notes."""
        from corpus.notes.annotation import Creator
        from corpus.notes.store import NoteStore
        from tui.notebook import Notebook

        folders = self.options.folders
        creator = Creator.named(self.options.settings.creator or _user_name())
        store = NoteStore(
            folders.notes,
            self.storage,
            folders.texts,
            folders.backups,
            creator=creator,
            drafts_folder=folders.drafts,
        )
        return Notebook(store, self.undo, self.storage)

    @cached_property
    def drafts(self) -> Drafts:
        """Texts that are typed and not yet saved."""
        from corpus.notes.drafts import Drafts

        return Drafts(self.options.folders.drafts, self.storage)

    @cached_property
    def quotes(self) -> Quotes:
        """The last quotes."""
        from tui.quotes import Quotes

        return Quotes(self.options.folders.state / "quotes.json", self.storage)

    @cached_property
    def details(self) -> Details:
        """What the user supplied where captures are silent."""
        from corpus.details import Details

        return Details(self.options.folders.corrections, self.storage)

    @cached_property
    def searcher(self) -> Searcher:
        """Search over everything."""
        return self._new_searcher()

    @cached_property
    def _counter(self) -> Searcher:
        """Counts what saved searches find: a searcher of its own, since one serves one thread at a time."""
        return self._new_searcher()

    def _new_searcher(self) -> Searcher:
        from corpus.search import Searcher
        from corpus.spelling import Spellings

        spellings = Spellings(self.library, lambda: self.gazetteer)
        return Searcher(self.library, spellings, reading=self.reading, notes=self.notebook.store)

    def search_first(self, query: str, stop: Callable[[], bool], *, limit: int) -> Results:
        """Return the quick first answer to a query, at most `limit` hits; blocking, for a worker."""
        with self._searching:
            return self.searcher.first(query, limit=limit, stop=stop)

    def search(self, query: str, stop: Callable[[], bool], *, limit: int, exact_only: bool = False) -> Results:
        """Return the whole answer to a query, at most `limit` hits; blocking, for a worker."""
        with self._searching:
            return self.searcher.search(query, limit=limit, exact_only=exact_only, stop=stop)

    def completions(self, text: str, cursor: int) -> Sequence[Completion]:
        """Return what the word before the cursor of a query may go on as; blocking, for a worker."""
        from corpus.query import completions

        return completions(text, cursor, self.library)

    @cached_property
    def history(self) -> History:
        """Queries that led somewhere, the latest first."""
        from corpus.saved_searches import History

        return History(self.options.folders.state / "search-history.json", self.storage)

    def count_of(self, query: str) -> str:
        """Return in words how many documents a search finds; blocking, for a worker."""
        with self._counting:
            number, is_exact = self._counter.count(query)
        return f"{number:,}{'' if is_exact else '+'}"

    def documents_with(self, query: str) -> frozenset[str]:
        """Return the documents in which a search finds something; blocking, for a worker."""
        with self._counting:
            return frozenset(self._counter.documents(query))

    # documents

    @cached_property
    def ahead(self) -> Ahead:
        """Opens documents, some before they are asked for."""
        from tui.ahead import Ahead

        return Ahead(self.library)

    def refresh(self, progress: Callable[[Progress], None] | None, stop: Callable[[], bool]) -> Report:
        """Read new and changed captures; blocking, for a worker."""
        return self.library.refresh(progress, stop, apart=True)

    @cached_property
    def shelf(self) -> Shelf:
        """Which documents the article list shows."""
        from tui.shelf import Shelf

        return Shelf(self.library, lambda: self.reading)

    @cached_property
    def searches(self) -> SavedSearches:
        """The searches that were saved."""
        from corpus.saved_searches import SavedSearches

        return SavedSearches(self.options.folders.searches, self.storage)

    def first_document(self) -> str | None:
        """Return the document to begin with: the one that was open last, else the first of the list."""
        listed = self.shelf.listed
        last = self.reading.last_document(self.corpus) if self.options.folders.reading.exists() else None
        if last and listed.listing.key_of(last) is not None:
            return last
        return next(
            (
                entry.document
                for entry in listed.entries(0, LOOKED_AT)
                if entry and entry.document and not entry.problem
            ),
            None,
        )

    @cached_property
    def corpus(self) -> str:
        """What names the folders and files that are open."""
        return self.options.folders.index(self.options.paths).stem

    @cached_property
    def names(self) -> Namebook:
        """The user's corrections of what was recognised."""
        from corpus.entities.judgements import Judgements
        from tui.namebook import Namebook

        judgements = Judgements(self.options.folders.corrections, self.storage, lambda: self.gazetteer.rows)
        return Namebook(judgements, self.gazetteer, self.library, self.undo)

    def mentions(self, document: Document) -> tuple[Mention, ...]:
        """Return what a document names, from the index or recognised now, corrected."""
        return self.names.mentions(document)

    def summary(self, document: Document, mentions: Sequence[Mention]) -> list[EntityCount]:
        """Return the entities of a document, grouped and counted for the sidebar."""
        from corpus.entities.summary import summarise

        return summarise(document, mentions, self.names.gazetteer)

    def supplied(self, document: Document) -> Mapping[str, str]:
        """Return what the user says of a document, with the zone that the folder gives where one is wanting."""
        given, zone = self.details.of(document.id), self.options.zone
        if zone is None:
            return given
        from tui.view.details import refusal

        return given if refusal(document, "zone") else {"zone": zone, **given}

    # quoting

    def quote(self, document: Document, spans: Sequence[Span], form: Form) -> str:
        """Return a quotation of the spans in one of the forms of `corpus.cite`."""
        from corpus.cite import quote

        return quote(document, spans, form, supplied=self.supplied(document))

    def cite(self, document: Document, span: Span, style: Style) -> str:
        """Return the citation of what a span lies in, in one of the styles of `corpus.cite`."""
        from corpus.cite import cite

        return cite(document, span, style, supplied=self.supplied(document))

    def supply(self, document: str, field_name: str, value: str | None) -> None:
        """Supply a detail of a document; undoable."""
        before = self.details.supply(document, field_name, value)
        self.undo.did(
            f"{field_name} supplied",
            lambda: self._supply(document, field_name, before),
            lambda: self._supply(document, field_name, value),
        )

    def _supply(self, document: str, field_name: str, value: str | None) -> None:
        self.details.supply(document, field_name, value)


def _judged(folders: Folders) -> Judged:
    """Return what is known of captures besides; goes through a pipe."""
    from corpus.judged import judged_of

    return judged_of(folders)


def _user_name() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "reader"
