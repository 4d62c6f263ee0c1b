"""Lines with a date, abstracted to a shape: the words around name and date, with both left out."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from corpus.read.closings import closes
from corpus.read.lines import Lines
from corpus.read.stamp_finder import find_clock, find_stamp, may_open_with_stamp
from corpus.read.stamps import Stamp

NAME_LIMIT = 60
_LINE_LIMIT = 200
_SHORT = 80

_LEAD = re.compile(
    r"(?:posted by|submitted by|written by|comment(?:ed)? by|comment from|reply by|reply from|soumis par|publié par"
    r"|escrito por|par|von|por|by|posted on|submitted on|written on|commented on|posted|on|le|am"
    r"|작성자|글쓴이|작성일|등록일|닉네임|date)(?:\s?[:：]\s{0,2}|\s{1,3}|\Z)",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?:[(\[#]{1,2}([0-9]{1,9})[)\]:.]{0,2}|([0-9]{1,9})[.)])\s{1,3}")
_JOINT_WORDS = (
    "says on|said on|wrote on|commented on|replied on|responded on|posted on|posted|says|said|wrote|sagte am|schrieb am|sagt"
    "|schrieb|a répondu le|a écrit le|a dit le|dijo el|dijo|respondió el|on|at|am|le|el|um"
)
_JOINT = re.compile(
    r"(?:[\s\u00a0]{0,3}[|•·—–»,:(@~/-]{1,3}[\s\u00a0]{0,3}(?:(?:on|am|le|at)(?=\s))?"
    rf"|\s(?:{_JOINT_WORDS})\s?:?)[\s\u00a0]{{0,3}}\Z",
    re.IGNORECASE,
)
_JOINT_ENDS = frozenset(words.rpartition(" ")[2] for words in _JOINT_WORDS.split("|"))
_JOINT_LIMIT = 24
"""No joint is longer, and looking for one from the start of a line takes a while."""
_AFTER = re.compile(
    r"\s{0,3}([|•·—–,:)/-]{1,2}|(?:by|von|par)\b)?\s{0,3}(?:([+-]?#?[0-9]{1,30})(?![^\s|)\]]))?[\s|]{0,5}(.*)\Z",
    re.DOTALL,
)
_SAID_TAIL = re.compile(r"\s?\b(?:says|said|wrote|sagt|schrieb|dijo)\s?(?::|…|\.{3})?\Z", re.IGNORECASE)
_STOP_INSIDE = re.compile(r"[^\W\d_]{4}[.!?]\s\S|;\s|\.{3}\s\S")
_POST_ID = re.compile(r"\(#([0-9]{4,12})\)")
_USER_ID = re.compile(r"\s\([0-9]{1,9}\)\Z")
_DIGITS = re.compile(r"[0-9]+")
_LABEL = re.compile(
    r"(?:time|date|when|posted|published|created|edited|added|reply|sent|등록|작성|发表于)\s?:?", re.IGNORECASE
)
_NO_NAME = re.compile(
    r"(?:reply|permalink|report|share|like|comments?|(?:답글|댓글|공감|비공감|추천|비추천)\s?[0-9]{0,6}|답글\s?쓰기|신고|antworten|kommentare|responses?|votes?|read more"
    r"|(?:post|comment|message|beitrag|reply)\s?#?[0-9]{1,9}|log in.*|sign in.*|related articles?|(?:last )?updated?:?|published:?|posted:?|modified:?|입력|수정|등록|기사입력|최종수정|승인)\Z",
    re.IGNORECASE,
)


class Shape(NamedTuple):
    """What a line is made of besides name and date.

    `lead` and `joint` stand before the date, around a name where `named_before`; `joint_after` and `tail`
    behind it; `dates` is the style of the date, whether it has a clock time and whether a year.
    """

    lead: str
    joint: str
    named_before: bool
    dates: tuple[str, bool, bool]
    joint_after: str
    tail: str


class Dated(NamedTuple):
    """A line with a date; `number` is what the page shows as number or id, `name` may be empty."""

    at: int
    stamp: Stamp
    words: str
    before: str
    number: str | None
    name: str
    column: int
    shape: Shape


def name_like(text: str) -> bool:
    """Tell whether `text` could be a commenter's name: short, and no sentence."""
    return (
        0 < len(text) <= NAME_LIMIT
        and text[-1] not in ";:,"
        and len(words := text.split()) <= 9
        and not (text[-1] == "." and len(words) > 4)
        and any(char.isalnum() or char in "␣⇄" for char in text)
        and not _STOP_INSIDE.search(text)
        and not _NO_NAME.fullmatch(text)
    )


