"""What is kept of the reading: where a document was left, what was read and starred, which comments were there."""

from __future__ import annotations

import time

from textual.timer import Timer

from tui.screens.parts import ReaderParts
from tui.widgets.text_pane import TextPane

REMEMBER_SECONDS = 1.0
"""After so long without another key, what is kept goes to the disk."""
VISIT_SECONDS = 5.0
"""A document that was open for less was passed over: its new comments stay new."""


class Keeping(ReaderParts):
    """Keeps the reading state; the disk is written when the keys rest, on leaving the reader at the latest."""

    _remember_timer: Timer | None = None
    _opened_at = 0.0
    _is_touched = False
    _is_restoring = False

    def visit_begins(self) -> None:
        """Note that a document was opened."""
        self._opened_at, self._is_touched = time.monotonic(), False
        if self.document is None:
            return
        reading = self.session.reading
        reading.set_last_document(self.session.corpus, self.document.id)
        visit = reading.last_visit(self.document.id)
        self.new_ids = visit.new(row[0] for row in self.document.comments.outline) if visit else frozenset()
        self.remember_position()

    def visit_ends(self) -> None:
        """Keep where the open document was left, and which comments it had, before another is opened."""
        if not self.notes_loaded or self.document is None:
            return
        self.keep_position()
        if self._is_touched or time.monotonic() - self._opened_at >= VISIT_SECONDS:
            self.session.reading.visit(self.document.id, (row[0] for row in self.document.comments.outline))

    def text_touched(self) -> None:
        """Follow the cursor in a text: at its last passage a document counts as read."""
        if self._is_restoring:
            # a document that is passed over in the list is shown where it was left, and not read for that
            return
        self._is_touched = True
        self.remember_position()
        document = self.document
        if document and self.notes_loaded and self._is_at_end() and not self.is_read(document.id):
            self.session.reading.set_read([document.id], True)
            self.marks_changed()

    def _is_at_end(self) -> bool:
        """Tell whether the cursor is at the end of the article, or of the comments where that has no paragraph."""
        document, passage = self.document, self.texts.focused_passage()
        if document is None or passage is None:
            return False
        if document.paragraphs or not len(document.comments):
            return self.text_pane == "article" and passage.number == len(document.paragraphs)
        return self.text_pane == "comments" and self.comments.cursor == len(self.comments.source) - 1

    def remember_position(self) -> None:
        """Write down what is kept, a moment after the keys have come to rest."""
        if self._remember_timer is None:
            self._remember_timer = self.set_timer(REMEMBER_SECONDS, self._remember)
        else:
            self._remember_timer.reset()

    def _remember(self) -> None:
        self._remember_timer = None
        if self.notes_loaded:
            self.keep_position()
            self.run_worker(self.session.reading.flush, thread=True, group="keep", exit_on_error=False)

    def keep_position(self) -> None:
        """Keep where the open document is being read."""
        if not self.notes_loaded or self.document is None:
            return
        from corpus.reading import Position

        passage = self.texts.focused_passage()
        if passage:
            self.session.reading.set_position(self.document.id, Position(passage.key, passage.start))

    def restore_position(self) -> None:
        """Go where the document was left."""
        if self.document is None:
            return
        place = self.session.reading.position(self.document.id)
        if place is None:
            return
        self._is_restoring = True
        pane = self.article if place.key[1] is None else self.comments
        pane.go_to(place.key, place.offset, anchor="top")
        self._is_restoring = self._is_touched = False

    def folds_changed(self) -> None:
        """Keep what is folded."""
        if self.notes_loaded and self.document is not None:
            self.session.reading.set_folds(self.document.id, self.comments.folded)
            self.remember_position()

    def is_read(self, document: str) -> bool:
        """Tell whether a document was read."""
        return not self.notes_loaded or document in self.session.reading.read_among([document])

    # commands

    def command_read_toggle(self, count: int | None) -> bool | str:
        """Mark the document read or unread."""
        name = self.document_here()
        if name is None or not self.notes_loaded:
            return False
        read = not self.is_read(name)
        self.session.set_read([name], read)
        self.marks_changed()
        return "Marked read." if read else "Marked unread."

    def command_star(self, count: int | None) -> bool | str:
        """Star the document, or take the star away."""
        name = self.document_here()
        if name is None or not self.notes_loaded:
            return False
        starred = name not in self.session.reading.starred_among([name])
        self.session.set_star(name, starred)
        self.marks_changed()
        return "Starred." if starred else "Star taken away."

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
        document, source = self.document, self.articles.entries
        if document is None or source is None:
            return False
        if not self.is_read(document.id):
            self.session.reading.set_read([document.id], True)
        self.marks_changed()
        item = source.find(document.id)
        while item is not None:
            item = source.neighbour(item, 1)
            if item is not None and not source.marked(item)[0]:
                self.open(source.document(item) or "")
                self.articles.move_cursor(item, tell=False)
                self.show_pane("article")
                return True
        self.say("No unread document further on.")
        return True
