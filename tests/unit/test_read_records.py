"""Records: every comment with text once, odd values reported in sentences, never a trace."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.model import Capture, Document, Problem
from corpus.read import Limits, read_bytes
from corpus.record_writing import to_line
from corpus.threads import Thread

LIMITS = Limits()


def items(text: str | bytes, path: str = "x.json", limits: Limits = LIMITS) -> list[Document | Problem]:
    data = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
    return list(read_bytes(data, Capture(path), limits))


def one(record: Any) -> Document:
    [document] = items(json.dumps(record))
    assert isinstance(document, Document)
    return document


def refusal(text: str | bytes, path: str = "x.json", limits: Limits = LIMITS) -> str:
    [problem] = items(text, path, limits)
    assert isinstance(problem, Problem)
    assert len(problem.message) < 300
    return problem.message


def test_plain_record() -> None:
    document = one(
        {
            "title": "Talks end",
            "body": "First.\n\nSecond.",
            "published": "2024-05-01T09:00:00+09:00",
            "author": "Ann Lee",
            "url": "https://news.example/1",
            "tags": ["x"],
            "comments": [
                {"id": "1", "parent": None, "author": "a\rb\nc\td", "date": "May 1, 2024 10:00 am", "body": "hi"},
                {"id": 2, "parent": 1, "author": "b", "posted": "2024-05-01T10:05", "text": "yes"},
            ],
        }
    )
    assert [paragraph.text for paragraph in document.paragraphs] == ["First.", "Second."]
    assert document.published == "2024-05-01T09:00:00+09:00"
    assert document.published_evidence == 'field "published" of the record'
    assert document.byline == ("Ann Lee",)
    assert [(comment.id, comment.parent, comment.depth) for comment in document.comments] == [
        ("1", None, 0),
        ("2", "1", 1),
    ]
    assert document.comments[0].author == "a b c d"
    assert document.comments[0].posted == "2024-05-01T10:00"
    assert document.comments[0].posted_raw == "May 1, 2024 10:00 am"
    assert document.dropped == ({"what": "field tags", "count": 1},)
    assert document.comments[1].reply is not None
    assert document.comments[1].reply.to == "1"


def test_paragraphs_and_wrapped_texts() -> None:
    document = one(
        {"title": "t", "paragraphs": ["a", {"text": "b", "kind": "heading"}, 5], "author": [{"name": "A"}, "B"]}
    )
    assert [(paragraph.text, paragraph.kind) for paragraph in document.paragraphs] == [
        ("a", "paragraph"),
        ("b", "heading"),
    ]
    assert document.byline == ("A", "B")
    assert any("no text" in problem for problem in document.problems)
    assert one({"title": 5, "body": {"html": "x"}}).body == "x"


@pytest.mark.parametrize(
    "value",
    [
        "0000-00-00",
        "9999-12-31T23:59:60Z",
        "1e20",
        1e20,
        -1,
        True,
        "12:60 PM",
        "어제 오후 3시",
        "\u001b[31m2024",
        [1],
        {},
    ],
)
def test_no_date_keeps_its_words(value: Any) -> None:
    document = one({"title": "t", "body": "b", "published": value})
    assert document.published is None
    assert document.published_raw
    assert "\x1b" not in document.published_raw
    assert len(document.problems) == 1


@pytest.mark.parametrize(
    ("value", "published"),
    [
        (1714550400, "2024-05-01T08:00:00Z"),
        (1714550400000, "2024-05-01T08:00:00Z"),
        ("Wed, 01 May 2024 10:00:00 GMT", "2024-05-01T10:00:00Z"),
        ("2024-05", "2024-05"),
        ("", None),
        (None, None),
    ],
)
def test_dates(value: Any, published: str | None) -> None:
    document = one({"title": "t", "body": "b", "published": value})
    assert document.published == published
    assert document.problems == ()


def test_nested_replies_are_laid_flat_under_their_parents() -> None:
    tree = {"text": "a", "replies": [{"text": "b", "replies": [{"text": "c"}]}, {"text": "d"}]}
    document = one({"title": "t", "body": "b", "comments": [tree, {"text": "e"}]})
    assert [comment.text for comment in document.comments] == ["a", "b", "c", "d", "e"]
    assert [comment.depth for comment in document.comments] == [0, 1, 2, 1, 0]


def test_depth_alone_states_parents() -> None:
    document = one(
        {
            "title": "t",
            "body": "b",
            "comments": [{"text": c, "depth": d} for c, d in zip("abcd", (0, 1, 2, 1), strict=True)],
        }
    )
    assert [comment.depth for comment in document.comments] == [0, 1, 2, 1]
    assert document.comments[3].parent == document.comments[0].id


def test_a_graph_that_cannot_be_a_tree() -> None:
    document = one(
        {
            "title": "Graph",
            "body": "b",
            "comments": [
                {"id": "1", "parent": "2", "author": "a", "body": "circle 1"},
                {"id": "2", "parent": "1", "author": "b", "body": "circle 2"},
                {"id": "3", "parent": "3", "author": "c", "body": "self"},
                {"id": "4", "parent": "999", "author": "d", "body": "orphan"},
                {"id": "5", "author": "e", "body": "twice A"},
                {"id": "5", "author": "f", "body": "twice B"},
                {"author": "g", "body": "no id"},
                {"id": 7, "parent": "5", "author": ["x"], "body": {"html": "y"}},
                {"id": "9"},
                {"id": True, "body": None},
                "not an object",
                None,
            ],
        }
    )
    texts = Counter(comment.text for comment in document.comments if comment.text)
    assert set(texts.values()) == {1}
    assert len(texts) == 8
    assert len({comment.id for comment in document.comments}) == len(document.comments)
    assert sorted(Thread(document).order()) == list(range(len(document.comments)))
    orphan = document.comment("4")
    assert orphan.parent == "999"
    assert orphan.reply is not None
    assert orphan.reply.missing
    assert document.comment("9").kind == "missing"
    assert sum(item["count"] for item in document.dropped) == 3
    assert any("circle" in problem for problem in document.problems)
    assert any("not in this capture" in problem for problem in document.problems)


def test_a_bad_line_is_named_and_the_rest_goes_on() -> None:
    found = items(
        '\ufeff{"title":"첫째","body":"a"}\r\n\r\n{"title":"둘째","body":"b"}\r\nnot json\r\n{"title":"셋째","body":"c"}',
        "x.jsonl",
    )
    assert [item.title for item in found if isinstance(item, Document)] == ["첫째", "둘째", "셋째"]
    [problem] = [item for item in found if isinstance(item, Problem)]
    assert problem.message.startswith("line 4 was left out")
    assert [item.capture.member for item in found if isinstance(item, Document) and item.capture] == [
        "line 1",
        "line 3",
        "line 5",
    ]


def test_lines_are_known_without_the_name() -> None:
    found = items('{"title":"a","body":"b"}\n{"title":"c","body":"d"}\n[}\n', "x.txt")
    assert [type(item) for item in found] == [Document, Document, Problem]
    assert len(items('{"title":"a","body":"b\u2028c"}', "x.jsonl")) == 1


def test_an_array_of_records() -> None:
    found = items(json.dumps([{"title": "a", "body": "b"}, {"x": 1}, 5, {"title": "c"}]))
    assert [type(item) for item in found] == [Document, Problem, Problem, Document]
    many = items(json.dumps([5] * 50))
    assert len(many) == 21


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[" * 100_000, "nested too deeply"),
        ('{"a":' * 5_000 + "1" + "}" * 5_000, "nested too deeply"),
        ('{"title":"t","x":' + "[" * 150 + "]" * 150 + "}", "nested too deeply"),
        ("[]", "no record"),
        ("{}", "neither a title nor a text"),
        ("5", "not a record"),
        ('{"title":"t"', "not valid JSON at line 1"),
        ('{"type":"AnnotationCollection"}', "notes"),
        ('{"format":"korea-reader/9","title":"t"}', "newer"),
        ('{"format":"korea-reader/1"}', "neither a title nor text"),
        ('{"title":"","body":""}', "neither a title nor a text"),
        ("", "no text in it"),
        (" \n ", "no text in it"),
    ],
)
def test_refusals_are_one_sentence(text: str, words: str) -> None:
    assert words in refusal(text)


def test_numbers_and_names_that_are_none() -> None:
    [document] = items(
        '{"title":"t","body":"b","url":5,"x":NaN,"comments":[{"id":'
        + "9" * 5000
        + ',"text":"\\ud800z","votes":1e999}]}'
    )
    assert isinstance(document, Document)
    assert document.comments[0].text == "\ufffdz"
    assert any("NaN" in problem for problem in document.problems)
    assert to_line(document).encode("utf-8")
    [twice] = items('{"title":"a","title":"b","body":"c"}')
    assert isinstance(twice, Document)
    assert any("stands twice" in problem for problem in twice.problems)


def test_our_own_output_read_again_is_the_same_and_keeps_its_capture() -> None:
    [document] = items(
        "Talks end\n\nThe two delegations met for eleven hours in the house on the southern side of the line.\n\n"
        "Old Salt Thu, 01/04/2018 - 21:59\n\nThe two delegations met for eleven hours, indeed.\n\n"
        "Ann Thu, 01/04/2018 - 22:05\n\nHi Old Salt, so it is.\n",
        "paste.txt",
    )
    assert isinstance(document, Document)
    line = to_line(document)
    [again] = items(line, "elsewhere.jsonl")
    assert isinstance(again, Document)
    assert to_line(again) == line
    assert again.capture is not None
    assert again.capture.path == "paste.txt"
    assert again == document


def test_our_own_format_without_capture_gets_one_and_keeps_unknown_keys() -> None:
    record = {"format": "korea-reader/1", "title": "t", "future": {"a": [1]}, "comments": [{"text": "x", "mood": "y"}]}
    document = one(record)
    assert document.capture is not None
    assert document.capture.path == "x.json"
    assert json.loads(to_line(document))["future"] == {"a": [1]}
    assert json.loads(to_line(document))["comments"][0]["mood"] == "y"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["id", "parent", "text", "body", "author", "replies", "x"]), inner, max_size=4
        )
    ),
    max_leaves=12,
)
RECORD = st.fixed_dictionaries(
    {"title": JSON},
    optional=dict.fromkeys(
        ("format", "body", "paragraphs", "published", "author", "url", "comments", "capture", "id", "folded", "byline"),
        JSON,
    ),
)


@settings(max_examples=150, deadline=None)
@given(RECORD, st.booleans())
def test_any_record_is_read_or_refused(record: dict[str, Any], own: bool) -> None:
    if own:
        record["format"] = "korea-reader/1"
    for item in items(json.dumps(record)):
        if isinstance(item, Document):
            line = to_line(item)
            json.loads(line, parse_constant=lambda name: pytest.fail(name))
            [again] = items(line.encode("utf-8"))
            assert isinstance(again, Document)
            assert to_line(again) == line


@settings(max_examples=150, deadline=None)
@given(st.lists(st.tuples(st.sampled_from("abcdef") | st.none(), st.sampled_from("abcdefg") | st.none()), max_size=14))
def test_every_comment_stands_in_the_tree_once(pairs: list[tuple[str | None, str | None]]) -> None:
    comments = [{"id": own, "parent": parent, "text": f"text {at}"} for at, (own, parent) in enumerate(pairs)]
    document = one({"title": "t", "body": "b", "comments": comments})
    assert [comment.text for comment in document.comments] == [f"text {at}" for at in range(len(pairs))]
    assert sorted(Thread(document).order()) == list(range(len(pairs)))
