"""A list under a filter, as the notes, the timeline and the details are: how it is left."""

from __future__ import annotations

from typing import Any

from textual.widgets import Input

from tui.screens.listing import ListingScreen


class FilteredScreen(ListingScreen):
    """Esc leaves the line to type in, then its filter, then the screen."""

    def result(self) -> Any:
        """Return what the screen gives back when it is left without a choice."""
        return None

    def beside_the_list(self) -> bool:
        """Tell whether the focus is on something that is left for the list."""
        return isinstance(self.focused, Input)

    def command_cancel(self, count: int | None) -> None:
        """Leave the line to type in, then its filter, then the screen."""
        if self.beside_the_list():
            self.list.focus()
        elif self.input.value:
            self.input.value = ""
        else:
            self.dismiss(self.result())

    def command_leave(self, count: int | None) -> None:
        """Leave."""
        self.dismiss(self.result())
