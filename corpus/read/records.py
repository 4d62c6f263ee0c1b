"""Records into documents: our own format, and the plain one that others may write."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from io import BytesIO
from typing import Any

from corpus.comments import Comments
from corpus.model import Capture, Document, Problem, make_document
from corpus.read import fields
from corpus.read.graph import mend
from corpus.read.jsonlines import Lines, read_lines
from corpus.read.jsontext import parse
from corpus.read.record_comments import read_comments
from corpus.record_reading import RecordError, from_record
from corpus.record_writing import FORMAT
from corpus.text import canonical_line, canonical_paragraphs
from corpus.threads import relate

_BODY_KEYS = ("paragraphs", "body", "text", "content")
_ARTICLE_KEYS = frozenset(
    {"title", *_BODY_KEYS, "date", "published", "author", "byline", "url", "comments", "outlet", "language", "modified"}
)
_NESTED = ("replies", "children", "comments")
_COMMENT_KEYS = frozenset(
    {"author", "date", "posted", "body", "text", "id", "parent", "title", "url", "depth", *_NESTED}
)
_MOST_PROBLEMS = 20


def read_records(text: str, capture: Capture, depth: int, *, by_line: bool) -> Iterator[Document | Problem]:
    """Read JSON, an array of records, or JSON Lines.

    Args:
        text: the capture as decoded.
        capture: its facts; a record of our own format that states a capture keeps its own.
        depth: how deep the JSON may be nested.
        by_line: whether the file's name says JSON Lines.
    """
    notes: list[str] = []
    if not by_line or text.lstrip()[:1] == "[":
        try:
            value = parse(text, depth, notes)
        except RecordError as error:
            if not _starts_with_record(text, depth):
                yield Problem(_shown(capture), str(error))
                return
        else:
            yield from _read_value(value, capture, notes)
            return
    yield from read_json_lines(Lines(BytesIO(text.encode("utf-8", "replace"))), capture, depth)


def read_json_lines(lines: Lines, capture: Capture, depth: int) -> Iterator[Document | Problem]:
    """Read JSON Lines, each when it is asked for."""
    yield from read_lines(lines, capture, depth, _read_record)


def is_record_text(text: str, depth: int) -> bool:
    """Tell whether text of unknown kind is JSON: wholly, or its first line is a record."""
    if text.lstrip()[:1] not in ("{", "["):
        return False
    try:
        return isinstance(parse(text, depth, []), (dict, list))
    except RecordError:
        return _starts_with_record(text, depth)


def _starts_with_record(text: str, depth: int) -> bool:
    line = next((line for line in text.split("\n", 50) if line.strip()), "")
    try:
        return len(line.strip()) < len(text.strip()) and isinstance(parse(line, depth, []), dict)
    except RecordError:
        return False


def _shown(capture: Capture) -> str:
    return canonical_line(capture.path, 4096)


def _read_value(value: Any, capture: Capture, notes: list[str]) -> Iterator[Document | Problem]:
    from corpus.read.json_dumps import documents, dump_reader

    if reader := dump_reader(value):
        yield from documents(reader[0], reader[1](value), capture)
        return
    if not isinstance(value, list):
        try:
            yield _read_record(value, capture, notes)
        except RecordError as error:
            yield Problem(_shown(capture), str(error))
        return
    if not value:
        yield Problem(_shown(capture), "there is no record in it")
    failed = 0
    for number, item in enumerate(value, 1):
        try:
            yield _read_record(item, replace(capture, member=f"record {number}"), notes)
        except RecordError as error:
            failed += 1
            if failed <= _MOST_PROBLEMS:
                yield Problem(_shown(capture), f"record {number} was left out: {error}", f"record {number}")
    if failed > _MOST_PROBLEMS:
        yield Problem(_shown(capture), f"{failed - _MOST_PROBLEMS} more records were left out")


def _read_record(record: Any, capture: Capture, notes: list[str]) -> Document:
    if not isinstance(record, dict):
        raise RecordError("it is not a record of an article")
    form = record.get("format")
    if form == FORMAT:
        return _read_own(record, capture, notes)
    if isinstance(form, str) and form.startswith("korea-reader/"):
        raise RecordError(f"its format {canonical_line(form, 30)} is newer than this program reads")
    if record.get("type") in ("AnnotationCollection", "AnnotationPage", "Annotation"):
        raise RecordError("it holds notes and no captured page")
    if not any(key in record for key in ("title", *_BODY_KEYS)):
        raise RecordError("it has neither a title nor a text, so it is no record of an article that this program knows")
    return _read_plain(record, capture, notes)


def _read_own(record: Mapping[str, Any], capture: Capture, notes: list[str]) -> Document:
    document = from_record(record)
    problems: list[str] = []
    comments = mend(document.comments, problems, depths=False)
    said = [*notes, *(problem for problem in problems if problem not in document.problems)]
    document = replace(
        document,
        capture=document.capture or capture,
        comments=Comments(comments),
        problems=(*document.problems, *said),
    )
    stated = record.get("comments")
    related = isinstance(stated, list) and all(isinstance(item, dict) and "reply" in item for item in stated)
    return document if related else relate(document)


def _read_plain(record: Mapping[str, Any], capture: Capture, notes: list[str]) -> Document:
    problems = list(notes)
    title = fields.line(record.get("title"), "title", problems) or ""
    paragraphs = _paragraphs(record, problems)
    if not title and not paragraphs:
        raise RecordError("it has neither a title nor a text")
    published, raw, evidence = fields.date(record, ("published", "date"), problems)
    comments, dropped = read_comments(record.get("comments"), problems)
    dropped += [{"what": f"field {canonical_line(key, 60)}", "count": 1} for key in record if key not in _ARTICLE_KEYS]
    document = make_document(
        title,
        paragraphs,
        comments,
        byline=fields.names(record.get("byline", record.get("author")), problems),
        outlet=fields.line(record.get("outlet"), "outlet", problems),
        url=fields.line(record.get("url"), "url", problems),
        language=fields.line(record.get("language"), "language", problems),
        published=published,
        published_raw=raw,
        published_evidence=evidence,
        modified=fields.date(record, ("modified",), problems)[0],
        dropped=tuple(dropped),
        problems=tuple(dict.fromkeys(problems)),
        capture=capture,
    )
    return relate(document)


def _paragraphs(record: Mapping[str, Any], problems: list[str]) -> list[tuple[str, str]]:
    for key in _BODY_KEYS:
        value = record.get(key)
        if isinstance(value, list):
            found = [_paragraph(item) for item in value]
            if any(text is None for text, _ in found):
                problems.append(f"a part of {key} is no text and was left out")
            return [(text, kind) for text, kind in found if text]
        text = fields.text(value)
        if text is not None:
            return [(block, "paragraph") for block in canonical_paragraphs(text).split("\n\n") if block.strip()]
        if value is not None:
            problems.append(f"{key} is no text and was left out")
    return []


def _paragraph(item: Any) -> tuple[str | None, str]:
    if isinstance(item, dict):
        text, kind = item.get("text"), item.get("kind")
        kind = canonical_line(kind, 20) if isinstance(kind, str) else "paragraph"
        return (canonical_paragraphs(text) if isinstance(text, str) else None), kind
    return (canonical_paragraphs(item) if isinstance(item, str) else None), "paragraph"
