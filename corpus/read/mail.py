"""Mail: single messages and mbox files, each thread a document by its References."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from email.message import EmailMessage
from typing import Any

from corpus.model import Capture, Document, Problem
from corpus.read.assembly import Draft, Found, finish, plain_paragraphs
from corpus.read.files import problem
from corpus.read.fragments import read_fragment
from corpus.text import canonical_line, canonical_paragraphs

_SPLIT = re.compile(rb"(?:\A|\n)From [^\n]{0,300}[0-9]{4}[^\n]{0,40}\n")
_ID = re.compile(r"<([^<>\s]{1,300})>")
_RE = re.compile(r"(?:(?:re|aw|sv|fwd?|답장|회신)(?:\[[0-9]+\])?\s?:\s?)+", re.IGNORECASE)


@dataclass(slots=True)
class _Message:
    own: str
    refs: list[str]
    subject: str
    author: str | None
    posted: str | None
    words: str | None
    text: str


def is_mail(head: bytes) -> bool:
    """Tell whether bytes begin as an mbox or a message does."""
    if re.match(rb"From \S{1,200} [^\n]{0,60}[0-9]{4}[^\n]{0,20}\r?\n[A-Za-z-]{2,40}: ", head):
        return True
    names = {
        name.lower()
        for name in re.findall(
            rb"^([A-Za-z][A-Za-z-]{1,40}):[ \t]", head.split(b"\n\n")[0].split(b"\r\n\r\n")[0], re.MULTILINE
        )
    }
    return b"from" in names and b"message-id" in names and bool({b"date", b"subject"} & names)


def read_mail(data: bytes, capture: Capture) -> Iterator[Document | Problem]:
    """Read messages; addresses are left out, and counted."""
    data = data.replace(b"\r\n", b"\n")
    cuts = list(_SPLIT.finditer(data)) if data.startswith(b"From ") else []
    if cuts:
        ends = [cut.start() + 1 for cut in cuts[1:]] + [len(data)]
        parts = [data[cut.end() : end] for cut, end in zip(cuts, ends, strict=True)]
    else:
        parts = [data]
    messages: dict[str, _Message] = {}
    for number, part in enumerate(parts, 1):
        try:
            message = _message(part, number)
        except (ValueError, LookupError, TypeError, AttributeError, IndexError, AssertionError):
            yield problem(capture.path, f"message {number} could not be read and was left out", f"message {number}")
            continue
        messages.setdefault(message.own, message)
    threads: dict[str, list[_Message]] = {}
    for message in messages.values():
        threads.setdefault(_root(message, messages), []).append(message)
    for number, (root, members) in enumerate(threads.items(), 1):
        yield finish(_draft(root, members, messages), replace(capture, format="mail", member=f"thread {number}"))


def _message(part: bytes, number: int) -> _Message:
    from email import message_from_bytes, policy
    from email.utils import parseaddr, parsedate_to_datetime

    message = message_from_bytes(part, policy=policy.default)
    assert isinstance(message, EmailMessage)
    own = _ID.search(str(message.get("Message-ID") or ""))
    refs = _ID.findall(str(message.get("References") or ""))[-50:]
    answered = _ID.search(str(message.get("In-Reply-To") or ""))
    if answered and (not refs or refs[-1] != answered[1]):
        refs.append(answered[1])
    raw = canonical_line(str(message.get("Date") or ""), 80)
    try:
        posted = parsedate_to_datetime(raw).isoformat() if raw else None
    except (ValueError, TypeError, IndexError):
        posted = None
    name = parseaddr(str(message.get("From") or ""))[0]
    return _Message(
        own[1] if own else f"message {number}",
        refs,
        canonical_line(str(message.get("Subject") or ""), 400),
        canonical_line(name) or None,
        posted,
        raw or None,
        _text(message),
    )


def _text(message: EmailMessage) -> str:
    part: Any = message.get_body(preferencelist=("plain", "html"))
    if part is None:
        return ""
    try:
        content = part.get_content()
    except (LookupError, UnicodeError, ValueError):
        payload = part.get_payload(decode=True)
        content = payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""
    if not isinstance(content, str):
        return ""
    return read_fragment(content)[0] if part.get_content_type() == "text/html" else canonical_paragraphs(content)


def _root(message: _Message, messages: dict[str, _Message]) -> str:
    """Return the id of the first message of a thread, which may not be in the file."""
    seen: set[str] = set()
    while message.refs and message.own not in seen:
        seen.add(message.own)
        known = next((ref for ref in message.refs if ref in messages and ref not in seen), None)
        if known is None:
            return message.refs[0]
        message = messages[known]
    return message.own


def _draft(root: str, members: list[_Message], messages: dict[str, _Message]) -> Draft:
    first = messages.get(root)
    subject = (first or members[0]).subject
    draft = Draft(_RE.sub("", subject) if first is None else subject)
    draft.title = draft.title or "Mail without a subject"
    if first is not None:
        draft.paragraphs = plain_paragraphs(first.text)
        draft.facts = {
            "byline": (first.author,) if first.author else (),
            "published": first.posted,
            "published_raw": first.words,
            "published_evidence": "the message's Date line" if first.posted else None,
        }
    else:
        draft.problems.append("the first message of the thread is not in this capture")
    answers = [message for message in members if message is not first]
    for message in answers:
        parent = message.refs[-1] if message.refs else None
        draft.comments.append(
            Found(
                message.text,
                message.author,
                message.own,
                parent if parent != root else None,
                posted=message.posted,
                words=message.words,
                title=message.subject if _RE.sub("", message.subject) != _RE.sub("", subject) else None,
            )
        )
    draft.dropped["e-mail address"] = len(members)
    return draft
