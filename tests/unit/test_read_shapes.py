"""One small capture of every shape and language: who wrote the comments, when, and what."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.model import Document
from corpus.read import read
from corpus.read.closings import closes
from corpus.read.furniture import comment_heading

FOLDER = Path(__file__).parents[1] / "data" / "text"
OLD, B2 = "Old Salt", "b_2"
EXPECTED: dict[str, list[tuple[str | None, str | None]]] = {
    "a_name_weekday_date": [(OLD, "2018-01-04T21:59"), ("stand by", "2018-01-05T02:26")],
    "b_date_id_name_again": [(OLD, "2012-08-09T14:32"), (B2, "2012-08-09T14:40")],
    "c_drupal": [(OLD, "2012-11-09T18:05"), (B2, "2012-11-09T18:09")],
    "d_wordpress": [(OLD, "2012-11-05T10:52"), ("in the SF Bay Area", "2012-11-05T11:07")],
    "de_sagt": [("Jürgen", "2016-06-23T17:21"), (B2, "2016-06-23T18:47")],
    "e_footers_numbered": [(OLD, "2018-03-09T20:58Z"), (B2, "2018-03-09T21:06Z")],
    "e_footers_typepad": [(OLD, "2012-06-15T09:38"), (B2, "2012-06-15T10:11")],
    "es_dijo": [("Inés", "2022-04-26T14:02"), (B2, "2022-04-26T15:40")],
    "f_blogger_glued": [("Elizabeth", "2012-10-29T13:24"), ("Dan Renae", "2012-10-29T13:40")],
    "f_blogger_split": [(OLD, "2012-09-10T04:45"), (B2, "2012-09-10T05:01")],
    "fr_par": [("Odile", "2012-10-29T15:46"), (B2, "2012-10-29T16:02")],
    "g_badges": [(OLD, "23 seconds ago"), (B2, "5 minutes ago")],
    "g_numbered_header": [(OLD, "2012-07-24T15:48"), (B2, "2012-07-24T15:31")],
    "h_forum_nameless": [(None, "2012-07-29T19:10"), (None, "2012-07-29T19:31")],
    "h_slashdot": [(OLD, "Tuesday July 24, @11:20AM"), ("Anonymous Coward", "Tuesday July 24, @11:31AM")],
    "i_list_only": [(None, None)] * 4,
    "i_votes_only": [(None, None)] * 2,
    "ko_ago": [("abcd****", "3시간 전"), ("김철수", "2시간 전")],
    "ko_below": [("abcd****", "2018-01-04T22:03"), ("홍길동", "2018-01-04T22:05"), ("김철수", "2018-01-05T02:26")],
    "ko_clock": [("홍길동", "오후 9:59"), ("김철수", "오후 10:12")],
    "ko_gallery": [
        ("ㅇㅇ(110.70)", "01.04 22:03:33"),
        ("ㅇㅇ(223.38)", "01.04 22:05:10"),
        ("김철수", "01.05 02:26:00"),
    ],
    "ko_news": [("abcd****", "2018-01-04T22:03"), ("김철수", "2018-01-05T02:26")],
    "none_dates": [],
}
LAST = {
    "de": "Elf Stunden sind kurz.",
    "es": "Once horas es poco.",
    "fr": "Onze heures, c'est court.",
    "ko": "열한 시간이면 짧죠",
    "a": "Eleven hours is short for them.",
    "i_list_only": "Nobody asked them.",
}


def one(name: str) -> Document:
    [document] = read(FOLDER / f"{name}.txt")
    assert isinstance(document, Document)
    return document


def test_every_file_is_expected() -> None:
    assert {path.stem for path in FOLDER.glob("*.txt")} == set(EXPECTED)


@pytest.mark.parametrize("name", EXPECTED)
def test_who_and_when(name: str) -> None:
    document = one(name)
    assert [(comment.author, comment.posted or comment.posted_raw) for comment in document.comments] == EXPECTED[name]
    if EXPECTED[name]:
        assert len(document.paragraphs) == 2
        last = LAST.get(name) or LAST.get(name.split("_")[0], "Eleven hours is short.")
        assert document.comments[-1].text == last
    assert all(comment.kind == ("comment" if any(EXPECTED[name][0]) else "block") for comment in document.comments)


def test_depth_where_indentation_is_kept() -> None:
    assert [comment.depth for comment in one("i_list_only").comments] == [0, 1, 0, 0]


def test_votes() -> None:
    assert [votes and votes.score for votes in (item.votes for item in one("g_numbered_header").comments)] == [29, 3]
    assert [votes and votes.score for votes in (item.votes for item in one("i_votes_only").comments)] == [3, -1]
    assert [votes and votes.up for votes in (item.votes for item in one("ko_news").comments)] == [5, 2]


def test_nothing_of_a_header_is_lost() -> None:
    folded = [item.text for item in one("g_badges").folded]
    assert "152 Fans" in folded
    assert "Never give up" in folded


@pytest.mark.parametrize(
    "line",
    ["12 Comments", "Reader comments", "Comments (3)", "Responses", "Replies: 4", "Kommentare", "Commentaires", "Comentarios", "Latest comments",
     "All comments", "View comments", "Show comments", "Top comments", "Discussion", "Leserkommentare", "Diskussion", "Réactions", "Commenti",
     "댓글 3", "전체 댓글 3개", "의견", "독자 의견", "네티즌 의견"],
)  # fmt: skip
def test_headings_of_comments_whatever_they_open_with(line: str) -> None:
    assert comment_heading(line)[0]
    assert comment_heading(line.upper())[0]
    assert not comment_heading(f"{line} and then some words that go on")[0] or line.startswith("12")


@pytest.mark.parametrize(
    "line",
    ["Reply", "LIKE · reply", "Melden", "Me gusta 3", "gefällt mir", "답글 2", "3 Reply", "· Share", "3 ( +7 / -4 )"],
)
def test_lines_of_buttons_close_a_comment(line: str) -> None:
    assert closes(line)


@pytest.mark.parametrize("line", ["", "12", "Great", "Replying to nobody", "Like a bird", "- - -"])
def test_words_do_not_close_a_comment(line: str) -> None:
    assert not closes(line)
