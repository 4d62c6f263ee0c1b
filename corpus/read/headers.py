"""Comment headers in pasted text: which lines say who wrote a comment, and when.

No site is known here. A shape of line that repeats, whose weekdays fit its dates and that has text
between its lines, is the header (or footer) of the comments; odd lines of the same making go with it.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from corpus.read.furniture import Tails
from corpus.read.lines import Lines
from corpus.read.shapes import NAME_LIMIT, Dated, Shape, dated_lines, name_like, name_within
from corpus.read.stamps import Stamp

_SAYS = re.compile(
    r"(?:[(\[#]{0,2}([0-9]{1,9})[)\].:]{1,2}\s{1,3})?(\S(?:.{0,58}\S)?)\s?(?<=\s)"
    r"(?:says|said|writes|wrote|sagt|sagte|schrieb|meint|dijo|dice|a dit|disse)\s?(?::|…|\.{3})\Z",
    re.IGNORECASE,
)
_NAME_NUMBER = re.compile(
    r"(?:comment number |comment #?|post #?|[(\[#]{0,2})([0-9]{1,9})[)\].:]{0,2}\s{1,3}(?=\S)", re.IGNORECASE
)
_BYLINES = ("by", "posted by", "posted by:", "submitted by", "written by", "par", "von", "por", "posted on", "on")


@dataclass(frozen=True, slots=True)
class Header:
    """Lines `first` up to `end` that name a comment's author and time.

    `words` are those of the time, `number` what the page shows as number or id, `column` the indentation.
    `apart` is the line of the date where it stands under the body.
    """

    first: int
    end: int
    author: str | None
    stamp: Stamp | None
    words: str | None
    number: str | None
    column: int
    apart: int | None = None


@dataclass(frozen=True, slots=True)
class Headers:
    """The headers of a capture in its order; `below`: they stand under their comments."""

    found: list[Header]
    below: bool = False


def find_headers(lines: Lines, after_article: Callable[[int], bool], tails: Tails) -> Headers:
    """Return the comment headers of a capture; none where nothing repeats or proves itself.

    Args:
        lines: the capture.
        after_article: tells whether a paragraph, or a heading of comments, stands before a line.
        tails: where what stands under comments begins.
    """
    groups: dict[Shape, list[Dated]] = {}
    for line in dated_lines(lines):
        groups.setdefault(line.shape, []).append(line)
    says = _says_lines(lines)
    best: tuple[float, Shape, Headers] | None = None
    for shape, members in groups.items():
        if shape.lead in _BYLINES:
            # an article's own byline often has the shape of the comments' headers
            members = [line for line in members if after_article(line.at)]
        judged = _judge(lines, shape, members, says, tails)
        if judged and (best is None or judged[0] > best[0]):
            best = (judged[0], shape, judged[1])
    if best is None:
        return Headers(_undated(lines, says, after_article, tails))
    _, shape, headers = best
    more = _of_same_making(lines, shape, groups, headers.found, after_article) if headers.found[0].apart is None else []
    found = {header.first: header for header in [*more, *headers.found]}
    return Headers([found[at] for at in sorted(found)], headers.below)


def _judge(
    lines: Lines, shape: Shape, members: list[Dated], says: dict[int, Header], tails: Tails
) -> tuple[float, Headers] | None:
    """Return a family's score and headers; None where it is not one."""
    sound = [line for line in members if line.stamp.valid]
    weekdays = [line for line in sound if line.stamp.weekday is not None and line.stamp.numbers[0] is not None]
    fitting = sum(1 for line in weekdays if line.stamp.orders())
    clock = shape.dates[1]
    proven = bool(fitting) and clock
    if fitting * 10 < len(weekdays) * 7 or not sound:
        return None
    headers = _named_in_line(shape, members) if any(line.name for line in members) else None
    if headers is None and not shape.named_before:
        headers = _named_nearby(lines, members, says)
    if not headers:
        return None
    if not clock and not any(header.author for header in headers):
        return None
    known = proven or headers[0].first in says or (headers[0].end - 1) in says
    if len(sound) < (1 if known and headers[0].author else 2 if clock else 3):
        return None
    below, bodies = _orientation(lines, headers, tails)
    if bodies * 2 <= len(headers) and bodies < len(headers):
        return None
    score = len(headers) * (2 if clock else 1) * (1.5 if headers[0].author else 1) * bodies / len(headers)
    return score, Headers(headers, below)


def _named_in_line(shape: Shape, members: list[Dated]) -> list[Header] | None:
    names = [line for line in members if line.name]
    if sum(name_like(line.name) for line in names) * 10 < len(names) * 7 or len(names) * 2 < len(members):
        return None
    if shape.named_before and len(shape.tail) > 30 and len(members) < 3:
        return None
    return [_header(line, line.name) for line in members if not shape.named_before or name_like(line.name)]


def _header(line: Dated, name: str | None, first: int | None = None, end: int | None = None, **other: int) -> Header:
    if name and len(name) > NAME_LIMIT:
        name = name[:NAME_LIMIT] + "…"
    return Header(
        line.at if first is None else first,
        line.at + 1 if end is None else end,
        name or None,
        line.stamp,
        line.words,
        line.number,
        other.get("column", line.column),
    )


