"""Who and what is named in the corpus, and where."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from corpus.index.readers import Readers
from corpus.index.records import SUMMED, DamagedError, entity_sum, fact_sum, row_sum

_SUMMED = ", ".join(f"doc.{name}" for name in SUMMED)
_PUBLISHED = SUMMED.index("published")


class EntityDocument(NamedTuple):
    """A document that names an entity, and how often: in the article and in the comments."""

    document: str
    title: str
    article: int
    comments: int
    published: str | None = None


class EntityTotal(NamedTuple):
    """How often an entity is named in the corpus. `name` asks for its documents; `entity` is None for an unknown name."""

    name: str
    entity: str | None
    type: str
    surface: str
    documents: int
    article: int
    comments: int


class Entities:
    """Queries over what was recognised in all documents; a part of the library."""

    readers: Readers

    def names_read(self) -> tuple[int, int]:
        """Return of how many documents of the list the names were found, and how many documents there are."""
        rows = self.readers.rows("SELECT total(recognised), count(*) FROM doc WHERE shown = 1 AND document IS NOT NULL")
        return (int(rows[0][0]), rows[0][1]) if rows else (0, 0)

    def entity_documents(self, entity: str, limit: int = -1) -> list[EntityDocument]:
        """Return the documents that name an entity, those that do so most often first; -1 for all."""
        rows = self.readers.rows(
            f"SELECT doc.sum, entity.sum, name, type, surfaces, article, entity.comments, {_SUMMED} FROM entity"
            " JOIN doc ON doc.key = entity.doc"
            " WHERE name = ? AND shown = 1 ORDER BY article + entity.comments DESC, date DESC, key LIMIT ?",
            (entity, limit),
        )
        found = []
        for of_doc, of_entity, *rest in rows:
            counted, facts = rest[:5], rest[5:]
            if row_sum(facts) == of_doc and entity_sum(facts[0], *counted) == of_entity:
                _, _, _, article, comments = counted
                found.append(EntityDocument(facts[0], facts[1], article, comments, facts[_PUBLISHED]))
        if len(found) < self._stated(entity, limit):
            self.readers.note(DamagedError())
        return found

    def _stated(self, entity: str, limit: int) -> int:
        """Return how many documents there must be, at most `limit`."""
        total = next(self._totals("WHERE name = ?", entity), None)
        stated = total.documents if total else 0
        return stated if limit < 0 else min(stated, limit)

    def entity_counts(self, limit: int = 2000) -> list[EntityTotal]:
        """Return the entities of the corpus, those named in most documents first; dates are not among them."""
        return list(self._totals("ORDER BY documents DESC, article + comments DESC, name LIMIT ?", limit))

    def _totals(self, condition: str, value: object) -> Iterator[EntityTotal]:
        """Yield totals, damaged ones left out."""
        rows = self.readers.rows(
            f"SELECT name, type, surface, documents, article, comments, sum FROM total {condition}", (value,)
        )
        for *row, total in rows:
            if fact_sum(*row) != total:
                self.readers.note(DamagedError())
                continue
            name, kind, surface, *counts = row
            yield EntityTotal(name, None if name.startswith("?") else name, kind, surface, *counts)

    def surfaces(self, entity: str) -> list[str]:
        """Return the words by which an entity is named in the corpus."""
        rows = self.readers.rows("SELECT name, surface, type, sum FROM surface WHERE name = ?", (entity,))
        if any(fact_sum(*row) != total for *row, total in rows):
            self.readers.note(DamagedError())
        return [row[1] for *row, total in rows if fact_sum(*row) == total]
