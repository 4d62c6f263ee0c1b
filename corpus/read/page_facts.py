"""What a saved page states of itself: title, authors, outlet, dates, address, language, each where it is surest."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from corpus.read import fields
from corpus.read.bylines import people
from corpus.read.linked_data import LinkedData
from corpus.read.page_origin import Origin, original
from corpus.read.stamp_finder import find_stamp
from corpus.read.walk import Block
from corpus.text import canonical_line

if TYPE_CHECKING:
    from corpus.read.page import Page

_PUBLISHED = (
    "article:published_time",
    "datepublished",
    "date",
    "dc.date.issued",
    "dc.date",
    "dcterms.created",
    "pubdate",
    "publishdate",
    "parsely-pub-date",
    "article.published",
    "og:article:published_time",
    "sailthru.date",
)
_MODIFIED = ("article:modified_time", "datemodified", "og:updated_time", "dcterms.modified", "last-modified", "lastmod")
_AUTHORS = (
    "author",
    "article:author",
    "dc.creator",
    "dcterms.creator",
    "parsely-author",
    "sailthru.author",
    "byl",
    "dable:author",
    "og:article:author",
)
_AUTHOR_NODES = (
    "[itemprop=author] [itemprop=name], [rel=author] [itemprop=name]",
    ".entry-author [rel=author], .byline [rel=author], .post-author [rel=author], [rel=author]",
    ".media_end_head_journalist_name, .byline_s, .journalistcard_summary_name, .article-writer, .txt_info .link_name, .writer_name, .reporter_name",
    ".byline a, .byline__author a, .authors a.author-name, .author-name, .entry__author a, .entry-author a, .post-author a, .article-author a, .c-byline__author",
    "[itemprop=author], .byline, .byline__author, .entry__author, .entry-author, .post-author, .article-author, .authors, .author",
)
_DATE_NODES = (
    "[itemprop=datePublished]",
    "time.published, time.entry-date, time.entry-published, abbr.published, article header time, .byline time, article time, time[pubdate], time",
    ".media_end_head_info_datestamp_time, .date-header, .posted-on, .entry-date, .published, .post-date, .article-date, .article__date, .date, .regdate, .info_view .num_date, .gall_date",
)
_LABELS = re.compile(
    r"(최초 ?입력|기사 ?입력|입력|등록|승인|발행|게재|작성|송고|published|posted|veröffentlicht|publié)"
    r"|((?:최종 ?)?수정|업데이트|(?:last )?updated|modified|aktualisiert|mis à jour)",
    re.IGNORECASE,
)
_BESIDE = frozenset(["related", "related-posts", "teaser", "sidebar", "widget"])
_SHORT = 200


@dataclass(slots=True)
class Facts:
    """Facts of a document by field, and what was left out of them."""

    values: dict[str, Any] = field(default_factory=dict)
    dropped: dict[str, int] = field(default_factory=dict)


def metas(page: Page) -> dict[str, str]:
    """Return the meta elements of a page by name in small letters; the first of a name counts."""
    found: dict[str, str] = {}
    for node in page.css("meta"):
        attributes = page.attributes[node]
        name = (
            attributes.get("property")
            or attributes.get("name")
            or attributes.get("itemprop")
            or attributes.get("http-equiv")
        )
        # some tools that clean pages write `value` for `content`
        value = attributes.get("content") or attributes.get("value")
        if name and value and (line := canonical_line(fields.unescaped(value))):
            found.setdefault(name.lower(), line)
    return found


def address(page: Page, meta: dict[str, str], data: LinkedData, origin: Origin) -> str | None:
    """Return the address that a page states for itself; an archive's is made into the one it was archived from."""
    link = page.first("link[rel=canonical]")
    stated = [
        page.get(link, "href") if link is not None else None,
        meta.get("og:url"),
        data.article().get("url"),
        origin.url,
    ]
    for value in stated:
        if isinstance(value, str):
            found = original(canonical_line(value, 2000))
            if found.startswith(("http://", "https://")):
                return found
    return None


def read_facts(page: Page, meta: dict[str, str], data: LinkedData) -> Facts:
    """Read outlet, language, authors and dates from a page whose comments have been taken out."""
    facts = Facts()
    article = data.article()
    publisher = data.names(article.get("publisher"))
    html = page.first("html")
    language = page.get(html, "lang") if html is not None else ""
    outlet = meta.get("og:site_name") or (publisher[0] if publisher else None)
    names = _authors(page, meta, data, outlet)
    facts.values = {
        "outlet": outlet,
        "language": canonical_line(language or meta.get("content-language") or meta.get("og:locale") or "", 40).replace(
            "_", "-"
        )
        or None,
        "byline": tuple(names),
    }
    facts.values.update(_dates(page, meta, data))
    return facts