def _named_nearby(lines: Lines, members: list[Dated], says: dict[int, Header]) -> list[Header]:
    """Take the names from the lines above the dates, or below, whichever holds for nearly all; else name nobody."""
    above = [_neighbour(lines, line.at, -1) for line in members]
    under = [_neighbour(lines, line.at, 1) for line in members]
    if split := _split(lines, members, says):
        return split
    for side in (above, under):
        named = [at is not None and at in says for at in side]
        if sum(named) * 2 > len(members):
            pairs = [(line, at) for line, at in zip(members, side, strict=True) if at is not None and at in says]
            return [_with_name(lines, line, at, says[at].author, says[at].number) for line, at in pairs]
    for side in (above, under):
        named = [at is not None and _stands_as_name(lines, at, side is above) for at in side]
        if sum(named) * 10 >= len(members) * 9 and len(members) > 1:
            return [
                _with_name(lines, line, at if good else None)
                for line, at, good in zip(members, side, named, strict=True)
            ]
    return [_header(line, None) for line in members]


def _neighbour(lines: Lines, at: int, step: int) -> int | None:
    """Return the next line with text, over one blank line at most."""
    for there in (at + step, at + 2 * step):
        if 0 <= there < len(lines) and lines.texts[there]:
            return there
    return None


def _stands_as_name(lines: Lines, at: int, above: bool) -> bool:
    text = lines.texts[at].strip()
    text = text[numbered.end() :] if (numbered := _NAME_NUMBER.match(text)) else text
    opens = at == 0 or not lines.texts[at - 1]
    return name_like(text) and text[-1] not in "!?." and len(text.split()) <= 6 and (opens or not above)


def _with_name(lines: Lines, line: Dated, at: int | None, name: str | None = None, number: str | None = None) -> Header:
    if at is None:
        return _header(line, None)
    text, column = lines.texts[at].strip(), lines.column(at)
    numbered = _NAME_NUMBER.match(text)
    if numbered:
        number, column = number or numbered[1], column + numbered.end()
    name = name or text[numbered.end() if numbered else 0 :]
    header = _header(line, name, min(at, line.at), max(at, line.at) + 1, column=column)
    return header if header.number or not number else _numbered(header, number)


def _numbered(header: Header, number: str) -> Header:
    return Header(header.first, header.end, header.author, header.stamp, header.words, number, header.column)


def _split(lines: Lines, members: list[Dated], says: dict[int, Header]) -> list[Header]:
    """Pair `NAME said...` lines with the dates that stand under the bodies."""
    pairs: list[Header] = []
    dates = {line.at: line for line in members}
    opened: Header | None = None
    for at in sorted([*dates, *says]):
        if at in says:
            opened = says[at]
        elif opened and lines.next_text(opened.end, at) < at and lines.next_text(opened.end, at) > opened.first:
            if _neighbour(lines, at, -1) == opened.first:
                return []
            line = dates[at]
            pairs.append(
                Header(
                    opened.first, opened.end, opened.author, line.stamp, line.words, opened.number, opened.column, at
                )
            )
            opened = None
    loose = any(
        lines.next_text(one.apart + 1, two.first) < two.first
        for one, two in itertools.pairwise(pairs)
        if one.apart is not None
    )
    return pairs if len(pairs) > 1 and not loose and len(pairs) * 10 >= len(members) * 7 else []


def _says_lines(lines: Lines) -> dict[int, Header]:
    """Return the lines that are nothing but a name and "says", by their place."""
    found = {}
    for at, text in enumerate(lines.texts):
        if text and text[-1] in ":….":
            line = text.strip()
            said = _SAYS.match(line) if len(line) < 90 else None
            if said and name_like(said[2]):
                column = lines.column(at) + said.start(2)
                found[at] = Header(at, at + 1, said[2], None, None, said[1], column)
    return found


def _undated(lines: Lines, says: dict[int, Header], after_article: Callable[[int], bool], tails: Tails) -> list[Header]:
    headers = [header for header in says.values() if after_article(header.first)]
    if len({header.author for header in headers}) < 3:
        return []
    return headers if _orientation(lines, headers, tails)[1] * 2 > len(headers) else []


def _orientation(lines: Lines, headers: list[Header], tails: Tails) -> tuple[bool, int]:
    """Tell whether headers stand below their bodies, and count the bodies that are not empty."""
    between = sum(lines.next_text(one.end, two.first) < two.first for one, two in itertools.pairwise(headers))
    if headers[0].apart is not None:
        return False, len(headers)
    tail = tails.after(headers[-1].end)
    ends_with_text = lines.next_text(headers[-1].end, tail) < tail
    under = sum(1 for header in headers if header.end == len(lines) or not lines.texts[header.end])
    glued = sum(1 for header in headers if header.first and lines.texts[header.first - 1])
    below = not ends_with_text or (glued == len(headers) and under == len(headers))
    return below, between + (1 if ends_with_text or below else 0)


def _of_same_making(
    lines: Lines,
    shape: Shape,
    groups: dict[Shape, list[Dated]],
    headers: list[Header],
    after_article: Callable[[int], bool],
) -> Iterable[Header]:
    """Return the odd headers: lines that become headers when they are read as being of the family's shape."""
    taken = {at for header in headers for at in range(header.first, header.end)}
    alone = all(header.first == 0 or not lines.texts[header.first - 1] for header in headers)
    first = headers[0].first
    if headers[0].end - headers[0].first > 1:
        return
    for other, members in groups.items():
        for line in members:
            if line.at in taken or (line.at < first and not after_article(line.at)):
                continue
            if alone and shape.named_before and line.at and lines.texts[line.at - 1]:
                continue
            name = name_within(line, shape)
            if name is not None and (name or not shape.named_before):
                yield _header(line, name)
            elif line.at > first and _reply_form(other, shape) and name_like(line.name):
                yield _header(line, line.name)


def _reply_form(other: Shape, shape: Shape) -> bool:
    """Tell whether a line says "NAME answered on DATE" in a family that says "NAME on DATE"."""
    return (
        other.named_before
        and other.dates == shape.dates
        and other.joint.startswith(("a répondu", "replied", "responded", "respondió"))
    )
