"""The one view of rows: what keys and mouse do in every pane."""

from __future__ import annotations

from collections.abc import Callable

from textual import events
from textual.geometry import Region
from textual.message import Message

from tui.dispatch import CommandScreen
from tui.view.rows import Position
from tui.widgets.painted_rows import Marks, PaintedRows

__all__ = ["Marks", "RowsView"]


class RowsView(PaintedRows):
    """Rows with a cursor that keys and the mouse move."""

    DEFAULT_CSS = """
    RowsView { width: 1fr; height: 1fr; min-width: 1; min-height: 1; }
    """
    moved_now: Callable[[RowsView], None] | None = None
    """Called at once in place of `Moved` being posted, so that what it paints is sent with the same frame."""
    jumping: Callable[[], None] | None = None
    """Called before the cursor goes far: to the first item, to the last, to a number."""

    class Moved(Message):
        """The cursor stands on another item, or the view has scrolled."""

        def __init__(self, view: RowsView) -> None:
            """Tell of `view`."""
            self.view = view
            super().__init__()

        @property
        def control(self) -> RowsView:
            """The view that moved."""
            return self.view

    class Chosen(Message):
        """An item was chosen by a click; the keyboard's Enter is a command."""

        def __init__(self, view: RowsView, item: int) -> None:
            """Tell of `item` in `view`."""
            self.view, self.item = view, item
            super().__init__()

        @property
        def control(self) -> RowsView:
            """The view that was clicked."""
            return self.view

    # moving

    def move_cursor(self, item: int, *, anchor: str = "near", tell: bool = True) -> None:
        """Put the cursor on an item and bring it into view; `tell` that it moved.

        `anchor` says where an item comes to stand: top or middle; near, where it is seen at all; turn, where it is
        not to move the others each time: in the middle, unless it is seen already.
        """
        before, top = self.cursor, self.top
        self.cursor = max(0, min(item, len(self.source) - 1))
        self._bring_into_view(anchor)
        if self.top != top:
            self.repaint()
        elif self.cursor != before:
            self._refresh_item(before)
            self._refresh_item(self.cursor)
        if tell:
            self._tell_moved()

    def _tell_moved(self) -> None:
        if self.moved_now:
            self.moved_now(self)
        else:
            self.post_message(self.Moved(self))

    def _bring_into_view(self, anchor: str) -> None:
        if not len(self.source):
            return
        rows = len(self.wrapped.rows(self.cursor))
        above = self.wrapped.rows_between(self.top, self.cursor, self.page * 2)
        is_seen = above is not None and above >= 0 and above + min(rows, self.page) <= self.page
        if anchor in ("near", "turn") and is_seen:
            return
        wanted = Position(self.cursor, 0)
        if anchor in ("middle", "turn"):
            wanted = self.wrapped.move(wanted, -((self.page - min(rows, self.page)) // 2))
        elif anchor == "near" and above is not None and above > 0:
            wanted = self.wrapped.move(wanted, -(self.page - min(rows, self.page)))
        self.top = self.wrapped.clamp(wanted, self.page)

    def step(self, count: int) -> None:
        """Move the cursor by items; a long item is scrolled through before it is left."""
        direction = 1 if count > 0 else -1
        item = self.cursor
        if self._scroll_within(direction):
            return
        for _ in range(abs(count)):
            following = self._next_stop(item, direction)
            if following is None:
                break
            item = following
        if item == self.cursor:
            self.scroll_rows(direction * self.page)
            return
        self.move_cursor(item)

    def _next_stop(self, item: int, direction: int) -> int | None:
        item += direction
        while 0 <= item < len(self.source):
            if self.source.stops(item):
                return item
            item += direction
        return None

    def _scroll_within(self, direction: int) -> bool:
        """Scroll through an item that is higher than the pane; True when that was the move."""
        if not len(self.source):
            return True
        rows = len(self.wrapped.rows(self.cursor))
        if rows <= self.page:
            return False
        if self.cursor != self.top.item:
            return False
        hidden = rows - self.top.row - self.page if direction > 0 else self.top.row
        if hidden <= 0:
            return False
        self.scroll_rows(direction * min(hidden, max(1, self.page - 2)), follow=False)
        return True

    def scroll_rows(self, rows: int, *, follow: bool = True) -> None:
        """Scroll by rows; the cursor is taken along when it would leave the view."""
        if not len(self.source):
            return
        top = self.wrapped.clamp(self.wrapped.move(self.top, rows), self.page)
        moved = top != self.top
        self.top = top
        if moved:
            self.repaint()
        if follow:
            self._follow(rows, moved)
        if moved:
            self._tell_moved()

    def _follow(self, rows: int, moved: bool) -> None:
        shown = list(dict.fromkeys(item for item, at, _ in self.lines() if self.source.stops(item)))
        if not shown:
            return
        before = self.cursor
        if not moved:
            self.cursor = shown[-1] if rows > 0 else shown[0]
        elif self.cursor not in shown:
            self.cursor = shown[0] if rows > 0 else shown[-1]
        if self.cursor != before:
            self.repaint()
            self._tell_moved()

    def go_to_end(self) -> None:
        """Put the cursor on the last item."""
        self.move_cursor(self.nearest_stop(len(self.source) - 1, -1))
        self.top = self.wrapped.last_top(self.page)
        self.repaint()

    # events

    def on_key(self, event: events.Key) -> None:
        """Give a key to the screen at once: on its way up it would wait in line at everything around this view."""
        if isinstance(self.screen, CommandScreen):
            self.screen.on_key(event)

    def on_focus(self) -> None:
        """Show where the keys go."""
        self.refresh(Region(0, 0, self.size.width, self.head))
        self._refresh_item(self.cursor)

    def on_blur(self) -> None:
        """Show that the keys go elsewhere."""
        self.refresh(Region(0, 0, self.size.width, self.head))
        self._refresh_item(self.cursor)

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Scroll with the wheel."""
        event.stop()
        self.scroll_rows(3, follow=False)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Scroll with the wheel."""
        event.stop()
        self.scroll_rows(-3, follow=False)

    def item_at(self, y: int) -> int | None:
        """Return the item shown at a line of the widget."""
        lines = self.lines()
        at = y - self.head
        return lines[at][0] if 0 <= at < len(lines) else None

    def on_click(self, event: events.Click) -> None:
        """Choose what is clicked; a click on the scroll bar goes there."""
        if event.x >= self.size.width - 1 and event.y >= self.head:
            share = (event.y - self.head) / max(1, self.page - 1)
            self.move_cursor(self.nearest_stop(round(share * (len(self.source) - 1))), anchor="top")
            return
        item = self.item_at(event.y)
        if item is not None and self.source.stops(item):
            self.move_cursor(item)
            self.post_message(self.Chosen(self, item))

    # commands that every pane has

    def command_down(self, count: int | None) -> None:
        """Move down."""
        self.step(count or 1)

    def command_up(self, count: int | None) -> None:
        """Move up."""
        self.step(-(count or 1))

    def command_half_down(self, count: int | None) -> None:
        """Scroll half a page down."""
        self.scroll_rows(max(1, self.page // 2) * (count or 1))

    def command_half_up(self, count: int | None) -> None:
        """Scroll half a page up."""
        self.scroll_rows(-max(1, self.page // 2) * (count or 1))

    def command_page_down(self, count: int | None) -> None:
        """Scroll a page down."""
        self.scroll_rows(max(1, self.page - 1) * (count or 1))

    def command_page_up(self, count: int | None) -> None:
        """Scroll a page up."""
        self.scroll_rows(-max(1, self.page - 1) * (count or 1))

    def command_top(self, count: int | None) -> None:
        """Go to the first item, or the one with this number."""
        self._jump()
        if count is not None:
            self.go_to_number(count)
            return
        self.top = Position(0, 0)
        self.move_cursor(self.nearest_stop(0))
        self.repaint()

    def command_bottom(self, count: int | None) -> None:
        """Go to the last item, or the one with this number."""
        self._jump()
        if count is not None:
            self.go_to_number(count)
        else:
            self.go_to_end()

    def _jump(self) -> None:
        if self.jumping:
            self.jumping()

    def stand(self, cursor: int, top: Position) -> None:
        """Put the cursor on an item and the view where it is to stand, or as near as shows the cursor."""
        self.cursor = max(0, min(cursor, len(self.source) - 1))
        self.top = self.wrapped.clamp(top, self.page)
        self._bring_into_view("near")
        self.repaint()

    def go_to_number(self, number: int) -> None:
        """Go to the item with this number on screen."""
        stops = (at for at in range(len(self.source)) if self.source.stops(at))
        for count, at in enumerate(stops, 1):
            if count == number:
                self.move_cursor(at)
                return
