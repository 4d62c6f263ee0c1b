"""Where a saved page came from and when it was saved, as the tools that saved it wrote into it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urljoin

from corpus.text import canonical_line

_SAVED_FROM = re.compile(r"<!--\s{0,5}saved from url=\([0-9]{1,6}\)(https?://[^\s>]{1,2000})", re.IGNORECASE)
_SINGLE_FILE = re.compile(
    r"<!--\s{0,5}Page saved with SingleFile\s{1,5}url:\s{0,3}(\S{1,2000})\s{1,5}saved date:\s{0,3}([^\n(]{10,60})",
    re.IGNORECASE,
)
_ARCHIVED = re.compile(r"FILE ARCHIVED ON ([0-9]{2}):([0-9]{2}):([0-9]{2}) ([A-Z][a-z]{2}) ([0-9]{2}), ([0-9]{4})")
_WAYBACK = re.compile(
    r"(?:(?:https?:)?//web\.archive\.org)?/web/([0-9]{4,14})(?:[a-z]{2}_)?/(https?:/{1,2}.*)\Z", re.DOTALL
)
_WAYBACK_ANY = re.compile(r"web\.archive\.org/web/([0-9]{14})(?:[a-z]{2}_)?/(https?:[^\s\"'<>]{1,2000})")
_JS_DATE = re.compile(r"[A-Z][a-z]{2} ([A-Z][a-z]{2} [0-9]{2} [0-9]{4} [0-9]{2}:[0-9]{2}:[0-9]{2}) GMT([+-][0-9]{4})")


@dataclass(frozen=True, slots=True)
class Origin:
    """The address of a page, and when it was saved (ISO 8601) with how that is known; None where it does not say."""

    url: str | None = None
    saved: str | None = None
    evidence: str | None = None


def read_origin(text: str) -> Origin:
    """Read what browsers, SingleFile and the Wayback Machine write into a page that they save.

    Args:
        text: the page as decoded.
    """
    head = text[:4000]
    if found := _SINGLE_FILE.search(head):
        return Origin(canonical_line(found[1], 2000), _js_date(found[2]), "SingleFile's note in the page")
    archived = _ARCHIVED.search(text, max(0, len(text) - 4000))
    if archived:
        stamp = _moment(
            f"{archived[6]} {archived[4]} {archived[5]} {archived[1]}{archived[2]}{archived[3]}", "%Y %b %d %H%M%S"
        )
        address = _WAYBACK_ANY.search(text)
        return Origin(address[2] if address else None, stamp, "the Wayback Machine's note in the page")
    if "web.archive.org/web/" in head and (address := _WAYBACK_ANY.search(text)):
        return Origin(None, _moment(address[1], "%Y%m%d%H%M%S"), "the Wayback Machine's addresses in the page")
    if found := _SAVED_FROM.search(head):
        return Origin(canonical_line(found[1], 2000))
    return Origin()


def _moment(words: str, form: str) -> str | None:
    try:
        return datetime.strptime(words, form).strftime("%Y-%m-%dT%H:%M:%SZ")
    except ValueError:
        return None


def _js_date(words: str) -> str | None:
    found = _JS_DATE.match(words.strip())
    if not found:
        from corpus.read.fields import moment

        return moment(words.strip())
    try:
        local = datetime.strptime(found[1], "%b %d %Y %H:%M:%S")
    except ValueError:
        return None
    zone = "Z" if found[2] == "+0000" else f"{found[2][:3]}:{found[2][3:]}"
    return local.strftime("%Y-%m-%dT%H:%M:%S") + zone


def original(address: str, base: str | None = None) -> str:
    """Return an address as the page first had it: without an archive's prefix, whole where `base` is known."""
    address = address.strip()
    if "/web/" in address and (found := _WAYBACK.match(address)):
        return re.sub(r"\A(https?:)/{1,2}", r"\1//", found[2])
    if base and not address.startswith(("http://", "https://", "mailto:", "data:", "javascript:")):
        try:
            return urljoin(base, address)
        except ValueError:
            return address
    return address
