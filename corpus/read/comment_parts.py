"""The parts of comments: which elements are the text, the name and the time of which comment."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from corpus.read.assembly import stamp_of
from corpus.read.page_parts import BUTTONS
from corpus.read.platforms import Platform

if TYPE_CHECKING:
    from corpus.read.page import Page

_CALLED = {
    "author": re.compile(
        r"(?:^|\s)[\w-]{0,40}?comment[\w-]{0,40}?(?:author|user|name|nick|writer)(?=\s|\Z)", re.IGNORECASE
    ),
    "time": re.compile(
        r"(?:^|\s)[\w-]{0,40}?comment[\w-]{0,40}?(?:date|time|timestamp|posted)(?=\s|\Z)", re.IGNORECASE
    ),
    "body": re.compile(
        r"(?:^|\s)(?!comment[-_]?body(?:\s|\Z))[\w-]{0,40}?comment[\w-]{0,40}?(?:text|body|content|message|copy)(?=\s|\Z)",
        re.IGNORECASE,
    ),
}
"""Classes that pages of no known system make up for the parts of their comments."""
_SURE = 2
"""Bodies of a lower rank hold the text of a comment and nothing else."""
_LONGEST_NAME = 80
_HEAD = 80
"""A name that stands so many characters into a body, at most, stands over it."""


@dataclass(slots=True)
class Nodes:
    """The comments of a page: their elements in its order, the place of each, and their parts by kind and place.

    `after` are the elements that follow an item and are of its comment, by their place.
    """

    platform: Platform
    items: list[int]
    place: dict[int, int]
    above: list[int]
    own: list[str | None]
    parts: dict[str, dict[int, int]] = field(default_factory=dict)
    rank: dict[int, int] = field(default_factory=dict)
    after: dict[int, int] = field(default_factory=dict)


def find_parts(page: Page, nodes: Nodes) -> None:
    """Find the parts of the items of `nodes`."""
    platform = nodes.platform
    place = nodes.place | nodes.after if nodes.after else nodes.place
    never = set(page.css(BUTTONS)) if platform.wide else set()
    _find_bodies(page, nodes, place)
    barred = never | _sure_bodies(nodes)
    _find(page, nodes, place, "author", platform.author, barred)
    if platform.wide:
        _find_called(page, nodes, place, "author", barred)
        _unwrap(page, nodes, never)
        barred = never | _sure_bodies(nodes)
    _find(page, nodes, place, "time", platform.time, barred)
    if platform.wide:
        _find_called(page, nodes, place, "time", barred)
    for name in ("title", "up", "down", "score", "deleted"):
        if selector := getattr(platform, name):
            _find(page, nodes, place, name, (selector,), barred if name != "deleted" else set())


def _find_bodies(page: Page, nodes: Nodes, place: dict[int, int]) -> None:
    platform = nodes.platform
    bodies = nodes.parts["body"] = {}
    for rank, selector in enumerate(platform.body):
        for node in page.css(selector):
            at = owner(page, node, place, set())
            if at is not None and at not in bodies and node not in nodes.place:
                bodies[at] = node
                nodes.rank[at] = rank
    if platform.wide and len(_sure_bodies(nodes)) < len(nodes.items):
        for node in _called(page, "body"):
            at = owner(page, node, place, set())
            if at is None or node in nodes.place or nodes.rank.get(at, _SURE) < _SURE:
                continue
            # what is called the text inside of something wider is surer than that
            if at not in bodies or bodies[at] < node < page.end[bodies[at]]:
                bodies[at] = node
                nodes.rank[at] = _SURE


def _sure_bodies(nodes: Nodes) -> set[int]:
    return {node for at, node in nodes.parts["body"].items() if nodes.rank[at] < _SURE}


def _find(
    page: Page, nodes: Nodes, place: dict[int, int], name: str, selectors: tuple[str, ...], barred: set[int]
) -> None:
    found = nodes.parts.setdefault(name, {})
    for selector in selectors:
        if len(found) == len(nodes.items):
            break
        _assign(page, nodes, page.css(selector), place, name, barred)


def _find_called(page: Page, nodes: Nodes, place: dict[int, int], name: str, barred: set[int]) -> None:
    if len(nodes.parts[name]) < len(nodes.items):
        _assign(page, nodes, _called(page, name), place, name, barred)


def _called(page: Page, name: str) -> list[int]:
    pattern = _CALLED[name]
    return page.with_attribute("class", lambda value, _: bool(pattern.search(value)), "")


def _assign(page: Page, nodes: Nodes, able: Iterable[int], place: dict[int, int], name: str, barred: set[int]) -> None:
    """Give each comment the first of some elements that is its own."""
    found = nodes.parts[name]
    empty = name == "author" and nodes.platform.wide
    for node in able:
        at = owner(page, node, place, barred)
        if at is None or at in found or (empty and (node in nodes.place or _is_no_name(page, node))):
            continue
        found[at] = node


def _is_no_name(page: Page, node: int) -> bool:
    """Tell whether an element is, or stands beside, the picture of a commenter, or is a date."""
    if not any(page.pieces(node)):
        return True
    if any(word.startswith("avatar") for at in (node, page.up[node]) for word in page.class_words(at)):
        return True
    words = page.line(node)
    stamp = stamp_of(words) if any(map(str.isdigit, words)) and len(words) <= _LONGEST_NAME else None
    return stamp is not None and not any(map(str.isalpha, words[: stamp.start] + words[stamp.end :]))


def _unwrap(page: Page, nodes: Nodes, never: set[int]) -> None:
    """Where the name stands at the head of what is called the text, that is a wrapper: the text is what is in it."""
    authors, bodies = nodes.parts["author"], nodes.parts["body"]
    if len(authors) == len(nodes.items):
        return
    quotes = set(page.css("blockquote"))
    for selector in (*nodes.platform.author, ""):
        for node in page.css(selector) if selector else _called(page, "author"):
            at = owner(page, node, nodes.place, never | quotes)
            if at is None or at in authors or node in nodes.place or at not in bodies or _is_no_name(page, node):
                continue
            body = bodies[at]
            over = sum(len(words) for words in page.words[page.first_word[body] : page.first_word[node]])
            if node >= body and over <= _HEAD and page.length(node) <= _LONGEST_NAME:
                authors[at] = node
                _choose_inner(page, nodes, at, node)


def _choose_inner(page: Page, nodes: Nodes, at: int, author: int) -> None:
    body = nodes.parts["body"][at]
    nodes.rank[at] = len(nodes.platform.body)
    for inner in (*(page.css(one, body) for one in nodes.platform.body), _called(page, "body")):
        for node in inner:
            if body < node < page.end[body] and not node <= author < page.end[node]:
                nodes.parts["body"][at], nodes.rank[at] = node, _SURE - 1
                return


def owner(page: Page, node: int, place: dict[int, int], barred: set[int]) -> int | None:
    """Return the place of the comment that a part belongs to; None where there is none, or it lies in a barred element."""
    at = nearest(page, node, place, barred)
    return None if at == -1 else at


def nearest(page: Page, node: int, place: dict[int, int], barred: set[int]) -> int | None:
    """Return the place of the comment that an element lies in, -1 where it is in none, None where a barred one is nearer."""
    up = page.up
    while node >= 0:
        if node in place:
            return place[node]
        if node in barred:
            return None
        node = up[node]
    return -1
