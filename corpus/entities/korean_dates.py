"""Dates in Korean text: 2018년 1월 9일, 지난 4일, 오는 9일, 내달. Particles stay outside the span."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date

from corpus.entities.calendar_days import (
    add_days,
    month,
    nearest_year,
    plus,
    week,
    weekday_of_week,
    weekday_on_or_after,
    weekday_on_or_before,
)
from corpus.entities.dates import DateMention

Match = re.Match[str]
Value = str | None
_Read = Callable[[Match, date | None], tuple[Value, bool]]
"""Returns the value and whether it hangs on the anchor; None for the value where there is no anchor."""

_YEARS = {"재작년": -2, "작년": -1, "지난해": -1, "올해": 0, "금년": 0, "내년": 1, "이듬해": 1}
_MONTHS = {"지난달": -1, "지난 달": -1, "이달": 0, "이번 달": 0, "이번달": 0, "내달": 1, "다음 달": 1, "다음달": 1}
_WEEKS = {"지난주": -1, "지난 주": -1, "이번 주": 0, "이번주": 0, "금주": 0, "다음 주": 1, "다음주": 1, "내주": 1}
_DAYS = {"그저께": -2, "그제": -2, "어제": -1, "오늘": 0, "내일": 1, "모레": 2}
_WEEKDAYS = "월화수목금토일"
_UNITS = {"일": "day", "주": "week", "주일": "week", "개월": "month", "달": "month", "년": "year"}
_NO_SPAN = r"(?!\s*(?:간|동안|째|만|여|이내|전|후|뒤|차|분|치|정))"


def _one_of(words: dict[str, int]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


def _stated_day(match: Match, anchor: date | None) -> tuple[Value, bool]:
    return date(int(match["year"]), int(match["month"]), int(match["day"])).isoformat(), False


def _stated_month(match: Match, anchor: date | None) -> tuple[Value, bool]:
    return month(int(match["year"]), _month_number(match)), False


def _month_number(match: Match) -> int:
    number = int(match["month"])
    if not 1 <= number <= 12:
        raise ValueError("no such month")
    return number


def _stated_year(match: Match, anchor: date | None) -> tuple[Value, bool]:
    return match["year"], False


def _decade(match: Match, anchor: date | None) -> tuple[Value, bool]:
    return match["year"][:3], False


def _in_relative_year(match: Match, anchor: date | None) -> tuple[Value, bool]:
    if anchor is None:
        return None, True
    year = anchor.year + _YEARS[match["relation"]]
    if match["month"] is None:
        return str(year), True
    if match["day"] is None:
        return month(year, _month_number(match)), True
    return date(year, int(match["month"]), int(match["day"])).isoformat(), True


def _in_relative_month(match: Match, anchor: date | None) -> tuple[Value, bool]:
    if anchor is None:
        return None, True
    value = month(anchor.year, anchor.month, _MONTHS[match["relation"]])
    return date.fromisoformat(f"{value}-{int(match['day']):02d}").isoformat() if match["day"] else value, True


def _day_of_month(match: Match, anchor: date | None) -> tuple[Value, bool]:
    number, day = int(match["month"]), int(match["day"])
    date(2000, number, day)
    if anchor is None:
        return None, True
    if match["relation"] is None:
        return nearest_year(anchor, number, day).isoformat(), True
    year = anchor.year
    if match["relation"] == "지난" and (number, day) > (anchor.month, anchor.day):
        year -= 1
    if match["relation"] == "오는" and (number, day) < (anchor.month, anchor.day):
        year += 1
    return date(year, number, day).isoformat(), True


def _bare_month(match: Match, anchor: date | None) -> tuple[Value, bool]:
    number = _month_number(match)
    if anchor is None:
        return None, True
    year = anchor.year
    if match["relation"] == "지난":
        year -= number >= anchor.month
    elif match["relation"] == "오는":
        year += number < anchor.month
    else:
        year += -1 if number - anchor.month > 6 else 1 if anchor.month - number > 6 else 0
    return month(year, number), True


def _bare_day(match: Match, anchor: date | None) -> tuple[Value, bool]:
    day = int(match["day"])
    if not 1 <= day <= 31:
        raise ValueError("no such day")
    if anchor is None:
        return None, True
    candidates = list(_this_day_of_months(anchor, day))
    if match["relation"] == "지난":
        candidates = [candidate for candidate in candidates if candidate <= anchor]
    elif match["relation"] == "오는":
        candidates = [candidate for candidate in candidates if candidate >= anchor]
    return min(candidates, key=lambda candidate: abs((candidate - anchor).days)).isoformat(), True


def _this_day_of_months(anchor: date, day: int) -> Iterator[date]:
    for later in range(-2, 3):
        try:
            yield date.fromisoformat(f"{month(anchor.year, anchor.month, later)}-{day:02d}")
        except ValueError:
            continue


def _near_day(match: Match, anchor: date | None) -> tuple[Value, bool]:
    return (add_days(anchor, _DAYS[match["word"]]).isoformat() if anchor else None), True


def _weekday(match: Match, anchor: date | None) -> tuple[Value, bool]:
    if anchor is None:
        return None, True
    weekday, relation = _WEEKDAYS.index(match["weekday"]), match["relation"]
    if relation in _WEEKS:
        return weekday_of_week(anchor, weekday, _WEEKS[relation]).isoformat(), True
    ahead = relation == "오는"
    return (weekday_on_or_after if ahead else weekday_on_or_before)(anchor, weekday).isoformat(), True


def _week(match: Match, anchor: date | None) -> tuple[Value, bool]:
    return (week(add_days(anchor, 7 * _WEEKS[match["relation"]])) if anchor else None), True


def _ago(match: Match, anchor: date | None) -> tuple[Value, bool]:
    sign = -1 if match["direction"] == "전" else 1
    return (plus(anchor, sign * int(match["count"]), _UNITS[match["unit"]]) if anchor else None), True


def _rules() -> list[tuple[str, _Read, str]]:
    full = r"(?P<year>(?:1[5-9]|20)\d\d)"
    month_ = r"(?P<month>1[0-2]|0?[1-9])월"
    day = r"(?P<day>[0-3]?\d)일"
    toward = r"(?:(?P<relation>지난|오는)\s?)?"
    return [
        (rf"{full}년\s?{month_}\s?{day}", _stated_day, "a stated day"),
        (rf"{full}년\s?{month_}", _stated_month, "a stated month"),
        (rf"{full}년대", _decade, "a stated decade"),
        (rf"{full}년{_NO_SPAN}", _stated_year, "a stated year"),
        (
            rf"(?P<relation>{_one_of(_YEARS)})(?:\s?{month_})?(?:(?<=월)\s?{day})?",
            _in_relative_year,
            "a year before or after",
        ),
        (rf"(?P<relation>{_one_of(_MONTHS)})(?:\s?{day})?", _in_relative_month, "a month before or after"),
        (rf"{toward}{month_}\s?{day}", _day_of_month, "a day without a year"),
        (r"(?P<count>\d{1,3})(?P<unit>일|주일|주|개월|달|년)\s?(?P<direction>전|뒤)", _ago, "a time ago or ahead"),
        (rf"{toward}{day}{_NO_SPAN}", _bare_day, "a day of the month"),
        (rf"{toward}{month_}(?!\s?\d)", _bare_month, "a month without a year"),
        (rf"(?:(?P<relation>지난|오는|{_one_of(_WEEKS)})\s?)?(?P<weekday>[{_WEEKDAYS}])요일", _weekday, "a weekday"),
        (rf"(?P<relation>{_one_of(_WEEKS)})", _week, "a week before or after"),
        (rf"(?P<word>{_one_of(_DAYS)})", _near_day, "a day before or after"),
    ]


_compiled: list[tuple[re.Pattern[str], _Read, str]] = []


def find_korean_dates(text: str, anchor: date | None, taken: bytearray) -> list[DateMention]:
    """Return the Korean dates of `text` where `taken` is still 0, and mark them there."""
    if not _compiled:
        _compiled.extend((re.compile(rf"(?<![가-힣\d.~∼-]){pattern}"), read, why) for pattern, read, why in _rules())
    found: list[DateMention] = []
    for pattern, read, why in _compiled:
        for match in pattern.finditer(text):
            start, end = match.span()
            if taken.find(1, start, end) >= 0:
                continue
            try:
                value, relative = read(match, anchor)
            except ValueError:
                continue
            taken[start:end] = b"\1" * (end - start)
            if relative:
                counted = f"{why}, counted from {anchor.isoformat()}" if anchor else f"{why}, with no day to count from"
            else:
                counted = why
            found.append(DateMention(start, end, match.group(), "DATE", value, counted, 0.9, relative))
    return found
