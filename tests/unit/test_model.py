"""Ids end up in users' notes: they are the same whatever happens to the file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from corpus.comments import Comments
from corpus.identity import CommentIds, document_id, normal_url
from corpus.model import Comment, Document, make_document
from corpus.read import read

HEAD = "Talks end without a date\n\nThe two delegations met for eleven hours in the house, and parted late.\n\n"
COMMENTS = [
    "Old Salt Thu, 01/04/2018 - 21:59\n\nThey always part late.",
    "b_2 Thu, 01/04/2018 - 22:05\n\nI would not be so sure.",
    "Ann Thu, 01/04/2018 - 22:05\n\nSame words.",
    "Ann Thu, 01/04/2018 - 22:05\n\nSame words.",
]


def saved(folder: Path, comments: list[str], name: str = "a.txt", head: str = HEAD) -> Document:
    path = folder / name
    path.write_text(head + "\n\n".join(comments) + "\n")
    [document] = read(path)
    assert isinstance(document, Document)
    return document


def ids(document: Document) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for comment in document.comments:
        found.setdefault(comment.text, set()).add(comment.id)
    return found


def test_moved_renamed_and_saved_again(tmp_path: Path) -> None:
    first = saved(tmp_path, COMMENTS)
    (tmp_path / "sub").mkdir()
    moved = saved(tmp_path / "sub", COMMENTS, "other name.md")
    assert (moved.id, moved.version, ids(moved)) == (first.id, first.version, ids(first))


def test_one_more_comment(tmp_path: Path) -> None:
    first = saved(tmp_path, COMMENTS)
    more = saved(tmp_path, [*COMMENTS, "Kim Fri, 01/05/2018 - 08:00\n\nOne more."])
    assert more.id == first.id
    assert more.version != first.version
    assert ids(first).items() <= ids(more).items()


def test_a_comment_that_settles_the_dates_changes_no_id(tmp_path: Path) -> None:
    # 12 March and 3 December 2018 are both Mondays
    first = saved(tmp_path, ["A Mon, 03/12/2018 - 17:18\n\nx", "B Mon, 03/12/2018 - 17:20\n\ny"])
    more = saved(
        tmp_path, ["A Mon, 03/12/2018 - 17:18\n\nx", "B Mon, 03/12/2018 - 17:20\n\ny", "C Tue, 03/13/2018 - 09:00\n\nz"]
    )
    assert first.comments[0].posted is None
    assert more.comments[0].posted == "2018-03-12T17:18"
    assert ids(first).items() <= ids(more).items()


def test_another_order(tmp_path: Path) -> None:
    first, turned = saved(tmp_path, COMMENTS), saved(tmp_path, COMMENTS[::-1])
    assert (turned.id, turned.version, ids(turned)) == (first.id, first.version, ids(first))


def test_an_edited_article_is_another_document_without_an_address_and_the_same_with_one() -> None:
    assert document_id(None, "T", "body") != document_id(None, "T", "body, edited")
    assert document_id(None, "T “x”", "Body  text") == document_id(None, 't "x"', "body text")
    assert document_id("https://n.example/1", "T", "a") == document_id("HTTPS://N.example:443/1#c", "U", "b")
    assert document_id("https://n.example/1?id=2", "T", "a") != document_id("https://n.example/1?id=3", "T", "a")


def test_addresses() -> None:
    assert normal_url("HTTP://Example.com:80/A?b#c") == "http://example.com/A?b"
    assert normal_url("http://example.com") == "http://example.com/"
    assert normal_url("http://example.com:8080/") == "http://example.com:8080/"
    assert normal_url(" http://[bad/ ") == "http://[bad/"


def test_ids_differ_and_the_sources_own_are_kept() -> None:
    taken = CommentIds()
    assert taken.next("5", None, None, "") == "5"
    assert taken.next("5-2", None, None, "") == "5-2"
    second = taken.next("5", None, None, "")
    assert second not in ("5", "5-2")
    assert taken.next(None, "a", "t", "x") != taken.next(None, "a", "t", "x")
    assert CommentIds().next(None, "ab", "c", "") != CommentIds().next(None, "a", "bc", "")


def test_texts_and_spans() -> None:
    comment = Comment("c1", 0, "So it is.", "Ann", title="Late")
    document = make_document(
        "Talks", [("First.", "paragraph"), ("Second.", "heading")], [comment], url="https://n.example/1"
    )
    assert document.body == "First.\n\nSecond."
    assert [document.body[item.start : item.end] for item in document.paragraphs] == ["First.", "Second."]
    assert dict(document.texts()) == {
        ("title", None): "Talks",
        ("body", None): document.body,
        ("comment_title", "c1"): "Late",
        ("comment", "c1"): "So it is.",
    }
    assert document.quote(document.span("comment", 0, 2, "c1")) == "So"
    assert document.quote(document.span("comment_title", 0, 4, "c1")) == "Late"
    assert document.quote(document.span("title", 0, 5)) == "Talks"
    assert document.quote(document.span("body", 8, 15)) == "Second."
    assert document.span("comment", 0, 2, "c1").key == ("comment", "c1")
    assert document.comment("c1") is comment
    with pytest.raises(KeyError):
        document.text("comment", "none")


def test_comments_are_decoded_when_asked_for() -> None:
    items = [Comment(f"c{at}", at, f"text {at}") for at in range(5)]
    asked: list[int] = []

    def load(at: int) -> Comment:
        asked.append(at)
        return items[at]

    lazy = Comments(outline=[(item.id, None, 0) for item in items], load=load)
    assert len(lazy) == 5
    assert asked == []
    assert lazy[-1] is items[4]
    assert lazy[4] is items[4]
    assert asked == [4]
    assert lazy[1:3] == (items[1], items[2])
    assert lazy == Comments(items)
    assert lazy != Comments(items[:2])
    assert repr(lazy) == "Comments(5)"
    assert replace(items[0]) == items[0]
