"""A field that is typed in has its own keys first: Backspace and Enter are the field's, Tab leaves it."""

from __future__ import annotations

from textual import events
from textual.widgets import Input, TextArea

from tui.dispatch import CommandScreen


class FieldsFirst(CommandScreen):
    """Leaves to a focused field the keys that it has a use for."""

    def on_key(self, event: events.Key) -> None:
        """Keep the commands from what belongs to the field; what bubbles on reaches the field's own bindings."""
        field = self.focused
        if not isinstance(field, Input | TextArea):
            return
        if event.key in ("tab", "shift+tab"):
            event.stop()
            event.prevent_default()
            self.run_command("pane.next" if event.key == "tab" else "pane.previous")
        elif event.is_printable or event.key in field._bindings.key_to_bindings:
            event.prevent_default()
