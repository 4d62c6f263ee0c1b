"""JSON records of format `korea-reader/1` as documents; `corpus.record_writing` tells what they hold."""

from __future__ import annotations

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
from corpus.record_writing import LONGEST_PATH
from corpus.text import canonical, canonical_line, canonical_paragraphs

PARTS = ("title", "body", "comment", "comment_title")
RELATIONS = ("stated", "implied", "named", "quoted")


class RecordError(ValueError):
    """A record that is not of the format; the message says where and why, for the user."""


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
            path=canonical_line(capture.text("path"), LONGEST_PATH),
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
