"""What a family of dated lines must show before it is taken for the headers of comments.

Articles hold lists with dates too: events, chronologies, links to other articles, embedded posts.
"""

from __future__ import annotations

import itertools
import re
from datetime import date

from corpus.read.closings import closes
from corpus.read.naming import Header
from corpus.read.page_lines import Page
from corpus.read.shapes import Dated, Shape
from corpus.read.stamp_finder import find_stamp
from corpus.read.stamps import Stamp

_COMMENT_LEADS = ("comment by", "commented by", "comment from", "reply by", "reply from", "submitted by", "soumis par")
_SAID = re.compile(
    r"(?:says|said|wrote|commented|replied|responded|sagt|sagte|schrieb|a répondu|a écrit|a dit|dijo|respondió)\b",
    re.IGNORECASE,
)
_EMBEDDED = re.compile(r"\(@\w{1,30}\)\Z")
_QUOTED = re.compile(r"[“”\"»«].*[,.]?[”\"»]?\Z")


def believable(
    page: Page, shape: Shape, members: list[Dated], headers: list[Header], *, below: bool, said: bool
) -> bool:
    """Tell whether headers of one shape are those of comments.

    Args:
        page: the capture.
        shape: of the lines with the dates.
        members: these lines.
        headers: the same with their names.
        below: whether they stand under their comments.
        said: whether a line of them is nothing but a name and "says".
    """
    sound = [line.stamp for line in members if line.stamp.valid]
    weekdays = [stamp for stamp in sound if stamp.weekday is not None and stamp.numbers[0] is not None]
    fitting = sum(1 for stamp in weekdays if stamp.orders())
    names = [header.author for header in headers if header.author]
    if not sound or fitting * 10 < len(weekdays) * 7 or _elsewhere(names):
        return False
    first = headers[0].first
    timed = shape.dates[1] or shape.dates[0] == "relative"
    said = said or _says(shape, members) or any(header.apart is not None for header in headers)
    proven = bool(fitting) and timed
    if _announced(page, first, below) or _closed(page, headers) or (shape.lead in _COMMENT_LEADS and len(sound) > 1):
        return bool(names) or timed
    if shape.dates[0] == "clock":
        return False
    if not said and (_on_the_quarter(sound) or shape.joint_after == ":"):
        return False
    if not names:
        return proven or (timed and len(sound) > 2 and page.after_article(first) and _long(page, headers))
    if len(sound) == 1:
        return (timed or said) and (proven or _alone(page, headers[0], shape, said=said, below=below))
    return proven or said or _likely(page, headers, names, sound, timed)


def _likely(page: Page, headers: list[Header], names: list[str], sound: list[Stamp], timed: bool) -> bool:
    """Tell whether headers that nothing proves have names no longer than people's, and times, or many dates in a row."""
    first = headers[0].first
    if sum(len(name.split()) > 5 for name in names) * 2 > len(names):
        return False
    if timed:
        return True
    stacked = all(header.end - header.first > 1 for header in headers)
    many = len(sound) > (1 if stacked else 2)
    return many and page.after_text(first) and page.after_article(first) and (_counted(headers) or _close(sound))


def _announced(page: Page, at: int, below: bool) -> bool:
    if below:
        heading = page.heading_before(at)
        return heading is not None and heading.sure and page.after_article(heading.at)
    return page.announced(at) is not None


def _closed(page: Page, headers: list[Header]) -> bool:
    """Tell whether nearly all comments end in a line of buttons or votes."""
    lines = page.lines
    closed = 0
    for _, two in itertools.pairwise(headers):
        above = next((at for at in range(two.first - 1, max(two.first - 5, -1), -1) if lines.texts[at]), None)
        closed += above is not None and closes(lines.texts[above])
    return len(headers) > 1 and closed * 10 >= (len(headers) - 1) * 8 and page.after_text(headers[0].first)


def _elsewhere(names: list[str]) -> bool:
    """Tell whether the names are none: those of posts that the article embeds, titles that it cites, dates."""
    odd = sum(
        1
        for name in names
        if find_stamp(name) or _EMBEDDED.search(name) or _QUOTED.search(name) or name.startswith(("—", "http"))
    )
    return odd * 2 > len(names)


def _says(shape: Shape, members: list[Dated]) -> bool:
    return bool(_SAID.match(shape.joint) or shape.tail == "says" or _SAID.search(shape.tail))


def _long(page: Page, headers: list[Header]) -> bool:
    """Tell whether what stands between nameless dates is running text, and no titles."""
    lines = page.lines.texts
    bodies = [lines[one.end : two.first] for one, two in itertools.pairwise(headers)]
    running = sum(any(len(line) > 90 or line.endswith((".", ".”", '."')) for line in body) for body in bodies)
    return bool(bodies) and running * 2 >= len(bodies)


def _on_the_quarter(stamps: list[Stamp]) -> bool:
    """Tell whether all times are full or quarter hours, as those of events are and those of comments are not."""
    timed = [stamp for stamp in stamps if stamp.clock]
    return len(timed) > 2 and all(stamp.clock[3:5] in ("00", "15", "30", "45") for stamp in timed)


def _alone(page: Page, header: Header, shape: Shape, *, said: bool, below: bool) -> bool:
    """Tell whether one header may stand for a single comment: after an article, over a text, and no byline."""
    if (
        below
        or not header.author
        or (shape.lead and not said and header.end - header.first < 2)
        or len(header.author.split()) > 5
    ):
        return said and header.apart is not None and page.after_article(header.first)
    if not page.after_article(header.first) or not page.text_between(header.end, page.tails.after(header.end)):
        return False
    running = page.running_between(header.end, len(page.lines))
    return said or (shape.tail == "" and running <= page.running_between(0, header.first))


def _counted(headers: list[Header]) -> bool:
    """Tell whether the page numbers the lines, in their order."""
    numbers = [int(header.number) for header in headers if header.number and header.number.isdigit()]
    return len(numbers) == len(headers) and all(low < high for low, high in itertools.pairwise(numbers))


def _close(stamps: list[Stamp]) -> bool:
    """Tell whether days follow each other closely, as those of comments do and those of events and links do not."""
    days = [day for stamp in stamps if (day := _day(stamp)) is not None]
    gaps = [abs((two - one).days) for one, two in itertools.pairwise(days)]
    return bool(gaps) and sum(gap < 2 for gap in gaps) * 2 >= len(gaps)


def _day(stamp: Stamp) -> date | None:
    if stamp.numbers[0] is not None:
        return stamp.day("month first") or stamp.day("day first")
    try:
        return date(2000, stamp.numbers[1], stamp.numbers[2])
    except ValueError:
        return None
