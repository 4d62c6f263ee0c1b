"""Plain lists as rows: commands, notes, links, forms of a quote."""

from __future__ import annotations

import re
from collections.abc import Hashable, Sequence
from typing import NamedTuple

from rich.cells import cell_len

from tui.view.rows import Row, Run, fit
from tui.view.wrap import clip, wrap

LEAST_RIGHT = 30
"""Cells that what stands at the right edge has at least, up to two fifths of the row."""
WIDE = 90
"""Cells from which a list has room for more at its right edge."""
_PARTS = re.compile("; | · ")


def whole_parts(text: str, width: int) -> str:
    """Return a text cut to `width` cells by whole parts, with the number of those left out: "one letter differs +1"."""
    if cell_len(text) <= width:
        return text
    ends = [match.start() for match in _PARTS.finditer(text)]
    for left, end in enumerate(reversed(ends), 1):
        if cell_len(said := f"{text[:end]} +{left}") <= width:
            return said
    if not ends:
        return clip(text, width)
    tail = f" +{len(ends)}"
    return clip(text[: ends[0]], width - len(tail)) + tail


class Line(NamedTuple):
    """One choice of a list: words with their styles, what stands at the right edge, more text below; a heading stops nobody.

    What stands at the right may have parts, "; " or " · " between them: those that have no room are counted.
    """

    key: Hashable
    runs: tuple[Run, ...]
    right: str = ""
    below: str = ""
    heading: bool = False
    most: int = 2
    """Rows of `below` that are shown."""
    is_first: bool = False
    """Whether others belong under it: a blank row stands above it, as above a heading."""
    roomy: str = ""
    """What stands before `right` in a wide window."""


class LinesSource:
    """Shows `Line`s."""

    def __init__(self, lines: Sequence[Line]) -> None:
        """Show `lines`."""
        self.lines = lines

    def __len__(self) -> int:
        return len(self.lines)

    def key(self, item: int) -> Hashable:
        """Return the line's key."""
        return self.lines[item].key

    def find(self, key: Hashable) -> int | None:
        """Return the item with this key."""
        return next((at for at, line in enumerate(self.lines) if line.key == key), None)

    def stops(self, item: int) -> bool:
        """Headings are passed over."""
        return not self.lines[item].heading

    def rows(self, item: int, width: int) -> Sequence[Row]:
        """Return the line, and what stands below it."""
        line = self.lines[item]
        right = whole_parts(line.right, min(width * 2 // 5, max(LEAST_RIGHT, width // 3)))
        if line.roomy and width >= WIDE:
            right = f"{clip(line.roomy, width // 3 - cell_len(right))} · {right}"
        room = width - cell_len(right) - 3
        runs = fit(line.runs, room)
        used = sum(cell_len(run.text) for run in runs)
        gap = Run(" " * max(1, width - 2 - used - cell_len(right)))
        rows = [Row((Run(" "), *runs, gap, Run(right, "dim")))]
        if (line.heading or line.is_first) and item:
            rows.insert(0, Row((Run(" "),), apart=True))
        pieces = wrap(line.below, max(4, width - 5)) if line.below else []
        for at, (start, end) in enumerate(pieces[: line.most]):
            text = line.below[start:end]
            if at == line.most - 1 and len(pieces) > line.most:
                text = clip(line.below[start:], width - 5)
            rows.append(Row((Run("   "), Run(text, "dim"))))
        return rows
