"""The words of a corpus and how many passages hold each: for prefixes and for words that are nearly right.

In the file the words lie in blocks of growing size; a small block is written with each batch of
documents, and blocks of a size are merged when there are many, so that no batch waits for all words.
"""

from __future__ import annotations

import sqlite3
import sys
import zlib
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from heapq import nlargest

from corpus.fuzzy import close, never
from corpus.index.finding import is_counted
from corpus.index.records import DamagedError
from corpus.index.tokens import edits_allowed, initials, is_glued, letters

BLOCKS_OF_A_SIZE = 12
COUNTED = 5
"""The level of a block of all words, above those of small ones."""
VARIANTS, VARIANTS_WIDE = 24, 120
COMPLETIONS = 40
SCANNED = 20_000
"""Words looked at for one prefix."""
REMEMBERED = 4000


def pack(counts: Mapping[str, int]) -> bytes:
    """Return words and their counts as one block; counts may be negative."""
    ordered = sorted(counts)
    numbers = array("i", map(counts.__getitem__, ordered))
    if sys.byteorder == "big":
        numbers.byteswap()
    text = "\n".join(ordered).encode("utf-8")
    return len(text).to_bytes(8, "little") + text + numbers.tobytes()


def unpack(block: bytes) -> tuple[list[str], array[int]]:
    """Return the words of a block and their counts. Raises DamagedError."""
    size = int.from_bytes(block[:8], "little")
    if len(block) < 8 + size:
        raise DamagedError
    try:
        text = block[8 : 8 + size].decode("utf-8")
        numbers = array("i")
        numbers.frombytes(block[8 + size :])
    except ValueError as error:
        raise DamagedError from error
    if sys.byteorder == "big":
        numbers.byteswap()
    words = text.split("\n") if text else []
    if len(words) != len(numbers):
        raise DamagedError
    return words, numbers


def append(connection: sqlite3.Connection, counts: Mapping[str, int]) -> None:
    """Write the words of a batch, inside the transaction of the batch."""
    if counts:
        _write(connection, 0, pack(counts))
        _merge(connection)


def _write(connection: sqlite3.Connection, level: int, block: bytes) -> None:
    connection.execute("INSERT INTO vocabulary(level, words, sum) VALUES(?, ?, ?)", (level, block, zlib.crc32(block)))


def _merge(connection: sqlite3.Connection) -> None:
    level = 0
    while True:
        rows = connection.execute("SELECT id FROM vocabulary WHERE level = ?", (level,)).fetchall()
        if len(rows) < BLOCKS_OF_A_SIZE:
            return
        total = _sum(connection, "WHERE level = ?", (level,))
        connection.execute("DELETE FROM vocabulary WHERE level = ?", (level,))
        # a count below nothing may be a word whose documents lie in a larger block
        _write(connection, level + 1, pack({word: count for word, count in total.items() if count}))
        level += 1


def _sum(connection: sqlite3.Connection, where: str = "", values: tuple[int, ...] = ()) -> dict[str, int]:
    total: dict[str, int] = {}
    for block, stated in connection.execute(f"SELECT words, sum FROM vocabulary {where} ORDER BY level DESC", values):
        if not isinstance(block, bytes) or zlib.crc32(block) != stated:
            raise DamagedError
        words, numbers = unpack(block)
        if not total:
            total = dict(zip(words, numbers, strict=True))
        else:
            for word, number in zip(words, numbers, strict=True):
                total[word] = total.get(word, 0) + number
    return total


def compact(connection: sqlite3.Connection) -> None:
    """Merge all blocks into one, inside the transaction of the caller."""
    if connection.execute("SELECT count(*) FROM vocabulary").fetchone()[0] > 2:
        total = _sum(connection)
        level = connection.execute("SELECT max(level) FROM vocabulary").fetchone()[0]
        connection.execute("DELETE FROM vocabulary")
        _write(connection, level, pack({word: count for word, count in total.items() if count > 0}))


def recount(connection: sqlite3.Connection) -> None:
    """Take the counts of all words that the index holds as they are from there, inside the transaction of the caller."""
    total = {word: count for word, count in _sum(connection).items() if count > 0 and not is_counted(word)}
    connection.execute("CREATE VIRTUAL TABLE temp.counted USING fts5vocab(main, search, row)")
    for term, count in connection.execute("SELECT term, doc FROM temp.counted"):
        if is_counted(term):
            total[term] = count
    connection.execute("DROP TABLE temp.counted")
    connection.execute("DELETE FROM vocabulary")
    if total:
        _write(connection, COUNTED, pack(total))


