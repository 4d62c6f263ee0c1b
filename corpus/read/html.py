"""Saved pages into documents: comments first, then the article from what is left."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from corpus.model import Capture, Document, Folded, StatedCount
from corpus.read import page_body, page_facts, second_opinion
from corpus.read.assembly import Draft, Found, Links, finish
from corpus.read.bylines import is_byline, spelt_out
from corpus.read.comment_markup import Taken, loaded_from, take_comments
from corpus.read.fields import unescaped
from corpus.read.furniture import comment_heading, furniture_reason
from corpus.read.linked_data import LinkedData
from corpus.read.nesting import flattened, unshadowed
from corpus.read.page import Page
from corpus.read.page_origin import Origin, original, read_origin
from corpus.read.page_parts import AROUND
from corpus.read.repeated_blocks import take_repeated
from corpus.read.walk import Block, blocks, joined
from corpus.text import canonical_line

_ARTICLE, _AROUND, _TITLE = "article", "around", "title"
_CHANGED = "changed"
_SUBMITTERS = ".fatitem .hnuser, .thing.link .tagline .author, .post_contact .nickname, .rd_hd .member_plate, .gall_writer .nickname"


def read_page(text: str, capture: Capture, url: str | None = None) -> Document:
    """Read a saved page: title, authors, dates and address where it states them, paragraphs, and comments.

    Args:
        text: the page as decoded.
        capture: the facts of the file; when it was saved is taken from the page where that says it.
        url: where it was fetched from, if its container says so.
    """
    text, deep = flattened(unshadowed(text))
    origin = read_origin(text)
    if url and origin.url is None:
        origin = replace(origin, url=url)
    if origin.saved:
        capture = replace(capture, saved=origin.saved, saved_evidence=origin.evidence)
    page = Page(text)
    meta, data = page_facts.metas(page), LinkedData(page)
    draft = Draft()
    if deep:
        draft.problems.append("the page is nested too deeply; its deepest parts were read as plain text")
    elsewhere = loaded_from(page)
    unseen = page.cut_silent()
    taken = take_comments(page)
    if not taken.comments and taken.first is None:
        taken.comments = data.comments()
    if not taken.comments and taken.first is None:
        taken = take_repeated(page)
    draft.comments, draft.problems = taken.comments, [*draft.problems, *taken.problems]
    _article(page, draft, taken, meta, data, origin, text, unseen)
    _count(draft, taken, meta, data, elsewhere)
    if not draft.paragraphs and not draft.title:
        draft.problems.append("no text was found in the page")
    return finish(draft, capture)


def _article(
    page: Page,
    draft: Draft,
    taken: Taken,
    meta: dict[str, str],
    data: LinkedData,
    origin: Origin,
    text: str,
    unseen: list[str],
) -> None:
    url = page_facts.address(page, meta, data, origin)
    facts = page_facts.read_facts(page, meta, data).values
    title, title_node = _title(page, meta, data, facts["outlet"])
    root = page_body.article_root(page) if taken.first is None else None
    found = _walk(page, root, title_node)
    if root is not None and second_opinion.wanted() and not page_body.is_named(page, root):
        _choose(found, second_opinion.article_lines(text))
    _add_dates(facts, found, title)
    _trim(found, title, (*facts["byline"], facts["outlet"] or ""))
    body = [block for block in found if block.region is _ARTICLE]
    if taken.first is not None:
        body = _from_first(taken.first, facts)
    facts["byline"] = spelt_out(facts["byline"], text) if facts["byline"] else _submitter(page)
    draft.title = title
    draft.paragraphs = [(block.text, block.kind) for block in body]
    base = url or origin.url
    _whole_addresses(draft, body, base)
    draft.facts = facts | {
        "url": url,
        "folded": _folded(found, taken.rest, unseen),
        "media": tuple(_media(page, root, base)) if root is not None else (),
    }


def _title(page: Page, meta: dict[str, str], data: LinkedData, outlet: str | None) -> tuple[str, int | None]:
    """Return the title, and the element that shows it."""
    head = page.first("title")
    named = meta.get("og:title") or (page.line(head) if head is not None else "")
    stated = data.article().get("headline")
    stated = canonical_line(unescaped(stated), 400) if isinstance(stated, str) else None
    return page_body.find_title(page, named, outlet, stated)


def _add_dates(facts: dict[str, Any], found: list[Block], title: str) -> None:
    """Add the dates that the lines about the title show, where the page states none of the kind."""
    dated = bool(facts.get("published"))
    if dated and facts.get("modified"):
        return
    near = page_facts.dates_in_lines(_near(found, title))
    facts |= {key: value for key, value in near.items() if not facts.get(key) and (key == "modified" or not dated)}


def _folded(found: list[Block], rest: list[str], unseen: list[str]) -> tuple[Folded, ...]:
    around = [block.text for block in found if block.region in (_AROUND, _CHANGED)]
    parts = (("around the article", around), ("around the comments", rest), ("not shown by browsers", unseen))
    return tuple(Folded("\n".join(lines), reason) for reason, lines in parts if lines)


def _whole_addresses(draft: Draft, body: list[Block], base: str | None) -> None:
    """Make the addresses of links whole; those within the page are none."""

    def whole(links: Links) -> Links:
        return [(start, end, original(to, base)) for start, end, to in links if not to.startswith(("#", "javascript:"))]

    draft.links = whole(joined(body)[1])
    for comment in draft.comments:
        comment.links = whole(comment.links)
        address = original(comment.url, base) if comment.url else ""
        comment.url = address if address.startswith(("http://", "https://")) else None


def _walk(page: Page, root: int | None, title: int | None) -> list[Block]:
    if page.body is None:
        return []
    regions: dict[int, object] = dict.fromkeys(page.css(AROUND), _AROUND)
    kinds = dict.fromkeys(page.css(page_body.CAPTION), "caption")
    if root is not None:
        regions[root] = _ARTICLE
        lead = next((node for node in page.css(page_body.STANDFIRST) if 30 < page.length(node) < 1500), None)
        if lead is not None and not any(regions.get(around) is _AROUND for around in page.above(lead)):
            regions.setdefault(lead, _ARTICLE)
            kinds[lead] = "standfirst"
    regions |= dict.fromkeys(page.css(".updated.rich-snippet-hidden"), _CHANGED)
    if title is not None:
        regions = {at: region for at, region in regions.items() if not title <= at < page.end[title]}
        regions[title] = _TITLE
    return blocks(page, page.body, regions, _AROUND, kinds)


def _choose(found: list[Block], lines: frozenset[str]) -> None:
    """Take the blocks that stand in some lines for the article, and the others for what is around it."""
    chosen = [any(second_opinion.without_blanks(line) in lines for line in block.text.split("\n")) for block in found]
    if any(chosen):
        for block, taken in zip(found, chosen, strict=True):
            if block.region in (_ARTICLE, _AROUND):
                block.region = _ARTICLE if taken else _AROUND


def _trim(found: list[Block], title: str, names: tuple[str, ...]) -> None:
    """Put furniture at the article's head and tail around it, and the title once more where it stands in the text."""
    body = [block for block in found if block.region is _ARTICLE]
    for block in body:
        if block.text == title:
            block.region = _TITLE
        elif comment_heading(block.text)[0]:
            block.region = _AROUND
    for edge in (body[:8], body[:-9:-1]):
        for block in edge:
            if (
                len(block.text) < 200
                and block.region is _ARTICLE
                and (furniture_reason(block.text) or is_byline(block.text, names))
            ):
                block.region = _AROUND


