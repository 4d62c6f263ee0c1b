"""What each form of an English date means, from an anchor.

The forms stand in `corpus.entities.date_rules`, whose patterns name the groups that are read here.
"""

from __future__ import annotations

import re
from datetime import date

from corpus.entities.calendar_days import month, nearest_year, plus
from corpus.entities.date_forms import MONTHS, NUMBERS, Match, Reading, Setting
from corpus.entities.tense import resolve_month, resolve_weekday

_NUMBER_OF_MONTH = {name.lower()[:3]: number for number, name in enumerate(MONTHS.split("|"), 1)}
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def _number(name: str) -> int:
    return _NUMBER_OF_MONTH[name.lower()[:3]]


def _from(anchor: date | None) -> str:
    return f"counted from {anchor.isoformat()}" if anchor else "with no day to count from"


def read_slashes(match: Match, setting: Setting) -> Reading:
    """Read "2/9/2018" or "02/09/2018 - 14:05": month first, unless the first figure is no month."""
    first, second = int(match["first"]), int(match["second"])
    number, day = (second, first) if first > 12 else (first, second)
    value = date(int(match["year"]), number, day).isoformat()
    return _stamped(match, value, "a day in figures, month first" if first <= 12 else "a day in figures, day first")


def read_iso(match: Match, setting: Setting) -> Reading:
    """Read a day in figures whose groups say which is which: "2018-02-09T14:05", "2018. 2. 9", "9.2.2018"."""
    value = date(int(match["year"]), int(match["month"]), int(match["day"])).isoformat()
    return _stamped(match, value, "a day in figures")


def _stamped(match: Match, value: str, why: str) -> Reading:
    if match["clock"]:
        return Reading(f"{value}T{match['clock']}", why, kind="STAMP", confidence=1.0)
    return Reading(value, why, confidence=1.0)


def read_day_of_month(match: Match, setting: Setting) -> Reading | None:
    """Read "February 9, 2018", "9 February", "February 9-25": without a year, that which is nearest to the anchor."""
    number, day, anchor = _number(match["month"]), int(match["day"]), setting.anchor
    last = match["to"]
    if match["year"]:
        stated = date(int(match["year"]), number, day)
        return Reading(_day_or_days(stated, last), "a stated day", confidence=1.0)
    date(2000, number, day)
    if anchor is None:
        return Reading(None, f"a day without a year, {_from(None)}", True)
    nearest = nearest_year(anchor, number, day)
    return Reading(_day_or_days(nearest, last), f"a day, its year the nearest to {anchor.isoformat()}", True)


def _day_or_days(first: date, last: str | None) -> str:
    if last and int(last) > first.day:
        return f"{first.isoformat()}/{first.replace(day=int(last)).isoformat()}"
    return first.isoformat()


def read_month_of_year(match: Match, setting: Setting) -> Reading:
    """Read "February 2018", "early February of 2018"."""
    return Reading(month(int(match["year"]), _number(match["month"])), "a stated month", confidence=1.0)


def read_month_of_short_year(match: Match, setting: Setting) -> Reading:
    """Read "February '18": of two centuries the later one, unless that lies ahead of the anchor."""
    year = int(match["short"])
    century = 1900 if setting.anchor is None or 2000 + year > setting.anchor.year else 2000
    return Reading(month(century + year, _number(match["month"])), "a month, its century the last", confidence=0.85)


def read_month_of_relative_year(match: Match, setting: Setting) -> Reading:
    """Read "February of last year", "February this year", "February next year"."""
    if setting.anchor is None:
        return Reading(None, f"a month, {_from(None)}", True)
    year = setting.anchor.year + {"last": -1, "this": 0, "next": 1}[match["relation"]]
    return Reading(
        month(year, _number(match["month"])), f"a month of {match['relation']} year, {_from(setting.anchor)}", True
    )


_PLAIN_BEFORE_WORDS = frozenset(
    {"in", "last", "next", "since", "until", "by", "early", "late", "mid-", "this", "and", "or"}
    | {"end of", "start of", "beginning of", "middle of"}
)


_SHARED_YEAR = re.compile(
    rf"(?:-| (?:and|to|through|until) )(?:{MONTHS})(?: (?P<relation>last|this|next) year|,? (?P<year>(?:19|20)\d\d)\b)"
)


