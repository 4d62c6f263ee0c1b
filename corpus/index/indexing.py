"""Making documents searchable while others are still being read, stretch by stretch in the order of their dates."""

from __future__ import annotations

from collections import deque

from corpus.index import vocabulary
from corpus.index.preparing import Prepared
from corpus.index.work import Work
from corpus.index.writing import index_documents

DOCUMENTS_A_BATCH = 50
PASSAGES_A_BATCH = 2000
FIRST_STRETCH, LONGEST_STRETCH, LAST_STRETCH = 500, 8000, 2000
"""Documents that become searchable together: few at first, so that something is found soon, and few at last.

What is left when everything is read is made searchable with nothing else to do meanwhile.
"""
HELD = 64_000_000
"""Characters of what documents are found by that are kept in memory; of others it is made again from the texts."""
LATE = "late"
"""The fact that words were not counted with their documents."""
MANY = 20
"""Where one of so many documents is new, counting all words again costs less than counting those of the new ones."""
COUNTED_AGAIN = 5
"""So many times as many documents as were counted are indexed before all are counted again."""
MERGED = 2000
"""Pages of the index of words that are merged in one transaction."""

_UNSEARCHED = """
SELECT key, date, 1 + paragraphs + comments FROM doc
WHERE base IS NULL AND document IS NOT NULL ORDER BY date, key
"""


class Indexing:
    """Puts documents into the index of words."""

    def __init__(self, work: Work) -> None:
        """Index for the refresh at hand."""
        self._work = work
        self._known: dict[int, str] = {}
        self._held = 0
        self._queue: deque[tuple[int, str, int]] = deque()
        self._waiting = self._written = 0
        self._stretch = FIRST_STRETCH
        # the words of many documents are counted after them, by the index of words itself
        self._late = work.get(LATE) == LATE
        self._counted = work.connection.execute("SELECT count(*) FROM doc WHERE base > 0").fetchone()[0]
        self._uncounted = 0

    def written(self, key: int, prepared: Prepared) -> None:
        """Note a document that was written; what was written before becomes searchable in the meantime."""
        if self._held + len(prepared.found_by) <= HELD:
            self._known[key] = prepared.found_by
            self._held += len(prepared.found_by)
        self._waiting += 1
        self._written += 1
        if self._waiting >= self._stretch and not self._queue:
            self._work.commit()
            self._fill()
            self._stretch = min(2 * self._stretch, LONGEST_STRETCH, max(LAST_STRETCH, self._unread // 2))
        if self._queue and self._waiting % DOCUMENTS_A_BATCH == 0:
            self._index_some()
            if not self._queue and self._late and self._uncounted >= COUNTED_AGAIN * self._counted:
                self._count()

    @property
    def _unread(self) -> int:
        """About how many documents are still to be read."""
        work = self._work
        return self._written * (work.total - work.done) // max(1, work.done - work.passed_over)

    def finish(self) -> None:
        """Make everything searchable that is not yet."""
        self._drain()
        self._fill()
        self._drain()
        if self._late:
            self._merge()
            self._count()
            self._work.begin()
            self._work.set(LATE, "")
            self._work.commit()
            self._late = False

    def _fill(self) -> None:
        """Queue what is not searchable by now."""
        self._queue.extend(self._work.connection.execute(_UNSEARCHED))
        self._waiting = 0
        if not self._late and len(self._queue) >= max(FIRST_STRETCH, self._counted // MANY):
            self._late = True
            self._work.begin()
            self._work.set(LATE, LATE)
            self._work.commit()

    def _count(self) -> None:
        """Count the words of all documents."""
        self._work.commit()
        self._work.begin()
        vocabulary.recount(self._work.connection)
        self._work.commit()
        self._counted += self._uncounted
        self._uncounted = 0

    def _merge(self) -> None:
        """Bring the entries of a word into one place, so that a search reads them at once."""
        connection, pages = self._work.connection, -MERGED
        while True:
            self._work.begin()
            before = connection.total_changes
            connection.execute("INSERT INTO search(search, rank) VALUES('merge', ?)", (pages,))
            done = connection.total_changes - before < 2
            self._work.commit()
            self._work.check()
            if done:
                return
            pages = MERGED

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
        self._held -= sum(len(self._known.get(key, "")) for key, _ in batch)
        self._work.begin()
        index_documents(self._work.connection, batch, self._known, count=not self._late)
        self._uncounted += len(batch)
        return len(batch)
