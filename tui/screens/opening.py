"""Opening documents: which one is shown, where it was left, what was read."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

from textual.timer import Timer

from corpus.details import with_details
from corpus.model import Document, TextKey
from corpus.threads import Thread
from tui.screens.parts import ReaderParts
from tui.view.article import ArticleSource, source_line
from tui.view.comments import CommentsSource
from tui.view.entries import EntriesSource
from tui.view.roles import HIGHLIGHTS
from tui.view.rows import EmptySource, Mark
from tui.widgets.text_pane import TextPane

if TYPE_CHECKING:
    from tui.widgets.comments_pane import CommentsPane

PREVIEW_SECONDS = 0.04
REMEMBER_SECONDS = 1.0


class Opening(ReaderParts):
    """Puts a document into the panes and keeps its reading state."""

    def begin(self) -> None:
        """Set what a new session starts with."""
        self.measure = self.session.options.settings.measure
        self.furniture_shown = False
        self._preview_timer: Timer | None = None
        self._remember_timer: Timer | None = None
        self._new: frozenset[str] = frozenset()

    # the list

    def fill_articles(self, *, keep: bool = False) -> None:
        """Show the list as the index has it now."""
        session = self.session
        count = session.count()
        if not count:
            said = (
                "Nothing fits the filter." if session.listing.filter or session.listing.entity else "Reading captures…"
            )
            if session.library.is_complete and not session.listing.filter:
                said = "No captures here. Press gp to paste one, or start with a folder: korea-reader FOLDER."
            self.articles.show(EmptySource(said))
        else:
            source = EntriesSource(
                count,
                session.entries,
                marks=self._marks,
                noted=self._notes_on,
                current=self.document.id if self.document else None,
                position=session.position_of,
            )
            self.articles.show(source, keep=keep)
        listing = session.listing
        filters = [f"“{listing.filter}”"] if listing.filter else []
        filters += [listing.entity_name] if listing.entity else []
        self.articles.subtitle = " ".join(
            [f"{count:,}", *filters, "" if listing.order == "added" else f"by {listing.order}"]
        )
        self.articles.repaint()

    def _marks(self, documents: Sequence[str]) -> tuple[Collection[str], Collection[str]]:
        """Return which documents are read and which are starred; all count as read until the reading state is there."""
        if not self.notes_loaded:
            return documents, ()
        reading = self.session.reading
        return reading.read_among(documents), reading.starred_among(documents)

    def _is_read(self, document: str) -> bool:
        return document in self._marks([document])[0]

    def marks_changed(self) -> None:
        """Paint the list with other marks."""
        if self.articles.entries:
            self.articles.entries.forget_marks()
        self.articles.wrapped.forget()
        self.articles.repaint()

    def _notes_on(self, document: str) -> int:
        return len(self.session.notebook.store.by_document(document)) if self.notes_loaded else 0

    def open_first(self) -> None:
        """Open the first document of the list."""
        source = self.articles.entries
        if source is None:
            said = "There is nothing to read yet." if self.session.library.is_complete else "Reading captures…"
            self.article.show(EmptySource(said))
            return
        for item in range(min(len(source), 50)):
            entry = source.entry(item)
            if entry and entry.document:
                self.articles.cursor = item
                self.open(entry.document)
                return
        self.article.show(EmptySource("None of these captures could be read."))

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
            if self.document is None or entry.document != self.document.id:
                self.open(entry.document)
        elif entry.problem:
            self.document = self.thread = None
            self.article.show(EmptySource(f"{entry.name} could not be read: {entry.problem}"))
            self.comments.show(EmptySource())
            self.entities.show(EmptySource())

    # a document

    def open(self, name: str, *, restore: bool = True) -> bool:
        """Open a document by its id; False where the index no longer has it."""
        self.keep_position()
        try:
            document = self.session.library.document(name)
        except KeyError:
            self.say("This document is no longer in the captures.", error=True)
            return False
        if self.notes_loaded:
            document = with_details(document, self.session.details.of(document.id))
        self.document = document
        self.thread = Thread(document)
        self.lit = None
        self.article.lit = self.comments.lit = {}
        self.article.lit_now = self.comments.lit_now = None
        self._new = frozenset()
        if self.notes_loaded:
            self.visit_begins(document)
        self.refill_texts(keep=False)
        source = self.articles.entries
        if source:
            changed, source.current = {source.current, document.id}, document.id
            self.articles.refresh_items(lambda item: source.document(item) in changed)
        if restore and self.notes_loaded:
            self.restore_position()
        self.show_place()
        self.call_after_refresh(self.after_opening, document)
        return True

    def after_opening(self, document: Document) -> None:
        """Do what can wait until the text is painted."""
        if document is self.document and self.notes_loaded:
            self.show_entities()

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
        )
        self.article.show(article, keep=keep)
        count = len(document.comments)
        stated = document.stated_comment_count
        said = f"{count:,}"
        if stated and stated.n != count:
            said += f" · page says {stated.n:,}"
        self.comments.subtitle = said if count else ""
        self.article.subtitle = document.outlet or (
            document.capture.path.rsplit("/", 1)[-1] if document.capture else ""
        )
        if keep:
            self.comments.refill()
        else:
            self.comments.open(document, thread, self._comments_source)

    def _comments_source(self, pane: CommentsPane) -> CommentsSource:
        assert self.document is not None
        assert self.thread is not None
        return CommentsSource(
            self.document,
            self.thread,
            order=pane.order,
            folded=pane.folded,
            new=self.new_comments(),
            measure=self.measure,
            noted=self.noted,
        )

    def new_comments(self) -> frozenset[str]:
        """Return the ids of comments that came since the last visit."""
        return self._new

    def visit_begins(self, document: Document) -> None:
        """Note the visit; comments beyond those of the last one are new."""
        before = self.session.reading.visit(document.id, len(document.comments))
        if before:
            self._new = frozenset(entry[0] for entry in document.comments.outline[before.comments :])

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

    # where it was left

    def remember_position(self) -> None:
        """Keep the place, a moment after the cursor has come to rest."""
        if self._remember_timer:
            self._remember_timer.stop()
        self._remember_timer = self.set_timer(REMEMBER_SECONDS, self.keep_position)

    def keep_position(self) -> None:
        """Write down where the open document is being read; at its last passage it counts as read."""
        if not self.notes_loaded or self.document is None:
            return
        from corpus.reading import Position

        passage = self.article.focused_passage()
        if passage:
            self.session.reading.set_position(self.document.id, Position(passage.key, passage.start))
        if passage and passage.number == len(self.document.paragraphs) and not self._is_read(self.document.id):
            self.session.reading.set_read([self.document.id], True)
            self.marks_changed()

    def restore_position(self) -> None:
        """Go where the document was left."""
        if self.document is None:
            return
        place = self.session.reading.position(self.document.id)
        if place:
            self.article.go_to(place.key, place.offset, anchor="top")

    # commands

    def command_open(self, count: int | None) -> bool | str:
        """Open the document under the list's cursor and go to its text; an entity shows its card."""
        if self.focused is self.articles:
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
        if self.document is None:
            return False
        found = self.session.neighbour(self.document.id, step)
        if found is None:
            return "This is the last document." if step > 0 else "This is the first document."
        self.open(found)
        position = self.session.position_of(found)
        if position is not None:
            self.articles.move_cursor(position, tell=False)
        return True

    def command_space(self, count: int | None) -> bool:
        """Read on: a page, then comments, then the next unread document."""
        pane = self.focused
        if not isinstance(pane, TextPane):
            return self.run_command("page-down", count)
        lines = pane.lines()
        at_end = (
            bool(lines)
            and lines[-1][0] >= len(pane.source) - 1
            and lines[-1][1] >= len(pane.wrapped.rows(lines[-1][0])) - 1
        )
        if not at_end:
            return self.run_command("page-down", count)
        if pane is self.article and self.document and len(self.document.comments):
            self.show_pane("comments")
            return True
        return self._next_unread()

    def _next_unread(self) -> bool:
        document = self.document
        if document is None:
            return False
        if not self._is_read(document.id):
            self.session.reading.set_read([document.id], True)
        found: str | None = document.id
        for _ in range(2000):
            found = self.session.neighbour(found, 1) if found else None
            if found is None or not self._is_read(found):
                break
        if found is None:
            self.say("No unread document further on.")
            return True
        self.open(found)
        self.fill_articles(keep=True)
        self.articles.cursor = self.session.position_of(found) or 0
        self.articles._bring_into_view("near")
        self.show_pane("article")
        return True

    def command_read_toggle(self, count: int | None) -> bool | str:
        """Mark the document read or unread."""
        name = self._document_here()
        if name is None or not self.notes_loaded:
            return False
        read = not self._is_read(name)
        self.session.set_read(name, read)
        self.marks_changed()
        return "Marked read." if read else "Marked unread."

    def command_star(self, count: int | None) -> bool | str:
        """Star the document, or take the star away."""
        name = self._document_here()
        if name is None or not self.notes_loaded:
            return False
        starred = name not in self._marks([name])[1]
        self.session.set_star(name, starred)
        self.marks_changed()
        return "Starred." if starred else "Star taken away."

    def _document_here(self) -> str | None:
        if self.focused is self.articles and self.articles.entries:
            entry = self.articles.entries.entry(self.articles.cursor)
            return entry.document if entry else None
        return self.document.id if self.document else None

    def command_furniture(self, count: int | None) -> bool | str:
        """Show or hide the parts of the page that are no article."""
        if self.document is None:
            return False
        if not self.document.folded:
            return "This capture has no hidden page parts."
        self.furniture_shown = not self.furniture_shown
        self.refill_texts()
        return "Hidden page parts are shown." if self.furniture_shown else "Page parts are hidden."
