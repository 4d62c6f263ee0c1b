"""Reddit: listings as its site gives them, and the lines of pushshift's dumps."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping
from html import unescape
from typing import Any

from corpus.model import StatedCount, Votes
from corpus.read.assembly import Draft, Found, plain_paragraphs
from corpus.read.fields import moment
from corpus.read.jsonlines import Group, places
from corpus.text import canonical_line, canonical_paragraphs

_HOST = "https://www.reddit.com"
_GONE = ("[deleted]", "[removed]")

Item = Mapping[str, Any]


def is_pushshift(item: Item) -> bool:
    """Tell whether a line is a comment or a post of a pushshift dump."""
    comment = "body" in item and str(item.get("link_id", "")).startswith("t3_")
    return comment or ("selftext" in item and "subreddit" in item and "title" in item)


def read_listing(value: Any) -> Iterator[Draft]:
    """Read listings: pairs of a post and its comments, or posts and comments alone."""
    parts = value if isinstance(value, list) else [value]
    posts: list[Item] = []
    comments: list[Item] = []
    for part in parts:
        for child in _children(part):
            (posts if child.get("kind") == "t3" else comments).append(child)
    if not comments or len(posts) > 1:
        for post in posts:
            yield _draft(_data(post), [])
        posts = []
    if comments:
        yield _draft(_data(posts[0]) if posts else {}, comments)


def group(items: Iterable[tuple[int, Item]]) -> Iterator[Group]:
    """Put the lines of a dump together: every post with those of its comments that are in the file."""
    posts: dict[str, array[int]] = {}
    threads: dict[str, array[int]] = {}
    for place, item in items:
        if "body" in item and item.get("link_id"):
            threads.setdefault(str(item["link_id"]).removeprefix("t3_"), places()).append(place)
        else:
            posts.setdefault(str(item.get("id")), places()).append(place)
    for name, post in posts.items():
        yield name, post + threads.pop(name, places())
    yield from threads.items()


def draft(name: str, items: list[Item]) -> Draft:
    """Make the document of a post and its comments."""
    posts = [item for item in items if not ("body" in item and item.get("link_id"))]
    comments: list[Item] = [{"kind": "t1", "data": item} for item in items if "body" in item and item.get("link_id")]
    # a post that stands in the file twice was fetched twice; the later one is as it was left
    made = _draft(posts[-1] if posts else {}, comments, name)
    made.dropped["earlier state of the same post"] += len(posts[1:])
    return made


def _draft(post: Item, children: list[Item], name: str = "") -> Draft:
    draft = Draft(canonical_line(unescape(_text(post.get("title"))), 400))
    draft.paragraphs = plain_paragraphs(unescape(_text(post.get("selftext"))))
    if not post:
        draft.title = (
            f"Comments on the Reddit post {name}" if name else "Comments of a Reddit post that is not in this capture"
        )
        draft.problems.append("the post that the comments belong to is not in this capture")
    draft.facts = _facts(post)
    if not post:
        draft.facts |= {"url": _page_of(children), "_member": f"post {name}" if name else None}
    if post.get("url") and str(post["url"]) != draft.facts.get("url") and not post.get("is_self"):
        draft.links.append((0, 0, str(post["url"])))
    more = _comments(draft, children)
    if more:
        draft.problems.append(f'{more} comments stand behind "load more" and are not in this capture')
    number = post.get("num_comments")
    if isinstance(number, int) and not isinstance(number, bool):
        draft.facts["stated_comment_count"] = StatedCount(number, f"num_comments {number}")
    return draft


def _page_of(children: list[Item]) -> str | None:
    """Return the address of the post that comments stand under, by which they and the post in another file are one."""
    for child in children:
        parts = _text(_data(child).get("permalink")).split("/")
        if parts[0] == "" and len(parts) > 6 and parts[3] == "comments":
            return canonical_line(_HOST + "/".join(parts[:6]) + "/", 2000)
    return None


def _facts(post: Item) -> dict[str, Any]:
    permalink = _text(post.get("permalink"))
    author = canonical_line(_text(post.get("author")))
    created = _number(post.get("created_utc"))
    facts: dict[str, Any] = {
        "byline": (author,) if author and author not in _GONE else (),
        "outlet": f"r/{canonical_line(_text(post.get('subreddit')))}" if post.get("subreddit") else None,
        "url": canonical_line(_HOST + permalink, 2000) if permalink.startswith("/") else None,
        "published": moment(created),
        "_member": post.get("name") or post.get("id"),
    }
    if facts["published"]:
        facts |= {"published_raw": str(created), "published_evidence": 'field "created_utc" of the post'}
    if _votes(post):
        facts["extra"] = {"score": post.get("score")}
    return facts


def _comments(draft: Draft, children: list[Item]) -> int:
    """Add the comments, nested ones laid flat under their parents; return how many stand behind stubs."""
    hidden = 0
    stack = list(reversed(children))
    while stack:
        child = stack.pop()
        data = _data(child)
        if child.get("kind") == "more":
            count = data.get("count")
            hidden += count if isinstance(count, int) else 0
            draft.comments.append(_stub(data))
            continue
        draft.comments.append(_comment(data))
        replies = data.get("replies")
        if isinstance(replies, dict):
            stack += reversed(_children(replies))
    return hidden


def _stub(data: Item) -> Found:
    count = data.get("count")
    number = count if isinstance(count, int) else 0
    words = f"{number} more" if number else "more in the site's own thread"
    return Found(
        words,
        own=f"more-{canonical_line(_text(data.get('id')), 40)}",
        parent=_parent(data),
        kind="stub",
        state="not in this capture",
    )


def _comment(data: Item) -> Found:
    author = canonical_line(_text(data.get("author")))
    text = canonical_paragraphs(unescape(_text(data.get("body"))))
    created = _number(data.get("created_utc"))
    permalink = _text(data.get("permalink"))
    found = Found(
        text,
        author if author and author not in _GONE else None,
        canonical_line(_text(data.get("id")) or _text(data.get("name")).removeprefix("t1_"), 60) or None,
        _parent(data),
        posted=moment(created),
        words=str(created) if created is not None else None,
        url=canonical_line(_HOST + permalink, 2000) if permalink.startswith("/") else None,
        votes=_votes(data),
    )
    if text in _GONE:
        found.kind, found.state, found.text = "deleted", text.strip("[]"), ""
    elif author in _GONE:
        found.state = "its author is deleted"
    return found


def _parent(data: Item) -> str | None:
    parent = canonical_line(str(data.get("parent_id") or ""), 60)
    return parent.removeprefix("t1_") if parent and not parent.startswith("t3_") else None


def _votes(data: Item) -> Votes | None:
    given = [
        value if isinstance(value, int) and not isinstance(value, bool) else None
        for value in (data.get("ups"), data.get("downs"), data.get("score"))
    ]
    return Votes(given[0], given[1], given[2]) if given[2] is not None or given[0] is not None else None


def _children(part: Any) -> list[Item]:
    data = part.get("data") if isinstance(part, dict) else None
    children = data.get("children") if isinstance(data, dict) else None
    return [child for child in children if isinstance(child, dict)] if isinstance(children, list) else []


def _data(child: Item) -> Item:
    data = child.get("data")
    return data if isinstance(data, dict) else {}


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""


def _number(value: Any) -> float | int | None:
    if isinstance(value, str) and value.isdigit() and len(value) < 20:
        return int(value)
    return value if isinstance(value, (int, float)) and not isinstance(value, bool) else None
