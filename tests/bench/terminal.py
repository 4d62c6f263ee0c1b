"""As much of a terminal as tells what a program has put on its screen."""

from __future__ import annotations

import re
from functools import lru_cache

from rich.cells import get_character_cell_size

_TOKENS = re.compile(
    r"\x1b\[([0-?]*)[ -/]*([@-~])|\x1b(?:\][^\x07\x1b]*(?:\x07|\x1b\\)|P[^\x1b]*\x1b\\|[@-Z\\-_=>])|([\r\n])|([^\x1b\r\n]+)"
)
_width = lru_cache(4096)(get_character_cell_size)


class Terminal:
    """Rows of cells, written by moving, printing and clearing."""

    def __init__(self, rows: int, columns: int) -> None:
        """Show nothing yet."""
        self.rows, self.columns = rows, columns
        self._cells = [[" "] * columns for _ in range(rows)]
        self._x = self._y = 0

    def feed(self, output: bytes) -> None:
        """Take up what a program has written, in whole sequences."""
        for arguments, final, control, text in _TOKENS.findall(output.decode("utf-8", "replace")):
            if text:
                self._print(text)
            elif control:
                self._x, self._y = (0, self._y) if control == "\r" else (self._x, self._y + 1)
            elif final == "H":
                y, _, x = arguments.partition(";")
                self._y, self._x = int(y or 1) - 1, int(x or 1) - 1
            elif final == "J":
                self._cells = [[" "] * self.columns for _ in range(self.rows)]

    def _print(self, text: str) -> None:
        for char in text:
            size = _width(char)
            if size and 0 <= self._y < self.rows and self._x + size <= self.columns:
                self._cells[self._y][self._x : self._x + size] = [char, *[""] * (size - 1)]
            self._x += size

    def lines(self) -> list[str]:
        """Return the rows as they are read, blanks at their ends cut."""
        return ["".join(row).rstrip() for row in self._cells]
