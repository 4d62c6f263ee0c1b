"""Comment headers in pasted text: which lines say who wrote a comment, and when.

No site is known here. A shape of line that repeats, whose weekdays fit its dates and that has text
between its lines, is the header (or footer) of the comments; odd lines of the same making go with it.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass

from corpus.read.furniture import BUTTONS
from corpus.read.growth import grown
from corpus.read.lines import Lines
from corpus.read.naming import Header, named_header, named_nearby, names_over_bodies, says_lines
from corpus.read.page_lines import Page
from corpus.read.proof import believable
from corpus.read.shapes import Dated, Shape, dated_lines, name_like, name_within
from corpus.read.undated import undated_headers

_BYLINES = ("by", "posted by", "posted by:", "submitted by", "written by", "par", "von", "por", "posted on", "on")


@dataclass(frozen=True, slots=True)
class Headers:
    """The headers of a capture in its order; `below`: they stand under their comments."""

    found: list[Header]
    below: bool = False


def find_headers(page: Page) -> Headers:
    """Return the comment headers of a capture; none where nothing repeats or proves itself."""
    lines = page.lines
    groups: dict[Shape, list[Dated]] = {}
    for line in dated_lines(lines):
        groups.setdefault(line.shape, []).append(line)
    says = says_lines(lines)
    best: tuple[float, Shape, Headers] | None = None
    for shape, members in groups.items():
        judged = _judge(page, shape, _without_byline(page, shape, members), says)
        if judged and (best is None or judged[0] > best[0]):
            best = (judged[0], shape, judged[1])
    undated = undated_headers(page, says)
    if best is None or len(undated) > 2 * len(best[2].found):
        return Headers(undated)
    _, shape, headers = best
    more = _of_same_making(page, shape, groups, headers.found) if headers.found[0].apart is None else []
    found = {header.first: header for header in [*more, *headers.found]}
    return Headers([found[at] for at in sorted(found)], headers.below)


def _without_byline(page: Page, shape: Shape, members: list[Dated]) -> list[Dated]:
    """Leave out the article's own byline, which often has the shape of the comments' headers."""
    if shape.lead in _BYLINES:
        return [line for line in members if page.after_text(line.at)]
    if len(members) > 1 and members[0].at and not page.after_text(members[0].at):
        sizes = [page.running_between(one.at, two.at) for one, two in itertools.pairwise(members)]
        if sizes[0] > 600 and sizes[0] > 3 * max(sizes[1:], default=0):
            return members[1:]
    return members


def _judge(page: Page, shape: Shape, members: list[Dated], says: dict[int, Header]) -> tuple[float, Headers] | None:
    """Return a family's score and headers; None where it is not one."""
    if not members:
        return None
    headers = _named_in_line(shape, members) if any(line.name for line in members) else None
    if headers is None and not shape.named_before:
        headers = named_nearby(page.lines, members, says)
    if not headers:
        return None
    headers = headers if headers[0].apart is not None else grown(page.lines, headers)
    below, bodies = _orientation(page, headers)
    if bodies * 2 <= len(headers) and bodies < len(headers):
        return None
    if below and not any(header.author for header in headers):
        headers = names_over_bodies(page, headers) or headers
        below = headers[0].apart is None
    said = any(at in says for at in range(headers[0].first, headers[0].end))
    if not believable(page, shape, members, headers, below=below, said=said):
        return None
    clock = shape.dates[1]
    score = len(headers) * (2 if clock else 1) * (1.5 if headers[0].author else 1) * bodies / len(headers)
    return score, Headers(headers, below)


def _named_in_line(shape: Shape, members: list[Dated]) -> list[Header] | None:
    names = [line for line in members if line.name]
    if sum(name_like(line.name) for line in names) * 10 < len(names) * 7 or len(names) * 2 < len(members):
        return None
    if shape.named_before and len(shape.tail) > 30 and len(members) < 3:
        return None
    return [named_header(line, line.name) for line in members if not shape.named_before or name_like(line.name)]


def _orientation(page: Page, headers: list[Header]) -> tuple[bool, int]:
    """Tell whether headers stand below their bodies, and count the bodies that are not empty."""
    lines = page.lines
    between = sum(page.text_between(one.end, two.first) for one, two in itertools.pairwise(headers))
    if headers[0].apart is not None:
        return False, len(headers)
    tail = page.tails.after(headers[-1].end)
    ends_with_text = _text_after(lines, headers[-1].end, tail)
    votes = sum(_leaning(lines, header) for header in headers)
    # what stands after the last header decides, unless all headers cling to the other side
    below = votes == -len(headers) and _glued(lines, headers) if ends_with_text else votes < max(len(headers) - 1, 1)
    return below, between + (1 if ends_with_text or below else 0)


def _glued(lines: Lines, headers: list[Header]) -> bool:
    """Tell whether text stands right above all headers, and none right under them."""
    return all(
        header.first and lines.texts[header.first - 1] and (header.end == len(lines) or not lines.texts[header.end])
        for header in headers
    )


def _text_after(lines: Lines, start: int, tail: int) -> bool:
    """Tell whether anything but buttons stands between the last header and the end."""
    return any(
        lines.texts[at] and not BUTTONS.match(lines.texts[at].strip()) for at in range(start, min(tail, start + 40))
    )


def _leaning(lines: Lines, header: Header) -> int:
    """Return 1 where a header stands nearer to what follows, -1 where nearer to what stands before it, else 0."""
    before, after = header.first, header.end
    while before and not lines.texts[before - 1] and header.first - before < 9:
        before -= 1
    while after < len(lines) and not lines.texts[after] and after - header.end < 9:
        after += 1
    over, under = header.first - before, after - header.end
    return (over > under) - (over < under) if before and after < len(lines) else 0


def _of_same_making(
    page: Page, shape: Shape, groups: dict[Shape, list[Dated]], headers: list[Header]
) -> Iterable[Header]:
    """Return the odd headers: lines that become headers when they are read as being of the family's shape."""
    lines = page.lines
    taken = {at for header in headers for at in range(header.first, header.end)}
    alone = all(header.first == 0 or not lines.texts[header.first - 1] for header in headers)
    first = headers[0].first
    if headers[0].end - headers[0].first > 1:
        return
    for other, members in groups.items():
        for line in members:
            if line.at in taken or (line.at < first and not page.after_article(line.at)):
                continue
            if alone and shape.named_before and line.at and lines.texts[line.at - 1]:
                continue
            name = name_within(line, shape)
            if name is not None and (name or not shape.named_before):
                yield named_header(line, name)
            elif line.at > first and _reply_form(other, shape) and name_like(line.name):
                yield named_header(line, line.name)


def _reply_form(other: Shape, shape: Shape) -> bool:
    """Tell whether a line says "NAME answered on DATE" in a family that says "NAME on DATE"."""
    return (
        other.named_before
        and other.dates == shape.dates
        and other.joint.startswith(("a répondu", "replied", "responded", "respondió"))
    )
