"""The line where a search or a filter is typed, under the panes."""

from __future__ import annotations

from textual import events
from textual.message import Message
from textual.widgets import Input

from corpus.text import canonical


class CleanInput(Input):
    """An input that holds clean text only, whatever is pasted into it."""

    DEFAULT_CSS = """
    CleanInput > .input--placeholder { color: $text-muted; }
    """

    def validate_value(self, value: str) -> str:
        """Replace what would act on the terminal; a blank that was just typed stays."""
        return value if value.isascii() and value.isprintable() else canonical(f"{value}.")[:-1]


class Prompt(CleanInput):
    """An input of one line; what it is for is told with each message."""

    DEFAULT_CSS = """
    Prompt { height: 1; border: none; padding: 0 1; display: none; background: $panel; }
    Prompt:focus { border: none; }
    """

    class Typed(Message):
        """The text has changed."""

        def __init__(self, purpose: str, text: str) -> None:
            """Tell of `text` typed for `purpose`."""
            self.purpose, self.text = purpose, text
            super().__init__()

    class Entered(Typed):
        """Enter was pressed."""

    class Left(Typed):
        """Esc was pressed, or the prompt lost the focus."""

    def __init__(self) -> None:
        """Hidden until it is opened."""
        super().__init__(id="prompt", compact=True)
        self.purpose = ""

    def open(self, purpose: str, label: str, text: str = "") -> None:
        """Show the line for `purpose`, with `label` where nothing is typed yet."""
        self.purpose = purpose
        with self.prevent(Input.Changed):
            self.value = text
        self.placeholder = label
        self.display = True
        self.focus()

    def close(self) -> None:
        """Hide the line."""
        self.purpose = ""
        self.display = False

    def on_input_changed(self, event: Input.Changed) -> None:
        """Pass on what is typed."""
        event.stop()
        if self.purpose:
            self.post_message(self.Typed(self.purpose, self.value))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Pass on Enter."""
        event.stop()
        self.post_message(self.Entered(self.purpose, self.value))

    def on_key(self, event: events.Key) -> None:
        """Take Esc before anything else does."""
        if event.key == "escape":
            event.stop()
            event.prevent_default()
            self.post_message(self.Left(self.purpose, self.value))
