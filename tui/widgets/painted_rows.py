"""Rows on screen: a title line, rows wrapped as they come into view, a cursor over items, a scroll bar of its own.

New content never lays out the screen: the offset and the scroll bar are the widget's own.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Self

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region, Size
from textual.strip import Strip

from tui.view.heading import heading
from tui.view.lean import same_from
from tui.view.paint import Painter
from tui.view.rows import EmptySource, Mark, Position, Row, RowSource, Run, fit
from tui.view.scroll import Wrapped
from tui.widgets.kept_lines import KeptLines

Marks = Mapping[object, Sequence[Mark]]


class PaintedRows(KeptLines, can_focus=True):
    """Paints a `RowSource` from `top` on, with the cursor's item marked."""

    is_list = False
    """Whether the whole item under the cursor is painted as chosen."""

    def __init__(self, title: str = "", *, id: str | None = None, classes: str | None = None) -> None:
        """Show nothing yet under `title`; no title means no title line."""
        self._before: list[dict[int, Strip]] = []
        self._due: set[Region] = set()
        super().__init__(id=id, classes=classes)
        self.title = title
        self.subtitle = ""
        self.shorter: Sequence[str] = ()
        self.pinned: list[str] = []
        self.source: RowSource = EmptySource()
        self.wrapped = Wrapped(self.source, 10)
        self.cursor = 0
        self.top = Position(0, 0)
        self.to_stand: tuple[int, int, Position] | None = None
        self._styles: Mapping[str, Style] | None = None
        self._painter: Painter | None = None
        self._lines: list[tuple[int, int, Row]] | None = None
        self._fitted = Size(0, 0)
        self._thumb = range(0)

    # what is shown

    def show(self, source: RowSource, *, keep: bool = False) -> None:
        """Show another source; with `keep` the cursor and the top stay on the same items where they exist."""
        key = self.source.key(self.cursor) if keep and len(self.source) > self.cursor else None
        lead = self.wrapped.rows_between(self.top, self.cursor, 500) if keep and len(self.source) else None
        self.source = source
        self.to_stand = None
        self.wrapped = Wrapped(source, self.text_width)
        if not keep:
            self.cursor, self.top = 0, Position(0, 0)
        elif key is not None:
            found = source.find(key)
            self.cursor = min(self.cursor, max(0, len(source) - 1)) if found is None else found
            self.top = self.wrapped.move(Position(self.cursor, 0), -(lead or 0)) if len(source) else Position(0, 0)
        self.cursor = self.nearest_stop(self.cursor)
        self.repaint()

    def repaint(self) -> None:
        """Paint all lines anew; of those that were painted before only what looks otherwise is sent."""
        self._lines = None
        if self._strips and not self._before and self.is_on_screen:
            self._due = set(self._repaint_regions)
            self._before = [self._strips]
        elif not self._before:
            self.refresh()
            return
        self._strips = {}
        super().refresh()

    def _exchange_repaint_regions(self) -> Collection[Region]:
        """Return what is to be sent with the frame at hand."""
        regions = set(super()._exchange_repaint_regions())
        before, self._before = self._before, []
        whole = self.outer_size.region
        if not before or whole in self._due:
            return regions
        regions = (regions | self._due) - {whole}
        for y, strip in enumerate(self.render_lines(whole)):
            if width := max(_changed(strips.get(y), strip) for strips in before):
                regions.add(Region(0, y, width, 1))
        return regions

    @property
    def head(self) -> int:
        """How many lines the title and what is pinned under it take."""
        return (1 if self.title else 0) + len(self.pinned)

    def pin(self, lines: list[str]) -> None:
        """Show lines between the title and the rows until something else is pinned or nothing."""
        if lines or self.pinned:
            self.pinned = lines
            self.repaint()

    @property
    def text_width(self) -> int:
        """Cells for rows: all but the scroll bar."""
        return max(1, self.outer_size.width - 1)

    @property
    def page(self) -> int:
        """Rows shown at once."""
        return max(1, self.outer_size.height - self.head)

    def marks(self) -> Marks:
        """Return what is lit, by text."""
        return {}

    def roles(self) -> Mapping[str, Style]:
        """Return the styles of the theme in use."""
        if self._styles is None:
            from tui.view.roles import styles_for

            shared = getattr(self.app, "roles", None)
            self._styles = shared() if shared else styles_for(self.app.current_theme)
        return self._styles

    def theme_changed(self) -> None:
        """Take up the styles of another theme."""
        self._styles = self._painter = None
        self.repaint()

    def nearest_stop(self, item: int, step: int = 1) -> int:
        """Return the nearest item from `item` on that the cursor stops at; the other way if there is none."""
        count = len(self.source)
        for way in (step, -step):
            at = item
            while 0 <= at < count:
                if self.source.stops(at):
                    return at
                at += way
        return max(0, min(item, count - 1))

    # painting

    def lines(self) -> list[tuple[int, int, Row]]:
        """Return item, row within it and row for each line on screen."""
        self._fit()
        if self._lines is None:
            self._lines = list(self.wrapped.visible(self.top, self.page))
            self._thumb = self._thumb_rows(self.source, self.top, self._lines)
        return self._lines

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        """Paint the lines of `regions` anew, or all."""
        if repaint and not regions:
            self._before = []
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def render_lines(self, crop: Region) -> list[Strip]:
        """Paint lines of the screen, wrapped for the size that the view has now."""
        self.lines()
        if self._before and self._before[-1] is not self._strips:
            # a frame that others asked for may show some of these lines already, or still those before
            self._before.append(self._strips)
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """Paint one line of the screen."""
        styles, width = self.roles(), self._fitted.width
        y -= self.head
        if y < 0:
            return self._head_line(y, width)
        lines = self._lines or ()
        bar = self._scroll_cell(y in self._thumb, styles)
        if y >= len(lines):
            return self.painter.paint(Row(), width - 1, {}, tail=bar)
        item, _, row = lines[y]
        return self._item_line(row, item == self.cursor and self.source.stops(item), self.marks(), bar)

    def _item_line(self, row: Row, is_here: bool, marks: Marks, bar: Segment) -> Strip:
        """Paint a row of an item; `is_here` where the cursor stands on the item."""
        is_chosen = is_here and self.is_list and not row.apart
        base = ("chosen" if self.has_focus else "chosen-blurred") if is_chosen else "base"
        if is_here and row.runs and not (self.is_list and row.apart):
            row = _with_bar(row, "bar" if self.has_focus else "bar-blurred")
        return self.painter.paint(row, self._fitted.width - 1, marks, base, bar)

    def paint_ahead(self, source: RowSource) -> None:
        """Paint the first screen of what may be shown next; the painter keeps it."""
        if self._fitted != self.outer_size:
            return
        lines = list(Wrapped(source, self.text_width).visible(Position(0, 0), self.page))
        thumb = self._thumb_rows(source, Position(0, 0), lines)
        first = next((item for item, _, _ in lines if source.stops(item)), -1)
        for y, (item, _, row) in enumerate(lines):
            self._item_line(row, item == first, {}, self._scroll_cell(y in thumb, self.roles()))

    @property
    def painter(self) -> Painter:
        """What paints rows in the theme in use."""
        if self._painter is None:
            self._painter = Painter(self.roles(), self.plain_characters)
        return self._painter

    @property
    def plain_characters(self) -> Mapping[int, str] | None:
        """Characters shown in another way on this terminal."""
        return getattr(self.app, "plain_characters", None)

    def _head_line(self, y: int, width: int) -> Strip:
        """Paint a line above the rows; `y` counts back from them."""
        role = "head-focused" if self.has_focus else "head"
        pinned = len(self.pinned) + y
        if pinned >= 0:
            line = (Run(" "), Run(self.pinned[pinned], "author" if pinned == 0 else "quote"))
            return self.painter.paint(Row(fit(line, width)), width, {}, "head")
        runs = heading(self.title, (self.subtitle, *self.shorter), width, role)
        return self.painter.paint(Row(runs), width, {}, "head")

    def _scroll_cell(self, inside: bool, styles: Mapping[str, Style]) -> Segment:
        glyph = ("#" if inside else "|") if self.plain_characters else ("┃" if inside else "│")
        return Segment(glyph, styles["base"] + styles["thumb" if inside else "track"])

    def _thumb_rows(self, source: RowSource, top: Position, lines: Sequence[tuple[int, int, Row]]) -> range:
        """Return the rows of the scroll bar that say which part is shown; none where that is all."""
        count = len(source)
        if not lines or (top == Position(0, 0) and lines[-1][0] >= count - 1 and len(lines) < self.page):
            return range(0)
        shown = max(1, lines[-1][0] - top.item + 1)
        size = max(1, self.page * shown // max(1, count))
        start = round((self.page - size) * top.item / max(1, count - shown)) if count > shown else 0
        return range(start, start + size)

    def refresh_items(self, fits: Callable[[int], bool]) -> None:
        """Paint the items on screen anew that `fits` picks; they look otherwise now, and are as high as before."""
        self.wrapped.forget(fits)
        if self._lines is None:
            self.refresh()
            return
        for item in dict.fromkeys(line[0] for line in self._lines):
            if fits(item):
                self._refresh_item(item)
        self._lines = None

    def _refresh_item(self, item: int) -> None:
        """Repaint an item as little as it needs: a text's cursor is one column of cells."""
        if self._lines is None:
            self.refresh()
            return
        shown = [(y, row) for y, (at, _, row) in enumerate(self._lines) if at == item]
        if not shown:
            return
        first = shown[0][0] + self.head
        if self.is_list:
            self.refresh(Region(0, first, self.text_width, len(shown)))
        else:
            self.refresh(Region(shown[0][1].bar, first, 1, len(shown)))

    def on_resize(self, event: events.Resize) -> None:
        """Wrap for the new size, where the first paint at that size has not yet."""
        if self._fit():
            self.repaint()

    def _fit(self) -> bool:
        """Wrap for the size that the view has now; the passage at the top stays there. False where that was done."""
        # what was put in while the pane was out of sight is wrapped for no width at all
        if self._fitted == self.outer_size and self.wrapped.width == self.text_width:
            return False
        self._fitted, self._lines = self.outer_size, None
        self._strips = {}
        if self.wrapped.width != self.text_width:
            self.wrapped = Wrapped(self.source, self.text_width)
        page, cursor, top = self.to_stand or (0, 0, self.top)
        # at the height for which a place was kept, with the cursor on its item, the view is where it was
        is_kept = (page, cursor) == (self.page, self.cursor)
        self.top = self.wrapped.clamp(top if is_kept else Position(self.top.item, 0), self.page)
        return True


def _changed(before: Strip | None, now: Strip) -> int:
    """Return the cells from the left that differ from what a line was."""
    if before is now:
        return 0
    if before is None or before.cell_length != now.cell_length:
        return now.cell_length
    return same_from(before, now)


def _with_bar(row: Row, role: str) -> Row:
    """Return the row with the focus bar in its column, where nothing is told there."""
    runs: list[Run] = []
    column = 0
    placed = False
    for run in row.runs:
        end = column + len(run.text)
        cut = row.bar - column
        if not placed and run.source is None and column <= row.bar < end and run.text[cut] in " │":
            runs += [run._replace(text=run.text[:cut]), Run("▌", role), run._replace(text=run.text[cut + 1 :])]
            placed = True
        else:
            runs.append(run)
        column = end
    return Row(tuple(runs), row.bar)
