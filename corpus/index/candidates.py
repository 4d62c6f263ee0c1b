"""Passages that the index returns for a question, newest first, and their texts."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from operator import itemgetter

from corpus.fuzzy import StoppedError
from corpus.index.passages import Candidate, paragraph_start
from corpus.index.places import Places
from corpus.index.records import SUMMED, passage_sum, row_sum
from corpus.index.schema import PASSAGE_BITS
from corpus.index.scopes import VERY_FEW, Scope, Sieve

BLOCK, LOADED = 200, 60
"""Passages whose texts are fetched at a time; those that are fetched with their documents, of which few are needed."""
SCANNED = 100_000
"""Search ids looked at for those that lie in documents which are wanted."""
TOLD = 30_000
"""After so many it is told by how close they lie whether the rest can be looked at."""
ASKED_AT_ONCE = 300
"""Where there are no more passages than this, one question gets them all."""
SOME = 8
"""Passages of one stretch that are asked for at first."""
SPARSER = 2
"""Where they lie so much sparser than elsewhere a stretch is read from its other end."""
SIFTED, GROWING = 500, 8
"""Ids of the first block of which those in the scope are taken; each block is so many times the one before."""
HIGHEST_FIRST = "ORDER BY rowid DESC"
FEW = 600
"""So many documents are asked for one by one where what was scanned did not reach them."""

_FIND = "SELECT rowid FROM search WHERE search MATCH ? AND rowid BETWEEN ? AND ?"
_LOAD = f"""
SELECT s.value, p.id >> {PASSAGE_BITS}, p.id & {(1 << PASSAGE_BITS) - 1}, d.base, d.shown, p.text, p.rest, p.sum, d.sum,
{", ".join(f"d.{name}" for name in SUMMED)}
FROM json_each(?) s JOIN passage p ON p.id = s.value JOIN doc d ON d.key = p.id >> {PASSAGE_BITS}
"""


class Candidates:
    """Questions to the index over one connection. Every method may raise sqlite3.Error."""

    def __init__(
        self, connection: sqlite3.Connection, stop: Callable[[], bool], places: Places, scope: Scope | None = None
    ) -> None:
        """Ask over `connection` within `scope`; `stop` ends the loading of texts."""
        self._connection, self._stop = connection, stop
        self.places, self.scope = places, scope or Scope()
        self.sieve = Sieve(places, self.scope)
        self.damaged = False
        self._asked: dict[str, tuple[list[int], bool]] = {}
        self.is_cut = False
        """Whether the end of the index was not reached where it was asked for all."""

    def find(self, question: str, limit: int) -> list[int]:
        """Return search ids of at most `limit` passages, newest first."""
        segments = self._connection.execute(
            "SELECT first, last, oldest, newest, sorted FROM segment ORDER BY newest DESC, first DESC"
        ).fetchall()
        if self.sieve.is_narrow and not (known := self._known(question))[1]:
            return self._newest(known[0][::-1])[:limit]
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
        there = looked = 0
        for segment in segments:
            ids = self._in_segment(question, segment, few, looked / there if there else 0.0)
            there += len(ids)
            looked += segment[1] - (ids[-1] if segment[4] and len(ids) == few else segment[0]) + 1
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

    def _in_segment(
        self, question: str, segment: tuple[int, int, str, str, int], limit: int, apart: float = 0.0
    ) -> list[int]:
        """Return the newest ids of a stretch, or all where it is not sorted; they are `apart` elsewhere, if that is known."""
        first, last, *_, is_sorted = segment
        if is_sorted and apart and 2 * last < self.last and self.scope.is_everywhere:
            # SQLite seeks from one end of a list, and the lower one is nearer
            low = max(first, last - int(SPARSER * limit * apart))
            ids = self._ids(question, low, last, -1, "")
            if low == first or len(ids) >= limit:
                return ids[: -limit - 1 : -1]
        return self._ids(question, first, last, limit if is_sorted else -1)

    def _ids(self, question: str, first: int, last: int, limit: int, order: str = HIGHEST_FIRST) -> list[int]:
        """Return ids in a stretch, the highest first unless `order` is empty, that lie in the scope."""
        scope = self.scope
        few = len(scope.allowed) if scope.allowed is not None else SCANNED
        if few <= VERY_FEW:
            return self._one_by_one(question, first, last, limit)
        if scope.is_everywhere:
            rows = self._connection.execute(f"{_FIND} {order} LIMIT ?", (self._scoped(question), first, last, limit))
            return [row[0] for row in rows]
        found: list[int] = []
        looked, most = 0, max(limit, SCANNED)
        for block, _ in self._blocks(question, first, last, order, most):
            looked += len(block)
            found += self.sieve.sift(block)
            if 0 <= limit <= len(found):
                return found[:limit]
        if looked >= most and few <= FEW:
            return self._one_by_one(question, first, last, limit)
        self.is_cut |= looked >= most
        return found

    def _blocks(self, question: str, first: int, last: int, order: str, most: int) -> Iterator[tuple[list[int], bool]]:
        """Yield ids in a stretch block by block, wherever they lie, until they end or are `most` together.

        With each block goes whether it is the end of them.
        """
        asked, size = self._scoped(question), SIFTED
        # one text for a block is read in half the time of its rows
        statement = f"SELECT json_group_array(rowid) FROM ({_FIND} {order} LIMIT ?)"
        while most > 0:
            size = min(size, most)
            block = json.loads(self._connection.execute(statement, (asked, first, last, size)).fetchone()[0])
            is_end = len(block) < size
            yield block, is_end
            if is_end:
                return
            first, last = (first, block[-1] - 1) if order else (block[-1] + 1, last)
            most -= size
            size *= GROWING

    def _one_by_one(self, question: str, first: int, last: int, limit: int) -> list[int]:
        found: list[int] = []
        asked = self._scoped(question)
        for at in reversed(self.sieve.allowed or ()):
            ids = self.places.ids(at)
            low, high = max(first, ids[0]), min(last, ids[-1])
            if low <= high:
                # a stretch is found in less time from its lower end
                rows = self._connection.execute(_FIND, (asked, low, high))
                found += self.sieve.sift([row[0] for row in rows])[::-1]
            if 0 <= limit <= len(found):
                return found[:limit]
        return found

    def _scoped(self, question: str) -> str:
        asked = " AND ".join(filter(None, (question, *self.scope.require)))
        return f"({asked}) NOT ({' OR '.join(self.scope.exclude)})" if self.scope.exclude else asked

    def _known(self, question: str) -> tuple[list[int], bool]:
        """Return all ids in the scope, in order, and whether these are not all after all."""
        if question not in self._asked:
            found, looked, last, is_cut = [], 0, 0, False
            for block, is_end in self._blocks(question, 0, self.last, "", SCANNED):
                found += self.sieve.sift(block)
                looked += len(block)
                last = block[-1] if block else last
                # they may lie so close to each other that there are most likely too many
                is_many = looked >= SCANNED or (looked > TOLD and looked * self.last > SCANNED * last)
                is_cut = is_many and not is_end
                if is_cut:
                    break
            if is_cut and self.sieve.allowed is not None and len(self.sieve.allowed) <= FEW:
                found += self._one_by_one(question, last + 1, self.last, -1)[::-1]
                is_cut = False
            self._asked[question] = found, is_cut
        return self._asked[question]

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
        if self.sieve.is_narrow:
            found, is_cut = self._known(question)
            self.is_cut |= is_cut
            return min(len(found), most)
        if not self.scope.is_everywhere:
            return len(self._ids(question, 0, self.last, most, ""))
        row = self._connection.execute(
            "SELECT count(*) FROM (SELECT 1 FROM search WHERE search MATCH ? LIMIT ?)", (self._scoped(question), most)
        ).fetchone()
        return int(row[0])

    def not_excluded(self, ids: Sequence[int]) -> Iterator[Sequence[int]]:
        """Yield blocks of the passages, without those that the scope excludes."""
        excluded = " OR ".join(self.scope.exclude)
        for at in range(0, len(ids), BLOCK):
            block = ids[at : at + BLOCK]
            if excluded:
                there = {row[0] for row in self._connection.execute(_FIND, (excluded, min(block), max(block)))}
                block = [identity for identity in block if identity not in there]
            yield block

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
                # a list that is gone through is quicker than one that is looked into
                f"SELECT passage.id, {text} FROM json_each(?) s CROSS JOIN passage ON passage.id = s.value",
                (json.dumps(list(of_row)),),
            ).fetchall()
            sound = [row for row in rows if isinstance(row[1], str)]
            yield [of_row[row[0]] for row in sound], [row[1] for row in sound]

    def load(self, ids: Sequence[int]) -> Iterator[Candidate]:
        """Yield the passages in the order of `ids`, damaged ones left out. Raises StoppedError."""
        for at in range(0, len(ids), LOADED):
            if self._stop():
                raise StoppedError
            block = ids[at : at + LOADED]
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
