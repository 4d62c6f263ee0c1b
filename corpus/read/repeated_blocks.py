"""Comments of pages that no known system made: blocks of one making that repeat, each with a date and a name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from corpus.read.assembly import Found
from corpus.read.comment_facts import from_lines
from corpus.read.comment_markup import Taken, bare_edges, stated_count, words_left
from corpus.read.comment_nodes import no_comment
from corpus.read.furniture import BUTTONS, comment_heading
from corpus.read.stamp_finder import find_stamp
from corpus.read.walk import Block, as_comment, blocks
from corpus.times import iso

if TYPE_CHECKING:
    from corpus.read.page import Page

_SAYS_SO = re.compile(
    r"comment|komment|respon|reply|replies|discuss|talkback|guestbook|opinion|dda[gt]|daetgeul|reaction|댓글|의견",
    re.IGNORECASE,
)
_DATES = "time, [class*=date], [class*=Date], [class*=time], [class*=Time], [class*=posted], [class*=meta], small, cite, em, i, b, strong, span, dt, h4, h5, h6, td, p"
_LONGEST = 160
_NAMES = "[class*=author], [class*=name], [class*=nick], [class*=user], [class*=writer], b, strong, cite, h4, h5, h6"
_MOST = 4000
_LEAST = 2


def take_repeated(page: Page) -> Taken:
    """Read comments from blocks under what calls itself a part for comments, and take them out of the page.

    A page where nothing does is left alone: news pages are full of lists with dates.
    """
    banned = no_comment(page)
    for box in _boxes(page):
        if box in banned or any(around in banned for around in page.above(box)):
            continue
        items = _items(page, box)
        if len(items) >= _LEAST:
            taken = _read(page, items)
            if len(taken.comments) >= _LEAST:
                for node in items:
                    page.cut(node)
                return taken
    return Taken()


def _boxes(page: Page) -> list[int]:
    """Return what calls itself a part for comments, widest first, and what follows a heading of comments."""
    says = {*page.with_attribute("id", _calls_itself), *page.with_attribute("class", _calls_itself)}
    found = [node for node in sorted(says) if page.tags[node] not in ("html", "body")]
    for node in page.css("h2, h3, h4, h5"):
        if page.tags[page.up[node]] != "body" and comment_heading(page.line(node))[0]:
            found.append(page.up[node])
    return found[:40]


def _calls_itself(words: str, _: str) -> bool:
    return bool(_SAYS_SO.search(words))


def _items(page: Page, box: int) -> list[int]:
    """Return the repeated blocks: brothers of one tag and class, each with a date and text."""
    groups: dict[tuple[int, str], dict[int, None]] = {}
    for node in page.css(_DATES, box)[:_MOST]:
        if page.length(node) > _LONGEST * 4:
            continue
        text = page.line(node) if page.tags[node] != "time" else "time"
        if not 0 < len(text) <= _LONGEST or (page.tags[node] != "time" and not find_stamp(text)):
            continue
        child, above = node, page.up[node]
        for _ in range(8):
            if above < 0 or child == box:
                break
            groups.setdefault((above, f"{page.tags[child]} {_first_class(page, child)}"), {})[child] = None
            child, above = above, page.up[above]
    able = [
        list(group)
        for group in groups.values()
        if len(group) >= _LEAST
        and not any(page.tags[node] in ("p", "tr", "td", "span") for node in group)
        and all(page.length(node) > 25 and len(page.line(node)) > 25 for node in group)
    ]
    return max(able, key=lambda group: sum(page.length(node) for node in group), default=[])


def _first_class(page: Page, node: int) -> str:
    classes = page.class_words(node)
    return re.sub(r"[0-9]+", "0", classes[0]) if classes else ""


def _read(page: Page, items: list[int]) -> Taken:
    taken = Taken(count=stated_count(page, items[0]), platform="repeated blocks")
    found: list[tuple[Found, list[Block], list[Block]]] = []
    for node in items:
        comment, rest = Found(), list[Block]()
        body = blocks(page, node, {}, None)
        _named_parts(page, node, comment, body, rest)
        from_lines(comment, body, rest, marked=False)
        if comment.words is None and comment.posted is None:
            return Taken()
        found.append((comment, body, rest))
    bare_edges([body for _, body, _ in found], [rest for _, _, rest in found])
    if not all(comment.author for comment, _, _ in found) or not any(body for _, body, _ in found):
        return Taken()
    for comment, body, rest in found:
        comment.text, comment.links = as_comment(body)
        taken.comments.append(comment)
        taken.rest += words_left(rest, comment)
    taken.problems.append("no known system made this page; its comments were found by their repetition")
    return taken


def _named_parts(page: Page, node: int, comment: Found, body: list[Block], rest: list[Block]) -> None:
    """Take the time and the name that stand in elements of their own."""
    time = page.first("time[datetime]", node)
    shown = ""
    if time is not None:
        shown = page.line(time)
        comment.posted, comment.words = iso(page.get(time, "datetime")), shown or None
    able = (page.line(name) for name in page.css(_NAMES, node)[:8])
    named = next((words for words in able if 0 < len(words) <= 60 and not BUTTONS.fullmatch(words)), "")
    if named and not find_stamp(named):
        comment.author = named
    for block in body[:3]:
        if block.text in (shown, named, f"{named} {shown}"):
            body.remove(block)
            rest.append(block)
