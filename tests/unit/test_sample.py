"""The embedded sample reads as it was written, and holds what the README's first five minutes walk through."""

from __future__ import annotations

import json
import re
from datetime import date, datetime
from functools import cache
from pathlib import Path

import pytest

from corpus.model import Document
from corpus.read import find_captures, read
from corpus.sample import folder
from corpus.text import fold
from corpus.threads import relate

MONTHS = ["January", "February", "March", "April"]
WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
DAY_STAMP = re.compile(r"\b([A-Z][a-z]{2}), (\d\d)/(\d\d)/2018")
DAY_FIRST = re.compile(rf"\b({'|'.join(WEEKDAYS)}),? (\d\d?) ({'|'.join(MONTHS)})\b")
MONTH_FIRST = re.compile(rf"\b({'|'.join(WEEKDAYS)}),? ({'|'.join(MONTHS)}) (\d\d?)\b")

SHAPES = {
    # name: (start of the title, paragraphs of kind "paragraph", headings, comments, deepest)
    "01": ("Two Koreas to Meet at Panmunjom", 13, 0, 15, 0),
    "02": ("North Korea says yes to PyeongChang", 12, 1, 0, 0),
    "03": ("One team, twelve newcomers", 9, 0, 21, 4),
    "04": ("특사단 평양에서 귀환", 11, 0, 9, 0),
    "05": ("High-Level Delegation of DPRK", 11, 0, 7, 0),
    "06": ("Dinner in Pyongyang on Monday", 11, 0, 6, 0),
    "07": ("Spring comes to Pyongyang", 9, 1, 10, 2),
    "08": ("Two Men Step Across the Line, Twice", 9, 0, 16, 0),
}


def captures() -> list[Path]:
    found = sorted(found for found in find_captures([folder()]) if isinstance(found, Path))
    assert len(found) == len(list(find_captures([folder()])))
    return found


@cache
def sample() -> dict[str, Document]:
    documents = {}
    for path in captures():
        (found,) = read(path)
        assert isinstance(found, Document), found
        documents[path.name[:2]] = found
    return documents


def raw(number: str) -> str:
    (path,) = folder().glob(f"{number}-*")
    return path.read_text(encoding="utf-8")


def authors(number: str) -> list[str | None]:
    return [comment.author for comment in sample()[number].comments]


def test_the_folder_holds_eight_captures_and_nothing_that_reads_as_another() -> None:
    assert [path.name[:2] for path in captures()] == list(SHAPES)


@pytest.mark.parametrize("number", SHAPES)
def test_each_capture_is_one_document_of_its_shape(number: str) -> None:
    document = sample()[number]
    title, paragraphs, headings, comments, deepest = SHAPES[number]
    kinds = [paragraph.kind for paragraph in document.paragraphs]

    assert document.title.startswith(title)
    assert kinds.count("paragraph") == paragraphs
    assert kinds.count("heading") == headings
    assert len(document.comments) == comments
    assert max((comment.depth for comment in document.comments), default=0) == deepest
    assert document.problems == ()


@pytest.mark.parametrize("number", SHAPES)
def test_each_capture_says_that_it_is_a_sample(number: str) -> None:
    document = sample()[number]

    assert re.search("korea-reader (?:sample|견본)", raw(number))
    assert any(re.search("korea-reader (?:sample|견본)", name) for name in document.byline)


@pytest.mark.parametrize("number", [number for number, shape in SHAPES.items() if shape[3]])
def test_every_comment_has_its_author_and_time(number: str) -> None:
    for comment in sample()[number].comments:
        assert comment.author
        assert comment.posted
        assert datetime.fromisoformat(comment.posted).year == 2018
        assert comment.text.strip()


def test_the_first_page_keeps_the_order_of_the_capture_although_one_comment_is_early() -> None:
    posted = [comment.posted or "" for comment in sample()["01"].comments]
    falls = [at for at in range(1, len(posted)) if posted[at] < posted[at - 1]]

    assert falls == [6]
    assert authors("01")[5:7] == ["Third Rail Rita", "maple syrup hawk"]
    assert posted[0] == "2018-01-04T21:41"
    assert posted[-1] == "2018-01-05T07:12"
    assert sample()["01"].published is None


def test_the_second_page_hides_its_furniture_and_keeps_the_rest() -> None:
    document = sample()["02"]
    hidden = "\n".join(part.text for part in document.folded)
    kinds = {paragraph.kind: paragraph.text for paragraph in document.paragraphs}

    for furniture in ("menu search arrow-down", "Filed under:", "Sign up for our newsletter", "every Friday morning"):
        assert furniture in hidden
        assert furniture not in document.body
    assert kinds["standfirst"].startswith("The athletes are coming.")
    assert kinds["caption"].endswith("Photo: Lantern Pictures")
    assert kinds["heading"] == "The bombs that nobody was to mention"


def test_the_thread_of_the_third_page_is_the_one_that_its_record_states() -> None:
    document = sample()["03"]
    stated = {item["id"]: item["parent"] for item in json.loads(raw("03"))["comments"]}

    assert {comment.id: comment.parent for comment in document.comments} == stated
    assert document.outlet == "korea-reader sample"
    assert document.published == "2018-02-11"


