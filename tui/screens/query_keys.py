"""Keys of the search that edit its query: filters, order, completion, history, saving."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static
from textual.widgets.input import Selection

from tui.screens.listing import ListingScreen, ListPane
from tui.view.query_text import cycled, value_of, value_place
from tui.widgets.bars import KeysBar, StatusBar
from tui.widgets.prompt import CleanInput

if TYPE_CHECKING:
    from corpus.query import Completion
    from tui.session import Session

HELP = 'words · "a phrase" · -without · this OR that · field:value (in: by: date: outlet: entity: …)'
OFFERED = 8
"""Completions that are shown."""


class QueryKeys(ListingScreen):
    """A line with a query above a list: what keys do with the query is seen in its text."""

    DEFAULT_CSS = """
    QueryKeys #completions { height: 1; padding: 0 1; color: $text-muted; text-wrap: nowrap; text-overflow: ellipsis; }
    """
    session: Session
    exact_only = False
    _completions: Sequence[Completion] = ()
    _at: int | None = None
    """Which earlier query is shown, counted back from the latest; None while the text is the user's own."""

    def compose(self) -> ComposeResult:
        """Lay out line, completions, list, preview, status and keys."""
        self.input = CleanInput(placeholder=self.placeholder, compact=True, id="typed")
        self.offer = Static(HELP, id="completions", markup=False)
        self.list = ListPane(self.title_text, id="list")
        self.status = StatusBar()
        with Vertical(id="over"):
            yield self.input
            yield self.offer
            yield self.list
            yield from self.compose_more()
        yield self.status
        yield KeysBar(self.run_command)

    # completion

    def show_completions(self, found: Sequence[Completion]) -> None:
        """Show what the word before the cursor may go on as."""
        if not found and not self._completions:
            return
        self._completions = found
        said = "   ".join(f"{item.text} {item.help}".strip() for item in found[:OFFERED])
        self.offer.update(Content(f"Tab: {said}" if said else HELP))

    def command_pane_next(self, count: int | None) -> None:
        """Take the first completion; without one go between the line and the list."""
        if self.focused is self.input and self._completions:
            first, text = self._completions[0], self.input.value
            if text[first.start : first.end].casefold() != first.text.casefold():
                tail = "" if first.text.endswith(":") else " "
                self.input.value = text[: first.start] + first.text + tail + text[first.end :].lstrip()
                self.input.cursor_position = first.start + len(first.text) + len(tail)
                return
        super().command_pane_next(count)

    # history

    def recall(self, query: str) -> None:
        """Put a query into the line; while it is unchanged, up and down go through earlier ones."""
        self._at = 0 if self._at is None else self._at
        self._recalled = query
        self.input.value = query
        self.input.cursor_position = len(query)

    _recalled = ""

    def remember(self, query: str) -> None:
        """Keep a query that led somewhere."""
        self.session.history.add(query)

    def command_up(self, count: int | None) -> None:
        """Move up; from the first row of an empty or unchanged line to the query before."""
        if self.focused is self.input and self._is_unchanged() and self.list.cursor <= self.list.nearest_stop(0):
            earlier = self.session.history.all()
            at = 0 if self._at is None else self._at + 1
            if at < len(earlier) and earlier[at] == self.input.value:
                at += 1
            if at < len(earlier):
                self._at = at
                self.recall(earlier[at])
            return
        super().command_up(count)

    def command_down(self, count: int | None) -> None:
        """Move down; back through the history to what was asked later."""
        if self.focused is self.input and self._is_unchanged() and self._at:
            self._at -= 1
            self.recall(self.session.history.all()[self._at])
            return
        super().command_down(count)

    def _is_unchanged(self) -> bool:
        return not self.input.value or (self._at is not None and self.input.value == self._recalled)

    # filters: they are words of the query

    @property
    def is_by_time(self) -> bool:
        """Whether the query asks for the order of time."""
        return value_of(self.input.value, "sort", ("time",)) is not None

    def _cycle(self, field: str, *values: str, alone: bool = False) -> None:
        self.input.value = cycled(self.input.value, field, values, alone=alone)
        self.input.cursor_position = len(self.input.value)

    def command_search_where(self, count: int | None) -> None:
        """Only articles, only comments, only notes, or everything."""
        self._cycle("in", "article", "comment", "note", alone=True)

    def command_search_unread(self, count: int | None) -> None:
        """Only unread documents, or all."""
        self._cycle("is", "unread")

    def command_search_starred(self, count: int | None) -> None:
        """Only starred documents, or all."""
        self._cycle("is", "starred")

    def command_search_date(self, count: int | None) -> None:
        """Begin to type a date; one that is there already is chosen, to be typed over."""
        place = value_place(self.input.value, "date")
        if place is None:
            self.input.value = f"{self.input.value.rstrip()} date:".lstrip()
            place = (len(self.input.value), len(self.input.value))
        self.input.selection = Selection(*place)
        self.input.focus()

    def command_search_order(self, count: int | None) -> None:
        """By relevance, or the newest first."""
        self._cycle("sort", "time", alone=True)

    command_order = command_search_order

    def command_search_exact(self, count: int | None) -> None:
        """Only the very words, or other spellings and likely slips too."""
        self.exact_only = not self.exact_only
        self.fill(self.input.value)

    def show_state(self) -> None:
        """Show above the list how is searched, and in the line of keys what the keys change it to."""
        words = "only the words as typed" if self.exact_only else "misspelt words too"
        order = "newest first" if self.is_by_time else "best first"
        if self.list.subtitle != f"{words} · {order}":
            self.list.subtitle = f"{words} · {order}"
            self.list.repaint()
        exact = "misspelt too" if self.exact_only else "exact only"
        by = "best first" if self.is_by_time else "by time"
        self.query_one(KeysBar).relabel({"search.exact": exact, "search.order": by})

    def command_search_save(self, count: int | None) -> bool | str:
        """Save the search: it stands above the articles, with its count."""
        query = self.input.value.strip()
        if not query:
            return "Type a search to save it."
        try:
            self.session.save_search(query)
        except OSError as error:
            return f"The search could not be saved: {error}"
        return f"“{query}” is saved; it stands above the articles."
