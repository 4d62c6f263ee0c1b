"""The two lines at the bottom: where you are, and what the keys do here."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.geometry import Region
from textual.strip import Strip

from corpus.text import canonical_line
from tui.commands import BY_ID, show_keys
from tui.dispatch import is_field
from tui.view.lean import lean
from tui.view.wrap import clip
from tui.widgets.kept_lines import KeptLines

PLACE = 22
"""Cells for the place, which changes at every step: only they are sent then; a long one takes more."""


class StatusBar(KeptLines):
    """Where you are, what is lit, what waits, what could not be read; a message for a few seconds."""

    DEFAULT_CSS = "StatusBar { height: 1; }"

    def __init__(self) -> None:
        """Show nothing yet."""
        super().__init__(id="status")
        self.room = PLACE
        self.place = ""
        self.lit = ""
        self.pending = ""
        self.right = ""
        self.message = ""
        self.is_error = False

    def set_place(self, place: str) -> None:
        """Show where the cursor is."""
        if place != self.place:
            self.place = place
            room, self.room = self.room, max(PLACE, cell_len(place) + 3)
            if not self.message:
                width = self.size.width if room != self.room else self.room
                self.refresh(Region(0, 0, min(width, self.size.width), 1))

    def set_text(self, **texts: str) -> None:
        """Set any of `lit`, `pending`, `right`, `message`."""
        changed = False
        for name, given in texts.items():
            # what was typed, and messages of other programs, come here as they are
            text = canonical_line(given)
            changed = changed or getattr(self, name) != text
            setattr(self, name, text)
        if changed:
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """Paint the line."""
        width = self.size.width
        styles = self.app.roles()  # type: ignore[attr-defined]
        ground = styles["status"]
        if self.message:
            role = "error" if self.is_error else "text"
            parts = [(f" {self.message}", role)]
        else:
            parts = [(clip(f" {self.place}", self.room).ljust(self.room), "text"), (self.lit, "chip")]
        right = f" {self.pending} " if self.pending else ""
        tail = f"{self.right} "
        room = width - cell_len(right) - cell_len(tail) - 1
        if self.message and sum(cell_len(text) for text, _ in parts) > room:
            # what was just done is told whole, and how far the reading is afterwards
            tail, room = "", width - cell_len(right) - 1
        segments, used = [], 0
        for text, role in parts:
            text = clip(text, max(0, room - used))
            used += cell_len(text)
            segments.append(Segment(text, ground + styles[role]))
        if room < used:
            tail = ""
        gap = max(0, width - used - cell_len(right) - cell_len(tail))
        segments += [Segment(" " * gap, ground), Segment(right, ground + styles["key"]), Segment(tail, ground)]
        return lean(Strip(segments).adjust_cell_length(width, ground))


class KeysBar(KeptLines):
    """The keys of the focused pane, from the registry; a click runs the command."""

    DEFAULT_CSS = "KeysBar { height: 1; }"

    def __init__(self, run: Callable[[str], object]) -> None:
        """Show nothing yet; `run` is called with the id of a command that is clicked."""
        super().__init__(id="keys")
        self.run = run
        self.names: Sequence[str] = ()
        self._labels: Mapping[str, str] = {}
        self._places: list[tuple[int, int, str]] = []

    def show(self, names: Sequence[str]) -> None:
        """Show these commands, as many as fit."""
        if names != self.names:
            self.names = names
            self.refresh()

    def relabel(self, labels: Mapping[str, str]) -> None:
        """Name these commands otherwise: what a switch will do depends on how it stands."""
        if labels != self._labels:
            self._labels = labels
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """Paint the line."""
        width = self.size.width
        styles = self.app.roles()  # type: ignore[attr-defined]
        ground = styles["base"]
        keymap = self.app.machine.keymap  # type: ignore[attr-defined]
        typing = is_field(type(self.screen.focused))
        segments, used = [Segment(" ", ground)], 1
        self._places = []
        for name in self.names:
            keys = keymap[name]
            if not keys:
                continue
            # while typing, letters are text: then the other key of a command is the one that works
            usable = [key for key in keys if not (typing and len(key.split(" ")[0]) == 1)] or keys
            key, label = show_keys(usable[0]), self._labels.get(name, BY_ID[name].label)
            size = cell_len(key) + 1 + cell_len(label) + 2
            if used + size > width:
                break
            self._places.append((used, used + size - 2, name))
            segments += [Segment(key, ground + styles["key"]), Segment(f" {label}  ", ground + styles["dim"])]
            used += size
        return lean(Strip(segments).adjust_cell_length(width, ground))

    def on_click(self, event: events.Click) -> None:
        """Run the command under the pointer."""
        for start, end, name in self._places:
            if start <= event.x < end:
                self.run(name)
