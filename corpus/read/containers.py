"""Files that hold captures: what kind they are by their first bytes, and the captures in them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from corpus.model import Capture, Document, Problem
from corpus.read.files import problem
from corpus.read.inner import RATIO, Inner

if TYPE_CHECKING:
    from corpus.read import Limits

ReadInner = Callable[[Inner, Capture], Iterator[Document | Problem]]

_GZIP = b"\x1f\x8b"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")


def container_kind(data: bytes, suffix: str) -> str | None:
    """Return what kind of container bytes are; None where they are none."""
    if data.startswith(_GZIP):
        return "gzip"
    if data.startswith(_ZIP):
        from corpus.read.books import is_epub

        return "epub" if is_epub(data) else "zip"
    if data[257:262] == b"ustar":
        return "tar"
    if data.startswith(b"WARC/"):
        return "warc"
    if data.startswith(b"%PDF-"):
        return "pdf"
    if data.startswith(b"bplist00"):
        return "webarchive"
    head = data[:4096]
    if b"multipart/related" in head.lower():
        from corpus.read.mhtml import is_mhtml

        if is_mhtml(head):
            return "mhtml"
    if suffix in (".mbox", ".eml", "") or head.startswith((b"From ", b"Return-Path:", b"Received:", b"Delivered-To:")):
        from corpus.read.mail import is_mail

        return "mail" if is_mail(head) else None
    return None


def read_container(
    kind: str, data: bytes, capture: Capture, limits: Limits, read_inner: ReadInner
) -> Iterator[Document | Problem]:
    """Read what a container holds.

    Args:
        kind: as `container_kind` tells.
        data: its bytes.
        capture: its facts; those of its members are made from them.
        limits: how much is read; unpacked, no more than the same size.
        read_inner: reads one member.
    """
    if kind == "gzip":
        yield from _gzip(data, capture, limits, read_inner)
    elif kind == "mail":
        from corpus.read.mail import read_mail

        yield from read_mail(data, capture)
    elif kind in ("epub", "pdf"):
        from corpus.read.books import read_epub, read_pdf

        yield from (read_epub if kind == "epub" else read_pdf)(data, capture, limits.size)
    else:
        yield from _members(kind, data, capture, limits, read_inner)


def _gzip(data: bytes, capture: Capture, limits: Limits, read_inner: ReadInner) -> Iterator[Document | Problem]:
    from corpus.read.warc import decompressed

    opened = decompressed(data, limits.size, RATIO)
    if opened is None:
        yield problem(capture.path, "it is damaged, or becomes too large when it is unpacked, and was not read")
        return
    name = PurePosixPath(capture.path).name
    inner = name[:-3] if name.lower().endswith(".gz") else f"{name[:-4]}.tar" if name.lower().endswith(".tgz") else name
    kind = container_kind(opened, PurePosixPath(inner).suffix.lower())
    if kind in ("tar", "warc", "mail", "mhtml"):
        yield from read_container(kind, opened, capture, limits, read_inner)
    elif kind:
        yield problem(capture.path, "archives inside archives are not read")
    else:
        yield from read_inner(Inner(inner, opened), replace(capture, member=None))


def _members(
    kind: str, data: bytes, capture: Capture, limits: Limits, read_inner: ReadInner
) -> Iterator[Document | Problem]:
    found = False
    for item in _inners(kind, data, limits):
        found = True
        if isinstance(item, str):
            yield problem(capture.path, item)
        elif kind in ("mhtml", "webarchive"):
            yield from read_inner(item, capture)
        else:
            yield from _member(item, capture, limits, read_inner)
    if not found:
        empty = "there is no page in the web archive" if kind == "warc" else "there is no capture in the archive"
        yield problem(capture.path, empty)


def _member(item: Inner, capture: Capture, limits: Limits, read_inner: ReadInner) -> Iterator[Document | Problem]:
    from corpus.read.archives import shown

    name = shown(item.name)
    nested = container_kind(item.data, PurePosixPath(item.name).suffix.lower())
    if nested and nested not in ("mail", "mhtml", "webarchive", "pdf"):
        yield problem(capture.path, "archives inside archives are not read", name)
        return
    inside = replace(capture, member=name)
    found = read_container(nested, item.data, inside, limits, read_inner) if nested else read_inner(item, inside)
    for read in found:
        if isinstance(read, Problem):
            yield Problem(read.path, read.message, name if read.member in (None, name) else f"{name}: {read.member}")
        elif read.capture and read.capture.sha256 == capture.sha256 and read.capture.member not in (None, name):
            yield replace(read, capture=replace(read.capture, member=f"{name}: {read.capture.member}"))
        else:
            yield read


def _inners(kind: str, data: bytes, limits: Limits) -> Iterator[Inner | str]:
    if kind in ("zip", "tar"):
        from corpus.read import archives

        yield from (archives.zip_members if kind == "zip" else archives.tar_members)(data, limits.size)
    elif kind == "warc":
        from corpus.read.warc import members

        yield from members(data, limits.size)
    else:
        from corpus.read import mhtml

        yield (mhtml.mhtml_page if kind == "mhtml" else mhtml.webarchive_page)(data)
