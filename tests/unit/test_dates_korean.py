"""Korean dates: values, and particles left outside the span."""

from __future__ import annotations

from datetime import date

import pytest

from corpus.entities.dates import find_dates

CASES = [
    ("2018년 1월 9일 판문점에서", "2018년 1월 9일", "2018-01-09"),
    ("2018년 2월의 올림픽", "2018년 2월", "2018-02"),
    ("1953년에 휴전", "1953년", "1953"),
    ("1990년대에는", "1990년대", "199"),
    ("2018. 1. 9. 작성", "2018. 1. 9", "2018-01-09"),
    ("지난 4일 제안했다", "지난 4일", "2018-01-04"),
    ("지난 20일 제안했다", "지난 20일", "2017-12-20"),
    ("오는 9일부터", "오는 9일", "2018-01-09"),
    ("오는 4일에", "오는 4일", "2018-02-04"),
    ("9일 열렸다", "9일", "2018-01-09"),
    ("30일 밝혔다", "30일", "2017-12-30"),
    ("내달 열린다", "내달", "2018-02"),
    ("내달 9일 개막", "내달 9일", "2018-02-09"),
    ("지난달 29일", "지난달 29일", "2017-12-29"),
    ("지난해 11월 29일", "지난해 11월 29일", "2017-11-29"),
    ("작년 5월에", "작년 5월", "2017-05"),
    ("올해는", "올해", "2018"),
    ("2월 9일에", "2월 9일", "2018-02-09"),
    ("지난 12월 29일", "지난 12월 29일", "2017-12-29"),
    ("오는 1월 2일", "오는 1월 2일", "2019-01-02"),
    ("11월에 쏘았다", "11월", "2017-11"),
    ("오는 2월", "오는 2월", "2018-02"),
    ("지난 2월", "지난 2월", "2017-02"),
    ("오늘 오전", "오늘", "2018-01-09"),
    ("어제는", "어제", "2018-01-08"),
    ("다음 주에", "다음 주", "2018-W03"),
    ("지난주 금요일", "지난주 금요일", "2018-01-05"),
    ("오는 금요일", "오는 금요일", "2018-01-12"),
    ("금요일에", "금요일", "2018-01-05"),
    ("2년 전에", "2년 전", "2016"),
    ("3일 뒤", "3일 뒤", "2018-01-12"),
]


@pytest.mark.parametrize(("text", "surface", "value"), CASES)
def test_korean_dates(text: str, surface: str, value: str) -> None:
    assert [(found.surface, found.value) for found in find_dates(text, date(2018, 1, 9))] == [(surface, value)]


@pytest.mark.parametrize("text", ["3일간 계속", "9일 동안", "13월 40일", "45일", "제2018호"])
def test_what_is_no_korean_date(text: str) -> None:
    assert find_dates(text, date(2018, 1, 9)) == []


@pytest.mark.parametrize(
    "text", ["지난 4일", "내달", "올해", "2월 9일", "지난 2월", "어제", "지난주", "금요일", "2년 전"]
)
def test_without_an_anchor_there_is_no_value(text: str) -> None:
    [found] = find_dates(text, None)
    assert found.value is None
    assert found.relative
