"""Dates in queries: a day, month or year, ranges of them, and words such as lastyear or 지난해."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import NamedTuple

from corpus.text import fold

FIRST_YEAR, LAST_YEAR = 1900, 2100
LOW, HIGH = f"{FIRST_YEAR}-01-01", f"{LAST_YEAR}-12-31"


class Dates(NamedTuple):
    """The days from `first` to `last`, both included, as ISO 8601 dates."""

    first: str
    last: str

    def holds(self, stated: str | None) -> bool:
        """Tell whether a time as stated (ISO 8601, perhaps only a year or month) surely lies in these days."""
        day = (stated or "")[:10]
        if len(day) not in (4, 7, 10):
            return False
        return self.first <= day + "-01-01"[len(day) - 4 :] and day + "-12-31"[len(day) - 4 :] <= self._last(day)

    def _last(self, day: str) -> str:
        # the last of any month may be written as its 31st
        return self.last[:8] + "31" if len(day) < 10 and self.last == _month_end(self.last[:7]) else self.last

    @property
    def months(self) -> tuple[list[str], list[str]]:
        """The years that lie in these days, and the months (YYYYMM) that do so at least in part and not by their year."""
        years = [
            str(year)
            for year in range(int(self.first[:4]), int(self.last[:4]) + 1)
            if self.first <= f"{year}-01-01" and f"{year}-12-31" <= self.last
        ]
        whole = set(years)
        months = [
            f"{year}{month:02d}"
            for year in sorted({int(self.first[:4]), int(self.last[:4])})
            if str(year) not in whole
            for month in range(1, 13)
            if self.first[:7] <= f"{year}-{month:02d}" <= self.last[:7]
        ]
        return years, months

    @property
    def is_whole_months(self) -> bool:
        """Whether the months tell everything, and no day must be looked at."""
        return self.first.endswith("-01") and self.last == _month_end(self.last[:7])


def _month_end(month: str) -> str:
    year, number = int(month[:4]), int(month[5:7])
    return f"{month}-{monthrange(year, number)[1]:02d}"


_DAY = re.compile(r"(\d{4})(?:[-./년]?(\d{1,2})(?:[-./월]?(\d{1,2})일?|월)?|년)?\.?\Z")
_BACK = re.compile(r"(\d{1,4})(d|w|m|y|일|주|개월|년)\Z")
_COMPARED = re.compile(r"(<=|>=|=<|=>|<|>|=)?(.*)\Z")
_WORDS = {
    "today": "오늘",
    "yesterday": "어제",
    "thisweek": "이번주 금주",
    "lastweek": "지난주",
    "thismonth": "이번달 이달 금월",
    "lastmonth": "지난달 전월",
    "thisyear": "올해 금년",
    "lastyear": "지난해 작년",
    "yearbeforelast": "재작년 지지난해",
}
NAMED = tuple(_WORDS)
_NAMED = {
    **{word: word for word in _WORDS},
    **{other: word for word, others in _WORDS.items() for other in others.split()},
}


def dates(text: str, today: date) -> Dates | None:
    """Return the days that a value means, None where it means none.

    Args:
        text: 2018, 2018-01-09, 2018.1.9, 2018년1월, 2018-01..2018-03, ..2018, >2018-01, lastyear, 지난해, 30d.
        today: what relative words start from.
    """
    text = re.sub(r"[\s_]+", "", fold(text).text)
    if ".." in text:
        low, _, high = text.partition("..")
        first, last = (_one(part.strip("."), today) if part.strip(".") else None for part in (low, high))
        if (low.strip(".") and not first) or (high.strip(".") and not last) or not (first or last):
            return None
        if first and last and first.first > last.last:
            first, last = last, first
        return Dates(first.first if first else LOW, last.last if last else HIGH)
    compared = _COMPARED.match(text)
    sign, rest = compared.groups() if compared else (None, text)
    one = _one(rest, today)
    if one is None or sign in (None, "="):
        return one
    return _beyond(sign, one)


def _one(text: str, today: date) -> Dates | None:
    """Return the days of one date."""
    if text in _NAMED:
        return _relative(_NAMED[text], today)
    if found := _BACK.match(text):
        return _back(int(found[1]), found[2], today)
    if re.fullmatch(r"\d{6}|\d{8}", text):
        text = "-".join(filter(None, (text[:4], text[4:6], text[6:])))
    parts = _DAY.match(text)
    if not parts:
        return None
    year, month, day = (int(part) if part else None for part in parts.groups())
    if year is None or not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    if month is None:
        return Dates(f"{year}-01-01", f"{year}-12-31")
    if not 1 <= month <= 12:
        return None
    if day is None:
        return Dates(f"{year}-{month:02d}-01", _month_end(f"{year}-{month:02d}"))
    if not 1 <= day <= monthrange(year, month)[1]:
        return None
    return Dates(*[f"{year}-{month:02d}-{day:02d}"] * 2)


def _beyond(sign: str, one: Dates) -> Dates | None:
    if "<" in sign:
        last = one.last if "=" in sign else _step(one.first, -1)
        return Dates(LOW, last) if last >= LOW else None
    first = one.first if "=" in sign else _step(one.last, 1)
    return Dates(first, HIGH) if first <= HIGH else None


def _step(day: str, days: int) -> str:
    return (date.fromisoformat(day) + timedelta(days=days)).isoformat()


def _back(count: int, unit: str, today: date) -> Dates:
    days = count * {"d": 1, "일": 1, "w": 7, "주": 7, "m": 30, "개월": 30}.get(unit, 365)
    first = max(date(FIRST_YEAR, 1, 1).toordinal(), today.toordinal() - days)
    return Dates(date.fromordinal(first).isoformat(), today.isoformat())


def _relative(word: str, today: date) -> Dates:
    if word in ("today", "yesterday"):
        day = today - timedelta(days=word == "yesterday")
        return Dates(day.isoformat(), day.isoformat())
    if word.endswith("week"):
        monday = today - timedelta(days=today.weekday() + 7 * (word == "lastweek"))
        return Dates(monday.isoformat(), (monday + timedelta(days=6)).isoformat())
    if word.endswith("month"):
        last = today.replace(day=1) - timedelta(days=1) if word == "lastmonth" else today
        return Dates(f"{last:%Y-%m}-01", _month_end(f"{last:%Y-%m}"))
    year = today.year - {"thisyear": 0, "lastyear": 1}.get(word, 2)
    return Dates(f"{year}-01-01", f"{year}-12-31")
