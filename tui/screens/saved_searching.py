"""The searches that stand above the list: counted behind the screen, again when what they find may have changed."""

from __future__ import annotations

from textual import on
from textual.message import Message
from textual.timer import Timer

from tui.screens.parts import ReaderParts

COUNTED = 12
"""Saved searches that are shown with their counts."""
_MARKS = {"read", "unread", "starred"}
"""Values of `is:` that go by the marks of documents."""
RECOUNT_SECONDS = 0.5
"""After so long without another change saved searches are counted again."""


class Counted(Message):
    """How many passages fit the saved searches: name to count in words."""

    def __init__(self, number: int, counts: dict[str, str]) -> None:
        """Carry the number of the counting, so that a late one is known as such."""
        self.number, self.counts = number, counts
        super().__init__()


class FoundSaved(Message):
    """The documents of a saved search were found behind the screen."""

    def __init__(self, number: int, name: str, documents: frozenset[str]) -> None:
        """Carry the number of the choice, so that a late one is known as such."""
        self.number, self.name, self.documents = number, name, documents
        super().__init__()


class SavedSearching(ReaderParts):
    """Counts the saved searches, and narrows the list to what one of them finds."""

    _choice = 0
    _counting = 0
    _search_counts: dict[str, str] | None = None
    _uncounted: frozenset[str] = frozenset()
    """The searches whose counts may have changed since they were counted."""

    def _show_listed(self, keep: bool) -> None:
        """Show the list with the searches above it."""
        raise NotImplementedError

    def recount_later(self, *, all_of_them: bool = False) -> None:
        """Count again what changes with the marks of documents, or all, once the keys have come to rest."""
        if not self.notes_loaded:
            return
        self._uncounted |= {
            search.name
            for search in self.session.searches.all()[:COUNTED]
            if all_of_them or _is_about_marks(search.query)
        }
        if not self._uncounted:
            return
        if self._recount_timer:
            self._recount_timer.stop()
        self._recount_timer = self.set_timer(RECOUNT_SECONDS, self._count_uncounted)

    _recount_timer: Timer | None = None

    def count_searches(self) -> None:
        """Count what the saved searches find, behind the screen."""
        self._uncounted = frozenset(search.name for search in self.session.searches.all()[:COUNTED])
        self._count_uncounted()

    def _count_uncounted(self) -> None:
        if self._recount_timer:
            self._recount_timer.stop()
            self._recount_timer = None
        searches = [search for search in self.session.searches.all() if search.name in self._uncounted]
        if not searches:
            return
        self._counting += 1
        number = self._counting

        def count() -> None:
            counts = {search.name: self.session.count_of(search.query) for search in searches}
            self.post_message(Counted(number, counts))

        self.run_worker(count, thread=True, group="count", exclusive=True, exit_on_error=False)

    @on(Counted)
    def counted(self, event: Counted) -> None:
        """Show the counts."""
        event.stop()
        if event.number != self._counting:
            # what it counted is among what a later one counts
            return
        self._uncounted -= event.counts.keys()
        before = self._search_counts or {}
        self._search_counts = {**before, **event.counts}
        if self._search_counts != before:
            self._show_listed(keep=True)

    def show_search(self, name: str) -> bool | str:
        """Narrow the list to what a saved search finds, or show all again."""
        shelf = self.session.shelf
        if shelf.saved == name:
            shelf.saved, shelf.documents = "", ()
        else:
            search = next((search for search in self.session.searches.all() if search.name == name), None)
            if search is None:
                return "This search is no longer saved."
            self._find_saved(name, search.query)
            return True
        self.fill_articles(keep=True)
        return "All documents."

    def _find_saved(self, name: str, query: str) -> None:
        """Find the documents of a saved search behind the screen."""
        self._choice += 1
        number = self._choice
        self.articles.subtitle, self.articles.shorter = "searching…", ()
        self.articles.repaint()

        def find() -> None:
            self.post_message(FoundSaved(number, name, self.session.documents_with(query)))

        self.run_worker(find, thread=True, group="choose", exit_on_error=False)

    @on(FoundSaved)
    def found_saved(self, event: FoundSaved) -> None:
        """Narrow the list to what was found, if nothing else was asked for since."""
        event.stop()
        if event.number == self._choice:
            self.session.shelf.saved, self.session.shelf.documents = event.name, event.documents
            self.fill_articles(keep=True)
            self.say(f"What “{event.name}” finds; Enter again for all.")


def _is_about_marks(query: str) -> bool:
    """Tell whether what a search finds changes when documents are read or starred."""
    from corpus.query import parse

    outer = parse(query).filters
    inner = (item for one in outer for query in one.inner for item in query.filters)
    return any(item.field == "is" and _MARKS & {*item.values} for item in (*outer, *inner))
