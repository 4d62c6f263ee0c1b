"""Wrapping: every code point of a text is on one line or is a blank it was broken at; words stay whole where they fit."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len, split_graphemes

from corpus.text import canonical
from tui.view.wrap import clip, offset_at, wrap

LETTERS = "abc z-'’가각힣판문점漢字かな、。é" + "e\u0301" + "👩‍👧" + "🇰🇷" + "✌️" + "\u00a0"
TEXTS = st.text(st.sampled_from(sorted(set(LETTERS + "  \n"))), max_size=120).map(canonical)
WIDTHS = st.integers(2, 40)


@settings(max_examples=300, deadline=None)
@given(TEXTS, WIDTHS)
def test_lines_cover_the_text_in_order(text: str, width: int) -> None:
    at = 0
    for start, end in wrap(text, width):
        assert at <= start <= end
        assert not text[at:start].strip(" \n")
        assert "\n" not in text[start:end]
        at = end
    assert not text[at:].strip(" \n")


@settings(max_examples=300, deadline=None)
@given(TEXTS, WIDTHS)
def test_no_line_is_wider_than_the_width_unless_one_grapheme_is(text: str, width: int) -> None:
    for start, end in wrap(text, width):
        line = text[start:end]
        assert cell_len(line) <= width or len(split_graphemes(line)[0]) == 1


@settings(max_examples=200, deadline=None)
@given(TEXTS, WIDTHS)
def test_a_grapheme_is_never_cut(text: str, width: int) -> None:
    edges = {0}
    at = 0
    for piece in text.split("\n"):
        edges.update(at + edge for left, right, _ in split_graphemes(piece)[0] for edge in (left, right))
        at += len(piece) + 1
        edges.add(at)
    for start, end in wrap(text, width):
        assert {start, end} <= edges


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.text(st.sampled_from("가나다라마바사아자차카타파하힣"), min_size=1, max_size=6), max_size=20),
    st.integers(12, 40),
)
def test_hangul_words_that_fit_are_not_broken(words: list[str], width: int) -> None:
    text = " ".join(words)
    assert [word for start, end in wrap(text, width) for word in text[start:end].split()] == words


@settings(max_examples=100, deadline=None)
@given(st.lists(st.text(st.sampled_from("abcxyz"), min_size=1, max_size=9), max_size=20), st.integers(9, 40))
def test_lines_are_as_full_as_they_can_be(words: list[str], width: int) -> None:
    text = " ".join(words)
    lines = wrap(text, width)
    for (start, end), (following, stop) in pairwise(lines):
        word = text[following:stop].split(" ")[0]
        assert end - start + 1 + len(word) > width


def test_ascii_and_hangul_break_alike() -> None:
    assert [("aa bb cc")[a:b] for a, b in wrap("aa bb cc", 5)] == ["aa bb", "cc"]
    assert [("가 나 다")[a:b] for a, b in wrap("가 나 다", 5)] == ["가 나", "다"]


def test_line_breaks_and_empty_lines_are_kept() -> None:
    text = "one\n\ntwo"
    assert [text[start:end] for start, end in wrap(text, 20)] == ["one", "", "two"]


def test_chinese_may_end_a_line_anywhere() -> None:
    text = "南北首腦會談"
    assert [text[start:end] for start, end in wrap(text, 4)] == ["南北", "首腦", "會談"]


def test_a_word_that_is_too_long_is_cut() -> None:
    text = "x" * 25
    assert [end - start for start, end in wrap(text, 10)] == [10, 10, 5]


@pytest.mark.parametrize(
    ("text", "cells", "offset"),
    [
        ("abc", 1, 1),
        ("abc", 9, 3),
        ("abc", -1, 0),
        ("가나", 0, 0),
        ("가나", 1, 0),
        ("가나", 2, 1),
        ("e\u0301x", 1, 2),
        ("👩‍👧x", 2, 3),
    ],
)
def test_offsets_of_cells(text: str, cells: int, offset: int) -> None:
    assert offset_at(text, cells) == offset


@settings(max_examples=200, deadline=None)
@given(TEXTS.map(lambda text: text.replace("\n", "")), st.integers(-2, 30))
def test_a_clipped_text_fits_and_says_that_it_is_cut(text: str, width: int) -> None:
    shown = clip(text, width)
    assert cell_len(shown) <= max(0, width)
    assert shown == text or shown.endswith("…") or width <= 0
    assert unicodedata.is_normalized("NFC", shown) or not unicodedata.is_normalized("NFC", text)
