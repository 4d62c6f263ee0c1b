"""Values of foreign records: text, names and dates taken where they are such, else reported."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from corpus.read.stamp_finder import find_stamp
from corpus.text import canonical_line
from corpus.times import instant, iso


def text(value: Any) -> str | None:
    """Return what can be taken for text: a string, a number, or an object that wraps a string."""
    if isinstance(value, dict):
        inner = [
            value[key]
            for key in ("text", "plain", "body", "rendered", "html", "value")
            if isinstance(value.get(key), str)
        ]
        value = inner[0] if inner else None
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)
    return value if isinstance(value, str) else None


def line(value: Any, name: str, problems: list[str]) -> str | None:
    """Return a value as one canonical line; `name` is what a problem calls it."""
    if value is None:
        return None
    found = text(value)
    if found is None:
        problems.append(f"{name} is no text and was left out")
        return None
    return canonical_line(found) or None


def names(value: Any, problems: list[str]) -> tuple[str, ...]:
    """Return the names in a string, an object with a name, or a list of such."""
    values = value if isinstance(value, list) else [value]
    found = [line(item.get("name") if isinstance(item, dict) else item, "author", problems) for item in values]
    return tuple(name for name in found if name)


def date(
    record: Mapping[str, Any], keys: tuple[str, ...], problems: list[str], where: str = ""
) -> tuple[str | None, str | None, str | None]:
    """Return a date in ISO 8601, its words, and where it was found; without the first where it is no date."""
    key = next((key for key in keys if record.get(key) not in (None, "")), None)
    if key is None:
        return None, None, None
    value = record[key]
    words = text(value)
    raw = canonical_line(str(value) if words is None else words, 200)
    found = moment(value)
    if found is None:
        problems.append(f'{where}"{canonical_line(raw, 60)}" is not understood as a date; the words are kept')
        return None, raw, None
    return found, raw, f'field "{key}" of the record'


def unescaped(value: str) -> str:
    """Return text that was escaped once too often ("O&#039;Donnell") as it was meant; one about markup stays as it is."""
    if "&" not in value or "&lt;" in value or "&gt;" in value:
        return value
    from html import unescape

    return unescape(value)


def moment(value: Any) -> str | None:
    """Return a date in ISO 8601 from its words, or from seconds or milliseconds since 1970; None where it is none.

    The first day of the calendar and the first second of 1970 are what programs write where a date was never set.
    """
    if isinstance(value, bool):
        return None
    if isinstance(value, (int, float)):
        seconds = value / 1000 if value > 1e11 else value
        if not 1e8 <= seconds <= 4e9:
            return None
        return datetime.fromtimestamp(int(seconds), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    if not isinstance(value, str) or len(value) > 200:
        return None
    words = value.strip()
    if known := iso(words):
        return None if _never_set(known) else known
    stamp = find_stamp(words)
    whole = stamp and not words[: stamp.start].strip() and not words[stamp.end :].strip()
    return stamp.iso(None) if stamp and whole else None


def _never_set(known: str) -> bool:
    if known.startswith("0001-01-01"):
        return True
    at = instant(known) if "T" in known else None
    return at is not None and at == (datetime(1970, 1, 1), True)
