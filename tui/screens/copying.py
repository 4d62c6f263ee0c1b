"""Copying from any screen, in a worker: a clipboard tool may hang. What is copied stays among the last quotes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tui.dispatch import CommandScreen

if TYPE_CHECKING:
    from tui.quotes import Quotes


def copy_text(screen: CommandScreen, quotes: Quotes, text: str) -> None:
    """Copy `text` and say on `screen` what became of it."""
    from tui.clipboard import copy

    app, write = screen.reader, screen.reader.write_terminal

    def tell(said: str, failed: bool) -> None:
        shown = screen if screen.is_attached else app.screen
        if isinstance(shown, CommandScreen):
            shown.say(said, error=failed)

    def work() -> None:
        kept = ""
        try:
            quotes.remember(text)
        except OSError:
            kept = " It could not be kept among the last quotes."
        result = copy(text, write)
        first = " ".join(text.split())[:40]
        said = f"{result.message}{kept} {first}…"
        app.call_from_thread(tell, said, result.way == "none")

    screen.run_worker(work, thread=True, group="copy", exit_on_error=False)
