"""WordPress's REST interface: posts, and comments, which come in files of their own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from corpus.read.assembly import Draft, Found
from corpus.read.fields import moment, text
from corpus.read.fragments import read_blocks, read_fragment
from corpus.text import canonical_line

Item = Mapping[str, Any]


def is_item(item: Item) -> bool:
    """Tell whether a value is a post or a comment of the interface."""
    return (
        isinstance(item.get("content"), dict)
        and "rendered" in item["content"]
        and ("author_name" in item or isinstance(item.get("title"), dict))
    )


def read_items(value: Any) -> Iterator[Draft]:
    """Read posts and comments; a comment stands under its post where that is in the file."""
    items = [item for item in (value if isinstance(value, list) else [value]) if isinstance(item, dict)]
    threads: dict[str, list[Item]] = {}
    posts: dict[str, Item] = {}
    for item in items:
        if "author_name" in item:
            threads.setdefault(str(item.get("post", "")), []).append(item)
        else:
            posts[str(item.get("id", len(posts)))] = item
    for name in [*posts, *(name for name in threads if name not in posts)]:
        post = posts.get(name)
        draft = _post(post) if post else Draft(f"Comments on post {name}")
        if post is None:
            draft.facts["url"] = _page_of(threads[name])
            draft.problems.append("the post that the comments belong to is not in this capture")
        draft.facts["_member"] = f"post {name}"
        # the interface gives the newest first
        comments = sorted(threads.get(name, []), key=lambda item: str(item.get("date_gmt") or item.get("date") or ""))
        draft.comments = [_comment(item, draft.dropped) for item in comments]
        yield draft


def _page_of(comments: list[Item]) -> str | None:
    """Return the address of the page that comments stand on, by which they and the post in another file are one."""
    links = [item["link"].partition("#") for item in comments if isinstance(item.get("link"), str)]
    return next((canonical_line(page, 2000) for page, _, comment in links if comment.startswith("comment-")), None)


def _post(item: Item) -> Draft:
    title, _ = read_fragment(text(item.get("title")) or "")
    draft = Draft(canonical_line(title, 400))
    draft.paragraphs, draft.links = read_blocks(text(item.get("content")) or "")
    draft.dropped["excerpt"] += bool(read_fragment(text(item.get("excerpt")) or "")[0])
    embedded = item.get("_embedded")
    people = embedded.get("author") if isinstance(embedded, dict) else None
    names = (
        [
            canonical_line(str(person.get("name")))
            for person in people
            if isinstance(person, dict) and person.get("name")
        ]
        if isinstance(people, list)
        else []
    )
    published, raw = _time(item)
    draft.facts = {
        "byline": tuple(names),
        "url": canonical_line(item["link"], 2000) if isinstance(item.get("link"), str) else None,
        "published": published,
        "published_raw": raw,
        "published_evidence": 'field "date" of the record' if published else None,
        "modified": moment(item.get("modified")),
    }
    return draft


def _comment(item: Item, dropped: Counter[str]) -> Found:
    body, links = read_fragment(text(item.get("content")) or "")
    posted, raw = _time(item)
    dropped["e-mail address"] += bool(item.get("author_email"))
    dropped["IP address"] += bool(item.get("author_ip"))
    parent = item.get("parent")
    state = item.get("status")
    return Found(
        body,
        canonical_line(str(item.get("author_name") or "")) or None,
        canonical_line(str(item["id"]), 40) if item.get("id") is not None else None,
        str(parent) if parent else None,
        posted=posted,
        words=raw,
        url=canonical_line(item["link"], 2000) if isinstance(item.get("link"), str) else None,
        kind="pingback" if item.get("type") in ("pingback", "trackback") else "comment",
        state=canonical_line(str(state), 40) if state and state != "approved" else None,
        links=links,
    )


def _time(item: Item) -> tuple[str | None, str | None]:
    """Return the local time of a record with its offset, where the time in UTC beside it shows that."""
    from corpus.read.assembly import zoned

    local, utc = moment(item.get("date")), moment(item.get("date_gmt"))
    raw = canonical_line(str(item.get("date") or item.get("date_gmt") or ""), 60) or None
    if utc and "T" in utc and not utc.endswith("Z"):
        utc += "Z"
    if local and utc and local + "Z" != utc:
        return zoned(utc, local.replace("T", " ")) or local, raw
    return utc or local, raw
