"""Web archives (WARC), plain and compressed: their pages, each with its address and the time it was fetched."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator

from corpus.read.inner import Inner, unzipped

_LENGTH = re.compile(rb"^Content-Length:[ \t]{0,20}([0-9]{1,15})", re.IGNORECASE | re.MULTILINE)
_KINDS = (
    "text/html",
    "application/xhtml",
    "application/json",
    "text/plain",
    "application/rss",
    "application/atom",
    "text/xml",
    "application/xml",
)


def members(data: bytes, most: int) -> Iterator[Inner | str]:
    """Yield the captures of a WARC file, and a sentence for each that cannot be read.

    Args:
        data: the file, decompressed.
        most: how large a page may become, in bytes.
    """
    at, number = 0, 0
    while True:
        at = data.find(b"WARC/", at)
        if at < 0:
            return
        end = data.find(b"\r\n\r\n", at)
        if end < 0:
            yield "the web archive is cut off"
            return
        head = data[at:end]
        length = _LENGTH.search(head)
        if not length:
            at = end
            continue
        start = end + 4
        body = data[start : start + int(length[1])]
        at = start + int(length[1])
        number += 1
        if len(body) < int(length[1]):
            yield "the web archive is cut off"
        found = _record(_fields(head), body, most)
        if found is not None:
            yield found


def _fields(head: bytes) -> dict[str, str]:
    found: dict[str, str] = {}
    for line in head.decode("utf-8", "replace").split("\r\n")[1:]:
        name, _, value = line.partition(":")
        found.setdefault(name.strip().lower(), value.strip())
    return found


def _record(fields: dict[str, str], body: bytes, most: int) -> Inner | str | None:
    kind = fields.get("warc-type")
    url = fields.get("warc-target-uri", "").strip("<>")
    if kind == "resource" and fields.get("content-type", "").startswith(_KINDS):
        return Inner(
            url,
            body,
            url,
            fields.get("warc-date"),
            "the web archive's date of the record",
            fields.get("content-type", ""),
        )
    if kind != "response" or not body.startswith(b"HTTP/"):
        return None
    head, _, content = body.partition(b"\r\n\r\n")
    status = head.split(None, 2)[1:2]
    answer = _fields(head)
    if status != [b"200"] or not answer.get("content-type", "").lower().startswith(_KINDS):
        return None
    if "chunked" in answer.get("transfer-encoding", "").lower():
        content = _unchunked(content)
    coding = answer.get("content-encoding", "").lower()
    if coding in ("gzip", "x-gzip", "deflate"):
        opened = unzipped(content, most, coding)
        if opened is None:
            return f"{url} is compressed in a way that cannot be read"
        content = opened
    elif coding not in ("", "identity"):
        return f"{url} is compressed with {coding}, which is not read"
    return Inner(
        url,
        content,
        url,
        fields.get("warc-date"),
        "the web archive's date of the record",
        answer.get("content-type", ""),
    )


def _unchunked(data: bytes) -> bytes:
    """Put together what was sent in chunks; data that were not are returned as they are."""
    pieces: list[bytes] = []
    at = 0
    while True:
        end = data.find(b"\r\n", at, at + 40)
        try:
            size = int(data[at:end].split(b";")[0], 16) if end >= 0 else -1
        except ValueError:
            size = -1
        if size < 0:
            return b"".join(pieces) if pieces else data
        if size == 0:
            return b"".join(pieces)
        pieces.append(data[end + 2 : end + 2 + size])
        at = end + 2 + size + 2


def decompressed(data: bytes, most: int, ratio: int) -> bytes | None:
    """Return all members of a gzip file one after the other; None where it is none, or becomes too large."""
    pieces: list[bytes] = []
    size = 0
    allowed = min(most, max(len(data) * ratio, 1_000_000))
    while data:
        engine = zlib.decompressobj(31)
        try:
            piece = engine.decompress(data, allowed - size + 1)
        except zlib.error:
            return b"".join(pieces) if pieces else None
        size += len(piece)
        if size > allowed:
            return None
        pieces.append(piece)
        if not engine.eof:
            break
        data = engine.unused_data.lstrip(b"\0")
    return b"".join(pieces)
