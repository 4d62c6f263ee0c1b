"""What is written into the index, row by row; every function works inside the caller's transaction."""

from __future__ import annotations

import json
import os
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, NamedTuple

from corpus.index import names, vocabulary
from corpus.index.preparing import Terms, passage_terms, unpack_terms
from corpus.index.records import (
    SUMMED,
    DamagedError,
    Packed,
    checksum,
    filter_text,
    pack_mentions,
    passage_id,
    passage_sum,
    row_sum,
)
from corpus.index.versions import NEWEST_FIRST, OF_WORK, later_passages, passages_of, work_of
from corpus.model import Mention, Problem
from corpus.text import canonical_line, fold

UNLISTED_TYPES = frozenset({"DATE", "TIME", "DURATION"})
TAIL = 5000
"""Passages up to which a stretch of search ids may be out of order: it is sorted when it is read."""
PROBLEMS_KEPT = 200
SURFACES_KEPT = 20
"""Spellings of an entity that are kept of a document."""


def insert_document(
    connection: sqlite3.Connection, row: Mapping[str, Any], packed: Packed, place: tuple[int | None, int, int]
) -> int:
    """Write a document, not shown yet, and return its key.

    Args:
        connection: the writer's.
        row: the columns of `doc` but for its place.
        packed: the document's rows.
        place: its key (None for a new one), capture and batch.
    """
    key, capture, batch = place
    key = _insert(connection, {**row, "key": key, "capture": capture, "batch": batch, "shown": 0})
    connection.execute(
        "INSERT INTO head VALUES(?, ?, ?, ?)",
        (key, packed.head, packed.outline, checksum(packed.head, packed.outline)),
    )
    connection.executemany(
        "INSERT INTO passage VALUES(?, ?, ?, ?)",
        [(passage_id(key, number), *passage) for number, passage in enumerate(packed.passages)],
    )
    return key


def _insert(connection: sqlite3.Connection, columns: Mapping[str, Any]) -> int:
    names = ", ".join(columns)
    marks = ", ".join("?" * len(columns))
    cursor = connection.execute(f"INSERT INTO doc({names}) VALUES({marks})", tuple(columns.values()))
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def write_problems(
    connection: sqlite3.Connection, capture: int, batch: int, path: str, problems: Sequence[Problem]
) -> None:
    """Keep what was wrong with a capture; if nothing of it could be read, it becomes one row of the list."""
    connection.execute("DELETE FROM problem WHERE capture = ?", (capture,))
    connection.executemany(
        "INSERT INTO problem VALUES(?, ?, ?)",
        [
            (capture, item.member and canonical_line(item.member), canonical_line(item.message))
            for item in problems[:PROBLEMS_KEPT]
        ],
    )
    connection.execute("DELETE FROM doc WHERE capture = ? AND document IS NULL", (capture,))
    if not problems or connection.execute("SELECT 1 FROM doc WHERE capture = ?", (capture,)).fetchone():
        return
    sentence = canonical_line(problems[0].message)
    if len(problems) > 1:
        sentence += f" ({len(problems) - 1} more)"
    name = canonical_line(os.path.basename(path)) or "?"
    blank = {"outlet": "", "author": "", "date": "", "newness": "", "paragraphs": 0, "comments": 0, "digest": b""}
    place = {"capture": capture, "batch": batch, "shown": 1, "recognised": 1}
    text = {"title": name, "folded": filter_text(name, "", "", path), "problem": sentence}
    row = {**blank, **place, **text}
    _insert(connection, {**row, "sum": row_sum(row.get(name) for name in SUMMED)})


def delete_document(connection: sqlite3.Connection, key: int) -> None:
    """Remove a row of the list with all that hangs on it."""
    unindex(connection, key)
    connection.execute("DELETE FROM passage WHERE id BETWEEN ? AND ?", (passage_id(key, 0), passage_id(key + 1, 0) - 1))
    for table, column in (("head", "doc"), ("mentions", "doc"), ("entity", "doc"), ("sketch", "doc"), ("doc", "key")):
        connection.execute(f"DELETE FROM {table} WHERE {column} = ?", (key,))


