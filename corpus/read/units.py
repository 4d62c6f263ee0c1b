"""Comments cut out of pasted text: bodies between headers, what clings to them peeled off, depth by indentation."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field

from corpus.model import Votes
from corpus.read.closings import closes
from corpus.read.furniture import BUTTONS
from corpus.read.headers import Headers
from corpus.read.lines import Lines, blocks, dedented
from corpus.read.naming import Header

_PICTURE = re.compile(
    r"(?:(?:picture|avatar|photo) (?:of|for) .{1,60}|.{1,60}[’']s? (?:picture|avatar|photo))\Z", re.IGNORECASE
)
_IN_REPLY = re.compile(r"(?:in reply to|als antwort auf|en réponse à|antwort auf)\s(.{1,200})\Z", re.IGNORECASE)
_NOT_VERIFIED = re.compile(r"\(not verified\)|\(?nicht (?:registriert|überprüft)\)?|\[?guest\]?", re.IGNORECASE)
_PINGBACK = re.compile(r"([0-9]{1,6}[.)]\s+)?(?:pingback|trackback)\s?:?\s+(\S.*)\Z", re.IGNORECASE)
_VOTES = (
    re.compile(r"(?P<score>[+-]?[0-9]{1,7})\s{0,2}\(\s?\+(?P<up>[0-9]{1,7})\s?/\s?-(?P<down>[0-9]{1,7})\s?\)\Z"),
    re.compile(r"vote up!\s?(?P<up>[0-9]{1,7})\s{0,3}vote down!\s?(?P<down>[0-9]{1,7})\Z", re.IGNORECASE),
    re.compile(r"(?:공감|추천|좋아요)\s?(?P<up>[0-9]{1,7})\s{0,3}(?:비공감|반대|싫어요)\s?(?P<down>[0-9]{1,7})\Z"),
)


_SCORE = re.compile(r"[+-][0-9]{1,7}\Z")

NAME_AGAIN = "the name again"
"""Why a line that repeats the header's name is set aside: it is part of the header, and no page furniture."""


@dataclass(slots=True)
class Unit:
    """A comment as cut from the lines; `body` bounds its text, `peeled` are lines set aside, with reasons."""

    author: str | None
    header: Header | None
    body: tuple[int, int]
    column: int = 0
    text: str = ""
    kind: str = "comment"
    title: str | None = None
    title_at: int | None = None
    votes: Votes | None = None
    parent: int | None = None
    depth: int = 0
    why: str = ""
    answers: str | None = None
    mark: str = ""
    peeled: list[tuple[int, str]] = field(default_factory=list)

    @property
    def first_line(self) -> int:
        """The first line of what the commenter wrote, a title of it included."""
        return self.body[0] if self.title_at is None else self.title_at


def labels(lines: Lines, unit: Unit) -> list[int]:
    """Return the lines of a comment's header that hold neither its author nor its time."""
    header = unit.header
    if header is None or header.end - header.first < 2:
        return []
    shown = [words for words in (header.author, header.words) if words]
    return [
        at
        for at in range(header.first, header.end)
        if lines.texts[at] and not any(words in lines.texts[at] for words in shown)
    ]


def cut(lines: Lines, headers: Headers, end: int, first_body: int) -> list[Unit]:
    """Return the comments in the order of the capture.

    Args:
        lines: the capture.
        headers: of this capture, not empty.
        end: the line where what stands under the comments begins.
        first_body: where headers stand below, the line where the first comment's text begins.
    """
    found = headers.found
    units = []
    for at, header in enumerate(found):
        if headers.below and header.apart is None:
            start, stop = (found[at - 1].end if at else first_body), header.first
        else:
            start, stop = header.end, found[at + 1].first if at + 1 < len(found) else max(end, header.end)
            stop = stop if header.apart is None else header.apart
        kind = "comment" if header.author or header.stamp else "block"
        units.append(Unit(header.author, header, (start, stop), header.column, kind=kind))
    units = units if headers.below else _pasted_headers_back(lines, units)
    units = [part for unit in units for part in _pingbacks_apart(lines, unit)]
    _scores(lines, units)
    for unit in units:
        _peel(lines, unit)
    _titles(lines, units)
    for unit in units:
        unit.text = body_text(lines, *unit.body, {at for at, _ in unit.peeled})
    nest(units)
    _answers(units)
    return units


