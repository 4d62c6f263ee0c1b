"""A screen with one list, a line to type in above it, and room for a preview: base of palette, search and notes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.widgets import Input

from tui.dispatch import CommandScreen
from tui.view.lines import Line, LinesSource
from tui.view.rows import EmptySource, RowSource
from tui.widgets.bars import KeysBar, StatusBar
from tui.widgets.prompt import CleanInput
from tui.widgets.rows_view import RowsView


class ListPane(RowsView):
    """A list whose chosen row is painted whole."""

    is_list = True


class ListingScreen(CommandScreen):
    """Type above, choose below. The keys that move the cursor work while typing."""

    DEFAULT_CSS = """
    ListingScreen { layout: vertical; }
    ListingScreen #over { height: 1fr; layout: vertical; }
    ListingScreen Input { height: 1; border: none; padding: 0 1; background: $panel; }
    ListingScreen Input:focus { border: none; }
    """
    title_text = ""
    placeholder = ""
    hints: Sequence[str] = ("open", "down", "up", "cancel")
    nothing = "Nothing fits."
    typing = True
    """Whether the line to type in has the focus at first."""

    def compose(self) -> ComposeResult:
        """Lay out line, list, preview, status and keys."""
        self.input = CleanInput(placeholder=self.placeholder, compact=True, id="typed")
        self.list = ListPane(self.title_text, id="list")
        self.status = StatusBar()
        with Vertical(id="over"):
            yield self.input
            yield self.list
            yield from self.compose_more()
        yield self.status
        yield KeysBar(self.run_command)

    def compose_more(self) -> ComposeResult:
        """Yield what stands under the list."""
        yield from ()

    def on_mount(self) -> None:
        """Fill the list."""
        self.query_one(KeysBar).show(self.hints)
        (self.input if self.typing else self.list).focus()
        self.fill(self.input.value)

    def fill(self, text: str) -> None:
        """Show the lines that fit what is typed."""
        lines = self.lines(text)
        source: RowSource = LinesSource(lines) if lines else EmptySource(self.nothing)
        self.list.show(source)
        self.status.set_place(f"{sum(not line.heading for line in lines):,}")

    def lines(self, text: str) -> list[Line]:
        """Return the lines that fit what is typed."""
        raise NotImplementedError

    def chosen(self) -> Any:
        """Return the key of the line under the cursor; None where there is none."""
        source = self.list.source
        if not isinstance(source, LinesSource) or not len(source):
            return None
        return source.key(self.list.cursor)

    @on(Input.Changed)
    def typed(self, event: Input.Changed) -> None:
        """Follow what is typed."""
        event.stop()
        self.fill(event.value)

    @on(Input.Submitted)
    def submitted(self, event: Input.Submitted) -> None:
        """Choose."""
        event.stop()
        self.command_open(None)

    @on(RowsView.Chosen)
    def clicked(self, event: RowsView.Chosen) -> None:
        """Choose what is clicked."""
        event.stop()
        self.command_open(None)

    @on(RowsView.Moved)
    def moved(self, event: RowsView.Moved) -> None:
        """Follow the list's cursor."""
        event.stop()
        if event.view is self.list:
            self.cursor_moved()

    def cursor_moved(self) -> None:
        """Do what the list's cursor brings with it."""

    def pending_changed(self, pending: str) -> None:
        """Show the keys that wait for more."""
        self.status.set_text(pending=pending)

    def say(self, message: str, *, error: bool = False) -> None:
        """Show a message in the status line."""
        self.status.is_error = error
        self.status.set_text(message=message)
        self.set_timer(4.0, lambda: self.status.set_text(message=""))

    # commands: while typing they reach the screen, so that the arrows move the list

    def command_down(self, count: int | None) -> None:
        """Move down."""
        self.list.command_down(count)

    def command_up(self, count: int | None) -> None:
        """Move up."""
        self.list.command_up(count)

    def command_page_down(self, count: int | None) -> None:
        """A page down."""
        self.list.command_page_down(count)

    def command_page_up(self, count: int | None) -> None:
        """A page up."""
        self.list.command_page_up(count)

    def command_half_down(self, count: int | None) -> None:
        """Half a page down."""
        self.list.command_half_down(count)

    def command_half_up(self, count: int | None) -> None:
        """Half a page up."""
        self.list.command_half_up(count)

    def command_space(self, count: int | None) -> None:
        """A page down."""
        self.list.command_page_down(count)

    def command_pane_next(self, count: int | None) -> None:
        """Between the line and the list."""
        (self.list if self.focused is self.input else self.input).focus()

    command_pane_previous = command_pane_next

    def command_filter(self, count: int | None) -> None:
        """To the line to type in."""
        self.input.focus()

    command_find = command_filter

    def command_open(self, count: int | None) -> None:
        """Choose the line under the cursor."""
        self.dismiss(self.chosen())

    def command_cancel(self, count: int | None) -> None:
        """Leave."""
        self.dismiss(None)

    command_leave = command_cancel
