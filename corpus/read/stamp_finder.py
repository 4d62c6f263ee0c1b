"""Dates with times as pages print them, found in a line: named months, numbers, Korean forms, "2 days ago", clocks."""

from __future__ import annotations

import itertools
import re

from corpus.read.date_words import GLUED_MONTHS, MONTHS, WEEKDAY_OF, ZONES
from corpus.read.stamps import Stamp, calendar_day

_NUMERIC = re.compile(
    r"([0-9]{4})\s?([./-])\s?([0-9]{1,2})\s?\2\s?([0-9]{1,2})(?![0-9])\.?"
    r"|([0-9]{1,2})([./-])\s?([0-9]{1,2})(?:\6\s?|,\s)([0-9]{4}|[0-9]{2})(?![0-9]|[.:][0-9])"
)
_EAST_ASIAN = re.compile(r"([0-9]{4})\s?[년年]\s?([0-9]{1,2})\s?[월月]\s?([0-9]{1,2})\s?[일日]")
_DAY_MONTH = re.compile(
    r"([0-9]{1,2})(?:st|nd|rd|th|er|º|ª)?\.?,?[ \u00a0-]{0,3}(?:of |de )?([^\W\d_]{3,10})"
    r"(?:[.,]{0,2}[ \u00a0-]{0,3}(?:de |del )?([0-9]{4})(?![0-9]))?",
    re.IGNORECASE,
)
_DAY_AFTER_MONTH = re.compile(
    r"([0-9]{1,2})(?:st|nd|rd|th)?(?:(?:,\s{0,3}|\s{1,3})([0-9]{4})(?![0-9:])|(?![0-9:./]))", re.I
)
_CLOCK = re.compile(
    r"(?:(오전|오후|am|pm)\s?)?([0-9]{1,2})"
    r"(?::([0-9]{2})(?::([0-9]{2})(?:[.,][0-9]{1,9})?)?|h([0-9]{2})|시(?:\s?([0-9]{1,2})분)?(?:\s?([0-9]{1,2})초)?)"
    r"(?![0-9])(?:\s{0,2}([ap])\.?\s?m(?![a-z])\.?)?(?:\s?Uhr\b)?"
    r"(?:\s{0,2}\(?((?:Z|UTC|GMT|KST|JST|[ECMP][DS]T|CES?T)(?![A-Za-z])|[+-][0-9]{2}:?[0-9]{2}(?![0-9]))\)?)?",
    re.IGNORECASE,
)
_SHORT_DATE = re.compile(
    r"([01][0-9])[./-]([0-3][0-9])\.?\s{1,2}(?=[0-2][0-9]:[0-5][0-9])|([0-2][0-9]:[0-5][0-9](?::[0-5][0-9])?)\s([01][0-9])[./-]([0-3][0-9])(?![0-9./-])"
)
_RELATIVE = re.compile(
    r"[0-9]{1,4}\s?(?:(?:seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?|mo|yrs?|[smhdwy])\.?\s+ago\b"
    r"|(?:초|분|시간|일|주|개월|달|년)\s?전)",
    re.IGNORECASE,
)
_TO_CLOCK = re.compile(
    r"(?:\s?\(?[월화수목금토일](?:요일)?\)?)?\s{0,3}(?:[-–—@,|·•T/]|at\b|um\b|à\b|às\b|a las\b|alle\b|kl\.?)?\s{0,3}@?"
    r"(?=[0-9오ap])",
    re.IGNORECASE,
)
_KOREAN_WEEKDAY = re.compile(r"\s?\(?([월화수목금토일])(?:요일)?\)?")
_CLOCK_TO_DATE = re.compile(r"[\s,on|·•–—-]{0,5}")
_WORD_AT_END = re.compile(r"[^\W\d_]+\Z")
_FIRST_WORD = re.compile(r"[^\W\d_]+")
_DIGITS = re.compile(r"[0-9]+")
_MONTH_AND_DAY = re.compile(r"[^\W\d_]{3}\.? [0-9]{1,2}(?![0-9])|(?<![0-9])[0-9]{1,2}\.? [^\W\d_]{3}")
_AGO = re.compile(r"ago\b|전", re.IGNORECASE)


