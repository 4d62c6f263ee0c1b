"""Who answers whom, as the markup of a page shows it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from corpus.read.comment_nodes import Nodes
from corpus.read.graph import by_depth

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_DEPTH_CLASS = re.compile(r"(?:^|\s)(?:depth|level|indent)[-_]?([0-9]{1,3})(?:\s|\Z)")
_MARGIN = re.compile(r"(?:margin-left|padding-left|--depth)\s?:\s?([0-9]{1,5})")
_PARENT_LINK = re.compile(r"#comment-([0-9]{1,20})\Z|/comment/([0-9]{1,20})(?:#|\Z)")


def parents(page: LexborHTMLParser, nodes: Nodes) -> tuple[list[int], list[str | None]]:
    """Return for each comment the place of its parent (-1: none), and the parent's id where the page names it."""
    named: list[str | None] = [None] * len(nodes.items)
    nesting = nodes.platform.nesting
    if nesting == "indent":
        return by_depth([_indent(node) for node in nodes.items]), named
    if nesting == "level":
        return _by_level(nodes, named)
    if nesting == "margin":
        return by_depth(_margins(nodes.items)), named
    if nesting == "replies":
        return _by_reply(nodes), named
    above = list(nodes.above)
    if nesting == "indented":
        above = _indented(page, nodes, above)
        named = _stated(page, nodes)
    if not any(parent >= 0 for parent in above):
        depths = [_class_depth(node) for node in nodes.items]
        if any(depths) and None not in depths:
            above = by_depth([depth or 0 for depth in depths])
    return above, named


def _indent(node: LexborNode) -> int:
    cell = node.css_first("td.ind")
    if cell is None:
        return 0
    stated = cell.attributes.get("indent")
    if stated and stated.isdigit():
        return int(stated)
    image = cell.css_first("img")
    width = (image.attributes.get("width") or "") if image is not None else ""
    return int(width) // 40 if width.isdigit() else 0


def _by_level(nodes: Nodes, named: list[str | None]) -> tuple[list[int], list[str | None]]:
    attribute, parent = nodes.platform.level, nodes.platform.parent
    if not attribute:
        return [-1] * len(nodes.items), named
    depths = [int(value) if (value := node.attributes.get(attribute) or "").isdigit() else 0 for node in nodes.items]
    if parent:
        named = [(node.attributes.get(parent) or "").removeprefix("t1_") or None for node in nodes.items]
        named = [name if depth else None for name, depth in zip(named, depths, strict=True)]
    return by_depth(depths), named


def _margins(items: list[LexborNode]) -> list[int]:
    found = [_MARGIN.search(node.attributes.get("style") or "") for node in items]
    classes = [_class_depth(node) for node in items]
    return [int(margin[1]) if margin else (depth or 0) for margin, depth in zip(found, classes, strict=True)]


def _class_depth(node: LexborNode) -> int | None:
    found = _DEPTH_CLASS.search(node.attributes.get("class") or "")
    return int(found[1]) if found else None


def _by_reply(nodes: Nodes) -> list[int]:
    """Read replies marked by a class, by their id, or by the box they lie in, as answers to the comment before."""
    mark = nodes.platform.reply
    found, last = [], -1
    for at, node in enumerate(nodes.items):
        if mark:
            reply = mark in (node.attributes.get("class") or "").split()
        else:
            reply = (node.attributes.get("id") or "").startswith("reply_li_") or _within(
                node, "ytd-comment-replies-renderer"
            )
        if not reply:
            last = at
        found.append(last if reply else -1)
    return found


def _within(node: LexborNode, tag: str) -> bool:
    above = node.parent
    while above is not None:
        if above.tag == tag:
            return True
        above = above.parent
    return False


def _indented(page: LexborHTMLParser, nodes: Nodes, above: list[int]) -> list[int]:
    """Drupal puts replies in a box that follows their parent."""
    boxes = {node.mem_id for node in page.css(".indented")}
    if not boxes:
        return above
    depths = []
    for node in nodes.items:
        depth, up = 0, node.parent
        while up is not None:
            depth += up.mem_id in boxes
            up = up.parent
        depths.append(depth)
    return by_depth(depths) if any(depths) else above


def _stated(page: LexborHTMLParser, nodes: Nodes) -> list[str | None]:
    """Return the parents that RDFa, or a link of "In reply to", names."""
    from corpus.read.comment_nodes import _owner

    named: list[str | None] = [None] * len(nodes.items)
    for node in page.css(
        "[rel~='sioc:reply_of'][resource*='comment'], .visually-hidden a[href*='#comment-'], .parent a[href*='#comment-']"
    ):
        at = _owner(node, nodes.place, set())
        target = _PARENT_LINK.search(node.attributes.get("resource") or node.attributes.get("href") or "")
        if at is not None and target and (target[1] or target[2]) != nodes.own[at]:
            named[at] = target[1] or target[2]
    return named
