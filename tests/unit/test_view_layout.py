"""Which panes stand where, at the sizes of the table."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.view.layout import PANES, SIDES, Pane, arrange

ALL = frozenset(PANES)


@pytest.mark.parametrize(
    ("size", "shown", "articles", "entities", "beside"),
    [
        ((250, 60), ALL, 28, 30, True),
        ((200, 50), ALL, 28, 30, True),
        ((190, 20), ALL, 28, 30, True),
        ((189, 50), ALL, 28, 28, False),
        ((150, 40), ALL, 28, 28, False),
        ((149, 40), ALL, 24, 24, False),
        ((120, 40), ALL, 24, 24, False),
        ((110, 30), ALL, 24, 24, False),
        ((110, 29), ALL - {"comments"}, 24, 24, False),
        ((109, 30), ALL - {"entities"}, 24, 0, False),
        ((100, 29), {"articles", "article"}, 24, 0, False),
        ((80, 24), {"articles", "article"}, 24, 0, False),
        ((76, 24), {"articles", "article"}, 24, 0, False),
        ((76, 30), {"articles", "article", "comments"}, 24, 0, False),
        ((75, 24), {"article"}, 0, 0, False),
        ((200, 19), {"article"}, 0, 0, False),
        ((60, 19), {"article"}, 0, 0, False),
        ((20, 5), {"article"}, 0, 0, False),
    ],
)
def test_the_table(size: tuple[int, int], shown: set[Pane], articles: int, entities: int, beside: bool) -> None:
    found = arrange(*size, "article", "articles", "article")
    assert found.shown == shown
    assert (found.articles, found.entities, found.beside) == (articles, entities, beside)
    assert not found.too_small


@pytest.mark.parametrize("size", [(19, 5), (20, 4), (19, 4), (1, 1), (0, 0)])
def test_under_the_least_size_one_line_says_so(size: tuple[int, int]) -> None:
    found = arrange(*size, "article", "articles", "article")
    assert found.too_small
    assert not found.shown


def test_beside_each_other_article_and_comments_have_their_least() -> None:
    found = arrange(190, 50, "article", "articles", "article")
    assert found.comments >= 48
    assert 190 - 28 - 30 - found.comments >= 72 + 7


def test_the_side_pane_is_the_one_last_focused() -> None:
    assert arrange(100, 40, "comments", "entities", "comments").shown == {"entities", "article", "comments"}
    assert arrange(100, 24, "entities", "entities", "comments").shown == {"entities", "comments"}


@settings(max_examples=300, deadline=None)
@given(
    st.integers(20, 300),
    st.integers(5, 80),
    st.sampled_from(PANES),
    st.sampled_from(SIDES),
    st.sampled_from(("article", "comments")),
    st.booleans(),
)
def test_the_focused_pane_is_always_shown(
    width: int, height: int, focused: Pane, side: Pane, text: Pane, zoomed: bool
) -> None:
    side, text = (focused, text) if focused in SIDES else (side, focused)
    found = arrange(width, height, focused, side, text, zoomed)
    assert focused in found.shown
    assert found.articles + found.entities + found.comments < width
    assert not zoomed or found.shown == {focused}
