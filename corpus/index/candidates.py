"""Passages that the index returns for a question, newest first, and their texts."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from corpus.fuzzy import StoppedError
from corpus.index.records import SUMMED, checksum, row_sum
from corpus.index.schema import PASSAGE_BITS

BLOCK = 200
"""Passages whose texts are fetched at a time."""

_LOAD = f"""
SELECT s.value, d.key, s.value - d.base, p.text, p.rest, p.sum, d.sum, {", ".join(f"d.{name}" for name in SUMMED)}
FROM json_each(?) s
JOIN doc d ON d.key = (SELECT key FROM doc WHERE base <= s.value ORDER BY base DESC LIMIT 1)
JOIN passage p ON p.id = (d.key << {PASSAGE_BITS}) + s.value - d.base
"""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A passage: the title (number 0), a paragraph, or a comment of a document."""

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

    @property
    def is_comment(self) -> bool:
        """Whether the passage is a comment."""
        return self.number > self.paragraphs

    def facts(self) -> tuple[str | None, str | None, str | None]:
        """Return id, author and title of a comment."""
        record = json.loads(self.rest)
        return record.get("id"), record.get("author"), record.get("title")


class Candidates:
    """Questions to the index over one connection. Every method may raise sqlite3.Error."""

    def __init__(self, connection: sqlite3.Connection, stop: Callable[[], bool]) -> None:
        """Ask over `connection`; `stop` is asked between blocks. `damaged` tells that passages were left out."""
        self._connection, self._stop = connection, stop
        self.damaged = False

    def find(self, question: str, limit: int) -> list[int]:
        """Return search ids of at most `limit` passages, newest first."""
        segments = self._connection.execute(
            "SELECT first, last, oldest, newest, sorted FROM segment ORDER BY newest DESC, first DESC"
        ).fetchall()
        if len(segments) == 1 and segments[0][4]:
            return self._in_segment(question, segments[0], limit)
        found: list[tuple[str, int]] = []
        for segment in segments:
            if len(found) >= limit and segment[3] < found[limit - 1][0]:
                break
            ids = self._in_segment(question, segment, limit)
            found += zip(self._dates(ids), ids, strict=True)
            # a stable sort keeps the order within a document
            found.sort(key=lambda item: item[0], reverse=True)
        return [identity for _, identity in found[:limit]]

    def _in_segment(self, question: str, segment: tuple[int, int, str, str, int], limit: int) -> list[int]:
        first, last, *_, is_sorted = segment
        rows = self._connection.execute(
            "SELECT rowid FROM search WHERE search MATCH ? AND rowid BETWEEN ? AND ? ORDER BY rowid DESC LIMIT ?",
            (question, first, last, limit if is_sorted else -1),
        )
        return [row[0] for row in rows]

    def _dates(self, ids: Sequence[int]) -> list[str]:
        rows = self._connection.execute(
            "SELECT (SELECT date FROM doc WHERE base <= s.value ORDER BY base DESC LIMIT 1) FROM json_each(?) s",
            (json.dumps(ids),),
        )
        return [row[0] for row in rows]

    def find_any(self, question: str, limit: int) -> list[int]:
        """Return search ids of at most `limit` passages for the caller to rank, the latest read first."""
        rows = self._connection.execute(
            "SELECT rowid FROM search WHERE search MATCH ? ORDER BY rowid DESC LIMIT ?", (question, limit)
        )
        return [row[0] for row in rows]

    def count(self, question: str, most: int) -> int:
        """Return how many passages there are, at most `most`."""
        row = self._connection.execute(
            "SELECT count(*) FROM (SELECT 1 FROM search WHERE search MATCH ? LIMIT ?)", (question, most)
        ).fetchone()
        return int(row[0])

    def load(self, ids: Sequence[int]) -> Iterator[Candidate]:
        """Yield the passages in the order of `ids`, damaged ones left out. Raises StoppedError."""
        for at in range(0, len(ids), BLOCK):
            if self._stop():
                raise StoppedError
            for row in self._connection.execute(_LOAD, (json.dumps(ids[at : at + BLOCK]),)).fetchall():
                identity, key, number, text, rest, text_sum, doc_sum, *facts = row
                if checksum(text, rest) == text_sum and row_sum(facts) == doc_sum:
                    yield Candidate(identity, key, number, text, rest, *facts[:6])
                else:
                    self.damaged = True

    def place(self, candidate: Candidate) -> int:
        """Return where a paragraph begins in the body."""
        first = (candidate.key << PASSAGE_BITS) + 1
        row = self._connection.execute(
            "SELECT coalesce(sum(length(text) + 2), 0) FROM passage WHERE id BETWEEN ? AND ?",
            (first, first + candidate.number - 2),
        ).fetchone()
        return int(row[0])
