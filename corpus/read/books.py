"""EPUB and PDF: their text as articles; comments are not expected in them."""

from __future__ import annotations

import io
import posixpath
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from corpus.decoding import decode
from corpus.model import Capture, Document, Problem
from corpus.read.archives import zip_members
from corpus.read.assembly import Draft, finish, plain_paragraphs
from corpus.read.fields import moment
from corpus.read.files import problem
from corpus.read.fragments import read_blocks
from corpus.read.inner import Inner
from corpus.read.xml_files import local, parse_xml, words
from corpus.record_reading import RecordError
from corpus.text import canonical_line

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_MOST_PAGES = 2000
_MOST_PROBLEMS = 20


def is_epub(data: bytes) -> bool:
    """Tell whether a zip archive is an EPUB; its first member says so, uncompressed."""
    return b"mimetypeapplication/epub+zip" in data[:120]


def read_epub(data: bytes, capture: Capture, most: int) -> Iterator[Document | Problem]:
    """Read a book as one document, its chapters in their order."""
    from dataclasses import replace

    members = list(zip_members(data, most))
    files = {item.name: item.data for item in members if isinstance(item, Inner)}
    left_out = [item for item in members if not isinstance(item, Inner)]
    try:
        opf = _package(files)
        root, _ = parse_xml(decode(files[opf]).text)
    except (RecordError, KeyError):
        yield problem(capture.path, "the EPUB is damaged and cannot be read")
        return
    metadata = next((node for node in root if local(node) == "metadata"), root)
    draft = Draft(canonical_line(words(metadata, "title"), 400), problems=left_out[:_MOST_PROBLEMS])
    draft.facts = _epub_facts(metadata)
    for name in _chapters(root, posixpath.dirname(opf)):
        if name in files:
            draft.paragraphs += read_blocks(decode(files[name]).text)[0]
    if not draft.title and not draft.paragraphs:
        yield problem(capture.path, "there is no text in the EPUB")
        return
    yield finish(draft, replace(capture, format="epub"))


def _package(files: dict[str, bytes]) -> str:
    """Return the name of the file that lists the others. Raises KeyError, RecordError."""
    root, _ = parse_xml(decode(files["META-INF/container.xml"]).text)
    return next((node.get("full-path") or "" for node in root.iter() if local(node) == "rootfile"), "")


def _epub_facts(metadata: Element) -> dict[str, Any]:
    authors = [canonical_line("".join(node.itertext())) for node in metadata if local(node) == "creator"]
    raw = words(metadata, "date")
    return {
        "byline": tuple(name for name in authors if name),
        "outlet": canonical_line(words(metadata, "publisher")) or None,
        "language": canonical_line(words(metadata, "language"), 40) or None,
        "published": moment(raw[:10]) if raw else None,
        "published_raw": canonical_line(raw, 60) or None,
        "published_evidence": "the book's own date" if raw and moment(raw[:10]) else None,
    }


def _chapters(root: Element, folder: str) -> Iterator[str]:
    """Yield the names of a book's chapters in their order."""
    items = {node.get("id"): node.get("href") or "" for node in root.iter() if local(node) == "item"}
    for node in root.iter():
        if local(node) == "itemref":
            name = unquote(items.get(node.get("idref"), "").partition("#")[0])
            yield posixpath.normpath(posixpath.join(folder, name))


def read_pdf(data: bytes, capture: Capture, most: int) -> Iterator[Document | Problem]:
    """Read the text of a PDF, where the package pypdf is there."""
    from dataclasses import replace

    try:
        from pypdf import PdfReader
    except ImportError:
        yield problem(capture.path, "PDF files are read only where the Python package pypdf is installed")
        return
    from logging import CRITICAL, getLogger

    # what it finds wrong in a file is told once, in our own words
    getLogger("pypdf").setLevel(CRITICAL)
    try:
        reader = PdfReader(io.BytesIO(data))
        facts: Any = reader.metadata or {}
        title = canonical_line(str(facts.get("/Title") or ""), 400)
        author = canonical_line(str(facts.get("/Author") or ""), 200)
        pages, more = _pages(reader, most)
    except Exception:  # pypdf raises errors of many kinds for damaged files
        yield problem(capture.path, "the PDF is damaged, or locked with a password, and cannot be read")
        return
    draft = Draft(title, plain_paragraphs("\n\n".join(pages)))
    draft.facts["byline"] = (author,) if author else ()
    if not draft.paragraphs:
        yield problem(capture.path, "there is no text in the PDF; its pages may be pictures")
        return
    if not title:
        # the first line serves as the title and is taken out of the text, so that it is there once
        first, _, rest = draft.paragraphs[0][0].partition("\n")
        draft.title = canonical_line(first, 400)
        if draft.title == first:
            draft.paragraphs[:1] = [(rest.strip("\n"), "paragraph")] if rest.strip("\n") else []
    if more:
        draft.problems.append(f"{more} pages at the end of the PDF were not read, or could not be")
    yield finish(draft, replace(capture, format="pdf"))


def _pages(reader: Any, most: int) -> tuple[list[str], int]:
    """Return the text of the pages, no more than `most` characters, and how many pages there are beyond them."""
    count = len(reader.pages)
    found: list[str] = []
    size = 0
    for number in range(min(count, _MOST_PAGES)):
        text = str(reader.pages[number].extract_text() or "")
        size += len(text)
        if size > most:
            break
        found.append(text)
    return found, count - len(found)
