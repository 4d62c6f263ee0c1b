"""Dated statements in the order of the days that they speak of."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from corpus.model import Document, Mention, Span, TextKey
from corpus.sentences import sentences
from corpus.times import instant

GRAINS = ("day", "days", "weekend", "week", "month", "season", "quarter", "year", "years", "decade", "century")
_SEASONS = {"SP": 3, "SU": 6, "AU": 9, "FA": 9, "WI": 12}
_MONTH = re.compile(r"(\d{4})-(\d\d)\Z")
_WEEK = re.compile(r"(\d{4})-W(\d\d)(-WE)?\Z")
_PART = re.compile(r"(\d{4})-(SP|SU|AU|FA|WI|Q[1-4])\Z")


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence that gives a date.

    `first` and `last` are the days that its value covers, both None for a date without a value; `grain` is one of
    `GRAINS`; `names` are the entities of the sentence; `loose` tells that the day was counted from a time whose zone is
    not stated, `unsure` that others lie so near that another zone would put them in another order.
    """

    mention: Mention
    sentence: Span
    text: str
    first: date | None
    last: date | None
    grain: str
    names: tuple[Mention, ...] = ()
    title: str = ""
    loose: bool = False
    unsure: bool = False

    @property
    def value(self) -> str:
        """The ISO 8601 value; empty where there is none."""
        return self.mention.value or ""


def interval(value: str) -> tuple[date, date, str] | None:
    """Return first day, last day and grain of a value as `dates` writes it; None for one that is no date."""
    try:
        return _interval(value)
    except (ValueError, OverflowError):
        return None


def _interval(value: str) -> tuple[date, date, str] | None:
    if "/" in value:
        ends = [_interval(part) for part in value.split("/", 1)]
        if not ends[0] or not ends[1] or ends[0][0] > ends[1][1]:
            return None
        return ends[0][0], ends[1][1], "days" if ends[0][2] == "day" else "years"
    if found := _WEEK.match(value):
        monday = date.fromisocalendar(int(found[1]), int(found[2]), 1)
        start = monday + timedelta(days=5) if found[3] else monday
        return start, monday + timedelta(days=6), "weekend" if found[3] else "week"
    if found := _MONTH.match(value):
        return _months(int(found[1]), int(found[2]), 1, "month")
    if found := _PART.match(value):
        if found[2][0] == "Q":
            return _months(int(found[1]), int(found[2][1]) * 3 - 2, 3, "quarter")
        return _months(int(found[1]), _SEASONS[found[2]], 3, "season")
    if value.isascii() and value.isdigit() and 2 <= len(value) <= 4:
        size = 10 ** (4 - len(value))
        first = int(value) * size
        return date(first, 1, 1), date(first + size - 1, 12, 31), {1: "year", 10: "decade", 100: "century"}[size]
    day = date.fromisoformat(value[:10])
    return day, day, "day"


def _months(year: int, month: int, count: int, grain: str) -> tuple[date, date, str]:
    last = year * 12 + month - 1 + count
    return date(year, month, 1), date(last // 12, last % 12 + 1, 1) - timedelta(days=1), grain


def statements(document: Document, mentions: Iterable[Mention]) -> list[Statement]:
    """Return the dated statements of a document, in the order of its texts."""
    by_text: dict[TextKey, list[Mention]] = {}
    for mention in mentions:
        by_text.setdefault(mention.span.key, []).append(mention)
    found: list[Statement] = []
    for key, named in by_text.items():
        if any(mention.type == "DATE" for mention in named):
            try:
                text = document.text(*key)
            except KeyError:
                continue
            found += _of_text(document, key, text, named)
    return found


def _of_text(document: Document, key: TextKey, text: str, named: Sequence[Mention]) -> Iterator[Statement]:
    pieces = sentences(text)
    starts = [start for start, _ in pieces]
    by_sentence: dict[int, list[Mention]] = {}
    for mention in named:
        by_sentence.setdefault(bisect_right(starts, mention.span.start) - 1, []).append(mention)
    zone_missing = _zone_missing(document, key)
    for at, inside in by_sentence.items():
        if at < 0:
            continue
        start, end = pieces[at]
        others = tuple(mention for mention in inside if mention.type not in ("DATE", "TIME", "DURATION"))
        for mention in inside:
            if mention.type == "DATE":
                first, last, grain = interval(mention.value or "") or (None, None, "")
                loose = zone_missing and grain == "day" and "counted from" in mention.rule
                span = document.span(key[0], start, end, key[1])
                yield Statement(mention, span, text[start:end], first, last, grain, others, document.title, loose)


def _zone_missing(document: Document, key: TextKey) -> bool:
    """Tell whether dates of a text count from a time of day without a zone."""
    stamp = document.published if key[1] is None else document.comment(key[1]).posted
    moment = instant(stamp) if stamp else None
    return moment is not None and not moment[1]


def in_order(found: Iterable[Statement]) -> list[Statement]:
    """Return statements by the day on which they begin, the coarser first, then as they stood; those without a value last.

    Days counted from times without a zone are marked `unsure` where a statement of another text lies within a day.
    """
    ordered = sorted(found, key=_place)
    frames: dict[int, set[tuple[str, str | None]]] = {}
    for item in ordered:
        if item.first is not None and item.grain == "day":
            frames.setdefault(item.first.toordinal(), set()).add(_frame(item))
    return [replace(item, unsure=True) if item.loose and _is_unsure(item, frames) else item for item in ordered]


def _is_unsure(item: Statement, frames: Mapping[int, set[tuple[str, str | None]]]) -> bool:
    assert item.first is not None
    day = item.first.toordinal()
    return any(frames.get(near, set()) - {_frame(item)} for near in (day - 1, day, day + 1))


def _frame(item: Statement) -> tuple[str, str | None]:
    return item.mention.span.document, item.mention.span.comment


def _place(item: Statement) -> tuple[bool, date, int]:
    if item.first is None or item.last is None:
        return True, date.max, 0
    return False, item.first, -(item.last - item.first).days