def find_stamp(line: str, *, bare: bool = False) -> Stamp | None:
    """Return the date in `line`: the first that has a clock time, else the first; None where there is none.

    Args:
        line: without line end.
        bare: look also for "June 20" in a line that holds no other number.
    """
    later = _DIGITS.finditer(line)
    numbers = list(itertools.islice(later, 2))
    if not numbers:
        return None
    if len(numbers) == 1 and not _AGO.search(line) and not (bare and _MONTH_AND_DAY.search(line)):
        return None
    found: Stamp | None = None
    clock: re.Match[str] | None = None
    for digits in itertools.chain(numbers, later):
        at = digits.start()
        if found and at < found.end:
            continue
        stamp = _date_at(line, at, digits.end(), clock)
        if stamp is None:
            time = line[digits.end() : digits.end() + 1] in (":", "h", "시") and _CLOCK.match(line, at)
            clock = time or (clock if clock and at < clock.end() else None)
        elif stamp.clock:
            return stamp
        else:
            found = found or stamp
    return found


def may_open_with_stamp(line: str) -> bool:
    """Tell whether a date may be the first thing in `line`; most that are asked about are long paragraphs."""
    word = _FIRST_WORD.match(line)
    return line[:1].isdigit() if word is None else word[0].lower() in MONTHS or word[0].lower() in WEEKDAY_OF


def find_clock(line: str) -> Stamp | None:
    """Return the time of day in a line without a date; None where there is none, or where it could be a score."""
    if ":" not in line and "시" not in line:
        return None
    for digits in _DIGITS.finditer(line):
        start = digits.start() - 3 if line[: digits.start()].endswith(("오전 ", "오후 ")) else digits.start()
        time = _CLOCK.match(line, start)
        if time and (start == 0 or line[start - 1] in " \u00a0(|·•"):
            half = time[1] or time[8]
            if not half and time.end() - start != len(line):
                return None
            written, zone = _time_of_day(time)
            return Stamp(start, time.end(), "clock", clock=written or "", zone=zone, valid=written is not None)
    return None


def _date_at(line: str, at: int, end: int, clock: re.Match[str] | None) -> Stamp | None:
    """Return the date that the digits from `at` to `end` belong to."""
    if at > 1 and line[at - 1] in "./:-" and line[at - 2].isalnum():
        return None
    after = line[end : end + 2].lstrip()[:1]
    if end - at == 2 and after and after in "./-:" and (found := _SHORT_DATE.match(line, at)):
        return _short(line, found)
    if after and after in "./-년年":
        if found := _EAST_ASIAN.match(line, at) or _NUMERIC.match(line, at):
            style, numbers = _numeric(found)
            return _complete(line, at, found.end(), style, numbers, clock)
    elif after.isalpha() and (found := _RELATIVE.match(line, at)):
        return Stamp(at, found.end(), "relative", ago=found[0])
    before = _word_before(line, max(0, at - 40), at)
    month_before = _month(*before) if before else None
    if month_before and (found := _DAY_AFTER_MONTH.match(line, at)):
        number, start = month_before
        year = int(found[2]) if found[2] else None
        return _complete(line, start, found.end(), "named", (year, number, int(found[1])), clock)
    if end - at < 3 and (found := _DAY_MONTH.match(line, at)) and (number := MONTHS.get(found[2].lower(), 0)):
        year = int(found[3]) if found[3] else None
        return _complete(line, at, found.end(), "named", (year, number, int(found[1])), clock)
    return None


def _short(line: str, found: re.Match[str]) -> Stamp | None:
    """Return "07.12 19:23" or "19:23 07-12", as Korean boards print them: month and day."""
    month, day = int(found[1] or found[4]), int(found[2] or found[5])
    time = _CLOCK.match(line, found.start(3) if found[3] else found.end())
    if time is None or not 0 < month < 13 or not 0 < day < 32:
        return None
    written, zone = _time_of_day(time)
    end = max(found.end(), time.end())
    return Stamp(found.start(), end, "year", (None, month, day), None, written or "", zone, written is not None)


