"""Where the article stands in a page, and what its title is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from corpus.read.walk import line_of

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

_ROOTS = (
    "[itemprop=articleBody], [property='schema:articleBody'], [itemprop='text articleBody']",
    "#dic_area, #articleBodyContents, #newsct_article, #harmonyContainer, .article_view, #articleBody, #article-view-content-div, #article_body,"
    " .article_body, #newsEndContents, #news_body_area, .news_body, .write_div, .view_content, .post_article, .rd_body, .article_txt, #artBody",
    ".entry-content, .post-content, .article-content, .article-body, .articlebody, .article__body, .article-text, .post-body, .storycontent, .story-body,"
    " .td-post-content, .field-name-body, .field--name-body, .entry__content, .node-content, .content-body, .body-content, .story-content, .post-entry,"
    " .toptext, .usertext-body, [slot=text-body]",
    "article",
    "main, [role=main], #content, .content, #main",
)
STANDFIRST = ".standfirst, .lead, .lede, .entry-excerpt, .excerpt__lead, .subtitle, .sub-title, .article__lead, .article-lead, .deck, .dek, .intro, .entry__excerpt, .media_end_summary"
CAPTION = ".wp-caption-text, .caption, .image-caption, .photo-caption, .img_desc, .end_photo_org .img_desc"
_TITLES = (
    "h1, h2, h3, [itemprop=headline], .entry-title, .node-title, .post-title, .article-title, .headline, .titleline > a, .thing.link a.title,"
    " #title_area, .media_end_head_headline, .tit_view, .title_subject, .post_subject, .subject_text, shreddit-post h1"
)
_TITLE_CLASS = re.compile(
    r"entry-?_?title|node-title|post-?_?title|article-?_?title|headline|storytitle|title_area|tit_view|subject",
    re.IGNORECASE,
)
_LINK_ONLY = ".fatitem .titleline, .thing.link, shreddit-post"
"""A page that only discusses a link has no article."""
_LEAST = 140


def article_root(page: LexborHTMLParser) -> LexborNode | None:
    """Return the part of a page that holds its article: by name where one holds enough, else where paragraphs stand closest."""
    body = page.body
    if body is None:
        return None
    close, weight = _closest(page)
    for selector in _ROOTS:
        weighed = [(_weight(node), node) for node in page.css(selector)[:60]]
        if not weighed:
            continue
        best, node = max(weighed, key=lambda pair: pair[0])
        if best >= _LEAST and best * 2 >= weight:
            # a wide part holds lists and boxes too; the paragraphs of an article mostly lie in one node
            wide = selector in _ROOTS[3:]
            return close if wide and close is not None and weight * 10 >= best * 6 and _inside(close, node) else node
    if close is not None and weight >= _LEAST:
        return close
    if page.css_first(_LINK_ONLY) is not None:
        return None
    named = page.css_first(f"{_ROOTS[0]}, {_ROOTS[1]}, {_ROOTS[2]}, article, main, [role=main]")
    return named if named is not None and _weight(named) > 0 else body


def _inside(node: LexborNode | None, other: LexborNode) -> bool:
    while node is not None:
        if node.mem_id == other.mem_id:
            return True
        node = node.parent
    return False


def _weight(node: LexborNode) -> int:
    """Return how much text a node holds, links counting against it."""
    text = len(node.text(deep=True))
    linked = sum(len(link.text(deep=True)) for link in node.css("a"))
    return text - 2 * linked


def _closest(page: LexborHTMLParser) -> tuple[LexborNode | None, int]:
    """Return the node that most text of paragraphs lies right under, and how much."""
    weights: dict[int, int] = {}
    nodes: dict[int, LexborNode] = {}
    for node in page.css("p"):
        size = len(node.text(deep=True))
        above = node.parent
        if size < 40 or above is None:
            continue
        nodes[above.mem_id] = above
        weights[above.mem_id] = weights.get(above.mem_id, 0) + size
    if not weights:
        return None, 0
    best = max(weights, key=lambda mem_id: weights[mem_id])
    return nodes[best], weights[best]


def find_title(
    page: LexborHTMLParser, named: str, outlet: str | None, stated: str | None
) -> tuple[str, LexborNode | None]:
    """Return the headline and its node.

    Args:
        page: its comments taken out.
        named: the title that the head states, empty where it states none.
        outlet: the site's name; it is no headline.
        stated: the headline of the page's linked data.
    """
    best: tuple[float, str, LexborNode | None] = (1.4 if named else 0.5, "", None)
    for order, node in enumerate(page.css(_TITLES)[:120]):
        text = line_of(node)
        if not text or len(text) > 400 or (outlet and text.lower() == outlet.lower()):
            continue
        score = _score(node, text, named, stated) - order * 0.004
        if score > best[0]:
            best = (score, text, node)
    if best[2] is not None:
        return best[1], best[2]
    return stated or _without_outlet(named, outlet), None


def _score(node: LexborNode, text: str, named: str, stated: str | None) -> float:
    attributes = node.attributes
    score = {"h1": 1.0, "h2": 0.3}.get(node.tag or "", 0.0)
    if attributes.get("itemprop") == "headline":
        score += 2
    if _TITLE_CLASS.search(f"{attributes.get('class') or ''} {attributes.get('id') or ''}"):
        score += 1.5
    if stated and _same(text, stated):
        score += 3
    if named and (_same(text, named) or text in named):
        score += 6 * min(1.0, len(text) / len(named))
    elif named and text.startswith(named[:20]) and len(named) > 20:
        score += 2
    if node.tag == "a" and "title" in (attributes.get("class") or ""):
        score += 2
    return score


def _same(one: str, two: str) -> bool:
    return re.sub(r"\W", "", one).lower() == re.sub(r"\W", "", two).lower()


def _without_outlet(named: str, outlet: str | None) -> str:
    parts = re.split(r"\s[|–—»:-]\s", named)
    if len(parts) > 1 and outlet:
        kept = [part for part in parts if part.lower() not in outlet.lower() and outlet.lower() not in part.lower()]
        return " - ".join(kept) if kept else named
    return named
