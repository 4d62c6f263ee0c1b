"""Dates that only the time of the capture settles: "2 days ago", and dates without a year."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

from corpus.times import instant

if TYPE_CHECKING:
    from corpus.read.stamps import Stamp

_AGO = re.compile(
    r"([0-9]{1,4})\s?(?:(?:s|secs?|seconds?|초)|(m|mins?|minutes?|분)|(h|hrs?|hours?|시간))(?:\s|\Z)", re.IGNORECASE
)
"""Days, weeks and months are rounded down by pages, so that the day is not certain."""


def day_of(stamp: Stamp, saved: str) -> str | None:
    """Return ISO 8601, no preciser than what is certain.

    Args:
        stamp: relative, or without a year.
        saved: when the capture was made, ISO 8601 with a clock time.
    """
    moment = instant(saved)
    if moment is None:
        return None
    if stamp.style == "relative":
        return _ago(stamp.ago, saved)
    if stamp.numbers[0] is not None or not stamp.valid or stamp.style == "clock":
        return None
    return _latest(stamp, moment[0].date())


def _ago(words: str, saved: str) -> str | None:
    """Return the day on the clock by which the saving is stated; None where the time may lie before its midnight."""
    found = _AGO.match(words)
    if not found:
        return None
    number = int(found[1])
    most = timedelta(
        hours=number + 1 if found[3] else 0,
        minutes=number + 1 if found[2] else 0,
        seconds=number + 1 if not (found[2] or found[3]) else 0,
    )
    return saved[:10] if most <= timedelta(hours=int(saved[11:13]), minutes=int(saved[14:16])) else None


def _latest(stamp: Stamp, saved: date) -> str | None:
    """Return the latest day up to the saving that has this month, day and, where stated, weekday."""
    _, month, number = stamp.numbers
    for year in range(saved.year, max(saved.year - 12, 1), -1):
        try:
            day = date(year, month, number)
        except ValueError:
            continue
        # a day ahead of UTC may already be tomorrow
        if day > saved + timedelta(days=1) or (stamp.weekday is not None and day.weekday() != stamp.weekday):
            continue
        return day.isoformat() + (f"T{stamp.clock}{stamp.zone}" if stamp.clock else "")
    return None
