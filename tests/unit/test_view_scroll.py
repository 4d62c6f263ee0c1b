"""Walking over lazily wrapped rows: positions stay inside, the last page is full, going back is going back."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from tui.view.rows import Position, Row, Run
from tui.view.scroll import CACHED_ITEMS, Wrapped


class Heights:
    """A source whose items are as high as told."""

    def __init__(self, heights: Sequence[int]) -> None:
        self.heights = heights
        self.asked: list[int] = []

    def __len__(self) -> int:
        return len(self.heights)

    def rows(self, item: int, width: int) -> Sequence[Row]:
        self.asked.append(item)
        return [Row((Run(f"{item}.{row}"),)) for row in range(self.heights[item])]

    def key(self, item: int) -> Hashable:
        return item

    def find(self, key: Hashable) -> int | None:
        return int(str(key))

    def stops(self, item: int) -> bool:
        return True


HEIGHTS = st.lists(st.integers(1, 7), min_size=1, max_size=12)


def places(heights: Sequence[int]) -> list[Position]:
    return [Position(item, row) for item, height in enumerate(heights) for row in range(height)]


@settings(max_examples=200, deadline=None)
@given(HEIGHTS, st.data())
def test_moving_is_counting_rows(heights: list[int], data: st.DataObject) -> None:
    every = places(heights)
    start = data.draw(st.integers(0, len(every) - 1))
    step = data.draw(st.integers(-40, 40))
    found = Wrapped(Heights(heights), 10).move(every[start], step)
    assert found == every[max(0, min(len(every) - 1, start + step))]


@settings(max_examples=200, deadline=None)
@given(HEIGHTS, st.integers(1, 20), st.integers(0, 14), st.integers(0, 9))
def test_the_top_leaves_no_empty_lines_while_there_is_text(
    heights: list[int], height: int, item: int, row: int
) -> None:
    wrapped = Wrapped(Heights(heights), 10)
    top = wrapped.clamp(Position(item, row), height)
    assert top in places(heights)
    assert len(list(wrapped.visible(top, height))) == min(height, sum(heights))


@settings(max_examples=100, deadline=None)
@given(HEIGHTS, st.integers(1, 20))
def test_what_is_visible_follows_the_rows(heights: list[int], height: int) -> None:
    wrapped = Wrapped(Heights(heights), 10)
    shown = [Position(item, at) for item, at, _ in wrapped.visible(Position(0, 0), height)]
    assert shown == places(heights)[:height]


@settings(max_examples=100, deadline=None)
@given(HEIGHTS, st.data())
def test_rows_between_a_top_and_an_item(heights: list[int], data: st.DataObject) -> None:
    wrapped, every = Wrapped(Heights(heights), 10), places(heights)
    top = data.draw(st.sampled_from(every))
    item = data.draw(st.integers(0, len(heights) - 1))
    found = wrapped.rows_between(top, item, 1000)
    assert found == (every.index(Position(item, 0)) - every.index(top) if item >= top.item else None)


def test_far_away_is_not_counted() -> None:
    source = Heights([3] * 1000)
    assert Wrapped(source, 10).rows_between(Position(0, 0), 999, 20) is None
    assert len(source.asked) < 20


def test_the_end_of_a_long_list_wraps_only_what_is_shown() -> None:
    source = Heights([2] * 5000)
    assert Wrapped(source, 10).last_top(30) == Position(4985, 0)
    assert len(source.asked) < 40


def test_only_so_many_items_are_kept() -> None:
    source = Heights([1] * (CACHED_ITEMS * 2))
    wrapped = Wrapped(source, 10)
    for item in range(len(source)):
        wrapped.rows(item)
    wrapped.rows(0)
    assert source.asked.count(0) == 2
    wrapped.rows(0)
    assert source.asked.count(0) == 2
    wrapped.forget(lambda item: item == 0)
    wrapped.rows(0)
    assert source.asked.count(0) == 3


def test_an_empty_source_has_one_place() -> None:
    wrapped = Wrapped(Heights([]), 10)
    assert wrapped.move(Position(3, 3), 5) == wrapped.last_top(9) == wrapped.clamp(Position(2, 2), 4) == Position(0, 0)
    assert list(wrapped.visible(Position(0, 0), 5)) == []
