"""Hacker News: items of its own interface, and the trees and hits of Algolia's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from corpus.model import StatedCount, Votes
from corpus.read.assembly import Draft, Found
from corpus.read.fields import moment
from corpus.read.fragments import read_blocks, read_fragment
from corpus.text import canonical_line

_ITEM = "https://news.ycombinator.com/item?id="
_ROOTS = ("story", "job", "poll")

Item = Mapping[str, Any]


def is_item(item: Item) -> bool:
    """Tell whether a value is an item of the Firebase interface."""
    return (
        item.get("type") in (*_ROOTS, "comment")
        and "id" in item
        and bool({"by", "time", "kids", "deleted", "dead"} & set(item))
    )


def read_items(value: Any) -> Iterator[Draft]:
    """Read items: each story with those of its comments that are there."""
    items = [
        item for item in (value if isinstance(value, Sequence) else [value]) if isinstance(item, dict) and "id" in item
    ]
    by_id = {str(item["id"]): item for item in items}
    children: dict[str, list[Item]] = {}
    for item in items:
        if item.get("type") == "comment" and item.get("parent") is not None:
            children.setdefault(str(item["parent"]), []).append(item)
    roots = [item for item in items if item.get("type") in _ROOTS]
    orphans = [name for name in children if name not in by_id]
    for root in roots:
        yield _story(root, _in_order(root, children, by_id))
    if orphans:
        rest = [comment for name in orphans for comment in _in_order({"id": name}, children, by_id)]
        draft = _story({"title": "Comments of Hacker News whose story is not in this capture"}, rest)
        draft.problems.append("the story that the comments belong to is not in this capture")
        yield draft


def _in_order(root: Item, children: Mapping[str, list[Item]], by_id: Mapping[str, Item]) -> list[Found]:
    """Return the comments below an item in the rank that `kids` gives them."""
    found, seen = [], set()
    stack = [str(root["id"])]
    while stack:
        name = stack.pop()
        if name in seen:
            continue
        seen.add(name)
        item = by_id.get(name, {"id": name})
        if name != str(root["id"]):
            found.append(_comment(item, str(root["id"])))
        kids = item.get("kids")
        ranked = [str(kid) for kid in kids if str(kid) in by_id] if isinstance(kids, list) else []
        rest = [str(child["id"]) for child in children.get(name, ()) if str(child["id"]) not in ranked]
        stack += reversed([*ranked, *rest])
    return found


def read_tree(value: Any) -> Iterator[Draft]:
    """Read an item of Algolia's interface, its comments nested in `children`."""
    root = value if isinstance(value, dict) else {}
    found: list[Found] = []
    stack: list[tuple[Any, int | None]] = [(child, None) for child in reversed(_list(root.get("children")))]
    while stack:
        item, above = stack.pop()
        if not isinstance(item, dict):
            continue
        comment = _comment(item, "")
        comment.parent, comment.above = None, above
        found.append(comment)
        stack += [(child, len(found) - 1) for child in reversed(_list(item.get("children")))]
    if root.get("type") == "comment":
        own = _comment(root, "")
        for comment in found:
            comment.above = 0 if comment.above is None else comment.above + 1
        found.insert(0, own)
        root = {"title": root.get("story_title") or "Comments of Hacker News whose story is not in this capture"}
    yield _story(root, found)


def read_hits(value: Any) -> Iterator[Draft]:
    """Read the hits of a search: a document for each story, with its comments among them."""
    stories: dict[str, Item] = {}
    threads: dict[str, list[Found]] = {}
    for hit in _list(value.get("hits")):
        if not isinstance(hit, dict):
            continue
        if hit.get("comment_text"):
            name = str(hit.get("story_id") or "")
            stories.setdefault(
                name, {"title": hit.get("story_title"), "id": hit.get("story_id"), "url": hit.get("story_url")}
            )
            threads.setdefault(name, []).append(_comment(hit, name))
        else:
            stories[str(hit.get("objectID"))] = hit
    for name, story in stories.items():
        yield _story(story, threads.get(name, []))


def _story(item: Item, comments: list[Found]) -> Draft:
    draft = Draft(canonical_line(_text(item.get("title")), 400) or "Comments of Hacker News", comments=comments)
    draft.paragraphs, draft.links = read_blocks(_text(item.get("text") or item.get("story_text")))
    name = item.get("id") or item.get("objectID")
    author = canonical_line(_text(item.get("by") or item.get("author")))
    stamp = item.get("time") or item.get("created_at") or item.get("created_at_i")
    draft.facts = {
        "byline": (author,) if author else (),
        "outlet": "Hacker News",
        "url": canonical_line(f"{_ITEM}{name}", 200) if name is not None else None,
        "published": moment(stamp),
        "_member": f"item {name}" if name is not None else None,
    }
    if draft.facts["published"]:
        draft.facts |= {"published_raw": str(stamp), "published_evidence": "field of the item"}
    if item.get("url"):
        draft.links.append((0, 0, _text(item["url"])))
    number = item.get("descendants", item.get("num_comments"))
    if isinstance(number, int) and not isinstance(number, bool):
        draft.facts["stated_comment_count"] = StatedCount(number, f"descendants {number}")
    return draft


def _comment(item: Item, root: str) -> Found:
    text, links = read_fragment(_text(item.get("text") or item.get("comment_text")))
    name = item.get("id") or item.get("objectID")
    parent = item.get("parent") or item.get("parent_id")
    stamp = item.get("time") or item.get("created_at_i") or item.get("created_at")
    points = item.get("points")
    found = Found(
        text,
        canonical_line(_text(item.get("by") or item.get("author"))) or None,
        canonical_line(str(name), 60) if name is not None else None,
        canonical_line(str(parent), 60) if parent is not None and str(parent) != root else None,
        posted=moment(stamp),
        words=str(stamp) if stamp is not None else None,
        url=f"{_ITEM}{canonical_line(str(name), 60)}" if name is not None else None,
        votes=Votes(score=points) if isinstance(points, int) else None,
        links=links,
    )
    for state in ("deleted", "dead"):
        if item.get(state):
            found.state = state
    if not text:
        found.kind, found.state = "deleted", found.state or "the source has no text for it"
    return found


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
