"""Making documents searchable while others are still being read, stretch by stretch in the order of their dates."""

from __future__ import annotations

from collections import deque

from corpus.index import vocabulary
from corpus.index.preparing import Prepared
from corpus.index.work import Work
from corpus.index.writing import index_documents

DOCUMENTS_A_BATCH = 100
PASSAGES_A_BATCH = 4000
FIRST_STRETCH, LONGEST_STRETCH = 500, 20_000
"""Documents that become searchable together: few at first, so that something is found soon."""
TERMS_HELD = 64_000_000
"""Bytes of terms kept in memory; those of other documents are made again from the texts."""
COMPACTED = 1000
"""After so many documents the list of words is written anew, which makes it small."""

_UNSEARCHED = """
SELECT key, date, 1 + paragraphs + comments FROM doc
WHERE base IS NULL AND document IS NOT NULL ORDER BY date, key
"""


class Indexing:
    """Puts documents into the index of words."""

    def __init__(self, work: Work) -> None:
        """Index for the refresh at hand."""
        self._work = work
        self._terms: dict[int, bytes] = {}
        self._held = 0
        self._queue: deque[tuple[int, str, int]] = deque()
        self._waiting = self._indexed = 0
        self._stretch = FIRST_STRETCH

    def written(self, key: int, prepared: Prepared) -> None:
        """Note a document that was written; what was written before becomes searchable in the meantime."""
        if self._held + len(prepared.terms) <= TERMS_HELD:
            self._terms[key] = prepared.terms
            self._held += len(prepared.terms)
        self._waiting += 1
        if self._waiting >= self._stretch and not self._queue:
            self._work.commit()
            self._fill()
            self._stretch = min(2 * self._stretch, LONGEST_STRETCH)
        if self._queue and self._waiting % DOCUMENTS_A_BATCH == 0:
            self._index_some()

    def finish(self) -> None:
        """Make everything searchable that is not yet."""
        self._drain()
        self._fill()
        self._drain()
        if self._indexed >= COMPACTED:
            self._work.begin()
            vocabulary.compact(self._work.connection)
            self._work.commit()

    def _fill(self) -> None:
        """Queue what is not searchable by now."""
        self._queue.extend(self._work.connection.execute(_UNSEARCHED))
        self._waiting = 0

    def _drain(self) -> None:
        work = self._work
        work.commit()
        work.start("indexing", len(self._queue))
        while self._queue:
            work.done += self._index_some()
            work.commit()
            work.check()

    def _index_some(self) -> int:
        batch: list[tuple[int, str]] = []
        passages = 0
        while self._queue and len(batch) < 2 * DOCUMENTS_A_BATCH:
            if batch and passages + self._queue[0][2] > 2 * PASSAGES_A_BATCH:
                break
            key, date, count = self._queue.popleft()
            batch.append((key, date))
            passages += count
        self._held -= sum(len(self._terms.get(key, b"")) for key, _ in batch)
        self._work.begin()
        index_documents(self._work.connection, batch, self._terms)
        self._indexed += len(batch)
        return len(batch)
