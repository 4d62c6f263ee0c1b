"""Every command with its keys: type to search, Enter runs it. The help and the palette are one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from corpus.text import fold
from tui.commands import GROUPS, Command, show_keys
from tui.screens.listing import ListingScreen
from tui.view.lines import Line
from tui.view.rows import Run

TITLES = {
    "move": "MOVE",
    "panes": "PANES",
    "threads": "THREADS",
    "walk": "WALK",
    "find": "FIND",
    "mark": "MARK",
    "names": "NAMES (keys on a card; here for the entity chosen in Entities)",
    "document": "DOCUMENT",
    "places": "PLACES",
    "app": "PROGRAM",
}
KOREAN = "Under the Korean layout the lower-case keys work as they are; other capitals: switch, or choose here."
KEYS_WIDTH = 17
"""Cells for the keys of a command."""


class Palette(ListingScreen):
    """Returns the id of the command that was chosen."""

    placeholder = "type a word of what you want to do"
    hints = ("open", "down", "up", "page-down", "cancel")
    nothing = "No command fits."

    def __init__(self, title: str, commands: Sequence[Command], keymap: Mapping[str, Sequence[str]]) -> None:
        """Show `commands` with the keys of `keymap`."""
        super().__init__()
        self.title_text = title
        self.commands, self.keymap = commands, keymap

    def on_mount(self) -> None:
        """Say what the Korean layout does."""
        super().on_mount()
        self.status.set_text(lit=KOREAN)

    def lines(self, text: str) -> list[Line]:
        """Return the commands that hold every word typed, in their groups."""
        words = fold(text).text.split()
        found = []
        for group in GROUPS:
            fitting = [command for command in self.commands if command.group == group and self._fits(command, words)]
            if fitting:
                found.append(Line(group, (Run(TITLES[group], "group"),), heading=True))
            found += [self._line(command) for command in fitting]
        return found

    def _fits(self, command: Command, words: Sequence[str]) -> bool:
        keys = " ".join(show_keys(item) for item in self.keymap[command.id])
        said = fold(f"{command.label} {command.help} {command.id} {keys}").text
        return all(word in said for word in words)

    def _line(self, command: Command) -> Line:
        keys = "  ".join(show_keys(item) for item in self.keymap[command.id])
        return Line(command.id, (Run(f"{keys:<{KEYS_WIDTH}} ", "key"), Run(command.help)), right=command.id)
