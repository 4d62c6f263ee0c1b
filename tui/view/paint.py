"""Rows to strips: the one place where text of a corpus becomes cells, as plain segments without markup."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tui.view.lean import LeanStrip, blank_alike
from tui.view.rows import Mark, Row, Run
from tui.view.wrap import width_of

Part = tuple[str, Style]
"""Cells of one look."""
MOST_MARKS = 4
"""Combining marks shown on one base; a flood of them would be sent to the terminal at every repaint."""

ASCII: Mapping[int, str] = {
    ord(char): plain
    for char, plain in zip("│┃▌¶“”„‘’–—…·•●★✎↳▸▾→←−⇄␣␦◇◆", '||#P"""\'\'--.-*o*+>>v><-~_?%%', strict=True)
}
"""Characters and what stands for them where only ASCII is sure to be shown, and as wide as it is thought to be."""

KEPT = 300
"""Strips that a painter keeps: some screens of a pane."""

_FLOOD = re.compile(
    "([\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe2f]{4})[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe2f]+"
)


def paint(
    row: Row,
    width: int,
    styles: Mapping[str, Style],
    marks: Mapping[object, Sequence[Mark]],
    base: str = "base",
    plain: Mapping[int, str] | None = None,
    tail: Segment | None = None,
) -> Strip:
    """Return the strip of a row, exactly `width` cells and `tail`.

    Args:
        row: the row.
        width: cells of the pane.
        styles: style of every role; role `base` lies under all.
        marks: for each text key the stretches that are lit, later ones over earlier ones.
        base: the role under the whole row, for rows of a list that is chosen.
        plain: characters to show in another way (`--ascii`, terminals with wide ambiguous characters).
        tail: one more cell, for a scroll bar.
    """
    ground = styles[base]
    parts: list[Part] = []
    for run in row.runs:
        lit = marks.get(run.source) if run.source is not None else None
        if lit:
            for part in _lit(run, lit, styles, ground):
                _join(parts, *part)
        elif run.text:
            is_blank = run.source is None and run.text.isspace()
            _join(parts, _show(run.text), ground if is_blank else ground + styles[run.style])
    if plain:
        parts = [(text.translate(plain), style) for text, style in parts]
    used = sum(width_of(text) for text, _ in parts)
    if used < width:
        _join(parts, " " * (width - used), ground)
    segments = [Segment(text, style) for text, style in parts]
    if used > width:
        segments = list(Strip(segments, used).adjust_cell_length(width, ground))
    if tail is None:
        return LeanStrip(segments, width)
    # a strip is dear to make: the row and its tail are one
    return LeanStrip([*segments, tail], width + 1)


class Painter:
    """Paints rows in one set of styles; a row that comes again looking as it did is not painted again."""

    def __init__(self, styles: Mapping[str, Style], plain: Mapping[int, str] | None = None) -> None:
        """Paint in `styles`, with `plain` characters; see `paint`."""
        self._styles, self._plain = styles, plain
        self._kept: OrderedDict[tuple[object, ...], Strip] = OrderedDict()

    def paint(
        self,
        row: Row,
        width: int,
        marks: Mapping[object, Sequence[Mark]],
        base: str = "base",
        tail: Segment | None = None,
    ) -> Strip:
        """Return the strip of a row; see `paint`."""
        key = row.runs, width, base, tail, _on(row, marks) if marks else ()
        strip = self._kept.get(key)
        if strip is None:
            strip = self._kept[key] = paint(row, width, self._styles, marks, base, self._plain, tail)
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        else:
            self._kept.move_to_end(key)
        return strip


def _on(row: Row, marks: Mapping[object, Sequence[Mark]]) -> tuple[tuple[object, Mark], ...]:
    """Return the marks that are seen on a row, with their texts."""
    return tuple(
        (run.source, mark)
        for run in row.runs
        if run.source is not None
        for mark in marks.get(run.source, ())
        if mark.start < run.start + len(run.text) and mark.end > run.start
    )


def _join(parts: list[Part], text: str, style: Style) -> None:
    """Add a part, to the one before where both look alike: each would tell the terminal its style again."""
    if not parts:
        parts.append((text, style))
        return
    before, its = parts[-1]
    if its is style or (text.isspace() and blank_alike(its, style)):
        parts[-1] = (before + text, its)
    elif before.isspace() and blank_alike(its, style):
        parts[-1] = (before + text, style)
    else:
        parts.append((text, style))


def _lit(run: Run, marks: Sequence[Mark], styles: Mapping[str, Style], ground: Style) -> Iterator[Part]:
    """Yield the parts of a run of text, cut where marks begin and end."""
    style = ground + styles[run.style]
    end = run.start + len(run.text)
    lit = [mark for mark in marks if mark.start < end and mark.end > run.start]
    edges = sorted(
        {run.start, end, *(edge for mark in lit for edge in (mark.start, mark.end) if run.start < edge < end)}
    )
    for left, right in pairwise(edges):
        painted = style
        for mark in lit:
            if mark.start <= left and mark.end >= right:
                painted += styles[mark.role]
        yield _show(run.text[left - run.start : right - run.start]), painted


def _show(text: str) -> str:
    if text.isascii():
        return text.replace("\t", " ")
    return _FLOOD.sub(r"\1", text.replace("\t", " "))