def _near(found: list[Block], title: str) -> list[Block]:
    """Return the blocks in which an article's day is looked for: after its title, then before it."""
    at = next((at for at, block in enumerate(found) if block.text.replace("\n", " ") == title), None)
    if at is None:
        at = next((at for at, block in enumerate(found) if block.region is _ARTICLE), None)
    if at is None:
        return []
    near = [*found[at + 1 : at + 13], *reversed(found[max(0, at - 4) : at])]
    return [block for block in near if block.region is not _CHANGED]


def _from_first(first: tuple[Found, list[Block]], facts: dict[str, Any]) -> list[Block]:
    """Take a forum's first contribution for the article."""
    comment, body = first
    if comment.author:
        facts["byline"] = (comment.author,)
    if comment.posted:
        facts |= {
            "published": comment.posted,
            "published_raw": comment.words,
            "published_evidence": "the first contribution",
        }
    return body


def _submitter(page: Page) -> tuple[str, ...]:
    """Return who submitted a link that a page discusses."""
    node = page.first(_SUBMITTERS)
    name = page.line(node) if node is not None else ""
    return (name,) if name else ()


def _media(page: Page, root: int, base: str | None) -> list[dict[str, Any]]:
    captions: dict[int, str] = {}
    for figure in page.css("figure, .wp-caption", root):
        image, words = page.first("img", figure), page.first(f"figcaption, {page_body.CAPTION}", figure)
        if image is not None and words is not None:
            captions[image] = page.line(words)
    found: dict[str, dict[str, Any]] = {}
    for node in page.css("img, video[src], audio[src]", root):
        attributes = page.attributes[node]
        source = attributes.get("data-src") or attributes.get("data-lazy-src") or attributes.get("src") or ""
        if not source or source.startswith("data:") or attributes.get("width") in ("0", "1"):
            continue
        address = original(canonical_line(source, 2000), base)
        found.setdefault(
            address,
            {
                "url": address,
                "alt": canonical_line(attributes.get("alt") or "") or None,
                "caption": captions.get(node),
            },
        )
    return list(found.values())


def _count(draft: Draft, taken: Taken, meta: dict[str, str], data: LinkedData, elsewhere: str | None) -> None:
    """Keep the count that the page states, and say where comments are that are not in it."""
    count = taken.count
    if count is None and str(data.article().get("commentCount") or "").isdigit():
        number = int(str(data.article()["commentCount"])[:9])
        count = StatedCount(number, f"commentCount {number} in the page's JSON-LD")
    if count is not None:
        draft.facts["stated_comment_count"] = count
    if not draft.comments and elsewhere and taken.first is None:
        draft.problems.append(f"the comments of this page come from {elsewhere}; they were not in this capture")
    elif not draft.comments and count is not None and count.n and taken.first is None:
        draft.problems.append(f"the page says {count.n} comments; they were not in this capture")