def _authors(page: Page, meta: dict[str, str], data: LinkedData, outlet: str | None) -> list[str]:
    stated = data.names(data.article().get("author"))
    if not people(stated, outlet):
        stated = [meta[name] for name in _AUTHORS if name in meta and "://" not in meta[name]][:1]
    if found := people(stated, outlet):
        return found
    for selector in _AUTHOR_NODES:
        lines = [
            line
            for node in page.css(selector)[:6]
            if not _aside(page, node) and (line := page.line(node)) and len(line) <= _SHORT
        ]
        if selector is _AUTHOR_NODES[-1]:
            lines = lines[:1]
        if found := people(lines, outlet):
            return found
    return []


def _aside(page: Page, node: int) -> bool:
    """Tell whether an element lies in a list of other articles, or beside the article."""
    within = True
    for above in page.above(node):
        tag = page.tags[above]
        if tag == "body":
            break
        # an article among several is a teaser
        within = within and tag not in ("article", "main")
        if within and (tag in ("nav", "footer") or not _BESIDE.isdisjoint(page.class_words(above))):
            return True
        if not within and (tag == "aside" or "related" in page.get(above, "class")):
            return True
    return False


def _dates(page: Page, meta: dict[str, str], data: LinkedData) -> dict[str, Any]:
    found: dict[str, Any] = {}
    article = data.article()
    for name in _PUBLISHED:
        if name in meta and (known := fields.moment(meta[name])):
            found = {
                "published": known,
                "published_raw": meta[name],
                "published_evidence": f'the page\'s meta element "{name}"',
            }
            break
    if (
        not found
        and isinstance(article.get("datePublished"), str)
        and (known := fields.moment(article["datePublished"]))
    ):
        raw = canonical_line(article["datePublished"], 100)
        found = {"published": known, "published_raw": raw, "published_evidence": "the page's JSON-LD"}
    if not found:
        found = _date_from_nodes(page)
    changed = next((known for name in _MODIFIED if name in meta and (known := fields.moment(meta[name]))), None)
    if changed is None and isinstance(article.get("dateModified"), str):
        changed = fields.moment(article["dateModified"])
    if changed is None:
        node = page.first(
            "[itemprop=dateModified], time.updated:not(.published), .updated.rich-snippet-hidden, .media_end_head_info_datestamp_time._ARTICLE_MODIFY_DATE_TIME"
        )
        changed = _node_date(page, node)[0] if node is not None else None
    return {**found, "modified": changed}


def _date_from_nodes(page: Page) -> dict[str, Any]:
    for selector in _DATE_NODES:
        for node in page.css(selector)[:8]:
            classes = page.get(node, "class")
            if (
                _aside(page, node)
                or "modif" in classes.lower()
                or ("updated" in classes and "published" not in classes)
            ):
                continue
            known, words = _node_date(page, node)
            if known:
                where = f"the page's {page.tags[node]} element" + (
                    f' "{classes.split()[0]}"' if classes.split() else ""
                )
                return {"published": known, "published_raw": words, "published_evidence": canonical_line(where, 100)}
    return {}


def _node_date(page: Page, node: int) -> tuple[str | None, str | None]:
    shown = page.line(node)
    for attribute in ("datetime", "content", "data-date-time", "title"):
        value = canonical_line(page.get(node, attribute), 80)
        if value and (known := fields.moment(value)):
            return known, shown if 0 < len(shown) <= 80 and find_stamp(shown) else value
    stamp = find_stamp(shown) if len(shown) <= _SHORT else None
    return (stamp.iso(None), shown[stamp.start : stamp.end]) if stamp else (None, None)


def dates_in_lines(around: list[Block]) -> dict[str, Any]:
    """Return the dates that the lines about a title show, with their labels (입력, 수정, updated) where they have any."""
    found: dict[str, Any] = {}
    for block in around:
        if len(block.text) > _SHORT or ("published" in found and "modified" in found):
            continue
        for changed, words in _labelled(block.text.replace("\n", " ")):
            stamp = find_stamp(words)
            known = stamp.iso(None) if stamp else None
            if not stamp or not known or stamp.style == "relative":
                continue
            if changed:
                found.setdefault("modified", known)
            elif "published" not in found:
                line = canonical_line(block.text, 120)
                found |= {
                    "published": known,
                    "published_raw": words[stamp.start : stamp.end],
                    "published_evidence": f'line near the title "{line}"',
                }
    return found


def _labelled(text: str) -> list[tuple[bool, str]]:
    """Cut a line at the labels of its dates, as pairs of whether the label tells of a change, and the words."""
    marks = list(_LABELS.finditer(text))
    if not marks:
        return [(False, text)]
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    return [(bool(mark[2]), text[mark.end() : end]) for mark, end in zip(marks, ends, strict=True)]
