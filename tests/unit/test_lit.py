"""What is lit: a walk from where the cursor is, round the ends, in reading order."""

from __future__ import annotations

from corpus.model import Comment, Span, make_document
from tui.lit import Lit, reading_order

DOCUMENT = make_document(
    "A title", [("One body.", "paragraph")], [Comment("b", 0, "first"), Comment("a", 1, "second", title="t")]
)
ORDER = reading_order(DOCUMENT)
SPANS = [
    DOCUMENT.span("title", 0, 1),
    DOCUMENT.span("body", 0, 3),
    DOCUMENT.span("body", 4, 8),
    DOCUMENT.span("comment", 0, 5, "b"),
    DOCUMENT.span("comment", 0, 5, "a"),
]


def test_reading_order_is_article_then_comments_as_captured() -> None:
    assert sorted([SPANS[at] for at in (4, 1, 3, 0, 2)], key=ORDER) == SPANS
    assert ORDER(DOCUMENT.span("comment", 0, 1, "gone")) > ORDER(SPANS[-1])


def test_a_walk_begins_at_the_cursor() -> None:
    here = ORDER(DOCUMENT.span("body", 3, 3))
    assert Lit("x", SPANS).step(1, here, ORDER) == SPANS[2]
    assert Lit("x", SPANS).step(-1, here, ORDER) == SPANS[1]
    assert Lit("x", SPANS).step(1, ORDER(SPANS[1]), ORDER) == SPANS[1]
    assert Lit("x", SPANS).step(2, ORDER(SPANS[1]), ORDER) == SPANS[2]


def test_a_walk_goes_round_the_ends() -> None:
    lit = Lit("x", SPANS)
    beyond = (9, 9, 9)
    assert lit.step(1, beyond, ORDER) == SPANS[0]
    assert [lit.step(1, beyond, ORDER) for _ in range(5)] == [*SPANS[1:], SPANS[0]]
    assert lit.step(-1, beyond, ORDER) == SPANS[-1]
    assert Lit("x", SPANS).step(-1, (-1, 0, 0), ORDER) == SPANS[-1]


def test_the_status_line_says_where_the_walk_is() -> None:
    lit = Lit("Kim", SPANS, note="김정은")
    assert lit.said == "Kim: 5 · 김정은"
    lit.step(1, None, ORDER)
    assert lit.said == "Kim: 1 of 5 · 김정은"
    assert Lit("Kim", []).said == "Kim: not found"
    assert Lit("Kim", []).step(1, None, ORDER) is None


def test_stretches_by_text() -> None:
    assert Lit("x", SPANS).by_text()["body", None] == [(0, 3), (4, 8)]
    assert Span(DOCUMENT.id, "comment", "a", 0, 5).key in Lit("x", SPANS).by_text()