def body_text(lines: Lines, start: int, end: int, skip: Collection[int] = ()) -> str:
    """Return the text of lines `start` to `end` without the lines in `skip`, each block without its indentation."""
    found: list[str] = []
    block: list[str] = []
    for at in range(start, end):
        if (text := lines.texts[at]) and at not in skip:
            block.append(text)
        elif block:
            found.append("\n".join(dedented(block)))
            block = []
    if block:
        found.append("\n".join(dedented(block)))
    return "\n\n".join(found)


def _pasted_headers_back(lines: Lines, units: list[Unit]) -> list[Unit]:
    """A header that repeats an earlier one right under another header is pasted: it names what is answered."""
    seen: dict[tuple[str | None, str | None], int] = {}
    kept: list[Unit] = []
    for unit in units:
        header = unit.header
        assert header is not None
        key = (header.author, header.words)
        above = kept[-1] if kept else None
        if above and header.author and key in seen and lines.next_text(above.body[0], above.body[1]) == above.body[1]:
            earlier = seen[key]
            if earlier < len(kept) - 1:
                above.body = (above.body[0], unit.body[1])
                above.parent, above.why = earlier, "the header of that comment is pasted into this one"
                continue
        seen.setdefault(key, len(kept))
        kept.append(unit)
    return kept


def pingback(text: str) -> bool:
    """Tell whether a line announces that another page links here."""
    return bool(_PINGBACK.match(text))


def _pingbacks_apart(lines: Lines, unit: Unit) -> list[Unit]:
    start, end = unit.body
    cuts = [at for at in range(start, end) if lines.texts[at] and _PINGBACK.match(lines.texts[at].strip())]
    if not cuts:
        return [unit]
    unit.body = (start, cuts[0])
    parts = [unit]
    for at, stop in zip(cuts, [*cuts[1:], end], strict=True):
        text = lines.texts[at].strip()
        found = _PINGBACK.match(text)
        assert found is not None
        column = lines.column(at) + len(found[1] or "")
        parts.append(Unit(None, None, (at, stop), column, kind="pingback"))
    return parts


def _scores(lines: Lines, units: list[Unit]) -> None:
    """Take "+29" for votes where nearly all comments end so: alone, it may be what somebody wrote."""
    ends = []
    for unit in units:
        last = next((at for at in range(unit.body[1] - 1, unit.body[0], -1) if lines.texts[at]), None)
        if last is not None and _SCORE.match(lines.texts[last].strip()):
            ends.append((unit, last))
    if len(ends) > 1 and len(ends) * 10 >= len(units) * 8:
        for unit, last in ends:
            if lines.next_text(unit.body[0], last) < last:
                unit.votes = Votes(score=int(lines.texts[last]))
                unit.peeled.append((last, "votes"))
                unit.body = (unit.body[0], last)


def _peel(lines: Lines, unit: Unit) -> None:
    """Set aside what clings to the header (the name again, a picture's label) and to the end (buttons, votes)."""
    start, end = unit.body
    if unit.kind != "pingback":
        start = _peel_top(lines, unit, start, end)
    while end > start:
        last = end - 1
        text = lines.texts[last].strip()
        if text:
            votes = _votes(text) if unit.votes is None else None
            if votes is None and not BUTTONS.match(text) and not closes(text):
                break
            # a comment may consist of one such word
            if lines.next_text(start, last) == last:
                break
            unit.votes = votes or unit.votes
            unit.peeled.append((last, "votes" if votes else "button under a comment"))
        end = last
    unit.body = (start, end)


