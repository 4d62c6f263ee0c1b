"""Days, weeks and months as ISO 8601 values that keep the grain of the words: 2018-01-09, 2018-W02, 2018-02, 198."""

from __future__ import annotations

from datetime import date, timedelta


def add_days(day: date, count: int) -> date:
    """Return the day `count` days later. Raises ValueError beyond the calendar."""
    try:
        return day + timedelta(count)
    except OverflowError as error:
        raise ValueError("beyond the calendar") from error


def week(day: date) -> str:
    """Return the ISO week of a day: 2018-W02."""
    year, number, _ = day.isocalendar()
    return f"{year}-W{number:02d}"


def month(year: int, number: int, later: int = 0) -> str:
    """Return a month, `later` months on: 2018-02. Raises ValueError outside years 1 to 9999."""
    years, zero_based = divmod(year * 12 + number - 1 + later, 12)
    if not 1 <= years <= 9999:
        raise ValueError("beyond the calendar")
    return f"{years:04d}-{zero_based + 1:02d}"


def plus(anchor: date, count: int, unit: str) -> str:
    """Return the value `count` units (day, week, month, year, decade, century; negative: earlier) from the anchor."""
    if unit == "day":
        return add_days(anchor, count).isoformat()
    if unit == "week":
        return week(add_days(anchor, 7 * count))
    if unit == "month":
        return month(anchor.year, anchor.month, count)
    years = anchor.year + count * {"year": 1, "decade": 10, "century": 100}[unit]
    if not 1 <= years <= 9999:
        raise ValueError("beyond the calendar")
    return str(years)[: {"year": 4, "decade": 3, "century": 2}[unit]]


def weekday_on_or_before(anchor: date, weekday: int) -> date:
    """Return the last such weekday (Monday 0) up to and with the anchor."""
    return add_days(anchor, -((anchor.weekday() - weekday) % 7))


def weekday_on_or_after(anchor: date, weekday: int) -> date:
    """Return the next such weekday (Monday 0) from the anchor on."""
    return add_days(anchor, (weekday - anchor.weekday()) % 7)


def weekday_of_week(anchor: date, weekday: int, weeks: int = 0) -> date:
    """Return the weekday (Monday 0) in the ISO week of the anchor, or `weeks` later."""
    return add_days(anchor, 7 * weeks - anchor.weekday() + weekday)


def nearest_year(anchor: date, number: int, day: int) -> date:
    """Return the occurrence of a day of the year that is nearest to the anchor. Raises ValueError for 30 February."""
    candidates = []
    for year in (anchor.year - 1, anchor.year, anchor.year + 1):
        try:
            candidates.append(date(year, number, day))
        except ValueError:
            continue
    return min(candidates, key=lambda candidate: abs((candidate - anchor).days))
