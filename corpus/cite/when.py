"""Dates and times in words, no more precise than the source and never without saying what is missing."""

from __future__ import annotations

import re
from dataclasses import dataclass

_ISO = re.compile(
    r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ](\d\d):(\d\d)(?::\d\d(?:[.,]\d+)?)?\s*(Z|[+-]\d\d(?::?\d\d)?)?)?)?)?", re.ASCII
)
_MONTHS = "January February March April May June July August September October November December"
MONTHS = tuple(_MONTHS.split())
MLA_MONTHS = ("Jan.", "Feb.", "Mar.", "Apr.", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.")
NO_DATE = "n.d."


@dataclass(frozen=True, slots=True)
class When:
    """A date as far as it is known; `time` is HH:MM, `zone` as in ISO 8601. `raw` stands for one that is not understood."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    time: str | None = None
    zone: str | None = None
    raw: str | None = None

    @property
    def parts(self) -> list[int]:
        """Year, month, day, as far as they are known."""
        return [part for part in (self.year, self.month, self.day) if part is not None]

    @property
    def iso(self) -> str:
        """The date alone; empty when it is not understood."""
        return "-".join(f"{part:02}" for part in self.parts)

    def day_month_year(self, months: tuple[str, ...] = MONTHS) -> str:
        """Return "9 February 2018"."""
        if self.year is None:
            return f"shown as “{self.raw}”" if self.raw else NO_DATE
        month = months[self.month - 1] if self.month else None
        return " ".join(str(part) for part in (self.day, month, self.year) if part)

    def month_day_year(self) -> str:
        """Return "February 9, 2018"."""
        if self.year is None or not self.month or not self.day:
            return self.day_month_year()
        return f"{MONTHS[self.month - 1]} {self.day}, {self.year}"

    def year_month_day(self) -> str:
        """Return "2018, February 9"."""
        if self.year is None or not self.month:
            return self.day_month_year()
        day = f" {self.day}" if self.day else ""
        return f"{self.year}, {MONTHS[self.month - 1]}{day}"

    def clock(self, zone: str | None = None) -> str:
        """Return "11:04 UTC"; "11:04, zone not stated"; or nothing when no time is known.

        `zone` is one that the user supplies for times without.
        """
        if self.time is None:
            return ""
        if self.zone:
            return f"{self.time} {'UTC' if self.zone in ('Z', '+00:00') else 'UTC' + self.zone}"
        return f"{self.time} {zone} [zone supplied by you]" if zone else f"{self.time}, zone not stated"


def when(iso: str | None, raw: str | None = None) -> When:
    """Read an ISO 8601 date or time; one that is none is kept in its own words."""
    match = _ISO.fullmatch(iso.strip()) if iso else None
    if not match:
        return When(raw=raw or iso or None)
    year, month, day, hour, minute, zone = match.groups()
    if month and not 1 <= int(month) <= 12:
        return When(raw=raw or iso)
    numbers = [int(part) if part else None for part in (year, month, day)]
    return When(numbers[0], numbers[1], numbers[2], time=f"{hour}:{minute}" if hour else None, zone=zone, raw=raw)
