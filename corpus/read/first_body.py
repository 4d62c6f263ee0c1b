"""Where the first comment begins in captures whose headers stand under their comments."""

from __future__ import annotations

import itertools
import re
from collections import Counter

from corpus.read.furniture import furniture_reason
from corpus.read.headers import Headers
from corpus.read.lines import Lines
from corpus.read.page_lines import Page

_FOOT = re.compile(
    r"(?:posted (?:by|in|at|on)|filed (?:under|in)|tags?:|labels:|categor(?:y|ies)|published|this entry was|about the author|share|permalink)",
    re.IGNORECASE,
)
_FAR = 25


def first_body(page: Page, headers: Headers, heading: int | None) -> tuple[int, bool]:
    """Return the first line of the first comment, and whether anything marks it.

    Args:
        page: the capture.
        headers: that stand under their comments.
        heading: the line of the heading over the comments, None where there is none.
    """
    lines, footer = page.lines, headers.found[0].first
    if heading is not None:
        return lines.next_text(heading + 1, footer), True
    starts = _starts(lines, footer, glued=_are_glued(lines, headers))
    if not starts:
        return footer, False
    for at in starts[:6]:
        above = _above(lines, at)
        if (
            above is not None
            and page.after_article(above)
            and (_FOOT.match(lines.texts[above].strip()) or furniture_reason(lines.texts[above]))
        ):
            return at, True
    gaps = {at: _gap(lines, at) for at in starts}
    usual = Counter(gaps.values()).most_common(1)[0][0]
    wide = [at for at in starts if gaps[at] > max(usual, 1)]
    if len(wide) == 1 or (wide and len(starts) > 3 * len(wide)):
        return wide[0], True
    return starts[0], False


def _starts(lines: Lines, footer: int, *, glued: bool) -> list[int]:
    """Return the lines before a footer where a text may begin, the nearest first."""
    found: list[int] = []
    for at in range(footer - 1, max(footer - 120, -1), -1):
        if lines.texts[at] and (glued or at == 0 or not lines.texts[at - 1]):
            found.append(at)
            if len(found) == _FAR:
                break
    return found


def _are_glued(lines: Lines, headers: Headers) -> bool:
    """Tell whether the capture has no blank lines between its paragraphs."""
    sizes = [two.first - one.end for one, two in itertools.pairwise(headers.found)]
    start = max(headers.found[0].first - 60, 0)
    blank = sum(1 for at in range(start, headers.found[0].first) if not lines.texts[at])
    return blank * 8 < headers.found[0].first - start and (not sizes or min(sizes) >= 0)


def _above(lines: Lines, at: int) -> int | None:
    return next((there for there in range(at - 1, max(at - 10, -1), -1) if lines.texts[there]), None)


def _gap(lines: Lines, at: int) -> int:
    above = _above(lines, at)
    return 0 if above is None else at - above - 1
