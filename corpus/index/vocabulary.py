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
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from heapq import nlargest

from corpus.fuzzy import close, never
from corpus.index.finding import is_counted
from corpus.index.records import DamagedError
from corpus.index.tokens import edits_allowed, initials, is_glued, letters

BLOCKS_OF_A_SIZE = 12
PACKED = b"\xff" * 8
"""Before a block that is compressed; another one begins with the length of its words, which is never so large."""
COUNTED = 5
"""The level of a block of all words, above those of small ones."""
VARIANTS, VARIANTS_WIDE = 24, 120
COMPLETIONS = 40
SCANNED = 20_000
"""Words looked at for one prefix."""
REMEMBERED = 4000
LAST = "\U0010ffff"


def pack(counts: Mapping[str, int]) -> bytes:
    """Return words and their counts as one block; counts may be negative."""
    ordered = sorted(counts)
    numbers = array("i", map(counts.__getitem__, ordered))
    if sys.byteorder == "big":
        numbers.byteswap()
    text = "\n".join(ordered).encode("utf-8")
    return PACKED + zlib.compress(len(text).to_bytes(8, "little") + text + numbers.tobytes(), 1)


def unpack(block: bytes) -> tuple[list[str], array[int]]:
    """Return the words of a block and their counts. Raises DamagedError."""
    if block.startswith(PACKED):
        try:
            block = zlib.decompress(block[len(PACKED) :])
        except zlib.error as error:
            raise DamagedError from error
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


class _Lengthwise:
    """Words of one length in letters, in the order of their letters, and in that of their letters but the first."""

    def __init__(self, spelt: list[str]) -> None:
        self._forward = sorted(spelt)
        self._inner = sorted(spelt, key=_inner)

    def begin(self, letters: str) -> list[str]:
        """Return the words that begin with these letters."""
        start = bisect_left(self._forward, letters)
        return self._forward[start : bisect_left(self._forward, letters + LAST, start)]

    def go_on(self, letters: str) -> list[str]:
        """Return the words that have these letters after the first."""
        start = bisect_left(self._inner, letters, key=_inner)
        return self._inner[start : bisect_left(self._inner, letters + LAST, start, key=_inner)]


def _inner(spelt: str) -> str:
    return spelt[1:]


class Vocabulary:
    """The words of a corpus in memory. What a search does not need is not built."""

    def __init__(self, counts: dict[str, int]) -> None:
        """Take the words and the number of passages that hold each."""
        self.counts = counts
        self._near: dict[tuple[str, bool], list[tuple[str, int]]] = {}
        self._begun: dict[tuple[str, int], list[str]] = {}
        self._lengthwise: dict[int, _Lengthwise] = {}
        self._taken_apart: dict[str, str] = {}

    def __contains__(self, word: str) -> bool:
        return word in self.counts

    @cached_property
    def _ordered(self) -> list[str]:
        return sorted(self.counts)

    @cached_property
    def _lengths(self) -> dict[int, list[str]]:
        """The letters of all words, by how many they are."""
        found: dict[int, list[str]] = defaultdict(list)
        for word in self.counts:
            spelt = letters(word)
            if spelt is not word:
                self._taken_apart[spelt] = word
            found[len(spelt)].append(spelt)
        return found

    def _of_length(self, length: int) -> _Lengthwise:
        known = self._lengthwise.get(length)
        if known is None:
            known = self._lengthwise[length] = _Lengthwise(self._lengths.get(length, []) if length > 1 else [])
        return known

    def _like(self, spelt: str, length: int) -> Iterator[list[str]]:
        """Yield words of a length in letters whose beginning is like that of a word.

        The first letter is right; or it is another one, or one too many, too few or too late, and what follows is right:
        two edits rarely are both at the beginning.
        """
        known = self._of_length(length)
        first, second, third = spelt[0], spelt[1], spelt[2:3]
        yield known.begin(first)
        yield known.go_on(second + third)
        yield known.go_on(first + second)
        if second != first:
            yield known.begin(second + third)
            yield known.begin(second + first)

    @cached_property
    def _initials(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for word in self.counts:
            if "\uac00" <= word[0] <= "\ud7a3":
                found[initials(word)].append(word)
        return found

    def completions(self, prefix: str, limit: int = COMPLETIONS) -> list[str]:
        """Return the commonest words that begin with `prefix`, the word itself left out."""
        known = self._begun.get((prefix, limit))
        if known is None:
            start = bisect_left(self._ordered, prefix)
            end = bisect_left(self._ordered, prefix + LAST, start)
            found = (word for word in self._ordered[start : min(end, start + SCANNED)] if word != prefix)
            known = nlargest(limit, found, key=self.counts.__getitem__)
            if len(self._begun) >= REMEMBERED:
                self._begun.clear()
            self._begun[prefix, limit] = known
        return known

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
            for spellings in self._like(spelt, length):
                for at, edits in close(spelt, spellings, allowed, stop):
                    if edits:
                        found[self._taken_apart.get(spellings[at], spellings[at])] = edits
        near = [(other, edits) for other, edits in found.items() if is_glued(other) == glued]
        near.sort(key=lambda item: (item[1], -self.counts[item[0]], item[0]))
        return near[: VARIANTS_WIDE if allowed > edits_allowed(word) else VARIANTS]
