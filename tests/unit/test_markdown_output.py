from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from corpus.model import Comment, make_document
from corpus.text import canonical_line, canonical_paragraphs
from tui.headless.markdown import to_markdown

READER = MarkdownIt("gfm-like")
WORDS = {"paragraph_open", "paragraph_close", "inline", "text", "hardbreak", "text_special"}
SHAPES = {"heading_open", "heading_close", "blockquote_open", "blockquote_close"}


def tokens(markdown: str) -> list[Token]:
    found = READER.parse(markdown)
    return found + [child for token in found for child in token.children or ()]


def words(markdown: str) -> str:
    """Return the words that a reader of the rendered text sees."""
    inline = [token for token in READER.parse(markdown) if token.type == "inline"]
    pieces = ["".join(child.content or " " for child in token.children or ()) for token in inline]
    return " ".join(" ".join(pieces).split())


HOSTILE = st.text(st.sampled_from("abc1. \n\t*_`#+->[]()!<&;:/@w=|~\\{}$^\"'x평"), max_size=60)


@given(HOSTILE, HOSTILE, HOSTILE)
@settings(max_examples=200, deadline=None)
def test_no_text_of_a_capture_does_anything(title: str, paragraph: str, comment: str) -> None:
    title, paragraph, comment = canonical_line(title), canonical_paragraphs(paragraph), canonical_paragraphs(comment)
    document = make_document(title, [(paragraph, "paragraph")], [Comment("c", 0, comment, author=title)])
    markdown = to_markdown(document)
    assert {token.type for token in tokens(markdown)} <= WORDS | SHAPES
    assert " ".join(comment.split()) in words(markdown)


def test_a_document_keeps_its_shape() -> None:
    comments = [
        Comment("c1", 0, "First *bold*\n\nsecond", author="[link](http://x)"),
        Comment("c2", 1, "# not a heading", posted="2018-02-10", parent="c1", depth=1),
    ]
    document = make_document(
        "# Talks <b>",
        [("One.", "paragraph"), ("A *head*\nline", "heading"), ("Said so", "quote")],
        comments,
        url="https://news.example/1",
        byline=("A. Writer",),
    )
    markdown = to_markdown(document)
    assert {token.type for token in tokens(markdown)} - WORDS == SHAPES
    assert re.findall(r"^#+ .*$", markdown, re.MULTILINE) == [
        r"# \# Talks \<b\>",
        r"### A \*head\* line",
        "## 2 comments",
    ]
    assert "#2 · (no name) · 2018-02-10" in words(markdown)
