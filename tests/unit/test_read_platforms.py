"""Comments of the known systems, each in a small page that has its markup: names, times, structure and text."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.model import Capture, Document
from corpus.read import read_bytes

LONG = "The two delegations met for eleven hours in the house on the southern side of the line, and parted late in the evening."
ARTICLE = f"<article><h1>Talks end</h1><p>{LONG}</p><p>{LONG}</p></article>"

Row = tuple[str | None, str | None, str, int]
"""Author, time, text and depth."""

ANN: Row = ("Ann", "2018-01-04T21:59", "First thought.", 0)
BO: Row = ("Bo", "2018-01-04T22:01", "An answer.", 1)


def page(body: str, head: str = "<title>Talks end</title>") -> Document:
    data = f"<!DOCTYPE html><html lang='en'><head>{head}</head><body>{body}</body></html>".encode()
    [document] = read_bytes(data, Capture("x.html"))
    assert isinstance(document, Document)
    return document


def rows(document: Document) -> list[Row]:
    return [(item.author, (item.posted or "")[:16] or None, item.text, item.depth) for item in document.comments]


DATA = Path(__file__).parents[1] / "data" / "html"
PAGES = {path.stem: path.read_text() for path in sorted(DATA.glob("*.html"))}

FLAT = frozenset(["blogger_flat", "typepad", "phpbb", "vbulletin_4"])
"""Systems that show no replies."""
ALONE = frozenset(["discourse_crawler"])


def saved(name: str) -> Document:
    [document] = read_bytes(PAGES[name].encode(), Capture("x.html"))
    assert isinstance(document, Document)
    return document


@pytest.mark.parametrize("name", PAGES)
def test_two_comments(name: str) -> None:
    document = saved(name)
    answer = (*BO[:3], 0) if name in FLAT else BO
    assert rows(document) == ([ANN] if name in ALONE else [ANN, answer])
    assert document.title == "Talks end"
    assert [item.parent for item in document.comments] == [None, document.comments[0].id][
        : len(document.comments)
    ] or name in FLAT
    assert LONG in document.body or LONG not in PAGES[name]
    assert "First thought." not in document.body
    assert not any("First thought." in part.text for part in document.folded)


def test_ids_addresses_and_votes() -> None:
    word_press = saved("wordpress")
    assert [item.id for item in word_press.comments] == ["1", "2"]
    assert word_press.comments[0].url == "https://news.example/1#comment-1"
    assert word_press.stated_comment_count is not None
    assert word_press.stated_comment_count.n == 2
    naver = saved("naver").comments[0]
    assert (naver.id, naver.votes and (naver.votes.up, naver.votes.down)) == ("501", (7, 2))
    reddit = saved("old_reddit").comments[0]
    assert reddit.votes is not None
    assert (reddit.id, reddit.votes.score) == ("aa1", 5)


def test_a_clock_shown_beside_utc_states_the_zone() -> None:
    comment = saved("drupal_8").comments[0]
    assert (comment.posted, comment.posted_raw) == ("2018-01-04T21:59:07+09:00", "Thu, 4 January 2018 - 21:59")


def test_flat_list_without_classes_and_with_signatures() -> None:
    document = page(
        ARTICLE
        + "<h2>2 Comments</h2><ol id=commentlist><li id=comment-5><p>First thought.</p><p><cite>Comment by <a>Ann</a> — 17.07, 2011 @ <a>13:04</a></cite></p></li>"
        "<li id=comment-6><p>Another.</p><p><cite>Comment by Bo — 17.07, 2011 @ <a>13:10</a></cite></p></li></ol>"
    )
    assert rows(document) == [
        ("Ann", "2011-07-17T13:04", "First thought.", 0),
        ("Bo", "2011-07-17T13:10", "Another.", 0),
    ]


def test_pingbacks_apart_and_widgets_left_out() -> None:
    document = page(
        ARTICLE
        + "<ol class=comment-list><li class=comment id=comment-1><b class=fn>Ann</b><time datetime='2018-01-04'>4</time><div class=comment-content><p>Yes.</p></div></li>"
        "<li class=pingback id=comment-2><div class=comment-body>Pingback: <a href='https://other.example/'>Elsewhere</a></div></li></ol>"
        "<aside class=widget><ul id=recentcomments><li class=comment id=comment-9><b class=fn>Cy</b> on <p>Another article</p></li></ul></aside>"
    )
    assert [(item.kind, item.author) for item in document.comments] == [("comment", "Ann"), ("pingback", None)]
    assert document.comments[1].links[0].url == "https://other.example/"


def test_deleted_and_flagged() -> None:
    document = page(
        "<table><tr class='athing comtr' id=1><td class=ind indent=0></td><td><a class=hnuser>a1</a><span class=age title='2018-01-04T21:59:00 1515103140'>x</span><div class=comment>[flagged]</div></td></tr></table><h1>T</h1>"
    )
    [comment] = document.comments
    assert (comment.kind, comment.state, comment.text) == ("deleted", "flagged", "")


@pytest.mark.parametrize(
    ("markup", "service"),
    [
        ("<div id=disqus_thread></div>", "Disqus"),
        ("<div class=fb-comments></div>", "Facebook"),
        ("<div id=cbox_module></div>", "Naver"),
        ("<div id=lv-container></div>", "LiveRe"),
    ],
)
def test_comments_that_are_elsewhere(markup: str, service: str) -> None:
    document = page(ARTICLE + markup)
    assert not document.comments
    assert document.problems == (f"the comments of this page come from {service}; they were not in this capture",)


def test_forums_first_contribution_is_the_article() -> None:
    document = page(
        "<h1>Talks end</h1>"
        + "".join(
            f"<article class=message data-content=post-{at}><h4 class=message-name><a class=username>{name}</a></h4><time datetime='2018-01-04T21:5{at}:00+0900'>4 January</time><div class=message-body><div class=bbWrapper>{text}</div></div></article>"
            for at, (name, text) in enumerate((("Ann", LONG), ("Bo", "An answer."), ("Cy", "One more.")))
        )
    )
    assert (document.body, document.byline, document.published) == (LONG, ("Ann",), "2018-01-04T21:50:00+09:00")
    assert [(item.author, item.text, item.id) for item in document.comments] == [
        ("Bo", "An answer.", "1"),
        ("Cy", "One more.", "2"),
    ]


def test_unknown_template_by_repetition() -> None:
    item = "<div class='entry-{0}'><b class=who>{1}</b> <span class=when>2018-01-04 21:5{0}</span><div class=words><p>{2}</p></div></div>"
    texts = ("The first of these thoughts.", "Another one, not the same.", "And a third, to end with.")
    made = "".join(
        item.format(at, name, text) for at, (name, text) in enumerate(zip(("Ann", "Bo", "Cy"), texts, strict=True))
    )
    document = page(ARTICLE + f"<div id=reader-comments>{made}</div>")
    assert [(item.author, item.posted, item.text) for item in document.comments] == [
        (name, f"2018-01-04T21:5{at}", text)
        for at, (name, text) in enumerate(zip(("Ann", "Bo", "Cy"), texts, strict=True))
    ]
    # the same list that does not call itself comments is a list of articles
    assert not page(ARTICLE + f"<div id=latest-news>{made}</div>").comments
