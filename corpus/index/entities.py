"""Who and what is named in the corpus, and where."""

from __future__ import annotations

from typing import NamedTuple

from corpus.index.readers import Readers


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

    def entity_documents(self, entity: str, limit: int = -1) -> list[EntityDocument]:
        """Return the documents that name an entity, those that do so most often first; -1 for all."""
        rows = self.readers.rows(
            "SELECT document, title, article, entity.comments, published FROM entity JOIN doc ON doc.key = entity.doc"
            " WHERE name = ? AND shown = 1 ORDER BY article + entity.comments DESC, date DESC, key LIMIT ?",
            (entity, limit),
        )
        return [EntityDocument(*row) for row in rows]

    def entity_counts(self, limit: int = 2000) -> list[EntityTotal]:
        """Return the entities of the corpus, those named in most documents first; dates are not among them."""
        rows = self.readers.rows(
            "SELECT name, max(type), max(surfaces), count(*), sum(article), sum(entity.comments) FROM entity"
            " JOIN doc ON doc.key = entity.doc WHERE shown = 1"
            " GROUP BY name ORDER BY count(*) DESC, sum(article) + sum(entity.comments) DESC, name LIMIT ?",
            (limit,),
        )
        return [
            EntityTotal(name, None if name.startswith("?") else name, kind, surfaces.split("\n")[0], *counts)
            for name, kind, surfaces, *counts in rows
        ]

    def surfaces(self, entity: str) -> list[str]:
        """Return the words by which an entity is named in the corpus."""
        return [row[0] for row in self.readers.rows("SELECT surface FROM surface WHERE name = ?", (entity,))]
