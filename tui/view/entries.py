"""The list of documents as rows: title, date, comments, outlet; fetched from the index as they come into view."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Sequence

from corpus.library import Entry
from tui.view.paint import fit
from tui.view.rows import Row, Run
from tui.view.wrap import clip, wrap

BLOCK = 100


class EntriesSource:
    """Shows the entries of the index in its order, read in blocks."""

    def __init__(
        self,
        count: int,
        fetch: Callable[[int, int], Sequence[Entry]],
        *,
        marks: Callable[[Sequence[str]], tuple[Collection[str], Collection[str]]] = lambda documents: (documents, ()),
        noted: Callable[[str], int] = lambda document: 0,
        current: str | None = None,
        position: Callable[[str], int | None] = lambda document: None,
    ) -> None:
        """Show `count` entries; `fetch(offset, limit)` returns them; `current` is the document that is open."""
        self.position = position
        self.count, self.fetch = count, fetch
        self.marks, self.noted = marks, noted
        self.current = current
        self._blocks: dict[int, Sequence[Entry]] = {}
        self._marks: dict[int, tuple[Collection[str], Collection[str]]] = {}

    def __len__(self) -> int:
        return self.count

    def entry(self, item: int) -> Entry | None:
        """Return an entry; None where the index has changed meanwhile."""
        block = item // BLOCK
        if block not in self._blocks:
            if len(self._blocks) > 20:
                self._blocks.clear()
            self._blocks[block] = self.fetch(block * BLOCK, BLOCK)
        rows = self._blocks[block]
        return rows[item % BLOCK] if item % BLOCK < len(rows) else None

    def document(self, item: int) -> str | None:
        """Return the id of an entry's document; None where it has none."""
        entry = self.entry(item)
        return entry.document if entry else None

    def forget_marks(self) -> None:
        """Ask again what is read and starred."""
        self._marks.clear()

    def marked(self, item: int) -> tuple[bool, bool]:
        """Return whether the document of an item is read, and whether it is starred."""
        entry, block = self.entry(item), item // BLOCK
        if entry is None or entry.document is None:
            return True, False
        if block not in self._marks:
            self._marks[block] = self.marks([row.document for row in self._blocks[block] if row.document])
        read, starred = self._marks[block]
        return entry.document in read, entry.document in starred

    def key(self, item: int) -> Hashable:
        """Return the document's id, or the path of what could not be read."""
        entry = self.entry(item)
        return (entry.document or entry.path) if entry else item

    def find(self, key: Hashable) -> int | None:
        """Return the place of a document in the list."""
        return self.position(str(key))

    def stops(self, item: int) -> bool:
        """Every entry can be chosen."""
        return True

    def rows(self, item: int, width: int) -> Sequence[Row]:
        """Return the rows of an entry: the title on at most two lines, then date, comments, outlet or file."""
        entry = self.entry(item)
        if entry is None:
            return [Row((Run(" "),))]
        if entry.problem:
            return _problem_rows(entry, width)
        document = entry.document or ""
        read, starred = self.marked(item)
        mark = "★" if starred else " " if read else "●"
        style = "title" if document == self.current or not read else "text"
        lines = wrap(entry.title, width - 3) if entry.title else []
        rows = []
        for at, (start, end) in enumerate(lines[:2]):
            text = entry.title[start:end]
            if at == 1 and len(lines) > 2:
                text = clip(entry.title[start:], width - 3)
            lead = (Run(mark if at == 0 else " ", "chip"), Run(" "))
            rows.append(Row((*lead, Run(text, style))))
        return [*(rows or [Row((Run(f"{mark} "), Run("untitled", "unknown")))]), self._facts(entry, document, width)]

    def _facts(self, entry: Entry, document: str, width: int) -> Row:
        noted = self.noted(document)
        runs = [
            Run("  "),
            Run((entry.published or "no date")[:10], "dim"),
            Run(f" #{entry.comments}" if entry.comments else "", "count"),
            Run(f" ✎{noted}" if noted else "", "chip"),
            Run(f" {entry.outlet or entry.name}", "faint"),
        ]
        return Row(fit(runs, width - 1))


def _problem_rows(entry: Entry, width: int) -> list[Row]:
    said = wrap(entry.problem or "", width - 3)
    return [
        Row((Run("! ", "error"), Run(clip(entry.name, width - 3), "text"))),
        *(Row((Run("  "), Run((entry.problem or "")[start:end], "dim"))) for start, end in said[:3]),
    ]
