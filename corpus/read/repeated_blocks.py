"""Comments of pages that no known system made: blocks of one making that repeat, each with a date and a name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from corpus.read.assembly import Found
from corpus.read.comment_markup import Taken, _from_lines, _stated_count
from corpus.read.furniture import comment_heading
from corpus.read.page_parts import NO_COMMENT
from corpus.read.stamps import find_stamp
from corpus.read.walk import Block, as_comment, blocks, line_of
from corpus.times import iso

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_SAYS_SO = re.compile(
    r"comment|komment|respon|reply|replies|discuss|talkback|guestbook|opinion|dda[gt]|daetgeul|reaction|댓글|의견",
    re.IGNORECASE,
)
_DATES = "time, [class*=date], [class*=Date], [class*=time], [class*=Time], [class*=posted], [class*=meta], small, cite, em, i, b, strong, span, dt, h4, h5, h6, td, p"
_LONGEST = 160
_MOST = 40_000
_LEAST = 2


def take_repeated(page: LexborHTMLParser) -> Taken:
    """Read comments from blocks under what calls itself a part for comments, and take them out of the page.

    A page where nothing does is left alone: news pages are full of lists with dates.
    """
    banned = {node.mem_id for node in page.css(NO_COMMENT)}
    for box in _boxes(page):
        if _banned(box, banned):
            continue
        items = _items(box, banned)
        if len(items) >= _LEAST:
            taken = _read(page, items)
            if len(taken.comments) >= _LEAST:
                for node in items:
                    node.decompose()
                return taken
    return Taken()


def _boxes(page: LexborHTMLParser) -> list[LexborNode]:
    """Return what calls itself a part for comments, widest first, and what follows a heading of comments."""
    found = []
    for node in page.css("[id], [class]"):
        attributes = node.attributes
        if node.tag not in ("html", "body") and _SAYS_SO.search(
            f"{attributes.get('id') or ''} {attributes.get('class') or ''}"
        ):
            found.append(node)
    for node in page.css("h2, h3, h4, h5"):
        if node.parent is not None and node.parent.tag != "body" and comment_heading(line_of(node))[0]:
            found.append(node.parent)
    return found[:40]


def _banned(node: LexborNode | None, banned: set[int]) -> bool:
    while node is not None:
        if node.mem_id in banned:
            return True
        node = node.parent
    return False


def _items(box: LexborNode, banned: set[int]) -> list[LexborNode]:
    """Return the repeated blocks: brothers of one tag and class, each with a date and text."""
    if len(box.html or "") > _MOST * 50:
        return []
    groups: dict[tuple[int, str], dict[int, LexborNode]] = {}
    for node in box.css(_DATES)[:4000]:
        text = line_of(node) if node.tag != "time" else "time"
        if not 0 < len(text) <= _LONGEST or (node.tag != "time" and not find_stamp(text)):
            continue
        child, above = node, node.parent
        for _ in range(8):
            if above is None or child.mem_id == box.mem_id:
                break
            key = (above.mem_id, f"{child.tag} {_first_class(child)}")
            groups.setdefault(key, {})[child.mem_id] = child
            child, above = above, above.parent
    able = [list(group.values()) for group in groups.values() if len(group) >= _LEAST]
    able = [
        group
        for group in able
        if all(len(line_of(node)) > 25 for node in group)
        and not any(node.tag in ("p", "tr", "td", "span") for node in group)
    ]
    return max(able, key=lambda group: sum(len(line_of(node)) for node in group), default=[])


def _first_class(node: LexborNode) -> str:
    classes = (node.attributes.get("class") or "").split()
    return re.sub(r"[0-9]+", "0", classes[0]) if classes else ""


def _read(page: LexborHTMLParser, items: list[LexborNode]) -> Taken:
    taken = Taken(count=_stated_count(page, items[0]), platform="repeated blocks")
    found: list[tuple[Found, list[Block], list[Block]]] = []
    for node in items:
        comment, rest = Found(), list[Block]()
        body = blocks(node, {}, None)
        _named_parts(node, comment, body, rest)
        _from_lines(comment, body, rest, marked=False)
        if comment.words is None and comment.posted is None:
            return Taken()
        found.append((comment, body, rest))
    if not all(comment.author for comment, _, _ in found) or not any(body for _, body, _ in found):
        return Taken()
    for comment, body, rest in found:
        comment.text, comment.links = as_comment(body)
        taken.comments.append(comment)
        taken.rest += [block.text for block in rest]
    taken.problems.append("no known system made this page; its comments were found by their repetition")
    return taken


def _named_parts(node: LexborNode, comment: Found, body: list[Block], rest: list[Block]) -> None:
    """Take the time and the name that stand in elements of their own."""
    time = node.css_first("time[datetime]")
    shown = ""
    if time is not None:
        shown = line_of(time)
        comment.posted, comment.words = iso(time.attributes.get("datetime") or ""), shown or None
    name = node.css_first(
        "[class*=author], [class*=name], [class*=nick], [class*=user], [class*=writer], b, strong, cite, h4, h5, h6"
    )
    named = line_of(name) if name is not None else ""
    if 0 < len(named) <= 60 and not find_stamp(named):
        comment.author = named
    for block in body[:3]:
        if block.text in (shown, named, f"{named} {shown}"):
            body.remove(block)
            rest.append(block)
