"""A text field has its own keys first, and the keys that it has no use for still are commands."""

from __future__ import annotations

from textual.widgets import Input, TextArea

from tui.dispatch import field_keys


def test_the_keys_that_edit_a_line_are_the_lines_own() -> None:
    keys = field_keys(Input)
    assert {"backspace", "delete", "left", "right", "home", "end", "enter", "ctrl+u", "ctrl+w"} <= keys
    assert not {"escape", "up", "down", "pagedown", "tab", "ctrl+p"} & keys
    assert {"up", "down", "pageup", "pagedown"} <= field_keys(TextArea)
