"""Looking for damage in an index: SQLite's own checks see little of it, the sums kept with the rows nearly all."""

from __future__ import annotations

import json
import sqlite3
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterator

from corpus.index.finding import terms_of_found
from corpus.index.mentions import count_mentions
from corpus.index.records import (
    SUMMED,
    capture_sum,
    checksum,
    entity_sum,
    fact_sum,
    head_sum,
    passage_sum,
    row_sum,
    unpack_mentions,
)
from corpus.index.schema import PASSAGE_BITS
from corpus.index.writing import searchable

_SUMS: tuple[tuple[str, str, Callable[..., int]], ...] = (
    ("documents", f"SELECT sum, {', '.join(SUMMED)} FROM doc", lambda *values: row_sum(values)),
    ("facts", "SELECT sum, name, value FROM meta", fact_sum),
    (
        "heads",
        "SELECT head.sum, document, paragraphs, head, outline FROM head LEFT JOIN doc ON key = head.doc",
        head_sum,
    ),
    (
        "passages",
        f"SELECT passage.sum, document, passage.id & {(1 << PASSAGE_BITS) - 1}, text, rest FROM passage"
        f" LEFT JOIN doc ON key = passage.id >> {PASSAGE_BITS}",
        passage_sum,
    ),
    ("names", "SELECT mentions.sum, document, found FROM mentions LEFT JOIN doc ON key = mentions.doc", checksum),
    ("captures", "SELECT sum, id, path, same FROM capture", capture_sum),
    ("words", "SELECT sum, words FROM vocabulary", zlib.crc32),
    ("spellings", "SELECT sum, name, surface, type FROM surface", fact_sum),
    ("totals", "SELECT sum, name, type, surface, documents, article, comments FROM total", fact_sum),
)
_PASSAGES = (
    f"(SELECT count(*) FROM passage WHERE id >= key << {PASSAGE_BITS} AND id < (key + 1) << {PASSAGE_BITS})"
    " <> 1 + paragraphs + comments"
)
_MISSING: tuple[tuple[str, str, str], ...] = (
    (
        "document lacks its head",
        "documents lack their heads",
        "SELECT count(*) FROM doc LEFT JOIN head ON head.doc = key WHERE head.doc IS NULL",
    ),
    ("document lacks passages", "documents lack passages", f"SELECT count(*) FROM doc WHERE {_PASSAGES}"),
    (
        "document lacks its capture",
        "documents lack their captures",
        "SELECT count(*) FROM doc WHERE capture NOT IN (SELECT id FROM capture)",
    ),
)
_ERRORS = (sqlite3.Error, TypeError, ValueError, AttributeError, KeyError, IndexError, zlib.error, MemoryError)


def damage(connection: sqlite3.Connection, tell: Callable[[int, int], None] = lambda done, total: None) -> list[str]:
    """Return what is damaged or missing, one sentence for each kind of row; empty for a sound index.

    Args:
        connection: the writer's, since the index of words can be checked by a writer only.
        tell: is called with how many documents are looked through, of how many.
    """
    found = []
    if connection.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok":
        found.append("The index file is damaged")
    found += [sentence for name, statement, total in _SUMS if (sentence := _sums(connection, name, statement, total))]
    for one, many, statement in _MISSING:
        condition = " AND document IS NOT NULL" if "WHERE" in statement else ""
        try:
            count = connection.execute(statement + condition).fetchone()[0]
        except _ERRORS:
            count = 0
            found.append("The index file is damaged")
        if count:
            found.append(f"{_number(count, one, many)} in the index")
    if not found:
        found += _words(connection, tell)
        found += _names(connection)
    return list(dict.fromkeys(found))


def _sums(connection: sqlite3.Connection, name: str, statement: str, total: Callable[..., int]) -> str:
    try:
        bad = sum(1 for stated, *values in connection.execute(statement) if total(*values) != stated)
    except _ERRORS:
        return f"The {name} in the index cannot be read"
    return f"{bad:,} of the {name} in the index {'is' if bad == 1 else 'are'} damaged" if bad else ""


def _number(count: int, one: str, many: str) -> str:
    return f"{count:,} {one if count == 1 else many}"


def _words(connection: sqlite3.Connection, tell: Callable[[int, int], None]) -> Iterator[str]:
    """Compare the index of words with the texts: the sum of the passages that each word is in, and which passages are."""
    damaged = "The index of words is damaged"
    expected: dict[str, int] = defaultdict(int)
    passages: set[int] = set()
    try:
        connection.execute("INSERT INTO search(search) VALUES('integrity-check')")
        rows = connection.execute("SELECT key, base, parts FROM doc WHERE document IS NOT NULL").fetchall()
        for done, (key, base, parts) in enumerate(rows):
            if done % 100 == 0:
                tell(done, len(rows))
            if base is None or base < 0:
                continue
            chosen = None if parts is None else frozenset(json.loads(parts))
            for number, found in enumerate(searchable(connection, key)):
                terms = terms_of_found(found.text) if chosen is None or number in chosen else ()
                if terms:
                    passages.add(base + number)
                for term in terms:
                    expected[term] += base + number
        connection.execute("CREATE VIRTUAL TABLE IF NOT EXISTS temp.words USING fts5vocab(main, search, instance)")
        counted = dict(connection.execute("SELECT term, sum(doc) FROM temp.words GROUP BY term"))
        indexed = {row[0] for row in connection.execute("SELECT DISTINCT doc FROM temp.words")}
        connection.execute("DROP TABLE temp.words")
        late = connection.execute(
            "SELECT count(*) FROM doc WHERE document IS NOT NULL AND base IS NULL"
            " AND (SELECT value FROM meta WHERE name = 'complete') = '1'"
        ).fetchone()[0]
    except _ERRORS:
        yield damaged
        return
    if passages - indexed or late:
        lost = len(passages - indexed) + late
        yield f"{_number(lost, 'passage is', 'passages are')} missing from the index of words"
    elif counted != expected or indexed != passages:
        yield damaged


def _names(connection: sqlite3.Connection) -> Iterator[str]:
    """Compare the counts of names with the names that were found."""
    bad = 0
    try:
        for key, found, document in connection.execute(
            "SELECT doc, found, document FROM mentions JOIN doc ON key = doc"
        ).fetchall():
            counted = count_mentions(unpack_mentions(found, document)).counted
            rows = connection.execute(
                "SELECT name, type, surfaces, article, comments, sum FROM entity WHERE doc = ?", (key,)
            ).fetchall()
            if {(*row, entity_sum(document, *row)) for row in counted} != set(rows):
                bad += 1
    except _ERRORS:
        yield "The counts of names in the index cannot be read"
        return
    yield from _totals(connection)
    if bad:
        yield f"The counts of names of {_number(bad, 'document', 'documents')} in the index are damaged"


def _totals(connection: sqlite3.Connection) -> Iterator[str]:
    """Compare the totals of names with the counts of the documents that are shown."""
    stated = "SELECT name, documents, article, comments FROM total"
    summed = (
        "SELECT name, count(*), sum(article), sum(entity.comments) FROM entity JOIN doc ON doc.key = entity.doc"
        " WHERE shown = 1 GROUP BY name"
    )
    bad = connection.execute(
        f"SELECT count(*) FROM (SELECT * FROM ({stated} EXCEPT {summed}) UNION ALL SELECT * FROM ({summed} EXCEPT {stated}))"
    ).fetchone()[0]
    if bad:
        yield "The totals of names in the index are damaged"
