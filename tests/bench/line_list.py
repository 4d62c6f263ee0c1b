"""A bare list that paints its own lines over the whole screen: the least that a key can cost in Textual."""

from __future__ import annotations

from typing import Any, ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

TEXT = (
    "a line of words about what was said at the border that day, and by whom, and who wrote it down afterwards in full"
)
NORMAL, CHOSEN = Style(color="#d9d5cb", bgcolor="#15171b"), Style(color="#15171b", bgcolor="#86b8a8")


class Lines(Widget, can_focus=True):
    """Ten thousand lines, a cursor, an offset."""

    BINDINGS: ClassVar[list[Any]] = [
        Binding("j,down", "move(1)"),
        Binding("k,up", "move(-1)"),
        Binding("pagedown", "page(1)"),
        Binding("pageup", "page(-1)"),
    ]
    DEFAULT_CSS = "Lines { width: 1fr; height: 1fr; }"
    count = 10_000
    top = cursor = 0

    def render_line(self, y: int) -> Strip:
        """Paint a line."""
        width, at = self.size.width, self.top + y
        text = f"{at:>6} {TEXT[at % 7 :]}"[: width - 1].ljust(width - 1)
        return Strip([Segment(text, CHOSEN if at == self.cursor else NORMAL), Segment("│", NORMAL)], width)

    def action_move(self, step: int) -> None:
        """Move the cursor; two lines are painted unless it leaves the screen."""
        width, height = self.size
        before, self.cursor = self.cursor, max(0, min(self.count - 1, self.cursor + step))
        if self.top <= self.cursor < self.top + height:
            self.refresh(Region(0, before - self.top, width, 1), Region(0, self.cursor - self.top, width, 1))
        else:
            self.top = max(0, min(self.cursor, self.count - height))
            self.refresh()

    def action_page(self, step: int) -> None:
        """Scroll by a page."""
        height = self.size.height
        self.top = self.cursor = max(0, min(self.count - height, self.top + step * (height - 1)))
        self.refresh()


class LineList(App[None]):
    """The list alone."""

    ENABLE_COMMAND_PALETTE = False

    def compose(self) -> ComposeResult:
        """Show it."""
        yield Lines()


if __name__ == "__main__":
    LineList().run()
