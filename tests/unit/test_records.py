"""Our own records: written and read without loss, odd values left out and said."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.model import (
    Capture,
    Comment,
    Document,
    Evidence,
    Folded,
    Link,
    Quotation,
    Reply,
    Span,
    StatedCount,
    Votes,
    make_document,
)
from corpus.record_reading import RecordError, comment_from_record, from_record, span_from_record
from corpus.record_writing import to_line, to_record
from corpus.text import canonical_line, canonical_paragraphs


def whole() -> Document:
    words = Span("d1", "comment", "c1", 0, 2)
    return make_document(
        "Talks",
        [("First.", "paragraph"), ("A heading", "heading")],
        [
            Comment(
                "c1",
                0,
                "So it is.",
                "Ann",
                "2018-01-04T21:59",
                "Thu, 01/04/2018 - 21:59",
                "Late",
                url="https://n.example/1#c1",
            ),
            Comment(
                "c2",
                1,
                "No.",
                votes=Votes(3, None, 2),
                state="edited",
                parent="c1",
                depth=1,
                reply=Reply("c1", "c1", "stated", False, (Evidence("why", words), Evidence("and"))),
                addresses=("Ann",),
                quotes=(Quotation(words, Span("d1", "body", None, 0, 2)),),
                links=(Link(words, "https://x.example"), Link(None, "https://y.example")),
                extra={"number": "2"},
            ),
        ],
        byline=("Kim",),
        outlet="The Daily",
        url="https://n.example/1",
        published="2018-01-04",
        published_raw="4 January",
        published_evidence="byline",
        modified="2018-01-05T10:00Z",
        language="en",
        links=(Link(None, "https://z.example"),),
        media=({"url": "u", "alt": "a", "caption": None},),
        stated_comment_count=StatedCount(2, "2 comments"),
        folded=(Folded("Share", "page label", 3, 8), Folded("x", "around")),
        dropped=({"what": "pixel", "count": 1},),
        problems=("said",),
        capture=Capture("a.txt", "line 1", "00", "text", "utf-8", "2018-01-06", "file date"),
        extra={"future": {"deep": [1, 2.5, None, True]}},
    )


def test_nothing_is_lost() -> None:
    document = whole()
    again = from_record(json.loads(to_line(document)))
    assert again == document
    assert to_line(again) == to_line(document)
    assert list(to_record(document))[:4] == ["format", "id", "version", "title"]


LINE = st.text(max_size=20).map(canonical_line)
TIMES = st.none() | st.sampled_from(["2018", "2018-01-04", "2018-01-04T21:59", "2018-01-04T21:59:07+09:00"])
COMMENT = st.builds(
    Comment,
    id=st.uuids().map(str),
    seq=st.integers(0, 9),
    text=st.text(max_size=30).map(canonical_paragraphs),
    author=st.none() | LINE,
    posted=TIMES,
    posted_raw=st.none() | LINE,
    depth=st.integers(0, 3),
)


@settings(max_examples=100, deadline=None)
@given(LINE.filter(bool), st.lists(COMMENT, max_size=4, unique_by=lambda comment: comment.id), TIMES)
def test_any_document_comes_back(title: str, comments: list[Comment], published: str | None) -> None:
    document = make_document(title, [], comments, published=published)
    assert to_line(from_record(json.loads(to_line(document)))) == to_line(document)


@pytest.mark.parametrize("record", [{}, {"title": ""}, {"title": 5}, {"paragraphs": [{"text": 5}, "x"]}])
def test_no_record(record: dict[str, Any]) -> None:
    with pytest.raises(RecordError):
        from_record(record)


def test_odd_values_are_left_out_and_said() -> None:
    document = from_record(
        {
            "title": "t\nu",
            "id": 5,
            "byline": "Ann",
            "published": "yesterday",
            "language": 5,
            "comments": [
                {"id": 7, "text": 5, "seq": True, "posted": "noon", "depth": -3, "reply": {"relation": "psychic"}},
                "x",
            ],
            "stated_comment_count": {"n": "many"},
            "links": [{"url": 5}, {"url": "u", "span": {"start": 3, "end": 1}}],
            "capture": {"path": "a\u001b", "sha256": 5},
        }
    )
    assert document.title == "t u"
    assert document.published is None
    assert document.published_raw == "yesterday"
    [comment] = document.comments
    assert (comment.id, comment.text, comment.seq, comment.posted, comment.posted_raw, comment.depth) == (
        "7",
        "",
        0,
        None,
        "noon",
        0,
    )
    assert comment.reply is None
    assert document.links == (Link(None, "u"),)
    assert document.capture is not None
    assert document.capture.path == "a␛"
    assert len(document.problems) >= 7


def test_comments_without_ids_or_with_the_same_get_stable_different_ones() -> None:
    record = {
        "title": "t",
        "comments": [{"text": "a"}, {"text": "b"}, {"id": "x", "text": "c"}, {"id": "x", "text": "d"}],
    }
    one, turned = from_record(record), from_record({**record, "comments": record["comments"][::-1]})
    assert len({comment.id for comment in one.comments}) == 4
    assert one.comments[0].id == next(comment.id for comment in turned.comments if comment.text == "a")
    assert comment_from_record({"text": "a"}).id == one.comments[0].id


def test_paths_that_cannot_be_printed() -> None:
    document = make_document("t", [], capture=Capture("bad\udcff\x1b.txt"))
    assert to_line(document).encode("utf-8")
    assert to_line(from_record(json.loads(to_line(document)))) == to_line(document)


@pytest.mark.parametrize(
    "item",
    [
        None,
        [],
        {},
        {"start": 0},
        {"start": 2, "end": 1, "part": "body"},
        {"start": 0, "end": 1, "part": "head"},
        {"start": True, "end": 1, "part": "body"},
        {"start": 0, "end": 1, "part": "comment", "comment": 5},
    ],
)
def test_no_span(item: object) -> None:
    assert span_from_record(item) is None
