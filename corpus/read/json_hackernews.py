"""Hacker News: items of its own interface, and the trees and hits of Algolia's."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from corpus.model import StatedCount, Votes
from corpus.read.assembly import Draft, Found
from corpus.read.fields import moment
from corpus.read.fragments import read_blocks, read_fragment
from corpus.read.jsonlines import Group, places
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
    items = [item for item in (value if isinstance(value, list) else [value]) if isinstance(item, dict)]
    for name, at in group((place, item) for place, item in enumerate(items) if "id" in item):
        yield draft(name, [items[place] for place in at])


def group(items: Iterable[tuple[int, Item]]) -> Iterator[Group]:
    """Put every story and the comments below it together; those whose story is not there come last, without a name."""
    parents: dict[str, str] = {}
    stories: dict[str, None] = {}
    every: list[str] = []
    at = places()
    for place, item in items:
        name = str(item["id"])
        at.append(place)
        every.append(name)
        if item.get("type") in _ROOTS:
            stories[name] = None
        elif item.get("parent") is not None:
            parents.setdefault(name, str(item["parent"]))
    threads = {name: places() for name in (*stories, "")}
    root_of: dict[str, str] = {name: name for name in stories}
    for place, name in zip(at, every, strict=True):
        path = []
        above: str | None = name
        while above is not None and above not in root_of:
            # for the while, so that a circle ends here
            root_of[above] = ""
            path.append(above)
            above = parents.get(above)
        root = root_of[above] if above is not None else ""
        root_of.update(dict.fromkeys(path, root))
        threads[root].append(place)
    yield from ((name, found) for name, found in threads.items() if found)


def draft(name: str, items: list[Item]) -> Draft:
    """Make the document of a story and the comments below it."""
    story = next((item for item in items if name and item.get("type") in _ROOTS), None)
    comments = [item for item in items if item is not story]
    if story is not None:
        return _story(story, _in_order(story, comments))
    made = _story({"title": "Comments of Hacker News whose story is not in this capture"}, _in_order({}, comments))
    made.problems.append("the story that the comments belong to is not in this capture")
    return made


def _in_order(root: Item, comments: list[Item]) -> list[Found]:
    """Return every comment once: those below the root in the rank that `kids` gives them, then the others."""
    top = str(root.get("id", ""))
    by_id: dict[str, list[int]] = {}
    children: dict[str, list[int]] = {}
    for at, item in enumerate(comments):
        by_id.setdefault(str(item["id"]), []).append(at)
        children.setdefault(str(item.get("parent") or ""), []).append(at)

    def below(item: Item) -> list[int]:
        kids = item.get("kids")
        ranked = [at for kid in kids for at in by_id.get(str(kid), ())] if isinstance(kids, list) else []
        return [*ranked, *children.get(str(item.get("id", "")), ())]

    found: list[Found] = []
    seen = [False] * len(comments)
    known = set(by_id)
    tops = [at for at, item in enumerate(comments) if str(item.get("parent") or "") not in known]
    stack = [*reversed(range(len(comments))), *reversed(tops), *reversed(below(root) if root else ())]
    while stack:
        at = stack.pop()
        if not seen[at]:
            seen[at] = True
            found.append(_comment(comments[at], top))
            stack += reversed(below(comments[at]))
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
    key = "descendants" if "descendants" in item else "num_comments"
    number = item.get(key)
    if isinstance(number, int) and not isinstance(number, bool):
        draft.facts["stated_comment_count"] = StatedCount(number, f"{key} {number}")
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
