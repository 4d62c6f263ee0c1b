"""Pieces of HTML in dumps and feeds, made into text."""

from __future__ import annotations

import re
from html import unescape

from corpus.read.nesting import flattened
from corpus.read.page import Page
from corpus.read.walk import as_comment, blocks, joined
from corpus.text import canonical_paragraphs

_TAG = re.compile(r"<[a-zA-Z/!]")


def read_fragment(source: str) -> tuple[str, list[tuple[int, int, str]]]:
    """Return the text of a piece of HTML, paragraphs parted by an empty line, and its links as start, end, address."""
    if not _TAG.search(source):
        return canonical_paragraphs(unescape(source) if "&" in source else source), []
    page = Page(flattened(source)[0])
    page.cut_silent()
    if page.body is None:
        return "", []
    return as_comment(blocks(page, page.body, {}, None))


def read_blocks(source: str) -> tuple[list[tuple[str, str]], list[tuple[int, int, str]]]:
    """Return the paragraphs of a piece of HTML as text and kind, and its links in the body they make."""
    if not _TAG.search(source):
        text = canonical_paragraphs(unescape(source) if "&" in source else source)
        return [(part, "paragraph") for part in text.split("\n\n") if part.strip()], []
    page = Page(flattened(source)[0])
    page.cut_silent()
    if page.body is None:
        return [], []
    found = blocks(page, page.body, {}, None)
    return [(block.text, block.kind) for block in found], joined(found)[1]
