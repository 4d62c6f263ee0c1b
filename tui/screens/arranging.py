"""Going between panes: next, outward, inward, article or comments, one alone, wider or narrower text."""

from __future__ import annotations

from tui.screens.parts import ReaderParts
from tui.view.layout import PANES, Pane


class Arranging(ReaderParts):
    """Keys that choose which pane is used and how much room it has."""

    def command_pane_next(self, count: int | None) -> None:
        """Go to the next pane."""
        self._cycle(1)

    def command_pane_previous(self, count: int | None) -> None:
        """Go to the previous pane."""
        self._cycle(-1)

    def _cycle(self, step: int) -> None:
        self.show_pane(PANES[(PANES.index(self.focused_name) + step) % len(PANES)])

    def command_outward(self, count: int | None) -> bool:
        """Go to the pane on the left."""
        at = PANES.index(self.focused_name)
        if at == 0:
            return False
        self.show_pane(PANES[at - 1])
        return True

    def command_inward(self, count: int | None) -> bool:
        """Go to the pane on the right."""
        at = PANES.index(self.focused_name)
        if at == len(PANES) - 1:
            return False
        self.show_pane(PANES[at + 1])
        return True

    def command_comments(self, count: int | None) -> None:
        """Between article and comments; where both are shown, the one gone to is made large."""
        other: Pane = "article" if self.focused_name == "comments" else "comments"
        self.comments_large = other == "comments"
        self.show_pane(other)
        self.call_next(self.lay_out)

    def command_zoom(self, count: int | None) -> None:
        """Show the focused pane alone, or all again."""
        self.zoomed = not self.zoomed
        self.lay_out()

    def command_measure_wider(self, count: int | None) -> str:
        """Make lines of text wider."""
        return self._set_measure(4 * (count or 1))

    def command_measure_narrower(self, count: int | None) -> str:
        """Make lines of text narrower."""
        return self._set_measure(-4 * (count or 1))

    def _set_measure(self, change: int) -> str:
        self.measure = max(32, min(160, self.measure + change))
        self.refill_texts()
        return f"Lines of up to {self.measure} cells."
