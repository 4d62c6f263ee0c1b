"""What was recognised in a document as rows of the index: its mentions, and how often each name is in it."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import Any, NamedTuple

from corpus.index import names
from corpus.index.outlines import feature, pack
from corpus.index.records import checksum, entity_sum, pack_mentions
from corpus.index.totals import OF_DOCUMENT, Counted, Totals
from corpus.model import Mention
from corpus.text import fold_text

UNLISTED_TYPES = frozenset({"DATE", "TIME", "DURATION"})
SURFACES_KEPT = 20
"""Spellings of an entity that are kept of a document."""


class Recognised(NamedTuple):
    """What was recognised in a document, counted; spellings are lines."""

    found: bytes
    counted: tuple[Counted, ...]


def count_mentions(mentions: Sequence[Mention]) -> Recognised:
    """Return mentions as they are kept; nothing of the index is needed."""
    counts: dict[str, list[Any]] = {}
    surfaces: dict[str, dict[str, None]] = {}
    for item in mentions:
        if item.type in UNLISTED_TYPES:
            continue
        name = entity_name(item)
        row = counts.setdefault(name, [item.type, 0, 0])
        row[1 if item.span.part in ("title", "body") else 2] += 1
        surfaces.setdefault(name, {})[" ".join(item.surface.split())] = None
    counted = [
        (name, kind, "\n".join(list(surfaces[name])[:SURFACES_KEPT]), article, comments)
        for name, (kind, article, comments) in counts.items()
    ]
    return Recognised(pack_mentions(mentions), tuple(counted))


def write_mentions(connection: sqlite3.Connection, key: int, recognised: Recognised, totals: Totals) -> None:
    """Keep what was recognised in a document that is shown; what that changes in all is added to `totals`."""
    found, counted = recognised
    document = connection.execute("SELECT document FROM doc WHERE key = ?", (key,)).fetchone()[0]
    connection.execute("INSERT OR REPLACE INTO mentions VALUES(?, ?, ?)", (key, found, checksum(document, found)))
    totals.add(connection.execute(OF_DOCUMENT, (key,)).fetchall(), -1)
    totals.add(counted)
    connection.execute("DELETE FROM entity WHERE doc = ?", (key,))
    connection.executemany(
        "INSERT INTO entity(name, doc, type, surfaces, article, comments, sum) VALUES(?, ?, ?, ?, ?, ?, ?)",
        [(row[0], key, *row[1:], entity_sum(document, *row)) for row in counted],
    )
    names.write(
        connection, [(name, surface, kind) for name, kind, spelt, *_ in counted for surface in spelt.split("\n")]
    )
    in_article = pack(feature(f"name {name}") for name, _, _, article, _ in counted if article)
    connection.execute("UPDATE outline SET names = ? WHERE doc = ?", (in_article, key))
    connection.execute("UPDATE doc SET recognised = 1 WHERE key = ?", (key,))


def entity_name(mention: Mention) -> str:
    """Return what a mention is counted under: the entity's id, else its type and folded words."""
    return mention.entity or f"?{mention.type}:{' '.join(fold_text(mention.surface).split())}"
