"""Dates as pages print them, turned into ISO 8601 as precise as they are."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.read.stamp_finder import find_stamp
from corpus.read.stamps import Stamp, settle
from corpus.times import comparable, instant, iso

FORMS = {
    "Thu, 01/04/2018 - 21:59": "2018-01-04T21:59",
    "Fri, 2012-11-09 18:05": "2012-11-09T18:05",
    "Di, 21. April 2020 - 16:40": "2020-04-21T16:40",
    "July 7, 2012 at 12:27 am": "2012-07-07T00:27",
    "July 7, 2012 at 12:27 pm": "2012-07-07T12:27",
    "October 1st, 2012 at 2:04 p.m.": "2012-10-01T14:04",
    "11. Jul, 2012": "2012-07-11",
    "9 December, 2011": "2011-12-09",
    "23. Juni 2016 um 17:21 Uhr": "2016-06-23T17:21",
    "26 abril 2022 a las 14:02": "2022-04-26T14:02",
    "lundi 29 octobre 2012 à 15h46": "2012-10-29T15:46",
    "Mar 9 2018 20:58 utc": "2018-03-09T20:58Z",
    "Aug 9, 2012 9:38 AM EDT": "2012-08-09T09:38-04:00",
    "17.07, 2011 @ 13:04": "2011-07-17T13:04",
    "24TH JULY 2012 - 15:48": "2012-07-24T15:48",
    "Mar, 16 2005 @ 04:08 AM": "2005-03-16T04:08",
    "2024.05.01 10:05": "2024-05-01T10:05",
    "2018.01.04. 21:59": "2018-01-04T21:59",
    "2018. 1. 4. 오후 9:59": "2018-01-04T21:59",
    "2018년 1월 4일 오전 12시 5분": "2018-01-04T00:05",
    "2018-01-04 (목) 오후 9시 59분": "2018-01-04T21:59",
    "2018-01-04T21:59:07+09:00": "2018-01-04T21:59:07+09:00",
    "2018-01-04 21:59 KST": "2018-01-04T21:59+09:00",
    "21:59, 4 January 2018": "2018-01-04T21:59",
    "10:05 AM, May 3, 2012": "2012-05-03T10:05",
    "Wed, 01 May 2024 10:00:00 GMT": "2024-05-01T10:00:00Z",
    "2018-01-04 21:59 CST": "2018-01-04T21:59",
    "31/12/17 10:00": "2017-12-31T10:00",
}


@pytest.mark.parametrize("words", FORMS)
def test_forms(words: str) -> None:
    stamp = find_stamp(f"{words}")
    assert stamp is not None
    assert stamp.iso(None) == FORMS[words]


@pytest.mark.parametrize(
    "words",
    [
        "03/04/2018 10:00",
        "Mon, 03/12/2018 - 17:18",
        "Thu, 01/05/2018 - 10:00",
        "Tuesday July 24, @11:20AM",
        "99/99/9999",
        "2018-02-30",
        "2018-01-04 25:00",
        "2018-01-04 13:00 pm",
        "3 hours ago",
        "3시간 전",
    ],
)
def test_what_is_not_certain_is_no_date(words: str) -> None:
    stamp = find_stamp(words)
    assert stamp is not None
    assert stamp.iso(None) is None


@pytest.mark.parametrize(
    "words",
    [
        "",
        "no digits",
        "2,691,789 people",
        "version 1.2.3.4",
        "10.0.0.1",
        "chapter 11",
        "12:00",
        "May be 3",
        "5 may go",
        "٢٠٢٤-٠٥-٠١",
    ],
)
def test_what_is_no_stamp(words: str) -> None:
    stamp = find_stamp(words)
    assert stamp is None or stamp.iso(None) is None


def test_the_stamp_with_a_clock_time_is_preferred() -> None:
    stamp = find_stamp("on 9/11/2001 by Ann on Jan 3, 2012 4:00 pm")
    assert stamp is not None
    assert stamp.iso(None) == "2012-01-03T16:00"


def stamps(*lines: str) -> list[Stamp]:
    return [stamp for line in lines if (stamp := find_stamp(line))]


def test_settling() -> None:
    assert settle(stamps("03/04/2018", "03/25/2018")) == "month first"
    assert settle(stamps("03/04/2018", "25/03/2018")) == "day first"
    assert settle(stamps("03/04/2018")) is None
    assert settle(stamps("13/04/2018", "04/13/2018")) is None
    assert settle([]) is None


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="0123456789/.-: ,TZamp오후년월일시thJuly", max_size=60))
def test_any_line_is_safe(line: str) -> None:
    stamp = find_stamp(line)
    if stamp:
        assert 0 <= stamp.start < stamp.end <= len(line)
        for order in ("month first", "day first", None):
            found = stamp.iso(order)
            assert found is None or iso(found) == found


@settings(max_examples=100, deadline=None)
@given(st.datetimes())
def test_iso_comes_back(moment: object) -> None:
    text = moment.isoformat()  # type: ignore[attr-defined]
    assert iso(text) == text


@pytest.mark.parametrize(
    "words",
    [
        "2018-13-01",
        "0000-00-00",
        "2024-05-01T10:00:00+99:99",
        "9999-12-31T23:59:60Z",
        "1e20",
        "2024-5-1",
        "2024-05-01T10",
        "",
    ],
)
def test_no_iso(words: str) -> None:
    assert iso(words) is None


def test_iso_is_no_preciser_than_its_source() -> None:
    assert [
        iso(words) for words in ("2018", "2018-01", "2018-01-04", "2018-01-04 21:59", "2018-01-04T21:59:07+0900")
    ] == [
        "2018",
        "2018-01",
        "2018-01-04",
        "2018-01-04T21:59",
        "2018-01-04T21:59:07+09:00",
    ]
    assert iso("2024-05-01T10:00:00,5+09") == "2024-05-01T10:00:00.5+09:00"


def test_only_times_of_one_kind_are_compared() -> None:
    assert comparable(["2018-01-04T21:59", None]) is None
    assert comparable(["2018-01-04T21:59", "2018-01-04T21:59Z"]) is None
    assert comparable(["2018-01-04", "2018"]) is None
    assert comparable(["2018-01-04T21:59", "2018-01-04T21:54"]) == ["2018-01-04T21:59", "2018-01-04T21:54"]
    zoned = comparable(["2018-01-04T21:59+09:00", "2018-01-04T13:30Z", "2018-01-04T09:00-05:00"])
    assert zoned is not None
    assert sorted(zoned) == zoned[:1] + zoned[1:2] + zoned[2:]
    assert comparable([]) == []
    assert instant("2018-01-04") is None
    assert instant("0001-01-01T00:00+09:00") is not None


def test_in_korean_two_digits_each_have_the_year_first() -> None:
    korean = ["잘 됐으면 좋겠습니다. OK", "이번엔 믿어봅시다."]

    found = stamps("18.01.09 22:01", "18.01.31")
    assert settle(found, korean) == "year first"
    assert [stamp.iso("year first") for stamp in found] == ["2018-01-09T22:01", "2018-01-31"]
    assert settle(found, ["Das ist ein Satz über 김정은."]) == "day first"
    assert settle(stamps("18.01.09", "18.31.01"), korean) == "day first"
    # four digits say which is the year, and a weekday that does not fit is against it
    [whole] = stamps("03/25/2018")
    assert whole.iso("year first") == "2018-03-25"
    assert settle(stamps("Thu 18.01.09"), korean) is None