def choose_shown(connection: sqlite3.Connection, documents: Iterable[str]) -> None:
    """Of each document show the newest capture; the others stay as its versions, searched for what later ones lack."""
    for work in {work_of(connection, document) for document in documents}:
        rows = connection.execute(
            f"SELECT key, shown FROM doc WHERE {OF_WORK} ORDER BY {NEWEST_FIRST}", (work, work)
        ).fetchall()
        for at, (key, shown) in enumerate(rows):
            if shown != (at == 0):
                connection.execute("UPDATE doc SET shown = ? WHERE key = ?", (at == 0, key))
            if at or not shown:
                unindex(connection, key)
        if len(rows) > 1:
            # what its comments are depends on its versions
            connection.execute("UPDATE doc SET recognised = 0 WHERE key = ?", (rows[0][0],))


def searchable(connection: sqlite3.Connection, key: int) -> Iterator[Terms]:
    """Yield for each passage of a document the terms that it is found by, and the words among them."""
    document, *stated, paragraphs, head, outline, total = connection.execute(
        "SELECT document, title, author, outlet, published, saved, paragraphs, head, outline, head.sum FROM doc"
        " JOIN head ON doc = key WHERE key = ?",
        (key,),
    ).fetchone()
    if checksum(head, outline) != total:
        raise DamagedError
    facts = dict(zip(("title", "author", "outlet", "published", "saved"), stated, strict=True))
    facts |= {"language": json.loads(head).get("language"), "paragraphs": paragraphs}
    rows = connection.execute(
        "SELECT text, rest, sum FROM passage WHERE id BETWEEN ? AND ? ORDER BY id",
        (passage_id(key, 0), passage_id(key + 1, 0) - 1),
    ).fetchall()
    if any(passage_sum(document, number, *row[:2]) != row[2] for number, row in enumerate(rows)):
        raise DamagedError
    return passage_terms(facts, ((text, rest) for text, rest, _ in rows))


def index_documents(connection: sqlite3.Connection, batch: Sequence[tuple[int, str]], terms: dict[int, bytes]) -> None:
    """Make documents searchable; those that are gone or searchable by now are passed over.

    Args:
        connection: the writer's.
        batch: pairs of document key and date, by date.
        terms: what `preparing.pack_terms` made of some of the documents; it is taken out.
    """
    counts: Counter[str] = Counter()
    first = (connection.execute("SELECT max(last) FROM segment").fetchone()[0] or 0) + 1
    at = first
    dates = []
    for key, date in batch:
        known = terms.pop(key, None)
        row = connection.execute(
            "SELECT shown, date FROM doc WHERE key = ? AND base IS NULL AND document IS NOT NULL", (key,)
        ).fetchone()
        if row is None or row[1] != date:
            continue
        passages: Iterable[tuple[int, Terms]] = enumerate(
            unpack_terms(known) if known else searchable(connection, key), at
        )
        parts = None if row[0] else _lacking(connection, key)
        if parts is not None:
            chosen = frozenset(parts)
            passages = ((number, found) for number, found in passages if number - at in chosen)
        rows = [(number, " ".join(found), words) for number, (found, words) in passages]
        connection.executemany("INSERT INTO search(rowid, terms) VALUES(?, ?)", [row[:2] for row in rows])
        counts.update(chain.from_iterable(words for _, _, words in rows))
        base, last = at, rows[-1][0] if rows else at - 1
        connection.execute(
            "UPDATE doc SET base = ?, parts = ? WHERE key = ?",
            (-key if last < base else base, None if parts is None else json.dumps(parts), key),
        )
        if last >= base:
            dates.append(date)
            at = last + 1
    if dates:
        _extend_segments(connection, first, at - 1, (dates[0], dates[-1]))
        vocabulary.append(connection, counts)


