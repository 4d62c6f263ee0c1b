"""The comments of a saved page, read from its markup and taken out of it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from corpus.model import StatedCount
from corpus.read.assembly import Found
from corpus.read.comment_facts import USED, read_comment
from corpus.read.comment_nesting import parents
from corpus.read.comment_nodes import find_nodes
from corpus.read.comment_parts import Nodes
from corpus.read.furniture import comment_heading
from corpus.read.page_parts import BUTTONS, ELSEWHERE, FURNITURE
from corpus.read.walk import Block, as_comment, blocks
from corpus.text import canonical_line

if TYPE_CHECKING:
    from corpus.read.page import Page

_COUNTED = (
    "h1, h2, h3, h4, h5, .comments-title, .comments-heading, .comment-count, .comment-title, .comments-count, .commentcount, [class*='comments__headline'],"
    " [class*='comment-count'], [class*='commentCount'], .u_cbox_count, .num_box, .fdb_tag, .subline a, .panestack-title, .comment_head"
)
_NUMBER = re.compile(r"\D{0,30}([0-9][0-9.,]{0,8})\D{0,40}\Z")
_GONE = re.compile(
    r"\[(flagged|dead|deleted|removed)\]|(?:이 댓글은 |해당 댓글은 )?(?:작성자가 |본인이 |운영자가 )?(?:삭제(?:된|한) 댓글입니다|삭제되었습니다|삭제한 댓글)\.?"
    r"|(?:this )?comment (?:has been |was )?(?:deleted|removed)\.?(?: by .{1,20})?",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(r"[•·|—–,:/-]{1,3}")
_BODY, _REST = "body", "rest"


@dataclass(slots=True)
class Taken:
    """What was read of a page's comments. `rest` are their words that are neither text, name nor time."""

    comments: list[Found] = field(default_factory=list)
    count: StatedCount | None = None
    problems: list[str] = field(default_factory=list)
    rest: list[str] = field(default_factory=list)
    first: tuple[Found, list[Block]] | None = None
    platform: str | None = None


def take_comments(page: Page) -> Taken:
    """Read the comments of a page and take them out of it."""
    nodes = find_nodes(page)
    if nodes is None:
        return Taken()
    taken = Taken(count=stated_count(page, nodes.items[0]), platform=nodes.platform.name)
    above, named = parents(page, nodes)
    bodies, rests = _blocks(page, nodes)
    bare_edges(bodies, rests)
    for at in range(len(nodes.items)):
        found = read_comment(page, nodes, at, bodies[at], rests[at])
        found.parent = named[at]
        found.above = above[at] if above[at] >= 0 and not named[at] else None
        found.text, found.links = as_comment(bodies[at])
        if gone := _gone(found):
            taken.rest.append(gone)
        if not found.text and found.kind == "comment" and found.author is None:
            found.kind, found.state = "deleted", found.state or "the page has no text for it"
        taken.comments.append(found)
        taken.rest += words_left(rests[at], found)
    if nodes.platform.first_is_article and taken.comments:
        _first_apart(taken, bodies[0])
    for node, up in zip(nodes.items, nodes.above, strict=True):
        if up < 0:
            page.cut(node)
    for node in nodes.after:
        page.cut(node)
    return taken


def _gone(found: Found) -> str:
    """Mark a comment where the page shows a word in brackets for its text; return what it shows."""
    shown = found.text
    if len(shown) > 40 or not (words := _GONE.fullmatch(shown)):
        return ""
    found.state = canonical_line(words[1] or words[0])
    found.kind, found.text, found.links = "deleted", "", []
    return shown


def _first_apart(taken: Taken, body: list[Block]) -> None:
    """In a forum the first contribution is the article, and what answers it stands at the top."""
    first = taken.comments.pop(0)
    taken.first = (first, body)
    taken.rest[:0] = [words for words in (first.author, first.words, first.title) if words]
    for comment in taken.comments:
        comment.above = comment.above - 1 if comment.above else None