def test_the_korean_page_is_read_like_the_others() -> None:
    document = sample()["04"]

    assert authors("04")[:3] == ["이영희", "판교개발자", "박철수"]
    assert "국제정치학과 3학년" in authors("04")
    assert document.comments[0].posted == "2018-03-06T21:10"
    assert document.paragraphs[-1].text.endswith("약속 하나하나가 시험대에 오른다.")


def test_headers_above_and_footers_below_are_told_apart() -> None:
    assert authors("05")[1] == "Ji-won in Lyon"
    assert sample()["05"].comments[4].posted == "2018-02-13T13:27"
    assert authors("06")[0] == "Old Yongsan Hand"
    assert sample()["06"].comments[0].text.startswith("One short statement, and no letter.")
    assert sample()["06"].comments[-1].text.startswith("@maple syrup hawk My father")


def test_the_saved_page_gives_its_address_date_and_thread() -> None:
    document = sample()["07"]
    depths = [comment.depth for comment in document.comments]

    assert document.url == "https://example.org/korea-reader-sample/spring-in-pyongyang"
    assert (document.published or "").startswith("2018-04-04")
    assert depths == [0, 1, 2, 0, 1, 1, 0, 0, 1, 2]
    assert document.stated_comment_count is not None
    assert document.stated_comment_count.n == 10
    assert authors("07")[:2] == ["Ferry Timetable", "Old Yongsan Hand"]
    assert document.comments[-1].text == "Both. Yes."
    assert document.comments[-1].posted == "2018-04-04T21:25:00+09:00"
    assert document.comments[-1].url == f"{document.url}#comment-210"
    assert "email address" not in document.body


def test_one_page_quotes_another_word_for_word() -> None:
    last = sample()["02"].paragraphs[-1].text if sample()["02"].paragraphs else ""

    assert last.startswith("For now the bombs stay off the table")
    assert last in sample()["06"].body
    assert sample()["02"].title in sample()["06"].body


def test_comments_quote_the_article_and_each_other() -> None:
    document = sample()["01"]
    quoted = [re.match('"(.+?)"', comment.text) for comment in document.comments]
    words = [found[1] for found in quoted if found]

    assert len(words) == 3
    assert all(len(quote.split()) >= 8 for quote in words)
    assert sum(quote in document.body for quote in words) == 2
    assert fold(words[2]).text.rstrip(".") in fold(document.comments[1].text).text


def answers(number: str) -> list[tuple[str | None, str, str | None]]:
    document = relate(sample()[number])
    return [
        (comment.author, comment.reply.relation, document.comment(comment.reply.to).author)
        for comment in document.comments
        if comment.reply and comment.reply.to
    ]


def test_likely_replies_are_those_that_were_meant() -> None:
    assert answers("01") == [
        ("Third Rail Rita", "named", "Ostrich Economist"),
        ("Bulgogi Bill", "quoted", "Sgt Dad 1968"),
    ]
    assert [(author, to) for author, _, to in answers("04")] == [
        ("임진강뱃사공", "박철수"),
        ("정수진", "임진강뱃사공"),
    ]
    assert {relation for _, relation, _ in answers("08")} == {"named"}
    assert [(author, to) for author, _, to in answers("08")] == [
        ("tribune_row_z", "Daejeon Dan"),
        ("Old Yongsan Hand", "Grad Student No 7"),
        ("Third Rail Rita", "counting fish"),
        ("Sgt Dad 1968", "LibraryMouse"),
        ("Bulgogi Bill", "Kaesong Shoelace"),
        ("Ostrich Economist", "maple syrup hawk"),
        ("maple syrup hawk", "Ostrich Economist"),
    ]


@pytest.mark.parametrize(
    "spellings",
    [
        ("Kim Yo-jong", "Kim Yo Jong", "김여정", "Kim Yeo-jeong"),
        ("Cho Myoung-gyon", "Jo Myong Gyun", "조명균"),
        ("Chung Eui-yong", "Jong Ui Yong", "정의용", "Chung Eui-young"),
        ("Suh Hoon", "So Hun", "서훈"),
        ("Im Jong-seok", "Im Jong Sok"),
        ("Kang Kyung-wha", "Kang Kyong Hwa"),
        ("Ri Son-gwon", "Ri Son Gwon", "리선권", "이선권"),
        ("Panmunjom", "Panmunjeom", "판문점", "Panmunjon"),
        ("Moon Jae-in", "Moon Jae In", "문재인", "Moon Jae-inn"),
        ("Pyeongchang", "PyeongChang", "Pyongchang", "평창"),
    ],
)
def test_names_come_back_in_other_spellings(spellings: tuple[str, ...]) -> None:
    texts = "\n".join(text for document in sample().values() for _, text in document.texts())

    assert [spelling for spelling in spellings if spelling not in texts] == []


def test_weekdays_fit_their_dates() -> None:
    checked = 0
    for number in SHAPES:
        text = raw(number)
        days = [(name, date(2018, int(month), int(day))) for name, month, day in DAY_STAMP.findall(text)]
        days += [(name, date(2018, 1 + MONTHS.index(month), int(day))) for name, day, month in DAY_FIRST.findall(text)]
        days += [
            (name, date(2018, 1 + MONTHS.index(month), int(day))) for name, month, day in MONTH_FIRST.findall(text)
        ]
        for name, day in days:
            assert WEEKDAYS[day.weekday()].startswith(name), (number, name, day)
        checked += len(days)
    assert checked >= 20
