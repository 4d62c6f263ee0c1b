"""Whose comment it is: names on the lines around a date, or over the body that the date stands under."""

from __future__ import annotations

import itertools
import re
from typing import NamedTuple

from corpus.read.furniture import comment_heading
from corpus.read.lines import Lines
from corpus.read.page_lines import Page
from corpus.read.shapes import NAME_LIMIT, Dated, name_like
from corpus.read.stamp_finder import find_stamp
from corpus.read.stamps import Stamp

_SPEAKS = (
    "says|said|writes|wrote|commented|replied|responded|sagt|sagte|schrieb|schreibt|meint|dijo|dice|escribió|respondió|a dit|dit|a écrit"
    "|a répondu|disse|ha scritto|scrive|left"
)
_SAYS = re.compile(
    r"(?:[(\[#]{0,2}([0-9]{1,9})[)\].:]{1,2}\s{1,3})?(\S(?:.{0,58}\S)?)\s?(?<=\s)"
    rf"(?:{_SPEAKS})\s?(?::|…|\.{{3}})\Z",
    re.IGNORECASE,
)
_SPEAKING = frozenset(words.rpartition(" ")[2] for words in _SPEAKS.split("|"))
_NOBODY = re.compile(
    r"(?:[Hh]e|[Ss]he|[Tt]hey|[Ii]t|I|[Ww]e|[Yy]ou|[Ww]ho|[Aa]nd|[Bb]ut|[Aa]s|[Ee]r|[Ss]ie|[Ee]s|[Ii]l|[Ee]lle|[Oo]n|[Éé]l|[Ee]lla)\b"
    r"|(?:[Tt]his|[Tt]hat|[Oo]ne|[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Tt]heir|[Dd]er|[Dd]ie|[Dd]as|[Ll]e|[Ll]a|[Uu]n|[Ee]l)\s(?=[a-zäöüéèà])"
)
NAME_NUMBER = re.compile(
    r"(?:comment number |comment #?|post #?|[(\[#]{0,2})([0-9]{1,9})[)\].:]{0,2}\s{1,3}(?=\S)", re.IGNORECASE
)
_OVER_NAME = re.compile(
    r"(?:permalink|comment by|comment from|posted by|written by|by|from|작성자|닉네임)\s?:?\s(?=\S)", re.IGNORECASE
)
_JOBS = re.compile(r"\s·\s.{1,120}\Z")
_FEW = 5
"""So many lines a header may have over its date."""


class Header(NamedTuple):
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


def name_alone(text: str) -> str:
    """Return a name without the work and place that Facebook prints behind it."""
    return _JOBS.sub("", text.strip())


def says_lines(lines: Lines) -> dict[int, Header]:
    """Return the lines that are nothing but a name and "says", by their place."""
    found = {}
    for at, text in enumerate(lines.texts):
        if text and (text[-1] in ":…" or text.endswith("...")):
            line = text.strip()
            said = _SAYS.match(line) if len(line) < 90 and _last_word(line) in _SPEAKING else None
            if said and name_like(said[2]) and not _NOBODY.match(said[2]) and not find_stamp(said[2]):
                column = lines.column(at) + said.start(2)
                found[at] = Header(at, at + 1, said[2], None, None, said[1], column)
    return found


def _last_word(line: str) -> str:
    words = line.rstrip(":….").rsplit(None, 1)
    return words[-1].casefold() if words else ""


def named_header(line: Dated, name: str | None) -> Header:
    """Return the header of a line that holds both name and date."""
    return _header(line, name)


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


def named_nearby(lines: Lines, members: list[Dated], says: dict[int, Header]) -> list[Header]:
    """Take the names from the lines above the dates, or below, whichever holds for nearly all; else name nobody."""
    above = [neighbour(lines, line.at, -1) for line in members]
    under = [neighbour(lines, line.at, 1) for line in members]
    if split := _split(lines, members, says):
        return split
    for side in (above, under):
        named = [at is not None and at in says for at in side]
        if sum(named) * 2 > len(members):
            pairs = [(line, at) for line, at in zip(members, side, strict=True) if at is not None and at in says]
            return [_with_name(lines, line, at, says[at].author, says[at].number) for line, at in pairs]
    if stacked := _stacked(lines, members):
        return stacked
    for side in (above, under):
        named = [at is not None and stands_as_name(lines, at, side is above) for at in side]
        if sum(named) * 10 >= len(members) * 7:
            return [
                _with_name(lines, line, at if _is_name(lines, at) else None)
                for line, at in zip(members, side, strict=True)
            ]
    # a capture without blank lines
    if (
        len(members) > 2
        and sum(at == line.at - 1 and _brief(lines.texts[at].strip()) for line, at in zip(members, above, strict=True))
        * 10
        >= len(members) * 9
    ):
        return [
            _with_name(lines, line, at if _is_name(lines, at) else None)
            for line, at in zip(members, above, strict=True)
        ]
    return [_header(line, None) for line in members]


def neighbour(lines: Lines, at: int, step: int) -> int | None:
    """Return the next line with text, over one blank line at most."""
    for there in (at + step, at + 2 * step):
        if 0 <= there < len(lines) and lines.texts[there]:
            return there
    return None


def stands_as_name(lines: Lines, at: int, above: bool = True) -> bool:
    """Tell whether a line is short enough for a name and, where it must open a comment, stands after a blank line."""
    text = lines.texts[at].strip()
    text = text[numbered.end() :] if (numbered := NAME_NUMBER.match(text)) else text
    text = name_alone(text)
    opens = at == 0 or not lines.texts[at - 1]
    return _brief(text) and (opens or not above)


