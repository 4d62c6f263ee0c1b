"""One message of mail: who wrote it when, what it follows, and its text; addresses and attachments are counted."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from corpus.decoding import decode
from corpus.read.fragments import read_fragment
from corpus.text import canonical_line, canonical_paragraphs

if TYPE_CHECKING:
    from email.message import Message as Parsed

FAULTS = (ValueError, LookupError, TypeError, AttributeError, AssertionError, OverflowError, RecursionError)
"""What the parser of the standard library raises for messages that are none."""
_ID = re.compile(r"<([^<>\s]{1,300})>")
_MOST_REFERENCES = 50
_LONGEST_HEAD = 100_000


@dataclass(slots=True)
class Message:
    """A message; `posted` is ISO 8601, `words` the date as written, `dropped` what is not kept of it."""

    subject: str
    author: str | None
    posted: str | None
    words: str | None
    text: str
    dropped: Counter[str] = field(default_factory=Counter)


def parse_head(data: bytes) -> tuple[str | None, list[str]]:
    """Return the id of a message, and those of the messages that it follows. Raises one of FAULTS."""
    from email import message_from_bytes

    head = _head(message_from_bytes(data[: max(0, data.find(b"\n\n", 0, _LONGEST_HEAD)) or _LONGEST_HEAD]))
    own = _ID.search(head.get("message-id", ""))
    refs = list(dict.fromkeys(_ID.findall(head.get("references", ""))))[-_MOST_REFERENCES:]
    answered = _ID.search(head.get("in-reply-to", ""))
    if answered and (not refs or refs[-1] != answered[1]):
        refs.append(answered[1])
    return own[1] if own else None, [ref for ref in refs if not own or ref != own[1]]


def parse_message(data: bytes) -> Message:
    """Return a message. Raises one of FAULTS."""
    from email import message_from_bytes
    from email.utils import parseaddr

    parsed = message_from_bytes(data)
    head = _head(parsed)
    raw = canonical_line(head.get("date", ""), 80)
    name, address = parseaddr(head.get("from", ""))
    made = Message(
        canonical_line(_decoded(head.get("subject", "")), 400),
        canonical_line(_decoded(name)) or None,
        posted(raw),
        raw or None,
        "",
    )
    made.dropped["e-mail address"] += bool(address)
    made.text = canonical_paragraphs("\n\n".join(_texts(parsed, made.dropped)))
    return made


def posted(words: str) -> str | None:
    """Return the date of a Date line in ISO 8601; None where it is none.

    The zone -0000 says that the clock is UTC and nothing of where it stood (RFC 5322 3.3): browsers write it in MHTML.
    """
    from email.utils import parsedate_to_datetime

    try:
        moment = parsedate_to_datetime(words).isoformat() if words else None
        return f"{moment}Z" if moment and re.search(r"\s-0000\b", words) else moment
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _head(parsed: Parsed[Any, Any]) -> dict[str, str]:
    """Return the lines of the head by name in small letters, the first of each name, bytes outside ASCII decoded."""
    found: dict[str, str] = {}
    for name, value in parsed.raw_items():
        if not value.isascii():
            value = decode(value.encode("ascii", "surrogateescape")).text
        found.setdefault(name.lower(), re.sub(r"\n[ \t]+", " ", value))
    return found


def _decoded(value: str) -> str:
    """Return a line of the head with its encoded words (RFC 2047) decoded; euc-kr is cp949 there too."""
    if "=?" not in value:
        return value
    from email.errors import HeaderParseError
    from email.header import decode_header

    try:
        parts = decode_header(value)
    except (HeaderParseError, ValueError):
        return value
    return "".join(part if isinstance(part, str) else decode(part, charset).text for part, charset in parts)


def _texts(part: Parsed[Any, Any], dropped: Counter[str]) -> list[str]:
    """Return the texts of a message in their order; of one that is there in several forms, the plain one."""
    inner: Any = part.get_payload() if part.is_multipart() else None
    if part.get_content_type() == "multipart/alternative" and inner is not None:
        forms = [child for child in inner if child.get_content_maintype() in ("text", "multipart")]
        best = next((child for child in forms if child.get_content_type() == "text/plain"), None)
        chosen = best if best is not None else next(iter(forms), None)
        dropped["the same text in another form"] += len(inner) - (chosen is not None)
        return _texts(chosen, dropped) if chosen is not None else []
    if part.get_content_maintype() == "multipart" and inner is not None:
        return [text for child in inner for text in _texts(child, dropped)]
    if part.get_content_type() not in ("text/plain", "text/html") or part.get_content_disposition() == "attachment":
        dropped["attachment"] += 1
        return []
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        return []
    text = decode(payload, part.get_content_charset()).text
    if part.get_content_type() == "text/html":
        return [read_fragment(text)[0]]
    # a mailbox guards such lines, since they would begin a message
    return [re.sub(r"^>(>{0,9}From )", r"\1", text, flags=re.MULTILINE)]
