"""What is written into the index, row by row; every function works inside the caller's transaction."""

from __future__ import annotations

import json
import os
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from corpus.index import totals, vocabulary
from corpus.index.finding import Found, found_by, whole, words_of_found
from corpus.index.preparing import Prepared
from corpus.index.records import (
    SUMMED,
    DamagedError,
    filter_text,
    head_sum,
    passage_id,
    passage_sum,
    row_sum,
)
from corpus.index.versions import NEWEST_FIRST, OF_WORK, later_passages, passages_of, work_of
from corpus.model import Problem
from corpus.text import canonical_line

TAIL = 5000
"""Passages up to which a stretch of search ids may be out of order: it is sorted when it is read."""
PROBLEMS_KEPT = 200


def insert_document(connection: sqlite3.Connection, row: Mapping[str, Any], prepared: Prepared, key: int | None) -> int:
    """Write a document and return its key.

    Args:
        connection: the writer's.
        row: the columns of `doc` but for key and sum.
        prepared: the document.
        key: the key that it shall have, None for a new one.
    """
    packed, outlined = prepared.packed, prepared.outlined
    total = row_sum([row[name] for name in SUMMED])
    key = _insert(connection, {**row, "key": key, "sum": total})
    paragraphs = row["paragraphs"]
    connection.execute(
        "INSERT INTO head VALUES(?, ?, ?, ?)",
        (key, packed.head, packed.outline, head_sum(row["document"], paragraphs, packed.head, packed.outline)),
    )
    first = passage_id(key, 0)
    connection.executemany(
        "INSERT INTO passage VALUES(?, ?, ?, ?)",
        [(number, *passage) for number, passage in enumerate(packed.passages, first)],
    )
    connection.execute("INSERT INTO outline(doc, words, phrases) VALUES(?, ?, ?)", (key, *outlined))
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
    totals.shift(connection, key, -1)
    connection.execute("DELETE FROM passage WHERE id BETWEEN ? AND ?", (passage_id(key, 0), passage_id(key + 1, 0) - 1))
    for table in ("head", "mentions", "entity", "sketch", "outline", "story"):
        connection.execute(f"DELETE FROM {table} WHERE doc = ?", (key,))
    connection.execute("DELETE FROM doc WHERE key = ?", (key,))


def choose_shown(connection: sqlite3.Connection, documents: Iterable[str]) -> None:
    """Of each document show the newest capture; the others stay as its versions, searched for what later ones lack."""
    for work in {work_of(connection, document) for document in documents}:
        rows = connection.execute(
            f"SELECT key, shown FROM doc WHERE {OF_WORK} ORDER BY {NEWEST_FIRST}", (work, work)
        ).fetchall()
        for at, (key, shown) in enumerate(rows):
            if shown != (at == 0):
                _show(connection, key, int(at == 0))
            if at or not shown:
                unindex(connection, key)
        if len(rows) > 1:
            # what its comments are depends on its versions
            connection.execute("UPDATE doc SET recognised = 0 WHERE key = ?", (rows[0][0],))


def _show(connection: sqlite3.Connection, key: int, shown: int) -> None:
    if not shown:
        totals.shift(connection, key, -1)
    connection.execute("UPDATE doc SET shown = ? WHERE key = ?", (shown, key))
    if shown:
        totals.shift(connection, key, 1)
    values = connection.execute(f"SELECT {', '.join(SUMMED)} FROM doc WHERE key = ?", (key,)).fetchone()
    connection.execute("UPDATE doc SET sum = ? WHERE key = ?", (row_sum(values), key))


def searchable(connection: sqlite3.Connection, key: int) -> Iterator[Found]:
    """Yield what each passage of a document is found by."""
    document, *stated, paragraphs, head, outline, total = connection.execute(
        "SELECT document, title, author, outlet, published, saved, paragraphs, head, outline, head.sum FROM doc"
        " JOIN head ON doc = key WHERE key = ?",
        (key,),
    ).fetchone()
    if head_sum(document, paragraphs, head, outline) != total:
        raise DamagedError
    facts = dict(zip(("title", "author", "outlet", "published", "saved"), stated, strict=True))
    facts |= {"language": json.loads(head).get("language"), "paragraphs": paragraphs}
    rows = connection.execute(
        "SELECT text, rest, sum FROM passage WHERE id BETWEEN ? AND ? ORDER BY id",
        (passage_id(key, 0), passage_id(key + 1, 0) - 1),
    ).fetchall()
    if any(passage_sum(document, number, *row[:2]) != row[2] for number, row in enumerate(rows)):
        raise DamagedError
    return whole([row[0] for row in rows], found_by(facts, [row[:2] for row in rows]))


def index_documents(
    connection: sqlite3.Connection, batch: Sequence[tuple[int, str]], known: dict[int, str], *, count: bool
) -> None:
    """Make documents searchable; those that are gone or searchable by now are passed over.

    Args:
        connection: the writer's.
        batch: pairs of document key and date, by date.
        known: what `finding.found_by` returned for some of the documents; it is taken out.
        count: whether to count their words; else `vocabulary.recount` is left to the caller.
    """
    counts: Counter[str] = Counter()
    first = at = (connection.execute("SELECT max(last) FROM segment").fetchone()[0] or 0) + 1
    dates = []
    for key, date in batch:
        lines = known.pop(key, None)
        row = connection.execute(
            "SELECT shown, date FROM doc WHERE key = ? AND base IS NULL AND document IS NOT NULL", (key,)
        ).fetchone()
        if row is None or row[1] != date:
            continue
        found = searchable(connection, key) if lines is None else whole(_texts(connection, key), lines)
        indexed = _index(connection, key, bool(row[0]), enumerate(found, at))
        for _, passage in indexed:
            if count:
                counts.update(words_of_found(passage))
            elif passage.glued:
                counts.update(passage.glued)
        if indexed:
            dates.append(date)
            at = indexed[-1][0] + 1
    if dates:
        _extend_segments(connection, first, at - 1, (dates[0], dates[-1]))
        vocabulary.append(connection, counts)


def _index(
    connection: sqlite3.Connection, key: int, shown: bool, passages: Iterable[tuple[int, Found]]
) -> list[tuple[int, Found]]:
    """Make the passages of a document searchable under these ids; return those that are, of an older version not all."""
    parts = None if shown else _lacking(connection, key)
    found = list(passages)
    first = found[0][0] if found else 0
    if parts is not None:
        # the id of a passage tells its number in the document, though others of it are not searched
        found = [found[number] for number in parts]
    connection.executemany(
        "INSERT INTO search(rowid, terms) VALUES(?, ?)", [(number, passage.text) for number, passage in found]
    )
    connection.execute(
        "UPDATE doc SET base = ?, parts = ? WHERE key = ?",
        (first if found else -key, None if parts is None else json.dumps(parts), key),
    )
    return found


def _texts(connection: sqlite3.Connection, key: int) -> Iterator[str]:
    rows = connection.execute(
        "SELECT text FROM passage WHERE id BETWEEN ? AND ? ORDER BY id",
        (passage_id(key, 0), passage_id(key + 1, 0) - 1),
    )
    return (row[0] for row in rows)


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
    for number, found in enumerate(searchable(connection, key)):
        if chosen is None or number in chosen:
            connection.execute(
                "INSERT INTO search(search, rowid, terms) VALUES('delete', ?, ?)", (base + number, found.text)
            )
            counts.subtract(words_of_found(found))
    vocabulary.append(connection, counts)
