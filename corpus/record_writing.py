"""Documents as JSON records, format `korea-reader/1`: what `show --json` prints; `corpus.record_reading` takes it back."""

from __future__ import annotations

import json
from typing import Any

from corpus.model import Capture, Comment, Document, Link, Reply, Span
from corpus.text import canonical_line

FORMAT = "korea-reader/1"
LONGEST_PATH = 4096
"""Code points of a capture's path that are written, and read."""


def to_line(document: Document) -> str:
    """Return the document as one line of JSON, without the line end."""
    return json.dumps(to_record(document), ensure_ascii=False, separators=(",", ":"))


def to_record(document: Document) -> dict[str, Any]:
    """Return the document as JSON-ready data, its keys in the order of the format."""
    count = document.stated_comment_count
    return {
        "format": FORMAT,
        "id": document.id,
        "version": document.version,
        "title": document.title,
        "byline": list(document.byline),
        "outlet": document.outlet,
        "url": document.url,
        "published": document.published,
        "published_raw": document.published_raw,
        "published_evidence": document.published_evidence,
        "modified": document.modified,
        "language": document.language,
        "paragraphs": [
            {"text": item.text, "kind": item.kind, "start": item.start, "end": item.end} for item in document.paragraphs
        ],
        "comments": [comment_to_record(comment) for comment in document.comments],
        "links": [_link_to_record(link) for link in document.links],
        "media": [dict(item) for item in document.media],
        "stated_comment_count": {"n": count.n, "text": count.text} if count else None,
        "folded": [
            {"text": item.text, "reason": item.reason, "start": item.start, "end": item.end} for item in document.folded
        ],
        "dropped": [dict(item) for item in document.dropped],
        "problems": list(document.problems),
        "capture": _capture_to_record(document.capture) if document.capture else None,
        **document.extra,
    }


def _capture_to_record(capture: Capture) -> dict[str, Any]:
    return {
        # a file name may hold anything; what is printed may not
        "path": canonical_line(capture.path, LONGEST_PATH),
        "member": capture.member,
        "sha256": capture.sha256,
        "format": capture.format,
        "encoding": capture.encoding,
        "saved": capture.saved,
        "saved_evidence": capture.saved_evidence,
    }


def comment_to_record(comment: Comment) -> dict[str, Any]:
    """Return the comment as JSON-ready data."""
    votes = comment.votes
    return {
        "id": comment.id,
        "seq": comment.seq,
        "kind": comment.kind,
        "author": comment.author,
        "posted": comment.posted,
        "posted_raw": comment.posted_raw,
        "title": comment.title,
        "text": comment.text,
        "url": comment.url,
        "votes": {"up": votes.up, "down": votes.down, "score": votes.score} if votes else None,
        "state": comment.state,
        "parent": comment.parent,
        "depth": comment.depth,
        "reply": _reply_to_record(comment.reply) if comment.reply else None,
        "addresses": list(comment.addresses),
        "quotes": [{"span": span_to_record(item.span), "of": span_to_record(item.of)} for item in comment.quotes],
        "links": [_link_to_record(link) for link in comment.links],
        **comment.extra,
    }


def _reply_to_record(reply: Reply) -> dict[str, Any]:
    return {
        "to": reply.to,
        "thread": reply.thread,
        "relation": reply.relation,
        "missing": reply.missing,
        "evidence": [{"kind": item.kind, "span": span_to_record(item.span)} for item in reply.evidence],
    }


def span_to_record(span: Span | None) -> dict[str, Any] | None:
    """Return the span as JSON-ready data."""
    if span is None:
        return None
    return {
        "document": span.document,
        "part": span.part,
        "comment": span.comment,
        "start": span.start,
        "end": span.end,
    }


def _link_to_record(link: Link) -> dict[str, Any]:
    return {"span": span_to_record(link.span), "url": link.url}
