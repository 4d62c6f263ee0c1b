"""Documents as rows of the index and back: the head at once, each comment when it is asked for."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePath
from typing import Any, NamedTuple

from corpus.codec import (
    comment_from_record,
    comment_to_record,
    from_record,
    span_from_record,
    span_to_record,
    to_record,
)
from corpus.index.schema import PASSAGE_BITS
from corpus.model import Comment, Comments, Document, Mention
from corpus.text import canonical_line, fold
from corpus.times import instant

OUTLET_LIMIT = 120
TITLE_LIMIT = 100


class DamagedError(Exception):
    """A row does not hold what was written into it."""


class Packed(NamedTuple):
    """A document as rows: `passages` are (text, rest) pairs in the order title, paragraphs, comments."""

    head: str
    outline: str
    passages: tuple[tuple[str, str], ...]
    digest: bytes


def checksum(*parts: object) -> int:
    """Return the sum by which a damaged row is noticed; a value that is no text has one that is never stored."""
    total = 0
    for part in parts:
        if not isinstance(part, str):
            return -1
        total = zlib.crc32(part.encode("utf-8", "surrogatepass"), total)
    return total


def _dump(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        # a file name may hold bytes that are no text
        return json.dumps(value, separators=(",", ":"))
    return text


def pack(document: Document) -> Packed:
    """Return the rows of a document; each text is in them once."""
    record = to_record(replace(document, comments=Comments()))
    paragraphs = record.pop("paragraphs")
    del record["comments"]
    passages = [(document.title, "")]
    passages += [(item["text"], item["kind"]) for item in paragraphs]
    passages += [_pack_comment(comment) for comment in document.comments]
    head, outline = _dump(record), _dump(document.comments.outline)
    seen = hashlib.blake2b(head.encode("utf-8", "surrogatepass"), digest_size=16)
    for text, rest in passages:
        seen.update(f"{len(text)}:{text}{len(rest)}:{rest}".encode("utf-8", "surrogatepass"))
    return Packed(head, outline, tuple(passages), seen.digest())


_KEPT = {"id", "seq"}


def _pack_comment(comment: Comment) -> tuple[str, str]:
    record = comment_to_record(replace(comment, extra={}))
    text = record.pop("text")
    # what is empty in most comments is not worth a place
    rest = {key: value for key, value in record.items() if key in _KEPT or value not in (None, [], 0)}
    return text, _dump({**rest, **comment.extra})


def unpack_comment(text: str, rest: str, at: int) -> Comment:
    """Return the comment of a row."""
    return comment_from_record({**json.loads(rest), "text": text}, at)


def unpack_head(
    head: str, outline: str, paragraphs: Sequence[tuple[str, str]], load: Callable[[int], Comment]
) -> Document:
    """Return the document of a head row, its comments left to `load`.

    Args:
        head: the record without paragraphs and comments.
        outline: id, parent and depth of each comment.
        paragraphs: pairs of text and kind.
        load: returns the comment at an index.
    """
    record = json.loads(head)
    record["paragraphs"] = [{"text": text, "kind": kind} for text, kind in paragraphs]
    document = from_record(record)
    entries = [(identity, parent, depth) for identity, parent, depth in json.loads(outline)]
    return replace(document, comments=Comments(outline=entries, load=load))


def passage_id(key: int, number: int) -> int:
    """Return the row of `passage` for a document's passage number."""
    return key << PASSAGE_BITS | number


def pack_mentions(mentions: Sequence[Mention]) -> str:
    """Return mentions as one JSON text."""
    return _dump(
        [
            [span_to_record(item.span), item.surface, item.type, item.entity, item.rule, item.confidence, item.value]
            for item in mentions
        ]
    )


def unpack_mentions(found: str) -> tuple[Mention, ...]:
    """Return the mentions of a row."""
    return tuple(
        Mention(span, *rest) for record, *rest in json.loads(found) if (span := span_from_record(record)) is not None
    )


def date_key(stated: str | None) -> str:
    """Return what a stated time is ordered by: UTC where the zone is stated, as written where it is not."""
    found = instant(stated) if stated else None
    return found[0].isoformat()[:19] if found and found[1] else stated or ""


SUMMED = (
    "document",
    "title",
    "author",
    "outlet",
    "date",
    "paragraphs",
    "version",
    "published",
    "saved",
    "url",
    "comments",
    "problem",
)
"""Columns of `doc` that are shown, whose sum is kept beside them."""


def row_sum(values: Iterable[object]) -> int:
    """Return the sum of the `SUMMED` columns of a row."""
    return checksum(*("" if value is None else f"{value}\n" for value in values))


def row_of(document: Document, packed: Packed, path: str, newness: str) -> Mapping[str, Any]:
    """Return the columns of `doc` that follow from the document itself.

    Args:
        document: as read.
        packed: its rows.
        path: its capture.
        newness: the time that tells which of two captures is the later, where the capture states none.
    """
    author = canonical_line(", ".join(document.byline), OUTLET_LIMIT)
    outlet = canonical_line(document.outlet or "", OUTLET_LIMIT)
    # a text without a title is listed by how it begins
    title = document.title or canonical_line(" ".join(item.text for item in document.paragraphs[:2]), TITLE_LIMIT)
    capture = document.capture
    saved = capture.saved if capture else None
    row = {
        "document": document.id,
        "version": document.version,
        "member": capture.member if capture else None,
        "title": title,
        "outlet": outlet,
        "author": author,
        "published": document.published,
        "date": date_key(document.published),
        "saved": saved,
        "newness": date_key(saved) or newness,
        "url": document.url,
        "paragraphs": len(document.paragraphs),
        "comments": len(document.comments),
        "folded": filter_text(title, outlet, author, path),
        "problem": None,
        "digest": packed.digest,
    }
    return {**row, "sum": row_sum(row[name] for name in SUMMED)}


def filter_text(title: str, outlet: str, author: str, path: str) -> str:
    """Return what the filter of the article list looks in."""
    return fold("\n".join((title, outlet, author, canonical_line(PurePath(path).name)))).text
