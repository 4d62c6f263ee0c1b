"""What a comment's markup and the lines around its text say of it: name, time, address, votes, state."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from corpus.model import Votes
from corpus.read.assembly import Found, stamp_of, zoned
from corpus.read.comment_parts import Nodes
from corpus.read.furniture import BUTTONS
from corpus.read.lines import split_lines
from corpus.read.shapes import dated_lines, name_like
from corpus.read.walk import Block
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
_STROKES = " |·•—–-,:/"
_AGO = re.compile(r"(?:vor|il y a|hace|há)\s\S{1,10}\s[^\W\d_]{1,10}\.?\Z", re.IGNORECASE)
_MEMBER = re.compile(r"/user/([\w-]{1,60})/?\Z")
USED = "used"
"""The region of a block whose words are a name, a time or a title."""
_LONGEST_HEADER = 160


def read_comment(page: Page, nodes: Nodes, at: int, body: list[Block], rest: list[Block]) -> Found:
    """Return a comment without its text; lines of `body` that are its name and time go to `rest`."""
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
    if found.author is None and nodes.platform.wide and at in parts["time"] and at in parts["body"]:
        found.author = _beside(page, parts["time"][at], parts["body"][at])
    if found.author is None or found.words is None or (stamp_of(found.words) is None and not _AGO.match(found.words)):
        from_lines(found, body, rest, nodes.rank.get(at, 2) < 2)
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


def _beside(page: Page, time: int, body: int) -> str | None:
    """Return the name that stands on one line with a time, where the line holds nothing else."""
    around, shown = page.line(page.up[time]), page.line(time)
    if not shown or len(around) > _LONGEST_HEADER or page.up[time] <= body < page.end[page.up[time]]:
        return None
    before, _, after = around.partition(shown)
    words = [part for part in (before.strip(_STROKES), after.strip(_STROKES)) if part]
    named = len(words) == 1 and name_like(words[0]) and not BUTTONS.fullmatch(words[0]) and not words[0].isdigit()
    return words[0] if named and len(words[0].split()) <= 4 else None


def _name(page: Page, node: int) -> str | None:
    name = page.get(node, "data-nick") or page.line(node)
    if not name and (member := _MEMBER.search(page.get(node, "href"))):
        name = member[1]
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
        ago = _AGO.search(shown)
        found.words = words or (ago[0] if ago else None)
        told = canonical_line(attributes.get("title") or "", 80)
        exact = stamp_of(told) if told and (stamp is None or stamp.style == "relative") else None
        if exact and exact.style != "relative" and found.posted is None:
            found.words = told[exact.start : exact.end].strip()
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


def from_lines(found: Found, body: list[Block], rest: list[Block], marked: bool) -> None:
    """Read name and time from the lines around a text whose markup does not tell them apart."""
    edges = [] if marked else [*body[:2], *body[-1:]]
    for block in [*rest, *edges]:
        if len(block.text) > _LONGEST_HEADER:
            continue
        for line in dated_lines(split_lines(block.text.replace("\n", " "))):
            name = _NOT_VERIFIED.sub("", line.name)
            named = found.author is None and name_like(name)
            alone = block is body[0] and len(line.words) == len(block.text) if body else False
            if block in body and not (named or line.shape.lead or line.stamp.clock or alone):
                continue
            if named:
                found.author = name
            if found.words is None or (found.posted and found.words == found.posted):
                found.words, found.posted = line.words, zoned(found.posted, line.words)
            block.region = (-1, USED)
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
