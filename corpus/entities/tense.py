"""Whether a sentence looks back or ahead: which Tuesday, which March."""

from __future__ import annotations

import re
from datetime import date

from corpus.entities.calendar_days import weekday_of_week, weekday_on_or_after, weekday_on_or_before

_AHEAD = re.compile(
    r"\b(?:will|would|to be|shall|is to|are to|plans?|planned for|scheduled|expected|due|set for|slated|upcoming|going to|next"
    r"|turns|opens|closes|begins|starts|resumes?|moves|meets|arrives|leaves|hosts|kicks? off|takes? place|'ll|wants? to|hopes? to)\b",
    re.I,
)
_BACK = re.compile(
    r"\b(?:said|told|was|were|had|has|held|took|met|came|went|gave|made|left|began|broke|sent|flew|fell|rose|saw|spoke|won|lost"
    r"|wrote|put|set off|did|shot|found|kept|led|got|\w{2,}ed)\b"
)
_HABIT = re.compile(r"\b(?:usually|normally|typically|annually|every year|each year|yearly|traditionally)\b", re.I)

SLACK = 1
"""A weekday this many days ahead is meant where it is already that day in Korea."""


def looks_ahead(clause: str) -> bool:
    """Tell whether the words around a date speak of what is to come."""
    return bool(_HABIT.search(clause) or (_AHEAD.search(clause) and not _BACK.search(clause)))


def looks_back(clause: str) -> bool:
    """Tell whether the words around a date speak of what has been."""
    return bool(_BACK.search(clause) and not _AHEAD.search(clause) and not _HABIT.search(clause))


def resolve_weekday(anchor: date, weekday: int, relation: str, clause: str) -> date:
    """Return the day that a weekday (Monday 0) means.

    `relation` is the word before it ("next", "last", "by", ... or ""): "next" is in the following ISO week;
    alone it is today or, by the date line, tomorrow; else ahead or back as the clause says.
    """
    if relation == "next":
        return weekday_of_week(anchor, weekday, 1)
    if relation == "this":
        return weekday_of_week(anchor, weekday)
    if relation in ("this coming", "coming", "by", "until"):
        return weekday_on_or_after(anchor, weekday)
    back = weekday_on_or_before(anchor, weekday)
    if relation in ("last", "this past"):
        return back if back < anchor else weekday_of_week(back, weekday, -1)
    if relation == "since":
        return back
    ahead = weekday_on_or_after(anchor, weekday)
    return ahead if (ahead - anchor).days <= SLACK or looks_ahead(clause) else back


def resolve_month(anchor: date, number: int, relation: str, clause: str) -> int:
    """Return the year of a month (1 to 12) named without one.

    `relation` is the word before it ("next", "last", "by", ... or ""): alone, the nearest that the clause allows.
    """
    if relation in ("last", "this past"):
        return anchor.year if number < anchor.month else anchor.year - 1
    if relation == "next":
        return anchor.year if number > anchor.month else anchor.year + 1
    if relation == "this":
        return anchor.year
    if relation in ("by", "until"):
        return anchor.year if number >= anchor.month else anchor.year + 1
    years = [anchor.year - 1, anchor.year, anchor.year + 1]
    if looks_ahead(clause):
        years = [year for year in years if (year, number) >= (anchor.year, anchor.month)]
    elif looks_back(clause):
        years = [year for year in years if (year, number) <= (anchor.year, anchor.month)]
    future = bool(_AHEAD.search(clause))

    def distance(year: int) -> float:
        months = (year - anchor.year) * 12 + number - anchor.month
        return abs(months) - (0.5 if (months >= 0) == future else 0)

    return min(years, key=distance)
