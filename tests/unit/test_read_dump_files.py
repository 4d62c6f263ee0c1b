"""The small dumps of `tests/data/dumps`: what each is read as, and nothing of them lost."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.model import Capture, Document
from corpus.read import read, read_bytes

DUMPS = Path(__file__).parents[1] / "data" / "dumps"

# documents by title; of each comment its id, the parent, and what it is where it is no plain comment
TRUTH: dict[str, dict[str, list[str]]] = {
    "reddit_listing.json": {"Talks at the border end & nobody says why": ["ds1", "ds2<ds1 deleted removed", "ds3<ds2 its author is deleted", "more-ds9<ds1 stub not in this capture", "ds4", "more-_ stub not in this capture"]},
    "pushshift.jsonl": {"A bridge opens": ["a1", "a2<a1", "a3<a2 deleted deleted"], "Comments on the Reddit post p2": ["b1<zz"]},
    "hackernews_items.jsonl": {"A map of ferries": ["103 deleted deleted", "101", "102<101"], "Comments of Hacker News whose story is not in this capture": ["205<200"]},
    "hackernews_tree.json": {"A map of ferries": ["101", "102<101", "103 deleted the source has no text for it", "104<103"]},
    "hackernews_hits.json": {"A map of ferries": ["101", "102<101"], "Ask: who keeps tide tables?": []},
    "discourse_topic.json": {"Reading a statement line by line": ["11", "12<11", "14<post-5", "15 deleted deleted"]},
    "discourse_posts.json": {"Tide tables": ["31<30", "30"], "hello": []},
    "wordpress_posts.json": {"A bridge – and a ferry": []},
    "wordpress_comments.json": {"Comments on post 5": ["8", "9<8 hold"], "Comments on post 6": ["10 pingback"]},
    "wordpress_export.xml": {"A bridge": ["8", "9<8 not approved", "11 pingback spam"], "A draft": []},
    "disqus.xml": {"A bridge": ["12", "13<12"], "A ferry": ["14 deleted"], "Comments on a page that is not in this export (9)": ["15<99 deleted deleted"]},
    "utterances.jsonl": {"Moving a page": ["u2", "u3<u2"], "Conversation u7": ["u9<u8"]},
    "feed.rss": {"The bridge & the tide": [], "Only an address": []},
    "comments.rss": {"The bridge": ["8<7", "7"]},
    "feed.atom": {"Winter timetable": ["tag:f,3<tag:f,2", "tag:f,2"], "Fog": [], "Ferry Log": ["tag:f,9"]},
    "list.mbox": {"Tide tables": ["3@mail.example<2@mail.example"], "Something else": ["7@mail.example"]},
    "letter.eml": {"A letter about the bridge": []},
    "yaml.md": {"The bridge: a history": []},
    "toml.md": {"The ferry": []},
    "records.jsonl": {"A bridge opens": ["1", "2<1"], "A bridge closes": ["c38beb07d4e23916e", "c8fcb6eb772ee2a40<c38beb07d4e23916e"]},
    "records.json": {"First": [], "Second": ["c7325930393d38a59", "c002276ce1021f445<c7325930393d38a59"]},
}  # fmt: skip


def documents(data: bytes, name: str) -> list[Document]:
    return [item for item in read_bytes(data, Capture(name)) if isinstance(item, Document)]


def outline(document: Document) -> list[str]:
    found = []
    for comment in document.comments:
        kind = [] if comment.kind == "comment" else [comment.kind]
        name = f"{comment.id}<{comment.parent}" if comment.parent else comment.id
        found.append(" ".join([name, *kind, *([comment.state] if comment.state else [])]))
    return found


@pytest.mark.parametrize("path", sorted(DUMPS.iterdir()), ids=lambda path: path.name)
def test_what_each_file_holds(path: Path) -> None:
    found = [item for item in read(path) if isinstance(item, Document)]
    assert {document.title: outline(document) for document in found} == TRUTH[path.name]


def only(name: str, at: int = 0) -> Document:
    return documents((DUMPS / name).read_bytes(), name)[at]


def dropped(document: Document) -> dict[str, int]:
    return {item["what"]: item["count"] for item in document.dropped}


def test_addresses_are_left_out_and_told() -> None:
    counts = {
        "wordpress_comments.json": {"e-mail address": 1, "IP address": 1},
        "wordpress_export.xml": {"e-mail address": 1, "IP address": 1, "excerpt": 1},
        "disqus.xml": {"e-mail address": 2, "IP address": 2, "name of who opened the thread": 1},
        "comments.rss": {"e-mail address": 1},
        "feed.atom": {"e-mail address": 1},
        "feed.rss": {"summary beside the text": 1},
        "list.mbox": {"e-mail address": 2},
        "wordpress_posts.json": {"excerpt": 1},
    }
    for name, count in counts.items():
        assert dropped(only(name)) == count, name
    for path in DUMPS.iterdir():
        for item in read(path):
            # ids of messages look like addresses and are none
            assert "ann@mail" not in repr(item)
            assert "bo@mail" not in repr(item)
            assert "10.0.0." not in repr(item)


def test_entries_of_atom_without_an_author() -> None:
    assert [only("feed.atom", at).byline for at in (0, 1)] == [("Ann Lee",), ("The Port",)]


def test_post_and_comments_in_two_files_are_one_document() -> None:
    post, comments = only("wordpress_posts.json"), only("wordpress_comments.json")
    assert (post.id, post.url) == (comments.id, "https://blog.example/bridge")
    line = {"id": "c", "body": "x", "author": "a", "link_id": "t3_p1", "permalink": "/r/bridges/comments/p1/a/c/"}
    [alone] = documents(json.dumps(line).encode(), "x.jsonl")
    assert alone.id == only("pushshift.jsonl").id


def test_words_of_mail() -> None:
    document = only("list.mbox")
    assert document.body == "Who keeps the old ones?\n\nFrom 1998, I mean."
    assert (document.comments[0].author, document.comments[0].text) == ("정보", "조수표는 내게 있다. 똠방")
    assert only("list.mbox", 1).comments[0].posted_raw == "never"
    assert only("letter.eml").body == "It is closed – since May."
    again = (DUMPS / "letter.eml").read_bytes().split(b"\n", 1)[1]
    box = b"From a Thu Jan  4 21:59:00 2018\n" + again
    document, other = documents(box + b"\n" + box + b"\n" + box.replace(b"since", b"until"), "x.mbox")
    assert (document.body, other.body) == ("It is closed – since May.", "It is closed – until May.")
    assert dropped(document)["the same message again"] == 1


def test_mail_of_many_parts() -> None:
    part = "--{b}\nContent-Type: {kind}\n{more}\n{text}\n"
    inner = part.format(b="i", kind="text/plain; charset=utf-8", more="", text="Plain words.")
    inner += part.format(b="i", kind="text/html", more="", text="<p>Plain words.</p>") + "--i--\n"
    outer = part.format(b="o", kind='multipart/alternative; boundary="i"', more="", text=inner)
    outer += part.format(b="o", kind="text/plain", more="Content-Disposition: attachment\n", text="a,b")
    outer += part.format(b="o", kind="image/png", more="", text="x") + part.format(
        b="o", kind="text/plain", more="", text="A footer."
    )
    mail = f'From: a <a@b.example>\nMessage-ID: <1@b>\nSubject: =?euc-kr?B?tMs=?= x\nContent-Type: multipart/mixed; boundary="o"\n\n{outer}--o--\n'
    [document] = documents(mail.encode(), "x.eml")
    assert document.body == "Plain words.\n\nA footer."
    assert dropped(document) == {"e-mail address": 1, "the same text in another form": 1, "attachment": 2}


def test_a_long_chain_of_mail() -> None:
    box = "".join(
        f"From a Thu Jan  4 21:59:00 2018\nFrom: a\nMessage-ID: <{at}>\nIn-Reply-To: <{at - 1}>\nSubject: T\n\nWords {at}.\n\n"
        for at in range(1, 600)
    )
    [document] = documents(box.encode(), "x.mbox")
    assert [comment.depth for comment in document.comments][:3] == [0, 1, 2]
    assert len(document.comments) == 599


# every text of a source is put in as a word that is met nowhere else, and looked for in what is read
Texts = list[str]


def listing(words: Callable[[], str], count: int) -> Any:
    def thing(at: int) -> dict[str, Any]:
        more = {"replies": {"kind": "Listing", "data": {"children": [thing(at - 1)]}}} if at % 3 else {"replies": ""}
        return {"kind": "t1", "data": {"id": f"c{at}", "body": words(), "author": words(), "parent_id": "t3_p", **more}}

    post = {"kind": "t3", "data": {"id": "p", "title": words(), "selftext": words(), "author": words()}}
    things = [thing(at) for at in range(count)]
    return [{"kind": "Listing", "data": {"children": [post]}}, {"kind": "Listing", "data": {"children": things}}]


def items(words: Callable[[], str], count: int) -> Any:
    return [{"id": 0, "type": "story", "title": words(), "text": words(), "by": words(), "kids": [1]}] + [
        {
            "id": at % 5 + 1,
            "type": "comment",
            "parent": (at * 7) % 6 if at % 4 else None,
            "by": words(),
            "text": words(),
        }
        for at in range(count)
    ]


def topic(words: Callable[[], str], count: int) -> Any:
    posts = [{"id": at, "post_number": at + 1, "username": words(), "cooked": words()} for at in range(count)]
    return {"title": words(), "post_stream": {"posts": posts}}


def blog(words: Callable[[], str], count: int) -> Any:
    said = [{"id": at, "post": at % 3, "author_name": words(), "content": {"rendered": words()}} for at in range(count)]
    return [{"id": 1, "title": {"rendered": words()}, "content": {"rendered": words()}}, *said]


def plain(words: Callable[[], str], count: int) -> Any:
    said: list[Any] = [
        {
            "author": words(),
            "body": words(),
            "title": words(),
            "id": at % 4,
            "replies": [{"text": words(), "parent": "0"}],
        }
        for at in range(count)
    ]
    return {"title": words(), "body": words(), "author": words(), "outlet": words(), "comments": said}


@given(st.sampled_from([listing, items, topic, blog, plain]), st.integers(0, 12))
@settings(max_examples=60, deadline=None)
def test_every_text_stands_in_one_place(source: Callable[..., Any], count: int) -> None:
    made: Texts = []

    def words() -> str:
        made.append(f"word{len(made)}x")
        return made[-1]

    data = json.dumps(source(words, count)).encode()
    everything: list[str] = []
    for document in documents(data, "x.json"):
        everything += [text for _, text in document.texts()]
        everything += [*document.byline, document.outlet or "", *(item.author or "" for item in document.comments)]
    for word in made:
        assert sum(text.count(word) for text in everything) == 1, word
