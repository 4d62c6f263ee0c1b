"""What a running reader holds, without a screen: the library, notes, reading state, quotes and the undo log."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import TYPE_CHECKING

from corpus.library import Entry, Library
from corpus.model import Document, Mention, Span
from tui.options import ReaderOptions
from tui.undo import UndoLog

if TYPE_CHECKING:
    from corpus.cite import Form, Style
    from corpus.details import Details
    from corpus.entities.gazetteer import Gazetteer
    from corpus.entities.recognise import Recogniser
    from corpus.entities.summary import EntityCount
    from corpus.library import Progress, Report
    from corpus.notes.drafts import Drafts
    from corpus.reading import ReadingState
    from corpus.search import Searcher
    from corpus.storage import Storage
    from tui.namebook import Namebook
    from tui.notebook import Notebook
    from tui.quotes import Quotes

ORDERS = ("added", "date", "title", "comments", "outlet")


@dataclass
class Listing:
    """Which rows the article list shows, and in which order."""

    filter: str = ""
    order: str = ORDERS[0]
    entity: str | None = None
    entity_name: str = ""


@dataclass
class Session:
    """One plain object that the screens talk to. Heavy parts are made when they are first asked for."""

    options: ReaderOptions
    listing: Listing = field(default_factory=Listing)
    undo: UndoLog = field(default_factory=UndoLog)

    @cached_property
    def library(self) -> Library:
        """The index over the captures."""
        return Library.open(
            self.options.paths, self.options.folders.index(self.options.paths), recogniser=self._recogniser
        )

    def _recogniser(self) -> Recogniser:
        from corpus.entities.recognise import Recogniser

        return Recogniser(self.gazetteer)

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
            self.options.notes_file,
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
        from corpus.search import Searcher
        from corpus.spelling import Spellings

        return Searcher(self.library, Spellings(self.library, lambda: self.gazetteer))

    # documents

    def refresh(self, progress: Callable[[Progress], None] | None, stop: Callable[[], bool]) -> Report:
        """Read new and changed captures; blocking, for a worker."""
        return self.library.refresh(progress, stop)

    def count(self) -> int:
        """Return how many rows the article list has."""
        return self.library.count(self.listing.filter, entity=self.listing.entity)

    def entries(self, offset: int, limit: int) -> Sequence[Entry]:
        """Return rows of the article list."""
        shown = self.listing
        return self.library.entries(offset, limit, shown.filter, shown.order, entity=shown.entity)

    def position_of(self, document: str) -> int | None:
        """Return the row of a document in the article list."""
        shown = self.listing
        return self.library.position_of(document, shown.filter, shown.order, entity=shown.entity)

    def neighbour(self, document: str, step: int) -> str | None:
        """Return the next (1) or previous (-1) document of the list."""
        shown = self.listing
        return self.library.neighbour(document, step, shown.filter, shown.order, entity=shown.entity)

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

    def all_entities(self) -> list[EntityCount]:
        """Return the entities of all documents, in the groups of the sidebar; their mentions are not loaded."""
        return self.names.all_counts()

    # quoting

    def quote(self, document: Document, spans: Sequence[Span], form: Form) -> str:
        """Return a quotation of the spans in one of the forms of `corpus.cite`."""
        from corpus.cite import quote

        return quote(document, spans, form, supplied=self.details.of(document.id))

    def cite(self, document: Document, span: Span, style: Style) -> str:
        """Return the citation of what a span lies in, in one of the styles of `corpus.cite`."""
        from corpus.cite import cite

        return cite(document, span, style, supplied=self.details.of(document.id))

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

    def set_read(self, document: str, read: bool) -> None:
        """Mark a document read or unread; undoable."""
        before = self.reading.set_read([document], read)
        self.undo.did(
            "marked read" if read else "marked unread",
            partial(self.reading.restore_read, before),
            partial(self.reading.set_read, [document], read),
        )

    def set_star(self, document: str, starred: bool) -> None:
        """Star a document, or take its star away; undoable."""
        before = self.reading.set_starred([document], starred)
        self.undo.did(
            "starred" if starred else "star taken away",
            partial(self.reading.restore_starred, before),
            partial(self.reading.set_starred, [document], starred),
        )


def _user_name() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "reader"
