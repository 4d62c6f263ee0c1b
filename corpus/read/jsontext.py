"""JSON from outside, strictly: bounded depth, no NaN, no giant numbers, one kind of error."""

from __future__ import annotations

import json
import math
from collections import Counter
from typing import Any

from corpus.record_reading import RecordError
from corpus.text import canonical_line

_LONGEST_INTEGER = 400


def parse(text: str, depth: int, notes: list[str]) -> Any:
    """Return the value that `text` holds.

    Args:
        text: one JSON value.
        depth: how deep lists and objects may be nested.
        notes: receives a sentence for each oddity that was repaired.

    Raises RecordError, whose message is for the user.
    """

    odd = _Oddities(notes)
    try:
        value = json.loads(
            text, parse_constant=odd.constant, parse_float=odd.real, parse_int=_whole, object_pairs_hook=odd.pairs
        )
    except json.JSONDecodeError as error:
        raise RecordError(f"it is not valid JSON at line {error.lineno}, column {error.colno}") from None
    except RecursionError:
        raise RecordError("its JSON is nested too deeply") from None
    except (ValueError, MemoryError):
        raise RecordError("it is not valid JSON") from None
    if _deeper_than(value, depth):
        raise RecordError("its JSON is nested too deeply")
    return value


class _Oddities:
    """Takes the values that the parser finds odd, and notes what was done with them."""

    def __init__(self, notes: list[str]) -> None:
        self.notes = notes

    def constant(self, name: str) -> None:
        self.notes.append(f"{name} is no JSON value and was left out")

    def real(self, digits: str) -> float | None:
        value = float(digits)
        if math.isfinite(value):
            return value
        self.notes.append("a number too large to be one was left out")
        return None

    def pairs(self, items: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(items)
        if len(found) < len(items):
            for key, count in Counter(key for key, _ in items).items():
                if count > 1:
                    said = f'"{canonical_line(key, 40)}" stands twice in one object; the last value was kept'
                    self.notes.append(said)
        return found


def _whole(digits: str) -> int | str:
    return int(digits) if len(digits) <= _LONGEST_INTEGER else digits


def _deeper_than(value: Any, depth: int) -> bool:
    level = [value]
    for _ in range(depth):
        level = [
            child
            for item in level
            if isinstance(item, (dict, list))
            for child in (item.values() if isinstance(item, dict) else item)
            if isinstance(child, (dict, list))
        ]
        if not level:
            return False
    return True
