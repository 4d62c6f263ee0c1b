"""Reading documents back from the index."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any

from corpus.index.records import (
    DamagedError,
    checksum,
    head_sum,
    passage_id,
    passage_sum,
    unpack_comment,
    unpack_head,
    unpack_mentions,
)
from corpus.index.schema import path_text
from corpus.model import Comment, Document, Mention

BLOCK = 100
"""Comments fetched at a time."""
_NOT_FETCHED = ("", "")
"""Compared by identity: what a block has for a comment whose row was not read."""

Query = Callable[[str, Sequence[Any]], list[Any]]
Recover = Callable[[int], Comment]


def open_document(query: Query, key: int, recover: Recover | None = None) -> Document:
    """Return a document, its comments fetched as they are asked for.

    Args:
        query: runs one statement and returns its rows.
        key: the document's row.
        recover: returns the comment at an index whose row is damaged or gone; without it DamagedError is raised.

    Raises KeyError for an unknown key, DamagedError when the head or a paragraph does not hold what was written.
    """
    rows = query(
        "SELECT document, head, outline, head.sum, paragraphs, path FROM head JOIN doc ON key = doc"
        " JOIN capture ON capture.id = doc.capture WHERE doc = ?",
        (key,),
    )
    if not rows:
        raise KeyError(key)
    document, head, outline, total, paragraphs, path = rows[0]
    if head_sum(document, paragraphs, head, outline) != total:
        raise DamagedError
    texts = _passages(query, key, 1, paragraphs, document)
    if len(texts) != paragraphs or None in texts:
        raise DamagedError
    comments = _Comments(query, key, 1 + paragraphs, document, recover)
    found = unpack_head(head, outline, path_text(path), [pair for pair in texts if pair], comments.load)
    if found.id != document:
        # the head of another document
        raise DamagedError
    return found


def _passages(query: Query, key: int, number: int, count: int, document: str) -> list[tuple[str, str] | None]:
    """Return (text, rest) of consecutive passages; None for a damaged one, nothing beyond the last."""
    first = passage_id(key, number)
    rows = query(
        "SELECT id, text, rest, sum FROM passage WHERE id BETWEEN ? AND ? ORDER BY id", (first, first + count - 1)
    )
    found: dict[int, tuple[str, str] | None] = {
        identity: (text, rest) if passage_sum(document, identity - first + number, text, rest) == total else None
        for identity, text, rest, total in rows
    }
    return [found.get(identity) for identity in range(first, max(found, default=first - 1) + 1)]


class _Comments:
    """Fetches blocks of comments and decodes each when it is asked for."""

    def __init__(self, query: Query, key: int, first: int, document: str, recover: Recover | None) -> None:
        self._query, self._key, self._first = query, key, first
        self._document, self._recover = document, recover
        self._rows: dict[int, tuple[str, str] | None] = {}

    def load(self, index: int) -> Comment:
        """Return a comment. Several threads may ask for the same one: what one has taken the other fetches again."""
        row = self._rows.pop(index, _NOT_FETCHED)
        if row is _NOT_FETCHED:
            start = index - index % BLOCK
            passages = _passages(self._query, self._key, self._first + start, BLOCK, self._document)
            block = dict(enumerate(passages, start))
            row = block.pop(index, None)
            self._rows.update(block)
        if row is not None:
            return unpack_comment(*row, index)
        if self._recover is None:
            raise DamagedError
        return self._recover(index)


def load_mentions(query: Query, key: int, types: Collection[str] = ()) -> tuple[Mention, ...]:
    """Return what was recognised in a document, of these types if any are given. Raises DamagedError.

    Nothing is returned where the document was not looked through yet.
    """
    rows = query("SELECT found, mentions.sum, document FROM mentions JOIN doc ON key = doc WHERE doc = ?", (key,))
    if not rows:
        return ()
    found, total, document = rows[0]
    if checksum(document, found) != total:
        raise DamagedError
    return unpack_mentions(found, document, types)
