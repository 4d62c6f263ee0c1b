"""Walking over rows that are wrapped on the way: where a pane's top may stand, and what it shows."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence

from tui.view.rows import Position, Row, RowSource

CACHED_ITEMS = 400


class Wrapped:
    """A source at one width; the rows of an item are worked out once and kept while they are in use."""

    def __init__(self, source: RowSource, width: int) -> None:
        """Wrap `source` at `width` cells, lazily."""
        self.source = source
        self.width = width
        self._rows: OrderedDict[int, Sequence[Row]] = OrderedDict()

    def rows(self, item: int) -> Sequence[Row]:
        """Return the rows of an item."""
        rows = self._rows.get(item)
        if rows is None:
            rows = self._rows[item] = self.source.rows(item, self.width)
            if len(self._rows) > CACHED_ITEMS:
                self._rows.popitem(last=False)
        return rows

    def forget(self, fits: Callable[[int], bool] | None = None) -> None:
        """Wrap the items that `fits` picks, or all, again when they are next shown."""
        if fits is None:
            self._rows.clear()
        else:
            for item in [item for item in self._rows if fits(item)]:
                del self._rows[item]

    def move(self, position: Position, rows: int) -> Position:
        """Return the position `rows` further down (or up, if negative), stopped at the ends."""
        item, row = position
        count = len(self.source)
        if not count:
            return Position(0, 0)
        item = min(item, count - 1)
        row += rows
        while row < 0 and item > 0:
            item -= 1
            row += len(self.rows(item))
        while item < count - 1 and row >= len(self.rows(item)):
            row -= len(self.rows(item))
            item += 1
        return Position(item, max(0, min(row, len(self.rows(item)) - 1)))

    def last_top(self, height: int) -> Position:
        """Return the lowest top that still fills `height` rows."""
        count = len(self.source)
        if not count:
            return Position(0, 0)
        return self.move(Position(count - 1, len(self.rows(count - 1)) - 1), -(height - 1))

    def clamp(self, position: Position, height: int) -> Position:
        """Return the position brought between the first row and the last top."""
        position = self.move(Position(max(0, position.item), max(0, position.row)), 0)
        # only near the end can the last top matter, and only there is it cheap to find
        if len(self.source) - position.item <= height:
            return min(position, self.last_top(height))
        return position

    def visible(self, top: Position, height: int) -> Iterator[tuple[int, int, Row]]:
        """Yield item, row within it, and row for every line from `top` down to `height` lines."""
        item, row = top
        left = height
        while left > 0 and item < len(self.source):
            rows = self.rows(item)
            for at in range(row, len(rows)):
                yield item, at, rows[at]
                left -= 1
                if not left:
                    return
            item, row = item + 1, 0

    def rows_between(self, top: Position, item: int, most: int) -> int | None:
        """Return how many rows lie between `top` and the first row of `item`; None when above or beyond `most`."""
        if item < top.item:
            return None
        count = -top.row
        for at in range(top.item, item):
            count += len(self.rows(at))
            if count > most:
                return None
        return count