def _blocks(page: Page, nodes: Nodes) -> tuple[list[list[Block]], list[list[Block]]]:
    """Return the blocks of each comment's text, and of what else it shows."""
    regions: dict[int, object] = {}
    sure = sum(nodes.rank[at] < 2 for at in nodes.parts["body"])
    for node in page.css(FURNITURE if sure < len(nodes.items) else BUTTONS):
        regions[node] = _REST
    for at, node in enumerate(nodes.items):
        regions[node] = (at, _REST if at in nodes.parts["body"] else _BODY)
    regions |= {node: (at, _REST) for node, at in nodes.after.items()}
    for at, node in nodes.parts["body"].items():
        if node not in nodes.place:
            regions[node] = (at, _BODY)
    for name in ("author", "time", "title"):
        for at, node in nodes.parts.get(name, {}).items():
            if node not in nodes.place and regions.get(node, _REST) is _REST:
                regions[node] = (at, USED)
    bodies: list[list[Block]] = [[] for _ in nodes.items]
    rests: list[list[Block]] = [[] for _ in nodes.items]
    for at, node in enumerate(nodes.items):
        if nodes.above[at] < 0:
            _sort_out(page, node, at, regions, bodies, rests)
    for node, at in nodes.after.items():
        _sort_out(page, node, at, regions, bodies, rests)
    return bodies, rests


def _sort_out(
    page: Page, node: int, at: int, regions: dict[int, object], bodies: list[list[Block]], rests: list[list[Block]]
) -> None:
    owner = at
    for block in blocks(page, node, regions, (at, _REST)):
        if isinstance(block.region, tuple):
            owner, part = block.region
            (bodies if part == _BODY else rests)[owner].append(block)
        else:
            rests[owner].append(block)


def bare_edges(bodies: list[list[Block]], rests: list[list[Block]]) -> None:
    """Move what stands at the edge of most texts alike, or is only a dot or stroke, to what else comments show."""
    for edge in (0, -1):
        while True:
            shown = Counter(body[edge].text for body in bodies if len(body) > 1)
            often = {text for text, number in shown.items() if number > 2 and number * 2 > len(bodies)}
            moved = False
            for body, rest in zip(bodies, rests, strict=True):
                if len(body) > 1 and (body[edge].text in often or _SEPARATOR.fullmatch(body[edge].text)):
                    rest.append(body.pop(edge))
                    moved = True
            if not moved:
                break


def _is_used(block: Block) -> bool:
    return isinstance(block.region, tuple) and block.region[1] == USED


def words_left(rest: list[Block], found: Found) -> list[str]:
    """Return the words around a comment's text that are not in its name, time or title as they are shown."""
    taken = {words for words in (found.author, found.words, found.title) if words}
    kept, left = {f" {words} " for words in taken}, []
    for block in rest:
        if not taken:
            left.append(block.text)
            continue
        if block.text in taken:
            taken.discard(block.text)
            continue
        lines = []
        for piece in block.pieces or [block.text]:
            line = " ".join(piece.split())
            if line in taken:
                taken.discard(line)
            elif line and not (_is_used(block) and any(f" {line} " in words for words in kept)):
                lines.append(line)
        if lines:
            whole = len(lines) == sum(not piece.isspace() for piece in block.pieces)
            left.append(block.text if whole else " ".join(lines))
    return left


def stated_count(page: Page, first: int) -> StatedCount | None:
    """Return the count that stands nearest before the first comment, else nearest after it."""
    nodes = page.css(_COUNTED)
    split = bisect_left(nodes, first)
    for node in (*reversed(nodes[:split]), *nodes[split:]):
        text = page.line(node)
        if not text or len(text) > 300 or _of_another(page, node, first):
            continue
        count = comment_heading(text)[1]
        if count is None and len(text) < 60 and "omment" in page.get(node, "class") + page.get(node, "id"):
            number = _NUMBER.match(text)
            count = int(re.sub(r"[.,]", "", number[1])) if number else None
        if count is not None and count < 1_000_000:
            return StatedCount(count, text)
    return None


def _of_another(page: Page, node: int, first: int) -> bool:
    """Tell whether a count stands in a list, beside the article, or in another article, so that it is of that one."""
    for above in page.above(node):
        tag = page.tags[above]
        if above <= first < page.end[above]:
            return False
        if tag in ("li", "aside", "nav") or (tag == "article" and page.first("h1", above) is None):
            return True
    return False


def loaded_from(page: Page) -> str | None:
    """Return the service whose comments belong under the page and are not in it; what is not seen is still in the page."""
    return next((name for name, selector in ELSEWHERE.items() if page.css(selector)), None)
