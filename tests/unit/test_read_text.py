"""Pasted text: nothing is lost, nothing is invented, the two first captures are read exactly."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.model import Capture, Document
from corpus.read import read
from corpus.read.captured_text import read_text
from corpus.read.furniture import furniture_reason
from corpus.read.lines import split_lines
from corpus.text import canonical

SHARED = Path(__file__).parents[3] / "shared" / "captures"
needs_captures = pytest.mark.skipif(not SHARED.is_dir(), reason="the shared captures are not here")

PARAGRAPH = (
    "Officials on both sides said afterwards that the tone had been calm, and that papers would be exchanged soon."
)
OTHER = "The two delegations met for eleven hours in the house on the southern side of the line, and parted late."


def read_one(text: str) -> Document:
    return read_text(text, Capture("paste.txt"))


def kinds(document: Document) -> list[tuple[str, str]]:
    return [(paragraph.kind, paragraph.text) for paragraph in document.paragraphs]


@needs_captures
@pytest.mark.parametrize("name", ["koreas_talks", "north_athletes"])
def test_the_first_captures_exactly(name: str) -> None:
    truth = json.loads((SHARED / "truth" / f"{name}.json").read_text("utf-8"))
    path = SHARED / "text" / f"{name}.txt"
    [document] = read(path)
    assert isinstance(document, Document)
    assert document.title == truth["title"]
    assert document.published is None
    assert document.byline == ()
    assert kinds(document) == [(item["kind"], item["text"]) for item in truth["paragraphs"]]
    assert [folded.text for folded in document.folded] == truth["folded"]
    assert [(item.author, item.posted, item.text) for item in document.comments] == [
        (item["author"], item["posted"], item["text"]) for item in truth["comments"]
    ]
    assert document.problems == ()
    raw = path.read_text("utf-8")
    assert all(raw[item.start : item.end] == item.text for item in document.folded)


@needs_captures
@pytest.mark.parametrize(
    ("name", "count"),
    [("drupal7_hpd_de", 10), ("drupal8_cicero_de", 8), ("wp_netzpolitik_de", 74), ("wp_californiaglobe_en", 20)],
)
def test_indented_dumps_of_pages(name: str, count: int) -> None:
    truth = json.loads((SHARED / "truth" / f"{name}.json").read_text("utf-8"))
    [document] = read(SHARED / "text_derived" / f"{name}.inscriptis.txt")
    assert isinstance(document, Document)
    places = {comment.id: at for at, comment in enumerate(document.comments)}
    assert len(document.comments) == count
    assert [comment.author for comment in document.comments] == [item["author"] for item in truth]
    assert [comment.depth for comment in document.comments] == [item["depth"] for item in truth]
    assert [places.get(comment.parent or "") for comment in document.comments] == [item["parent"] for item in truth]


def test_title_standfirst_caption_heading() -> None:
    document = read_one(
        "clock menu more-arrow no yes mobile\n\nFiled under:\n\nTalks end without a date\n\nNobody knows what comes next.\n\n"
        f"The house at the line Kim Min-su/Getty Images\n\n{OTHER}\n\n{PARAGRAPH}\n\nThe papers matter\n\n{OTHER}\n\n"
        "Sign up for the newsletter Today\n\nThe day in five minutes, every evening, in your mail.\n"
    )
    assert document.title == "Talks end without a date"
    assert [kind for kind, _ in kinds(document)] == [
        "standfirst",
        "caption",
        "paragraph",
        "paragraph",
        "heading",
        "paragraph",
    ]
    assert [(folded.text, folded.reason) for folded in document.folded] == [
        ("clock menu more-arrow no yes mobile", "names of icons"),
        ("Filed under:", "page label"),
        ("Sign up for the newsletter Today", "call to subscribe"),
        ("The day in five minutes, every evening, in your mail.", "call to subscribe"),
    ]


def test_furniture_inside_the_text_is_kept() -> None:
    document = read_one(f"Talks end without a date\n\n{OTHER}\n\nAdvertisement\n\n{PARAGRAPH}\n")
    assert "Advertisement" in document.body
    assert document.folded == ()


@pytest.mark.parametrize(
    ("line", "names", "published"),
    [
        ("By Staff Reporter on 2012-08-09 14:30 -0400", ("Staff Reporter",), "2012-08-09T14:30-04:00"),
        ("By Ann Lee and Kim Deok-su, August 14, 2020 2:30 pm", ("Ann Lee", "Kim Deok-su"), "2020-08-14T14:30"),
        ("By Ann Lee", ("Ann Lee",), None),
        ("VON MORITZ WEBER am 21. April 2020", ("MORITZ WEBER",), "2020-04-21"),
        ("입력 2018.01.04. 21:59", (), "2018-01-04T21:59"),
        ("홍길동 기자", ("홍길동",), None),
        ("Published: January 4, 2018", (), "2018-01-04"),
        ("14 Aug 2020 2:30 pm", (), "2020-08-14T14:30"),
    ],
)
def test_byline_and_date(line: str, names: tuple[str, ...], published: str | None) -> None:
    document = read_one(f"Talks end without a date\n\n{line}\n\n{OTHER}\n\n{PARAGRAPH}\n")
    assert document.byline == names
    assert document.published == published
    assert line not in document.body
    assert line in [folded.text for folded in document.folded]
    assert (document.published_evidence is None) == (published is None)


def test_an_update_is_not_the_day_of_publication() -> None:
    document = read_one(f"Talks end\n\nUpdated: 2018-01-05 10:00\n\n{OTHER}\n\n{PARAGRAPH}\n")
    assert (document.published, document.modified) == (None, "2018-01-05T10:00")


def test_dates_in_the_text_are_not_the_articles_date() -> None:
    document = read_one(
        f"Talks end without a date\n\nThe meeting, on 9 January 2018, was long and nothing came of it.\n\n{OTHER}\n"
    )
    assert document.published is None
    assert document.published_raw is None


def test_an_ambiguous_date_in_the_byline_is_settled_by_the_comments() -> None:
    text = f"Talks end\n\nBy Ann Lee on 08/09/2012 14:30 -0400\n\n{OTHER}\n\n{PARAGRAPH}\n"
    alone = read_one(text)
    assert (alone.published, alone.published_raw) == (None, "08/09/2012 14:30 -0400")
    document = read_one(text + "\n\nb_2 Thu, 08/09/2012 - 15:02\n\nSo it is.\n")
    assert document.published == "2012-08-09T14:30-04:00"
    assert "month first" in (document.published_evidence or "")


def test_the_page_states_how_many_comments_there_are() -> None:
    document = read_one(f"Talks end\n\n{OTHER}\n\n3 Comments\n\nb_2 Thu, 08/09/2012 - 15:02\n\nSo it is.\n")
    assert document.stated_comment_count is not None
    assert document.stated_comment_count.n == 3
    assert "the page says 3 comments, 1 were found" in document.problems


def test_wrapped_lines_are_one_paragraph_and_separate_lines_are_several() -> None:
    wrapped = "\n".join(
        [
            "The two delegations met for eleven hours in the house on the",
            "southern side of the line and parted late in the",
            "evening.",
        ]
    )
    separate = f"{OTHER}\n{PARAGRAPH}"
    assert kinds(read_one(f"Talks end\n\n{wrapped}\n"))[0][1] == wrapped.replace("\n", " ")
    assert [text for _, text in kinds(read_one(f"Talks end\n\n{separate}\n"))] == [OTHER, PARAGRAPH]


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_offsets_are_those_of_the_decoded_capture(ends: str) -> None:
    raw = f"Filed under:\n\nTalks end\u00a0\n\n{OTHER}\n\n{PARAGRAPH}\n\nShare this\n".replace("\n", ends)
    document = read_one(raw)
    assert [raw[item.start : item.end] for item in document.folded] == ["Filed under:", "Share this"]


def test_no_title_where_there_is_none() -> None:
    assert read_one(f"{PARAGRAPH} {OTHER} {PARAGRAPH}\n").title == ""


def test_empty_and_odd_texts() -> None:
    for text in ("", "\n\n", "x", "\ufeff", "-" * 5000, "a\x00b", "댓글", "Comments\n\nComments", " \u3000\n\t"):
        document = read_one(text)
        assert document.comments.outline == () or len(document.comments) >= 0


def test_furniture_reasons() -> None:
    assert furniture_reason("© 2018 The Daily. All rights reserved.") == "rights notice"
    assert furniture_reason("We use cookies. By going on you accept our cookies policy.") == "cookie notice"
    assert furniture_reason("Home > World > Asia") == "path to the page"
    assert furniture_reason("just the facts folks.") is None
    assert furniture_reason("Nuclear weapons aren’t on the negotiating table yet") is None


LINES = st.sampled_from(
    [
        "",
        "",
        "",
        "Talks end without a date",
        PARAGRAPH,
        OTHER,
        "Old Salt Thu, 01/04/2018 - 21:59",
        "Ann Fri, 01/05/2018 - 02:26",
        "Thu, 08/09/2012 - 14:32 | 2691789 alice",
        "alice",
        "Thu, 99/99/9999 - 99:99 | 2691790 bob",
        "b_2 says:",
        "November 5, 2012 at 10:52 am",
        "  indented words",
        "Filed under:",
        "3 Comments",
        "Leave a Reply",
        "Reply",
        "By Ann Lee on 2018-01-04",
        "답글 0",
        "공감 5 비공감 1",
        "김철수 2024.05.01 10:00",
        "one\u200btwo\u202e",
        "* item",
        "8. Pingback: Elsewhere",
        "3 ( +7 / -4 )",
        "In reply to Words by alice",
        "Posted by: Ann | June 15, 2012 at 09:38 AM",
    ]
)


@settings(max_examples=200, deadline=None)
@given(st.lists(LINES, max_size=40))
def test_no_line_is_lost(lines: list[str]) -> None:
    raw = "\n".join(lines)
    document = read_one(raw)
    parts = [document.title, *(item.text for item in document.paragraphs), *(item.text for item in document.folded)]
    heads = []
    for comment in document.comments:
        parts += [comment.text, comment.title or ""]
        heads += [word for word in (comment.author, comment.posted_raw) if word]
    blob = " ".join(" ".join(parts).split())
    for line in split_lines(raw).texts:
        words = " ".join(line.split())
        assert words in blob or any(head in words for head in heads), words


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=400))
def test_any_text_is_read_and_comes_out_canonical(raw: str) -> None:
    document = read_one(raw)
    for _, text in document.texts():
        assert canonical(text) == text


def test_lines_know_their_place() -> None:
    raw = "a\r\nb\u2028 c\u00a0\rd\n\n"
    lines = split_lines(raw)
    assert lines.texts == ["a", "b", " c", "d", "", ""]
    assert [raw[start:end] for start, end in zip(lines.starts, lines.ends, strict=True)] == [
        "a",
        "b",
        " c\u00a0",
        "d",
        "",
        "",
    ]


@pytest.mark.parametrize(
    "unit",
    [
        "a" * 50 + " ",
        "1/1/2018 ",
        "12:00 ",
        "x\n",
        "Thu, 01/04/2018 - 21:59\n\n",
        " " * 60 + "x",
        "N says:\n\nwords here\n\n",
        "(",
        "1. ",
        "September ",
        "\u00a0" * 40 + "a\n",
        "- ",
    ],
)
def test_time_grows_with_the_text(unit: str) -> None:
    def seconds(count: int) -> float:
        text = unit * (count // len(unit))
        best = 9.0
        for _ in range(2):
            start = time.process_time()
            read_one(text)
            best = min(best, time.process_time() - start)
        return best

    # eight times the text; quadratic work would take sixty-four times as long
    assert seconds(160_000) < 32 * seconds(20_000) + 0.05
