"""Dumps and exports: documents with their comments, e-mail addresses and IPs left out and counted."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.model import Capture, Document, Problem
from corpus.read import read_bytes


def items(data: str | bytes, name: str) -> list[Document | Problem]:
    return list(read_bytes(data if isinstance(data, bytes) else data.encode(), Capture(name)))


def documents(data: Any, name: str = "x.json") -> list[Document]:
    text = data if isinstance(data, (str, bytes)) else json.dumps(data)
    found = items(text, name)
    assert all(isinstance(item, Document) for item in found), found
    return [item for item in found if isinstance(item, Document)]


def shape(document: Document) -> list[tuple[str, str | None, str, str | None, str]]:
    return [(item.id, item.author, item.text, item.parent, item.kind) for item in document.comments]


def thing(name: str, **data: Any) -> dict[str, Any]:
    return {
        "kind": "t1",
        "data": {
            "id": name,
            "author": "ann",
            "body": name,
            "created_utc": 1515103140.0,
            "parent_id": "t3_p",
            "replies": "",
            "score": 2,
            **data,
        },
    }


def listing(*children: Any) -> dict[str, Any]:
    return {"kind": "Listing", "data": {"children": list(children)}}


def test_reddit_listing() -> None:
    more = {"kind": "more", "data": {"id": "zz", "count": 4, "parent_id": "t1_a"}}
    answer = thing("b", parent_id="t1_a", author="[deleted]", body="[removed]")
    post = {
        "kind": "t3",
        "data": {
            "id": "p",
            "name": "t3_p",
            "title": "A &amp; B",
            "selftext": "Words.",
            "author": "op",
            "created_utc": 1515103000,
            "permalink": "/r/x/comments/p/",
            "num_comments": 7,
            "subreddit": "x",
        },
    }
    [document] = documents([listing(post), listing(thing("a", replies=listing(answer, more)))])
    assert (document.title, document.byline, document.published) == ("A & B", ("op",), "2018-01-04T21:56:40Z")
    assert document.url == "https://www.reddit.com/r/x/comments/p/"
    assert shape(document)[:2] == [("a", "ann", "a", None, "comment"), ("b", None, "", "a", "deleted")]
    assert document.comments[2].kind == "stub"
    assert "4 comments stand behind" in document.problems[0]
    assert document.problems[1] == "the page says 7 comments, 2 were found"


def test_pushshift_lines() -> None:
    lines = [
        {
            "id": "a",
            "author": "ann",
            "body": "one",
            "link_id": "t3_p",
            "parent_id": "t3_p",
            "created_utc": "1515103140",
        },
        {"id": "b", "author": "bo", "body": "two", "link_id": "t3_p", "parent_id": "t1_a", "created_utc": 1515103141},
        {
            "id": "c",
            "author": "cy",
            "body": "three",
            "link_id": "t3_q",
            "parent_id": "t1_zz",
            "created_utc": 1515103142,
        },
    ]
    first, second = documents("\n".join(map(json.dumps, lines)), "x.jsonl")
    assert shape(first) == [("a", "ann", "one", None, "comment"), ("b", "bo", "two", "a", "comment")]
    assert first.comments[0].posted == "2018-01-04T21:59:00Z"
    assert second.comments[0].reply is not None
    assert second.comments[0].reply.missing


def test_hacker_news_items() -> None:
    story = {
        "id": 1,
        "type": "story",
        "title": "T",
        "by": "op",
        "time": 1515103140,
        "url": "https://o.example/",
        "kids": [3, 2],
        "descendants": 2,
    }
    rest = [
        {"id": 2, "type": "comment", "parent": 1, "by": "bo", "text": "x<p>y", "time": 1515103141},
        {"id": 3, "type": "comment", "parent": 1, "deleted": True, "time": 1},
    ]
    [document] = documents([story, *rest])
    assert shape(document) == [("3", None, "", None, "deleted"), ("2", "bo", "x\n\ny", None, "comment")]
    assert document.links[0].url == "https://o.example/"


def test_a_hacker_news_tree() -> None:
    tree = {
        "id": 1,
        "type": "story",
        "title": "T",
        "author": "op",
        "created_at_i": 1515103140,
        "children": [
            {
                "id": 2,
                "author": "ann",
                "text": "a",
                "created_at_i": 1515103141,
                "parent_id": 1,
                "children": [{"id": 3, "author": None, "text": None, "children": []}],
            }
        ],
    }
    [document] = documents(tree)
    assert shape(document) == [("2", "ann", "a", None, "comment"), ("3", None, "", "2", "deleted")]


def test_a_hacker_news_search() -> None:
    [document] = documents(
        {
            "hits": [
                {"objectID": "5", "story_id": 1, "story_title": "T", "comment_text": "c", "author": "x", "parent_id": 1}
            ]
        }
    )
    assert (document.title, shape(document)) == ("T", [("5", "x", "c", None, "comment")])


def test_discourse() -> None:
    posts = [
        {
            "id": 10,
            "post_number": 1,
            "username": "op",
            "cooked": "<p>Start.</p>",
            "created_at": "2018-01-04T21:00:00.000Z",
        },
        {
            "id": 11,
            "post_number": 2,
            "username": "ann",
            "cooked": "<p>Yes.</p>",
            "created_at": "2018-01-04T22:00:00.000Z",
            "reply_to_post_number": 1,
            "actions_summary": [{"id": 2, "count": 3}],
        },
        {
            "id": 12,
            "post_number": 9,
            "username": "bo",
            "cooked": "<p>No.</p>",
            "created_at": "2018-01-05T22:00:00.000Z",
            "reply_to_post_number": 4,
        },
    ]
    [document] = documents(
        {"title": "T", "posts_count": 9, "created_at": "2018-01-04T21:00:00Z", "post_stream": {"posts": posts}}
    )
    assert (document.body, document.byline) == ("Start.", ("op",))
    assert shape(document) == [("11", "ann", "Yes.", None, "comment"), ("12", "bo", "No.", "post-4", "comment")]
    assert document.comments[0].votes is not None
    assert document.comments[0].votes.up == 3
    assert any("page says 8" in problem for problem in document.problems)


def test_wordpress_records_and_convokit() -> None:
    post = {
        "id": 5,
        "title": {"rendered": "A &#8211; B"},
        "content": {"rendered": "<p>Body.</p>"},
        "link": "https://w.example/5",
        "date": "2018-01-05T06:59:00",
        "date_gmt": "2018-01-04T21:59:00",
    }
    comment = {
        "id": 7,
        "post": 5,
        "parent": 0,
        "author_name": "Ann",
        "author_email": "a@b.example",
        "author_ip": "10.0.0.1",
        "content": {"rendered": "<p>Hi.</p>"},
        "date": "2018-01-05T07:59:00",
        "date_gmt": "2018-01-04T22:59:00",
        "link": "https://w.example/5#comment-7",
    }
    [document] = documents([post, comment])
    assert (document.title, document.published) == ("A – B", "2018-01-05T06:59:00+09:00")
    assert shape(document) == [("7", "Ann", "Hi.", None, "comment")]
    assert [(item["what"], item["count"]) for item in document.dropped] == [("e-mail address", 1), ("IP address", 1)]
    assert "a@b.example" not in json.dumps([str(document.comments[0])])
    lines = [
        {"id": "u1", "speaker": "op", "text": "Start", "conversation_id": "u1", "timestamp": 1515103140, "meta": {}},
        {
            "id": "u2",
            "speaker": "ann",
            "text": "Yes",
            "conversation_id": "u1",
            "reply_to": "u1",
            "timestamp": None,
            "meta": {"score": 3},
        },
    ]
    [document] = documents("\n".join(map(json.dumps, lines)), "utterances.jsonl")
    assert (document.body, shape(document)) == ("Start", [("u2", "ann", "Yes", None, "comment")])


WXR = """<?xml version="1.0"?><rss xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="https://wordpress.org/export/1.2/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Site</title>
<item><title>T</title><link>https://w.example/1</link><dc:creator>op</dc:creator><content:encoded><![CDATA[<p>Body.</p>]]></content:encoded><wp:post_id>1</wp:post_id><wp:post_type>post</wp:post_type><wp:post_date>2018-01-05 06:59:00</wp:post_date><wp:post_date_gmt>2018-01-04 21:59:00</wp:post_date_gmt>
<wp:comment><wp:comment_id>9</wp:comment_id><wp:comment_parent>8</wp:comment_parent><wp:comment_author>Bo</wp:comment_author><wp:comment_author_email>b@c.example</wp:comment_author_email><wp:comment_author_IP>10.0.0.2</wp:comment_author_IP><wp:comment_content>No.</wp:comment_content><wp:comment_approved>spam</wp:comment_approved></wp:comment>
<wp:comment><wp:comment_id>8</wp:comment_id><wp:comment_parent>0</wp:comment_parent><wp:comment_author>Ann</wp:comment_author><wp:comment_content>Yes.</wp:comment_content><wp:comment_approved>1</wp:comment_approved></wp:comment></item>
<item><title>pic</title><wp:post_type>attachment</wp:post_type></item></channel></rss>"""

DISQUS = """`<?xml version="1.0"?><disqus xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/disqus-internals"><thread dsq:id=1><link>https://d.example/1</link><title>T</title><createdAt>2018-01-04T21:00:00Z</createdAt></thread>
<post dsq:id="2"><message><![CDATA[<p>Yes.</p>]]></message><createdAt>2018-01-04T21:59:00Z</createdAt><author><email>a@b.example</email><name>Ann</name></author><ipAddress>10.0.0.3</ipAddress><thread dsq:id=1 /></post>
<post dsq:id="3"><message/><isDeleted>true</isDeleted><author><name>Bo</name></author><thread dsq:id=1/><parent dsq:id="2"/></post></disqus>"""


def test_exports_in_xml() -> None:
    [document] = documents(WXR, "x.xml")
    assert (document.title, document.body, document.published, document.outlet) == (
        "T",
        "Body.",
        "2018-01-05T06:59:00+09:00",
        "Site",
    )
    assert shape(document) == [("8", "Ann", "Yes.", None, "comment"), ("9", "Bo", "No.", "8", "comment")]
    assert document.comments[1].state == "spam"
    assert {item["what"]: item["count"] for item in document.dropped} == {
        "e-mail address": 1,
        "IP address": 1,
        "attachment, menu or revision of the export": 1,
    }
    [document] = documents(DISQUS, "x.xml")
    assert shape(document) == [("2", "Ann", "Yes.", None, "comment"), ("3", "Bo", "", "2", "deleted")]
    assert "the XML is not well formed and was mended" in document.problems


def test_feeds() -> None:
    rss = "<rss xmlns:dc='http://purl.org/dc/elements/1.1/'><channel><title>Site</title><item><title>T</title><link>https://f.example/1</link><dc:creator>Ann</dc:creator><pubDate>Thu, 04 Jan 2018 21:59:00 +0900</pubDate><description>&lt;p&gt;Body.&lt;/p&gt;</description></item></channel></rss>"
    [document] = documents(rss, "x.rss")
    assert (document.title, document.body, document.byline, document.published) == (
        "T",
        "Body.",
        ("Ann",),
        "2018-01-04T21:59:00+09:00",
    )
    comments = "<rss><channel><title>Comments on: T</title><link>https://f.example/1</link><item><title>By: Ann</title><author>a@b.example (Ann)</author><link>https://f.example/1#comment-4</link><description>Yes.</description></item></channel></rss>"
    [document] = documents(comments, "x.rss")
    assert (document.title, shape(document)) == ("T", [("4", "Ann", "Yes.", None, "comment")])
    atom = "<feed xmlns='http://www.w3.org/2005/Atom' xmlns:thr='http://purl.org/syndication/thread/1.0'><title>F</title><entry><id>e1</id><title>T</title><content>Body</content></entry><entry><id>e2</id><author><name>Bo</name></author><content>No</content><thr:in-reply-to ref='e3'/></entry><entry><id>e3</id><content>Yes</content><thr:in-reply-to ref='e1'/></entry></feed>"
    [document] = documents(atom, "x.atom")
    assert shape(document) == [("e2", "Bo", "No", "e3", "comment"), ("e3", None, "Yes", None, "comment")]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<?xml version='1.0'?><rss></rss>", "no entries"),
        ("<?xml version='1.0'?><house/>", "of a kind that is not read"),
        ("<?xml version='1.0'?><rss><channel>", "not valid XML at line 1"),
        ("<?xml version='1.0'?><!DOCTYPE r [<!ENTITY a 'x'>]><rss>&a;</rss>", "entities of its own"),
    ],
)
def test_xml_that_is_not_read(text: str, words: str) -> None:
    [problem] = items(text, "x.xml")
    assert isinstance(problem, Problem)
    assert words in problem.message


def test_mail_threads() -> None:
    def message(own: str, subject: str, refs: str, body: str) -> str:
        answered = f"In-Reply-To: {refs}\nReferences: {refs}\n" if refs else ""
        return f"From x Thu Jan  4 21:59:00 2018\nFrom: Ann Lee <a@b.example>\nMessage-ID: {own}\nDate: Thu, 4 Jan 2018 21:59:00 +0900\nSubject: {subject}\n{answered}\n{body}\n\n"

    box = (
        message("<1@x>", "T", "", "Start.")
        + message("<2@x>", "Re: T", "<1@x>", "Yes.")
        + message("<3@x>", "Re: T", "<2@x>", "No.")
        + message("<4@x>", "Re: Other", "<0@x>", "Lost.")
    )
    first, second = documents(box, "x.mbox")
    assert (first.title, first.body, first.byline, first.published) == (
        "T",
        "Start.",
        ("Ann Lee",),
        "2018-01-04T21:59:00+09:00",
    )
    assert [(item.text, item.depth) for item in first.comments] == [("Yes.", 0), ("No.", 1)]
    assert second.title == "Other"
    assert second.problems == ("the first message of the thread is not in this capture",)
    assert "a@b.example" not in repr(first)
    assert first.dropped[0]["what"] == "e-mail address"


SEEDS = [
    WXR,
    DISQUS,
    json.dumps([listing({"kind": "t3", "data": {"title": "x"}}), listing(thing("a"))]),
    json.dumps({"post_stream": {"posts": [{"id": 1, "cooked": "x"}]}}),
]


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(SEEDS), st.integers(0, 2000), st.integers(0, 40), st.text(max_size=12))
def test_damage_ends_in_documents_or_sentences(seed: str, at: int, size: int, put: str) -> None:
    damaged = seed[:at] + put + seed[at + size :]
    for item in items(damaged.encode("utf-8", "surrogatepass"), "x.xml" if seed.startswith(("<", "`")) else "x.json"):
        assert isinstance(item, (Document, Problem))


@pytest.mark.parametrize("value", [None, 5, [], {}, "x", [1], {"kind": 5}, {"data": []}])
def test_odd_values_in_listings(value: Any) -> None:
    for item in items(
        json.dumps(
            [
                listing(value),
                listing(thing("a", replies=value, author=value, body=value, created_utc=value, parent_id=value)),
            ]
        ),
        "x.json",
    ):
        assert isinstance(item, (Document, Problem))


@pytest.mark.parametrize("value", [None, 5, [], {}, "x", [1], -1, True])
def test_odd_values_in_a_topic(value: Any) -> None:
    post = dict.fromkeys(
        (
            "id",
            "post_number",
            "username",
            "cooked",
            "created_at",
            "reply_to_post_number",
            "actions_summary",
            "topic_id",
        ),
        value,
    )
    for item in items(
        json.dumps({"title": value, "posts_count": value, "post_stream": {"posts": [post, value]}}), "x.json"
    ):
        assert isinstance(item, (Document, Problem))
