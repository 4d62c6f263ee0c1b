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

FLAT = frozenset(["blogger_flat", "typepad", "phpbb", "vbulletin_4", "xenforo", "dotclear", "unknown", "vbulletin_3"])
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


def listed(at: int, name: str, text: str, replies: str = "") -> str:
    """Return a comment as WordPress prints it."""
    return (
        f"<li class=comment id=comment-{at}><div class=comment-body><cite class=fn>{name}</cite>"
        f"<div class=comment-meta><a href='#comment-{at}'>January 4, 2018 at 9:{at} pm</a></div><p>{text}</p></div>{replies}</li>"
    )


def test_counts_of_other_articles_are_not_this_ones() -> None:
    around = "<ul><li>Another article <span class=comment-count>27</span></li><li>Yet another <b class=comment-count>31 Comments</b></li></ul>"
    comments = f"<ol>{listed(11, 'Ann', 'x1')}{listed(12, 'Bo', 'x2')}</ol>"
    document = page(around + ARTICLE + "<h2 class=comments-title>2 Comments</h2>" + comments + around)
    assert document.stated_comment_count == (2, "2 Comments")
    assert not document.problems
    assert page(around + ARTICLE + comments + around).stated_comment_count is None
    wrong = page(ARTICLE + "<h2>3 Comments</h2>" + comments)
    assert wrong.problems == ("the page says 3 comments, 2 were found",)


def test_a_cap_on_nesting_keeps_what_the_page_states() -> None:
    inner = f"<ul class=children>{listed(13, 'Cy', '@Bo no')}{listed(14, 'Di', '@Cy yes')}</ul>"
    document = page(ARTICLE + f"<ol>{listed(11, 'Ann', 'x1', f'<ul>{listed(12, chr(66), chr(120), inner)}</ul>')}</ol>")
    assert [(item.id, item.parent, item.depth) for item in document.comments] == [
        ("11", None, 0),
        ("12", "11", 1),
        ("13", "12", 2),
        ("14", "12", 2),
    ]
    assert document.comments[3].addresses == ("Cy",)


def test_missing_ids_and_several_sections() -> None:
    bare = "<ol class=commentlist>" + "".join(
        f"<li class=comment><cite>{name}</cite> <small>January 4, 2018 at {clock}</small><p>{text}</p></li>"
        for name, clock, text in (("Ann", "9:59 pm", "First thought."), ("Bo", "10:01 pm", "Another."))
    )
    found = page(
        ARTICLE
        + bare
        + "</ol><h3>Trackbacks</h3><ol><li class=pingback id=comment-9><a href='https://o.example/'>Else</a></li></ol>"
    )
    assert [item.author for item in found.comments][:2] == ["Ann", "Bo"]
    assert [item.kind for item in found.comments] == ["comment", "comment", "pingback"]
    assert len({item.id for item in found.comments}) == 3


def test_widgets_with_the_names_of_comments() -> None:
    widget = "<div class=sidebar><ul id=comments><li class=comment id=comment-99><cite class=fn>Zed</cite> on <a>Other</a></li></ul></div>"
    assert [item.id for item in page(widget + ARTICLE + f"<ol>{listed(11, 'Ann', 'x1')}</ol>").comments] == ["11"]
    assert not page(widget + ARTICLE).comments


def test_a_parent_that_is_not_in_the_page_and_votes() -> None:
    document = page(
        ARTICLE
        + "<div id=comments><article id=comment-12 class='comment js-comment' typeof='schema:Comment'><footer><h6>Bo | Thu, 4 January 2018 - 21:59</h6>"
        "<p class=visually-hidden>In reply to <a href='/comment/5#comment-5'>Hm</a> by Ann</p></footer><div property='schema:text'><p>No.</p></div>"
        "<ul class=links><li>Vote up! 7 Vote down! -3</li></ul></article></div>"
    )
    [comment] = document.comments
    assert (comment.parent, comment.author, comment.votes) == ("5", "Bo", (7, 3, None))
    assert comment.reply is not None
    assert comment.reply.missing
    assert "1 comment is answering a comment that is not in this capture" in document.problems


def test_addresses_within_the_page_are_made_whole() -> None:
    head = "<title>Talks end</title><link rel=canonical href='https://news.example/1'>"
    assert (
        page(ARTICLE + f"<ol>{listed(11, 'Ann', 'x')}</ol>", head).comments[0].url
        == "https://news.example/1#comment-11"
    )
    assert page(ARTICLE + f"<ol>{listed(11, 'Ann', 'x')}</ol>").comments[0].url is None


