"""Names in passages: which mentions of certain entities or types a passage holds."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from typing import Any

from corpus.fuzzy import close
from corpus.index.loading import load_mentions
from corpus.index.mentions import entity_name
from corpus.index.passages import Candidate, paragraph_start
from corpus.index.records import DamagedError
from corpus.index.tokens import words
from corpus.model import Mention
from corpus.text import fold_text

ALL_PARTS = frozenset({"title", "article", "comment"})

NEAREST, COMPARED = 3, 5000
"""Names that are told where another was not found, and those of most documents that it is compared with."""


def nearest_names(connection: sqlite3.Connection, text: str) -> list[str]:
    """Return names of the corpus that a text may be a slip or a part of, the likeliest first. May raise sqlite3.Error."""
    rows = connection.execute(
        "SELECT surface.surface FROM total JOIN surface USING(name) ORDER BY documents DESC, name LIMIT ?", (COMPARED,)
    )
    names = list(dict.fromkeys(row[0] for row in rows))
    folded = [fold_text(name) for name in names]
    wanted = fold_text(text.strip())
    found = sorted(close(wanted, folded, min(2, len(wanted) // 3)), key=lambda item: (item[1], item[0]))
    parts = [at for at, name in enumerate(folded) if wanted in words(name)] if len(wanted) > 1 else []
    return [names[at] for at in dict.fromkeys([*(at for at, _ in found), *parts])][:NEAREST]


class Named:
    """Finds the mentions of some entities (by the name under which they are counted) or types in passages."""

    def __init__(self, connection: sqlite3.Connection, names: frozenset[str], types: frozenset[str]) -> None:
        """Look for `names`, or for any name of `types`."""
        self._connection, self._names, self._types = connection, names, types
        self._mentions: dict[int, tuple[Mention, ...]] = {}

    def spans(self, candidate: Candidate) -> list[tuple[int, int]]:
        """Return where they stand in the text of a passage."""
        mentions = self._of(candidate.key)
        if candidate.number == 0:
            return [(item.span.start, item.span.end) for item in mentions if item.span.part == "title"]
        if candidate.is_comment:
            if not any(item.span.part == "comment" for item in mentions):
                return []
            comment = candidate.facts()[0]
            return [
                (item.span.start, item.span.end)
                for item in mentions
                if item.span.part == "comment" and item.span.comment == comment
            ]
        body = [item for item in mentions if item.span.part == "body"]
        if not body:
            return []
        start = paragraph_start(self._connection, candidate)
        end = start + len(candidate.text)
        return [(item.span.start - start, item.span.end - start) for item in body if start <= item.span.start < end]

    def bases(self, parts: frozenset[str]) -> list[int] | None:
        """Return the first search ids of the documents with such a name in these parts, by what was counted of each.

        None where that tells nothing of the parts. May raise sqlite3.Error.
        """
        counts = {frozenset({"comment"}): "entity.comments", frozenset({"title", "article"}): "article"}
        counted = counts.get(parts, "1" if parts == ALL_PARTS else "")
        if not counted:
            return None
        column, wanted = ("type", self._types) if self._types else ("name", self._names)
        rows = self._connection.execute(
            f"SELECT DISTINCT base FROM entity JOIN doc ON doc.key = entity.doc"
            f" WHERE {column} IN (SELECT value FROM json_each(?)) AND {counted} > 0 AND base > 0",
            (json.dumps(sorted(wanted)),),
        )
        return [row[0] for row in rows]

    def _of(self, key: int) -> tuple[Mention, ...]:
        if key not in self._mentions:
            try:
                found = load_mentions(self._rows, key, self._types)
            except (DamagedError, ValueError, TypeError):
                found = ()
            self._mentions[key] = found if self._types else tuple(filter(self._is_wanted, found))
        return self._mentions[key]

    def _rows(self, text: str, values: Sequence[Any]) -> list[Any]:
        return self._connection.execute(text, values).fetchall()

    def _is_wanted(self, mention: Mention) -> bool:
        return entity_name(mention) in self._names