def read_bare_month(match: Match, setting: Setting) -> Reading | None:
    """Read a month without a year, after a word as in "last March" or "in February": its sentence tells the year.

    "February and March 2018" gives both the year. "March" and "May" are no months after most words.
    """
    relation = match["before"].strip().lower()
    name = match["month"]
    shared = _SHARED_YEAR.match(setting.text, match.end())
    if name in ("March", "May") and relation not in _PLAIN_BEFORE_WORDS and not shared:
        return None
    if (
        name == "May"
        and relation in ("and", "or")
        and not re.search(rf"(?:{MONTHS}),? $", setting.text[: match.start()])
    ):
        return None
    part = relation in ("last", "next", "this past", "this", "early", "late", "mid-")
    start = match.start() if part else match.start("month")
    if shared and shared["year"]:
        return Reading(month(int(shared["year"]), _number(name)), "a month, its year told after the next", False, start)
    if setting.anchor is None:
        return Reading(None, f"a month without a year, {_from(None)}", True, start)
    if shared:
        year = setting.anchor.year + {"last": -1, "this": 0, "next": 1}[shared["relation"]]
        return Reading(month(year, _number(name)), f"a month, its year {_from(setting.anchor)}", True, start)
    year = resolve_month(setting.anchor, _number(name), relation, setting.clause)
    return Reading(
        month(year, _number(name)), f"a month, its year {_from(setting.anchor)}", True, start, confidence=0.85
    )


_SEASONS = {"spring": "SP", "summer": "SU", "autumn": "FA", "fall": "FA", "winter": "WI"}


def read_season(match: Match, setting: Setting) -> Reading:
    """Read "spring 2018", "last winter"."""
    code, relation = _SEASONS[match["season"].lower()], (match["relation"] or "").lower()
    if match["year"]:
        return Reading(f"{match['year']}-{code}", "a stated season")
    if setting.anchor is None:
        return Reading(None, f"a season, {_from(None)}", True)
    year = setting.anchor.year + {"last": -1, "this": 0, "next": 1}[relation]
    return Reading(
        f"{year}-{code}", f"{relation} {match['season'].lower()}, {_from(setting.anchor)}", True, confidence=0.85
    )


_NAMED_DAY = re.compile(r"\b(?:Man|Black|Good|Bloody|Cyber|Ash|Palm|Easter|Super|Ruby|Fat) $")
_IN_SURFACE = frozenset({"last", "next", "this", "this coming", "this past", "coming", "early", "late"})


def read_weekday(match: Match, setting: Setting) -> Reading | None:
    """Read "Tuesday", "next Tuesday", "on Tuesday morning": its sentence tells which; None for "Black Friday"."""
    if _NAMED_DAY.search(setting.text, max(0, match.start() - 12), match.start()):
        return None
    weekday = _WEEKDAYS.index(match["weekday"].lower()[:3])
    relation = (match["relation"] or "").lower()
    start = match.start("relation") if relation in _IN_SURFACE else match.start("weekday")
    if setting.anchor is None:
        return Reading(None, f"a weekday, {_from(None)}", True, start)
    day = resolve_weekday(setting.anchor, weekday, relation, setting.clause)
    return Reading(day.isoformat(), f"the weekday, {_from(setting.anchor)}", True, start, confidence=0.85)


def read_relative_unit(match: Match, setting: Setting) -> Reading:
    """Read "last week", "this quarter", "late next year", "this weekend"."""
    relation, unit = match["relation"].lower(), match["unit"].lower()
    if setting.anchor is None:
        return Reading(None, f"{match.group().lower()}, {_from(None)}", True)
    count = -1 if "last" in relation else 1 if "next" in relation else 0
    if unit == "weekend":
        value = plus(setting.anchor, count, "week") + "-WE"
    elif unit == "quarter":
        quarters = setting.anchor.year * 4 + (setting.anchor.month - 1) // 3 + count
        value = f"{quarters // 4}-Q{quarters % 4 + 1}"
    else:
        value = plus(setting.anchor, count, unit)
    return Reading(value, f"{match.group().lower()}, {_from(setting.anchor)}", True)


def read_edge_of_unit(match: Match, setting: Setting) -> Reading:
    """Read "the end of the month" as that month."""
    if setting.anchor is None:
        return Reading(None, f"{match.group().lower()}, {_from(None)}", True)
    value = plus(setting.anchor, 0, match["unit"].lower())
    return Reading(value, f"{match.group().lower()}, {_from(setting.anchor)}", True, confidence=0.8)


