"""Comments as a source states them, made into those of a document: ids, dates in one order, parents that exist."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from corpus.identity import CommentIds, document_id
from corpus.model import (
    PARAGRAPH_BREAK,
    Capture,
    Comment,
    Document,
    Link,
    Part,
    Span,
    StatedCount,
    Votes,
    make_document,
)
from corpus.read.graph import settle_parents
from corpus.read.stamp_finder import find_stamp
from corpus.read.stamps import Order, Stamp, settle
from corpus.selfcheck import compare
from corpus.text import canonical, canonical_line
from corpus.threads import relate
from corpus.times import iso

Links = list[tuple[int, int, str]]
"""Start, end and address of each link in a text."""


@dataclass(slots=True)
class Found:
    """A comment as its source states it.

    `own` is the source's id and `parent` that of the comment it answers; `above` is the place of its parent
    instead, where structure and no id states it. `posted` is ISO 8601 where the source has it so, `words` the
    time as shown. Texts are canonical.
    """

    text: str = ""
    author: str | None = None
    own: str | None = None
    parent: str | None = None
    above: int | None = None
    posted: str | None = None
    words: str | None = None
    title: str | None = None
    url: str | None = None
    votes: Votes | None = None
    kind: str = "comment"
    state: str | None = None
    links: Links = field(default_factory=list)
    extra: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Draft:
    """A document on its way: what a source states of an article, and its comments."""

    title: str = ""
    paragraphs: list[tuple[str, str]] = field(default_factory=list)
    links: Links = field(default_factory=list)
    comments: list[Found] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    dropped: Counter[str] = field(default_factory=Counter)
    facts: dict[str, Any] = field(default_factory=dict)


@lru_cache(maxsize=512)
def stamp_of(line: str) -> Stamp | None:
    """Return the date in a short line; the comments of a page share many."""
    return find_stamp(line)


def finish(draft: Draft, capture: Capture) -> Document:
    """Return the document of a draft, its replies worked out."""
    body = PARAGRAPH_BREAK.join(text for text, _ in draft.paragraphs)
    name = document_id(draft.facts.get("url"), draft.title, body)
    comments = make_comments(draft.comments, name, draft.problems, capture.saved if capture.saved_is_known else None)
    count = draft.facts.get("stated_comment_count")
    checked = compare(count, comments) if isinstance(count, StatedCount) and comments else None
    if checked and not checked.agrees:
        draft.problems.append(checked.problem)
    document = make_document(
        draft.title,
        draft.paragraphs,
        comments,
        links=_placed(draft.links, name, "body", None, body),
        dropped=tuple({"what": what, "count": number} for what, number in draft.dropped.items() if number),
        problems=tuple(dict.fromkeys(draft.problems)),
        capture=capture,
        **draft.facts,
    )
    return relate(document)


def make_comments(
    found: Sequence[Found], document: str, problems: list[str], saved: str | None = None
) -> list[Comment]:
    """Return comments with ids, times and parents.

    Args:
        found: in the order of the capture.
        document: the document's id, for the spans of links.
        problems: receives a sentence for what is uncertain.
        saved: when the capture was made, ISO 8601, where that is certain; settles "2 days ago".
    """
    ids = CommentIds()
    stamps = [stamp for item in found if item.words and not item.posted and (stamp := stamp_of(item.words))]
    order = settle(stamps, (item.text for item in found))
    times = [_posted(item, order, saved) for item in found]
    names = [ids.next(item.own, item.author, when, item.text) for item, (_, when) in zip(found, times, strict=True)]
    places = settle_parents(names, _stated_parents(found, names), problems)
    # made once each, since a comment is costly to change
    return [
        Comment(
            names[seq],
            seq,
            item.text,
            item.author,
            times[seq][0],
            item.words or times[seq][0],
            item.title,
            item.kind,
            item.url,
            item.votes,
            item.state,
            places.parents[seq],
            places.depths[seq],
            links=_placed(item.links, document, "comment", names[seq], item.text) if item.links else (),
            extra=item.extra,
        )
        for seq, item in enumerate(found)
    ]


def _stated_parents(found: Sequence[Found], names: Sequence[str]) -> list[str | None]:
    """Return the id of the parent that each comment's source states, by its place or by the source's own id."""
    by_own: dict[str, str] = {}
    for item, name in zip(found, names, strict=True):
        if item.own:
            by_own.setdefault(item.own, name)
    stated: list[str | None] = []
    for seq, item in enumerate(found):
        if item.above is not None and 0 <= item.above < len(found) and item.above != seq:
            stated.append(names[item.above])
        else:
            stated.append(by_own.get(item.parent, item.parent) if item.parent else None)
    return stated


def _posted(item: Found, order: Order | None, saved: str | None) -> tuple[str | None, str | None]:
    """Return when a comment was written, and the words by which it is told from others."""
    posted, words = item.posted, item.words
    stamp = stamp_of(words) if words and not posted else None
    # the words as written, since what they are read as depends on the rest; "2 days ago" changes daily
    when = posted or (words if stamp and stamp.style != "relative" else None)
    if posted is None and stamp is not None:
        posted = stamp.iso(order) or (stamp.settled(saved) if saved else None)
    return posted, when


def _placed(
    links: Iterable[tuple[int, int, str]], document: str, part: Part, comment: str | None, text: str
) -> tuple[Link, ...]:
    return tuple(
        Link(
            Span(document, part, comment, start, end) if 0 <= start < end <= len(text) else None,
            canonical_line(address, 4000),
        )
        for start, end, address in links
        if address
    )


def zoned(machine: str | None, words: str | None) -> str | None:
    """Return a machine's time on the clock that the page shows it by.

    A page that says 14:40 UTC in its markup and 16:40 to its readers states its zone by both: +02:00.
    """
    from corpus.times import instant

    if not machine or not words or not machine.endswith(("Z", "+00:00")):
        return machine
    stamp = stamp_of(words)
    shown = stamp.iso(None) if stamp and stamp.clock and not stamp.zone else None
    if not shown:
        return machine
    moment, local = instant(machine), instant(shown)
    if not moment or not local:
        return machine
    minutes = round((local[0] - moment[0].replace(second=0, microsecond=0)).total_seconds() / 60)
    if not minutes or abs(minutes) > 14 * 60 or minutes % 15:
        return machine
    from datetime import timedelta

    ahead = moment[0] + timedelta(minutes=minutes)
    clock = ahead.strftime("%Y-%m-%dT%H:%M:%S" if len(machine.rstrip("Z").split("+")[0]) > 16 else "%Y-%m-%dT%H:%M")
    return iso(f"{clock}{'+' if minutes > 0 else '-'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}")


def plain_paragraphs(text: str) -> list[tuple[str, str]]:
    """Return paragraphs of a text whose empty lines part them."""
    from corpus.text import canonical_paragraphs

    return [(part, "paragraph") for part in canonical_paragraphs(canonical(text)).split("\n\n") if part.strip()]