def _brief(text: str) -> bool:
    words = len(text.split())
    # few words are a whole sentence in Korean
    most = 0 if "가" <= text[-2:-1] <= "힣" else 3
    return name_like(text) and words <= 6 and not (text[-1] in "!?." and words > most)


def _is_name(lines: Lines, at: int | None) -> bool:
    """Tell whether a line may be a name where most others in its place are."""
    return at is not None and name_like(name_alone(lines.texts[at]))


def _stacked(lines: Lines, members: list[Dated]) -> list[Header]:
    """Read headers of three lines and more: the name is the line that differs most from comment to comment."""
    if len(members) < 2:
        return []
    runs = [_short_run(lines, line.at) for line in members]
    # a line more may be the end of a short comment above
    size = sorted(len(run) for run in runs)[len(runs) // 10]
    runs = [run[-size:] if size > 1 else [] for run in runs]
    place = _name_place([[lines.texts[at].strip() for at in run] for run in runs if len(run) == size])
    if place is None:
        return []
    made = []
    for line, run in zip(members, runs, strict=True):
        header = _with_name(lines, line, run[place] if len(run) == size else None)
        made.append(header._replace(first=run[0]) if run else header)
    return made


def _short_run(lines: Lines, at: int) -> list[int]:
    """Return the short lines right above a date: glued to it, or each a block of its own."""
    found: list[int] = []
    apart = at > 0 and not lines.texts[at - 1]
    above = at - 2 if apart else at - 1
    while above >= 0 and len(found) < _FEW and (text := lines.texts[above].strip()):
        if not _brief(text) or comment_heading(text)[0] or (apart and above and lines.texts[above - 1]):
            break
        found.append(above)
        above -= 2 if apart else 1
    return found[::-1]


def _name_place(rows: list[list[str]]) -> int | None:
    """Return which line of all headers is the name: of those that could be one, the first that is not a label."""
    best: tuple[int, int] | None = None
    for place, column in enumerate(zip(*rows, strict=True)):
        if not all(_brief(text) for text in column):
            continue
        forms = {re.sub(r"[0-9]+", "0", text.lower()) for text in column}
        if len(forms) == 1:
            continue
        if best is None or len(forms) > best[0]:
            best = (len(forms), place)
    return best[1] if best else None


def _with_name(lines: Lines, line: Dated, at: int | None, name: str | None = None, number: str | None = None) -> Header:
    if at is None:
        return _header(line, None)
    text, column = lines.texts[at].strip(), lines.column(at)
    numbered = NAME_NUMBER.match(text)
    if numbered:
        number, column = number or numbered[1], column + numbered.end()
    name = name or text[numbered.end() if numbered else 0 :]
    name = name[label.end() :] if (label := _OVER_NAME.match(name)) else name
    header = _header(line, name, min(at, line.at), max(at, line.at) + 1, column=column)
    return header if header.number or not number else header._replace(number=number)


def _split(lines: Lines, members: list[Dated], says: dict[int, Header]) -> list[Header]:
    """Pair `NAME said...` lines with the dates that stand under the bodies."""
    pairs: list[Header] = []
    if says and members[0].at < min(says) and members[-1].at < max(says):
        # the dates stand over the names
        return []
    dates = {line.at: line for line in members}
    opened: Header | None = None
    for at in sorted([*dates, *says]):
        if at in says:
            opened = says[at]
        elif opened and opened.end < at and lines.next_text(opened.end, at) < at:
            if neighbour(lines, at, -1) == opened.first:
                return []
            line = dates[at]
            pairs.append(opened._replace(stamp=line.stamp, words=line.words, apart=at))
            opened = None
    loose = any(
        lines.next_text(one.apart + 1, two.first) < two.first
        for one, two in itertools.pairwise(pairs)
        if one.apart is not None
    )
    # a lone pair must be the end of the capture
    alone = len(pairs) == 1 and (
        len(members) > 1 or lines.next_text((pairs[0].apart or 0) + 1, len(lines)) < len(lines)
    )
    return pairs if pairs and not loose and not alone and len(pairs) * 10 >= len(members) * 7 else []


def names_over_bodies(page: Page, headers: list[Header]) -> list[Header]:
    """Give dates that stand under bodies the names that stand over these; nothing where too few bodies have one."""
    lines = page.lines
    made: list[Header] = []
    for before, header in zip([None, *headers], headers, strict=False):
        at = _first_name(page, header.first) if before is None else lines.next_text(before.end, header.first)
        if at is None or not _is_name(lines, at) or not page.text_between(at + 1, header.first):
            continue
        name = name_alone(lines.texts[at])
        made.append(header._replace(first=at, end=at + 1, author=name, column=lines.column(at), apart=header.first))
    brief = sum(_brief(header.author or "") for header in made)
    found = brief > 1 and brief * 10 >= len(headers) * 7 and len(made) * 10 >= len(headers) * 9
    return made if found and made[0].apart == headers[0].first else []


def _first_name(page: Page, at: int) -> int | None:
    """Return the line over a date that could be the name over its body: under a heading, else the nearest that opens a block."""
    lines, heading = page.lines, page.announced(at)
    if heading:
        return lines.next_text(heading.at + 1, at)
    for there in range(at - 2, max(at - 40, -1), -1):
        opens = lines.texts[there] and (there == 0 or not lines.texts[there - 1])
        if opens and stands_as_name(lines, there) and lines.next_text(there + 1, at) < at:
            return there
    return None
