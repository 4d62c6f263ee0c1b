"""A pane of text: a sentence or a selection in it, moved by keys and by the mouse."""

from __future__ import annotations

from textual import events
from textual.message import Message

from tui.view.selection import Point, Selection, moved, sentence_beside, stretches
from tui.widgets.passages_view import PassagesView


class TextPane(PassagesView):
    """Passages in which text is selected."""

    class SelectionChanged(Message):
        """A selection was begun, moved or left."""

    _drag: Point | None = None

    @property
    def selecting(self) -> bool:
        """Whether keys now move the end of a selection."""
        return self.selection is not None

    def _select(self, selection: Selection | None) -> None:
        self.selection = selection
        self.sentence = None
        self.relight()
        if selection:
            self.cursor = selection.head.item
            self._bring_into_view("near")
        self.post_message(self.SelectionChanged())

    def clear_selection(self) -> bool:
        """Leave selection and sentence; False where there was neither."""
        had = bool(self.selection or self.sentence)
        self.selection = self.sentence = None
        if had:
            self.relight()
            self.post_message(self.SelectionChanged())
        return had

    def _begin(self, unit: str) -> None:
        source = self.passages
        if source is None:
            return
        if self.selection:
            self.clear_selection()
            return
        if self.sentence and unit == "sentence":
            self._select(Selection(*self.sentence))
            return
        found = stretches(unit, source.passage(self.cursor), source.document)
        if found:
            start, end = found[0]
            self._select(Selection(Point(self.cursor, start), Point(self.cursor, end)))

    def _extend(self, unit: str, step: int, count: int | None) -> None:
        source = self.passages
        if source is None or self.selection is None:
            return
        selection = self.selection
        for _ in range(count or 1):
            selection = moved(selection, unit, step, source.passage, source.document, len(self.source))
        self._select(selection)

    def command_select(self, count: int | None) -> None:
        """Begin or leave a selection by sentence."""
        self._begin("sentence")

    def command_select_passage(self, count: int | None) -> None:
        """Begin or leave a selection by passage."""
        self._begin("passage")

    def command_select_word_next(self, count: int | None) -> None:
        """Move the selection's end a word on."""
        self._extend("word", 1, count)

    def command_select_word_previous(self, count: int | None) -> None:
        """Move the selection's end a word back."""
        self._extend("word", -1, count)

    def command_select_passage_next(self, count: int | None) -> None:
        """Move the selection's end to the end of a passage."""
        self._extend("passage", 1, count)

    def command_select_passage_previous(self, count: int | None) -> None:
        """Move the selection's end to the start of a passage."""
        self._extend("passage", -1, count)

    def command_select_other_end(self, count: int | None) -> None:
        """Go on with the other end."""
        if self.selection:
            self._select(self.selection.turned())

    def command_sentence_next(self, count: int | None) -> None:
        """Go to the next sentence, or take it into the selection."""
        self._sentence(1, count)

    def command_sentence_previous(self, count: int | None) -> None:
        """Go to the previous sentence, or give it up from the selection."""
        self._sentence(-1, count)

    def _sentence(self, step: int, count: int | None) -> None:
        if self.selection:
            self._extend("sentence", step, count)
            return
        source = self.passages
        if source is None:
            return
        for _ in range(count or 1):
            here = self.sentence[0] if self.sentence else Point(self.cursor, -1 if step > 0 else 0)
            found = sentence_beside(source.passage, source.document, here, step, len(self.source))
            if found is None:
                break
            self.sentence = found
        if self.sentence:
            if self.sentence[0].item != self.cursor:
                self.move_cursor(self.sentence[0].item)
            passage = source.passage(self.sentence[0].item)
            if passage:
                self._show_row_of(self.cursor, passage.key, self.sentence[0].offset)
            self.relight()

    def step(self, count: int) -> None:
        """Move by passages; inside a selection its end moves."""
        if self.selection:
            self._extend("passage", 1 if count > 0 else -1, abs(count))
            return
        if self.sentence:
            self.sentence = None
            self.relight()
        super().step(count)

    # the mouse

    def _point_at(self, x: int, y: int) -> Point | None:
        lines = self.lines()
        at = y - self.head
        if not lines or self.passages is None:
            return None
        item, _, row = lines[max(0, min(at, len(lines) - 1))]
        found = row.point_at(x)
        passage = self.passages.passage(item)
        if passage is None:
            return None
        if found is None or found[0] != passage.key:
            return Point(item, passage.end)
        return Point(item, found[1])

    def on_mouse_down(self, event: events.MouseDown) -> None:
        """Begin to select by drag."""
        if event.button == 1 and self.head <= event.y and event.x < self.size.width - 1:
            self._drag = self._point_at(event.x, event.y)
            self.capture_mouse()

    def on_mouse_move(self, event: events.MouseMove) -> None:
        """Select what lies between the press and the pointer."""
        if self._drag is None or not event.button:
            return
        if event.y < self.head:
            self.scroll_rows(-1, follow=False)
        elif event.y >= self.size.height:
            self.scroll_rows(1, follow=False)
        here = self._point_at(event.x, event.y)
        if here and here != self._drag:
            self.selection = Selection(self._drag, here)
            self.sentence = None
            self.relight()

    def on_mouse_up(self, event: events.MouseUp) -> None:
        """End the drag; the selection stays for the keys."""
        self.release_mouse()
        if self._drag and self.selection:
            self.post_message(self.SelectionChanged())
        self._drag = None

    def on_click(self, event: events.Click) -> None:
        """Focus the passage that is clicked; a double click selects the sentence."""
        if self.selection and event.chain == 1 and self.selection.anchor != self.selection.head and self._dragged:
            return
        self.clear_selection()
        super().on_click(event)
        if event.chain == 2:
            self._select_around(self._point_at(event.x, event.y))

    def _select_around(self, point: Point | None) -> None:
        """Select the sentence that holds a place."""
        source = self.passages
        if source is None or point is None:
            return
        for start, end in stretches("sentence", source.passage(point.item), source.document):
            if start <= point.offset < end:
                self._select(Selection(Point(point.item, start), Point(point.item, end)))

    @property
    def _dragged(self) -> bool:
        return self._drag is None and self.selection is not None
