"""The field that a page is pasted into."""

from __future__ import annotations

from textual import events
from textual.message import Message
from textual.widgets import TextArea


class PasteArea(TextArea):
    """A text area that cleans what is pasted before it is shown, and hands on what it was."""

    class Pasted(Message):
        """The terminal pasted."""

        def __init__(self, text: str) -> None:
            """Tell of `text` as it came."""
            self.text = text
            super().__init__()

    class Wanted(Message):
        """The clipboard is wanted."""

    def _on_paste(self, event: events.Paste) -> None:  # type: ignore[override]
        event.stop()
        event.prevent_default()
        self.post_message(self.Pasted(event.text))

    def action_paste(self) -> None:
        """Ask for the clipboard: a terminal that pastes by this key would have sent the text instead."""
        self.post_message(self.Wanted())
