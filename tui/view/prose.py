"""Paragraphs of plain words as rows: what stands beside a list, to be read and not to be chosen from."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import NamedTuple

from tui.view.rows import Row, Run
from tui.view.wrap import wrap


class Prose(NamedTuple):
    """A paragraph, its style, and what its first row begins with; `gap` leaves an empty row after it."""

    text: str
    style: str = "text"
    lead: str = ""
    gap: bool = False


class ProseSource:
    """Shows paragraphs, wrapped."""

    def __init__(self, paragraphs: Sequence[Prose]) -> None:
        """Show `paragraphs`."""
        self.paragraphs = paragraphs

    def __len__(self) -> int:
        return len(self.paragraphs)

    def rows(self, item: int, width: int) -> Sequence[Row]:
        """Return the rows of a paragraph."""
        text, style, lead, gap = self.paragraphs[item]
        indent = Run(" " * len(lead))
        rows = [
            Row((Run(" "), Run(lead, "dim") if at == 0 else indent, Run(text[start:end], style)))
            for at, (start, end) in enumerate(wrap(text, max(4, width - 2 - len(lead))))
        ]
        return [*(rows or [Row((Run(" "),))]), *([Row()] if gap else [])]

    def key(self, item: int) -> Hashable:
        """Return the paragraph's place."""
        return item

    def find(self, key: Hashable) -> int | None:
        """Return the item at a place."""
        return key if isinstance(key, int) and key < len(self) else None

    def stops(self, item: int) -> bool:
        """Return False: there is nothing to choose."""
        return False
