"""The comments of a saved page, read from its markup and taken out of it."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from corpus.model import StatedCount, Votes
from corpus.read.assembly import Found, stamp_of, zoned
from corpus.read.comment_nesting import parents
from corpus.read.comment_nodes import Nodes, find_nodes
from corpus.read.furniture import comment_heading
from corpus.read.lines import split_lines
from corpus.read.page_parts import BUTTONS, ELSEWHERE, FURNITURE
from corpus.read.shapes import dated_lines, name_like
from corpus.read.walk import Block, as_comment, blocks
from corpus.text import canonical_line
from corpus.times import iso

if TYPE_CHECKING:
    from corpus.read.page import Page

_SAYS = re.compile(r"\s(?:says|said|sagt|sagte|schrieb|dijo|dice|a dit|said\.\.\.)\s?(?::|…|\.{3})?\Z", re.IGNORECASE)
_BY = re.compile(r"(?:by|comment by|posted by:?|von|par|por)\s", re.IGNORECASE)
_NOT_VERIFIED = re.compile(r"\s?\((?:not verified|nicht überprüft|non vérifié|no verificado)\)\Z", re.IGNORECASE)
_EPOCH = re.compile(r"([0-9]{4}-\S+?)\s[0-9]{9,10}\Z")
_WHOLE = re.compile(r"[+-]?[0-9][0-9,.]{0,12}\s?[kKmM만천]?")
_VOTED = re.compile(
    r"\bvote up!?\s{0,3}([+-]?[0-9]{1,6})\s{1,5}.{0,20}?\bvote down!?\s{0,3}([+-]?[0-9]{1,6})",
    re.IGNORECASE | re.DOTALL,
)
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
_USED, _BODY, _REST = "used", "body", "rest"
_LONGEST_HEADER = 160


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
    taken = Taken(count=_stated_count(page, nodes.items[0]), platform=nodes.platform.name)
    above, named = parents(page, nodes)
    bodies, rests = _blocks(page, nodes)
    for at in range(len(nodes.items)):
        found = _read(page, nodes, at, bodies[at], rests[at])
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
                regions[node] = (at, _USED)
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


def _read(page: Page, nodes: Nodes, at: int, body: list[Block], rest: list[Block]) -> Found:
    node, parts = nodes.items[at], nodes.parts
    attributes = page.attributes[node]
    classes = page.class_words(node)
    found = Found(own=nodes.own[at])
    if at in parts["author"]:
        found.author = _name(page, parts["author"][at])
        shown = page.line(parts["author"][at])
        if at not in parts["time"] and len(shown) <= _LONGEST_HEADER and (stamp := stamp_of(shown)):
            found.words = shown[stamp.start : stamp.end].strip()
    if at in parts["time"]:
        _read_time(page, found, parts["time"][at])
    elif "posttimestamp" in attributes:
        found.posted = iso(attributes["posttimestamp"] or "")
    if page.tags[node] == "shreddit-comment":
        found.author = found.author or canonical_line(page.get(node, "author")) or None
        found.url = found.url or canonical_line(page.get(node, "permalink")) or None
    if found.author is None or found.words is None or stamp_of(found.words) is None:
        _from_lines(found, body, rest, at in parts["body"])
    if at in parts.get("title", {}):
        found.title = page.line(parts["title"][at]) or None
    found.votes = _votes(page, nodes, at, rest)
    if "pingback" in classes or "trackback" in classes:
        found.kind = "pingback"
    if at in parts.get("deleted", {}) or ("deleted" in classes and nodes.platform.deleted == ".deleted"):
        found.kind, found.state = "deleted", "deleted, as the page says"
    if found.author in ("[deleted]", "[removed]"):
        found.author, found.kind, found.state = None, "deleted", "deleted, as the page says"
    return found


def _is_used(block: Block) -> bool:
    return isinstance(block.region, tuple) and block.region[1] == _USED


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


def _name(page: Page, node: int) -> str | None:
    name = page.get(node, "data-nick") or page.line(node)
    name = _NOT_VERIFIED.sub("", _SAYS.sub("", canonical_line(name)))
    stamp = stamp_of(name)
    if stamp:
        dated = dated_lines(split_lines(name))
        name = dated[0].name if dated and dated[0].name else name[: stamp.start]
    lead = _BY.match(name)
    name = (name[lead.end() :] if lead and len(name) > lead.end() + 1 else name).strip(" |·•—–-,:").removesuffix("(")
    return name.strip() or None


def _read_time(page: Page, found: Found, node: int) -> None:
    attributes = page.attributes[node]
    shown = page.line(node)
    stamp = stamp_of(shown)
    words = shown[stamp.start : stamp.end].strip() if stamp else None
    for attribute in ("datetime", "content", "title", "data-value", "data-time", "ts"):
        value = canonical_line(attributes.get(attribute) or "", 80)
        machine = _machine(value) if value else None
        if machine:
            found.posted, found.words = zoned(machine, words), words or shown[:80] or value
            break
    else:
        inner = page.first("[content], time[datetime]", node)
        value = (page.get(inner, "content") or page.get(inner, "datetime")) if inner is not None else ""
        found.posted = zoned(_machine(canonical_line(value, 80)), words) if value else None
        found.words = words
    found.url = found.url or _address(page, node)


def _machine(value: str) -> str | None:
    from corpus.read.fields import moment

    epoch = _EPOCH.match(value)
    if epoch:
        # the second number is the same moment in seconds since 1970, so the clock is that of UTC
        known = iso(epoch[1])
        return f"{known}Z" if known and "T" in known and not known.endswith("Z") else known
    if value.isdigit():
        return moment(int(value)) if len(value) in (10, 13) else None
    return iso(value)


def _from_lines(found: Found, body: list[Block], rest: list[Block], marked: bool) -> None:
    """Read name and time from the lines around a text whose markup does not tell them apart."""
    edges = [] if marked else [*body[:2], *body[-1:]]
    for block in [*rest, *edges]:
        if len(block.text) > _LONGEST_HEADER:
            continue
        for line in dated_lines(split_lines(block.text.replace("\n", " "))):
            name = _NOT_VERIFIED.sub("", line.name)
            named = found.author is None and name_like(name)
            if block in body and not (named or line.shape.lead or line.stamp.clock):
                continue
            if named:
                found.author = name
            if found.words is None or (found.posted and found.words == found.posted):
                found.words, found.posted = line.words, zoned(found.posted, line.words)
            block.region = (-1, _USED)
            if block in body and len(body) > 1:
                body.remove(block)
                rest.append(block)
            return


def _votes(page: Page, nodes: Nodes, at: int, rest: list[Block]) -> Votes | None:
    given = {}
    for name in ("up", "down", "score"):
        node = nodes.parts.get(name, {}).get(at)
        if node is not None:
            number = _WHOLE.search(page.get(node, "title") or page.line(node))
            if number and number[0][-1:].isdigit():
                given[name] = int(re.sub(r"[,.\s]", "", number[0]))
    if not given and (shown := _VOTED.search("\n".join(block.text for block in rest))):
        given = {"up": int(shown[1]), "down": abs(int(shown[2]))}
    if (stated := page.get(nodes.items[at], "score")) and re.fullmatch(r"-?[0-9]{1,9}", stated):
        given["score"] = int(stated)
    return Votes(given.get("up"), given.get("down"), given.get("score")) if given else None


def _address(page: Page, time: int) -> str | None:
    """Return the permanent address that a time carries, as most systems print it."""
    inner = next((node for node in range(time + 1, page.end[time]) if page.tags[node] == "a"), time)
    for node in (time, page.up[time], inner):
        href = page.get(node, "href")
        if len(href) > 1 and ("#" in href or "comment" in href or "item?id=" in href or "/item" in href):
            return canonical_line(href, 2000)
    return None


def _stated_count(page: Page, first: int) -> StatedCount | None:
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
