"""The comments of a plain record: flat or nested, every one with text exactly once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from corpus.identity import CommentIds
from corpus.model import Comment
from corpus.read import fields
from corpus.read.graph import by_depth, mend
from corpus.text import canonical_line, canonical_paragraphs

_NESTED = ("replies", "children", "comments")


def read_comments(value: Any, problems: list[str]) -> tuple[list[Comment], list[dict[str, Any]]]:
    """Return the comments, nested ones laid flat under their parents, and what was left out."""
    if value is None:
        return [], []
    if not isinstance(value, list):
        problems.append("comments is no list and was left out")
        return [], []
    ids = CommentIds()
    found: list[Comment] = []
    odd = empty = 0
    depths: list[int] = []
    stack: list[tuple[Any, str | None]] = [(item, None) for item in reversed(value)]
    while stack:
        item, above = stack.pop()
        comment = _comment(item, above, len(found), ids, problems) if isinstance(item, dict) else None
        if comment is None:
            odd += not isinstance(item, dict)
            empty += isinstance(item, dict)
            continue
        found.append(comment)
        depths.append(_depth(item))
        nested: list[Any] = next((item[key] for key in _NESTED if isinstance(item.get(key), list)), [])
        stack += [(child, comment.id) for child in reversed(nested)]
    dropped: list[dict[str, Any]] = []
    for what, count in (("entry among the comments that is no comment", odd), ("comment without id and text", empty)):
        if count:
            dropped.append({"what": what, "count": count})
            problems.append(f"{count} × {what} left out")
    if any(depths) and not any(comment.parent for comment in found):
        parents = by_depth(depths)
        found = [
            replace(comment, parent=found[parent].id) if parent >= 0 else comment
            for comment, parent in zip(found, parents, strict=True)
        ]
    return mend(found, problems, depths=True), dropped


def _depth(item: Mapping[str, Any]) -> int:
    depth = item.get("depth")
    return depth if isinstance(depth, int) and not isinstance(depth, bool) and 0 < depth < 10_000 else 0


def _comment(
    item: Mapping[str, Any], above: str | None, seq: int, ids: CommentIds, problems: list[str]
) -> Comment | None:
    where = f"comment {seq + 1}: "
    value = next((item[key] for key in ("body", "text") if item.get(key) is not None), None)
    text = canonical_paragraphs(fields.text(value) or "")
    if value is not None and fields.text(value) is None:
        problems.append(f"{where}its text is of an unknown kind and was left out")
    own = _identifier(item.get("id"))
    if not text and own is None:
        return None
    authors = fields.names(item.get("author"), problems)
    author = ", ".join(authors) or None
    posted, raw, _ = fields.date(item, ("posted", "date"), problems, where)
    parent = _identifier(item.get("parent"))
    return Comment(
        ids.next(own, author, posted or raw, text),
        seq,
        text,
        author,
        posted,
        raw,
        title=fields.line(item.get("title"), "title", problems),
        kind="comment" if text else "missing",
        url=fields.line(item.get("url"), "url", problems),
        state=None if text else "the record has no text for it",
        parent=parent if parent is not None else above,
    )


def _identifier(value: Any) -> str | None:
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        return None
    return canonical_line(str(value), 200) or None
