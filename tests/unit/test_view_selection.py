"""Selections: units by which the ends move, and the spans between them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.model import Comment, Document, make_document
from tui.view.article import ArticleSource
from tui.view.selection import Passage, Point, Selection, moved, sentence_beside, spans_of, stretches

DOCUMENT = make_document(
    "The title here",
    [("One two. Three four.", "paragraph"), ("Five. Six seven eight.", "paragraph"), ("Nine.", "paragraph")],
    [Comment("c1", 0, "A comment. Of two sentences."), Comment("c2", 1, "")],
)
SOURCE = ArticleSource(DOCUMENT)
COUNT = len(SOURCE)


def at(item: int, word: str, *, end: bool = False) -> Point:
    passage = SOURCE.passage(item)
    assert passage is not None
    found = DOCUMENT.text(*passage.key).index(word, passage.start)
    return Point(item, found + len(word) * end)


def quoted(selection: Selection) -> list[str]:
    return [DOCUMENT.quote(span) for span in spans_of(selection, SOURCE.passage, DOCUMENT)]


def walk(selection: Selection, *steps: tuple[str, int]) -> list[str]:
    for unit, step in steps:
        selection = moved(selection, unit, step, SOURCE.passage, DOCUMENT, COUNT)
    return quoted(selection)


FIRST = Selection(at(1, "One"), at(1, "two.", end=True))


def test_by_sentences_across_passages() -> None:
    assert quoted(FIRST) == ["One two."]
    assert walk(FIRST, ("sentence", 1)) == ["One two. Three four."]
    assert walk(FIRST, ("sentence", 1), ("sentence", 1)) == ["One two. Three four.\n\nFive."]
    assert walk(FIRST, ("sentence", 1), ("sentence", -1)) == ["One two."]


def test_by_words_and_passages() -> None:
    assert walk(FIRST, ("word", 1)) == ["One two. Three"]
    assert walk(FIRST, ("passage", 1)) == ["One two. Three four."]
    assert walk(FIRST, ("passage", 1), ("passage", 1)) == ["One two. Three four.\n\nFive. Six seven eight."]


def test_back_over_the_anchor() -> None:
    second = Selection(at(1, "Three"), at(1, "four.", end=True))
    assert walk(second, ("sentence", -1)) == ["One two."] or walk(second, ("sentence", -1)) == ["One two. "]


def test_the_other_end() -> None:
    turned = FIRST.turned()
    assert (turned.start, turned.end) == (FIRST.start, FIRST.end)
    assert turned.turned() == FIRST
    assert [text.strip() for text in walk(turned, ("passage", -1))] == ["The title here", "One two."]
    assert walk(turned, ("word", 1)) == ["two."]


def test_title_and_body_are_two_spans_in_order() -> None:
    selection = Selection(at(0, "title"), at(2, "Five.", end=True))
    assert quoted(selection) == ["title here", "One two. Three four.\n\nFive."]
    assert quoted(selection.turned()) == quoted(selection)


def test_furniture_is_no_part_of_a_selection() -> None:
    assert SOURCE.passage(COUNT - 1) is None
    assert quoted(Selection(at(3, "Nine"), Point(COUNT - 1, 3))) == ["Nine."]


def test_the_ends_stop() -> None:
    last = Selection(at(3, "Nine"), at(3, "Nine.", end=True))
    assert walk(last, ("sentence", 1)) == ["Nine."]
    assert sentence_beside(SOURCE.passage, DOCUMENT, at(3, "Nine"), 1, COUNT) is None
    assert sentence_beside(SOURCE.passage, DOCUMENT, Point(0, 0), -1, COUNT) is None


def test_sentences_beside() -> None:
    found = sentence_beside(SOURCE.passage, DOCUMENT, at(1, "One"), 1, COUNT)
    assert found is not None
    assert quoted(Selection(*found)) == ["Three four."]
    back = sentence_beside(SOURCE.passage, DOCUMENT, found[0], -1, COUNT)
    assert back is not None
    assert quoted(Selection(*back)) == ["One two."]


@pytest.mark.parametrize("unit", ["sentence", "word", "passage"])
def test_units_of_nothing(unit: str) -> None:
    assert stretches(unit, None, DOCUMENT) == []


def test_an_empty_selection_has_no_spans() -> None:
    assert quoted(Selection(Point(1, 3), Point(1, 3))) == []


POINTS = st.integers(0, COUNT - 2).flatmap(
    lambda item: st.builds(
        Point,
        st.just(item),
        st.integers(0, 20).map(
            lambda offset: offset + (SOURCE.passage(item) or Passage(("body", None), 0, 0, 0)).start
        ),
    )
)


@settings(max_examples=200, deadline=None)
@given(POINTS, POINTS)
def test_spans_lie_inside_their_texts_whatever_is_selected(one: Point, two: Point) -> None:
    for span in spans_of(Selection(one, two), SOURCE.passage, DOCUMENT):
        assert 0 <= span.start < span.end <= len(DOCUMENT.text(span.part, span.comment))


@settings(max_examples=200, deadline=None)
@given(POINTS, st.sampled_from(("sentence", "word", "passage")), st.integers(1, 5))
def test_a_selection_grows_and_never_leaves_its_anchor(point: Point, unit: str, steps: int) -> None:
    def check(document: Document) -> None:
        selection = Selection(point, point)
        for _ in range(steps):
            grown = moved(selection, unit, 1, SOURCE.passage, document, COUNT)
            assert grown.anchor == point
            assert grown.head >= selection.head
            selection = grown

    check(DOCUMENT)
