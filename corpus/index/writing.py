"""What is written into the index, row by row; every function works inside the caller's transaction."""

from __future__ import annotations

import json
import os
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from corpus.index import names, vocabulary
from corpus.index.fields import TIME, comment_terms, time_terms, title_terms
from corpus.index.records import SUMMED, DamagedError, Packed, checksum, filter_text, pack_mentions, passage_id, row_sum
from corpus.index.tokens import index_terms
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
    """Write a document and return its key.

    Args:
        connection: the writer's.
        row: what `records.row_of` returned.
        packed: the document's rows.
        place: its key (None for a new one), capture and batch.
    """
    key, capture, batch = place
    columns = {**row, "key": key, "capture": capture, "batch": batch, "shown": 0}
    key = _insert(connection, columns)
    connection.execute(
        "INSERT INTO head VALUES(?, ?, ?, ?)",
        (key, packed.head, packed.outline, checksum(packed.head, packed.outline)),
    )
    connection.executemany(
        "INSERT INTO passage VALUES(?, ?, ?, ?)",
        [
            (passage_id(key, number), text, rest, checksum(text, rest))
            for number, (text, rest) in enumerate(packed.passages)
        ],
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
    for table, column in (("head", "doc"), ("mentions", "doc"), ("entity", "doc"), ("doc", "key")):
        connection.execute(f"DELETE FROM {table} WHERE {column} = ?", (key,))


def choose_shown(connection: sqlite3.Connection, documents: Iterable[str]) -> None:
    """Of each document show the newest capture; the others stay as its versions."""
    for document in documents:
        rows = connection.execute(
            "SELECT key, shown FROM doc WHERE document = ? ORDER BY newness DESC, key DESC", (document,)
        ).fetchall()
        for at, (key, shown) in enumerate(rows):
            if shown != (at == 0):
                connection.execute("UPDATE doc SET shown = ? WHERE key = ?", (at == 0, key))
                if at:
                    unindex(connection, key)


def _searchable(connection: sqlite3.Connection, key: int) -> Iterator[tuple[set[str], set[str]]]:
    """Yield for each passage of a document the terms that it is found by, and the words among them."""
    *stated, paragraphs, head, outline, total = connection.execute(
        "SELECT title, author, outlet, published, saved, paragraphs, head, outline, head.sum FROM doc"
        " JOIN head ON doc = key WHERE key = ?",
        (key,),
    ).fetchone()
    if checksum(head, outline) != total:
        raise DamagedError
    about = dict(zip(("title", "author", "outlet", "published", "saved"), stated, strict=True))
    about["language"] = json.loads(head).get("language")
    when = time_terms(TIME, about["published"])
    rows = connection.execute(
        "SELECT id, text, rest, sum FROM passage WHERE id BETWEEN ? AND ? ORDER BY id",
        (passage_id(key, 0), passage_id(key + 1, 0) - 1),
    )
    for number, (_, text, rest, total) in enumerate(rows):
        if checksum(text, rest) != total:
            raise DamagedError
        if number == 0:
            terms, words = index_terms((text, about["author"], about["outlet"]))
            terms.update(title_terms(about))
        elif number <= paragraphs:
            terms, words = index_terms((text,))
            terms.update(when)
        else:
            facts = json.loads(rest)
            terms, words = index_terms((text, facts.get("author") or "", facts.get("title") or ""))
            terms.update(comment_terms(facts))
        yield terms, words


def index_documents(connection: sqlite3.Connection, batch: Sequence[tuple[int, str]]) -> None:
    """Make documents searchable.

    Args:
        connection: the writer's.
        batch: pairs of document key and date, by date.
    """
    counts: Counter[str] = Counter()
    first = (connection.execute("SELECT max(last) FROM segment").fetchone()[0] or 0) + 1
    at = first
    for key, _ in batch:
        base = at
        for terms, words in _searchable(connection, key):
            connection.execute("INSERT INTO search(rowid, terms) VALUES(?, ?)", (at, " ".join(terms)))
            counts.update(words)
            at += 1
        connection.execute("UPDATE doc SET base = ? WHERE key = ?", (base, key))
    if batch:
        _extend_segments(connection, first, at - 1, (batch[0][1], batch[-1][1]))
        vocabulary.append(connection, counts)


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
    row = connection.execute("SELECT base FROM doc WHERE key = ?", (key,)).fetchone()
    if not row or row[0] is None:
        return
    counts: Counter[str] = Counter()
    for at, (terms, words) in enumerate(_searchable(connection, key), row[0]):
        connection.execute("INSERT INTO search(search, rowid, terms) VALUES('delete', ?, ?)", (at, " ".join(terms)))
        counts.subtract(words)
    connection.execute("UPDATE doc SET base = NULL WHERE key = ?", (key,))
    vocabulary.append(connection, counts)


def write_mentions(connection: sqlite3.Connection, key: int, mentions: Sequence[Mention]) -> None:
    """Keep what was recognised in a document, and count it."""
    found = pack_mentions(mentions)
    connection.execute("INSERT OR REPLACE INTO mentions VALUES(?, ?, ?)", (key, found, checksum(found)))
    totals: dict[str, list[Any]] = {}
    surfaces: dict[str, dict[str, None]] = {}
    for item in mentions:
        if item.type in UNLISTED_TYPES:
            continue
        name = entity_name(item)
        row = totals.setdefault(name, [item.type, 0, 0])
        row[1 if item.span.part in ("title", "body") else 2] += 1
        surfaces.setdefault(name, {})[" ".join(item.surface.split())] = None
    connection.execute("DELETE FROM entity WHERE doc = ?", (key,))
    connection.executemany(
        "INSERT INTO entity(name, doc, type, article, comments, surfaces) VALUES(?, ?, ?, ?, ?, ?)",
        [(name, key, *row, "\n".join(list(surfaces[name])[:SURFACES_KEPT])) for name, row in totals.items()],
    )
    names.write(connection, {name: (totals[name][0], list(found)[:SURFACES_KEPT]) for name, found in surfaces.items()})
    connection.execute("UPDATE doc SET recognised = 1 WHERE key = ?", (key,))


def entity_name(mention: Mention) -> str:
    """Return what a mention is counted under: the entity's id, else its type and folded words."""
    return mention.entity or f"?{mention.type}:{' '.join(fold(mention.surface).text.split())}"