def test_lists_of_terms_and_other_languages() -> None:
    french = page(
        ARTICLE
        + "<div id=comments><dl><dt id=c1><a href='#c1' class=comment-number>1.</a> Le mercredi 15 mai 2019, 08:07 par <a href='https://a.example/'>Anne</a></dt>"
        "<dd><p>Bonjour.</p></dd><dt id=c2>2. Le mercredi 15 mai 2019, 09:07 par Bob</dt><dd><p>Salut.</p></dd></dl></div>"
    )
    assert rows(french) == [("Anne", "2019-05-15T08:07", "Bonjour.", 0), ("Bob", "2019-05-15T09:07", "Salut.", 0)]
    spanish = page(
        ARTICLE
        + "<h3>1 comentario</h3><ol class=commentlist><li class=comment id=comment-5><cite class=fn>Ana</cite> <span class=says>dijo:</span>"
        "<div class=commentmetadata><a>26 abril 2022 a las 14:02</a></div><p>Hola.</p></li></ol>"
    )
    assert rows(spanish) == [("Ana", "2022-04-26T14:02", "Hola.", 0)]
    assert spanish.stated_comment_count == (1, "1 comentario")


def test_shadow_trees_are_seen() -> None:
    tree = f"<x-post><template shadowrootmode=open><article><h1>Talks end</h1><p>{LONG}</p><p>{LONG}</p></article><template><p>unseen</p></template></template></x-post>"
    document = page(tree)
    assert document.body == f"{LONG}\n\n{LONG}"
    assert not any("unseen" in part.text for part in document.folded)


def test_names_and_times_over_what_is_called_the_text() -> None:
    def comment(number: int, name: str, text: str) -> str:
        return (
            f"<li class=comment id=comment-{number}><div class=comment-content><div class=comment-author>{name} <a href='#'>"
            f"<time datetime=2018-01-04>04.01.2018 // 12:5{number}</time></a></div><p>{text}</p><p>Antworten</p><p>melden</p></div></li>"
        )

    texts = ["First thought.", "An answer.", "A third one."]
    said = page(
        ARTICLE
        + "<ol class=commentlist>"
        + "".join(comment(number, f"Ann{number}", text) for number, text in enumerate(texts))
        + "</ol>"
    )
    assert [(item.author, item.posted, item.text) for item in said.comments] == [
        (f"Ann{number}", "2018-01-04", text) for number, text in enumerate(texts)
    ]


def test_a_name_on_one_line_with_the_time() -> None:
    document = page(
        ARTICLE
        + "<div class=comment id=comment-1><div class=comment-content>First thought.</div><div class=foot><a href='/u/1'>Ann</a>,"
        " <time datetime='2018-01-04T21:59'>4 January</time></div></div>"
    )
    assert rows(document) == [ANN]


def test_what_only_looks_like_comments() -> None:
    dialogue = (
        "<div class='modal fade'><div class='modal-content comment'><p>Your comment was not saved.</p></div></div>"
    )
    empty = "<div class=comment><p><a id=end></a></p></div>"
    tweet = "<p>He said of the talks that they went on.</p>(@x) <a href='https://t.example'>January 4, 2018</a>"
    tweets = (
        f"<div class=comments-open>{f'<blockquote class=twitter-tweet><b>A. Person</b>{tweet}</blockquote>' * 3}</div>"
    )
    questions = (
        '<script type="application/ld+json">{"@type":"FAQPage","mainEntity":[{"@type":"Question","name":"How long?",'
        '"acceptedAnswer":{"@type":"Answer","text":"Eleven hours."}}]}</script>'
    )
    for other in (dialogue, empty, tweets, questions):
        assert not page(ARTICLE + other).comments


def test_comments_stay_comments_in_a_page_with_the_class_of_a_sidebar() -> None:
    one = "<li class=comment id=comment-1><cite class=fn>Ann</cite><time datetime='2018-01-04T21:59'>x</time><div class=comment-content>First thought.</div></li>"
    data = f"<html><body class='single sidebar'>{ARTICLE}<aside><div id=comments><ol class=commentlist>{one}</ol></div></aside></body></html>"
    [document] = read_bytes(data.encode(), Capture("x.html"))
    assert isinstance(document, Document)
    assert rows(document) == [ANN]
