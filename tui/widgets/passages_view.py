"""Rows that show passages of a document: what is lit in them, what the keys act on, going to a place in a text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol, cast

from corpus.model import Document, Span, TextKey
from tui.view.rows import Mark, RowSource
from tui.view.selection import Passage, Point, Selection, spans_of
from tui.widgets.rows_view import Marks, RowsView

Lit = Mapping[TextKey, Sequence[tuple[int, int]]]


class PassageSource(RowSource, Protocol):
    """A source whose items are passages of one document."""

    document: Document

    def passage(self, item: int) -> Passage | None:
        """Return the passage shown by an item."""
        ...

    def item_at(self, key: TextKey, offset: int) -> int | None:
        """Return the item that shows an offset of a text."""
        ...

    def item_of_number(self, number: int) -> int | None:
        """Return the item with a number on screen."""
        ...


class PassagesView(RowsView):
    """Shows a `PassageSource`. Everything that acts on text acts on `targets()`."""

    def __init__(self, title: str = "", *, id: str | None = None) -> None:
        """Show nothing yet."""
        super().__init__(title, id=id)
        self.selection: Selection | None = None
        self.sentence: tuple[Point, Point] | None = None
        self.notes: Mapping[TextKey, Sequence[Mark]] = {}
        self.lit: Lit = {}
        self.lit_role = "hit"
        self.lit_now: Span | None = None
        self._marks: dict[object, list[Mark]] | None = None

    @property
    def passages(self) -> PassageSource | None:
        """The source, where it shows a document."""
        return cast("PassageSource", self.source) if hasattr(self.source, "passage") else None

    def show(self, source: RowSource, *, keep: bool = False) -> None:
        """Show another source; the selection does not outlive it."""
        if not keep:
            self.selection = self.sentence = None
        self._marks = None
        super().show(source, keep=keep)

    # what is lit

    def marks(self) -> Marks:
        """Return notes, what is lit, the sentence and the selection, the later over the earlier."""
        if self._marks is None:
            marks: dict[object, list[Mark]] = {key: list(found) for key, found in self.notes.items()}
            for key, stretches_lit in self.lit.items():
                marks.setdefault(key, []).extend(Mark(start, end, self.lit_role) for start, end in stretches_lit)
            now = self.lit_now
            if now:
                marks.setdefault(now.key, []).append(Mark(now.start, now.end, "hit-now"))
            for span in self._spans(Selection(*self.sentence)) if self.sentence else ():
                marks.setdefault(span.key, []).append(Mark(span.start, span.end, "sentence"))
            for span in self._spans(self.selection) if self.selection else ():
                marks.setdefault(span.key, []).append(Mark(span.start, span.end, "selection"))
            self._marks = marks
        return self._marks

    def relight(self) -> None:
        """Paint anew after something lit has changed."""
        self._marks = None
        self.repaint()

    def _spans(self, selection: Selection) -> tuple[Span, ...]:
        source = self.passages
        return spans_of(selection, source.passage, source.document) if source else ()

    # what the user points at

    def targets(self) -> tuple[Span, ...]:
        """Return what a command acts on: the selection, else the sentence under the cursor, else the passage."""
        source = self.passages
        if source is None:
            return ()
        if self.selection:
            return self._spans(self.selection)
        if self.sentence:
            return self._spans(Selection(*self.sentence))
        passage = source.passage(self.cursor)
        if passage is None or passage.start == passage.end:
            return ()
        return (Span(source.document.id, *passage.key, passage.start, passage.end),)

    def focused_passage(self) -> Passage | None:
        """Return the passage that the bar stands at."""
        return self.passages.passage(self.cursor) if self.passages else None

    def go_to(self, key: TextKey, offset: int, *, anchor: str = "near") -> bool:
        """Put the bar on the passage that holds this place; False where it is not shown."""
        item = self.passages.item_at(key, offset) if self.passages else None
        if item is None:
            return False
        self.sentence = None
        self._marks = None
        self.move_cursor(item, anchor=anchor)
        self._show_row_of(item, key, offset)
        self.repaint()
        return True

    def _show_row_of(self, item: int, key: TextKey, offset: int) -> None:
        """Scroll within a passage that is higher than the pane until the place itself is seen."""
        rows = self.wrapped.rows(item)
        at = 0
        for number, row in enumerate(rows):
            if any(found[0] == key and found[1] <= offset for found in row.cells()):
                at = number
        above = self.wrapped.rows_between(self.top, item, self.page * 4)
        line = (above or 0) + at
        if above is None or not 0 <= line < self.page:
            self.scroll_rows(line - self.page // 2, follow=False)

    def go_to_number(self, number: int) -> None:
        """Go to ¶ or # `number`."""
        item = self.passages.item_of_number(number) if self.passages else None
        if item is not None:
            self.move_cursor(item, anchor="top" if item != self.cursor else "near")
