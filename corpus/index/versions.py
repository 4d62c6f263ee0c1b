"""Captures of the same document: which belong together, which is shown, and what of the others is searched.

Versions have the same URL, or no URL and nearly the same text. They share a work: the id of the one that
came first. All stay in the index; of those that are not shown only what the later ones lack is searched.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from corpus.index.schema import PASSAGE_BITS
from corpus.index.sketch import SAME, SHARED, alike, triples

if TYPE_CHECKING:
    from corpus.index.preparing import Prepared

A_VALUE = 64
"""Documents that are looked at for one hash of a sketch: what hundreds of texts share tells nothing."""
COMPARED = 4

OF_WORK = "(document = ? OR work = ?)"
"""Condition for the versions of a work, whose id is given twice."""
NEWEST_FIRST = "paragraphs = 0, newness DESC, version DESC, key DESC"
"""A capture that has comments alone is a part of the page, and never stands for all of it."""


def work_of(connection: sqlite3.Connection, document: str) -> str:
    """Return the id that all versions of a document share."""
    row = connection.execute("SELECT work FROM doc WHERE document = ? AND work IS NOT NULL", (document,)).fetchone()
    return str(row[0]) if row else document


def find_work(connection: sqlite3.Connection, prepared: Prepared) -> tuple[str | None, bool]:
    """Return the work of a document that is about to be written, and whether no capture of it is there yet.

    The work is None where that is the document's own id.
    """
    row = prepared.row
    own_id = row["document"]
    known = connection.execute("SELECT work FROM doc WHERE document = ? OR work = ?", (own_id, own_id)).fetchone()
    if known:
        return known[0], False
    if not prepared.sketch:
        return None, True
    texts = prepared.packed.passages[1 : 1 + row["paragraphs"]]
    own = triples(row["title"], "\n".join(text for text, _, _ in texts))
    for key in _similar(connection, prepared.sketch):
        work, title = connection.execute(
            "SELECT coalesce(work, document), title FROM doc WHERE key = ?", (key,)
        ).fetchone()
        others = connection.execute(f"SELECT outlet, published FROM doc WHERE {OF_WORK}", (work, work)).fetchall()
        if not all(_may_be_same(row, outlet, published) for outlet, published in others):
            continue
        if alike(own, triples(title, _body(connection, key))) >= SAME:
            return str(work), False
    return None, True


def _similar(connection: sqlite3.Connection, sketch: Sequence[int]) -> list[int]:
    found: Counter[int] = Counter()
    for value in sketch:
        found.update(
            key for (key,) in connection.execute("SELECT doc FROM sketch WHERE value = ? LIMIT ?", (value, A_VALUE))
        )
    return [key for key, shared in found.most_common(COMPARED) if shared >= SHARED]


def _may_be_same(row: Mapping[str, Any], outlet: str, published: str | None) -> bool:
    """Tell whether nothing that both state is against it: its day tells a weather report from yesterday's."""
    return (not row["outlet"] or not outlet or row["outlet"] == outlet) and (
        not row["published"] or not published or row["published"] == published
    )


def _body(connection: sqlite3.Connection, key: int) -> str:
    rows = connection.execute(
        "SELECT text FROM passage WHERE id > ? AND id <= ? + (SELECT paragraphs FROM doc WHERE key = ?) ORDER BY id",
        (key << PASSAGE_BITS, key << PASSAGE_BITS, key),
    )
    return "\n".join(text for (text,) in rows)


def remember(connection: sqlite3.Connection, key: int, sketch: Iterable[int]) -> None:
    """Keep the sketch of a document."""
    connection.executemany("INSERT OR IGNORE INTO sketch VALUES(?, ?)", [(value, key) for value in sketch])


def later_passages(connection: sqlite3.Connection, key: int) -> set[tuple[str, str]]:
    """Return text and author of all passages in the versions of a document that are later than the one at `key`."""
    document, _ = connection.execute("SELECT document, 0 FROM doc WHERE key = ?", (key,)).fetchone()
    work = work_of(connection, document)
    later = []
    for (other,) in connection.execute(
        f"SELECT key FROM doc WHERE {OF_WORK} ORDER BY {NEWEST_FIRST}", (work, work)
    ).fetchall():
        if other == key:
            break
        later.append(other)
    return {passage for other in later for passage in passages_of(connection, other)}


def passages_of(connection: sqlite3.Connection, key: int) -> list[tuple[str, str]]:
    """Return text and author of the passages of a document; the author is empty but for comments."""
    rows = connection.execute(
        "SELECT text, rest FROM passage WHERE id BETWEEN ? AND ? ORDER BY id",
        (key << PASSAGE_BITS, ((key + 1) << PASSAGE_BITS) - 1),
    )
    return [(text, json.loads(rest).get("author") or "" if rest.startswith("{") else "") for text, rest in rows]
