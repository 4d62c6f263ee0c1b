"""Hits as lines, and the text of a query as keys change it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from corpus.hits import Hit
from corpus.model import Span
from tui.view.heading import heading
from tui.view.hit_lines import count_said, hit_key, hit_lines
from tui.view.lines import LinesSource, whole_parts
from tui.view.query_text import cycled, value_of


def hit(document: str, place: int, why: str = "exact", kind: str = "body") -> Hit:
    comment = f"c{place}" if kind == "comment" else None
    span = Span(document, "comment" if comment else "body", comment, place, place + 3)
    return Hit(kind, span, f"Title {document}", "Heron", "a word", ((2, 6),), why, (), 90.0, document, place)  # type: ignore[arg-type]


def test_hits_stand_under_their_documents_exact_ones_first_and_apart() -> None:
    hits = [hit("a", 1), hit("b", 2), hit("a", 3), hit("b", 4, "one letter differs: wurd"), hit("a", 7, kind="comment")]
    lines = hit_lines(hits)
    said = ["".join(run.text for run in line.runs).strip() for line in lines]
    assert said[0] == "Title a"
    assert [line.split()[0] for line in said[1:4]] == ["¶2", "¶4", "#8"]
    assert "Heron:" in said[3]
    assert said[4] == "Title b"
    assert said[6] == "OTHER SPELLINGS AND LIKELY SLIPS"
    assert [line.key for line in lines if not line.heading] == [hit_key(hits[at]) for at in (0, 2, 4, 1, 3)]
    assert len({line.key for line in lines}) == len(lines)
    # by time every hit stays at its place
    in_time = hit_lines(hits, grouped=False)
    assert [line.key for line in in_time if not line.heading] == [hit_key(found) for found in hits]
    assert len({line.key for line in in_time}) == len(in_time)


def test_names_and_notes_stand_apart() -> None:
    hits = [hit("a", 1), hit("a", 2, kind="entity"), hit("b", 3, kind="note")]
    lines = hit_lines(hits)
    headings = ["".join(run.text for run in line.runs) for line in lines if line.heading]
    assert headings == ["NAMES", "NOTES", "Title a"]


@pytest.mark.parametrize(
    ("width", "said"),
    [
        (80, "one letter differs: north; two letters differ: korea; spelling of Kim"),
        (60, "one letter differs: north; two letters differ: korea +1"),
        (30, "one letter differs: north +2"),
        (20, "one letter diffe… +2"),
    ],
)
def test_a_reason_is_shortened_by_whole_parts(width: int, said: str) -> None:
    assert whole_parts("one letter differs: north; two letters differ: korea; spelling of Kim", width) == said


def test_the_reason_leaves_two_thirds_of_the_row_to_the_text() -> None:
    why = "one letter differs: north; two letters differ: korea; one letter differs: summit"
    line = hit_lines([hit("a", 1, why)])[-1]
    row = LinesSource([line]).rows(0, 120)[0].plain
    assert row.endswith("one letter differs: north +2")


@pytest.mark.parametrize(
    ("excerpt", "said"),
    [("Kim Jong-un · 김정은", "Kim Jong-un · 김정은"), ("Kim Jong Un", "Kim Jong-un Kim Jong Un")],
)
def test_a_name_is_said_once_where_what_is_found_of_it_begins_with_it(excerpt: str, said: str) -> None:
    found = replace(hit("a", 1, kind="entity"), title="Kim Jong-un", excerpt=excerpt, highlights=((0, 3),))
    (line,) = (line for line in hit_lines([found]) if not line.heading)
    assert "".join(run.text for run in line.runs) == said


@pytest.mark.parametrize(
    ("width", "said"),
    [
        (40, " Articles  853 by comments"),
        (25, " Articles 853 by comments"),
        (24, " Articles 853 · comments"),
        (19, " Articles  comments"),
        (18, " Articles comments"),
        (16, " 853 by comments"),
        (15, " 853 · comments"),
        (9, " comments"),
        (6, " comm…"),
    ],
)
def test_the_heading_of_a_list_says_its_order_in_the_room_there_is(width: int, said: str) -> None:
    forms = ("853 by comments", "853 · comments", "comments")
    assert "".join(run.text for run in heading("Articles", forms, width, "head")) == said
    assert "".join(run.text for run in heading("Article", ("Harbour Post",), 16, "head")) == " Article  Harbo…"


@pytest.mark.parametrize(
    ("shown", "total", "is_exact", "said"),
    [(200, 4312, True, "200 of 4,312"), (200, 3000, False, "200 of more than 3,000"), (0, 0, True, "0 hits")],
)
def test_how_many(shown: int, total: int, is_exact: bool, said: str) -> None:
    assert count_said(shown, total, is_exact) == said


def test_a_key_goes_through_the_values_of_a_field() -> None:
    where = ("article", "comment", "note")
    query = 'kim "in:note" -x'
    seen = []
    for _ in range(4):
        query = cycled(query, "in", where)
        seen.append((value_of(query, "in", where), query.strip()))
    assert seen == [
        ("article", 'kim "in:note" -x in:article'),
        ("comment", 'kim "in:note" -x in:comment'),
        ("note", 'kim "in:note" -x in:note'),
        (None, 'kim "in:note" -x'),
    ]
    assert cycled("sort:time kim", "sort", ("time",)) == "kim"
    assert cycled("thread:(is:unread kim)", "is", ("unread",)) == "thread:(is:unread kim) is:unread "
    assert cycled("", "is", ("unread",)) == "is:unread "
