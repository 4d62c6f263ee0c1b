"""The list of documents as rows: title, date, comments, outlet; fetched from the index as they come into view."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Hashable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from corpus.index.listed import Listed
from corpus.library import Entry
from tui.view.rows import Row, Run, fit
from tui.view.wrap import clip, width_of, wrap

BLOCK = 100
BLOCKS_KEPT = 20
BAR = 1
"""The column of the bar at what is chosen; before it stands whether it was read."""
LEAST_OF_A_NAME = 5
"""Cells under which the outlet is left out rather than cut."""


class Head(NamedTuple):
    """A row above the documents: a saved search with its count, or a sentence that nobody stops at."""

    key: Hashable
    text: str
    number: str = ""
    is_search: bool = False


class Marks(NamedTuple):
    """Which of some documents are read and which starred, and how many comments are new since the last visit."""

    read: Collection[str]
    starred: Collection[str] = ()
    new: Mapping[str, int] = {}


class EntriesSource:
    """Shows the rows of a list in its order, read in blocks, under its heads."""

    def __init__(
        self,
        listed: Listed,
        *,
        heads: Sequence[Head] = (),
        marks: Callable[[Sequence[str]], Marks] = lambda documents: Marks(documents),
        noted: Callable[[str], int] = lambda document: 0,
        current: str | None = None,
        today: date | None = None,
    ) -> None:
        """Show `listed`; `current` is the document that is open; `today` is told as such in headings."""
        self.listed, self.heads = listed, heads
        self.marks, self.noted = marks, noted
        self.current, self.today = current, today or date.today()
        self._count = len(listed)
        self._blocks: dict[int, Sequence[Entry | None]] = {}
        self._marks: dict[int, Marks] = {}
        self._days: dict[int, str] = {}
        self._sizes = Counter(listed.groups)
        self._is_dated = listed.view.order == "added" and not listed.view.group and self._spans_days()

    def __len__(self) -> int:
        return len(self.heads) + self._count

    def entry(self, item: int) -> Entry | None:
        """Return an entry; None for a head, and where the index has changed meanwhile."""
        at = item - len(self.heads)
        if not 0 <= at < self._count:
            return None
        block = at // BLOCK
        if block not in self._blocks:
            if len(self._blocks) > BLOCKS_KEPT:
                self._blocks.clear()
                self._marks.clear()
            self._blocks[block] = self.listed.entries(block * BLOCK, BLOCK)
        rows = self._blocks[block]
        return rows[at % BLOCK] if at % BLOCK < len(rows) else None

    def head(self, item: int) -> Head | None:
        """Return the head at an item."""
        return self.heads[item] if 0 <= item < len(self.heads) else None

    def document(self, item: int) -> str | None:
        """Return the id of an entry's document; None where it has none."""
        entry = self.entry(item)
        return entry.document if entry else None

    def neighbour(self, item: int, step: int) -> int | None:
        """Return the item `step` documents on from an item; None beyond the ends."""
        way, left = (1 if step > 0 else -1), abs(step)
        while left:
            item += way
            if not len(self.heads) <= item < len(self):
                return None
            left -= self.document(item) is not None
        return item

    def forget_marks(self) -> None:
        """Ask again what is read and starred."""
        self._marks.clear()

    def marked(self, item: int) -> tuple[bool, bool, int]:
        """Return whether the document of an item is read, whether it is starred, and its new comments."""
        entry, block = self.entry(item), (item - len(self.heads)) // BLOCK
        if entry is None or entry.document is None:
            return True, False, 0
        if block not in self._marks:
            self._marks[block] = self.marks([row.document for row in self._blocks[block] if row and row.document])
        marks = self._marks[block]
        return entry.document in marks.read, entry.document in marks.starred, marks.new.get(entry.document, 0)

    def key(self, item: int) -> Hashable:
        """Return the document's id, or the path of what could not be read."""
        head = self.head(item)
        if head:
            return head.key
        entry = self.entry(item)
        return (entry.document or entry.path) if entry else item

    def find(self, key: Hashable) -> int | None:
        """Return the place of a document or a head in the list."""
        for at, head in enumerate(self.heads):
            if head.key == key:
                return at
        at_row = self.listed.position_of(key) if isinstance(key, str) else None
        return None if at_row is None else at_row + len(self.heads)

    def stops(self, item: int) -> bool:
        """Every entry and every saved search can be chosen."""
        head = self.head(item)
        return head is None or head.is_search

    # rows

    def rows(self, item: int, width: int) -> Sequence[Row]:
        """Return the rows of an entry: the title on at most two lines, then date, comments, outlet or file."""
        head = self.head(item)
        if head:
            return _head_rows(head, width)
        entry = self.entry(item)
        if entry is None:
            return [Row((Run(" "),))]
        above = (
            [Row((Run(" "), Run(clip(said, width - 2), "group")), apart=True)] if (said := self.heading(item)) else []
        )
        if entry.problem:
            return [*above, *_problem_rows(entry, width)]
        read, starred, new = self.marked(item)
        mark = "★" if starred else " " if read else "●"
        guide = "│" if self._in_story(item) else " "
        style = "title" if entry.document == self.current or not read else "text"
        lines = wrap(entry.title, width - 3) if entry.title else []
        rows = []
        for at, (start, end) in enumerate(lines[:2]):
            text = entry.title[start:end]
            if at == 1 and len(lines) > 2:
                text = clip(entry.title[start:], width - 3)
            lead = (Run(mark if at == 0 else " ", "chip"), Run(guide, "guide-0"))
            rows.append(Row((*lead, Run(text, style)), BAR))
        untitled = Row((Run(mark, "chip"), Run(guide, "guide-0"), Run("untitled", "unknown")), BAR)
        return [*above, *(rows or [untitled]), self._facts(entry, width, guide, new)]

    def _facts(self, entry: Entry, width: int, guide: str, new: int) -> Row:
        noted = self.noted(entry.document or "")
        runs = [
            Run(" "),
            Run(guide, "guide-0"),
            Run((entry.published or "no date")[:10], "dim"),
            Run(f" #{entry.comments}" if entry.comments else "", "count"),
            Run(f" +{new} new" if new else "", "chip"),
            Run(f" ✎{noted}" if noted else "", "chip"),
        ]
        where = Run(f" {entry.outlet or entry.name}", "faint")
        left = width - 1 - sum(width_of(run.text) for run in runs)
        return Row(fit([*runs, where] if left >= LEAST_OF_A_NAME else runs, width - 1), BAR)

    def heading(self, item: int) -> str:
        """Return what stands above an entry that begins a group: a day, an outlet, a story; nothing above others."""
        entry, at = self.entry(item), item - len(self.heads)
        if entry is None:
            return ""
        before = self.entry(item - 1)
        if self._in_story(item):
            first = at == 0 or self.listed.groups[at - 1] != self.listed.groups[at]
            return f"{self._sizes[self.listed.groups[at]]} on one story" if first else ""
        if self.listed.view.group == "outlet" or self.listed.view.order == "outlet":
            name = entry.outlet or "no outlet"
            same = before is not None and (before.outlet or "no outlet").casefold() == name.casefold()
            return "" if same else name
        if self._is_dated:
            day = self._day(entry.batch)
            return "" if before is not None and self._day(before.batch) == day else day
        return ""

    def _in_story(self, item: int) -> bool:
        at = item - len(self.heads)
        return bool(self._sizes) and at < len(self.listed.groups) and self._sizes[self.listed.groups[at]] > 1

    def _spans_days(self) -> bool:
        first, last = self.entry(len(self.heads)), self.entry(len(self) - 1)
        return first is not None and last is not None and self._day(first.batch) != self._day(last.batch)

    def _day(self, batch: int) -> str:
        if batch not in self._days:
            self._days[batch] = _day_said(self.listed.listing.added(batch), self.today)
        return self._days[batch]


def _day_said(at: str, today: date) -> str:
    """Return a day in words; `at` is ISO 8601 or nothing."""
    try:
        day = datetime.fromisoformat(at).astimezone().date()
    except ValueError:
        return "added earlier"
    if day == today:
        return "added today"
    if day == today - timedelta(days=1):
        return "added yesterday"
    return f"added {day.isoformat()}"


def _head_rows(head: Head, width: int) -> list[Row]:
    if head.is_search:
        room = max(4, width - len(head.number) - 5)
        name = fit((Run(head.text, "text"),), room)
        return [Row((Run("◇", "chip"), Run(" "), *name, Run(f" {head.number}", "count")), BAR)]
    return [Row((Run(" "), Run(head.text[start:end], "warning"))) for start, end in wrap(head.text, width - 2)]


def _problem_rows(entry: Entry, width: int) -> list[Row]:
    said = wrap(entry.problem or "", width - 3)
    return [
        Row((Run("!", "error"), Run(" "), Run(clip(entry.name, width - 3), "text")), BAR),
        *(Row((Run("  "), Run((entry.problem or "")[start:end], "dim")), BAR) for start, end in said[:3]),
    ]
