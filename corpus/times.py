"""ISO 8601 times as a source gives them: checked, never made more precise, compared only where that is sound."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, timedelta

_ISO = re.compile(
    r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2})(?:[T ]([0-9]{2}):([0-9]{2})(?::([0-9]{2})([.,][0-9]{1,18})?)?\s?"
    r"(Z|[+-][0-9]{2}:?[0-9]{2}|[+-][0-9]{2})?)?)?)?\Z"
)


def iso(text: str) -> str | None:
    """Return `text` in the form of ISO 8601 that this program keeps, as precise as it is; None where it is no such time."""
    found = _ISO.match(text.strip())
    if not found:
        return None
    year, month, day, hour, minute, second, fraction, zone = found.groups()
    offset = _offset(zone)
    if offset is None:
        return None
    try:
        datetime(int(year), int(month or 1), int(day or 1), int(hour or 0), int(minute or 0), int(second or 0))
    except ValueError:
        return None
    date = "-".join(part for part in (year, month, day) if part)
    if hour is None:
        return date
    clock = f"{hour}:{minute}" + (f":{second}" if second else "") + (fraction or "").replace(",", ".")
    return f"{date}T{clock}{offset}"


def _offset(zone: str | None) -> str | None:
    """Return an offset as written in ISO 8601, empty where none is stated, None where none is so large."""
    if not zone or zone == "Z":
        return zone or ""
    hours, minutes = zone[1:3], zone[3:].lstrip(":") or "00"
    return f"{zone[0]}{hours}:{minutes}" if int(hours) < 24 and int(minutes) < 60 else None


def instant(text: str) -> tuple[datetime, bool] | None:
    """Return a time of `iso` form as (UTC or local time, whether a zone is stated); None where it is a mere date."""
    found = _ISO.match(text)
    if not found or found[4] is None:
        return None
    year, month, day, hour, minute, second, fraction, zone = found.groups()
    micro = int((fraction or ".0")[1:7].ljust(6, "0"))
    local = datetime(int(year), int(month), int(day), int(hour), int(minute), int(second or 0), micro)
    if not zone:
        return local, False
    if zone == "Z":
        return local, True
    ahead = timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:]))
    try:
        return local - ahead if zone[0] == "+" else local + ahead, True
    except OverflowError:
        return local, True


def comparable(times: Sequence[str | None]) -> list[str] | None:
    """Return keys that sort `times`; None where one is missing, or they do not tell the same.

    Times without a zone are compared with each other only, and dates without a clock time as well.
    """
    given = [time for time in times if time is not None]
    if len(given) < len(times) or len({_form(time) for time in given}) > 1:
        return None
    if not given or _form(given[0]) != "zoned":
        return given
    moments = [instant(time) for time in given]
    return [moment[0].isoformat() for moment in moments if moment]


def _form(time: str) -> str:
    """Tell what a time can be compared with: others of its form."""
    if "T" not in time:
        return f"date of {len(time)}"
    return "zoned" if time.endswith("Z") or time[-6] in "+-" else "local"
