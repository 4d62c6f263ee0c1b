"""The smallest Textual app that shows words: what any reader built on Textual must pay."""

from __future__ import annotations

from textual.app import App, ComposeResult
from textual.widgets import Static


class Minimal(App[None]):
    """One line of text."""

    def compose(self) -> ComposeResult:
        """Show it."""
        yield Static("first words")


if __name__ == "__main__":
    Minimal().run()
