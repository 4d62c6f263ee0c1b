"""Comments whose dates are not in the capture: lines that say who speaks, or that close a comment."""

from __future__ import annotations

import itertools
import re

from corpus.read.closings import closes
from corpus.read.lines import Lines
from corpus.read.naming import Header, name_alone, stands_as_name
from corpus.read.page_lines import Heading, Page
from corpus.read.shapes import name_like

_JOINT = re.compile(
    r"(\S.{0,58}?)\s(?:am|on|at|le|el|um|il|•|·|—|–|\||wrote|says|said|sagt|schrieb)\s?:?\Z", re.IGNORECASE
)
_NUMBERED = re.compile(r"(?:[(\[#]{1,2}([0-9]{1,6})[)\]:.]{0,2}|([0-9]{1,6})[.)])\s{1,3}(\S.{0,58})\Z")


def undated_headers(page: Page, says: dict[int, Header]) -> list[Header]:
    """Return the headers of comments that show no date; none where nothing proves them.

    Args:
        page: the capture.
        says: lines that are nothing but a name and "says".
    """
    said = [header for header in says.values() if page.after_text(header.first)]
    if said and _enough(page, said):
        return said
    heading = next(
        (heading for heading in reversed(page.headings) if heading.sure and page.after_article(heading.at)), None
    )
    if closed := _closed(page, heading):
        return closed
    if heading is None:
        return []
    end = page.tails.after(heading.at + 1)
    found = [_joined(page.lines, heading, end), _numbered(page.lines, heading, end)]
    return next((headers for headers in found if headers and _with_bodies(page, headers, end)), [])


def _enough(page: Page, said: list[Header]) -> bool:
    if not _with_bodies(page, said, page.tails.after(said[-1].end)):
        return False
    if page.announced(said[0].first):
        return True
    # an article may quote one speaker, or two in turns
    written = sum(1 for header in said if page.lines.texts[header.first].endswith((".", "…")) or header.number)
    authors = {header.author for header in said}
    return page.after_article(said[0].first) and (
        len(authors) > 2 or written * 2 > len(said) or (len(authors) > 1 and len(said) < 4)
    )


def _with_bodies(page: Page, headers: list[Header], end: int) -> bool:
    bodies = sum(page.text_between(one.end, two.first) for one, two in itertools.pairwise(headers))
    bodies += page.text_between(headers[-1].end, max(end, headers[-1].end))
    return bodies * 10 >= len(headers) * 8


def _joined(lines: Lines, heading: Heading, end: int) -> list[Header]:
    """Read `NAME on`, where the date behind it is lost: the same last word over and over."""
    found: dict[str, list[Header]] = {}
    for at in range(heading.at + 1, end):
        text = lines.texts[at].strip()
        if 3 < len(text) <= 64 and (named := _JOINT.match(text)) and name_like(named[1]):
            found.setdefault(text[named.end(1) :].lower(), []).append(_header(lines, at, named[1]))
    best = max(found.values(), key=len, default=[])
    return best if len(best) > 2 else []


def _numbered(lines: Lines, heading: Heading, end: int) -> list[Header]:
    """Read `3. NAME`, numbered upwards without a gap."""
    found = []
    for at in range(heading.at + 1, end):
        text = lines.texts[at].strip()
        if len(text) <= 70 and (named := _NUMBERED.match(text)) and name_like(named[3]):
            found.append(_header(lines, at, named[3])._replace(number=named[1] or named[2]))
    numbers = [int(header.number or 0) for header in found]
    return (
        found if numbers and numbers == list(range(numbers[0], numbers[0] + len(numbers))) and numbers[0] == 1 else []
    )


def _closed(page: Page, heading: Heading | None) -> list[Header]:
    """Read comments that end in a line of buttons or votes; each opens with a name where nearly all do."""
    lines = page.lines
    first = heading.at + 1 if heading else 0
    ends = [at for at in range(first, len(lines)) if closes(lines.texts[at]) and (heading or page.after_article(at))]
    ends = [
        at
        for at, after in zip(ends, [*ends[1:], len(lines)], strict=False)
        if lines.next_text(at + 1, after) < after or after == len(lines)
    ]
    ends = [
        at for at, after in zip(ends, [*ends[1:], -1], strict=False) if after != lines.next_text(at + 1, len(lines))
    ]
    if len(ends) < (1 if heading else 2):
        return []
    starts = [_begin(lines, first if heading else None, ends[0])] + [
        lines.next_text(at + 1, len(lines)) for at in ends[:-1]
    ]
    headers = []
    for start, end in zip(starts, ends, strict=True):
        named = stands_as_name(lines, start, above=False) and lines.next_text(start + 1, end) < end
        name = name_alone(lines.texts[start]) if named else None
        headers.append(_header(lines, start, name))
    if sum(header.author is not None for header in headers) * 10 < len(headers) * 8:
        return [header._replace(author=None, end=header.first) for header in headers]
    return [header if header.author else header._replace(end=header.first) for header in headers]


def _begin(lines: Lines, first: int | None, end: int) -> int:
    """Return where the first comment begins: under the heading, else at a name over its text, else the last block."""
    if first is not None:
        return lines.next_text(first, end)
    at = end - 1
    while at > 0 and not lines.texts[at]:
        at -= 1
    while at > 0 and lines.texts[at - 1]:
        at -= 1
    above = at - 1
    while above > 0 and not lines.texts[above]:
        above -= 1
    alone = above > 0 and not lines.texts[above - 1] and stands_as_name(lines, above)
    return above if alone and not stands_as_name(lines, at) else at


def _header(lines: Lines, at: int, name: str | None) -> Header:
    return Header(at, at + 1, name, None, None, None, lines.column(at))
