"""Pages saved as one file by browsers: MHTML, and Safari's web archive."""

from __future__ import annotations

import re
from typing import Any

from corpus.read.fields import moment
from corpus.read.inner import Inner
from corpus.read.message import FAULTS, posted

_HEAD = re.compile(rb"^(?:From: <?Saved by|MIME-Version:|Snapshot-Content-Location:)", re.IGNORECASE | re.MULTILINE)


def is_mhtml(head: bytes) -> bool:
    """Tell whether bytes begin as an MHTML page does."""
    start = head[:4000]
    return bool(_HEAD.search(start)) and b"multipart/related" in start.lower()


def mhtml_page(data: bytes) -> Inner | str:
    """Return the page of an MHTML file, or a sentence on why there is none."""
    from email import message_from_bytes, policy

    try:
        message = message_from_bytes(data, policy=policy.compat32)
        parts = [part for part in message.walk() if part.get_content_type() in ("text/html", "application/xhtml+xml")]
        payload: Any = parts[0].get_payload(decode=True) if parts else None
    except FAULTS:
        payload = None
    if not isinstance(payload, bytes):
        return "no page was found in the MHTML file"
    url = str(message.get("Snapshot-Content-Location") or parts[0].get("Content-Location") or "").strip()
    saved = posted(str(message.get("Date") or ""))
    charset = parts[0].get_content_charset()
    kind = f"text/html; charset={charset}" if charset else "text/html"
    return Inner(
        "page.html",
        payload,
        url if url.startswith("http") else None,
        saved,
        "the MHTML file's date" if saved else None,
        kind,
    )


def webarchive_page(data: bytes) -> Inner | str:
    """Return the page of a Safari web archive, or a sentence on why there is none."""
    import plistlib

    try:
        value = plistlib.loads(data)
        main = value["WebMainResource"]
        page, url = main["WebResourceData"], main.get("WebResourceURL")
    except (
        plistlib.InvalidFileException,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        IndexError,
        OverflowError,
        RecursionError,
        MemoryError,
    ):
        return "the web archive is damaged, or of a kind that is not read"
    if not isinstance(page, bytes):
        return "no page was found in the web archive"
    charset = main.get("WebResourceTextEncodingName")
    kind = f"text/html; charset={charset}" if isinstance(charset, str) and moment(charset) is None else "text/html"
    return Inner("page.html", page, url if isinstance(url, str) and url.startswith("http") else None, kind=kind)
