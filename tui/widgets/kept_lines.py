"""Lines that are painted once and kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Self

from textual.filter import ANSIToTruecolor, DimFilter, LineFilter
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from tui.view.lean import lean


class KeptLines(Widget):
    """Fills its place with what `render_line` paints; a line is painted anew only after it was refreshed.

    The borders, paddings and blends that Textual would look for at every line are none.
    """

    ALLOW_SELECT: ClassVar[bool] = False

    def __init__(self, *, id: str | None = None, classes: str | None = None) -> None:
        """Keep nothing yet."""
        self._strips: dict[int, Strip] = {}
        super().__init__(id=id, classes=classes)

    def refresh(self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False) -> Self:
        """Paint the lines of `regions` anew, or all."""
        if repaint and regions:
            for region in regions:
                for y in region.line_range:
                    self._strips.pop(y, None)
        elif repaint:
            self._strips = {}
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)

    def notify_style_update(self) -> None:
        """Paint anew under other styles."""
        self._strips = {}
        super().notify_style_update()

    def render_lines(self, crop: Region) -> list[Strip]:
        """Return lines, painted where they are not kept."""
        strips, width = self._strips, self.outer_size.width
        missing = [y for y in crop.line_range if y not in strips or strips[y].cell_length != width]
        if missing:
            filters = self.get_line_filters()
            for y in missing:
                strip = self.render_line(y)
                for item in filters:
                    strip = lean(strip.apply_filter(item, self.background_colors[1]))
                strips[y] = strip
        found = [strips[y] for y in crop.line_range]
        if crop.column_span != (0, width):
            found = [strip.crop(*crop.column_span) for strip in found]
        return found

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Leave out the filters for palette colours and for dim letters: roles that need RGB have it, and none is dim."""
        return [item for item in super().get_line_filters() if not isinstance(item, (ANSIToTruecolor, DimFilter))]
