"""What the user has selected: two ends in the passages of a pane, and the spans between them."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from corpus.model import Document, Span, TextKey


class Passage(NamedTuple):
    """A passage on screen: the text it is a stretch of, its place there, its number (0 for the title)."""

    key: TextKey
    start: int
    end: int
    number: int


class Point(NamedTuple):
    """A place in a pane: an item and an offset into its text."""

    item: int
    offset: int


class Selection(NamedTuple):
    """A selection from `anchor`, which stays, to `head`, which moves; either may come first."""

    anchor: Point
    head: Point

    @property
    def start(self) -> Point:
        """The first place selected."""
        return min(self.anchor, self.head)

    @property
    def end(self) -> Point:
        """The place after the last one selected."""
        return max(self.anchor, self.head)

    def turned(self) -> Selection:
        """Return the selection with its ends changed over."""
        return Selection(self.head, self.anchor)


PassageAt = Callable[[int], Passage | None]


def spans_of(selection: Selection, passage_at: PassageAt, document: Document) -> tuple[Span, ...]:
    """Return what is selected as spans, one a text, in the order of the pane."""
    found: dict[TextKey, tuple[int, int]] = {}
    for item in range(selection.start.item, selection.end.item + 1):
        passage = passage_at(item)
        if passage is None:
            continue
        start = max(passage.start, selection.start.offset) if item == selection.start.item else passage.start
        end = min(passage.end, selection.end.offset) if item == selection.end.item else passage.end
        if end > start:
            low, high = found.get(passage.key, (start, end))
            found[passage.key] = min(low, start), max(high, end)
    return tuple(Span(document.id, key[0], key[1], start, end) for key, (start, end) in found.items())


def stretches(unit: str, passage: Passage | None, document: Document) -> list[tuple[int, int]]:
    """Return the sentences, words or the whole (`unit`) of a passage, as offsets into its text."""
    if passage is None:
        return []
    if unit == "passage":
        return [(passage.start, passage.end)]
    # needed by the first selection, not by the first paint
    from tui.view.sentences import sentences, words

    text = document.text(*passage.key)
    return (sentences if unit == "sentence" else words)(text, passage.start, passage.end)


def moved(
    selection: Selection, unit: str, step: int, passage_at: PassageAt, document: Document, count: int
) -> Selection:
    """Return the selection with its head one unit further on (`step` 1) or back (-1)."""
    head, anchor = selection.head, selection.anchor
    item = head.item
    while 0 <= item < count:
        pairs = stretches(unit, passage_at(item), document)
        points = [Point(item, end if head >= anchor else start) for start, end in pairs]
        if step < 0 and head >= anchor:
            # going back over the anchor turns to the starts of what lies before it
            points = [at if at > anchor else Point(item, start) for at, (start, _) in zip(points, pairs, strict=True)]
        beyond = [at for at in points if (at > head if step > 0 else at < head)]
        if beyond:
            return Selection(anchor, min(beyond) if step > 0 else max(beyond))
        item += step
    return selection


def sentence_beside(
    passage_at: PassageAt, document: Document, here: Point, step: int, count: int
) -> tuple[Point, Point] | None:
    """Return the sentence after (`step` 1) or before (-1) the one that begins at `here`; None at the ends."""
    item = here.item
    while 0 <= item < count:
        pairs = [
            (Point(item, start), Point(item, end)) for start, end in stretches("sentence", passage_at(item), document)
        ]
        beyond = [pair for pair in pairs if (pair[0] > here if step > 0 else pair[0] < here)]
        if beyond:
            return beyond[0] if step > 0 else beyond[-1]
        item += step
    return None
