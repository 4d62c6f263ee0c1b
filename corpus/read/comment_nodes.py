"""Which nodes of a page are comments, and which of their parts belong to which."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from corpus.read.comment_parts import Nodes, find_parts, nearest
from corpus.read.page_parts import COMMENT_LIST, NO_COMMENT
from corpus.read.platforms import PLATFORMS, Platform

if TYPE_CHECKING:
    from corpus.read.page import Page

_OWN_ID = re.compile(
    r"(?:w(?:c|pd)-comm-([0-9]{1,20})(?:_[0-9]{1,20})?|(?:isso-|dsq-|reply_li_|comment_li_|comment[-_]|post-|tree_|ct_|cid|p|c)?([0-9][0-9A-Za-z_-]{0,60})|t[13]_([0-9a-z]{1,20}))\Z"
)
_WP_ID = re.compile(r"(?:li-|div-)?comment(?:-([0-9][0-9A-Za-z_-]{0,60}|[0-9a-f]{12,60})|_?([0-9]{1,20}))\Z")
_NAVER_ID = re.compile(r"commentNo:\s?'?([0-9]+)")
_ABOUT = re.compile(r"#comment-([0-9]{1,20})\Z|/comment/([0-9]{1,20})\Z")
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
_LINKS_BACK = frozenset(["pingback", "trackback"])


def find_nodes(page: Page) -> Nodes | None:
    """Return the comments of the first system that the page is of; None where it is of none that is known."""
    banned = no_comment(page)
    for platform in PLATFORMS:
        if platform.mark and not page.css(platform.mark):
            continue
        found = _items(page, platform, banned)
        if found is not None:
            return found
    return None


def no_comment(page: Page) -> set[int]:
    """Return the parts of a page that hold no comments of it: widgets and forms, unless they hold the list of comments itself."""
    return {
        node
        for node in page.css(NO_COMMENT)
        if page.tags[node] not in ("body", "html", "main")
        and not (page.tags[node] == "aside" and page.first(COMMENT_LIST, node) is not None)
    }


def _items(page: Page, platform: Platform, banned: set[int]) -> Nodes | None:
    nodes = Nodes(platform, [], {}, [], [])
    for at in page.css(platform.item):
        if page.tags[at] in _NO_ITEM or (platform.wide and not _is_comment(page, at)):
            continue
        above = nearest(page, page.up[at], nodes.place, banned)
        if above is None:
            continue
        own = own_id(page, at, platform.ids)
        if above >= 0 and own is not None and nodes.own[above] == own:
            continue
        nodes.place[at] = len(nodes.items)
        nodes.items.append(at)
        nodes.above.append(above)
        nodes.own.append(own)
    if not nodes.items:
        return None
    if platform.nesting == "after":
        nodes.after = _followers(page, nodes)
    find_parts(page, nodes)
    found = _without_shells(page, nodes)
    return found if found is None or _says_whose(page, found) else None


def _says_whose(page: Page, nodes: Nodes) -> bool:
    """Tell whether what only looks like comments has a name, a time or an id, or is one of several: dialogues and notices have none."""
    if not nodes.platform.wide or nodes.parts["author"] or nodes.parts["time"]:
        return True
    return (
        any(nodes.own)
        or any(page.length(node) for node in nodes.items)
        or any(not _LINKS_BACK.isdisjoint(page.class_words(node)) for node in nodes.items)
    )


def _followers(page: Page, nodes: Nodes) -> dict[int, int]:
    """Return the brothers that follow each item up to the next one."""
    found: dict[int, int] = {}
    for at, item in enumerate(nodes.items):
        following, last = page.end[item], page.end[page.up[item]]
        while following < last and following not in nodes.place:
            found[following] = at
            following = page.end[following]
    return found


def own_id(page: Page, at: int, attributes: tuple[str, ...]) -> str | None:
    """Return the id that a page gives a comment."""
    for attribute in attributes:
        value = page.get(at, attribute)
        if attribute == "data-info":
            found = _NAVER_ID.search(value[:2000])
        else:
            found = _WP_ID.match(value) or _OWN_ID.match(value)
        if found:
            return next(filter(None, found.groups()), None)
    if found := _ABOUT.search(page.get(at, "about")):
        return found[1] or found[2]
    return _anchor_before(page, at)


def _anchor_before(page: Page, at: int) -> str | None:
    """Drupal sets an anchor with the id before the comment."""
    before, around = at - 1, page.up[at]
    while before > around:
        while page.up[before] > around:
            before = page.up[before]
        if page.tags[before]:
            break
        before -= 1
    if before <= around or page.tags[before] != "a":
        return None
    found = _WP_ID.match(page.get(before, "id") or page.get(before, "name"))
    return found[1] or found[2] if found else None


def _is_comment(page: Page, at: int) -> bool:
    attributes = page.attributes[at]
    return bool(
        _WP_ID.match(attributes.get("id") or "")
        or not _COMMENT_WORDS.isdisjoint(page.class_words(at))
        or "itemtype" in attributes
        or "typeof" in attributes
        or attributes.get("itemprop") == "comment"
    )


def _without_shells(page: Page, nodes: Nodes) -> Nodes | None:
    """Leave out elements that only hold comments: no text, name or time of their own."""
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
    for at in range(count):
        if at not in parts["body"] and not _has_text(page, nodes.items[at]):
            shell[at] = True
    if all(shell):
        return None
    if not any(shell):
        return nodes
    return _compact(nodes, shell)


def _has_text(page: Page, at: int) -> bool:
    if not _LINKS_BACK.isdisjoint(page.class_words(at)):
        return True
    return page.first("p, cite, blockquote", at) is not None


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
        {nodes.items[at]: new for new, at in enumerate(kept)},
        above,
        [nodes.own[at] for at in kept],
    )
    compact.parts = {
        name: {new_place[at]: node for at, node in found.items() if not shell[at]}
        for name, found in nodes.parts.items()
    }
    compact.rank = {new_place[at]: rank for at, rank in nodes.rank.items() if not shell[at]}
    return compact
