"""Passages that the index returns for a question, newest first, and their texts."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter

from corpus.fuzzy import StoppedError
from corpus.index.places import Places
from corpus.index.records import SUMMED, passage_sum, row_sum
from corpus.index.schema import PASSAGE_BITS

BLOCK = 200
"""Passages whose texts are fetched at a time."""
SCANNED = 100_000
"""Search ids looked at for those that lie in documents which are wanted."""
ASKED_AT_ONCE = 300
"""Where there are no more passages than this, one question gets them all."""
SOME = 8
"""Passages of one stretch that are asked for at first."""
SIFTED = 500
HIGHEST_FIRST = "ORDER BY rowid DESC"
VERY_FEW, FEW = 20, 600
"""So many documents are asked for one by one: at once, or where what was scanned did not reach them."""

_LOAD = f"""
SELECT s.value, p.id >> {PASSAGE_BITS}, p.id & {(1 << PASSAGE_BITS) - 1}, d.base, d.shown, p.text, p.rest, p.sum, d.sum,
{", ".join(f"d.{name}" for name in SUMMED)}
FROM json_each(?) s JOIN passage p ON p.id = s.value JOIN doc d ON d.key = p.id >> {PASSAGE_BITS}
"""


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


@dataclass(frozen=True)
class Scope:
    """Where to look: what the fields of a query mean to the index.

    `require` and `exclude` are expressions of the index; `allowed` and `banned` are positions in `Places`;
    `parts` are those of title, article and comment that are wanted.
    """

    require: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    allowed: frozenset[int] | None = None
    banned: frozenset[int] = frozenset()
    parts: frozenset[str] | None = None

    @property
    def is_everywhere(self) -> bool:
        """Whether the index alone answers, without a look at which document an id belongs to."""
        return self.allowed is None and not self.banned and self.parts is None


class Candidates:
    """Questions to the index over one connection. Every method may raise sqlite3.Error."""

    def __init__(
        self, connection: sqlite3.Connection, stop: Callable[[], bool], places: Places, scope: Scope | None = None
    ) -> None:
        """Ask over `connection` within `scope`; `stop` ends the loading of texts."""
        self._connection, self._stop = connection, stop
        self.places, self.scope = places, scope or Scope()
        self.damaged = False

    def find(self, question: str, limit: int) -> list[int]:
        """Return search ids of at most `limit` passages, newest first."""
        segments = self._connection.execute(
            "SELECT first, last, oldest, newest, sorted FROM segment ORDER BY newest DESC, first DESC"
        ).fetchall()
        if len(segments) == 1 and segments[0][4]:
            return self._in_segment(question, segments[0], limit)
        every = self._ids(question, 0, self.last, ASKED_AT_ONCE, "")
        if len(every) < ASKED_AT_ONCE:
            return self._newest(every)[:limit]
        return self._merged(question, segments, limit)

    def _merged(self, question: str, segments: Sequence[tuple[int, int, str, str, int]], limit: int) -> list[int]:
        """Return the newest of several stretches; few are asked for first, since each has some of the newest."""
        few = min(limit, max(SOME, 2 * limit // len(segments)))
        found: list[tuple[str, int]] = []
        cut: list[tuple[str, tuple[int, int, str, str, int]]] = []
        for segment in segments:
            ids = self._in_segment(question, segment, few)
            dates = self.places.dates_of(ids)
            found += zip(dates, ids, strict=True)
            if segment[4] and len(ids) == few < limit:
                cut.append((dates[-1], segment))
        # a stable sort keeps the order within a document
        found.sort(key=itemgetter(0), reverse=True)
        oldest = found[limit - 1][0] if len(found) >= limit else ""
        for date, segment in cut:
            if date >= oldest:
                ids = self._in_segment(question, segment, limit)[few:]
                found += zip(self.places.dates_of(ids), ids, strict=True)
        found.sort(key=itemgetter(0), reverse=True)
        return [identity for _, identity in found[:limit]]

    def _newest(self, ids: Sequence[int]) -> list[int]:
        """Return search ids by date, the newest first; within a document they stay in order."""
        dates = dict(zip(ids, self.places.dates_of(ids), strict=True))
        return sorted(ids, key=dates.__getitem__, reverse=True)

    def _in_segment(self, question: str, segment: tuple[int, int, str, str, int], limit: int) -> list[int]:
        first, last, *_, is_sorted = segment
        return self._ids(question, first, last, limit if is_sorted else -1)

    def _ids(self, question: str, first: int, last: int, limit: int, order: str = HIGHEST_FIRST) -> list[int]:
        """Return ids in a stretch, the highest first unless `order` is empty, that lie in the scope."""
        scope = self.scope
        few = len(scope.allowed) if scope.allowed is not None else SCANNED
        if few <= VERY_FEW:
            return self._one_by_one(question, first, last, limit)
        rows = self._connection.execute(
            f"SELECT rowid FROM search WHERE search MATCH ? AND rowid BETWEEN ? AND ? {order} LIMIT ?",
            (self._scoped(question), first, last, limit if scope.is_everywhere else max(limit, SCANNED)),
        )
        if scope.is_everywhere:
            return [row[0] for row in rows]
        found: list[int] = []
        looked = 0
        while block := rows.fetchmany(SIFTED):
            looked += len(block)
            found += self._sift([row[0] for row in block])
            if 0 <= limit <= len(found):
                return found[:limit]
        if looked >= SCANNED and few <= FEW:
            return self._one_by_one(question, first, last, limit)
        return found

    def _one_by_one(self, question: str, first: int, last: int, limit: int) -> list[int]:
        found: list[int] = []
        asked = self._scoped(question)
        for at in sorted(self.scope.allowed or (), reverse=True):
            ids = self.places.ids(at)
            if not first <= ids[0] <= last or at in self.scope.banned:
                continue
            rows = self._connection.execute(
                "SELECT rowid FROM search WHERE search MATCH ? AND rowid BETWEEN ? AND ? ORDER BY rowid DESC",
                (asked, ids[0], ids[-1]),
            )
            found += [row[0] for row in rows if self.is_wanted(row[0])]
            if 0 <= limit <= len(found):
                return found[:limit]
        return found

    def _scoped(self, question: str) -> str:
        asked = " AND ".join(filter(None, (question, *self.scope.require)))
        return f"({asked}) NOT ({' OR '.join(self.scope.exclude)})" if self.scope.exclude else asked

    def is_wanted(self, identity: int) -> bool:
        """Tell whether a passage lies in the scope."""
        return bool(self._sift([identity]))

    def _sift(self, ids: Sequence[int]) -> list[int]:
        """Return the passages that lie in the scope."""
        banned, allowed, parts = self.scope.banned, self.scope.allowed, self.scope.parts
        bases, paragraphs = self.places.bases, self.places.paragraphs
        found = []
        for identity, at in zip(ids, self.places.at(ids), strict=True):
            if at in banned or (allowed is not None and at not in allowed):
                continue
            if parts is not None:
                number = identity - bases[at]
                if ("title" if number == 0 else "comment" if number > paragraphs[at] else "article") not in parts:
                    continue
            found.append(identity)
        return found

    def find_some(self, question: str, limit: int) -> list[int]:
        """Return search ids of at most `limit` passages, in no order."""
        return self._ids(question, 0, self.last, limit, "")

    def find_any(self, question: str, limit: int) -> list[int]:
        """Return search ids of at most `limit` passages for the caller to rank, the latest read first."""
        return self._ids(question, 0, self.last, limit)

    @property
    def last(self) -> int:
        """The highest search id."""
        return self.places.ids(len(self.places) - 1)[-1] if len(self.places) else 0

    def count(self, question: str, most: int) -> int:
        """Return how many passages there are, at most `most`."""
        if not self.scope.is_everywhere:
            return len(self._ids(question, 0, self.last, most))
        row = self._connection.execute(
            "SELECT count(*) FROM (SELECT 1 FROM search WHERE search MATCH ? LIMIT ?)", (self._scoped(question), most)
        ).fetchone()
        return int(row[0])

    def titles(self, ids: Iterable[int]) -> set[int]:
        """Return those of the passages that are titles."""
        return {identity for identity in ids if self.places.place(identity).number == 0}

    def texts(self, ids: Sequence[int], *, whole: bool = False) -> Iterator[tuple[list[int], list[str]]]:
        """Yield blocks of ids and texts, in the order of the rows; the texts are for ranking only and are not checked.

        Args:
            ids: the passages.
            whole: with what is known of a comment besides.
        """
        text = "text || ' ' || rest" if whole else "text"
        for at in range(0, len(ids), BLOCK):
            if self._stop():
                raise StoppedError
            of_row = dict(zip(self.places.rows(ids[at : at + BLOCK]), ids[at : at + BLOCK], strict=True))
            rows = self._connection.execute(
                f"SELECT id, {text} FROM passage WHERE id IN (SELECT value FROM json_each(?))",
                (json.dumps(list(of_row)),),
            ).fetchall()
            sound = [row for row in rows if isinstance(row[1], str)]
            yield [of_row[row[0]] for row in sound], [row[1] for row in sound]

    def load(self, ids: Sequence[int]) -> Iterator[Candidate]:
        """Yield the passages in the order of `ids`, damaged ones left out. Raises StoppedError."""
        for at in range(0, len(ids), BLOCK):
            if self._stop():
                raise StoppedError
            block = ids[at : at + BLOCK]
            of_row = dict(zip(self.places.rows(block), block, strict=True))
            rows = self._connection.execute(_LOAD, (json.dumps(list(of_row)),))
            for row, key, number, base, shown, text, rest, text_sum, doc_sum, *facts in rows.fetchall():
                if base is None or base + number != of_row[row]:
                    # a document that was read anew meanwhile
                    continue
                if passage_sum(facts[0], number, text, rest) == text_sum and row_sum(facts) == doc_sum:
                    # comments that were kept apart from their article stand under it
                    version = "" if shown or not facts[5] else facts[6]
                    found = (of_row[row], key, number, text, rest, *facts[:6], *facts[7:9], version)
                    yield Candidate(*found)
                else:
                    self.damaged = True

    def place(self, candidate: Candidate) -> int:
        """Return where a paragraph begins in the body, by the sound texts of those before it."""
        return paragraph_start(self._connection, candidate)


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
