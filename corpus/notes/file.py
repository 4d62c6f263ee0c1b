"""The notes file: an AnnotationCollection with one embedded page, one annotation a block, in stable order.

Each block keeps the bytes it was read from, so that saving thousands of notes encodes only what changed and an
entry that we do not understand stays as it was written.
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from corpus.notes.annotation import CONTEXT_URL, KR, Annotation, as_list, context, is_annotation
from corpus.text import canonical_line

VERSION = 1
COLLECTION_ID = "urn:korea-reader:notes"
_ITEMS = b'"items": [\n'
_END = b"\n]}\n}\n"
_BETWEEN = re.compile(rb",\n(?=[^ ])")
_DUPLICATES = uuid.UUID("5b1f0a63-61a7-5d0b-8f0c-3a4c2f2f9a11")
_PARSE_ERRORS = (ValueError, RecursionError)


class NotUnderstoodError(ValueError):
    """The bytes are not a notes file that we may write; the message says why, for the user."""


class NewerVersionError(ValueError):
    """The file was written by a later program. `version` is what it states, `readable` what could be read."""

    def __init__(self, version: str, readable: tuple[Annotation, ...]) -> None:
        """Keep both."""
        super().__init__(version)
        self.version, self.readable = version, readable


@dataclass(frozen=True, slots=True)
class Entry:
    """One item of the page: its bytes in the file, and the annotation if it is one that we can handle."""

    raw: bytes
    annotation: Annotation | None


@dataclass(frozen=True)
class NotesFile:
    """A notes file in memory. `head` is the collection without its page, `page` the page without its items."""

    head: Mapping[str, Any] = field(default_factory=dict)
    page: Mapping[str, Any] = field(default_factory=dict)
    entries: tuple[Entry, ...] = ()

    @cached_property
    def annotations(self) -> dict[str, Annotation]:
        """The annotations by id, in the order of the file."""
        return {entry.annotation.id: entry.annotation for entry in self.entries if entry.annotation}

    @cached_property
    def blocks(self) -> dict[bytes, Annotation]:
        """The annotations by their bytes."""
        return {entry.raw: entry.annotation for entry in self.entries if entry.annotation}

    @property
    def odd(self) -> int:
        """How many entries are kept without being understood."""
        return sum(entry.annotation is None for entry in self.entries)


def entry(annotation: Annotation) -> Entry:
    """Return an annotation with its bytes."""
    return Entry(encode_block(annotation.record), annotation)


def parse(data: bytes, known: Mapping[bytes, Annotation] | None = None) -> NotesFile:
    """Read a notes file; blocks found in `known` are not decoded again.

    Raises:
        NotUnderstoodError: it is cut off, or JSON of another shape.
        NewerVersionError: it states a version that we do not know.
    """
    try:
        found = _parse_ours(data, known or {})
        return found if found is not None else _parse_any(data)
    except _PARSE_ERRORS as error:
        if isinstance(error, NotUnderstoodError | NewerVersionError):
            raise
        raise NotUnderstoodError("it is damaged or cut off") from error


def encode(file: NotesFile) -> bytes:
    """Return the bytes of the file: UTF-8, Hangul readable, one annotation a block."""
    lines = [b"%s: %s" % (_dumps(key), _encode_head(key, value)) for key, value in _full_head(file).items()]
    head = b"{\n" + b",\n".join(lines)
    page = {"id": f"{COLLECTION_ID}:1", "type": "AnnotationPage", "startIndex": 0, **file.page}
    if not file.entries:
        # the standard wants at least one item on a page
        return head + (b',\n"first": ' + _dumps({**page, "items": []}) if file.page else b"") + b"\n}\n"
    start = b',\n"first": ' + _dumps(page)[:-1] + b", " + _ITEMS
    raws = [entry.raw for entry in file.entries]
    # glued to the first and last block, so that a large file is copied once
    raws[0] = head + start + raws[0]
    raws[-1] += _END
    return b",\n".join(raws)


def encode_block(record: Any) -> bytes:
    """Return an entry as lines: a key each, the items of its lists and objects a line each."""
    if not isinstance(record, Mapping) or not record:
        return _dumps(record)
    lines = (b" %s: %s" % (_dumps(key), _encode_value(value)) for key, value in record.items())
    return b"{\n" + b",\n".join(lines) + b"\n}"


def with_entries(file: NotesFile, entries: Iterable[Entry], graves: Iterable[Any] | None = None) -> NotesFile:
    """Return the file with other entries and, if given, other records of what was deleted."""
    head = dict(file.head)
    if graves is not None:
        head["kr:deleted"] = list(graves)
    return NotesFile(head, file.page, tuple(entries))


def from_items(head: Mapping[str, Any], page: Mapping[str, Any], items: Iterable[Any]) -> NotesFile:
    """Return a file of decoded items."""
    found = [Entry(encode_block(item), Annotation(item) if is_annotation(item) else None) for item in items]
    return NotesFile(head, page, tuple(_distinct(found)))


def decode_text(data: bytes) -> str:
    """Return JSON bytes as text: UTF-8, with or without a byte order mark, or UTF-16."""
    return data.decode(json.detect_encoding(data))


def read_head(data: bytes) -> Mapping[str, Any]:
    """Return what stands before the items, of a file that may be cut off after it; empty when that is damaged."""
    start, marker, _ = data.partition(_ITEMS)
    try:
        head = json.loads(start + marker + b"]}}") if marker else {}
    except _PARSE_ERRORS:
        return {}
    usable = isinstance(head, dict) and isinstance(head.get("kr:deleted", []), list)
    return {key: value for key, value in head.items() if key != "first"} if usable else {}


def _parse_ours(data: bytes, known: Mapping[bytes, Annotation]) -> NotesFile | None:
    """Read a file in exactly the layout of `encode`; None for any other.

    Strings in JSON hold no line feed: head and blocks that each are valid make a valid whole.
    """
    at = data.find(_ITEMS)
    if at < 0 or not data.endswith(_END):
        return None
    at += len(_ITEMS)
    try:
        head = json.loads(data[:at] + b"]}}")
        page = head.pop("first")
        if not isinstance(page, dict) or page.pop("items", None) != []:
            return None
        _check_head(head, lambda: _parse_any(data).annotations.values())
        found = []
        for raw in _BETWEEN.split(data[at : -len(_END)]):
            annotation = known.get(raw)
            if annotation is None:
                item = json.loads(raw)
                annotation = Annotation(item) if is_annotation(item) else None
            found.append(Entry(raw, annotation))
    except (NewerVersionError, NotUnderstoodError):
        raise
    except (*_PARSE_ERRORS, AttributeError, KeyError):
        return None
    return NotesFile(head, page, tuple(_distinct(found)))


def _parse_any(data: bytes) -> NotesFile:
    root = json.loads(decode_text(data))
    if not isinstance(root, dict):
        raise NotUnderstoodError("it holds no collection of annotations")
    page = root.get("first")
    items = page.get("items") if isinstance(page, dict) else None
    _check_head(root, lambda: [Annotation(item) for item in as_list(items) if is_annotation(item)])
    head = {key: value for key, value in root.items() if key != "first"}
    if "AnnotationCollection" not in as_list(root.get("type")):
        raise NotUnderstoodError("it holds no collection of annotations")
    if page is None and not root.get("total"):
        return NotesFile(head)
    if not isinstance(page, dict) or not isinstance(items, list):
        raise NotUnderstoodError("its list of annotations is missing")
    return from_items(head, {key: value for key, value in page.items() if key != "items"}, items)


def _check_head(head: Mapping[str, Any], readable: Any) -> None:
    version = head.get("kr:version", VERSION)
    if not isinstance(version, int) or isinstance(version, bool) or version > VERSION:
        try:
            found = tuple(readable())
        except NewerVersionError as error:
            found = error.readable
        raise NewerVersionError(canonical_line(str(version), 20), found)
    if not isinstance(head.get("kr:deleted", []), list):
        raise NotUnderstoodError("its list of deleted notes is damaged")


def _distinct(found: Iterable[Entry]) -> Iterator[Entry]:
    """Give the second of two different annotations with one id an id of its own, so that both are kept."""
    seen: dict[str, bytes] = {}
    for item in found:
        if item.annotation is None:
            yield item
            continue
        name = item.annotation.id
        if name not in seen:
            seen[name] = item.raw
            yield item
        elif seen[name] != item.raw:
            # made from the content, so that two readers give the same one
            fresh = uuid.uuid5(_DUPLICATES, item.raw.decode("utf-8", "replace")).urn
            if fresh not in seen:
                seen[fresh] = item.raw
                yield entry(Annotation({**item.annotation.record, "id": fresh, "kr:duplicateOf": name}))


def _full_head(file: NotesFile) -> dict[str, Any]:
    given = as_list(file.head.get("@context"))
    if CONTEXT_URL not in given or not any(isinstance(item, dict) and item.get("kr") == KR for item in given):
        given = [*context(), *(item for item in given if item != CONTEXT_URL)]
    defaults = {"@context": given, "id": COLLECTION_ID, "type": "AnnotationCollection", "label": "korea-reader notes"}
    fixed = {"@context": given, "total": len(file.entries), "kr:version": VERSION}
    head = {**defaults, "total": 0, "kr:version": VERSION, **file.head, **fixed}
    if not head.get("kr:deleted"):
        head.pop("kr:deleted", None)
    return head


def _encode_head(key: str, value: Any) -> bytes:
    if key == "kr:deleted":
        return b"[\n " + b",\n ".join(map(_dumps, value)) + b"\n]"
    return _dumps(value)


def _encode_value(value: Any, indent: bytes = b"\n ") -> bytes:
    """Return what holds other lists or objects spread over lines, and the rest as one line."""
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    if not any(isinstance(item, dict | list) for item in inner):
        return _dumps(value)
    deeper = indent + b" "
    if isinstance(value, dict):
        lines = [b"%s: %s" % (_dumps(key), _encode_value(item, deeper)) for key, item in value.items()]
        return b"{" + deeper + (b"," + deeper).join(lines) + indent + b"}"
    return b"[" + deeper + (b"," + deeper).join([_encode_value(item, deeper) for item in value]) + indent + b"]"


def _dumps(value: Any) -> bytes:
    try:
        return json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return json.dumps(value).encode()
