"""Discourse: topics, and lists of posts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from corpus.model import StatedCount, Votes
from corpus.read.assembly import Draft, Found
from corpus.read.fields import moment
from corpus.read.fragments import read_blocks, read_fragment
from corpus.text import canonical_line

_LIKE = 2

Item = Mapping[str, Any]


def read_topic(value: Any) -> Iterator[Draft]:
    """Read a topic, whose first post is the article, or the posts of several topics."""
    stream = value.get("post_stream")
    listed = stream.get("posts") if isinstance(stream, dict) else value.get("latest_posts")
    posts = [post for post in listed if isinstance(post, dict)] if isinstance(listed, list) else []
    topics: dict[str, list[Item]] = {}
    for post in posts:
        topics.setdefault(str(post.get("topic_id", "")), []).append(post)
    for name, members in (topics or {"": []}).items():
        yield _draft(value if isinstance(stream, dict) else {}, members, name)


def _draft(topic: Item, posts: list[Item], name: str) -> Draft:
    first = next((post for post in posts if post.get("post_number") == 1), None)
    title = topic.get("title") or (posts[0].get("topic_title") or posts[0].get("topic_slug") if posts else None)
    draft = Draft(canonical_line(str(title or f"Topic {name}"), 400))
    if first is not None:
        draft.paragraphs, draft.links = read_blocks(_markup(first))
    else:
        draft.problems.append("the first post of the topic is not in this capture")
    stamp = topic.get("created_at") or (first or {}).get("created_at")
    author = canonical_line(str((first or {}).get("name") or (first or {}).get("username") or ""))
    draft.facts = {
        "byline": (author,) if author else (),
        "published": moment(stamp),
        "modified": moment((first or {}).get("updated_at")),
        "_member": f"topic {name}" if name else None,
    }
    if draft.facts["published"]:
        draft.facts |= {"published_raw": str(stamp), "published_evidence": 'field "created_at" of the topic'}
    numbers = {number: _own(post) for post in posts if isinstance(number := post.get("post_number"), int)}
    draft.comments = [_comment(post, numbers) for post in posts if post is not first]
    count = topic.get("posts_count")
    if isinstance(count, int) and count > 0 and not isinstance(count, bool):
        draft.facts["stated_comment_count"] = StatedCount(
            count - 1, f"posts_count {count}, the first of which is the article"
        )
    return draft


def _comment(post: Item, numbers: Mapping[int, str | None]) -> Found:
    text, links = read_fragment(_markup(post))
    answered = post.get("reply_to_post_number")
    parent = None
    # an answer to the first post is one to the article
    if isinstance(answered, int) and answered > 1:
        parent = numbers.get(answered) or f"post-{answered}"
    stamp = post.get("created_at")
    found = Found(
        text,
        canonical_line(str(post.get("username") or post.get("name") or "")) or None,
        _own(post),
        parent,
        posted=moment(stamp),
        words=canonical_line(str(stamp), 60) if stamp else None,
        votes=_votes(post),
        links=links,
        extra={"number": str(post["post_number"])} if isinstance(post.get("post_number"), int) else {},
    )
    if post.get("deleted_at") or post.get("hidden") or post.get("user_deleted"):
        found.state = "hidden" if post.get("hidden") else "deleted"
        found.kind = found.kind if text else "deleted"
    return found


def _own(post: Item) -> str | None:
    return canonical_line(str(post["id"]), 40) if post.get("id") is not None else None


def _markup(post: Item) -> str:
    cooked = post.get("cooked")
    if isinstance(cooked, str):
        # a quoted post's head is a name and buttons
        return re.sub(r'<div class="quote-controls"></div>', "", cooked)
    return str(post.get("raw") or "")


def _votes(post: Item) -> Votes | None:
    summary = post.get("actions_summary")
    likes = (
        [item.get("count") for item in summary if isinstance(item, dict) and item.get("id") == _LIKE]
        if isinstance(summary, list)
        else []
    )
    return Votes(up=likes[0]) if likes and isinstance(likes[0], int) else None
