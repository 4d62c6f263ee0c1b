"""Lines that stand over or under every header of a capture alike, and so belong to it: a picture's label, a rank, a number."""

from __future__ import annotations

import itertools
import re
from collections import Counter

from corpus.read.furniture import comment_heading
from corpus.read.lines import Lines
from corpus.read.naming import Header, neighbour

_DIGITS = re.compile(r"[0-9]+")
_MOST = 3
_LONGEST = 80


def grown(lines: Lines, headers: list[Header]) -> list[Header]:
    """Return the headers with the lines around them that are the same for nearly all, but for name and number."""
    for step in (-1, 1):
        for _ in range(_MOST):
            more = _one_line(lines, headers, step)
            if more is None:
                break
            headers = more
    return headers


def _one_line(lines: Lines, headers: list[Header], step: int) -> list[Header] | None:
    places = [_beside(lines, headers, at, step) for at in range(len(headers))]
    forms = [
        None if place is None else _form(lines.texts[place], header.author)
        for place, header in zip(places, headers, strict=True)
    ]
    # a line that closes a comment stands over the next header too, but not over the first
    edge = forms[0] if step < 0 else forms[-1]
    if edge is None or Counter(forms)[edge] * 10 < len(headers) * 8 or (len(headers) < 2 and "\0" not in edge):
        return None
    taller = [
        header if form != edge or place is None else _with(header, place)
        for header, form, place in zip(headers, forms, places, strict=True)
    ]
    between = sum(lines.next_text(one.end, two.first) < two.first for one, two in itertools.pairwise(taller))
    return taller if between * 2 >= len(taller) - 1 else None


def _beside(lines: Lines, headers: list[Header], at: int, step: int) -> int | None:
    """Return the line next to a header that no other header and no heading takes."""
    header = headers[at]
    place = neighbour(lines, header.first if step < 0 else header.end - 1, step)
    if place is None or len(lines.texts[place]) > _LONGEST or comment_heading(lines.texts[place])[0]:
        return None
    if step < 0:
        return place if at == 0 or place >= headers[at - 1].end else None
    return place if at + 1 == len(headers) or place < headers[at + 1].first else None


def _form(text: str, author: str | None) -> str:
    text = text.strip().replace(author, "\0") if author else text.strip()
    return _DIGITS.sub("0", text.lower())


def _with(header: Header, place: int) -> Header:
    return header._replace(first=min(header.first, place), end=max(header.end, place + 1))
