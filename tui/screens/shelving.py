"""The list of documents: which it shows, in which order, what waits to be shown, what is read, starred, hidden."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from textual import on
from textual.message import Message

from corpus.fuzzy import StoppedError
from tui.screens.saved_searching import COUNTED, SavedSearching
from tui.shelf import BY
from tui.view.entries import EntriesSource, Head, Marks
from tui.view.rows import EmptySource, Position

if TYPE_CHECKING:
    from corpus.index.listed import Listed
    from tui.widgets.rows_view import RowsView

MANY = 50
"""With more documents than this, none of them read, the list offers to mark all as read."""


class Chosen(Message):
    """The rows of the list were chosen behind the screen."""

    def __init__(self, number: int, listed: Listed, keep: bool) -> None:
        """Carry the number of the choice, so that a late one is known as such."""
        self.number, self.listed, self.keep = number, listed, keep
        super().__init__()


class Shelving(SavedSearching):
    """Fills the pane of documents."""

    _offers = False

    # filling

    def fill_articles(self, *, keep: bool = False, then: Callable[[RowsView], None] | None = None) -> None:
        """Show the list that is asked for; a long one that the index does not keep is chosen behind the screen.

        `then` is called with the pane once it is shown.
        """
        self._choice += 1
        self._then = then
        shelf = self.session.shelf
        if shelf.is_quick:
            shelf.take()
            self._show_chosen(keep)
            return
        number = self._choice
        self.articles.subtitle, self.articles.shorter = "choosing…", ()
        self.articles.repaint()

        def choose() -> None:
            try:
                listed = shelf.choose(lambda: number != self._choice)
            except StoppedError:
                return
            self.post_message(Chosen(number, listed, keep))

        self.run_worker(choose, thread=True, group="choose", exit_on_error=False)

    @on(Chosen)
    def chosen_behind(self, event: Chosen) -> None:
        """Show what was chosen, if nothing else was asked for since."""
        event.stop()
        if event.number == self._choice:
            self.session.shelf.take(event.listed)
            self._show_chosen(event.keep)

    _then: Callable[[RowsView], None] | None = None

    def _show_chosen(self, keep: bool) -> None:
        self._show_listed(keep)
        if self._then:
            self._then(self.articles)
            self._then = None

    def _show_listed(self, keep: bool) -> None:
        shelf, heads = self.session.shelf, self._heads()
        listed, was_at_top = shelf.listed, self.articles.top == (0, 0)
        self._shown_apart = self._kept_apart() if self.notes_loaded else None
        if not len(listed) and not any(head.is_search for head in heads):
            self.articles.show(EmptySource(self._nothing()))
        else:
            source = EntriesSource(
                listed,
                heads=heads if len(listed) else [*heads, Head("nothing", self._nothing())],
                marks=self.marks_of,
                noted=self._notes_on,
                current=self.document.id if self.document else None,
            )
            self.articles.show(source, keep=keep)
            if keep and was_at_top:
                # what comes to stand above the first document is to be seen
                self.articles.stand(self.articles.cursor, Position(0, 0))
        self._show_subtitle()

    def _show_subtitle(self) -> None:
        shelf = self.session.shelf
        said = [f"{len(shelf.listed):,}", *(["misspelt?"] if shelf.listed.is_near else []), *shelf.said()]
        waiting = [f"{count:,} new, R"] if (count := shelf.waiting()) else []
        self.articles.subtitle = " · ".join([*waiting, " ".join(said)])
        short = [*waiting, *(word.removeprefix(BY) for word in said)]
        # the number of rows stands in the status line as well
        self.articles.shorter = " · ".join(short), " · ".join([*waiting, *short[len(waiting) + 1 :]] or said[:1])
        self.articles.repaint()

    def _nothing(self) -> str:
        shelf, library = self.session.shelf, self.session.library
        if shelf.entity and not (shelf.filter or shelf.kind or shelf.saved):
            return f"No document names {shelf.entity_name}. Press = for all documents."
        if shelf.is_narrowed:
            what = " · ".join(word for word in shelf.said() if not word.startswith(BY))
            return f"Nothing fits {what}. Esc shows all documents."
        if shelf.listed.view.without:
            return "All documents are hidden. Press gx to see them."
        if library.is_complete:
            return "No captures here. Press gp to paste one, or start with a folder: korea-reader FOLDER."
        return "Reading captures…"

    def _heads(self) -> list[Head]:
        """Return what stands above the documents: saved searches, and an offer to a new user."""
        if not self.notes_loaded or self.session.shelf.filter:
            return []
        counts = self._search_counts or {}
        found = [
            Head(("search", search.name), search.name, counts.get(search.name, ""), is_search=True)
            for search in self.session.searches.all()[:COUNTED]
        ]
        if self._offers and not self.session.shelf.is_narrowed:
            count = f"{len(self.session.shelf.listed):,}"
            found.append(Head("offer", f"{count} documents, none read yet. A marks all as read; u takes it back."))
        return found

    def heads_changed(self) -> None:
        """Show saved searches and offers as they are now; the cursor stays on its row."""
        searches = self.session.searches.all()
        if {search.name for search in searches[:COUNTED]} - set(self._search_counts or {}):
            self.count_searches()
        self._show_listed(keep=True)

    # what is read, starred, new

    def marks_of(self, documents: Sequence[str]) -> Marks:
        """Return the marks of documents; all count as read until the reading state is there."""
        if not self.notes_loaded:
            return Marks(documents)
        reading = self.session.reading
        return Marks(
            reading.read_among(documents), reading.starred_among(documents), self.session.shelf.new_comments(documents)
        )

    def _notes_on(self, document: str) -> int:
        return len(self.session.notebook.store.by_document(document)) if self.notes_loaded else 0

    def marks_changed(self) -> None:
        """Paint the list with other marks."""
        if self.articles.entries:
            self.articles.entries.forget_marks()
        self.articles.wrapped.forget()
        self.articles.repaint()
        if self._offers and self.session.reading.has_read():
            self._offers = False
            self._show_listed(keep=True)
        self.recount_later()

    def notes_changed(self) -> None:
        """Show what undo may have brought back: documents, saved searches."""
        super().notes_changed()
        self.recount_later(all_of_them=True)
        if self.notes_loaded and self._kept_apart() != self._shown_apart:
            self.fill_articles(keep=True)

    _shown_apart: object = None

    def _kept_apart(self) -> object:
        return self.session.reading.hidden(), self.session.searches.all()

    # what waits

    def first_look(self) -> None:
        """See what there is when the session begins: what comes later waits until it is called."""
        library, shelf = self.session.library, self.session.shelf
        if library.is_complete:
            shelf.upto = library.listing.latest_batch() or None
        self._offers = len(shelf.listed) > MANY and not self.session.reading.has_read()
        if self._offers or self.session.searches.all():
            self.heads_changed()
        self.count_searches()

    def show_waiting(self) -> None:
        """Put what waits into the list; the cursor stays on its document."""
        self.session.shelf.upto = None
        self.fill_articles(keep=True)
        if self.session.library.is_complete:
            self.session.shelf.upto = self.session.library.listing.latest_batch() or None

    def arrivals(self, *, called: bool) -> None:
        """Take up what a refresh brought: at once where it was called for, or where the list is short of rows."""
        shelf = self.session.shelf
        had = len(shelf.listed)
        listing = self.session.library.listing
        if called or shelf.upto is None or not had or listing.count(replace(shelf.view(), upto=shelf.upto)) < had:
            self.show_waiting()
            self._offers = len(shelf.listed) > MANY and self.notes_loaded and not self.session.reading.has_read()
            if self._offers:
                self.heads_changed()
        else:
            self.fill_articles(keep=True)
        self.count_searches()
