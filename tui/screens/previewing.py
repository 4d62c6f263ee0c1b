"""A few choices above, and below what the one under the cursor would change."""

from __future__ import annotations

from textual.app import ComposeResult

from tui.screens.listing import ListingScreen
from tui.widgets.rows_view import RowsView


class PreviewingScreen(ListingScreen):
    """Nothing is typed here; `cursor_moved` fills the preview."""

    DEFAULT_CSS = """
    PreviewingScreen Input { display: none; }
    PreviewingScreen #preview { height: 1fr; }
    """
    typing = False

    def compose_more(self) -> ComposeResult:
        """Yield what would change."""
        self.preview = RowsView("What changes", id="preview")
        yield self.preview

    def on_mount(self) -> None:
        """Show the first choice."""
        super().on_mount()
        self.cursor_moved()
