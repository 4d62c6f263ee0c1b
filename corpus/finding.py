"""Search inside one text, for a pane: the words as typed, and only where they are nowhere, likely slips of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice

from corpus.fuzzy import close, distance
from corpus.index.tokens import MAX_STEM, edits_allowed, is_glued, letters, places
from corpus.text import canonical_line, fold

LONGEST = 256
MOST = 5000
"""Matches returned of one text."""
_BLANKS = r"[^\S\n]+"


@dataclass(frozen=True, slots=True)
class Match:
    """A stretch of a text, code points, end exclusive, and why it was taken."""

    start: int
    end: int
    why: str


Word = tuple[str, int, int]


def find_in(text: str, query: str, *, exact_only: bool = False) -> list[Match]:
    """Return where `query` stands in a text, in order; if nowhere, the words that it may be a slip of.

    Args:
        text: canonical text.
        query: as typed; case, width, diacritics and the kind of blanks do not count.
        exact_only: leave slips out, for who looks through many texts and wants the exact ones first.
    """
    wanted = fold(canonical_line(query, LONGEST)).text.split()
    if not wanted:
        return []
    folded = fold(text)
    exact = re.compile(_BLANKS.join(map(re.escape, wanted)))
    found = [(*item.span(), "exact") for item in islice(exact.finditer(folded.text), MOST)]
    if not found and not exact_only:
        found = _slips(places(folded.text), [word for word, _, _ in places(" ".join(wanted))])
    matches = []
    for first, last, why in found:
        start, end = folded.source(first, last)
        matches.append(Match(start, end, why if why == "exact" else f"{why}: {' '.join(text[start:end].split())}"))
    return matches


def _slips(words: list[Word], wanted: list[str]) -> list[tuple[int, int, str]]:
    """Return stretches of whole words that differ from the wanted ones by typing errors, none overlapping."""
    if not wanted or not words:
        return []
    edits = [_close_words(word, words) for word in wanted]
    joined = "".join(wanted)
    found: list[tuple[int, int, str]] = []
    at = 0
    while at < len(words):
        size, why = _fits(words, at, edits) or _joins(words, at, joined, len(wanted)) or (0, "")
        if size:
            found.append((words[at][1], words[at + size - 1][2], why))
        at += size or 1
    return found


def _close_words(word: str, words: list[Word]) -> dict[str, int]:
    """Return the words of a text that `word` may stand for, with the letters that differ."""
    distinct = list(dict.fromkeys(there for there, _, _ in words if is_glued(there) == is_glued(word)))
    allowed, spelt = edits_allowed(word), letters(word)
    if not is_glued(word):
        candidates = [(there, there) for there in distinct]
    else:
        # a particle may follow: any beginning of about the right length is tried
        lengths = range(max(1, len(word) - 1), min(len(word) + 1, MAX_STEM) + 1)
        candidates = [(letters(there[:size]), there) for there in distinct for size in lengths if size <= len(there)]
    found: dict[str, int] = {}
    for at, differing in close(spelt, [spelling for spelling, _ in candidates], allowed):
        there = candidates[at][1]
        found[there] = min(differing, found.get(there, differing))
    return found


def _fits(words: list[Word], at: int, edits: list[dict[str, int]]) -> tuple[int, str] | None:
    if at + len(edits) > len(words):
        return None
    total = 0
    for offset, known in enumerate(edits):
        differing = known.get(words[at + offset][0])
        if differing is None:
            return None
        total += differing
    return len(edits), _how_many(total)


def _joins(words: list[Word], at: int, joined: str, count: int) -> tuple[int, str] | None:
    """Take a word that is written as two, or two written as one."""
    if len(joined) < 6:
        return None
    for size in (count - 1, count + 1):
        if 0 < size <= len(words) - at:
            there = "".join(word for word, _, _ in words[at : at + size])
            if there[0] == joined[0] and abs(len(there) - len(joined)) <= 1 and distance(there, joined, 1) <= 1:
                return size, "written together or apart"
    return None


def _how_many(edits: int) -> str:
    words = {0: "other marks between the words", 1: "one letter differs", 2: "two letters differ"}
    return words.get(edits, f"{edits} letters differ")
