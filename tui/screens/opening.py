"""Opening documents: which one is shown, and what of it."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from typing import TYPE_CHECKING

from textual.timer import Timer

from corpus.model import TextKey
from corpus.threads import Thread
from tui.screens.parts import ReaderParts
from tui.view.article import ArticleSource, source_line
from tui.view.comments import CommentsSource, counted
from tui.view.roles import HIGHLIGHTS
from tui.view.rows import EmptySource, Mark
from tui.widgets.comments_pane import CommentsPane

if TYPE_CHECKING:
    from corpus.library import Version

NOTHING_YET = (
    "There is nothing to read yet. Copy saved pages or texts into the folder that is open and press R; "
    "gp keeps a text that you paste, and korea-reader add FILE keeps a copy of a file in your library."
)
PREVIEW_SECONDS = 0.04
PREPARE_SECONDS = 0.02
MOST_PREPARED = 300
"""Comments of a document that is opened before it is asked for: one with more would hold up the keys meanwhile."""


class Opening(ReaderParts):
    """Puts a document into the panes."""

    def begin(self) -> None:
        """Set what a new session starts with."""
        self.measure = self.session.options.settings.measure
        self.furniture_shown = False
        self._preview_timer: Timer | None = None

    def open_first(self) -> None:
        """Open the document that was open last, where it was left, else the first of the list."""
        source = self.articles.entries
        name = self.session.first_document() if source else None
        if name is None:
            self.article.show(EmptySource(self._nothing_to_read()))
        elif source:
            item = source.find(name)
            if item is not None:
                self.articles.move_cursor(item, tell=False)
            self.open(name)

    def _nothing_to_read(self) -> str:
        library = self.session.library
        if library.count():
            return "None of these captures could be read."
        return NOTHING_YET if library.is_complete else "Reading captures…"

    def preview(self) -> None:
        """Open what the list's cursor stands on, once it rests there."""
        if self._preview_timer:
            self._preview_timer.stop()
        self._preview_timer = self.set_timer(PREVIEW_SECONDS, self.open_under_cursor)

    def open_under_cursor(self) -> None:
        """Open the document under the list's cursor; a capture that could not be read says why."""
        source = self.articles.entries
        entry = source.entry(self.articles.cursor) if source else None
        if entry is None:
            return
        if entry.document:
            if self.document is None or entry.document != self.document.id or self.version:
                self.open(entry.document)
        elif entry.problem:
            self.visit_ends()
            self.document = self.thread = None
            self.article.show(EmptySource(f"{entry.name} could not be read: {entry.problem}"))
            self.comments.show(EmptySource())
            self.entities.show(EmptySource())

    # a document

    quoted: Counter[int] | None = None
    """How often the paragraphs of the open document are quoted, where that is known."""
    _prepare_timer: Timer | None = None
    _way = 1
    """Which way the documents of the list were last gone through."""

    def open(self, name: str, *, restore: bool = True, version: Version | None = None) -> bool:
        """Open a document by its id, or one of its captures as it was; False where the index no longer has it."""
        self.visit_ends()
        self.quoted = None
        try:
            if version:
                document = self.session.library.document(name, key=version.key)
                thread = Thread(document)
            else:
                document, thread, self.quoted = self.session.ahead.open(name)
        except KeyError:
            self.say("This document is no longer in the captures.", error=True)
            return False
        if self.notes_loaded:
            document = self.session.details.applied(document)
        self.document, self.version, self.thread = document, version, thread
        self.lit = None
        self.article.lit = self.comments.lit = {}
        self.article.lit_now = self.comments.lit_now = None
        self.new_ids = frozenset()
        if self.notes_loaded:
            self.visit_begins()
        self.refill_texts(keep=False)
        self._mark_current(document.id)
        if restore and self.notes_loaded:
            self.restore_position()
        self.show_place()
        self.entities_later()
        self._prepare_later()
        return True

    def _prepare_later(self) -> None:
        """Make the next document ready once this one is painted."""
        if self._prepare_timer is None:
            self._prepare_timer = self.set_timer(PREPARE_SECONDS, self._prepare)
        else:
            self._prepare_timer.reset()

    def _prepare(self) -> None:
        """Open the document that a reader who goes on will ask for, and wrap what is seen of it first."""
        self._prepare_timer = None
        source = self.articles.entries
        item = source.neighbour(self.articles.cursor, self._way) if source else None
        entry = source.entry(item) if source and item is not None else None
        if entry is None or entry.document is None or entry.comments > MOST_PREPARED:
            return
        with suppress(KeyError):
            document, thread, quoted = self.session.ahead.open(entry.document)
            line = source_line(document)
            article = ArticleSource(document, measure=self.measure, source_line=line, quoted=quoted)
            self.article.paint_ahead(article)
            self.comments.paint_ahead(CommentsSource(document, thread, order=self.comments.order, measure=self.measure))

    def _mark_current(self, name: str) -> None:
        """Show in the list which document is open."""
        source = self.articles.entries
        if source:
            changed, source.current = {source.current, name}, name
            self.articles.refresh_items(lambda item: source.document(item) in changed)

    def renew(self) -> None:
        """Show the open document as its capture now is; the places in its texts stay."""
        before = self.document
        if before is None or self.version is not None:
            return
        try:
            document = self.session.library.document(before.id)
        except KeyError:
            self.say("The capture of this document is gone; it stays open.", error=True)
            return
        if document.version == before.version:
            return
        known = {row[0] for row in before.comments.outline}
        came = {row[0] for row in document.comments.outline} - known
        self.new_ids = (self.new_ids | came) & {row[0] for row in document.comments.outline}
        self.document = self.session.details.applied(document)
        self.thread, self.quoted = Thread(self.document), None
        self.comments.document, self.comments.thread = self.document, self.thread
        self.refill_texts()
        more = f" {len(came):,} new comments." if len(came) > 1 else " One new comment." if came else ""
        self.say(f"The open document has been captured anew.{more}")

    def refill_texts(self, *, keep: bool = True) -> None:
        """Show the open document anew: after opening, and after notes, folds or the measure have changed."""
        document, thread = self.document, self.thread
        if document is None or thread is None:
            return
        self.mark_notes()
        article = ArticleSource(
            document,
            measure=self.measure,
            unfolded=self.furniture_shown,
            noted=self.noted,
            source_line=source_line(document),
            quoted=self.quoted,
        )
        self.article.show(article, keep=keep)
        self.comments.subtitle = counted(document)
        name = document.capture.path.rsplit("/", 1)[-1] if document.capture else ""
        self.article.subtitle = document.outlet or name
        if self.version:
            self.article.subtitle = f"as captured {self.version.saved[:10]}, not the newest · gv"
        if keep:
            self.comments.refill()
        else:
            folded = self.session.reading.folds(document.id) if self.notes_loaded and document.comments else ()
            self.comments.open(document, thread, self._comments_source, folded)

    def _comments_source(self, pane: CommentsPane) -> CommentsSource:
        assert self.document is not None
        assert self.thread is not None
        return CommentsSource(
            self.document,
            self.thread,
            order=pane.order,
            folded=pane.folded,
            new=self.new_ids,
            measure=self.measure,
            noted=self.noted,
        )

    def noted(self, key: TextKey, start: int, end: int) -> bool:
        """Tell whether notes stand in a stretch of a text."""
        return any(mark.start < end and mark.end > start for mark in self.article.notes.get(key, ()))

    def mark_notes(self) -> None:
        """Light the notes of the open document in both texts."""
        marks: dict[TextKey, list[Mark]] = {}
        if self.notes_loaded and self.document:
            for key, found in self.session.notebook.by_text(self.document).items():
                marks[key] = [
                    Mark(start, end, f"ink-{colour}" if colour in HIGHLIGHTS else "noted")
                    for start, end, colour in found
                ]
        self.article.notes = self.comments.notes = marks

    # commands

    def command_open(self, count: int | None) -> bool | str:
        """Open the document under the list's cursor and go to its text; an entity shows its card."""
        if self.focused is self.articles:
            head = self.articles.entries.head(self.articles.cursor) if self.articles.entries else None
            if head and head.is_search:
                return self.show_search(head.text)
            self.open_under_cursor()
            if self.document:
                self.show_pane("article")
            return True
        if self.focused is self.entities:
            return self.open_entity()
        return False

    def command_document_next(self, count: int | None) -> bool | str:
        """Open the next document of the list."""
        return self._go_by(count or 1)

    def command_document_previous(self, count: int | None) -> bool | str:
        """Open the previous document of the list."""
        return self._go_by(-(count or 1))

    def _go_by(self, step: int) -> bool | str:
        source = self.articles.entries
        if source is None:
            return False
        self._way = 1 if step > 0 else -1
        here = self.articles.cursor
        if self.document is not None and source.document(here) != self.document.id:
            place = source.find(self.document.id)
            # a document that is not listed lies before the row that the cursor stands at
            here = here - (step > 0) if place is None else place
        item = source.neighbour(here, step)
        if item is None:
            return "This is the last document." if step > 0 else "This is the first document."
        self.mark_jump()
        self.articles.move_cursor(item, anchor="turn", tell=False)
        return self.open(source.document(item) or "")

    def command_versions(self, count: int | None) -> bool:
        """Show the captures of the document and what differs between them."""
        if self.document is None:
            return False
        from tui.screens.versions import VersionsScreen

        read = self.version.key if self.version else None
        self.app.push_screen(VersionsScreen(self.session, self.document, read), self._version_chosen)
        return True

    def _version_chosen(self, version: Version | None) -> None:
        """Read the capture that was chosen; the newest is the document as usual."""
        if version is not None:
            self.mark_jump()
            self.open(version.document, version=None if version.shown else version)
            self.show_pane("article")

    def command_furniture(self, count: int | None) -> bool | str:
        """Show or hide the parts of the page that are no article."""
        if self.document is None:
            return False
        if not self.document.folded:
            return "This capture has no hidden page parts."
        self.furniture_shown = not self.furniture_shown
        self.refill_texts()
        return "Hidden page parts are shown." if self.furniture_shown else "Page parts are hidden."
