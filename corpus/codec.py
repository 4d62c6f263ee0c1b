"""Documents as JSON records, format `korea-reader/1`: what `show --json` prints and reading it again gives back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, cast

from corpus.comments import Comments
from corpus.identity import CommentIds, document_id, version_id
from corpus.json_fields import Fields, clean
from corpus.model import (
    Capture,
    Comment,
    Document,
    Evidence,
    Folded,
    Link,
    Part,
    Quotation,
    Reply,
    Span,
    StatedCount,
    Votes,
    lay_out,
)
from corpus.text import canonical, canonical_line, canonical_paragraphs

FORMAT = "korea-reader/1"
PARTS = ("title", "body", "comment", "comment_title")
RELATIONS = ("stated", "implied", "named", "quoted")
_LONGEST_PATH = 4096


class RecordError(ValueError):
    """A record that is not of the format; the message says where and why, for the user."""


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
        "path": canonical_line(capture.path, _LONGEST_PATH),
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


def from_record(record: Mapping[str, Any]) -> Document:
    """Read a record of this format; ids it carries are kept, odd values are left out and reported.

    Raises RecordError when the record has neither title nor text.
    """
    problems: list[str] = []
    read = Fields(record, problems)
    read.read.add("format")
    title = read.line("title") or ""
    paragraphs = lay_out(
        (canonical(item["text"]).strip("\n"), canonical_line(str(item.get("kind") or "paragraph"), 20))
        for item in read.objects("paragraphs")
        if isinstance(item.get("text"), str)
    )
    if not title and not paragraphs:
        raise RecordError("the record has neither a title nor text")
    ids = CommentIds()
    comments = tuple(comment_from_record(item, at, problems, ids) for at, item in enumerate(read.objects("comments")))
    body = "\n\n".join(paragraph.text for paragraph in paragraphs)
    url = read.line("url")
    return Document(
        id=read.line("id") or document_id(url, title, body),
        version=read.line("version") or version_id(title, body, comments),
        title=title,
        paragraphs=paragraphs,
        comments=Comments(comments),
        url=url,
        byline=tuple(canonical_line(item) for item in read.items("byline") if isinstance(item, str)),
        **_head_facts(read),
        # an earlier reading's problems stay first, so that reading the output again changes nothing
        problems=(*(canonical_line(item) for item in read.items("problems") if isinstance(item, str)), *problems),
        extra=read.extra(),
    )


def _head_facts(read: Fields) -> dict[str, Any]:
    count, capture = read.child("stated_comment_count"), read.child("capture")
    facts: dict[str, Any] = {
        "outlet": read.line("outlet"),
        "published": read.time("published"),
        "published_raw": read.line("published_raw"),
        "published_evidence": read.line("published_evidence"),
        "modified": read.time("modified"),
        "language": read.line("language"),
    }
    if facts["published"] is None and facts["published_raw"] is None:
        facts["published_raw"] = read.line("published")
    facts["links"] = _links(read)
    facts["media"] = tuple(clean(read.objects("media")))
    facts["dropped"] = tuple(clean(read.objects("dropped")))
    facts["folded"] = tuple(
        Folded(
            canonical(item["text"]),
            canonical_line(str(item.get("reason") or "")),
            _int(item, "start"),
            _int(item, "end"),
        )
        for item in read.objects("folded")
        if isinstance(item.get("text"), str)
    )
    if count and (n := count.whole("n")) is not None:
        facts["stated_comment_count"] = StatedCount(n, count.line("text") or "")
    if capture:
        facts["capture"] = Capture(
            path=canonical_line(capture.text("path"), _LONGEST_PATH),
            member=capture.line("member"),
            sha256=capture.line("sha256") or "",
            format=capture.line("format") or "",
            encoding=capture.line("encoding"),
            saved=capture.line("saved"),
            saved_evidence=capture.line("saved_evidence"),
        )
    return facts


def comment_from_record(
    record: Mapping[str, Any], at: int = 0, problems: list[str] | None = None, ids: CommentIds | None = None
) -> Comment:
    """Read a comment of this format.

    Args:
        record: the JSON object.
        at: its place, where the record states none.
        problems: receives a sentence for each value that is not understood.
        ids: of the document so far, so that no two comments get the same.
    """
    read = Fields(record, [] if problems is None else problems, f"comment {at + 1}: ")
    votes, seq = read.child("votes"), read.whole("seq")
    text = canonical_paragraphs(read.text("text"))
    author = read.line("author")
    posted, posted_raw = read.time("posted"), read.line("posted_raw")
    if posted is None and posted_raw is None:
        posted_raw = read.line("posted")
    own = read.identifier("id")
    return Comment(
        id=(ids or CommentIds()).next(own, author, posted or posted_raw, text),
        seq=at if seq is None else seq,
        text=text,
        author=author,
        posted=posted,
        posted_raw=posted_raw,
        title=read.line("title"),
        kind=read.line("kind") or "comment",
        url=read.line("url"),
        votes=Votes(votes.whole("up"), votes.whole("down"), votes.whole("score")) if votes else None,
        state=read.line("state"),
        parent=read.identifier("parent"),
        depth=max(0, read.whole("depth") or 0),
        reply=_reply(read.child("reply")),
        addresses=tuple(canonical_line(item) for item in read.items("addresses") if isinstance(item, str)),
        quotes=_quotes(read),
        links=_links(read),
        extra=read.extra(),
    )


def _reply(read: Fields | None) -> Reply | None:
    if read is None:
        return None
    evidence = tuple(
        Evidence(canonical_line(str(item.get("kind") or "")), span_from_record(item.get("span")))
        for item in read.objects("evidence")
    )
    relation = read.line("relation")
    if relation not in RELATIONS:
        read.problems.append(f"{read.where}its reply is of a kind that is not known and was left out")
        return None
    return Reply(
        read.identifier("to"), read.identifier("thread"), relation, read.record.get("missing") is True, evidence
    )


def _quotes(read: Fields) -> tuple[Quotation, ...]:
    return tuple(
        Quotation(span, of)
        for item in read.objects("quotes")
        if (span := span_from_record(item.get("span"))) and (of := span_from_record(item.get("of")))
    )


def _links(read: Fields) -> tuple[Link, ...]:
    return tuple(
        Link(span_from_record(item.get("span")), canonical_line(item["url"]))
        for item in read.objects("links")
        if isinstance(item.get("url"), str)
    )


def _int(item: Mapping[str, Any], key: str) -> int | None:
    value = item.get(key)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def span_from_record(item: object) -> Span | None:
    """Read a span; None where it is not one."""
    if not isinstance(item, dict):
        return None
    start, end, part, comment = _int(item, "start"), _int(item, "end"), item.get("part"), item.get("comment")
    if start is None or end is None or not 0 <= start <= end or part not in PARTS:
        return None
    if comment is not None and not isinstance(comment, str):
        return None
    return Span(canonical_line(str(item.get("document") or "")), cast("Part", part), comment, start, end)
