"""Who answers whom, as the markup of a page shows it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from corpus.read.comment_parts import Nodes, owner
from corpus.read.graph import by_depth

if TYPE_CHECKING:
    from corpus.read.page import Page

_DEPTH_CLASS = re.compile(r"(?:^|\s)(?:depth|level|indent)[-_]?([0-9]{1,3})(?:\s|\Z)")
_MARGIN = re.compile(r"(?:margin-left|padding-left|--depth)\s?:\s?([0-9]{1,5})")
_PARENT_LINK = re.compile(r"#comment-([0-9]{1,20})\Z|/comment/([0-9]{1,20})(?:#|\Z)")
_STATED = (
    "[rel~='sioc:reply_of'][resource*='comment'], .visually-hidden a[href*='#comment-'], .parent a[href*='#comment-'],"
    " .byline a[href^='#comment-']"
)


def parents(page: Page, nodes: Nodes) -> tuple[list[int], list[str | None]]:
    """Return for each comment the place of its parent (-1: none), and the parent's id where the page names it."""
    named: list[str | None] = [None] * len(nodes.items)
    nesting = nodes.platform.nesting
    if nesting == "indent":
        return by_depth([_indent(page, node) for node in nodes.items]), named
    if nesting == "level":
        return _by_level(page, nodes, named)
    if nesting == "margin":
        return by_depth(_margins(page, nodes.items)), named
    if nesting == "replies":
        return _by_reply(page, nodes), named
    above = list(nodes.above)
    if nesting == "indented":
        above = _indented(page, nodes, above)
        named = _stated(page, nodes)
    if not any(parent >= 0 for parent in above):
        depths = [_class_depth(page, node) for node in nodes.items]
        if any(depths) and None not in depths:
            above = by_depth([depth or 0 for depth in depths])
        elif nodes.platform.wide and any(margins := _margins(page, nodes.items)):
            above = by_depth(margins)
    return above, named


def _indent(page: Page, node: int) -> int:
    cell = page.first("td.ind", node)
    if cell is None:
        return 0
    stated = page.get(cell, "indent")
    if stated.isdigit():
        return int(stated)
    image = page.first("img", cell)
    width = page.get(image, "width") if image is not None else ""
    return int(width) // 40 if width.isdigit() else 0


def _by_level(page: Page, nodes: Nodes, named: list[str | None]) -> tuple[list[int], list[str | None]]:
    attribute, parent = nodes.platform.level, nodes.platform.parent
    if not attribute:
        return [-1] * len(nodes.items), named
    depths = [int(value) if (value := page.get(node, attribute)).isdigit() else 0 for node in nodes.items]
    if parent:
        named = [page.get(node, parent).removeprefix("t1_") or None for node in nodes.items]
        named = [name if depth else None for name, depth in zip(named, depths, strict=True)]
    return by_depth(depths), named


def _margins(page: Page, items: list[int]) -> list[int]:
    found = [_MARGIN.search(page.get(node, "style")) for node in items]
    classes = [_class_depth(page, node) for node in items]
    return [int(margin[1]) if margin else (depth or 0) for margin, depth in zip(found, classes, strict=True)]


def _class_depth(page: Page, node: int) -> int | None:
    found = _DEPTH_CLASS.search(page.get(node, "class"))
    return int(found[1]) if found else None


def _by_reply(page: Page, nodes: Nodes) -> list[int]:
    """Read replies marked by a class, by their id, or by the box they lie in, as answers to the comment before."""
    mark = nodes.platform.reply
    found, last = [], -1
    for at, node in enumerate(nodes.items):
        if mark:
            reply = mark in page.class_words(node)
        else:
            reply = page.get(node, "id").startswith("reply_li_") or any(
                page.tags[around] == "ytd-comment-replies-renderer" for around in page.above(node)
            )
        if not reply:
            last = at
        found.append(last if reply else -1)
    return found


def _indented(page: Page, nodes: Nodes, above: list[int]) -> list[int]:
    """Drupal puts replies in a box that follows their parent."""
    boxes = set(page.css(".indented"))
    if not boxes:
        return above
    depths = [sum(around in boxes for around in page.above(node)) for node in nodes.items]
    return by_depth(depths) if any(depths) else above


def _stated(page: Page, nodes: Nodes) -> list[str | None]:
    """Return the parents that RDFa, or a link of "In reply to", names."""
    named: list[str | None] = [None] * len(nodes.items)
    for node in page.css(_STATED):
        at = owner(page, node, nodes.place, set())
        target = _PARENT_LINK.search(page.get(node, "resource") or page.get(node, "href"))
        if at is not None and target and (target[1] or target[2]) != nodes.own[at]:
            named[at] = target[1] or target[2]
    return named
