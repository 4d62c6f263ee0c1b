"""Which panes stand where at a size of the terminal."""

from __future__ import annotations

from typing import Literal, NamedTuple

Pane = Literal["articles", "article", "comments", "entities"]
PANES: tuple[Pane, ...] = ("articles", "article", "comments", "entities")
SIDES: tuple[Pane, ...] = ("articles", "entities")
TEXTS: tuple[Pane, ...] = ("article", "comments")

WIDE, MIDDLE, NARROW = 190, 110, 76
LOW, FLAT = 30, 20
LEAST_WIDTH, LEAST_HEIGHT = 20, 5
COMMENTS_LEAST = 48


class Layout(NamedTuple):
    """The panes to show and their sizes. `beside` puts Comments on the right of Article instead of below it."""

    shown: frozenset[Pane]
    articles: int = 0
    entities: int = 0
    comments: int = 0
    beside: bool = False
    too_small: bool = False


def arrange(width: int, height: int, focused: Pane, side: Pane, text: Pane, zoomed: bool = False) -> Layout:
    """Return the layout for a terminal of this size.

    Args:
        width: cells.
        height: rows, status line and footer included.
        focused: the pane that has the focus.
        side: the side pane that has it or last had it.
        text: the text pane that has it or last had it.
        zoomed: whether the focused pane fills the window.
    """
    if width < LEAST_WIDTH or height < LEAST_HEIGHT:
        return Layout(frozenset(), too_small=True)
    if zoomed or width < NARROW or height < FLAT:
        return Layout(frozenset({focused}))
    texts = frozenset(TEXTS) if height >= LOW else frozenset({text})
    if width < MIDDLE:
        return Layout(texts | frozenset({side}), articles=24 * (side == "articles"), entities=24 * (side == "entities"))
    if width < WIDE:
        size = 28 if width >= 150 else 24
        return Layout(texts | frozenset(SIDES), articles=size, entities=size)
    rest = width - 28 - 30
    comments = max(COMMENTS_LEAST, min(rest - 84, rest * 46 // 100))
    return Layout(frozenset(PANES), articles=28, entities=30, comments=comments, beside=True)
