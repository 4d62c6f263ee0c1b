"""Documents as rows of the index and back: the head at once, each comment when it is asked for."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import PurePath
from typing import Any, NamedTuple

from corpus.comments import Comments
from corpus.index.schema import PASSAGE_BITS
from corpus.index.sketch import text_hash
from corpus.model import Comment, Document, Mention, Span
from corpus.record_reading import comment_from_record, from_record
from corpus.record_writing import comment_to_record, to_record
from corpus.text import canonical_line, fold
from corpus.times import instant
from corpus.unread import is_unread, why_unread

OUTLET_LIMIT = 120
TITLE_LIMIT = 100
USUAL = "paragraph"
"""The kind of most paragraphs, which is not worth a place."""


class DamagedError(Exception):
    """A row does not hold what was written into it."""


class Packed(NamedTuple):
    """A document as rows: `passages` are (text, rest, sum) in the order title, paragraphs, comments."""

    head: str
    outline: str
    passages: tuple[tuple[str, str, int], ...]
    digest: bytes


def checksum(*parts: object) -> int:
    """Return the sum by which a damaged row is noticed; a value of another kind has one that is never stored."""
    total = 0
    for part in parts:
        if isinstance(part, str):
            part = part.encode("utf-8", "surrogatepass")
        if not isinstance(part, bytes):
            return -1
        total = zlib.crc32(part, total)
    return total


def _sum_of_texts(*texts: object) -> int:
    """Return the same for texts alone: one flipped bit of a row makes bytes of a text, which are no text."""
    return checksum(*texts) if all(isinstance(text, str) for text in texts) else -1


def passage_sum(document: object, number: int, text: object, rest: object) -> int:
    """Return the sum of a passage, which is another one at another place."""
    return _sum_of_texts(f"{document}\n{number}\n", text, rest)


def head_sum(document: object, paragraphs: object, head: object, outline: object) -> int:
    """Return the sum of a head, which also tells how many paragraphs there are."""
    return _sum_of_texts(f"{document}\n{paragraphs}\n", head, outline)


def capture_sum(identity: object, path: object, same: object) -> int:
    """Return the sum of a capture: its row, its path as it is stored, and the capture that holds its documents."""
    return checksum(f"{identity}\n{same}\n", path)


def fact_sum(*values: object) -> int:
    """Return the sum of a row of few texts and numbers."""
    return checksum("\n".join(map(str, values)))


def entity_sum(document: object, *values: object) -> int:
    """Return the sum of what is counted of a name in a document: name, type, spellings, in article, in comments."""
    return fact_sum(document, *values)


_compact = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def _dump(value: Any) -> str:
    text = _compact(value)
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        # a file name may hold bytes that are no text
        return json.dumps(value, separators=(",", ":"))
    return text


def pack(document: Document, path: str) -> Packed:
    """Return the rows of a document; each text is in them once, and `path`, that of the file it was read from, is not."""
    record = to_record(replace(document, comments=Comments(), paragraphs=()))
    del record["comments"], record["paragraphs"]
    if document.capture and document.capture.path == path:
        del record["capture"]["path"]
    passages = [(document.title, "")]
    passages += [(item.text, "" if item.kind == USUAL else item.kind) for item in document.paragraphs]
    passages += [_pack_comment(comment, at) for at, comment in enumerate(document.comments)]
    # what is empty in most documents is not worth a place
    head = _dump({key: value for key, value in record.items() if key in document.extra or value not in (None, [])})
    outline = _dump(document.comments.outline)
    parts = [head, *chain.from_iterable(passages)]
    # the lengths tell where one ends and the next begins
    whole = f"{list(map(len, parts))}{''.join(parts)}"
    digest = hashlib.blake2b(whole.encode("utf-8", "surrogatepass"), digest_size=16).digest()
    summed = tuple(
        (text, rest, passage_sum(document.id, number, text, rest)) for number, (text, rest) in enumerate(passages)
    )
    return Packed(head, outline, summed, digest)


def _pack_comment(comment: Comment, at: int) -> tuple[str, str]:
    record = comment_to_record(replace(comment, extra={}) if comment.extra else comment)
    text = record.pop("text")
    rest = {key: value for key, value in record.items() if value or value == ""}
    # what follows from the rest, or is so of most comments, is not worth a place either
    for key, usual in (("posted_raw", comment.posted), ("kind", "comment"), ("seq", at)):
        if record[key] == usual:
            rest.pop(key, None)
        else:
            rest[key] = record[key]
    return text, _dump({**rest, **comment.extra} if comment.extra else rest)


def unpack_comment(text: str, rest: str, at: int) -> Comment:
    """Return the comment of a row, which is the one at index `at`."""
    record = json.loads(rest)
    if "posted_raw" not in record:
        record["posted_raw"] = record.get("posted")
    return comment_from_record({**record, "text": text}, at)


def unpack_head(
    head: str, outline: str, path: str, paragraphs: Sequence[tuple[str, str]], load: Callable[[int], Comment]
) -> Document:
    """Return the document of a head row, its comments left to `load`.

    Args:
        head: the record without paragraphs and comments.
        outline: id, parent and depth of each comment.
        path: the capture.
        paragraphs: pairs of text and kind.
        load: returns the comment at an index.
    """
    record = json.loads(head)
    if record.get("capture"):
        record["capture"].setdefault("path", path)
    record["paragraphs"] = [{"text": text, "kind": kind or USUAL} for text, kind in paragraphs]
    document = from_record(record)
    entries = [(identity, parent, depth) for identity, parent, depth in json.loads(outline)]
    return replace(document, comments=Comments(outline=entries, load=load))


def passage_id(key: int, number: int) -> int:
    """Return the row of `passage` for a document's passage number."""
    return key << PASSAGE_BITS | number


