"""Captures into documents: one door for files, bytes and folders, whatever they hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from corpus.model import Capture, Document, Problem
    from corpus.read.files import Opened
    from corpus.read.inner import Inner
    from corpus.read.jsonlines import Lines


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is read: `size` of a capture in bytes, `lines` of one that is read line by line, `depth` of nested JSON.

    `seconds` (of the processor, for a small file; a large one gets more) and `memory` (address space, in bytes) bind only
    where a process of its own reads: `corpus.read.worker`.
    """

    size: int = 50_000_000
    depth: int = 100
    seconds: float = 8.0
    memory: int = 1_500_000_000
    lines: int = 2_000_000_000


_PAGES = (".html", ".htm", ".xhtml")
_BY_LINE = (".jsonl", ".ndjson")
_UNREAD = {
    b"BZh": "compressed files (bzip2) are not read",
    b"\xfd7zXZ": "compressed files (xz) are not read",
    b"7z\xbc\xaf": "archives (7z) are not read",
    b"Rar!": "archives (rar) are not read",
    b"\x89PNG": "it is a picture and not text",
    b"\xff\xd8\xff": "it is a picture and not text",
    b"GIF8": "it is a picture and not text",
    b"SQLite format 3\0": "it is a database and not text",
}


def find_captures(paths: Iterable[Path]) -> Iterator[Path | Problem]:
    """Yield the captures among `paths`: files as they are, folders with all below, in the order of names."""
    from corpus.read import files

    return files.find_captures(paths)


def read(path: Path, limits: Limits = Limits()) -> Iterator[Document | Problem]:
    """Read a file.

    Args:
        path: a regular file; anything else is a problem and is not opened.
        limits: how much is read.

    Yields:
        The documents in it, and a problem for each part that could not be read. Nothing is raised for
        what a file holds.
    """
    from corpus.model import Capture, Problem
    from corpus.read import files

    by_line = path.suffix.lower() in _BY_LINE
    opened = files.opened(path, limits.lines if by_line else limits.size)
    if isinstance(opened, Problem):
        yield opened
        return
    capture = Capture(str(path), saved=opened.changed, saved_evidence="file date" if opened.changed else None)
    with opened.file:
        try:
            if by_line and (known := _survey(opened)):
                yield from _read_lines(known[0], replace(capture, sha256=known[1]), limits)
                return
            data = opened.load() if opened.size <= limits.size else None
        except OSError as error:
            yield files.unreadable(path, error)
            return
    if data is None:
        yield files.problem(path, files.too_large(limits.size))
        return
    yield from read_bytes(data, capture, limits)


def _survey(opened: Opened) -> tuple[Lines, str] | None:
    """Return the lines of a file and its SHA-256, where it can be read line by line without being held."""
    from corpus.read import jsonlines

    found = jsonlines.survey(opened.file)
    return (jsonlines.Lines(opened.file), found) if found else None


def _read_lines(lines: Lines, capture: Capture, limits: Limits) -> Iterator[Document | Problem]:
    from corpus.read.records import read_json_lines

    yield from read_json_lines(lines, replace(capture, encoding="utf-8", format="jsonl"), limits.depth)


def read_bytes(data: bytes, capture: Capture, limits: Limits = Limits()) -> Iterator[Document | Problem]:
    """Read the bytes of a capture.

    Args:
        data: as saved or pasted.
        capture: `path` (its suffix is a hint of the kind) and what is known of the saving; hash, format
            and encoding are filled in.
        limits: how much is read.

    Yields:
        Documents and problems, as `read`.
    """
    import hashlib

    from corpus.read import files

    if len(data) > limits.size:
        yield files.problem(capture.path, files.too_large(limits.size))
        return
    capture = replace(capture, sha256=hashlib.sha256(data).hexdigest())
    try:
        yield from _open(data, capture, limits)
    except (RecursionError, MemoryError):
        yield files.problem(capture.path, "it is nested too deeply, or too large, to be read")


def _open(data: bytes, capture: Capture, limits: Limits) -> Iterator[Document | Problem]:
    from corpus.read import files
    from corpus.read.containers import container_kind, read_container

    kind = container_kind(data, Path(capture.path).suffix.lower())
    if kind:
        yield from read_container(kind, data, capture, limits, lambda inner, inside: _read(inner, inside, limits))
        return
    refusal = _refusal(data)
    if refusal:
        yield files.problem(capture.path, refusal)
        return
    from corpus.read.inner import Inner

    yield from _read(Inner(capture.path, data), capture, limits)


