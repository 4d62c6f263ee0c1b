"""JSON that other programs export: which kind it is, and the documents in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from corpus.model import Capture, Document
from corpus.read.assembly import Draft, finish

if TYPE_CHECKING:
    from corpus.read.jsonlines import LineReader

Reader = Callable[[Any], Iterator[Draft]]


def dump_reader(value: Any) -> tuple[str, Reader] | None:
    """Return the name of a dump's kind and what reads it; None where the value is no dump that is known."""
    first = value[0] if isinstance(value, list) and value else value
    if not isinstance(first, dict):
        return None
    from corpus.read import json_discourse, json_hackernews, json_reddit, json_wordpress

    data = first.get("data")
    if first.get("kind") == "Listing" and isinstance(data, dict) and isinstance(data.get("children"), list):
        return "Reddit", json_reddit.read_listing
    if isinstance(value, dict):
        if isinstance(value.get("post_stream"), dict) or "latest_posts" in value:
            return "Discourse", json_discourse.read_topic
        if isinstance(value.get("hits"), list) and any(
            "objectID" in hit for hit in value["hits"] if isinstance(hit, dict)
        ):
            return "Hacker News (Algolia)", json_hackernews.read_hits
        if "children" in value and ("created_at_i" in value or "story_id" in value):
            return "Hacker News (Algolia)", json_hackernews.read_tree
    if json_hackernews.is_item(first):
        return "Hacker News", json_hackernews.read_items
    if json_wordpress.is_item(first):
        return "WordPress", json_wordpress.read_items
    return None


def line_reader(value: Any) -> LineReader | None:
    """Return what reads a file of which every line is a comment or post of a dump, by its first line."""
    if not isinstance(value, dict):
        return None
    from corpus.read import json_convokit, json_hackernews, json_reddit
    from corpus.read.jsonlines import LineReader

    if json_reddit.is_pushshift(value):
        return LineReader("Reddit", json_reddit.is_pushshift, json_reddit.group, json_reddit.draft)
    if json_convokit.is_utterance(value):
        return LineReader("ConvoKit", json_convokit.is_utterance, json_convokit.group, json_convokit.draft)
    if json_hackernews.is_item(value):
        return LineReader("Hacker News", json_hackernews.is_item, json_hackernews.group, json_hackernews.draft)
    return None


def documents(kind: str, drafts: Iterator[Draft], capture: Capture) -> Iterator[Document]:
    """Yield the finished documents of a dump, each with its place in it."""
    from dataclasses import replace

    for number, draft in enumerate(drafts, 1):
        member = str(draft.facts.pop("_member", "") or f"{kind} {number}")
        yield finish(draft, replace(capture, format=kind, member=member))
