"""Quotations and citations: from the source text, never with blanks, and clear about what nobody stated."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from corpus.cite import FORMS, STYLES, Form, Style, cite, quote
from corpus.cite.when import NO_DATE, when
from corpus.model import Capture, Comment, Document, Span, make_document

TITLE = "Koreas hold talks: what next?"
COMMENTS = [
    Comment(
        "a", 0, "Well said. " * 12, author="Herdee", posted="2018-02-09T11:04", posted_raw="February 9, 2018 11:04 am"
    ),
    Comment("b", 1, "동의한다.", author="abcd****", posted="2018-02-09T12:00:00+09:00", parent="a", url="#comment-2"),
    Comment("c", 2, "no name", posted_raw="3 hours ago"),
    Comment("d", 3, "utc", author="Guest", posted="2018-02-09T12:00Z", parent="gone", title="My view"),
    Comment("e", 4, "nothing", author="␣␣"),
]


def make(**facts: object) -> Document:
    given: dict[str, object] = {
        "url": "https://www.example.com/talks",
        "byline": ("Josh Smith", "Kim Min-ji"),
        "outlet": "NK News",
        "published": "2018-02-08",
        "capture": Capture("/saved/talks.html", sha256="ab" * 32, saved="2018-02-10", saved_evidence="file time"),
    }
    paragraphs = [("First paragraph, long\nand wrapped.", "paragraph"), ("Second one.", "paragraph")]
    return make_document(TITLE, paragraphs, COMMENTS, **{**given, **facts})


DOCUMENT = make()
BARE = make(url=None, byline=(), outlet=None, published=None)
NOTHING = make(url=None, byline=(), outlet=None, published=None, capture=None)
ARTICLE = DOCUMENT.span("body", 0, 15)


def on(name: str, end: int = 4) -> Span:
    return DOCUMENT.span("comment", 0, end, name)


def test_an_article_is_quoted_with_all_that_is_known() -> None:
    assert quote(DOCUMENT, ARTICLE) == (
        "“First paragraph”\n— Josh Smith and Kim Min-ji, “Koreas hold talks: what next?”, NK News, 8 February 2018, "
        "https://www.example.com/talks"
    )


def test_a_comment_is_quoted_with_its_number_and_its_missing_zone() -> None:
    assert quote(DOCUMENT, on("a", 9)) == (
        "“Well said”\n— Herdee, comment 1 of 5 as captured, 9 February 2018 11:04 (zone not stated), comment on “Koreas "
        "hold talks: what next?” by Josh Smith and Kim Min-ji, NK News, 8 February 2018, https://www.example.com/talks"
    )


@pytest.mark.parametrize(
    ("name", "start"),
    [
        (
            "b",
            "abcd**** [masked name], comment 2 of 5 as captured, 9 February 2018 12:00 UTC+09:00, in reply to Herdee, ",
        ),
        ("c", "[no name shown], comment 3 of 5 as captured, shown as “3 hours ago”, comment on "),
        ("d", "Guest [generic name], comment 4 of 5 as captured, 9 February 2018 12:00 UTC, comment on "),
        ("e", "[no name shown], comment 5 of 5 as captured, n.d., comment on "),
    ],
)
def test_names_and_times_that_say_little_are_told_apart(name: str, start: str) -> None:
    assert cite(DOCUMENT, on(name)).startswith(start)


def test_the_permalink_of_a_comment_is_its_address() -> None:
    assert cite(DOCUMENT, on("b")).endswith("8 February 2018, https://www.example.com/talks#comment-2")
    assert quote(DOCUMENT, [on("b"), ARTICLE, on("c")], "link").split("\n") == [
        "https://www.example.com/talks#comment-2",
        "https://www.example.com/talks",
    ]


def test_nothing_is_ever_blank() -> None:
    assert cite(BARE) == f"no author stated, “{TITLE}”, outlet not stated, n.d., file talks.html"
    assert cite(NOTHING).endswith("n.d., no address stated")
    assert cite(replace(NOTHING, title="")).startswith("no author stated, “untitled”")
    assert "comment on “Koreas hold talks: what next?”, no author stated, outlet not stated, n.d." in cite(
        BARE, on("a")
    )
    assert cite(make(outlet=None)).split(", ")[2] == "example.com"
    assert quote(BARE, BARE.span("body", 0, 5), "link") == "talks.html"
    assert quote(NOTHING, NOTHING.span("body", 0, 5), "link") == "no address stated"
    assert cite(make(published=None, published_raw="last Friday")).split(", ")[3] == "shown as “last Friday”"


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("document", [DOCUMENT, BARE, NOTHING])
def test_no_style_leaves_holes(style: Style, document: Document) -> None:
    for span in (None, *(document.span("comment", 0, 2, comment.id) for comment in document.comments)):
        text = cite(document, span, style)
        assert "None" not in text
        assert not any(hole in text for hole in (", ,", "“”", "()", "..", " ,", "  -\n"))


def test_supplied_facts_are_marked_everywhere() -> None:
    given = {"outlet": "Yonhap", "published": "2018-02", "byline": "Lee; Park", "zone": "KST", "odd": "x", "title": " "}
    assert cite(BARE, None, "note", given) == (
        f"Lee and Park [supplied by you], “{TITLE}”, Yonhap [supplied by you], February 2018 [supplied by you], "
        "file talks.html"
    )
    assert "11:04 KST [zone supplied by you]" in cite(BARE, on("a"), "note", given)
    assert (
        cite(BARE, None, "apa", given)
        == f"[Lee and Park]. ([2018, February]). {TITLE} [Yonhap]. [saved page, file talks.html]"
    )
    assert "supplied by the reader: byline, outlet, published, zone" in cite(BARE, None, "bibtex", given)
    assert "Outlet: Yonhap [supplied by you]" in quote(BARE, BARE.span("body", 0, 5), "evidence", given)
    assert cite(BARE, None, "note", {"url": "https://e.com/a"}).endswith("https://e.com/a [supplied by you]")


def test_a_quotation_comes_from_the_source_without_the_screens_wraps() -> None:
    assert quote(DOCUMENT, DOCUMENT.span("body", 0, 34), "text") == "First paragraph, long\nand wrapped."


def test_spans_of_one_text_are_one_quotation_and_of_two_are_two() -> None:
    second = DOCUMENT.span("body", 36, 42)
    assert quote(DOCUMENT, [ARTICLE, second], "text") == "First paragraph […] Second"
    assert quote(DOCUMENT, [second, ARTICLE], "text") == "Second\n\nFirst paragraph"
    both = quote(DOCUMENT, [ARTICLE, on("a")])
    assert both.count("\n— ") == 2
    assert "“First paragraph”" in both


def test_the_evidence_holds_what_a_check_needs() -> None:
    from hashlib import sha256

    assert quote(DOCUMENT, on("a", 9), "evidence").split("\n") == [
        "Quote: “Well said”",
        "Handle as shown: Herdee",
        "Comment: 1 of 5 as captured",
        "Time as shown: February 9, 2018 11:04 am",
        "Time read as: 9 February 2018 11:04 (zone not stated)",
        f"Comment on: “{TITLE}”",
        "By: Josh Smith and Kim Min-ji",
        "Outlet: NK News",
        "Published: 8 February 2018",
        "URL: https://www.example.com/talks",
        "URL of the comment: not stated",
        "File: talks.html",
        f"SHA-256 of the file: {'ab' * 32}",
        "Saved: 2018-02-10 (file time)",
        f"Place: comment, characters 0–9 of the text with SHA-256 {sha256(COMMENTS[0].text.encode()).hexdigest()}",
    ]
    bare = quote(NOTHING, NOTHING.span("title", 0, 5), "evidence")
    for line in (
        "URL: not stated",
        "File: none",
        "SHA-256 of the file: not known",
        "Saved: not known",
        "Published: n.d.",
    ):
        assert line in bare.split("\n")


def test_the_public_styles() -> None:
    people = "Josh Smith and Kim Min-ji"
    assert (
        cite(DOCUMENT, None, "apa") == f"{people}. (2018, February 8). {TITLE} NK News. https://www.example.com/talks"
    )
    assert cite(DOCUMENT, None, "mla") == f"{people}. “{TITLE}” NK News, 8 Feb. 2018, https://www.example.com/talks"
    assert (
        cite(make(byline=()), None, "chicago") == f"“{TITLE},” NK News, February 8, 2018, https://www.example.com/talks"
    )
    start = "Well said. " * 9 + "Well said.…"
    assert cite(DOCUMENT, on("a"), "apa") == (
        f"Herdee. (2018, February 9). {start} [Comment on the article “{TITLE}”]. NK News. https://www.example.com/talks"
    )
    assert cite(DOCUMENT, on("a"), "mla") == (
        f"Herdee. Comment on “{TITLE}” NK News, 9 Feb. 2018, 11:04, zone not stated, https://www.example.com/talks"
    )
    assert cite(DOCUMENT, on("a"), "chicago") == (
        f"Herdee, February 9, 2018 (11:04, zone not stated), comment on {people}, “{TITLE},” NK News, February 8, 2018, "
        "https://www.example.com/talks"
    )
    assert cite(BARE, None, "mla") == f"“{TITLE}” n.d., [saved page, file talks.html]."


def test_bibtex_is_safe_and_complete() -> None:
    document = make(byline=("A_B {x}",), url="https://e.com/a}b\\c d")
    lines = cite(replace(document, title="50% of $1 & more"), None, "bibtex").split("\n")
    assert lines == [
        "@online{x2018more,",
        "  author = {{A\\_B \\{x\\}}},",
        "  title = {{50\\% of \\$1 \\& more}},",
        "  organization = {NK News},",
        "  date = {2018-02-08},",
        "  url = {https://e.com/a%7Db%5Cc%20d},",
        "  urldate = {2018-02-10},",
        "}",
    ]
    assert "note = {Comment 1 of 5 as captured on" in cite(DOCUMENT, on("a"), "bibtex")
    assert cite(DOCUMENT, on("b"), "bibtex").startswith("@online{abcd2018,\n")
    assert cite(make(byline=("김민지",)), None, "bibtex").startswith("@online{page2018koreas,\n")


def test_ris_is_one_fact_a_line() -> None:
    assert cite(replace(DOCUMENT, title="Two\nER  - "), None, "ris").split("\n") == [
        "TY  - NEWS",
        "AU  - Josh Smith",
        "AU  - Kim Min-ji",
        "TI  - Two ER -",
        "T2  - NK News",
        "PY  - 2018",
        "DA  - 2018/02/08/",
        "UR  - https://www.example.com/talks",
        "Y2  - 2018/02/10/",
        "ER  - ",
    ]
    assert "DA  - 2018/02//" in cite(make(published="2018-02"), None, "ris")


def test_csl_json_knows_articles_pages_and_comments() -> None:
    asked = ((DOCUMENT, None), (BARE, None), (DOCUMENT, on("c")))
    article, page, comment = (json.loads(cite(document, span, "csl-json"))[0] for document, span in asked)
    assert (article["type"], article["issued"]) == ("article-newspaper", {"date-parts": [[2018, 2, 8]]})
    assert article["author"] == [{"literal": "Josh Smith"}, {"literal": "Kim Min-ji"}]
    assert (page["type"], "issued" in page) == ("webpage", False)
    assert (comment["type"], comment["issued"]) == ("post", {"literal": "3 hours ago"})
    assert comment["genre"] == f"Comment on the article “{TITLE}”"


@pytest.mark.parametrize(
    ("iso", "text", "clock"),
    [
        ("2018", "2018", ""),
        ("2018-02", "February 2018", ""),
        ("2018-02-09", "9 February 2018", ""),
        ("2018-02-09T11:04:05.123-05:00", "9 February 2018", "11:04 UTC-05:00"),
        ("2018-02-09 11:04", "9 February 2018", "11:04, zone not stated"),
        ("2018-13-09", "shown as “2018-13-09”", ""),
        ("soon", "shown as “soon”", ""),
        (None, NO_DATE, ""),
    ],
)
def test_a_date_is_no_more_precise_than_its_source(iso: str | None, text: str, clock: str) -> None:
    assert (when(iso).day_month_year(), when(iso).clock()) == (text, clock)


def test_unknown_forms_and_comments_are_errors() -> None:
    with pytest.raises(ValueError, match="unknown form"):
        quote(DOCUMENT, ARTICLE, "loud")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="unknown style"):
        cite(DOCUMENT, None, "loud")  # type: ignore[arg-type]
    with pytest.raises(KeyError):
        quote(DOCUMENT, on("z"))


@pytest.mark.parametrize("form", FORMS)
def test_every_form_quotes_the_title_of_a_comment_too(form: Form) -> None:
    text = quote(DOCUMENT, DOCUMENT.span("comment_title", 0, 7, "d"), form)
    assert "My view" in text or form == "link"


def test_an_address_that_is_none_does_not_break_anything() -> None:
    assert "http://[broken" in cite(make(url="http://[broken", outlet=None))
