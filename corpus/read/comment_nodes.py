"""Which nodes of a page are comments, and which of their parts belong to which."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from corpus.read.page_parts import BUTTONS, NO_COMMENT
from corpus.read.platforms import PLATFORMS, Platform

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_OWN_ID = re.compile(
    r"(?:(?:isso-|dsq-|reply_li_|comment_li_|comment[-_]|post-|tree_|ct_|cid|p|c)?([0-9][0-9A-Za-z_-]{0,60})|t[13]_([0-9a-z]{1,20}))\Z"
)
_WP_ID = re.compile(r"(?:li-|div-)?comment-([0-9][0-9A-Za-z_-]{0,60}|[0-9a-f]{12,60})\Z")
_NAVER_ID = re.compile(r"commentNo:\s?'?([0-9]+)")
_NO_ITEM = frozenset(
    [
        "a",
        "span",
        "input",
        "form",
        "textarea",
        "p",
        "ul",
        "ol",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "script",
        "label",
        "button",
        "footer",
        "header",
        "nav",
        "body",
        "html",
    ]
)
_COMMENT_WORDS = frozenset(["comment", "js-comment", "pingback", "trackback"])


@dataclass(slots=True)
class Nodes:
    """The comments of a page: their nodes in its order, and their parts by kind and place."""

    platform: Platform
    items: list[LexborNode]
    place: dict[int, int]
    above: list[int]
    own: list[str | None]
    parts: dict[str, dict[int, LexborNode]] = field(default_factory=dict)
    rank: dict[int, int] = field(default_factory=dict)


def find_nodes(page: LexborHTMLParser, text: str) -> Nodes | None:
    """Return the comments of the first system that the page is of; None where it is of none that is known."""
    banned = {node.mem_id for node in page.css(NO_COMMENT)}
    for platform in PLATFORMS:
        if platform.marks and not any(mark in text for mark in platform.marks):
            continue
        found = _items(page, platform, banned)
        if found is not None:
            return found
    return None


def _items(page: LexborHTMLParser, platform: Platform, banned: set[int]) -> Nodes | None:
    wide = not platform.marks and "comment-" in platform.item
    seen: dict[int, tuple[LexborNode, str | None]] = {}
    for node in page.css(platform.item):
        own = own_id(node, platform.ids)
        if node.tag in _NO_ITEM or (wide and not _is_comment(node)):
            continue
        seen[node.mem_id] = (node, own)
    if not seen:
        return None
    kept: dict[int, int] = {}
    nodes = Nodes(platform, [], kept, [], [])
    for mem_id, (node, own) in seen.items():
        above = _nearest(node.parent, kept, banned)
        if above is None or (above >= 0 and own is not None and nodes.own[above] == own):
            continue
        kept[mem_id] = len(nodes.items)
        nodes.items.append(node)
        nodes.above.append(above)
        nodes.own.append(own)
    if not nodes.items:
        return None
    _find_parts(page, nodes, banned)
    return _without_shells(nodes)


def own_id(node: LexborNode, attributes: tuple[str, ...]) -> str | None:
    """Return the id that a page gives a comment."""
    for attribute in attributes:
        value = node.attributes.get(attribute) or ""
        if attribute == "data-info":
            found = _NAVER_ID.search(value[:2000])
        else:
            found = _WP_ID.match(value) or _OWN_ID.match(value)
        if found:
            return next(filter(None, found.groups()), None)
    if "about" in node.attributes and (
        found := re.search(r"#comment-([0-9]{1,20})\Z|/comment/([0-9]{1,20})\Z", node.attributes["about"] or "")
    ):
        return found[1] or found[2]
    return _anchor_before(node)


def _anchor_before(node: LexborNode) -> str | None:
    """Drupal sets an anchor with the id before the comment."""
    before = node.prev
    while before is not None and before.tag in ("-text", "-comment"):
        before = before.prev
    if before is None or before.tag != "a":
        return None
    found = _WP_ID.match(before.attributes.get("id") or before.attributes.get("name") or "")
    return found[1] if found else None


def _is_comment(node: LexborNode) -> bool:
    attributes = node.attributes
    return bool(
        _WP_ID.match(attributes.get("id") or "")
        or _COMMENT_WORDS & set((attributes.get("class") or "").split())
        or "itemtype" in attributes
        or "typeof" in attributes
        or attributes.get("itemprop") == "comment"
    )


def _nearest(node: LexborNode | None, place: dict[int, int], banned: set[int]) -> int | None:
    """Return the place of the comment that a node lies in, -1 where it is in none, None where no comment can be."""
    while node is not None:
        mem_id = node.mem_id
        if mem_id in place:
            return place[mem_id]
        if mem_id in banned:
            return None
        node = node.parent
    return -1


def _find_parts(page: LexborHTMLParser, nodes: Nodes, banned: set[int]) -> None:
    platform = nodes.platform
    never = {node.mem_id for node in page.css(BUTTONS)} if not platform.marks else set()
    bodies: dict[int, LexborNode] = {}
    nodes.parts["body"] = bodies
    for rank, selector in enumerate(platform.body):
        for node in page.css(selector):
            at = _owner(node, nodes.place, set())
            if at is not None and at not in bodies:
                bodies[at] = node
                nodes.rank[at] = rank
    inside = never | {node.mem_id for at, node in bodies.items() if nodes.rank[at] < 2}
    wanted = [("author", platform.author), ("time", platform.time)]
    wanted += [
        (name, (getattr(platform, name),))
        for name in ("title", "up", "down", "score", "deleted")
        if getattr(platform, name)
    ]
    for name, selectors in wanted:
        found: dict[int, LexborNode] = {}
        nodes.parts[name] = found
        for selector in selectors:
            if len(found) == len(nodes.items):
                break
            for node in page.css(selector):
                at = _owner(node, nodes.place, inside if name != "deleted" else set())
                if at is not None and at not in found:
                    found[at] = node


def _owner(node: LexborNode | None, place: dict[int, int], barred: set[int]) -> int | None:
    """Return the place of the comment that a part belongs to; None where there is none, or it lies in a barred node."""
    while node is not None:
        mem_id = node.mem_id
        if mem_id in place:
            return place[mem_id]
        if mem_id in barred:
            return None
        node = node.parent
    return None


def _without_shells(nodes: Nodes) -> Nodes | None:
    """Leave out nodes that only hold comments: no text, name or time of their own."""
    count = len(nodes.items)
    children = [0] * count
    for above in nodes.above:
        if above >= 0:
            children[above] += 1
    parts = nodes.parts
    shell = [
        at not in parts["body"] and at not in parts["author"] and at not in parts["time"] and children[at] > 0
        for at in range(count)
    ]
    bare = [at for at in range(count) if at not in parts["body"] and not _has_text(nodes.items[at])]
    for at in bare:
        shell[at] = True
    if all(shell):
        return None
    if not any(shell):
        return nodes
    return _compact(nodes, shell)


def _has_text(node: LexborNode) -> bool:
    return node.css_first("p, cite, blockquote") is not None or bool(
        {"pingback", "trackback"} & set((node.attributes.get("class") or "").split())
    )


def _compact(nodes: Nodes, shell: list[bool]) -> Nodes:
    new_place: dict[int, int] = {}
    above: list[int] = []
    for at in range(len(nodes.items)):
        up = nodes.above[at]
        while up >= 0 and shell[up]:
            # the id of a shell is that of the comment in it
            if not shell[at] and nodes.own[at] is None and nodes.own[up] is not None:
                nodes.own[at], nodes.own[up] = nodes.own[up], None
            up = nodes.above[up]
        if not shell[at]:
            new_place[at] = len(above)
            above.append(new_place[up] if up >= 0 else -1)
    kept = [at for at in range(len(nodes.items)) if not shell[at]]
    compact = Nodes(
        nodes.platform,
        [nodes.items[at] for at in kept],
        {nodes.items[at].mem_id: new for new, at in enumerate(kept)},
        above,
        [nodes.own[at] for at in kept],
    )
    compact.parts = {
        name: {new_place[at]: node for at, node in found.items() if not shell[at]}
        for name, found in nodes.parts.items()
    }
    compact.rank = {new_place[at]: rank for at, rank in nodes.rank.items() if not shell[at]}
    return compact
