"""The text of a parsed page as blocks, in one walk: each belongs to one region, and every visible word to one block."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from corpus.text import canonical, canonical_paragraphs

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

SILENT = [
    "script",
    "style",
    "noscript",
    "template",
    "svg",
    "iframe",
    "object",
    "textarea",
    "input",
    "datalist",
    "canvas",
]
"""Elements whose words nobody sees on the page."""

_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "button",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "option",
        "p",
        "pre",
        "section",
        "select",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "shreddit-comment",
        "faceplate-tracker",
    ]
)
_KINDS = {
    **{f"h{level}": "heading" for level in range(1, 7)},
    "li": "item",
    "blockquote": "quote",
    "figcaption": "caption",
    "pre": "code",
    "tr": "row",
}
_SPACE = re.compile(r"[ \t\n\r\f]+")
_LONGEST_ROW = 200


@dataclass(slots=True)
class Block:
    """Canonical text of a block, its kind and region, and its links as start, end, address."""

    text: str
    kind: str
    region: object
    links: list[tuple[int, int, str]] = field(default_factory=list)


@dataclass(slots=True)
class _Level:
    """An element that is open: its node, whether it ends a block, and what holds inside it."""

    mem_id: int
    breaks: bool
    kind: str
    region: object
    link: tuple[int, str] | None = None


@dataclass(slots=True)
class _Open:
    """The block being collected."""

    pieces: list[str] = field(default_factory=list)
    anchors: list[tuple[int, int, str]] = field(default_factory=list)


def parse_page(text: str) -> LexborHTMLParser:
    """Return a parsed page."""
    from selectolax.lexbor import LexborHTMLParser

    return LexborHTMLParser(text)


def blocks(
    root: LexborNode, regions: Mapping[int, object], region: object, kinds: Mapping[int, str] | None = None
) -> list[Block]:
    """Return the blocks of text under a node in their order, blanks collapsed.

    Args:
        root: the node; elements of `SILENT` have been taken out of it.
        regions: the region that begins at a node, by its `mem_id`; nodes under it are of it too.
        region: of what no such node holds.
        kinds: the kind of all blocks in a node, by its `mem_id`.
    """
    found: list[Block] = []
    open_ = _Open()
    levels = [_Level(0, True, "paragraph", region)]
    named = kinds or {}
    for node in root.traverse(include_text=True):
        tag = node.tag
        if tag == "-comment":
            continue
        above = node.parent
        if above is not None and levels[-1].mem_id != above.mem_id:
            _close(levels, above.mem_id, open_, found)
        if tag == "-text":
            open_.pieces.append(node.text_content or "")
        elif tag == "br":
            open_.pieces.append("\v")
        else:
            _enter(node, tag or "", levels, open_, found, regions, named)
    _close(levels, None, open_, found)
    return found


def _enter(
    node: LexborNode,
    tag: str,
    levels: list[_Level],
    open_: _Open,
    found: list[Block],
    regions: Mapping[int, object],
    kinds: Mapping[int, str],
) -> None:
    around = levels[-1]
    mem_id = node.mem_id
    region = regions.get(mem_id, around.region)
    breaks = tag in _BLOCKS or region is not around.region or mem_id in kinds
    kind = around.kind
    if breaks:
        _flush(around, open_, found)
        kind = kinds.get(mem_id) or (kind if kind in ("caption", "standfirst", "quote") else _KINDS.get(tag, kind))
    link = None
    if tag == "a" and (href := node.attributes.get("href")):
        link = (len(open_.pieces), href)
    levels.append(_Level(mem_id, breaks, kind, region, link))


def _close(levels: list[_Level], mem_id: int | None, open_: _Open, found: list[Block]) -> None:
    """Leave elements until the one with `mem_id` is innermost; the outermost level stays."""
    while len(levels) > 1 and levels[-1].mem_id != mem_id:
        level = levels[-1]
        if level.link and len(open_.pieces) > level.link[0]:
            open_.anchors.append((level.link[0], len(open_.pieces), level.link[1]))
        if level.breaks:
            _flush(level, open_, found)
        levels.pop()
    if mem_id is None:
        _flush(levels[0], open_, found)


def _flush(level: _Level, open_: _Open, found: list[Block]) -> None:
    if not open_.pieces:
        return
    joined = "".join(open_.pieces)
    anchors = [("".join(open_.pieces[start:end]), address) for start, end, address in open_.anchors]
    open_.pieces.clear()
    open_.anchors.clear()
    if not joined.strip():
        return
    kind = level.kind
    code = kind == "code"
    parts = [canonical(joined.replace("\v", "\n")).strip("\n")] if code else list(_parts(joined))
    made = [
        Block(part, "paragraph" if kind == "row" and len(part) > _LONGEST_ROW else kind, level.region) for part in parts
    ]
    if anchors:
        _place(made, anchors)
    found += made


def _parts(joined: str) -> Iterator[str]:
    if "\v" not in joined:
        text = canonical(_SPACE.sub(" ", joined)).strip(" \n")
        if text.strip():
            yield text
        return
    lines = [canonical(_SPACE.sub(" ", line)).strip(" ") for line in joined.split("\v")]
    for part in re.split(r"\n{2,}", "\n".join(lines).strip("\n")):
        if part.strip():
            yield part


def _place(made: list[Block], anchors: list[tuple[str, str]]) -> None:
    """Find the words of links again in the text they were made into, in their order."""
    at = cursor = 0
    for words, address in anchors:
        text = canonical(_SPACE.sub(" ", words.replace("\v", " "))).strip()
        if not text:
            continue
        for place in range(at, len(made)):
            start = made[place].text.find(text, cursor if place == at else 0)
            if start >= 0:
                made[place].links.append((start, start + len(text), address))
                at, cursor = place, start + len(text)
                break


def joined(parts: list[Block]) -> tuple[str, list[tuple[int, int, str]]]:
    """Return the text of blocks joined by empty lines, and their links in it."""
    links, pieces, at = [], [], 0
    for part in parts:
        links += [(at + start, at + end, address) for start, end, address in part.links]
        pieces.append(part.text)
        at += len(part.text) + 2
    return "\n\n".join(pieces), links


def as_comment(parts: list[Block]) -> tuple[str, list[tuple[int, int, str]]]:
    """Return the text of a comment and its links; each paragraph begins without the blanks that code may begin with."""
    made = []
    for part in parts:
        text = canonical_paragraphs(part.text).lstrip(" \t\u00a0")
        links = part.links if text == part.text else [(0, 0, address) for _, _, address in part.links]
        if text:
            made.append(Block(text, part.kind, part.region, links))
    text, found = joined(made)
    # a link whose words have moved keeps its address only
    return text, [link if link[1] - link[0] else (0, 0, link[2]) for link in found]


def line_of(node: LexborNode) -> str:
    """Return the words of a node as one canonical line."""
    from corpus.text import canonical_line

    return canonical_line(node.text(deep=True, separator=" "))
