"""The text of a page as blocks, in one walk: each belongs to one region, and every visible word to one block."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from corpus.text import canonical, canonical_paragraphs

if TYPE_CHECKING:
    from corpus.read.page import Page

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
_KEPT = ("caption", "standfirst", "quote")


@dataclass(slots=True)
class Block:
    """Canonical text of a block, its kind and region, and its links as start, end, address."""

    text: str
    kind: str
    region: object
    links: list[tuple[int, int, str]] = field(default_factory=list)


class _Walk:
    """The block being collected, and the elements around it that end a block, name a region or link."""

    __slots__ = ("anchors", "ends", "found", "levels", "linked", "pieces")

    def __init__(self, kind: str, region: object, end: int) -> None:
        self.found: list[Block] = []
        self.pieces: list[str] = []
        self.anchors: list[tuple[int, int, str]] = []
        self.ends = [end]
        self.linked = 0
        # whether it ends a block, the kind and region inside it, where its link began and leads to
        self.levels: list[tuple[bool, str, object, int, str]] = [(True, kind, region, 0, "")]

    def close(self, at: int) -> None:
        """Leave the elements that end at a place, or before."""
        while len(self.ends) > 1 and self.ends[-1] <= at:
            self.ends.pop()
            breaks, kind, region, start, address = self.levels[-1]
            if breaks:
                self.flush(kind, region)
            self.levels.pop()
            if address:
                self.linked -= 1
                if len(self.pieces) > start:
                    self.anchors.append((start, len(self.pieces), address))

    def flush(self, kind: str, region: object) -> None:
        """End the block being collected."""
        if not self.pieces:
            return
        pieces, anchors = self.pieces, self.anchors
        if self.linked:
            # a link that goes on in the next block
            for place, (breaks, inside, part, start, address) in enumerate(self.levels):
                if address:
                    anchors.append((start, len(pieces), address))
                    self.levels[place] = (breaks, inside, part, 0, address)
        text = pieces[0] if len(pieces) == 1 else "".join(pieces)
        if not text.isspace():
            named = [("".join(pieces[start:end]), address) for start, end, address in anchors]
            made = [Block(part, kind, region) for part in _parts(text, kind == "code")]
            for block in made:
                if kind == "row" and len(block.text) > _LONGEST_ROW:
                    block.kind = "paragraph"
            if named:
                _place(made, named)
            self.found += made
        pieces.clear()
        anchors.clear()


def blocks(
    page: Page, root: int, regions: Mapping[int, object], region: object, kinds: Mapping[int, str] | None = None
) -> list[Block]:
    """Return the blocks of text in an element in their order, blanks collapsed.

    Args:
        page: elements whose words are not seen have been taken out of it.
        root: the element.
        regions: the region that begins at an element; elements in it are of it too.
        region: of what no such element holds.
        kinds: the kind of all blocks in an element.
    """
    named = kinds or {}
    tags, texts, ends, cuts = page.tags, page.texts, page.end, page.cuts
    walk = _Walk("paragraph", region, ends[root])
    pieces = walk.pieces
    until, resume = ends[root], root
    for at in range(root, ends[root]):
        if at < resume:
            continue
        if at >= until:
            walk.close(at)
            until = walk.ends[-1]
        tag = tags[at]
        if not tag:
            text = texts[at]
            if pieces or not text.isspace():
                pieces.append(text)
        elif at in cuts:
            resume = cuts[at]
        elif tag == "br":
            pieces.append("\v")
        elif tag in _BLOCKS or at in regions or at in named or tag == "a":
            _enter(page, at, tag, walk, regions, named)
            until = walk.ends[-1]
    walk.close(ends[root])
    _, kind, region, _, _ = walk.levels[0]
    walk.flush(kind, region)
    return walk.found


def _enter(page: Page, at: int, tag: str, walk: _Walk, regions: Mapping[int, object], kinds: Mapping[int, str]) -> None:
    _, around_kind, around, _, _ = walk.levels[-1]
    region = regions.get(at, around)
    breaks = tag in _BLOCKS or region is not around or at in kinds
    kind, address = around_kind, ""
    if breaks:
        walk.flush(around_kind, around)
        kind = kinds.get(at) or (kind if kind in _KEPT else _KINDS.get(tag, kind))
    if tag == "a":
        address = page.attributes[at].get("href") or ""
        walk.linked += bool(address)
    walk.levels.append((breaks, kind, region, len(walk.pieces), address))
    walk.ends.append(page.end[at])


def _parts(joined: str, code: bool) -> Iterator[str]:
    if code:
        text = canonical(joined.replace("\v", "\n")).strip("\n")
        if text.strip():
            yield text
        return
    if "\v" not in joined:
        text = canonical(_collapsed(joined)).strip(" \n")
        if text.strip():
            yield text
        return
    lines = [canonical(_collapsed(line)).strip(" ") for line in joined.split("\v")]
    for part in re.split(r"\n{2,}", "\n".join(lines).strip("\n")):
        if part.strip():
            yield part


def _collapsed(text: str) -> str:
    if "\n" in text or "  " in text or "\t" in text or "\r" in text or "\f" in text:
        return _SPACE.sub(" ", text)
    return text


def _place(made: list[Block], anchors: list[tuple[str, str]]) -> None:
    """Find the words of links again in the text they were made into, in their order."""
    at = cursor = 0
    for words, address in anchors:
        text = canonical(_collapsed(words.replace("\v", " "))).strip()
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
        text = part.text
        if "\n" in text or text[:1] in " \t\u00a0":
            text = canonical_paragraphs(text).lstrip(" \t\u00a0")
        links = part.links if text == part.text else [(0, 0, address) for _, _, address in part.links]
        if text:
            made.append(Block(text, part.kind, part.region, links))
    text, found = joined(made)
    # a link whose words have moved keeps its address only
    return text, [link if link[1] - link[0] else (0, 0, link[2]) for link in found]
