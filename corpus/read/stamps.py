"""What a date with a time means that a page prints: in which order its numbers stand, checked by its weekday; ISO 8601.

`corpus.read.stamp_finder` finds them.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from typing import Literal, NamedTuple

Order = Literal["month first", "day first", "year first"]
"""How `01/04/2018` is to be read; the year is first in `18.01.04` only, as Korean has it."""

OPEN = frozenset(["numeric", "short"])
"""Styles that may be read in more than one order."""
_TOLD = 2000
"""Characters of a text after which its language is known."""


class Stamp(NamedTuple):
    """A date in a line.

    `start` and `end` bound it, weekday included. `numbers` are year (None where unstated), month and day; in the style
    "numeric" the last two are as written, in an order still to be settled. `clock` is `HH:MM` or `HH:MM:SS`, or empty;
    `zone` as in ISO 8601, or empty. `style` is numeric, short (the same of two digits each), year, named, relative, clock (no date at all); `valid` tells whether such a time exists; `ago` are the words of a relative one.
    """

    start: int
    end: int
    style: str
    numbers: tuple[int | None, int, int] = (None, 0, 0)
    weekday: int | None = None
    clock: str = ""
    zone: str = ""
    valid: bool = True
    ago: str = ""

    def day(self, order: Order) -> date | None:
        """Return the date, numbers read in `order`; None where the calendar has none or the year is not stated."""
        return _day(self.style, self.numbers, order)

    def orders(self) -> tuple[Order, ...]:
        """Return the orders in which the date exists and falls on the weekday that stands with it."""
        if self.style in ("relative", "clock") or not self.valid:
            return ()
        return _fitting(self.style, self.numbers, self.weekday)

    def fits_year_first(self) -> bool:
        """Tell whether this is a date of two digits each which exists, and falls on its weekday, with the year first."""
        day = self.day("year first") if self.valid else None
        return day is not None and self.weekday in (None, day.weekday())

    def iso(self, order: Order | None) -> str | None:
        """Return ISO 8601, as precise as the source; None where the day is not certain.

        Args:
            order: what the rest of the capture shows, None where it shows nothing.
        """
        fitting = ("year first",) if order == "year first" and self.fits_year_first() else self.orders()
        if not fitting:
            return None
        order = None if order == "year first" != fitting[0] else order
        if order is None and (self.style not in OPEN or len({self.day(one) for one in fitting}) == 1):
            order = fitting[0]
        if order is None or order not in fitting:
            return None
        day = self.day(order)
        if day is None:
            return None
        return day.isoformat() + (f"T{self.clock}{self.zone}" if self.clock else "")

    def settled(self, saved: str) -> str | None:
        """Return the day that a date without a year, or "2 days ago", means in a capture; None where that is not certain.

        Args:
            saved: when the capture was made, ISO 8601.
        """
        from corpus.read.relative import day_of

        return day_of(self, saved)


@lru_cache(maxsize=4096)
def calendar_day(year: int, month: int, day: int) -> date | None:
    """Return a day; None where the calendar has none such."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _day(style: str, numbers: tuple[int | None, int, int], order: Order) -> date | None:
    year, first, second = numbers
    if year is None:
        return None
    if order == "year first":
        return calendar_day(2000 + first, second, year % 100) if style == "short" else None
    month, day = (first, second) if style not in OPEN or order == "month first" else (second, first)
    return calendar_day(year, month, day)


@lru_cache(maxsize=4096)
def _fitting(style: str, numbers: tuple[int | None, int, int], weekday: int | None) -> tuple[Order, ...]:
    both: tuple[Order, ...] = ("month first", "day first")
    if numbers[0] is None:
        return both
    days = [(order, _day(style, numbers, order)) for order in both]
    return tuple(order for order, day in days if day is not None and weekday in (None, day.weekday()))


def settle(stamps: list[Stamp], texts: Iterable[str] = ()) -> Order | None:
    """Return the one order in which all dates with a meaning exist and fit their weekdays; None while two do, or none.

    Where the `texts` are in Korean, dates of two digits each have the year first.
    """
    short = [stamp for stamp in stamps if stamp.style == "short"]
    if short and all(stamp.fits_year_first() for stamp in short) and _is_korean(texts):
        return "year first"
    left: set[Order] = {"month first", "day first"}
    for stamp in stamps:
        if stamp.style in OPEN and (fitting := stamp.orders()):
            left &= set(fitting)
    return left.pop() if len(left) == 1 else None


def _is_korean(texts: Iterable[str]) -> bool:
    letters = [char for text in itertools.islice(texts, 200) for char in text[:_TOLD] if char.isalpha()]
    return bool(letters) and sum("가" <= char <= "힣" for char in letters) * 2 > len(letters)
