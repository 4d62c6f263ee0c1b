"""A pasted text as canonical lines that know their place in the decoded capture."""

from __future__ import annotations

import re
from functools import cached_property
from itertools import accumulate

from corpus.text import canonical_lines

_BREAK = re.compile("\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]")
_NO_DIGIT = bytes({*range(256)} - {*b"0123456789\n"})
_ODD_BREAK = re.compile("[\r\x0b\x0c\x85\u2028\u2029]")


class Lines:
    """Canonical lines of a capture, and where they stand in it as it was decoded."""

    def __init__(self, texts: list[str], raw: str) -> None:
        """Hold the lines of `raw`, the decoded capture."""
        self.texts = texts
        self._raw = raw

    @cached_property
    def _spans(self) -> tuple[list[int], list[int]]:
        raw = self._raw
        if _ODD_BREAK.search(raw):
            breaks = [found.span() for found in _BREAK.finditer(raw)]
            return [0, *(end for _, end in breaks)], [*(start for start, _ in breaks), len(raw)]
        sizes = [len(line) for line in raw.split("\n")]
        starts = [0, *accumulate(size + 1 for size in sizes)][:-1]
        return starts, [start + size for start, size in zip(starts, sizes, strict=True)]

    @property
    def starts(self) -> list[int]:
        """Where each line begins in the decoded capture."""
        return self._spans[0]

    @property
    def ends(self) -> list[int]:
        """Where each line ends in the decoded capture, line end excluded."""
        return self._spans[1]

    def __len__(self) -> int:
        return len(self.texts)

    def since(self, first: int) -> Lines:
        """Return the lines from `first` on as a capture of their own."""
        return Lines(self.texts[first:], self._raw[self.starts[first] :] if first < len(self) else "")

    def with_digits(self) -> list[int]:
        """Return the lines that hold one of the digits 0 to 9."""
        # the sifting of bytes takes a fraction of what a search in every line does
        digits = "\n".join(self.texts).encode().translate(None, _NO_DIGIT).split(b"\n")
        return [at for at, found in enumerate(digits) if found]

    def column(self, at: int) -> int:
        """Return how far line `at` is indented; a tab reaches to the next multiple of 8."""
        text = self.texts[at]
        if text[:1] > " " and not text[0].isspace():
            return 0
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
    return Lines(canonical_lines(raw), raw)


def blocks(lines: Lines, start: int, end: int) -> list[tuple[int, int]]:
    """Return the runs of lines between blank ones, as pairs of first line and line after the last."""
    found, first = [], -1
    for at, text in enumerate(lines.texts[start:end], start):
        if text:
            first = at if first < 0 else first
        elif first >= 0:
            found.append((first, at))
            first = -1
    if first >= 0:
        found.append((first, min(end, len(lines))))
    return found


def dedented(texts: list[str]) -> list[str]:
    """Return lines without the indentation that all of them share."""
    margin = min((len(text) - len(text.lstrip()) for text in texts if text), default=0)
    return [text[margin:] for text in texts] if margin else texts
