"""Hits that are no passages: the people, places and things that a query names, and the user's notes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from corpus.finding import find_in
from corpus.hits import Hit, cut
from corpus.library import Library
from corpus.model import Entity, Span
from corpus.query import Query
from corpus.text import canonical, fold

if TYPE_CHECKING:
    from corpus.notes.annotation import Annotation

MOST_ENTITIES = 3
MOST_NOTES = 200
SLIPS_AMONG = 2000
"""With more notes than this only the words as typed are looked for in them."""


def entity_hits(query: Query, named: Callable[[str, int], Sequence[Entity]], library: Library) -> list[Hit]:
    """Return the entities that the whole query names and the corpus holds.

    Args:
        query: what is looked for.
        named: returns the entities that a text may name, the surest first.
        library: the corpus.
    """
    text = query.text.strip().strip('"')
    found = []
    for entity in named(text, MOST_ENTITIES):
        hit = _entity_hit(entity, text, library)
        if hit:
            found.append(hit)
    return found


def _entity_hit(entity: Entity, text: str, library: Library) -> Hit | None:
    documents = library.entity_documents(entity.id, 1)
    if not documents:
        return None
    first = documents[0]
    spans = [item.span for item in library.mentions(first.document) if item.entity == entity.id]
    span = spans[0] if spans else Span(first.document, "title", None, 0, 0)
    names = list(dict.fromkeys([entity.name, *entity.hangul, *entity.aliases]))
    wanted = fold(text).text
    own = next((name for name in names if fold(name).text == wanted), None)
    why = "exact" if own else f"spelling of {entity.name}"
    if not own and fold(entity.name).text.startswith(wanted):
        why = f"goes on: {entity.name}"
    excerpt = " · ".join(filter(None, [*names[:4], entity.description]))
    marks = tuple((at, at + len(own)) for at in [excerpt.find(own)] if at >= 0) if own else ()
    score = 100.0 if own else 92.0
    return Hit("entity", span, entity.name, "", excerpt, marks, why, (), score, first.document, 0, entity.id)


def note_hits(query: Query, annotations: Sequence[Annotation], library: Library) -> list[Hit]:
    """Return the notes whose text, quote or tags hold all words of the query, the newest first; slips last."""
    wanted = [[" ".join(words) for words in term.choices] for term in query.terms]
    without = [" ".join(term.words) for term in query.without]
    newest = sorted(annotations, key=lambda note: note.modified, reverse=True)
    exact_only = [True] if len(newest) > SLIPS_AMONG else [True, False]
    found: dict[str, Hit] = {}
    for exact in exact_only:
        for note in newest:
            if len(found) < MOST_NOTES and note.id not in found:
                hit = _note_hit(note, wanted, without, exact, library)
                if hit:
                    found[note.id] = hit
    return list(found.values())


def _note_hit(
    note: Annotation, wanted: list[list[str]], without: list[str], exact: bool, library: Library
) -> Hit | None:
    own = canonical("\n".join(filter(None, [note.text, ", ".join(tag.name for tag in note.tags)])))
    for text in (own, canonical(note.quote)):
        if not text or any(find_in(text, word, exact_only=True) for word in without):
            continue
        found = [
            next((match for word in words if (match := find_in(text, word, exact_only=exact))), []) for words in wanted
        ]
        if all(found):
            marks = [(match.start, match.end) for matches in found for match in matches]
            why = next((match.why for matches in found for match in matches[:1] if match.why != "exact"), "exact")
            excerpt, highlights = cut(text, min(marks)[0], marks)
            document = note.target.document or ""
            span = note.target.span or Span(document, "title", None, 0, 0)
            creator = note.creator.name if note.creator else ""
            score = 100.0 if why == "exact" else 80.0
            return Hit(
                "note",
                span,
                library.title(document),
                creator,
                excerpt,
                highlights,
                why,
                (),
                score,
                document,
                0,
                note.id,
            )
    return None