def _lacking(connection: sqlite3.Connection, key: int) -> list[int]:
    """Return the passages of an older version that no later one has."""
    later = later_passages(connection, key)
    return [number for number, passage in enumerate(passages_of(connection, key)) if passage not in later]


def _extend_segments(connection: sqlite3.Connection, first: int, last: int, dates: tuple[str, str]) -> None:
    """Join the new ids to the stretch before them where they go on in order or both are small."""
    before = connection.execute(
        "SELECT first, last, oldest, newest, sorted FROM segment ORDER BY first DESC LIMIT 1"
    ).fetchone()
    if before:
        start, _, oldest, newest, is_sorted = before
        goes_on = bool(is_sorted) and newest <= dates[0]
        if goes_on or last - start < TAIL:
            connection.execute(
                "UPDATE segment SET last = ?, oldest = ?, newest = ?, sorted = ? WHERE first = ?",
                (last, min(oldest, dates[0]), max(newest, dates[1]), goes_on, start),
            )
            return
    connection.execute("INSERT INTO segment VALUES(?, ?, ?, ?, 1)", (first, last, *dates))


def unindex(connection: sqlite3.Connection, key: int) -> None:
    """Make a document unsearchable."""
    row = connection.execute("SELECT base, parts FROM doc WHERE key = ?", (key,)).fetchone()
    if not row or row[0] is None:
        return
    base, parts = row
    connection.execute("UPDATE doc SET base = NULL, parts = NULL WHERE key = ?", (key,))
    if base < 0:
        return
    chosen = None if parts is None else frozenset(json.loads(parts))
    counts: Counter[str] = Counter()
    for number, (terms, words) in enumerate(searchable(connection, key)):
        if chosen is None or number in chosen:
            connection.execute(
                "INSERT INTO search(search, rowid, terms) VALUES('delete', ?, ?)", (base + number, " ".join(terms))
            )
            counts.subtract(words)
    vocabulary.append(connection, counts)


class Recognised(NamedTuple):
    """What was recognised in a document, counted: `totals` are (type, in the article, in the comments, spellings)."""

    found: bytes
    totals: dict[str, tuple[str, int, int, list[str]]]


def count_mentions(mentions: Sequence[Mention]) -> Recognised:
    """Return mentions as they are kept; nothing of the index is needed."""
    totals: dict[str, list[Any]] = {}
    surfaces: dict[str, dict[str, None]] = {}
    for item in mentions:
        if item.type in UNLISTED_TYPES:
            continue
        name = entity_name(item)
        row = totals.setdefault(name, [item.type, 0, 0])
        row[1 if item.span.part in ("title", "body") else 2] += 1
        surfaces.setdefault(name, {})[" ".join(item.surface.split())] = None
    return Recognised(
        pack_mentions(mentions),
        {name: (*row, list(surfaces[name])[:SURFACES_KEPT]) for name, row in totals.items()},
    )


def write_mentions(connection: sqlite3.Connection, key: int, recognised: Recognised) -> None:
    """Keep what was recognised in a document."""
    found, totals = recognised
    document = connection.execute("SELECT document FROM doc WHERE key = ?", (key,)).fetchone()[0]
    connection.execute("INSERT OR REPLACE INTO mentions VALUES(?, ?, ?)", (key, found, checksum(document, found)))
    connection.execute("DELETE FROM entity WHERE doc = ?", (key,))
    connection.executemany(
        "INSERT INTO entity(name, doc, type, article, comments, surfaces) VALUES(?, ?, ?, ?, ?, ?)",
        [
            (name, key, kind, article, comments, "\n".join(surfaces))
            for name, (kind, article, comments, surfaces) in totals.items()
        ],
    )
    names.write(connection, {name: (kind, surfaces) for name, (kind, _, _, surfaces) in totals.items()})
    connection.execute("UPDATE doc SET recognised = 1 WHERE key = ?", (key,))


def entity_name(mention: Mention) -> str:
    """Return what a mention is counted under: the entity's id, else its type and folded words."""
    return mention.entity or f"?{mention.type}:{' '.join(fold(mention.surface).text.split())}"
