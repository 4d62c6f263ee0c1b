"""A pasted text as canonical lines that know their place in the decoded capture."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import accumulate

from corpus.text import canonical

_BREAK = re.compile("\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]")
_ODD_BREAK = re.compile("[\r\x0b\x0c\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Lines:
    """Canonical lines; `starts[i]` and `ends[i]` bound line i in the decoded capture, line end excluded."""

    texts: list[str]
    starts: list[int]
    ends: list[int]

    def __len__(self) -> int:
        return len(self.texts)

    def column(self, at: int) -> int:
        """Return how far line `at` is indented; a tab reaches to the next multiple of 8."""
        text = self.texts[at]
        blanks = text[: len(text) - len(text.lstrip())]
        return len(blanks.expandtabs())

    def next_text(self, at: int, end: int) -> int:
        """Return the first line from `at` on that is not blank, `end` where there is none before it."""
        while at < end and not self.texts[at]:
            at += 1
        return at


def split_lines(raw: str) -> Lines:
    """Split decoded text into canonical lines.

    Args:
        raw: the capture as decoded, not yet canonical.
    """
    texts = canonical(raw).split("\n")
    if _ODD_BREAK.search(raw):
        breaks = [found.span() for found in _BREAK.finditer(raw)]
        starts = [0, *(end for _, end in breaks)]
        ends = [*(start for start, _ in breaks), len(raw)]
    else:
        sizes = [len(line) for line in raw.split("\n")]
        starts = [0, *accumulate(size + 1 for size in sizes)][:-1]
        ends = [start + size for start, size in zip(starts, sizes, strict=True)]
    return Lines(texts, starts, ends)


def blocks(lines: Lines, start: int, end: int) -> list[tuple[int, int]]:
    """Return the runs of lines between blank ones, as pairs of first line and line after the last."""
    found, at = [], lines.next_text(start, end)
    while at < end:
        stop = at
        while stop < end and lines.texts[stop]:
            stop += 1
        found.append((at, stop))
        at = lines.next_text(stop, end)
    return found


def dedented(texts: list[str]) -> list[str]:
    """Return lines without the indentation that all of them share."""
    margin = min((len(text) - len(text.lstrip()) for text in texts if text), default=0)
    return [text[margin:] for text in texts] if margin else texts
