"""JSON-LD in pages: what it states of the article, and comments in its three shapes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from corpus.model import Votes
from corpus.read import fields
from corpus.read.assembly import Found
from corpus.read.jsontext import parse
from corpus.record_reading import RecordError
from corpus.text import canonical_line, canonical_paragraphs

if TYPE_CHECKING:
    from corpus.read.page import Page

_ARTICLES = frozenset(
    [
        "NewsArticle",
        "Article",
        "ReportageNewsArticle",
        "AnalysisNewsArticle",
        "OpinionNewsArticle",
        "BlogPosting",
        "LiveBlogPosting",
        "TechArticle",
        "DiscussionForumPosting",
        "SocialMediaPosting",
        "Question",
        "Report",
    ]
)
_COMMENTS = frozenset(("Comment", "UserComments", "Answer"))
_LARGEST = 5_000_000
_DEPTH = 100

Item = Mapping[str, Any]


class LinkedData:
    """All items of a page's JSON-LD, found by their type and `@id`."""

    def __init__(self, page: Page) -> None:
        """Read the scripts of a page; what is no JSON is passed over."""
        self.items: list[Item] = []
        for node in page.css("script[type='application/ld+json']"):
            text = "".join(page.pieces(node))
            if not 0 < len(text) <= _LARGEST:
                continue
            try:
                value = parse(text.strip().removeprefix("<!--").removesuffix("-->"), _DEPTH, [])
            except RecordError:
                continue
            self.items += _flat(value)
        self._by_id = {item["@id"]: item for item in self.items if isinstance(item.get("@id"), str) and len(item) > 1}

    def article(self) -> Item:
        """Return the item of the article; empty where there is none."""
        found = [item for item in self.items if types(item) & _ARTICLES]
        return next(
            (item for item in found if item.get("headline") or item.get("datePublished")), found[0] if found else {}
        )

    def names(self, value: Any) -> list[str]:
        """Return the names in a person, an organisation, a reference to one, or a list of these."""
        found: list[str] = []
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, dict):
                item = self._by_id.get(item.get("@id") or "", item) if "name" not in item else item
                item = item.get("name")
            if isinstance(item, list):
                item = item[0] if item else None
            if isinstance(item, str) and (name := canonical_line(fields.unescaped(item), 200)):
                found.append(name)
        return list(dict.fromkeys(found))

    def comments(self) -> list[Found]:
        """Return the comments: nested in `comment`, apart with `parentItem`, or apart with `about`."""
        found: list[Found] = []
        seen: set[int] = set()
        place: dict[str, int] = {}
        nested = {id(child) for item in self.items for child in _children(item)}
        roots = [item for item in self.items if types(item) & _COMMENTS and id(item) not in nested]
        article = self.article()
        stack: list[tuple[Item, int | None]] = [(item, None) for item in reversed([*_children(article), *roots])]
        while stack:
            item, above = stack.pop()
            if id(item) in seen or not isinstance(item, dict):
                continue
            seen.add(id(item))
            item = self._by_id.get(str(item.get("@id")), item) if len(item) == 1 else item
            if not types(item) & _COMMENTS and not (item.get("text") or item.get("commentText")):
                continue
            if "Answer" in types(item) and not (item.get("author") or item.get("dateCreated") or item.get("url")):
                continue  # the answer of a list of frequent questions
            comment = self._comment(item)
            comment.above = above if above is not None else place.get(_reference(item))
            if isinstance(item.get("@id"), str):
                if item["@id"] in place:
                    continue
                place[item["@id"]] = len(found)
            found.append(comment)
            stack += [(child, len(found) - 1) for child in reversed(_children(item))]
        return found

    def _comment(self, item: Item) -> Found:
        posted = fields.text(item.get("dateCreated") or item.get("datePublished") or item.get("commentTime"))
        url = item.get("url")
        address = (
            canonical_line(url, 2000) if isinstance(url, str) and url.startswith(("http://", "https://")) else None
        )
        own = str(item.get("@id") or item.get("identifier") or "") or None
        names = self.names(item.get("author") or item.get("creator"))
        return Found(
            canonical_paragraphs(_plain(fields.text(item.get("text") or item.get("commentText")) or "")),
            names[0] if names else None,
            canonical_line(own.rpartition("#")[2].removeprefix("comment-"), 100) if own else None,
            posted=fields.moment(posted),
            words=canonical_line(posted, 100) if posted else None,
            url=address,
            title=fields.line(item.get("headline"), "title", []),
            votes=_votes(item),
        )


def types(item: Item) -> set[str]:
    """Return the types of an item, without their vocabulary."""
    value = item.get("@type")
    values = value if isinstance(value, list) else [value]
    return {one.rpartition("/")[2] for one in values if isinstance(one, str)}


def _flat(value: Any) -> Iterator[Item]:
    """Yield all objects in a value that have a type, outermost first."""
    stack = [value]
    while stack:
        item = stack.pop()
        if isinstance(item, list):
            stack += reversed(item)
        elif isinstance(item, dict):
            if "@type" in item:
                yield item
            stack += reversed([child for child in item.values() if isinstance(child, (dict, list))])


def _children(item: Item) -> list[Item]:
    value = item.get("comment") or item.get("suggestedAnswer") or []
    accepted = item.get("acceptedAnswer")
    found = value if isinstance(value, list) else [value]
    found = [*(accepted if isinstance(accepted, list) else [accepted]), *found] if accepted else found
    return [child for child in found if isinstance(child, dict)]


def _reference(item: Item) -> str:
    for key in ("parentItem", "about"):
        value = item.get(key)
        if isinstance(value, dict):
            value = value.get("@id")
        if isinstance(value, str):
            return value
    return ""


def _plain(text: str) -> str:
    if "<" not in text or ">" not in text:
        from html import unescape

        return unescape(text)
    from corpus.read.fragments import read_fragment

    return read_fragment(text)[0]


def _votes(item: Item) -> Votes | None:
    up, down = item.get("upvoteCount"), item.get("downvoteCount")
    given = [int(value) if isinstance(value, (int, str)) and str(value).isdigit() else None for value in (up, down)]
    return Votes(given[0], given[1]) if any(value is not None for value in given) else None
