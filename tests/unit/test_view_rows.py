"""Rows, and from cell to text: what is pointed at is what is marked and copied."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from corpus.model import TextKey
from corpus.text import canonical
from tui.view.rows import EmptySource, Row, Run
from tui.view.wrap import wrap

KEY: TextKey = ("body", None)
OTHER: TextKey = ("comment", "c1")
TEXTS = (
    st.text(st.sampled_from("abc 가힣漢é" + "e\u0301" + "👩‍👧🇰🇷"), min_size=1, max_size=60).map(canonical).filter(bool)
)


@settings(max_examples=200, deadline=None)
@given(TEXTS, st.integers(4, 20), st.integers(0, 9))
def test_every_cell_points_into_the_grapheme_it_shows(text: str, width: int, indent: int) -> None:
    for start, end in wrap(text, width):
        row = Row((Run(" " * indent), Run(text[start:end], "text", KEY, start), Run("  chip", "chip")))
        for x in range(indent, indent + cell_len(text[start:end])):
            point = row.point_at(x)
            assert point is not None
            key, offset = point
            assert key == KEY
            assert start <= offset < end
            left = indent + cell_len(text[start:offset])
            assert left <= x


@settings(max_examples=100, deadline=None)
@given(TEXTS)
def test_cells_lie_side_by_side(text: str) -> None:
    row = Row((Run("│ "), Run(text, "text", KEY, 7), Run("가", "text", OTHER, 0)))
    (first, start, end, left, right), (second, *_, other_left, other_right) = row.cells()
    assert (first, start, end, left) == (KEY, 7, 7 + len(text), 2)
    assert right == 2 + cell_len(text) == other_left
    assert (second, other_right) == (OTHER, other_left + 2)


@pytest.mark.parametrize(("x", "offset"), [(0, 10), (1, 10), (2, 10), (3, 10), (4, 11), (5, 11), (6, 12), (60, 12)])
def test_wide_letters_and_the_cells_beside_them(x: int, offset: int) -> None:
    row = Row((Run("│ ", "guide-0"), Run("판문", "text", KEY, 10), Run("  ↳ chip", "chip")))
    assert row.point_at(x) == (KEY, offset)


@pytest.mark.parametrize("text", ["a\tb\tc", "가\t나\t다", "\tx"])
def test_a_tab_is_one_cell_wherever_it_stands(text: str) -> None:
    (start, end), *rest = wrap(text, 20)
    assert not rest
    row = Row((Run("  "), Run(text[start:end], "text", KEY, start)))
    shown = text.replace("\t", " ")
    for offset in range(len(text)):
        assert row.point_at(2 + cell_len(shown[:offset])) == (KEY, offset)
    assert row.cells()[0][4] == 2 + cell_len(shown)


def test_a_line_with_tabs_is_not_wider_than_the_pane() -> None:
    text = "가\t나\t다\t라\t마\t바"
    assert all(cell_len(text[start:end].replace("\t", " ")) <= 6 for start, end in wrap(text, 6))


def test_furniture_points_nowhere() -> None:
    assert Row((Run("│ "), Run("#7", "number"))).point_at(1) is None
    assert Row().point_at(0) is None
    assert Row((Run("│ "), Run("#7", "number"))).cells() == ()


def test_the_empty_source_says_its_sentence_and_stops_nobody() -> None:
    source = EmptySource("Nothing is here at all.")
    assert len(source) == 1
    assert " ".join(row.plain.strip() for row in source.rows(0, 14)) == "Nothing is here at all."
    assert not source.stops(0)
    assert source.find("empty") is None
    assert len(EmptySource()) == 0
