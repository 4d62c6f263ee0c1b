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


class Writing:
    """Keeps what was recognised in documents; what that changes in all documents is written by `finish`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Write over the writer's connection, inside its transactions."""
        self._connection = connection
        self._totals = Totals()
        self._spelt: set[tuple[str, str, str]] = set()

    def write(self, key: int, recognised: Recognised) -> None:
        """Keep what was recognised in a document that is shown."""
        execute = self._connection.execute
        found, counted = recognised
        document = execute("SELECT document FROM doc WHERE key = ?", (key,)).fetchone()[0]
        execute("INSERT OR REPLACE INTO mentions VALUES(?, ?, ?)", (key, found, checksum(document, found)))
        self._totals.add(execute(OF_DOCUMENT, (key,)).fetchall(), -1)
        self._totals.add(counted)
        execute("DELETE FROM entity WHERE doc = ?", (key,))
        self._connection.executemany(
            "INSERT INTO entity(name, doc, type, surfaces, article, comments, sum) VALUES(?, ?, ?, ?, ?, ?, ?)",
            [(row[0], key, *row[1:], entity_sum(document, *row)) for row in counted],
        )
        spelt = {(name, surface, kind) for name, kind, lines, *_ in counted for surface in lines.split("\n")}
        names.write(self._connection, spelt - self._spelt)
        self._spelt |= spelt
        in_article = pack(feature(f"name {name}") for name, _, _, article, _ in counted if article)
        execute("UPDATE outline SET names = ? WHERE doc = ?", (in_article, key))
        execute("UPDATE doc SET recognised = 1 WHERE key = ?", (key,))

    def finish(self) -> None:
        """Write the totals, before the transaction ends."""
        self._totals.write(self._connection)


def entity_name(mention: Mention) -> str:
    """Return what a mention is counted under: the entity's id, else its type and folded words."""
    return mention.entity or f"?{mention.type}:{' '.join(fold_text(mention.surface).split())}"
