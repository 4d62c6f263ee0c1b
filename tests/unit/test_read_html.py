"""Saved pages: title, facts, paragraphs and comments, and what is left around them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.model import Capture, Document
from corpus.read import read_bytes
from corpus.record_writing import to_line

LONG = "The two delegations met for eleven hours in the house on the southern side of the line, and parted late."


def page(body: str, head: str = "", name: str = "x.html") -> Document:
    [document] = read_bytes(
        f"<!DOCTYPE html><html lang='en'><head>{head}</head><body>{body}</body></html>".encode(), Capture(name)
    )
    assert isinstance(document, Document)
    return document


def test_facts_and_paragraphs() -> None:
    document = page(
        f"<nav>Menu</nav><article><h1>Talks end</h1><p>{LONG}</p><h2>Papers</h2><p>One<br>two</p><ul><li>item</li></ul>"
        f"<script>x()</script><figure><figcaption>The house</figcaption></figure></article><footer>About us</footer>",
        "<title>Talks end | The Daily</title><meta property='og:site_name' content='The Daily'>"
        "<link rel='canonical' href='https://news.example/1'><meta name='author' content='Ann Lee'>"
        "<meta property='article:published_time' content='2018-01-04T21:59:00+09:00'>",
    )
    assert (document.title, document.outlet, document.url) == ("Talks end", "The Daily", "https://news.example/1")
    assert (document.published, document.byline, document.language) == ("2018-01-04T21:59:00+09:00", ("Ann Lee",), "en")
    assert document.published_evidence
    assert [(item.kind, item.text) for item in document.paragraphs] == [
        ("paragraph", LONG),
        ("heading", "Papers"),
        ("paragraph", "One\ntwo"),
        ("item", "item"),
        ("caption", "The house"),
    ]
    assert "Menu" in document.folded[0].text
    assert "x()" not in document.folded[0].text


def test_comments_are_taken_out_first() -> None:
    comment = "<li class='comment' id='comment-{0}'><span class='fn'>{1}</span><div class='comment-meta'><a>July 7, 2012 at 1:0{0} pm</a></div><div class='comment-content'><p>{2}</p></div>{3}</li>"
    inner = comment.format(2, "b_2", "No.", "")
    document = page(
        f"<article><h1>T</h1><p>{LONG}</p></article><h2>2 comments</h2><ol>"
        + comment.format(1, "Old Salt", "Yes.", f"<ul>{inner}</ul>")
        + "</ol>",
        "<title>T</title>",
    )
    assert [(item.id, item.author, item.text, item.posted, item.depth) for item in document.comments] == [
        ("1", "Old Salt", "Yes.", "2012-07-07T13:01", 0),
        ("2", "b_2", "No.", "2012-07-07T13:02", 1),
    ]
    assert document.body == LONG
    assert document.stated_comment_count is not None


def test_microdata() -> None:
    document = page(
        f"<main><h1>T</h1><p>{LONG}</p></main><div itemprop=comment itemscope itemtype='https://schema.org/Comment' id=comment-7>"
        "<span itemprop=author>Ann</span><time datetime='2018-01-04T21:59'>4 Jan</time><div itemprop=text>Yes.</div></div>"
    )
    [comment] = document.comments
    assert (comment.id, comment.author, comment.posted, comment.text) == ("7", "Ann", "2018-01-04T21:59", "Yes.")


def test_declared_korean_encoding() -> None:
    data = "<html><head><meta charset='euc-kr'><title>펲시콜라 뷁</title></head><body><p>똠방각하</p></body></html>".encode(
        "cp949"
    )
    [document] = read_bytes(data, Capture("x.html"))
    assert isinstance(document, Document)
    assert (document.title, document.body, document.problems) == ("펲시콜라 뷁", "똠방각하", ())


def test_odd_pages() -> None:
    assert page("").problems == ("no text was found in the page",)
    assert page("<pre>a\n  b</pre>").paragraphs[0].kind == "code"
    assert "needle" in page("<div>" * 3000 + "needle").body
    assert page("<p>a</p>", name="no-suffix").body == "a"
    assert (
        page(
            "<h1>Other</h1><p>text</p>", "<title>Title - Site</title><meta property='og:site_name' content='Site'>"
        ).title
        == "Title"
    )


def test_where_it_came_from_and_when_it_was_saved() -> None:
    single = "<!--\n Page saved with SingleFile \n url: https://news.example/1 \n saved date: Thu Jan 04 2018 21:59:00 GMT+0900 (KST) \n-->"
    [document] = read_bytes(
        f"<!DOCTYPE html><html>{single}<body><h1>T</h1><p>{LONG}</p></body></html>".encode(), Capture("x.html")
    )
    assert isinstance(document, Document)
    assert document.url == "https://news.example/1"
    assert document.capture is not None
    assert (document.capture.saved, document.capture.saved_evidence) == (
        "2018-01-04T21:59:00+09:00",
        "SingleFile's note in the page",
    )
    edge = page(f"<h1>T</h1><p>{LONG}</p>", "<!-- saved from url=(0022)https://news.example/2 -->")
    assert edge.url == "https://news.example/2"
    old = page(
        f"<h1>T</h1><p>{LONG} <a href='/web/20180104215900/https://o.example/a'>old</a></p>",
        "<link rel=canonical href='https://web.archive.org/web/20180104215900/https://news.example/3'>",
    )
    assert old.url == "https://news.example/3"
    assert old.links[0].url == "https://o.example/a"
    assert old.links[0].span is not None
    assert old.quote(old.links[0].span) == "old"
    assert old.capture is not None
    assert old.capture.saved == "2018-01-04T21:59:00Z"


def test_authors_and_dates() -> None:
    data = (
        '<script type="application/ld+json">{"@graph":[{"@type":"NewsArticle","headline":"T","author":[{"@id":"#a"},{"name":"Bo Kim"}],'
        '"publisher":{"name":"The Daily"},"datePublished":"2018-01-04T21:59:00+09:00","dateModified":"2018-01-05","commentCount":3},'
        '{"@type":"Person","@id":"#a","name":"Ann Lee"}]}</script>'
    )
    document = page(f"<h1>T</h1><p>{LONG}</p>", data)
    assert (document.byline, document.outlet) == (("Ann Lee", "Bo Kim"), "The Daily")
    assert (document.published, document.modified) == ("2018-01-04T21:59:00+09:00", "2018-01-05")
    assert document.problems == ("the page says 3 comments; they were not in this capture",)
    korean = page(
        f"<h3 id=title_area>남북 회담</h3><div>입력 2018.01.04. 오후 9:59 수정 2018.01.05. 오전 9:00</div><em class=media_end_head_journalist_name>김철수 기자</em><div id=dic_area>{LONG} {LONG}</div>"
    )
    assert (korean.title, korean.byline) == ("남북 회담", ("김철수",))
    assert (korean.published, korean.modified) == ("2018-01-04T21:59", "2018-01-05T09:00")
    assert page(
        f"<article><h1>T</h1><p class=byline>VON <a>MORITZ GATHMANN</a> am 21. April 2020</p><p>{LONG}</p><p>{LONG} Moritz Gathmann wrote.</p></article>"
    ).byline == ("Moritz Gathmann",)


def test_relative_times_only_where_the_saving_is_certain() -> None:
    comment = "<li class=comment id=comment-1><b class=fn>Ann</b><span class=comment-date>3시간 전</span><div class=comment-content><p>Yes.</p></div></li>"
    plain = page(f"<h1>T</h1><p>{LONG}</p><ul>{comment}</ul>").comments[0]
    assert (plain.posted, plain.posted_raw) == (None, "3시간 전")
    note = "<!--\n Page saved with SingleFile \n url: https://n.example/ \n saved date: Thu Jan 04 2018 21:59:00 GMT+0900 (KST) \n-->"
    [document] = read_bytes(
        f"<!DOCTYPE html>{note}<body><h1>T</h1><p>{LONG}</p><ul>{comment}</ul></body>".encode(), Capture("x.html")
    )
    assert isinstance(document, Document)
    assert document.comments[0].posted == "2018-01-04"


def test_kinds_media_and_links() -> None:
    document = page(
        f"<article><h1>T</h1><p class=lead>A standfirst that is long enough to be one.</p><figure><img src='/a.jpg' alt='A house'><figcaption>The house</figcaption></figure>"
        f"<p>{LONG} <a href='/b'>More</a></p><blockquote><p>Words.</p></blockquote><p>{LONG}</p></article>",
        "<link rel=canonical href='https://n.example/1'>",
    )
    assert [part.kind for part in document.paragraphs] == ["standfirst", "caption", "paragraph", "quote", "paragraph"]
    assert document.media == ({"url": "https://n.example/a.jpg", "alt": "A house", "caption": "The house"},)
    assert [link.url for link in document.links] == ["https://n.example/b"]


WORDS = st.lists(st.text("abcdefgh", min_size=3, max_size=6), min_size=1, max_size=4).map(" ".join)
ELEMENTS = st.sampled_from(
    ["p", "div", "nav", "aside", "h2", "li", "blockquote", "footer", "section", "span", "td", "button", "label"]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(ELEMENTS, WORDS), max_size=12), st.lists(WORDS, max_size=4))
def test_every_visible_word_is_kept_once(parts: list[tuple[str, str]], comments: list[str]) -> None:
    marked = [(tag, f"x{at}q {words}") for at, (tag, words) in enumerate(parts)]
    said = [f"y{at}q {words}" for at, words in enumerate(comments)]
    body = "".join(f"<{tag}>{words}</{tag}>" for tag, words in marked) + "".join(
        f"<div class=comment id=comment-{at}><b class=fn>z{at}q</b><div class=comment-content><p>{words}</p></div><i>w{at}q</i></div>"
        for at, words in enumerate(said)
    )
    document = page(body)
    shown = [document.title, document.body, *(part.text for part in document.folded)]
    shown += [text for item in document.comments for text in (item.author or "", item.text)]
    everything = "\n".join(shown)
    for at in range(len(marked)):
        assert everything.count(f"x{at}q") == 1
    for at in range(len(said)):
        assert everything.count(f"y{at}q") == everything.count(f"z{at}q") == everything.count(f"w{at}q") == 1


CAPTURES = Path(__file__).parents[3] / "shared" / "captures"


@pytest.mark.skipif(not CAPTURES.is_dir(), reason="the captures are not here")
@pytest.mark.parametrize(
    "path", sorted((CAPTURES / "html").glob("*.html")) if CAPTURES.is_dir() else [], ids=lambda path: path.stem
)
def test_real_pages_equal_their_truth(path: Path) -> None:
    truth = json.loads((CAPTURES / "truth" / f"{path.stem}.json").read_text())
    [document] = read_bytes(path.read_bytes(), Capture(str(path)))
    assert isinstance(document, Document)
    places = {item.id: at for at, item in enumerate(document.comments)}
    found = [(item.depth, places[item.parent] if item.parent else None, item.author) for item in document.comments]
    assert found == [(item["depth"], item["parent"], item["author"]) for item in truth]
    assert [item.kind == "pingback" for item in document.comments] == [item.get("kind") == "pingback" for item in truth]
    for item, true in zip(document.comments, truth, strict=True):
        words = true["date"]
        assert words is None or (item.posted or "")[:19] == words[:19] or (item.posted_raw or "").startswith(words)
    assert document.title
    assert document.published


def test_a_comment_with_code_reads_again_as_it_was() -> None:
    document = page(
        f"<h1>T</h1><p>{LONG}</p><div class=comment id=comment-1><b class=fn>Ann</b><div class=comment-content><p>See:</p><pre>  $ ls\n\n    <a href='https://x.example/'>out</a></pre></div></div>"
    )
    assert document.comments[0].text == "See:\n\n$ ls\n\nout"
    assert document.comments[0].links[0].url == "https://x.example/"
    [again] = read_bytes(to_line(document).encode(), Capture("x.json"))
    assert isinstance(again, Document)
    assert to_line(again) == to_line(document)


def test_an_article_cut_into_sections_is_whole() -> None:
    sentence = (
        "The two delegations met for eleven hours in the house on the southern side of the line, and parted late."
    )
    parts = "".join(
        f"<section><div><h2>Part {number}</h2><p>{sentence} ({number})</p><p>{sentence}</p></div></section>"
        for number in range(4)
    )
    teasers = "".join(
        f"<li><a href='/{number}'><p>Another article of the day. {sentence}</p></a></li>" for number in range(9)
    )
    data = f"<html><body><div id=page><h1>Talks end</h1><div class=story>{parts}</div><ul>{teasers}</ul></div></body></html>"
    [document] = read_bytes(data.encode(), Capture("x.html"))
    assert isinstance(document, Document)
    assert all(f"({number})" in document.body for number in range(4))
    assert "Another article" not in document.body
