"""Nothing of a page is lost: each text that it shows is in exactly one place of the document."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from corpus.decoding import decode
from corpus.model import Capture, Document
from corpus.read import read_bytes
from corpus.text import canonical_line

SHARED = Path(__file__).parents[3] / "shared"
PAGES = sorted((SHARED / "captures" / "html").glob("*.html")) if SHARED.is_dir() else []
HOSTILE = sorted((SHARED / "hostile").glob("*.html")) if SHARED.is_dir() else []
OWN = sorted((Path(__file__).parents[1] / "data" / "html").glob("*.html"))
NEVER_SEEN = frozenset(["script", "style", "template", "head", "iframe", "noembed", "noframes"])


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", canonical_line(text, 10_000_000))


def visible(source: str) -> list[str]:
    """Return the texts that a page shows, by a walk of the test's own."""
    root = LexborHTMLParser(source).root
    assert root is not None
    found: list[str] = []
    stack = [root]
    while stack:
        node = stack.pop()
        if node.tag in NEVER_SEEN:
            continue
        if node.tag == "-text" and (text := squeezed(node.text_content or "")):
            found.append(text)
        children = [node.first_child] if node.first_child is not None else []
        while children and children[-1].next is not None:
            children.append(children[-1].next)
        stack += reversed(children)
    return found


def places(document: Document) -> list[str]:
    """Return, squeezed, what words of the page may have gone to: title, paragraphs, comments, hidden parts."""
    found = [document.title, *(paragraph.text for paragraph in document.paragraphs)]
    for item in document.comments:
        found.append(
            "\n".join(squeezed(text) for text in (item.author, item.posted_raw, item.title, item.text) if text)
        )
    return [squeezed(text) for text in [*found, *(part.text for part in document.folded)] if text]


def read_one(data: bytes) -> Document:
    [document] = read_bytes(data, Capture("x.html"))
    assert isinstance(document, Document)
    return document


def check(data: bytes) -> None:
    shown = visible(decode(data, "utf-8").text)
    kept = "\n".join(places(read_one(data)))
    lost = [text for text in shown if text not in kept]
    assert not lost, lost[:10]
    # a text may be shown whole in one place and in pieces in another
    page, kept = "".join(shown), kept.replace("\n", "")
    for text in {text for text in shown if len(text) >= 40}:
        assert kept.count(text) == page.count(text), text


@pytest.mark.parametrize("path", [*PAGES, *HOSTILE, *OWN], ids=lambda path: path.stem)
def test_every_text_of_a_page_is_kept(path: Path) -> None:
    check(path.read_bytes())


INLINE = st.sampled_from(
    ["b", "span", "a href='https://x.example/'", "em", "time datetime='2018-01-04T21:59'", "label"]
)
BLOCK = st.sampled_from(
    [
        "div",
        "p",
        "li",
        "blockquote",
        "article",
        "aside",
        "td",
        "h1",
        "h2",
        "nav",
        "footer class=meta",
        "form",
        "pre",
        "section id=comments",
        "div class='comment' id=comment-{}",
        "li class='comment depth-2' id=comment-{}",
        "div class=comment-content",
        "div class='comment-author vcard'",
        "span class=fn",
        "div class=comment-meta",
        "div class=indented",
        "article class=message data-content=post-{}",
        "div class=bbWrapper",
        "div itemprop=comment itemscope itemtype='https://schema.org/Comment'",
        "div itemprop=text",
        "div class=reply",
        "div hidden",
        "noscript",
        "h3 class=comment-title",
        "li class=u_cbox_comment data-info=\"commentNo:'{}'\"",
        "span class=u_cbox_contents",
        "span class=u_cbox_nick",
        "div class=date",
        "button",
        "textarea",
        "select",
        "svg",
    ]
)
LEAF = st.sampled_from(
    [
        "",
        " said",
        " on 4 January 2018 at 21:59",
        " (not verified)",
        " 3 comments",
        " says:",
        ". A longer line of words.",
    ]
)
TREE = st.recursive(
    LEAF,
    lambda children: st.tuples(BLOCK | INLINE, st.lists(children, max_size=4)),
    max_leaves=25,
)


def laid(tree: object, numbers: list[int]) -> str:
    """Return a tree as markup in which every text has a word of its own."""
    numbers[0] += 1
    if isinstance(tree, str):
        return f"q{numbers[0]}z{tree}"
    assert isinstance(tree, tuple)
    tag = tree[0].format(numbers[0])
    return f"<{tag}>{' '.join(laid(child, numbers) for child in tree[1])}</{tag.split()[0]}>"


@settings(max_examples=80, deadline=None)
@given(st.lists(TREE, max_size=6))
def test_every_text_of_any_markup_is_kept_once(trees: list[object]) -> None:
    numbers = [0]
    source = "<!DOCTYPE html><body>" + "".join(laid(tree, numbers) for tree in trees)
    shown = visible(source)
    kept = places(read_one(source.encode()))
    for text in shown:
        assert sum(text in place for place in kept) == 1, (text, kept)
