"""The app: theme, keys, screens, and a clean way out."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import sys
from collections.abc import Mapping
from typing import Any, ClassVar

from rich.style import Style
from textual.filter import Monochrome, NoColor
from textual.screen import Screen
from textual.theme import Theme

from corpus.text import canonical_line
from tui.commands import COMMANDS
from tui.key_order import OrderedKeys
from tui.keys import KeyMachine, keymap_from
from tui.options import ReaderOptions
from tui.screens.copying import Copies
from tui.screens.reader import Reader
from tui.session import Session
from tui.view.paint import ASCII
from tui.view.roles import DARK, LIGHT, THEMES, styles_for

MOST_PROBLEMS = 50
"""Captures that could not be read are told on standard error when the terminal is free again."""


class KoreaReader(OrderedKeys, inherit_bindings=False):
    """korea-reader in a terminal."""

    TITLE = "korea-reader"
    ENABLE_COMMAND_PALETTE = False
    CSS = "Screen { layers: base; } Toast { max-width: 90%; }"
    COMMANDS: ClassVar[set[Any]] = set()

    def __init__(self, options: ReaderOptions, session: Session | None = None) -> None:
        """Start with these options; `session` may be one that is already open."""
        super().__init__()
        self.options = options
        self.session = session or Session(options)
        keymap, problems = keymap_from(options.settings.keys)
        self.machine = KeyMachine(keymap)
        self.problems = [*options.problems, *options.settings_problems, *problems]
        self.plain_characters: Mapping[int, str] | None = (
            ASCII if options.ascii or options.settings.ascii or options.settings.ambiguous_wide else None
        )
        self.copies = Copies(self)
        self._roles: tuple[str, Mapping[str, Style]] | None = None
        for theme in (DARK, LIGHT):
            self.register_theme(theme)
        if self.no_color:
            # Textual turns colours to greys while no theme of the terminal's own is set; here none is to be sent
            self._filters[:] = [NoColor() if isinstance(item, Monochrome) else item for item in self._filters]
        self.theme = self._theme_named(options.theme)

    def _theme_named(self, name: str | None) -> str:
        if self.no_color:
            return THEMES["terminal"]
        wanted = THEMES.get(name or "dark", name or "dark")
        if wanted in self.available_themes:
            return wanted
        self.problems.append(f"There is no theme {name}; the dark one is used.")
        return DARK.name

    def get_default_screen(self) -> Screen[Any]:
        """Return the reader: the first screen there is."""
        return Reader(self.session)

    def roles(self) -> Mapping[str, Style]:
        """Return the style of every role under the theme in use."""
        if self._roles is None or self._roles[0] != self.theme:
            self._roles = (self.theme, styles_for(self.current_theme))
        return self._roles[1]

    def on_mount(self) -> None:
        """Listen to the signals that would otherwise leave the terminal as it is."""
        self.theme_changed_signal.subscribe(self, self._theme_changed)
        loop = asyncio.get_running_loop()
        for name in ("SIGTERM", "SIGHUP", "SIGQUIT"):
            number = getattr(signal, name, None)
            if number is not None and not self.is_headless:
                loop.add_signal_handler(number, self._leave, int(number))

    def _leave(self, number: int) -> None:
        """Save what is being typed and go, as a signal asks."""
        for screen in self.screen_stack:
            keep = getattr(screen, "keep_draft", None)
            if keep:
                keep()
        self.exit(128 + number, return_code=128 + number)

    def _theme_changed(self, theme: Theme) -> None:
        for screen in self.screen_stack:
            for widget in screen.walk_children():
                changed = getattr(widget, "theme_changed", None)
                if changed:
                    changed()
                else:
                    widget.refresh()

    def write_terminal(self, sequence: str) -> None:
        """Write a control sequence to the terminal; safe from any thread."""
        self.call_from_thread(self._write_terminal, sequence)

    def _write_terminal(self, sequence: str) -> None:
        if self._driver is not None:
            self._driver.write(sequence)

    def report(self, error: BaseException) -> None:
        """Write an unexpected error to the log; the reader goes on."""
        import traceback
        from contextlib import suppress

        said = "".join(traceback.format_exception(error))
        stamp = self.session.storage.clock().isoformat(timespec="seconds")
        with suppress(OSError):
            log = self.options.folders.log
            self.session.storage.make_folder(log.parent)
            self.session.storage.append(log, f"{stamp} {said}\n".encode("utf-8", "replace"))

    # commands

    def command_quit(self, count: int | None) -> None:
        """Quit."""
        self.copies.quit()

    def command_palette(self, count: int | None) -> None:
        """Choose a command by its name."""
        self._show_commands("Commands")

    def command_help(self, count: int | None) -> None:
        """Show the keys."""
        self._show_commands("Keys and commands")

    def _show_commands(self, title: str) -> None:
        from tui.screens.palette import Palette

        under = self.screen

        def run(name: str | None) -> None:
            command = getattr(under, "run_command", None)
            if name and command:
                command(name)

        if not isinstance(under, Palette):
            self.push_screen(Palette(title, COMMANDS, self.machine.keymap), run)

    def command_theme(self, count: int | None) -> str:
        """Go to the next theme."""
        if self.no_color:
            return "NO_COLOR is set, so no theme has colours."
        names = list(THEMES.values())
        at = names.index(self.theme) if self.theme in names else -1
        self.theme = names[(at + 1) % len(names)]
        return f"Theme: {self.theme}."

    def command_suspend(self, count: int | None) -> None:
        """Go back to the shell."""
        if not self.is_headless:
            self.action_suspend_process()

    def command_redraw(self, count: int | None) -> None:
        """Draw the screen anew."""
        self.refresh(layout=True)
        for widget in self.screen.walk_children():
            widget.refresh()


def run(options: ReaderOptions, session: Session | None = None) -> int:
    """Open the reader, on a session that is open already if one is given, and return the code to exit with."""
    os.environ.setdefault("TEXTUAL_ANIMATIONS", "none")
    if not os.environ.get("NO_COLOR", "set"):
        # no-color.org: an empty one asks for nothing
        del os.environ["NO_COLOR"]
    session = session or Session(options)
    app = KoreaReader(options, session)
    # there is no garbage before the first paint, after which `gather` lets it be looked for again
    gc.disable()
    code = app.run(mouse=options.settings.mouse)
    for problem in session.library.problems()[:MOST_PROBLEMS]:
        where = f"{problem.path} ({problem.member})" if problem.member else problem.path
        print(canonical_line(f"{where}: {problem.message}"), file=sys.stderr)
    return app.return_code or code or 0