def _numeric(found: re.Match[str]) -> tuple[str, tuple[int | None, int, int]]:
    if found.re is _EAST_ASIAN:
        return "year", (int(found[1]), int(found[2]), int(found[3]))
    if found[1]:
        return "year", (int(found[1]), int(found[3]), int(found[4]))
    year, style = int(found[8]), "numeric"
    if len(found[8]) == 2:
        year, style = year + (2000 if year < 70 else 1900), "short"
    return style, (year, int(found[5]), int(found[7]))


def _word_before(line: str, start: int, end: int) -> tuple[str, int] | None:
    """Return the word that `line[start:end]` ends in, and its place: a full stop, blanks, a bracket may stand behind it."""
    text = line[start:end].removesuffix("(")
    bare = text.rstrip()
    word = bare.rstrip(".,")
    if len(text) - len(bare) > 3 or len(bare) - len(word) > 2:
        return None
    at = word.rfind(" ") + 1
    if not word[at:].isalpha():
        found = _WORD_AT_END.search(word, at)
        if found is None:
            return None
        at = found.start()
    return word[at:], start + at


def _month(word: str, start: int) -> tuple[int, int] | None:
    """Return the month that a word names, and where its name begins: it may be glued to a name ("DanOctober 3")."""
    if number := MONTHS.get(word.lower()):
        return number, start
    if not word.islower():
        for number, name in enumerate(GLUED_MONTHS, 1):
            if len(name) > 3 and word.endswith(name):
                return number, start + len(word) - len(name)
    return None


def _complete(
    line: str, start: int, end: int, style: str, numbers: tuple[int | None, int, int], clock: re.Match[str] | None
) -> Stamp:
    """Add the weekday before or after a date, and the clock time after or before it."""
    weekday = None
    if start and (word := _word_before(line, max(0, start - 20), start)) and word[0].lower() in WEEKDAY_OF:
        weekday, start = WEEKDAY_OF[word[0].lower()], word[1]
    elif korean := _KOREAN_WEEKDAY.match(line, end):
        after = korean.end()
        if "(" in korean[0] or "요일" in korean[0] or after == len(line) or line[after] == " ":
            weekday, end = WEEKDAY_OF[korean[1]], after
    joint = _TO_CLOCK.match(line, end)
    time = _CLOCK.match(line, joint.end()) if joint else None
    if time:
        end = time.end()
    elif clock and clock.end() <= start and _CLOCK_TO_DATE.fullmatch(line, clock.end(), start):
        time, start = clock, clock.start()
    written, zone = _time_of_day(time) if time else ("", "")
    valid = written is not None and _exists(*numbers)
    return Stamp(start, end, style, numbers, weekday, written or "", zone, valid)


def _exists(year: int | None, one: int, two: int) -> bool:
    """Tell whether there is such a day, whichever number is the month."""
    return year is None or calendar_day(year, one, two) is not None or calendar_day(year, two, one) is not None


def _time_of_day(time: re.Match[str]) -> tuple[str | None, str]:
    """Return the time as HH:MM or HH:MM:SS, None where a day has no such time, and the offset from UTC."""
    hour = int(time[2])
    minute, second = int(time[3] or time[5] or time[6] or 0), time[4] or time[7]
    half = (time[8] or time[1] or "").lower()
    if half:
        if not 1 <= hour <= 12 and half not in ("오전", "오후"):
            return None, ""
        hour = hour % 12 + (12 if half in ("p", "pm", "오후") else 0)
    if hour > 23 or minute > 59 or int(second or 0) > 59:
        return None, ""
    named = (time[9] or "").upper()
    zone = ZONES.get(named, "")
    if named[:1] in ("+", "-"):
        zone = f"{named[:3]}:{named[-2:]}" if int(named[1:3]) < 24 and int(named[-2:]) < 60 else ""
    return f"{hour:02}:{minute:02}" + (f":{int(second):02}" if second else ""), zone
