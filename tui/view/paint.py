"""Rows to strips: the one place where text of a corpus becomes cells, as plain segments without markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tui.view.rows import Mark, Row, Run
from tui.view.wrap import offset_at, width_of

MOST_MARKS = 4
"""Combining marks shown on one base; a flood of them would be sent to the terminal at every repaint."""

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
    segments = _merged(segment for run in row.runs for segment in _segments(run, styles, marks, ground))
    if plain:
        segments = [Segment(segment.text.translate(plain), segment.style) for segment in segments]
    used = sum(cell_len(segment.text) for segment in segments)
    if used < width:
        segments = _merged([*segments, Segment(" " * (width - used), ground)])
    elif used > width:
        segments = list(Strip(segments, used).adjust_cell_length(width, ground))
    if tail is None:
        return Strip(segments, width)
    # a strip is dear to make: the row and its tail are one
    return Strip([*segments, tail], width + 1)


def _merged(segments: Iterable[Segment]) -> list[Segment]:
    """Return neighbours that look alike as one: each would tell the terminal its style again."""
    found: list[Segment] = []
    for segment in segments:
        if not segment.text:
            continue
        before = found[-1] if found else None
        if before is None:
            found.append(segment)
        elif before.style is segment.style or (segment.text.isspace() and _blank_alike(before.style, segment.style)):
            found[-1] = Segment(before.text + segment.text, before.style)
        elif before.text.isspace() and _blank_alike(before.style, segment.style):
            found[-1] = Segment(before.text + segment.text, segment.style)
        else:
            found.append(segment)
    return found


@lru_cache(256)
def _blank_alike(one: Style | None, two: Style | None) -> bool:
    """Tell whether a blank looks alike in two styles: it shows the ground and lines, nothing else."""
    if one is None or two is None or one.bgcolor != two.bgcolor:
        return False
    return not any(style.underline or style.reverse or style.strike for style in (one, two))


def _segments(
    run: Run, styles: Mapping[str, Style], marks: Mapping[object, Sequence[Mark]], ground: Style
) -> Iterable[Segment]:
    blank = run.source is None and run.text.isspace()
    style = ground if blank else ground + styles[run.style]
    lit = marks.get(run.source, ()) if run.source is not None else ()
    end = run.start + len(run.text)
    lit = [mark for mark in lit if mark.start < end and mark.end > run.start]
    if not lit:
        yield Segment(_show(run.text), style)
        return
    edges = sorted(
        {run.start, end, *(edge for mark in lit for edge in (mark.start, mark.end) if run.start < edge < end)}
    )
    for left, right in pairwise(edges):
        painted = style
        for mark in lit:
            if mark.start <= left and mark.end >= right:
                painted += styles[mark.role]
        yield Segment(_show(run.text[left - run.start : right - run.start]), painted)


def _show(text: str) -> str:
    if text.isascii():
        return text.replace("\t", " ")
    return _FLOOD.sub(r"\1", text.replace("\t", " "))


def fit(runs: Sequence[Run], width: int) -> tuple[Run, ...]:
    """Return the runs cut to `width` cells, with an ellipsis where something was cut."""
    kept: list[Run] = []
    left = width
    for run in runs:
        size = width_of(run.text)
        if size <= left:
            kept.append(run)
            left -= size
            continue
        if left > 0:
            kept.append(run._replace(text=run.text[: offset_at(run.text, left - 1)]))
            kept.append(Run("…", run.style))
        break
    return tuple(kept)
