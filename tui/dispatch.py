"""Keys to commands on every screen: one machine, one registry, the focused widget first."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, cast

from textual import events
from textual.binding import Binding
from textual.screen import Screen
from textual.timer import Timer
from textual.widget import Widget

from tui.commands import BY_ID
from tui.keys import KeyMachine, key_names

if TYPE_CHECKING:
    from tui.app import KoreaReader

PATIENCE = 1.0
"""Seconds that a begun sequence waits for its next key."""


def is_field(kind: type[object]) -> bool:
    """Tell whether a kind of widget takes what is typed. By name: importing TextArea would slow the start."""
    return any(base.__name__ in ("Input", "TextArea") for base in kind.__mro__)


@cache
def field_keys(field: type[Widget]) -> frozenset[str]:
    """Return the keys that a text field has uses of its own for: they go to it first."""
    keys: set[str] = set()
    for kind in (kind for kind in field.__mro__ if is_field(kind)):
        for binding in vars(kind).get("BINDINGS", ()):
            named = binding.key if isinstance(binding, Binding) else binding[0]
            keys.update(name.strip() for name in named.split(","))
    return frozenset(keys)


class CommandScreen(Screen[Any], inherit_bindings=False):
    """A screen whose keys are commands of the registry.

    A command runs on the focused widget, else on the screen, else on the app: whichever has its handler
    and does not return False. A handler may return a sentence for the status line.
    """

    _patience: Timer | None = None

    @property
    def reader(self) -> KoreaReader:
        """The app."""
        return cast("KoreaReader", self.app)

    @property
    def machine(self) -> KeyMachine:
        """What puts key presses together."""
        return self.reader.machine

    def mode(self) -> str:
        """Return "select" inside a selection."""
        return "select" if getattr(self.focused, "selecting", False) else ""

    def on_key(self, event: events.Key) -> None:
        """Take a key that no text field wanted."""
        field = self.focused if is_field(type(self.focused)) else None
        if field and (event.is_printable or event.key in field_keys(type(field))):
            return
        event.stop()
        event.prevent_default()
        for name in key_names(event.key, event.character):
            outcome = self.machine.feed(name, self.mode())
            if outcome.command:
                self.run_command(outcome.command, outcome.count)
            elif outcome.unknown and not field:
                self.say(f"{outcome.unknown} does nothing. Press ? for the keys.")
        self._show_pending()

    def _show_pending(self) -> None:
        if self._patience:
            self._patience.stop()
            self._patience = None
        if self.machine.pending:
            self._patience = self.set_timer(PATIENCE, self._give_up)
        self.pending_changed(self.machine.pending)

    def _give_up(self) -> None:
        self.machine.clear()
        self.pending_changed("")

    def pending_changed(self, pending: str) -> None:
        """Show the keys that wait for more."""

    def say(self, message: str, *, error: bool = False) -> None:
        """Tell the user something in a sentence."""
        self.app.notify(message, markup=False, severity="error" if error else "information", timeout=4)

    def run_command(self, name: str, count: int | None = None) -> bool:
        """Run a command by its id; False where it is not possible here."""
        handler = BY_ID[name].handler
        for target in (self.focused, self, self.app):
            method = getattr(target, handler, None)
            if method is None:
                continue
            try:
                done = method(count)
            except Exception as error:
                self.reader.report(error)
                self.say(f"That failed: {type(error).__name__}. It was written to the log.", error=True)
                return True
            if done is False:
                continue
            if isinstance(done, str):
                self.say(done)
            return True
        self.not_here(name)
        return False

    def not_here(self, name: str) -> None:
        """Answer a command that finds nothing to do."""
        self.say(f"Nothing to do here: {BY_ID[name].label}.")
