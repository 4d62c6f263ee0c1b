"""Dates in English and Korean text, with values that keep their grain.

Trigger words ("week", "May", four figures) are looked for first, and the grammar runs only in windows round them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from corpus.entities.names import WORD, normalise

if TYPE_CHECKING:
    from datetime import date


class DateMention(NamedTuple):
    """A date in a text.

    `start`, `end` are code points, end exclusive; `kind` is DATE, or STAMP with a time of day; `value` is ISO 8601 as
    precise as the words (2018-01-09, 2018-01, 2018-W02, 2018, 198, 2003/2008, 2018-SP), None for a relative date
    without an anchor; `relative` tells that it hangs on the anchor.
    """

    start: int
    end: int
    surface: str
    kind: str
    value: str | None
    rule: str
    confidence: float = 0.95
    relative: bool = False


_TRIGGER_WORDS = {
    "month": """january february march april may june july august september october november december
        jan feb mar apr jun jul aug sept sep oct nov dec""",
    "day": """monday tuesday wednesday thursday friday saturday sunday today tomorrow yesterday tonight
        morning afternoon evening night year""",
    "unit": """day days week weeks month months year years decade decades century centuries quarter weekend""",
    "season": "spring summer autumn fall winter",
}
_TRIGGERS: dict[str, tuple[str, ...]] = {}
for _kind, _words in _TRIGGER_WORDS.items():
    for _word in _words.split():
        _TRIGGERS[_word] = (*_TRIGGERS.get(_word, ()), _kind)
_NUMBER = ("figures", "season", "number")
_DAY_IN_FIGURES = re.compile(r"\d[/-]\d|\d\. ?\d")
_BEFORE, _AFTER = 44, 40
_HANGUL = re.compile("[가-힣]")


def find_dates(
    text: str,
    anchor: date | None,
    words: Sequence[tuple[int, int, str]] | None = None,
    places: Mapping[str, list[int]] | None = None,
) -> list[DateMention]:
    """Return the dates of `text` in its order, none overlapping.

    Args:
        text: any text; curly quotes and long dashes count as plain ones.
        anchor: the day that "Friday", "next month" and dates without a year count from; with None they have no value.
        words: (start, end, word) of all words of the text, where the caller has them already.
        places: then also the positions in `words` of each word in lower case.
    """
    text = normalise(text)
    if words is None or places is None:
        words = [(*match.span(), match[0]) for match in WORD.finditer(text)]
        places = {}
        for at, (_, _, word) in enumerate(words):
            places.setdefault(word.lower(), []).append(at)
    taken = bytearray(len(text))
    found = _find_english(text, anchor, _windows(text, words, places), taken)
    if not text.isascii() and _HANGUL.search(text):
        from corpus.entities.korean_dates import find_korean_dates

        found += find_korean_dates(text, anchor, taken)
    found.sort(key=lambda mention: mention.start)
    if found:
        from corpus.entities.told_dates import find_told_dates

        found += find_told_dates(text, found, taken)
    return sorted(found, key=lambda mention: mention.start)


def _find_english(
    text: str, anchor: date | None, windows: dict[str, list[tuple[int, int]]], taken: bytearray
) -> list[DateMention]:
    if not windows:
        return []
    from corpus.entities.date_forms import Setting
    from corpus.entities.date_rules import RULES

    found: list[DateMention] = []
    for kind, rules in RULES.items():
        for pattern, read in rules if kind in windows else ():
            for low, high in windows[kind]:
                for match in pattern.finditer(text, low, high):
                    if taken.find(1, match.start(), match.end()) >= 0:
                        continue
                    try:
                        reading = read(match, Setting(anchor, text, *match.span()))
                    except ValueError:
                        continue
                    if reading is not None:
                        start = match.start() if reading.start is None else reading.start
                        taken[start : match.end()] = b"\1" * (match.end() - start)
                        found.append(
                            DateMention(
                                start,
                                match.end(),
                                text[start : match.end()],
                                reading.kind,
                                reading.value,
                                reading.why,
                                reading.confidence,
                                reading.relative,
                            )
                        )
    return found


def _windows(
    text: str, words: Sequence[tuple[int, int, str]], places: Mapping[str, list[int]]
) -> dict[str, list[tuple[int, int]]]:
    """Return the stretches to read by kind of trigger, those that touch made one."""
    windows: dict[str, list[tuple[int, int]]] = {}
    triggers = [(at, _TRIGGERS[word]) for word in places.keys() & _TRIGGERS.keys() for at in places[word]]
    triggers += [(at, _NUMBER) for word in places if word[0].isdigit() and len(word) >= 4 for at in places[word]]
    for at, kinds in sorted(triggers):
        start, end, _ = words[at]
        for kind in kinds:
            low, high = _blank_at(text, start - _BEFORE), min(len(text), end + _AFTER)
            spans = windows.setdefault(kind, [])
            if spans and low <= spans[-1][1]:
                spans[-1] = (spans[-1][0], high)
            else:
                spans.append((low, high))
    if "figures" in windows and not _DAY_IN_FIGURES.search(text):
        del windows["figures"]
    return windows


def _blank_at(text: str, at: int) -> int:
    """Return the end of the word before `at`, so that no window begins inside a word."""
    return 0 if at <= 0 else max(0, text.rfind(" ", max(0, at - 40), at) + 1, at - 40)