def pack_mentions(mentions: Sequence[Mention]) -> bytes:
    """Return the mentions of one document as a block of bytes."""
    rows = [
        [*item.span[1:], item.surface, item.type, item.entity, item.rule, item.confidence, item.value]
        for item in mentions
    ]
    return zlib.compress(_dump(rows).encode("utf-8", "surrogatepass"))


def unpack_mentions(found: bytes, document: str, types: Collection[str] = ()) -> tuple[Mention, ...]:
    """Return the mentions of a document's row, of these types if any are given."""
    rows = json.loads(zlib.decompress(found))
    return tuple(Mention(Span(document, *row[:4]), *row[4:]) for row in rows if not types or row[5] in types)


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
    "member",
    "capture",
    "batch",
    "newness",
    "shown",
    "work",
    "text_hash",
)
"""Columns of `doc` that tell what is shown and where, whose sum is kept beside them."""


def row_sum(values: Iterable[object]) -> int:
    """Return the sum of the `SUMMED` columns of a row."""
    return checksum(*("" if value is None else f"{value}\n" for value in values))


def row_of(document: Document, packed: Packed, path: str) -> dict[str, Any]:
    """Return the columns of `doc` that follow from the document itself, and `path`, the file it was read from."""
    author = canonical_line(", ".join(document.byline), OUTLET_LIMIT)
    outlet = canonical_line(document.outlet or "", OUTLET_LIMIT)
    # a text without a title is listed by how it begins
    title = document.title or canonical_line(" ".join(item.text for item in document.paragraphs[:2]), TITLE_LIMIT)
    capture = document.capture
    saved = capture.saved if capture else None
    failed = is_unread(document)
    if failed and capture:
        title = canonical_line(PurePath(capture.path).name, TITLE_LIMIT)
    row: dict[str, Any] = {
        "document": document.id,
        "version": document.version,
        "member": capture.member if capture else None,
        "title": title,
        "outlet": outlet,
        "author": author,
        "published": document.published,
        "date": date_key(document.published),
        "saved": saved,
        "newness": date_key(saved),
        "url": document.url,
        "paragraphs": len(document.paragraphs),
        "comments": len(document.comments),
        "problem": canonical_line(why_unread(document)) if failed else None,
        "digest": packed.digest,
        "text_hash": text_hash(document),
    }
    return {**row, "folded": filter_text(title, outlet, author, path)}


def filter_text(title: str, outlet: str, author: str, path: str) -> str:
    """Return what the filter of the article list looks in."""
    return fold("\n".join((title, outlet, author, canonical_line(PurePath(path).name)))).text
