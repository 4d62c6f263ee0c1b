"""A passage with what is known of its document, and where it stands in the article."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass

from corpus.index.records import passage_sum
from corpus.index.schema import PASSAGE_BITS


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage: the title (number 0), a paragraph, or a comment of a document.

    `version` tells the capture where that is not the newest one.
    """

    search_id: int
    key: int
    number: int
    text: str
    rest: str
    document: str
    title: str
    byline: str
    outlet: str
    date: str
    paragraphs: int
    published: str | None = None
    saved: str | None = None
    version: str = ""

    @property
    def is_comment(self) -> bool:
        """Whether the passage is a comment."""
        return self.number > self.paragraphs

    def facts(self) -> tuple[str | None, str | None, str | None]:
        """Return id, author and title of a comment."""
        record = json.loads(self.rest)
        return record.get("id"), record.get("author"), record.get("title")

    @property
    def time(self) -> str:
        """When the passage was written, as stated; empty where it is not."""
        stated = json.loads(self.rest).get("posted") if self.is_comment else self.published
        return stated or ""


def paragraph_start(connection: sqlite3.Connection, candidate: Candidate) -> int:
    """Return where a paragraph begins in the body. Raises sqlite3.DatabaseError where one before it is damaged."""
    first = (candidate.key << PASSAGE_BITS) + 1
    rows = connection.execute(
        "SELECT text, rest, sum FROM passage WHERE id BETWEEN ? AND ? ORDER BY id",
        (first, first + candidate.number - 2),
    ).fetchall()
    for number, (text, rest, total) in enumerate(rows, 1):
        if passage_sum(candidate.document, number, text, rest) != total:
            raise sqlite3.DatabaseError("a paragraph is damaged")
    if len(rows) != candidate.number - 1:
        raise sqlite3.DatabaseError("a paragraph is missing")
    return sum(len(text) + 2 for text, _, _ in rows)
