"""Dates: what they mean from an anchor, with the grain of the words."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.entities.dates import find_dates

CASES = [
    ("2018-01-04", "The two Koreas will meet on Tuesday.", [("Tuesday", "2018-01-09")]),
    ("2018-01-04", "The South proposed Tuesday to talk.", [("Tuesday", "2018-01-02")]),
    ("2018-01-04", "They agreed on Friday.", [("Friday", "2018-01-05")]),
    ("2018-01-04", "It takes place next Tuesday.", [("next Tuesday", "2018-01-09")]),
    ("2018-01-09", "Experts met last Friday.", [("last Friday", "2018-01-05")]),
    ("2018-01-09", "It has until Sunday, said late Thursday.", [("Sunday", "2018-01-14"), ("late Thursday", "2018-01-04")]),
    ("2018-01-09", "since Monday; this Friday; by Thursday", [("Monday", "2018-01-08"), ("this Friday", "2018-01-12"), ("Thursday", "2018-01-11")]),
    ("2018-01-05", "He turns 34 on Monday.", [("Monday", "2018-01-08")]),
    ("2018-01-09", "Feb. 9, 25 February and June 25, 1950", [("Feb. 9", "2018-02-09"), ("25 February", "2018-02-25"), ("June 25, 1950", "1950-06-25")]),
    ("2018-01-09", "The Games run Feb. 9-25.", [("Feb. 9-25", "2018-02-09/2018-02-25")]),
    ("2018-01-09", "It was in December 2015 and May last year.", [("December 2015", "2015-12"), ("May last year", "2017-05")]),
    ("2018-01-09", "In November it fired; it will resume in early April.", [("November", "2017-11"), ("early April", "2018-04")]),
    ("2018-01-09", "They are usually held in March.", [("March", "2018-03")]),
    ("2018-01-09", "last September, next June, by December", [("last September", "2017-09"), ("next June", "2018-06"), ("December", "2018-12")]),
    ("2018-01-09", "this week, last month, next year, this quarter", [("this week", "2018-W02"), ("last month", "2017-12"), ("next year", "2019"), ("this quarter", "2018-Q1")]),
    ("2018-01-09", "this weekend", [("this weekend", "2018-W02-WE")]),
    ("2018-01-09", "yesterday, earlier today and tomorrow", [("yesterday", "2018-01-08"), ("earlier today", "2018-01-09"), ("tomorrow", "2018-01-10")]),
    ("2018-01-09", "two years ago, 3 days ago, a decade ago", [("two years ago", "2016"), ("3 days ago", "2018-01-06"), ("a decade ago", "200")]),
    ("2018-01-09", "the end of the month", [("the end of the month", "2018-01")]),
    ("2018-01-09", "last summer and winter 2017", [("last summer", "2017-SU"), ("winter 2017", "2017-WI")]),
    ("2018-01-09", "in the late 1980s, 2003-08, in 1894 and 2011", [("late 1980s", "198"), ("2003-08", "2003/2008"), ("1894", "1894"), ("2011", "2011")]),
    ("2018-01-09", "01/04/2018, 25/12/2017, 2018-02-09", [("01/04/2018", "2018-01-04"), ("25/12/2017", "2017-12-25"), ("2018-02-09", "2018-02-09")]),
    ("2018-01-04", "Thu, 01/04/2018 - 21:59", [("Thu, 01/04/2018 - 21:59", "2018-01-04T21:59")]),
    ("2018-01-05", "On New Year's Day he spoke.", [("New Year's Day", "2018-01-01")]),
    ("2018-05-04", "27.04.2018, 2018/04/27 and July '53", [("27.04.2018", "2018-04-27"), ("2018/04/27", "2018-04-27"), ("July '53", "1953-07")]),
    ("2018-05-04", "the third quarter of 2017, Q1 2018, the 19th century", [("third quarter of 2017", "2017-Q3"), ("Q1 2018", "2018-Q1"), ("19th century", "18")]),
    ("2018-05-04", "It closed at the end of March.", [("March", "2018-03")]),
    ("2018-05-04", "In 1994 they signed, that October.", [("1994", "1994"), ("that October", "1994-10")]),
    ("2018-05-04", "On 31 December 1994 he left; the next day he was back; two weeks later he fell.", [("31 December 1994", "1994-12-31"), ("the next day", "1995-01-01"), ("two weeks later", "1995-W02")]),
    ("2018-05-04", "It began in December 2015. The following month it ended, a year later it was forgotten.", [("December 2015", "2015-12"), ("The following month", "2016-01"), ("a year later", "2017")]),
]  # fmt: skip


@pytest.mark.parametrize(("anchor", "text", "expected"), CASES)
def test_what_dates_mean(anchor: str, text: str, expected: list[tuple[str, str]]) -> None:
    found = find_dates(text, date.fromisoformat(anchor))
    assert [(mention.surface, mention.value) for mention in found] == expected


@pytest.mark.parametrize(
    "text",
    [
        "He may march on, and the sun sat there a second.",
        "About 2018 people joined; it cost 1950 won and lies 2000 km away.",
        "Today, Explained is a podcast. USA Today reported it.",
        "Man Friday was here and Black Friday sales rose.",
        "The May talks? March on Seoul.",
        "on 31/31/2018 and February 30, and 2018-13-45",
        "the Lunar New Year; resolution 2397; $2000",
        "Flight 1984 left; room 2011 and No. 1950 stayed.",
        "The next day they met; that October it rained; two years later it stopped.",
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert [mention.surface for mention in find_dates(text, date(2018, 1, 9)) if mention.surface != "2018"] == []


@pytest.mark.parametrize(
    "text",
    ["Friday", "next week", "in February", "May last year", "Feb. 9", "yesterday", "two years ago", "last summer",
     "the end of the year", "New Year"],
)  # fmt: skip
def test_without_an_anchor_a_relative_date_has_no_value(text: str) -> None:
    [found] = find_dates(text, None)
    assert found.value is None
    assert found.relative
    assert "no day to count from" in found.rule


def test_without_an_anchor_a_stated_date_keeps_its_value() -> None:
    assert [mention.value for mention in find_dates("9 January 2018, 1953", None)] == ["2018-01-09", "1953"]


def test_the_rule_names_the_anchor() -> None:
    [found] = find_dates("next month", date(2018, 1, 4))
    assert found.rule == "next month, counted from 2018-01-04"


def test_curly_quotes_and_no_break_spaces_count_as_plain() -> None:
    text = "On New Year’s Day and next\u00a0month"
    found = find_dates(text, date(2018, 1, 9))
    assert [text[mention.start : mention.end] for mention in found] == ["New Year’s Day", "next\u00a0month"]


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "May",
                "on",
                "2018",
                "last",
                "Friday",
                "next",
                "week",
                "31",
                "February",
                "9",
                "the",
                "1990s",
                "ago",
                "two",
                "years",
                "지난",
                "4일",
                "2018년",
                "1월",
                "내달",
                ".",
                ",",
                "-",
                "/",
            ]
        ),
        max_size=12,
    )
)
def test_spans_lie_in_the_text_and_do_not_overlap(words: list[str]) -> None:
    text = " ".join(words)
    end = 0
    for mention in find_dates(text, date(2018, 1, 9)):
        assert end <= mention.start < mention.end <= len(text)
        assert text[mention.start : mention.end] == mention.surface
        end = mention.end


@pytest.mark.parametrize("anchor", [date.min, date.max])
def test_the_ends_of_the_calendar_do_no_harm(anchor: date) -> None:
    text = "yesterday tomorrow last week next year in May Feb. 9 last Monday next Monday 90 decades ago 지난 4일 내달 지난주 어제 내일"
    assert isinstance(find_dates(text, anchor), list)


def test_a_month_takes_the_year_told_after_the_next() -> None:
    found = find_dates("calls between February and October last year", date(2020, 4, 20))
    assert [mention.value for mention in found] == ["2019-02", "2019-10"]
    found = find_dates("from March to June 2016", date(2020, 4, 20))
    assert [mention.value for mention in found] == ["2016-03", "2016-06"]
