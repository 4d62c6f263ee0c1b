"""Painting: as many cells as the pane has, marks over words, nothing that steers a terminal."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.style import Style

from corpus.model import TextKey
from corpus.text import canonical
from tui.view.paint import KEPT, MOST_MARKS, Painter, paint
from tui.view.roles import DARK, styles_for
from tui.view.rows import Mark, Row, Run, fit
from tui.view.wrap import width_of

KEY: TextKey = ("body", None)
STYLES = styles_for(DARK)
TEXTS = st.text(st.sampled_from("ab 가漢é\t" + "e\u0301" + "👩‍👧🇰🇷"), max_size=40).map(canonical)


@settings(max_examples=200, deadline=None)
@given(TEXTS, st.integers(1, 50), st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), max_size=4))
def test_a_strip_is_as_wide_as_the_pane(text: str, width: int, marks: list[tuple[int, int]]) -> None:
    lit: dict[object, list[Mark]] = {KEY: [Mark(min(pair), max(pair), "hit") for pair in marks]}
    strip = paint(Row((Run(" "), Run(text, "text", KEY, 0))), width, STYLES, lit)
    assert strip.cell_length == width
    assert sum(cell_len(segment.text) for segment in strip) == width


def test_marks_lie_over_words_and_later_ones_over_earlier() -> None:
    marks: dict[object, list[Mark]] = {
        KEY: [Mark(2, 6, "hit"), Mark(4, 8, "selection")],
        ("title", None): [Mark(0, 9, "error")],
    }
    strip = paint(Row((Run("│ "), Run("abcdefghij", "text", KEY, 0))), 12, STYLES, marks)
    painted = {segment.text: segment.style for segment in strip}
    base, text = STYLES["base"], STYLES["text"]
    assert list(painted) == ["│ ab", "cd", "ef", "gh", "ij"]
    assert painted["│ ab"] == painted["ij"] == base + text
    assert painted["cd"] == base + text + STYLES["hit"]
    assert painted["ef"] == base + text + STYLES["hit"] + STYLES["selection"]
    assert painted["gh"] == base + text + STYLES["selection"]


def test_a_mark_of_another_stretch_paints_nothing() -> None:
    strip = paint(
        Row((Run("words", "text", KEY, 100),)), 5, STYLES, {KEY: [Mark(0, 100, "hit"), Mark(105, 200, "hit")]}
    )
    assert [segment.text for segment in strip] == ["words"]
    assert next(iter(strip)).style == STYLES["base"] + STYLES["text"]


LOOKS = st.tuples(
    st.sampled_from(["abc", "북한 abc"]),
    st.sampled_from([KEY, ("title", None), None]),
    st.integers(0, 2),
    st.integers(9, 10),
    st.sampled_from(["base", "chosen"]),
    st.lists(st.builds(Mark, st.integers(0, 2), st.integers(1, 5), st.sampled_from(["hit", "selection"])), max_size=2),
)


@settings(max_examples=50, deadline=None)
@given(st.lists(LOOKS, max_size=12))
def test_what_a_painter_keeps_looks_as_it_would_painted_anew(
    looks: list[tuple[str, TextKey | None, int, int, str, list[Mark]]],
) -> None:
    painter = Painter(STYLES)
    for text, source, start, width, base, marks in looks:
        row = Row((Run("│ "), Run(text, "text", source, start)))
        lit: dict[object, list[Mark]] = {KEY: marks}
        assert list(painter.paint(row, width, lit, base)) == list(paint(row, width, STYLES, lit, base))


def test_a_row_that_looks_the_same_is_painted_once_while_it_is_kept() -> None:
    painter = Painter(STYLES)
    row, others = Row((Run("words", "text", KEY, 0),)), [Row((Run(str(number)),)) for number in range(KEPT)]
    first = painter.paint(row, 9, {KEY: [Mark(7, 9, "hit")]})
    assert painter.paint(Row((Run("words", "text", KEY, 0),)), 9, {}) is first
    for other in others:
        painter.paint(other, 9, {})
    assert painter.paint(row, 9, {}) is not first


def test_a_flood_of_marks_is_cut() -> None:
    shown = "".join(segment.text for segment in paint(Row((Run("e" + "\u0301" * 500),)), 4, STYLES, {}))
    assert shown == "e" + "\u0301" * MOST_MARKS + "   "


def test_markup_is_text() -> None:
    text = "[@click=app.quit()]x[/] [b]"
    strip = paint(Row((Run(text, "text", KEY, 0),)), len(text), STYLES, {})
    assert "".join(segment.text for segment in strip) == text
    assert not any(segment.style and segment.style.meta for segment in strip)


def test_plain_characters_replace_guides() -> None:
    strip = paint(Row((Run("│ a “b”"),)), 7, STYLES, {}, plain={ord("│"): "|", ord("“"): '"', ord("”"): '"'})
    assert "".join(segment.text for segment in strip) == '| a "b"'


def test_the_base_lies_under_the_whole_row() -> None:
    ground = {"base": Style(), "chosen": Style(bgcolor="red"), "text": Style(bold=True)}
    strip = paint(Row((Run("ab"),)), 6, ground, {}, "chosen")
    assert all(segment.style is not None and segment.style.bgcolor is not None for segment in strip)


@settings(max_examples=200, deadline=None)
@given(st.lists(TEXTS, max_size=4), st.integers(0, 30))
def test_fitted_runs_fit_and_lose_only_their_end(texts: list[str], width: int) -> None:
    runs = tuple(Run(text) for text in texts)
    found = fit(runs, width)
    shown = "".join(run.text for run in found)
    assert sum(width_of(run.text) for run in found) <= width
    assert "".join(texts).startswith(shown.removesuffix("…"))
    if sum(width_of(run.text) for run in runs) <= width:
        assert found == runs


def test_what_is_cut_ends_in_an_ellipsis() -> None:
    assert [run.text for run in fit((Run("판문점"), Run("talks")), 5)] == ["판문", "…"]


def test_what_does_not_fit_is_said_even_where_a_run_ends_at_the_edge() -> None:
    runs = (Run("2018-01-09"), Run(" #7"), Run(" Harbour"))
    assert "".join(run.text for run in fit(runs, 13)) == "2018-01-09 #…"
    assert "".join(run.text for run in fit(runs, 10)) == "2018-01-0…"
    assert fit(runs[:2], 13) == runs[:2]
    assert fit(runs, 0) == ()
