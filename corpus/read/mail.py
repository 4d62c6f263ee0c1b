"""Mail: single messages and mbox files, each thread a document by its References."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from corpus.model import Capture, Document, Problem
from corpus.read.assembly import Draft, Found, finish, plain_paragraphs
from corpus.read.files import problem
from corpus.read.message import FAULTS, Message, parse_head, parse_message
from corpus.text import canonical_line

_SPLIT = re.compile(rb"(?:\A|\n)From [^\n]{0,300}[0-9]{4}[^\n]{0,40}\n")
_RE = re.compile(r"(?:(?:re|aw|sv|fwd?|답장|회신)(?:\[[0-9]+\])?\s?:\s?)+", re.IGNORECASE)


class _Place(NamedTuple):
    """Where a message stands in the file, its id, and those of the messages that it follows, the first one first."""

    start: int
    end: int
    own: str
    refs: list[str]


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
    """Read messages; addresses are left out, and counted.

    Only the heads are read at first; the rest of a message is when its thread is put together.
    """
    if b"\r\n" in data:
        data = data.replace(b"\r\n", b"\n")
    places, unread, again = _heads(data)
    for number in unread:
        yield problem(capture.path, f"message {number} could not be read and was left out", f"message {number}")
    threads: dict[str, list[_Place]] = {}
    roots: dict[str, str] = {}
    for place in places.values():
        threads.setdefault(_root(place, places, roots), []).append(place)
    for number, (root, members) in enumerate(threads.items(), 1):
        messages: dict[str, Message] = {}
        failed = 0
        for place in members:
            try:
                messages[place.own] = parse_message(data[place.start : place.end])
            except FAULTS:
                failed += 1
        if failed:
            yield problem(capture.path, f"{failed} × message could not be read and was left out", f"thread {number}")
        if not messages:
            continue
        draft = _draft(root, {place.own: place.refs for place in members}, messages)
        draft.dropped["the same message again"], again = again, 0
        yield finish(draft, replace(capture, format="mail", member=f"thread {number}"))


def _heads(data: bytes) -> tuple[dict[str, _Place], list[int], int]:
    """Return the messages by id, the numbers of those whose head cannot be read, and how many stand there once more."""
    places: dict[str, _Place] = {}
    unread: list[int] = []
    again = 0
    for number, (start, end) in enumerate(_parts(data), 1):
        try:
            own, refs = parse_head(data[start:end])
        except FAULTS:
            unread.append(number)
            continue
        own = own or f"message {number}"
        if (known := places.get(own)) and data[known.start : known.end].strip() == data[start:end].strip():
            again += 1
            continue
        own = f"{own} ({number})" if known else own
        places[own] = _Place(start, end, own, refs)
    return places, unread, again


def _parts(data: bytes) -> Iterator[tuple[int, int]]:
    """Yield where each message of an mbox begins and ends, or the whole of what is none."""
    start = None
    if data.startswith(b"From "):
        for cut in _SPLIT.finditer(data):
            if start is not None:
                yield start, cut.start() + 1
            start = cut.end()
    yield start or 0, len(data)


def _root(place: _Place, places: dict[str, _Place], roots: dict[str, str]) -> str:
    """Return the id of the first message of a thread, which may not be in the file; `roots` keeps those found."""
    path: list[str] = []
    while True:
        if place.own in roots:
            root = roots[place.own]
            break
        # for the while, so that a circle ends here
        roots[place.own] = root = place.own
        path.append(place.own)
        known = next((ref for ref in place.refs if ref in places and ref != place.own), None)
        if known is None:
            root = place.refs[0] if place.refs else place.own
            break
        place = places[known]
    roots.update(dict.fromkeys(path, root))
    return root


def _draft(root: str, refs: dict[str, list[str]], messages: dict[str, Message]) -> Draft:
    first = messages.get(root)
    subject = (first or next(iter(messages.values()))).subject
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
    for own, message in messages.items():
        draft.dropped.update(message.dropped)
        if message is first:
            continue
        parent = refs[own][-1] if refs[own] else None
        other = _RE.sub("", message.subject) != _RE.sub("", subject)
        draft.comments.append(
            Found(
                message.text,
                message.author,
                canonical_line(own, 300),
                parent if parent != root else None,
                posted=message.posted,
                words=message.words,
                title=message.subject if other else None,
            )
        )
    return draft
