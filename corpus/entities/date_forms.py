"""What a form of an English date is read in, what it comes to, and the words for months and numbers.

A value is ISO 8601, as precise as the words: 2018-01-09, 2018-W02, 2018-02, 2018-Q1, 2018-SP for spring, 2018-W02-WE
for a weekend, 198 for a decade, 19 for a century, 2018/2019 for a stretch; None where the words count from an anchor
that is not known.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import NamedTuple

Match = re.Match[str]


class Reading(NamedTuple):
    """What a form means: the group or offsets that are its surface, its value, why, and whether it hangs on the anchor."""

    value: str | None
    why: str
    relative: bool = False
    start: int | None = None
    kind: str = "DATE"
    confidence: float = 0.95


class Setting(NamedTuple):
    """What a form at [start, end) is read in: the day it counts from, and the text."""

    anchor: date | None
    text: str
    start: int
    end: int

    @property
    def clause(self) -> str:
        """The words around the form within its sentence."""
        text, start, end = self.text, self.start, self.end
        first = max(0, start - 80)
        left = max(text.rfind(". ", first, start), text.rfind("\n", first, start), first)
        rights = (text.find(". ", end, end + 40), text.find("\n", end, end + 40), end + 40)
        return f"{text[left:start]} | {text[end : min(at for at in rights if at >= 0)]}"


Read = Callable[[Match, Setting], Reading | None]
"""What a form means; None where it is no date after all. Raises ValueError for a day that no calendar has."""

MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
SHORT_MONTHS = "Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec"
_UP_TO_TWENTY = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
    " eighteen nineteen twenty"
)
NUMBERS = {word: number for number, word in enumerate(_UP_TO_TWENTY.split())}
NUMBERS |= {"a": 1, "an": 1, "couple": 2, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70}
