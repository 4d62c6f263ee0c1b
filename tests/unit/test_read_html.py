"""Saved pages: title, facts, paragraphs and comments, and what is left around them."""

from __future__ import annotations

from corpus.model import Capture, Document
from corpus.read import read_bytes

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
