"""A document as its newest capture has it, with the comments that only earlier captures still hold."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from itertools import pairwise
from typing import NamedTuple

from corpus.comments import Comments
from corpus.index.loading import Query, Recover, open_document
from corpus.index.schema import PASSAGE_BITS
from corpus.index.versions import NEWEST_FIRST, OF_WORK
from corpus.model import Comment, Document, Evidence, Quotation, Span

GONE = "gone"
"""`Comment.state` of a comment that the newest capture no longer has; `Comment.extra["gone"]` tells more."""
EMPTIED = ("deleted", "missing", "stub")
"""Kinds of comments of which only the place is left."""


class Kept(NamedTuple):
    """A comment of an earlier capture: its place in `document`, and the times that bound its life."""

    document: Document
    place: int
    gone_in: str
    last_seen: str


def gone_in(comment: Comment) -> str | None:
    """Return when the first capture without this comment was saved (ISO 8601); None for one that is still there."""
    facts = comment.extra.get("gone")
    return str(facts.get("in") or "") if comment.state == GONE and isinstance(facts, Mapping) else None


def load_union(connection: sqlite3.Connection, key: int) -> Document:
    """Return the document over one connection. Raises KeyError, DamagedError or sqlite3.Error."""
    return open_union(lambda statement, values: connection.execute(statement, values).fetchall(), key)


def open_union(query: Query, key: int, recover: Callable[[int], Recover] | None = None) -> Document:
    """Return a document with the comments that are gone from it after its own; each tells the capture that lacks it.

    A comment that is deleted in the newest capture, and that an earlier one has, is shown as it was.

    Args:
        query: runs one statement and returns its rows.
        key: the row of the newest capture.
        recover: returns, for a row, what `open_document` takes.

    Raises KeyError for an unknown key, DamagedError when rows do not hold what was written.
    """

    def opened(row: int) -> Document:
        return open_document(query, row, recover(row) if recover else None)

    newest = opened(key)
    captures = _captures(query, key)
    if len(captures) < 2:
        return newest
    outline = list(newest.comments.outline)
    places = {entry[0]: at for at, entry in enumerate(outline)}
    empty = _emptied(query, key, newest)
    kept: dict[int, Kept] = {}
    for (_, before), (row, saved) in pairwise(captures):
        document = opened(row)
        bare = _emptied(query, row, document) if empty else ()
        for at, entry in enumerate(document.comments.outline):
            identity = entry[0]
            if identity not in places:
                places[identity] = len(outline)
                outline.append(entry)
            elif identity in empty and identity not in bare:
                empty.discard(identity)
            else:
                continue
            kept[places[identity]] = Kept(document, at, before, saved)
    if not kept:
        return newest
    return replace(newest, comments=Comments(outline=outline, load=partial(_load, newest, kept)))


def _captures(query: Query, key: int) -> list[tuple[int, str]]:
    """Return row and time of saving of the captures of a work up to the one at `key`, the newest first."""
    rows = query("SELECT coalesce(work, document) FROM doc WHERE key = ?", (key,))
    if not rows:
        return []
    work = rows[0][0]
    found = query(f"SELECT key, newness FROM doc WHERE {OF_WORK} ORDER BY {NEWEST_FIRST}", (work, work))
    at = next((at for at, row in enumerate(found) if row[0] == key), 0)
    return [(row[0], row[1]) for row in found[at:]]


def _emptied(query: Query, key: int, document: Document) -> set[str]:
    """Return the comments of a capture of which only the place is left."""
    outline = document.comments.outline
    first = (key << PASSAGE_BITS) + 1 + len(document.paragraphs)
    marks = " OR ".join("rest LIKE ?" for _ in EMPTIED)
    rows = query(
        f"SELECT id FROM passage WHERE id BETWEEN ? AND ? AND ({marks})",
        (first, first + len(outline) - 1, *(f'%"kind":"{kind}"%' for kind in EMPTIED)),
    )
    return {outline[row[0] - first][0] for row in rows}


def _load(newest: Document, kept: Mapping[int, Kept], at: int) -> Comment:
    """Return the comment at an index of the union."""
    found = kept.get(at)
    if found is None:
        return newest.comments[at]
    comment = found.document.comments[found.place]
    if not found.document.paragraphs:
        # comments that were kept in a file of their own are not gone from the page
        return replace(comment, seq=at)
    facts = {"in": found.gone_in, "last": found.last_seen, "version": found.document.version}
    moved = partial(_moved, found.document, newest, comment.id)
    reply = comment.reply
    return replace(
        comment,
        seq=at,
        state=GONE,
        extra={**comment.extra, "gone": facts},
        reply=reply
        and reply._replace(
            evidence=tuple(Evidence(item.kind, item.span and moved(item.span)) for item in reply.evidence)
        ),
        links=tuple(link._replace(span=link.span and moved(link.span)) for link in comment.links),
        quotes=tuple(
            Quotation(span, of) for item in comment.quotes if (span := moved(item.span)) and (of := moved(item.of))
        ),
    )


def _moved(earlier: Document, newest: Document, own: str, span: Span) -> Span | None:
    """Return a span of an earlier capture in the newest one; None where the text that it lies in is another now."""
    same = span._replace(document=newest.id)
    if span.comment == own:
        return same
    try:
        return same if newest.text(*span.key) == earlier.text(*span.key) else None
    except KeyError:
        # the text is gone as well, and stays as it was
        return same
