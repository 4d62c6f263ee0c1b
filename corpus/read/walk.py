"""The text of a page as blocks, in one walk: each belongs to one region, and every visible word to one block."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING

from corpus.read.elements import BREAKS
from corpus.text import canonical, canonical_paragraphs

if TYPE_CHECKING:
    from corpus.read.page import Page

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
    """Canonical text of a block, its kind and region, its links as start, end, address, and the texts it was made of."""

    text: str
    kind: str
    region: object
    links: list[tuple[int, int, str]] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)


Inside = tuple[int, str, object, int]
"""What holds in an element: the innermost element that ends a block, kind and region there, and the link it is in (-1: none)."""


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
    known: dict[int, Inside] = {page.up[root]: (-1, "paragraph", region, -1)}
    words, word_in, parted, lines, blanks = page.words, page.word_in, page.parted, page.lines, page.blanks
    found: list[Block] = []
    pieces: list[str] = []
    links: list[int] = []
    now: Inside = known[page.up[root]]
    part = line = 0
    for at in range(page.first_word[root], page.last_word[root]):
        word = words[at]
        if not word:
            continue
        place = word_in[at]
        inside = known.get(place) or _look_up(page, place, known, regions, kinds or {})
        if inside[0] == now[0] and parted[at] == part and pieces:
            between = "\v" * (lines[at] - line) or blanks[at]
            if between:
                pieces.append(between)
                links.append(inside[3] if inside[3] == links[-1] else -1)
        else:
            if pieces:
                found += _made(page, pieces, links, now)
                pieces, links = [], []
            now, part = inside, parted[at]
        line = lines[at]
        pieces.append(word)
        links.append(inside[3])
    if pieces:
        found += _made(page, pieces, links, now)
    return found


def _look_up(
    page: Page, place: int, known: dict[int, Inside], regions: Mapping[int, object], kinds: Mapping[int, str]
) -> Inside:
    """Work out what holds in an element, and in those it lies in."""
    path = []
    while place not in known:
        path.append(place)
        place = page.up[place]
    inside = known[place]
    for at in reversed(path):
        block, kind, region, link = inside
        tag = page.tags[at]
        if tag in BREAKS or at in regions or at in kinds:
            block, region = at, regions.get(at, region)
            kind = kinds.get(at) or (kind if kind in _KEPT else _KINDS.get(tag, kind))
        if tag == "a" and page.attributes[at].get("href"):
            link = at
        inside = known[at] = (block, kind, region, link)
    return inside


def _made(page: Page, pieces: list[str], links: list[int], inside: Inside) -> list[Block]:
    """Return the blocks of one stretch of text: more than one where empty lines part it."""
    _, kind, region, _ = inside
    text = pieces[0] if len(pieces) == 1 else "".join(pieces)
    made = [
        Block(part, "paragraph" if kind == "row" and len(part) > _LONGEST_ROW else kind, region)
        for part in _parts(text, kind == "code")
    ]
    if len(made) == 1:
        made[0].pieces = pieces
    if any(link >= 0 for link in links):
        anchors = []
        for link, group in groupby(range(len(links)), links.__getitem__):
            if link >= 0:
                words = "".join([pieces[at] for at in group])
                anchors.append((words, page.attributes[link]["href"] or ""))
        _place(made, anchors)
    return made


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