def load(connection: sqlite3.Connection) -> Vocabulary:
    """Read all words of the index. Raises DamagedError or sqlite3.Error."""
    return Vocabulary({word: count for word, count in _sum(connection).items() if count > 0})


class _Bucket:
    """Words of one length by their first and by their second letter: (letters, words) side by side."""

    def __init__(self, words: Iterable[tuple[str, str]]) -> None:
        self._first: dict[str, tuple[list[str], list[str]]] = {}
        self._second: dict[str, tuple[list[str], list[str]]] = {}
        for spelt, word in words:
            for place, letter in ((self._first, spelt[0]), (self._second, spelt[1])):
                known = place.get(letter)
                if known is None:
                    known = place[letter] = ([], [])
                known[0].append(spelt)
                known[1].append(word)

    def like(self, spelt: str) -> Iterator[tuple[list[str], list[str]]]:
        """Yield the words that share one of the first two letters; two edits rarely hit both of them."""
        for letter in {*spelt[:2]}:
            for place in (self._first, self._second):
                if letter in place:
                    yield place[letter]


class Vocabulary:
    """The words of a corpus in memory. What a search does not need is not built."""

    def __init__(self, counts: dict[str, int]) -> None:
        """Take the words and the number of passages that hold each."""
        self.counts = counts
        self._near: dict[tuple[str, bool], list[tuple[str, int]]] = {}
        self._buckets: dict[int, _Bucket] = {}

    def __contains__(self, word: str) -> bool:
        return word in self.counts

    @cached_property
    def _ordered(self) -> list[str]:
        return sorted(self.counts)

    @cached_property
    def _lengths(self) -> dict[int, list[tuple[str, str]]]:
        """(letters, word) of the words that may be slips of others, by length in letters."""
        found: dict[int, list[tuple[str, str]]] = defaultdict(list)
        for word in self.counts:
            spelt = letters(word)
            found[len(spelt)].append((spelt, word))
        return found

    def _bucket(self, length: int) -> _Bucket:
        bucket = self._buckets.get(length)
        if bucket is None:
            bucket = self._buckets[length] = _Bucket(self._lengths.get(length, ()) if length > 1 else ())
        return bucket

    @cached_property
    def _initials(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for word in self.counts:
            if "\uac00" <= word[0] <= "\ud7a3":
                found[initials(word)].append(word)
        return found

    def completions(self, prefix: str, limit: int = COMPLETIONS) -> list[str]:
        """Return the commonest words that begin with `prefix`, the word itself left out."""
        start = bisect_left(self._ordered, prefix)
        end = bisect_left(self._ordered, prefix + "\U0010ffff", start)
        found = (word for word in self._ordered[start : min(end, start + SCANNED)] if word != prefix)
        return nlargest(limit, found, key=self.counts.__getitem__)

    def by_initials(self, consonants: str, limit: int = COMPLETIONS) -> list[str]:
        """Return the commonest Hangul words that begin with syllables of these initial consonants."""
        return nlargest(limit, self._initials.get(consonants, ()), key=self.counts.__getitem__)

    def near(self, word: str, stop: Callable[[], bool] = never, *, wide: bool = False) -> list[tuple[str, int]]:
        """Return (word, edits) for the words that `word` may be a slip of, the nearest and commonest first.

        The word itself is left out; `wide` allows one more edit, for words of four or five letters. Raises StoppedError.
        """
        known = self._near.get((word, wide))
        if known is None:
            known = self._find_near(word, stop, edits_allowed(word) + wide)
            if len(self._near) >= REMEMBERED:
                self._near.clear()
            self._near[word, wide] = known
        return known

    def _find_near(self, word: str, stop: Callable[[], bool], allowed: int) -> list[tuple[str, int]]:
        spelt = letters(word)
        if not allowed or len(spelt) < 2:
            return []
        glued, found = is_glued(word), {}
        for length in range(len(spelt) - allowed, len(spelt) + allowed + 1):
            for spellings, candidates in self._bucket(length).like(spelt):
                for at, edits in close(spelt, spellings, allowed, stop):
                    if edits:
                        found[candidates[at]] = edits
        near = [(other, edits) for other, edits in found.items() if is_glued(other) == glued]
        near.sort(key=lambda item: (item[1], -self.counts[item[0]], item[0]))
        return near[: VARIANTS_WIDE if allowed > edits_allowed(word) else VARIANTS]
