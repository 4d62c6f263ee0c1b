"""Sentences and words of a text, as offsets."""

from __future__ import annotations

import re

_END = re.compile(r"[.!?…。]+[\"'”’)\]]*(?=\s+[\"'“‘(\[]*[^\W\d_a-z]|\s+[\"'“‘(\[]*\d|\s*\n)|\n+")
_SHORT = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|St|Gen|Col|Lt|Capt|Sgt|Sen|Rep|Gov|Jr|Sr|vs|No|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)"
    r"|\b[A-Z](?:\.[A-Z])*)\.$"
)
_WORD = re.compile(r"\w+(?:['’\-]\w+)*")


def sentences(text: str, start: int = 0, end: int | None = None) -> list[tuple[int, int]]:
    """Return the sentences of `text[start:end]` as offsets into `text`, without the blanks between them."""
    end = len(text) if end is None else end
    found, at = [], start
    for match in _END.finditer(text, start, end):
        if not match.group().startswith("\n") and _SHORT.search(text, max(at, match.end() - 12), match.end()):
            continue
        stop = match.end() if not match.group().startswith("\n") else match.start()
        if text[at:stop].strip():
            found.append(_trim(text, at, stop))
        at = match.end()
    if text[at:end].strip():
        found.append(_trim(text, at, end))
    return found


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def words(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the words of `text[start:end]` as offsets into `text`."""
    return [match.span() for match in _WORD.finditer(text, start, end)]
