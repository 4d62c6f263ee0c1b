"""Saved pages into documents: comments first, then the article from what is left."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, Any

from corpus.model import Capture, Document, Folded, make_document
from corpus.read.furniture import comment_heading
from corpus.read.nesting import flattened
from corpus.text import canonical, canonical_line
from corpus.times import iso

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_SILENT = frozenset(
    (
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "iframe",
        "button",
        "select",
        "option",
        "textarea",
        "input",
        "object",
        "math",
        "head",
    )
)
_AROUND = frozenset(("nav", "aside", "footer", "form", "dialog", "menu"))
_BLOCKS = frozenset(
    (
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
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
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    )
)
_KINDS = {
    **{f"h{level}": "heading" for level in range(1, 7)},
    "li": "item",
    "figcaption": "caption",
    "pre": "code",
    "tr": "row",
    "td": "row",
    "th": "row",
}
_ROOTS = (
    "[itemprop=articleBody]",
    ".entry-content, .article-body, .article-content, .post-content, .field-name-body, .story-body",
    "article",
    "main, [role=main]",
    "body",
)
_SPACE = re.compile(r"[ \t\n\r\f]+")

Block = tuple[str, str]
"""Text of a block, and its kind."""


def read_page(text: str, capture: Capture) -> Document:
    """Read a saved page: title, byline, date and address where it states them, paragraphs, and comments.

    Args:
        text: the page as decoded.
        capture: the facts of the file.
    """
    from selectolax.lexbor import LexborHTMLParser

    from corpus.read.platforms import take_comments

    text, deep = flattened(text)
    page = LexborHTMLParser(text)
    facts = _stated(page)
    comments, count, problems = take_comments(page)
    root = _article_root(page)
    blocks = list(text_blocks(root)) if root is not None else []
    title = _title(page, facts)
    blocks = [(words, kind) for words, kind in blocks if words != title and not comment_heading(words)[0]]
    rest = _around(page, root, {words for words, _ in blocks} | {title})
    if deep:
        problems.append("the page is nested too deeply; its deepest parts were read as plain text")
    if not blocks and not title:
        problems.append("no text was found in the page")
    return make_document(
        title,
        blocks,
        comments,
        byline=tuple(facts.pop("byline")),
        stated_comment_count=count,
        folded=(Folded(rest, "around the article"),) if rest else (),
        problems=tuple(problems),
        capture=capture,
        **{name: value for name, value in facts.items() if not name.startswith("_")},
    )


def text_blocks(
    root: LexborNode, skip: frozenset[str] = _SILENT | _AROUND, without: Collection[int] = ()
) -> Iterator[Block]:
    """Yield the blocks of text under a node, in order, blanks collapsed.

    Args:
        root: the node.
        skip: tags left out with all in them.
        without: nodes left out, by their `mem_id`; `root` is never.
    """
    pieces: list[str] = []
    kinds = ["paragraph"]
    stack: list[tuple[Any, bool]] = [(root, False)]

    def flush() -> Iterator[Block]:
        joined = "".join(pieces)
        pieces.clear()
        if not joined.strip():
            return
        if kinds[-1] == "code":
            yield canonical(joined).strip("\n"), "code"
            return
        lines = [canonical(_SPACE.sub(" ", line)).strip(" ") for line in joined.split("\v")]
        for part in re.split(r"\n{2,}", "\n".join(lines).strip("\n")):
            if part.strip():
                yield part, kinds[-1]

    while stack:
        node, left = stack.pop()
        tag = node.tag
        if tag == "-text":
            pieces.append(node.text_content or "")
        elif left:
            yield from flush()
            kinds.pop()
        elif tag == "br":
            pieces.append("\v")
        elif node is root or (tag not in skip and not tag.startswith("-") and node.mem_id not in without):
            if tag in _BLOCKS:
                yield from flush()
                kinds.append(_KINDS.get(tag, kinds[-1]))
                stack.append((node, True))
            stack.extend((child, False) for child in reversed(list(node.iter(include_text=True))))
    yield from flush()


def _content(page: LexborHTMLParser, selector: str, attribute: str = "content") -> str | None:
    node = page.css_first(selector)
    value = node.attributes.get(attribute) if node is not None else None
    return canonical_line(value) or None if value else None


def _stated(page: LexborHTMLParser) -> dict[str, Any]:
    """Return what the page says of itself in its head."""
    published = None
    for selector, attribute in (
        ("meta[property='article:published_time']", "content"),
        ("meta[itemprop=datePublished], meta[name='date'], meta[name='DC.date.issued'], meta[name=pubdate]", "content"),
        ("article time[datetime], time[itemprop=datePublished], time.published, time.entry-date", "datetime"),
    ):
        raw = _content(page, selector, attribute)
        if raw and (value := iso(raw)):
            published = (value, raw, f"the page's {selector.split('[')[0].split()[-1]} element")
            break
    author = _content(page, "meta[name=author], meta[property='article:author']") or _text(
        page, "[rel=author], [itemprop=author] [itemprop=name], .byline .author, .author-name"
    )
    if author and "://" in author:
        author = None
    return {
        "url": _address(page),
        "outlet": _content(page, "meta[property='og:site_name']"),
        "language": _content(page, "html", "lang"),
        "byline": [re.sub(r"^(?:by|von|par|por)\s+", "", author, flags=re.IGNORECASE)] if author else [],
        "published": published[0] if published else None,
        "published_raw": published[1] if published else None,
        "published_evidence": published[2] if published else None,
        "modified": iso(_content(page, "meta[property='article:modified_time']") or ""),
    }


def _address(page: LexborHTMLParser) -> str | None:
    for selector, attribute in (("link[rel=canonical]", "href"), ("meta[property='og:url']", "content")):
        found = _content(page, selector, attribute)
        if found and found.startswith(("http://", "https://")):
            return found
    return None


def _text(page: LexborHTMLParser, selector: str) -> str | None:
    node = page.css_first(selector)
    return canonical_line(node.text(deep=True, separator=" ")) or None if node is not None else None


def _title(page: LexborHTMLParser, facts: dict[str, Any]) -> str:
    """Return the headline: the one h1 that the page's own title agrees with, else what the head says."""
    named = _content(page, "meta[property='og:title']") or _text(page, "title") or ""
    for node in page.css("h1"):
        heading = canonical_line(node.text(deep=True, separator=" "))
        if heading and (heading in named or not named or named.startswith(heading[:20])):
            return heading
    outlet = facts.get("outlet") or ""
    parts = re.split(r"\s[|–—-]\s", named)
    return " - ".join(parts[:-1]) if len(parts) > 1 and outlet and parts[-1] in outlet else named


def _article_root(page: LexborHTMLParser) -> LexborNode | None:
    """Return the narrowest part of the page that holds most of its paragraphs."""
    found: list[tuple[int, LexborNode]] = []
    for selector in _ROOTS:
        nodes = page.css(selector)
        weighed = [(sum(len(part.text(deep=True)) for part in node.css("p")), node) for node in nodes[:50]]
        if weighed:
            found.append(max(weighed, key=lambda pair: pair[0]))
    if not found:
        return page.body
    most = max(weight for weight, _ in found)
    return next(node for weight, node in found if weight * 10 >= most * 6)


def _around(page: LexborHTMLParser, root: LexborNode | None, shown: set[str]) -> str:
    """Return the text of the page that is not shown, so that nothing is lost."""
    if page.body is None:
        return ""
    return "\n".join(dict.fromkeys(words for words, _ in text_blocks(page.body, _SILENT) if words not in shown))