def _peel_top(lines: Lines, unit: Unit, start: int, end: int) -> int:
    at = lines.next_text(start, end)
    while at < end:
        text = lines.texts[at].strip()
        if len(text) > 220:
            break
        reason = None
        if _repeats_name(lines, unit, text):
            reason = NAME_AGAIN
        elif _PICTURE.match(text) and (not unit.author or unit.author in text):
            reason = "label of a picture"
        elif _NOT_VERIFIED.fullmatch(text):
            reason = "note on the name"
        elif answered := _IN_REPLY.match(text):
            reason, unit.answers = "names what is answered", answered[1]
        elif BUTTONS.match(text) and lines.next_text(at + 1, end) < end and lines.texts[at - 1].strip() != "":
            reason = "button under a comment"
        # the last line with text is the comment itself, whatever it says
        if reason is None or (reason != NAME_AGAIN and lines.next_text(at + 1, end) == end):
            break
        if reason == NAME_AGAIN and any(why == reason for _, why in unit.peeled):
            break
        unit.peeled.append((at, reason))
        start = at + 1
        at = lines.next_text(start, end)
    return start


def _repeats_name(lines: Lines, unit: Unit, text: str) -> bool:
    if not unit.author or not unit.header:
        return False
    if unit.author in (text, text.removesuffix("(not verified)").strip()):
        return True
    # a name that was cut because it is too long to be one
    return (
        unit.author.endswith("…")
        and lines.texts[unit.header.first].endswith(text)
        and text.startswith(unit.author[:-1])
    )


def _votes(text: str) -> Votes | None:
    for pattern in _VOTES:
        if found := pattern.match(text):
            given = {name: int(number) for name, number in found.groupdict().items()}
            return Votes(given.get("up"), given.get("down"), given.get("score"))
    return None


def _titles(lines: Lines, units: list[Unit]) -> None:
    """Where every comment opens with a short line of its own before its text, those lines are titles."""
    comments = [unit for unit in units if unit.kind == "comment"]
    if len(comments) < 4:
        return
    opening = []
    for unit in comments:
        first = blocks(lines, *unit.body)[:2]
        short = len(first) == 2 and first[0][1] - first[0][0] == 1 and lines.texts[first[0][0]].strip()
        if not short or len(short) > 80 or short[-1] in ".,;:":
            return
        opening.append((unit, first[0]))
    for unit, (at, after) in opening:
        unit.title, unit.title_at = lines.texts[at].strip(), at
        unit.body = (after, unit.body[1])


def nest(units: list[Unit]) -> None:
    """State parents by indentation, where the capture kept it."""
    columns = Counter(unit.column for unit in units)
    if len(columns) < 2 or units[0].column != min(columns):
        return
    levels = sorted(columns)
    if any(high - low < 2 for low, high in itertools.pairwise(levels)):
        return
    open_units: list[int] = []
    for at, unit in enumerate(units):
        while open_units and units[open_units[-1]].column >= unit.column:
            open_units.pop()
        unit.depth = len(open_units)
        if open_units and unit.parent is None:
            unit.parent, unit.why = open_units[-1], "indented under it in the capture"
        open_units.append(at)


def _answers(units: list[Unit]) -> None:
    """Resolve "In reply to TITLE by NAME", which the page states, to the latest earlier comment that fits."""
    by_author: dict[str, int] = {}
    by_title: dict[str, list[int]] = {}
    for at, unit in enumerate(units):
        if unit.answers and unit.parent is None:
            title, _, name = unit.answers.rpartition(" by ")
            titled = by_title.get(title or unit.answers, [])
            parent = by_author.get(name or unit.answers)
            if parent is None and len(titled) == 1:
                parent = titled[0]
            if parent is not None:
                unit.parent, unit.why = parent, f'the page says "In reply to {unit.answers}"'
        if unit.author:
            by_author[unit.author] = at
        if unit.title:
            by_title.setdefault(unit.title, []).append(at)
