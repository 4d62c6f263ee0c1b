"""How to quote: every form with what it would copy; and the last quotes, since a copy may not have arrived."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from tui.screens.listing import ListingScreen
from tui.view.lines import Line
from tui.view.rows import Run

if TYPE_CHECKING:
    from tui.quotes import Quotes


class QuoteScreen(ListingScreen):
    """Returns the text to copy."""

    title_text = "Quote as"
    placeholder = "type to narrow the list"
    hints = ("open", "down", "up", "cancel")
    typing = False

    def __init__(self, forms: Sequence[tuple[str, str, str]], quotes: Quotes) -> None:
        """Offer `forms` (title, what it is, the text) and the last `quotes`."""
        super().__init__()
        self.forms, self.quotes = forms, quotes

    def lines(self, text: str) -> list[Line]:
        """Return the forms, then the last quotes."""
        lines = [
            Line(quoted, (Run(title, "strong"), Run(f"  {what}", "dim")), below=" ".join(quoted.split()), most=3)
            for title, what, quoted in self.forms
        ]
        lines.append(
            Line("save", (Run("Save the last quotes to a file", "strong"),), below="quotes.txt in this folder")
        )
        last = [Line(quote, (Run(" ".join(quote.split())),)) for quote in self.quotes.all()]
        if last:
            lines += [Line("last", (Run("LAST QUOTES", "group"),), heading=True), *last]
        wanted = text.casefold()
        return (
            [line for line in lines if wanted in "".join(run.text for run in line.runs).casefold()] if text else lines
        )

    def command_open(self, count: int | None) -> None:
        """Copy what is chosen, or save the last quotes."""
        if self.chosen() != "save":
            super().command_open(count)
            return
        try:
            path = self.quotes.save_to(Path.cwd())
        except (OSError, ValueError) as error:
            self.say(f"The quotes could not be saved: {error}", error=True)
        else:
            self.say(f"Saved as {path}.")
