"""Comments without names or dates under a heading: list items, names on lines of their own, or bare blocks."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.read.article import is_sentence
from corpus.read.furniture import comment_heading, furniture_reason
from corpus.read.lines import Lines, blocks
from corpus.read.naming import Header, stands_as_name
from corpus.read.page_lines import Heading, Page
from corpus.read.units import Unit, body_text, pingback

_MARKER = re.compile(r"\s{1,30}(?:([0-9]{1,5})\.|[*•-])\s{1,3}(?=\S)")


@dataclass(frozen=True, slots=True)
class Found:
    """Comments found under a heading, and where the page goes on after them; `said` tells what they lack."""

    heading: int
    units: list[Unit]
    tail: int
    said: str


def nameless(page: Page) -> Found | None:
    """Return what stands under the last heading of comments that follows an article; None where nothing can be comments."""
    heading = next((one for one in reversed(page.headings) if one.sure and page.after_article(one.at)), None)
    if heading is None:
        return None
    tail = _end(page, heading)
    items = _items(page.lines, heading.at + 1, tail)
    if items:
        tail = _item_end(page.lines, items, tail)
    found = items or _named(page, heading, tail) or _blocks(page.lines, heading.at + 1, tail)
    if not any(is_sentence(unit.text) or len(unit.text) > 30 for unit in found if unit.kind != "pingback"):
        return None
    blocks_ = sum(unit.kind == "block" for unit in found)
    said = "the comments' dates are not in the capture"
    if blocks_:
        said = f"the comments' names and dates are not in the capture; {blocks_} blocks of text stand without them"
    return Found(heading.at, found, tail, said)


def _end(page: Page, heading: Heading) -> int:
    """Return where the comments end: a form right under the heading stands before them, and not under them."""
    tail = page.tails.after(heading.at + 1)
    if page.running_between(heading.at, tail) == 0:
        return page.tails.after(tail + 1)
    return tail


def _items(lines: Lines, start: int, end: int) -> list[Unit]:
    """Read an indented list whose items are the comments, a list in a list the replies."""
    marks = [(at, found) for at in range(start, end) if (found := _MARKER.match(lines.texts[at]))]
    numbered = [int(found[1]) for _, found in marks if found[1]]
    if len(numbered) < 2 or lines.next_text(start, end) != marks[0][0] or len(numbered) * 2 < len(marks):
        return []
    marks = [(at, found) for at, found in marks if found[1]]
    units = []
    for (at, found), stop in zip(marks, [*(at for at, _ in marks[1:]), end], strict=True):
        column = len(found[0]) - len(found[0].lstrip())
        text = lines.texts[at].strip()
        if pingback(text):
            units.append(Unit(None, None, (at, stop), column, kind="pingback", text=body_text(lines, at, stop)))
            continue
        words = body_text(lines, at, stop)
        unit = Unit(
            None, None, (at, stop), column, text=words[len(found[0].lstrip()) :], kind="block", mark=found[0].strip()
        )
        units.append(unit)
    return units


def _item_end(lines: Lines, items: list[Unit], tail: int) -> int:
    """Return where the last item ends: at the first line that is not indented."""
    last = items[-1]
    for at in range(last.body[0] + 1, tail):
        if lines.texts[at] and not lines.texts[at].startswith((" ", "\t")):
            last.body = (last.body[0], at)
            text = body_text(lines, *last.body)
            last.text = text.removeprefix(last.mark).lstrip() if last.mark else text
            return at
    return tail


def _named(page: Page, heading: Heading, tail: int) -> list[Unit]:
    """Read short lines of their own as names, where there are as many as the heading says, or nearly every other block is one."""
    lines = page.lines
    spans = blocks(lines, heading.at + 1, tail)
    heads = [
        at
        for at, _ in spans
        if stands_as_name(lines, at, above=False)
        and lines.next_text(at + 1, tail) < tail
        and not furniture_reason(lines.texts[at])
        and lines.texts[at].strip()[:1] not in "\"'“„«"
    ]
    if not heads or heads[0] != lines.next_text(heading.at + 1, tail):
        return []
    heads = [at for at, after in zip(heads, [*heads[1:], tail], strict=True) if lines.next_text(at + 1, tail) != after]
    if len(heads) != heading.count or heads[0] != lines.next_text(heading.at + 1, tail):
        return []
    units = []
    for at, stop in zip(heads, [*heads[1:], tail], strict=True):
        name = lines.texts[at].strip()
        header = Header(at, at + 1, name, None, None, None, lines.column(at))
        units.append(Unit(name, header, (at + 1, stop), header.column, text=body_text(lines, at + 1, stop)))
    return units


def _blocks(lines: Lines, start: int, end: int) -> list[Unit]:
    return [
        Unit(None, None, span, text=body_text(lines, *span), kind="block")
        for span in blocks(lines, start, end)
        if not comment_heading(lines.texts[span[0]])[0]
    ]
