"""Dates that count from the date told just before them: "the next day", "that October", "two years later"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from corpus.entities.calendar_days import month, plus
from corpus.entities.date_forms import MONTHS, NUMBERS
from corpus.entities.dates import DateMention

REACH = 400
"""Characters back to the date that is counted from."""
_COUNT = "|".join(sorted(NUMBERS, key=len, reverse=True))
_PATTERN = re.compile(
    r"(?<![\w-])(?:"
    rf"(?P<that>[Tt]hat) (?:(?P<month>{MONTHS})|(?P<same>day|week|month|year))"
    r"|(?P<the>[Tt]he) (?P<step>next|following|previous|same) (?P<unit>day|week|month|year)"
    r"|(?P<edge>[Tt]he day (?:before|after))(?= ?[.,;:)\n]|\Z| (?:he|she|they|it|the)\b)"
    rf"|(?P<count>\d{{1,2}}|{_COUNT}) (?P<units>day|week|month|year)s? (?P<way>later|earlier|afterwards?)"
    r")(?!\w)"
)
_HINT = re.compile(r"[Tt]hat |[Tt]he (?:next|following|previous|same|day) | later| earlier| afterward")
_STEPS = {"next": 1, "following": 1, "previous": -1, "same": 0}
_SIZE = {"year": 4, "month": 7, "week": 8, "day": 10}
_DIGITS = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?|-W\d\d)?\Z")


def find_told_dates(text: str, found: Sequence[DateMention], taken: bytearray) -> list[DateMention]:
    """Return the dates that count from one of `found` (in the order of `text`); `taken` marks the code points in use."""
    told: list[DateMention] = []
    if not found or not _HINT.search(text):
        return told
    known = list(found)
    for match in _PATTERN.finditer(text, min(mention.end for mention in found)):
        if taken.find(1, match.start(), match.end()) >= 0:
            continue
        base = _before(known, match.start())
        value = _value(match, base) if base is not None and base.value else None
        if value is None or base is None:
            continue
        start = match.start()
        taken[start : match.end()] = b"\1" * (match.end() - start)
        why = f"{text[start : match.end()].lower()}, counted from {base.value} told before"
        made = DateMention(start, match.end(), text[start : match.end()], "DATE", value, why, 0.7, base.relative)
        told.append(made)
        known.append(made)
        known.sort(key=lambda mention: mention.start)
    return told


def _before(known: Sequence[DateMention], at: int) -> DateMention | None:
    """Return the date that ends nearest before `at`, within reach."""
    near = [mention for mention in known if mention.end <= at and at - mention.end <= REACH]
    return near[-1] if near else None


def _value(match: re.Match[str], base: DateMention) -> str | None:
    """Return what the words mean; None where the date before them is too coarse to count from, or no calendar has it."""
    stated = (base.value or "").split("T")[0]
    try:
        if match["month"]:
            years = _DIGITS.match(stated)
            return month(int(stated[:4]), _number(match["month"])) if years else None
        if match["that"] or match["step"] == "same":
            return _coarser(stated, match["same"] or match["unit"])
        if match["count"]:
            written = match["count"].lower()
            count = int(written) if written.isdigit() else NUMBERS[written]
            return _moved(stated, -count if match["way"] == "earlier" else count, match["units"])
        if match["edge"]:
            return _moved(stated, -1 if match["edge"].endswith("before") else 1, "day")
        return _moved(stated, _STEPS[match["step"]], match["unit"])
    except ValueError:
        return None


def _number(name: str) -> int:
    return MONTHS.split("|").index(name) + 1


def _coarser(stated: str, unit: str) -> str | None:
    """Return the day, week, month or year in which a stated value lies."""
    if not _DIGITS.match(stated):
        return None
    if unit == "week" and len(stated) == 10:
        return plus(date.fromisoformat(stated), 0, "week")
    size = _SIZE[unit]
    return stated[:size] if len(stated) >= size and ("W" in stated) == (unit == "week") else None


def _moved(stated: str, count: int, unit: str) -> str | None:
    """Return the value `count` units from a stated one, as fine as the unit."""
    if not _DIGITS.match(stated):
        return None
    if unit == "year":
        return plus(date(int(stated[:4]), 1, 1), count, "year")
    if unit == "month":
        return month(int(stated[:4]), int(stated[5:7]), count) if len(stated) >= 7 and "W" not in stated else None
    if "W" in stated:
        monday = date.fromisocalendar(int(stated[:4]), int(stated[6:8]), 1)
        return plus(monday, count, "week") if unit == "week" else None
    return plus(date.fromisoformat(stated), count, unit) if len(stated) == 10 else None
