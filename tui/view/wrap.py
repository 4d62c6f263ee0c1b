"""Text into lines of a width in cells, as offsets: the text itself is never cut or copied."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from rich.cells import cell_len, split_graphemes

Line = tuple[int, int]
"""Start and end (code points, end exclusive) of one line; the blank it was broken at belongs to no line."""
KEPT, KEPT_LENGTH = 1024, 4000
"""Texts whose lines are kept, and how long such a text may be: a document is painted again and again."""


def wrap(text: str, width: int) -> Sequence[Line]:
    """Return the lines of `text` at `width` cells, broken at blanks; Hangul words stay whole where they fit."""
    return _kept(text, max(2, width)) if len(text) <= KEPT_LENGTH else _wrap(text, max(2, width))


def _wrap(text: str, width: int) -> tuple[Line, ...]:
    text = text.replace("\t", " ")
    lines: list[Line] = []
    at = 0
    for paragraph in text.split("\n"):
        end = at + len(paragraph)
        if not paragraph:
            lines.append((at, at))
        elif paragraph.isascii():
            lines.extend(_wrap_ascii(text, at, end, width))
        else:
            lines.extend((at + start, at + stop) for start, stop in _wrap_cells(paragraph, width))
        at = end + 1
    return tuple(lines)


_kept = lru_cache(KEPT)(_wrap)


def _wrap_ascii(text: str, at: int, end: int, width: int) -> Iterator[Line]:
    while end - at > width:
        cut = text.rfind(" ", at, at + width + 1)
        if cut <= at:
            yield at, at + width
            at += width
            continue
        stop = cut
        while stop > at and text[stop - 1] == " ":
            stop -= 1
        yield at, stop
        at = cut + 1
        while at < end and text[at] == " ":
            at += 1
    if at < end:
        yield at, end


def _breaks_after(char: str) -> bool:
    """Chinese characters and kana may end a line anywhere; Hangul may not."""
    return "\u3040" <= char <= "\u30ff" or "\u4e00" <= char <= "\u9fff" or char in "、。，"


def _wrap_cells(text: str, width: int) -> Iterator[Line]:
    spans, total = split_graphemes(text)
    if total <= width:
        yield 0, len(text)
        return
    start = used = 0
    resume: tuple[int, int, int] | None = None  # end of the line, start of the next, cells up to there
    for left, right, cells in spans:
        char = text[left]
        # a blank that carries a mark is text: it would be lost with the blanks at a break
        blank = char == " " and right == left + 1
        if used + cells > width and not blank:
            if resume:
                yield start, resume[0]
                start, used = resume[1], used - resume[2]
            if used + cells > width and left > start:
                yield start, left
                start, used = left, 0
            resume = None
        used += cells
        if blank:
            stop = left if resume is None or resume[1] != left else resume[0]
            resume = (stop, right, used)
        elif _breaks_after(char):
            resume = (right, right, used)
    if start < len(text.rstrip(" ")):
        yield start, len(text.rstrip(" "))


def width_of(text: str) -> int:
    """Return how many cells `text` takes; a tab is shown as one blank."""
    return len(text) if text.isascii() else cell_len(text.replace("\t", " "))


def offset_at(text: str, cells: int) -> int:
    """Return the offset of the code point shown at this cell of `text`; its length when beyond the end."""
    if text.isascii():
        return max(0, min(cells, len(text)))
    used = 0
    for left, _, size in split_graphemes(text.replace("\t", " "))[0]:
        if used + size > cells:
            return left
        used += size
    return len(text)


def clip(text: str, width: int) -> str:
    """Return `text` cut to `width` cells, with an ellipsis where something was cut."""
    if width <= 0:
        return ""
    if width_of(text) <= width:
        return text
    return text[: offset_at(text, width - 1)] + "…"
