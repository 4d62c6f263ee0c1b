"""Where the article stands in a page, and what its title is."""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import accumulate
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from corpus.read.page import Page

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
_SENTENCE = 80
_STOPS = frozenset('.!?…”"“«»。’)')
_ASIDE = frozenset(["li", "a", "aside", "footer", "nav", "form", "article", "td", "dialog"])


def article_root(page: Page) -> int | None:
    """Return the part of a page that holds its article: where its name or its paragraphs say, and wider if most text is beside it."""
    root = _narrow_root(page)
    return root if root is None else _widened(page, root)


def _widened(page: Page, root: int) -> int:
    """Return an element around `root` that holds much more running text than it: an article may be cut into sections."""
    sentences = [
        node
        for node in page.css("p")
        if page.length(node) >= _SENTENCE and page.line(node)[-1:] in _STOPS and not _in_list(page, node, root)
    ]
    held = sum(page.length(node) for node in sentences if root < node < page.end[root])
    best = root
    for around in page.above(root):
        if page.tags[around] in ("body", "html"):
            break
        inside = sum(page.length(node) for node in sentences if around < node < page.end[around])
        if inside >= held * 1.5 and inside - held >= 2 * _LEAST:
            best, held = around, inside
    return best


def _in_list(page: Page, node: int, root: int) -> bool:
    """Tell whether a paragraph lies in a list, a link, or a part of the page that is beside the article."""
    for around in page.above(node):
        if around <= root < page.end[around]:
            return False
        if page.tags[around] in _ASIDE or "related" in page.get(around, "class"):
            return True
    return False


def _narrow_root(page: Page) -> int | None:
    """Return a part by name where one holds enough, else where paragraphs stand closest."""
    body = page.body
    if body is None:
        return None
    linked = _Linked(page)
    close, weight = _closest(page)
    for selector in _ROOTS:
        weighed = [(linked.weight(node), -node) for node in page.css(selector)[:60]]
        if not weighed:
            continue
        best, node = max(weighed)
        node = -node
        if best >= _LEAST and best * 2 >= weight:
            # a wide part holds lists and boxes too; the paragraphs of an article mostly lie in one element
            wide = selector in _ROOTS[3:]
            inside = close is not None and node <= close < page.end[node]
            return close if wide and inside and weight * 10 >= best * 6 else node
    if close is not None and weight >= _LEAST:
        return close
    if page.css(_LINK_ONLY):
        return None
    named = page.first(f"{_ROOTS[0]}, {_ROOTS[1]}, {_ROOTS[2]}, article, main, [role=main]")
    return named if named is not None and linked.weight(named) > 0 else body


def is_named(page: Page, root: int) -> bool:
    """Tell whether a page itself names a part as its article: its system is known."""
    return any(root in page.css(selector) for selector in _ROOTS[:3])


class _Linked:
    """How much text elements hold, links counting against it."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._links = page.css("a")
        self._sums = list(accumulate((page.length(link) for link in self._links), initial=0))

    def weight(self, node: int) -> int:
        """Return the length of an element's text less twice that of its links."""
        first, last = bisect_left(self._links, node + 1), bisect_left(self._links, self._page.end[node])
        return self._page.length(node) - 2 * (self._sums[last] - self._sums[first])


def _closest(page: Page) -> tuple[int | None, int]:
    """Return the element that most text of paragraphs lies right under, and how much."""
    weights: dict[int, int] = {}
    for node in page.css("p"):
        size = page.length(node)
        if size >= 40:
            weights[page.up[node]] = weights.get(page.up[node], 0) + size
    if not weights:
        return None, 0
    best = max(weights, key=lambda node: weights[node])
    return best, weights[best]


def find_title(page: Page, named: str, outlet: str | None, stated: str | None) -> tuple[str, int | None]:
    """Return the headline and its element.

    Args:
        page: its comments taken out.
        named: the title that the head states, empty where it states none.
        outlet: the site's name; it is no headline.
        stated: the headline of the page's linked data.
    """
    best: tuple[float, str, int | None] = (1.4 if named else 0.5, "", None)
    for order, node in enumerate(page.css(_TITLES)[:120]):
        text = page.line(node)
        if not text or len(text) > 400 or (outlet and text.lower() == outlet.lower()):
            continue
        score = _score(page, node, text, named, stated) - order * 0.004
        if score > best[0]:
            best = (score, text, node)
    if best[2] is not None:
        return best[1], best[2]
    return stated or _without_outlet(named, outlet), None


def _score(page: Page, node: int, text: str, named: str, stated: str | None) -> float:
    tag = page.tags[node]
    score = {"h1": 1.0, "h2": 0.3}.get(tag, 0.0)
    if page.get(node, "itemprop") == "headline":
        score += 2
    if _TITLE_CLASS.search(f"{page.get(node, 'class')} {page.get(node, 'id')}"):
        score += 1.5
    if stated and _same(text, stated):
        score += 3
    if named and (text in named or _same(text, named)):
        score += 6 * min(1.0, len(text) / len(named))
    elif named and text.startswith(named[:20]) and len(named) > 20:
        score += 2
    if tag == "a" and "title" in page.get(node, "class"):
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