def _refusal(data: bytes) -> str | None:
    """Return why bytes are not text that is read here; None where they may be."""
    from corpus.decoding import is_binary

    for magic, reason in _UNREAD.items():
        if data.startswith(magic):
            return reason
    if not data.strip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"):
        return "there is no text in it"
    return "it is not text" if is_binary(data) else None


def _read(inner: Inner, capture: Capture, limits: Limits) -> Iterator[Document | Problem]:
    from corpus.decoding import decode
    from corpus.model import Document
    from corpus.read import files

    data = inner.data
    if refusal := _refusal(data):
        yield files.problem(capture.path, refusal, capture.member)
        return
    suffix = Path(inner.name).suffix.lower()
    page = suffix in _PAGES or _looks_like_page(data[:1024]) or inner.kind.startswith("text/html")
    if suffix in _BY_LINE:
        from io import BytesIO

        from corpus.read import jsonlines

        if jsonlines.survey(held := BytesIO(data)):
            yield from _read_lines(jsonlines.Lines(held), _saved(inner, capture), limits)
            return
    declared = _charset(inner.kind) or (_declared(data) if page else _declared_xml(data))
    decoded = decode(data, declared)
    capture = replace(_saved(inner, capture), encoding=decoded.encoding)
    kind = "html" if page and not suffix.startswith(".json") else _kind(decoded.text, suffix, limits)
    for item in _parse(decoded.text, replace(capture, format=kind), kind, limits, inner.url):
        if decoded.note and isinstance(item, Document) and item.capture and item.capture.sha256 == capture.sha256:
            yield replace(item, problems=(*item.problems, decoded.note))
        else:
            yield item


def _saved(inner: Inner, capture: Capture) -> Capture:
    return replace(capture, saved=inner.saved, saved_evidence=inner.evidence) if inner.saved else capture


def _kind(text: str, suffix: str, limits: Limits) -> str:
    if suffix in _BY_LINE:
        return "jsonl"
    if suffix == ".json":
        return "json"
    head = text[:2048].lstrip("\ufeff \t\r\n").lower()
    if suffix in _PAGES or _looks_like_page(head.encode("utf-8", "replace")):
        return "html"
    if (
        suffix in (".xml", ".rss", ".atom", ".rdf")
        or head[:20].find("<?xml") >= 0
        or head.startswith(("<rss", "<feed", "<rdf:rdf", "<disqus"))
    ):
        return "xml"
    if head.startswith(("{", "[")):
        from corpus.read.records import is_record_text

        if is_record_text(text, limits.depth):
            return "json"
    if head.startswith(("---", "+++")):
        from corpus.read.markdown_text import has_front_matter

        if has_front_matter(text):
            return "markdown"
    return "text"


def _looks_like_page(head: bytes) -> bool:
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    return start.startswith((b"<!doctype html", b"<html", b"<head", b"<body")) or (
        start.startswith((b"<!--", b"<?xml")) and b"<html" in start
    )


def _declared(data: bytes) -> str | None:
    import re

    found = re.search(
        rb"<meta[^>]{0,200}?charset\s{0,5}=\s{0,5}[\"']?\s{0,5}([A-Za-z0-9_:-]{2,40})", data[:4096], re.IGNORECASE
    )
    return found[1].decode("ascii") if found else None


def _declared_xml(data: bytes) -> str | None:
    import re

    found = re.match(rb"[^<]{0,20}<\?xml[^>]{0,200}?encoding\s?=\s?[\"']([A-Za-z0-9_:.-]{2,40})", data[:400])
    return found[1].decode("ascii") if found else None


def _charset(kind: str) -> str | None:
    import re

    found = re.search(r"charset\s?=\s?[\"']?([A-Za-z0-9_:.-]{2,40})", kind)
    return found[1] if found else None


def _parse(text: str, capture: Capture, kind: str, limits: Limits, url: str | None) -> Iterator[Document | Problem]:
    if kind in ("json", "jsonl"):
        from corpus.read.records import read_records

        yield from read_records(text, capture, limits.depth, by_line=kind == "jsonl")
        return
    if kind == "xml":
        from corpus.read.xml_files import read_xml

        yield from read_xml(text, capture)
        return
    with _without_collection():
        document = _one(text, capture, kind, url)
    yield document


def _one(text: str, capture: Capture, kind: str, url: str | None) -> Document:
    if kind == "html":
        from corpus.read.html import read_page

        return read_page(text, capture, url)
    if kind == "markdown":
        from corpus.read.markdown_text import read_markdown

        return read_markdown(text, capture)
    from corpus.read.captured_text import read_text
    from corpus.threads import relate

    return relate(read_text(text, capture))


@contextmanager
def _without_collection() -> Iterator[None]:
    """Hold back the garbage collector, which takes half the time where many small objects are made and all are kept."""
    import gc

    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