def read_ago(match: Match, setting: Setting) -> Reading:
    """Read "three weeks ago", "a decade earlier", "ten days from now": a count of units from the anchor."""
    written = match["count"].lower()
    count = int(written) if written.isdigit() else NUMBERS[written]
    sign = 1 if match["direction"].lower() == "from now" else -1
    start = match.start("count")
    if setting.anchor is None:
        return Reading(None, f"{match.group().lower()}, {_from(None)}", True, start)
    value = plus(setting.anchor, sign * count, match["unit"].lower().replace("centurie", "century"))
    return Reading(value, f"{setting.text[start : match.end()].lower()}, {_from(setting.anchor)}", True, start)


_DAYS_FROM_TODAY = {
    "today": 0, "tonight": 0, "this morning": 0, "this afternoon": 0, "this evening": 0, "tomorrow": 1, "yesterday": -1,
    "last night": -1, "the day before yesterday": -2, "the day after tomorrow": 2,
}  # fmt: skip


def read_near_day(match: Match, setting: Setting) -> Reading | None:
    """Read "today", "last night", "the day after tomorrow"; None for "USA Today" and the like."""
    text = setting.text
    if text.startswith(", Explained", match.end()) or text[max(0, match.start() - 4) : match.start()] in (
        "USA ",
        "sia ",
    ):
        return None
    if setting.anchor is None:
        return Reading(None, f"{match.group().lower()}, {_from(None)}", True)
    value = plus(setting.anchor, _DAYS_FROM_TODAY[match["word"].lower()], "day")
    return Reading(value, f"{match.group().lower()}, {_from(setting.anchor)}", True)


def read_decade(match: Match, setting: Setting) -> Reading:
    """Read "the 1980s", "mid-1980s"."""
    start = match.start("part") if match["part"] else match.start("year")
    return Reading(match["year"][:3], "a stated decade", start=start, confidence=1.0)


def read_years(match: Match, setting: Setting) -> Reading | None:
    """Read "1950-1953", "1950-53"; None where the second is not the later."""
    first, last = match["first"], match["last"]
    last = last if len(last) == 4 else first[:2] + last
    return Reading(f"{first}/{last}", "stated years", confidence=0.95) if last > first else None


_QUARTERS = {"first": 1, "second": 2, "third": 3, "fourth": 4}


def read_quarter(match: Match, setting: Setting) -> Reading | None:
    """Read "Q1 2018", "the first quarter of 2018"; None for "first 2018"."""
    written = match["quarter"].lower()
    if written in _QUARTERS and "quarter" not in match.group().lower():
        return None
    number = _QUARTERS.get(written) or int(written[1])
    return Reading(f"{match['year']}-Q{number}", "a stated quarter", start=match.start("quarter"), confidence=0.95)


def read_century(match: Match, setting: Setting) -> Reading:
    """Read "the 19th century", "early 21st century"."""
    start = match.start("part") if match["part"] else match.start("number")
    return Reading(f"{int(match['number']) - 1:02d}", "a stated century", start=start, confidence=0.95)


_COUNTED = re.compile(
    r"(?:\s?(?:km|kms|kilomet\w+|miles|met(?:er|re)s|people|troops|soldiers|feet|won|dollars|tons|tonnes|athletes|members|yen|yuan|hours|men|women|workers|families)\b|%|,\d|:\d|\.\d)"
)


_NUMBERED = re.compile(r"\b(?:No\.|[Rr]oom|[Ff]light) $")


def read_year(match: Match, setting: Setting) -> Reading | None:
    """Read "2018"; None where it is a price, a number, a count of things or part of an address."""
    before = setting.text[max(0, match.start() - 8) : match.start()]
    if (before and before[-1] in "$€£₩#/.,@:") or _NUMBERED.search(before) or _COUNTED.match(setting.text, match.end()):
        return None
    return Reading(match["year"], "a stated year", start=match.start("year"), confidence=0.9)


def read_new_year(match: Match, setting: Setting) -> Reading | None:
    """Read "New Year's Day" as the first of January nearest to the anchor; None for "Lunar New Year"."""
    if re.search(r"\b(?:Lunar|Chinese) $", setting.text[max(0, match.start() - 9) : match.start()]):
        return None
    if setting.anchor is None:
        return Reading(None, f"the first of January, {_from(None)}", True)
    year = setting.anchor.year + (setting.anchor.month >= 7)
    return Reading(
        f"{year}-01-01", f"the first of January nearest to {setting.anchor.isoformat()}", True, confidence=0.7
    )