def dated_lines(lines: Lines) -> list[Dated]:
    """Return the lines that could be headers because they hold a date and little else."""
    found = []
    for at in lines.with_digits():
        line = lines.texts[at].strip()
        size = len(line)
        if size <= _SHORT:
            stamp = find_stamp(line, bare=True) or find_clock(line)
        elif size <= _LINE_LIMIT:
            stamp = find_stamp(line)
        else:
            # a line too long for a header is one all the same where a date opens it: a name may be hostile
            stamp = find_stamp(line[:100]) if may_open_with_stamp(line) else None
            stamp = stamp if stamp and stamp.start == 0 else None
        if stamp:
            found.append(_take_apart(at, line, stamp, lines.column(at)))
    return found


def _take_apart(at: int, line: str, stamp: Stamp, column: int) -> Dated:
    before, after = line[: stamp.start], line[stamp.end :]
    if closes(before):
        # buttons before the date, and no name
        return Dated(
            at, stamp, line[stamp.start : stamp.end].strip(), "", None, "", column,
            Shape("buttons", "", False, (stamp.style, bool(stamp.clock), stamp.numbers[0] is not None), "", ""),
        )  # fmt: skip
    words = line[stamp.start : stamp.end].strip()
    dates = (stamp.style, bool(stamp.clock) or not stamp.valid, stamp.numbers[0] is not None)
    rest, number = before, None
    if numbered := _NUMBER.match(rest):
        number, rest = numbered[1] or numbered[2], rest[numbered.end() :]
        column += numbered.end()
    lead = _LEAD.match(rest)
    rest = rest[lead.end() :] if lead else rest
    joint = _find_joint(rest)
    name = rest[: joint.start()].strip() if joint else rest.strip()
    lead_words, joint_words = _plain(lead[0]) if lead else "", _plain(joint[0]) if joint else ""
    if _LABEL.fullmatch(name):
        lead_words, joint_words, name = _plain(name), "", ""
    behind = _read_behind(after)
    shown = behind.post or behind.number or number
    if behind.post:
        # Slashdot: the writer's number behind the name, the comment's behind the date
        name = _USER_ID.sub("", name)
    if name:
        shape = Shape(lead_words, joint_words, True, dates, "", behind.tail)
        return Dated(at, stamp, words, before, shown, name, column, shape)
    shape = Shape(lead_words, joint_words, False, dates, behind.joint, "says" if behind.says else "")
    return Dated(at, stamp, words, before, shown, behind.name, column, shape)


def _find_joint(rest: str) -> re.Match[str] | None:
    last = rest.rsplit(None, 1)[-1:]
    # most names end in a plain word that joins nothing
    if not last or (last[0].isalnum() and last[0].casefold() not in _JOINT_ENDS):
        return None
    return _JOINT.search(rest, max(0, len(rest) - _JOINT_LIMIT))


class _Behind(NamedTuple):
    """What stands behind a date: joint, number, and either a name (it `says`) or a tail; the id of a post."""

    joint: str
    number: str
    name: str
    says: bool
    tail: str
    post: str


# behind the dates of one page the same words stand over and over
@lru_cache(maxsize=1024)
def _read_behind(after: str) -> _Behind:
    parts, post = _AFTER.match(after), _POST_ID.search(after)
    assert parts is not None
    name = parts[3].strip()
    if closes(name) or find_clock(name.strip("() ")):
        name = ""
    if said := _SAID_TAIL.search(name):
        name = name[: said.start()].strip()
    name = name.removesuffix("(not verified)").strip()
    tail = _DIGITS.sub("0", _plain(after))[:40]
    number = (parts[2] or "").lstrip("#")
    return _Behind(_plain(parts[1] or ""), number, name, said is not None, tail, post[1] if post else "")


def _plain(words: str) -> str:
    return " ".join(words.lower().split())


def name_within(line: Dated, shape: Shape) -> str | None:
    """Return the name that `line` holds when it is read as being of `shape`; None where it is not.

    A name may itself end in a word such as "by" that looks like a joint; the family's shape tells.
    """
    if line.shape.dates != shape.dates:
        return None
    if not shape.named_before:
        same = not line.before.strip() if not shape.lead else line.shape.lead == shape.lead
        return line.name if same and line.shape.joint_after == shape.joint_after else None
    rest = line.before.strip()
    if numbered := _NUMBER.match(rest + " "):
        rest = rest[numbered.end() :].strip()
    lower = rest.lower()
    if not lower.startswith(shape.lead) or not lower.endswith(shape.joint):
        return None
    name = rest[len(shape.lead) : len(rest) - len(shape.joint)].strip()
    return name if name_like(name) else None
