"""Who wrote a page and when, out of lines that hold labels, buttons, handles and days that were never set."""

from __future__ import annotations

import pytest

from corpus.model import Capture, Document
from corpus.read import read_bytes
from corpus.read.bylines import is_byline, people

LONG = "The two delegations met for eleven hours in the house on the southern side of the line, and parted late."


def page(body: str, head: str = "") -> Document:
    source = f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"
    [document] = read_bytes(source.encode(), Capture("x.html"))
    assert isinstance(document, Document)
    return document


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("View all posts by Ann Lee", ["Ann Lee"]),
        ("Zeige alle Beiträge von Ann Lee →", ["Ann Lee"]),
        ("SHOW ALL ARTICLES OF Ann Lee", ["Ann Lee"]),
        ("Author: Ann Lee", ["Ann Lee"]),
        ("Text und Interview: Ann Lee", ["Ann Lee"]),
        ("Ann Lee @annlee", ["Ann Lee"]),
        ("Ann Lee | Staff Writer", ["Ann Lee"]),
        ("Ann Lee (ale), Bo Kim (bki)", ["Ann Lee", "Bo Kim"]),
        ("Ann Lee (avec Bo Kim et Cy Om)", ["Ann Lee", "Bo Kim", "Cy Om"]),
        ("Ann Lee, Bo Kim and Cy Om", ["Ann Lee", "Bo Kim", "Cy Om"]),
        ("Bruce Y. Lee, Ruwaida Kamal Amer", ["Bruce Y. Lee", "Ruwaida Kamal Amer"]),
        ("Ann Lee am 21. April 2020", ["Ann Lee"]),
        ("By Ann Lee Edited by Bo Kim", ["Ann Lee"]),
        ("김민지 선임기자 kim@n.example", ["김민지"]),
    ],
)
def test_names_are_taken_from_what_stands_about_them(line: str, names: list[str]) -> None:
    assert people([line], None) == names


@pytest.mark.parametrize(
    "line",
    ["@annlee", "105092", "2006-2020", "November 20, 2019 10:43", "9:39AM BST", "Email", "No Author", "All posts",
     "facebook.com/daily", "ann[at]n.example", "Photograph by Ann Lee", "Archive →"],
)  # fmt: skip
def test_what_names_nobody(line: str) -> None:
    assert people([line], None) == []


def test_a_line_of_names_and_days_is_no_paragraph() -> None:
    names = ("Ann Lee", "The Daily")
    for line in ("By Ann Lee @annlee", "Ann Lee | Contributing Writer | 5 days ago", "4 January 2018, The Daily"):
        assert is_byline(line, names)
    for line in ("Ann Lee left.", "The Daily was shut that day", "Written by hand"):
        assert not is_byline(line, names)


def test_what_was_escaped_twice_is_read_as_it_was_meant() -> None:
    document = page(
        f"<article><p>{LONG}</p></article>",
        "<meta property='og:title' content='Won&amp;#8217;t &amp;amp; can&amp;#8217;t'><meta name='author' content='Ann O&amp;#039;Lee'>",
    )
    assert (document.title, document.byline) == ("Won’t & can’t", ("Ann O'Lee",))
    assert (
        page("<p>x</p>", "<meta property='og:title' content='What &amp;lt;b&amp;gt; does'>").title
        == "What &lt;b&gt; does"
    )


@pytest.mark.parametrize("unset", ["0001-01-01T00:00:00Z", "0001-01-01", "1970-01-01T01:00:00+01:00"])
def test_a_day_that_was_never_set_is_none(unset: str) -> None:
    data = f'<script type="application/ld+json">{{"@type":"Article","headline":"T","datePublished":"{unset}","dateModified":"{unset}"}}</script>'
    shown = "<time datetime='2019-11-19T10:02:00Z'>today</time>"
    document = page(f"<article><h1>T</h1>{shown}<p>{LONG}</p></article>", data)
    assert (document.published, document.modified) == ("2019-11-19T10:02:00Z", None)


def test_words_that_browsers_do_not_show_are_kept_without_the_code_among_them() -> None:
    unseen = (
        "<svg><style>.a { fill: none }</style><text>drawn</text></svg><noscript><p>Please turn it on</p><iframe>f</iframe></noscript>"
        "<object><svg><script>x()</script><text>inner</text></svg></object><canvas><object>deep</object></canvas>"
    )
    [folded] = page(f"<article><h1>T</h1><p>{LONG}</p></article>{unseen}").folded
    assert (folded.reason, folded.text) == ("not shown by browsers", "drawn\nPlease turn it on f\ninner\ndeep")
