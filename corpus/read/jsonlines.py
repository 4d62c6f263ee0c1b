"""JSON Lines: records one after the other, and dumps whose lines belong together, without holding what they hold."""

from __future__ import annotations

import codecs
import hashlib
import re
from array import array
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from io import FileIO
from typing import Any, BinaryIO, NamedTuple

from corpus.model import Capture, Document, Problem
from corpus.read.assembly import Draft
from corpus.read.jsontext import parse
from corpus.record_reading import RecordError
from corpus.text import canonical_line

Item = Mapping[str, Any]
Group = tuple[str, "array[int]"]
ReadRecord = Callable[[Any, Capture, list[str]], Document]

_BLANKS = " \t\r\n"
_PIECE = 1 << 13
_LINE = 1 << 12
_LONGEST = 50_000_000
_MOST_PROBLEMS = 20


class LineReader(NamedTuple):
    """What reads a dump whose lines belong together.

    `knows` tells whether a value is of the dump; `group` takes the place and the value of each line, and returns the places of those that make up one
    document, with its name; `draft` makes that document of its lines, which are read again for it.
    """

    kind: str
    knows: Callable[[Item], bool]
    group: Callable[[Iterable[tuple[int, Item]]], Iterable[Group]]
    draft: Callable[[str, list[Item]], Draft]


def survey(source: BinaryIO | FileIO) -> str | None:
    """Return the SHA-256 of a capture that can be read line by line: UTF-8, no list, and small lines.

    None where it cannot; nothing of it is held.
    """
    decoder = codecs.getincrementaldecoder("utf-8-sig")()
    hashed = hashlib.sha256()
    source.seek(0)
    start, line = "", 0
    try:
        while piece := source.read(_PIECE):
            hashed.update(piece)
            text = decoder.decode(piece)
            start = start or text.lstrip(_BLANKS)[:1]
            cut = text.rfind("\n")
            line = line + len(text) if cut < 0 else len(text) - cut
            if "\0" in text or start == "[" or line > _LONGEST:
                return None
        decoder.decode(b"", True)
    except UnicodeDecodeError:
        return None
    return hashed.hexdigest() if start else None


class Lines:
    """The lines of a capture, each decoded when it is asked for; a place is an offset into its bytes."""

    def __init__(self, source: BinaryIO | FileIO) -> None:
        """Read from UTF-8; a mark of byte order at its beginning is passed over."""
        self._source = source
        source.seek(0)
        self._first = 3 if source.read(3) == codecs.BOM_UTF8 else 0

    def __iter__(self) -> Iterator[tuple[int, int, str]]:
        """Yield the number (from 1), the place and the text of every line that is not blank."""
        number, place = 1, self._first
        begun: list[bytes] = []
        read = place
        while True:
            self._source.seek(read)
            piece = self._source.read(_PIECE)
            read += len(piece)
            *whole, rest = piece.split(b"\n") if piece else (b"", b"")
            if whole:
                whole[0] = b"".join((*begun, whole[0]))
                begun.clear()
            begun.append(rest)
            for line in whole:
                if line and not line.isspace():
                    yield number, place, line.decode("utf-8", "replace")
                number, place = number + 1, place + len(line) + 1
            if not piece:
                return

    def at(self, place: int) -> str:
        """Return the line that begins at a place."""
        self._source.seek(place)
        found: list[bytes] = []
        size = _LINE
        while piece := self._source.read(size):
            head, end, _ = piece.partition(b"\n")
            found.append(head)
            if end:
                break
            size = min(size * 2, _PIECE)
        return b"".join(found).decode("utf-8", "replace")


def read_lines(lines: Lines, capture: Capture, depth: int, read_record: ReadRecord) -> Iterator[Document | Problem]:
    """Read JSON Lines.

    Args:
        lines: the capture.
        capture: its facts.
        depth: how deep the JSON may be nested.
        read_record: makes a document of a value, or raises RecordError.
    """
    reader = _dump_reader(lines, depth)
    if reader is not None:
        yield from _read_dump(reader, lines, capture, depth)
        return
    failed = _Failed(capture)
    found = False
    for number, _, line in lines:
        notes: list[str] = []
        found = True
        try:
            yield read_record(parse(line, depth, notes), replace(capture, member=f"line {number}"), notes)
        except RecordError as error:
            yield from failed.told(number, error)
    yield from failed.rest()
    if not found:
        yield Problem(canonical_line(capture.path, 4096), "there is nothing in it")


def _dump_reader(lines: Lines, depth: int) -> LineReader | None:
    """Return what reads a dump by its first line that is JSON."""
    from corpus.read.json_dumps import line_reader

    for number, _, line in lines:
        try:
            return line_reader(parse(line, depth, []))
        except RecordError:
            if number > _MOST_PROBLEMS:
                return None
    return None


def _read_dump(reader: LineReader, lines: Lines, capture: Capture, depth: int) -> Iterator[Document | Problem]:
    from corpus.read.json_dumps import documents

    failed = _Failed(capture)
    problems: list[Problem] = []

    def items() -> Iterator[tuple[int, Item]]:
        for number, place, line in lines:
            try:
                value = parse(line, depth, [])
                if not isinstance(value, dict) or not reader.knows(value):
                    raise RecordError(f"it is no record of a dump of {reader.kind}")
            except RecordError as error:
                problems.extend(failed.told(number, error))
                continue
            yield place, value

    def drafts() -> Iterator[Draft]:
        for name, at in reader.group(items()):
            yield reader.draft(name, [parse(lines.at(place), depth, []) for place in at])

    yield from documents(reader.kind, drafts(), capture)
    yield from problems
    yield from failed.rest()


class _Failed:
    """Tells of lines that were left out, of the first ones by number and reason."""

    def __init__(self, capture: Capture) -> None:
        self._path = canonical_line(capture.path, 4096)
        self._count = 0

    def told(self, number: int, error: RecordError) -> Iterator[Problem]:
        self._count += 1
        if self._count <= _MOST_PROBLEMS:
            reason = re.sub(r" at line 1, column (\d+)", r" at column \1", str(error))
            yield Problem(self._path, f"line {number} was left out: {reason}", f"line {number}")

    def rest(self) -> Iterator[Problem]:
        if self._count > _MOST_PROBLEMS:
            yield Problem(self._path, f"{self._count - _MOST_PROBLEMS} more lines were left out")


def places() -> array[int]:
    """Return an empty list of places, which takes eight bytes for each."""
    return array("q")
