"""Rows: what a pane shows, cell by cell, and which stretch of which text every cell shows."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import NamedTuple, Protocol

from corpus.model import TextKey
from tui.view.wrap import offset_at, width_of


class Run(NamedTuple):
    """Neighbouring cells of one style. `source` is None for furniture: guides, chips, numbers, blanks."""

    text: str
    style: str = "text"
    source: TextKey | None = None
    start: int = 0


class Row(NamedTuple):
    """One line of a pane. `bar` is the column where the focus bar stands; `apart` is a heading that an item begins with."""

    runs: tuple[Run, ...] = ()
    bar: int = 0
    apart: bool = False

    def point_at(self, x: int) -> tuple[TextKey, int] | None:
        """Return the text and offset shown nearest to column `x`; None where the row shows no text."""
        column, nearest = 0, None
        for run in self.runs:
            width = width_of(run.text)
            if run.source is not None:
                if x < column:
                    return nearest or (run.source, run.start)
                if x < column + width:
                    return run.source, run.start + offset_at(run.text, x - column)
                nearest = (run.source, run.start + len(run.text))
            column += width
        return nearest

    def cells(self) -> tuple[tuple[TextKey, int, int, int, int], ...]:
        """Return for each run of text: its key, start and end in the text, first and last cell (exclusive)."""
        found, column = [], 0
        for run in self.runs:
            width = width_of(run.text)
            if run.source is not None:
                found.append((run.source, run.start, run.start + len(run.text), column, column + width))
            column += width
        return tuple(found)

    @property
    def plain(self) -> str:
        """The row as it is read on screen."""
        return "".join(run.text for run in self.runs)


def fit(runs: Sequence[Run], width: int) -> tuple[Run, ...]:
    """Return the runs cut to `width` cells, with an ellipsis where something was cut."""
    if sum(width_of(run.text) for run in runs) <= width:
        return tuple(runs)
    kept: list[Run] = []
    left = max(0, width - 1)
    for run in runs:
        size = width_of(run.text)
        if size > left:
            if width > 0:
                kept += [run._replace(text=run.text[: offset_at(run.text, left)]), Run("…", run.style)]
            break
        kept.append(run)
        left -= size
    return tuple(kept)


class Position(NamedTuple):
    """A place in a pane that survives re-wrapping: an item, and a row within it."""

    item: int
    row: int = 0


class RowSource(Protocol):
    """What a pane shows: items in order, each wrapped to rows when it comes into view."""

    def __len__(self) -> int:
        """Return the number of items."""
        ...

    def rows(self, item: int, width: int) -> Sequence[Row]:
        """Return the rows of an item at this width, at least one; called again after a resize."""
        ...

    def key(self, item: int) -> Hashable:
        """Return what names the item when the list changes around it."""
        ...

    def find(self, key: Hashable) -> int | None:
        """Return the item with this key; None where it is not shown."""
        ...

    def stops(self, item: int) -> bool:
        """Tell whether the cursor stops at this item; headings are passed over."""
        ...


class Mark(NamedTuple):
    """A stretch of a text that is lit: search hit, mention, highlight, selection. Later roles paint over earlier."""

    start: int
    end: int
    role: str


class EmptySource:
    """Shows one sentence where there is nothing to list."""

    def __init__(self, sentence: str = "") -> None:
        """Show `sentence`, the project's own words."""
        self.sentence = sentence

    def __len__(self) -> int:
        return 1 if self.sentence else 0

    def rows(self, item: int, width: int) -> Sequence[Row]:
        """Return the sentence, wrapped."""
        from tui.view.wrap import wrap

        return [Row((Run(" "), Run(self.sentence[start:end], "dim"))) for start, end in wrap(self.sentence, width - 2)]

    def key(self, item: int) -> Hashable:
        """Return a key of its own."""
        return "empty"

    def find(self, key: Hashable) -> int | None:
        """Return None: nothing is listed."""
        return None

    def stops(self, item: int) -> bool:
        """Return False: there is nothing to choose."""
        return False
