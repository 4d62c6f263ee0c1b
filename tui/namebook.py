"""What the user makes of the names in a session's texts: corrections over what was recognised, all undoable."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import unquote

from corpus.entities.corrections import Corrections, Judgement
from corpus.entities.judgements import Judgements, corrected
from corpus.entities.summary import GROUPS, EntityCount, group_of
from tui.undo import UndoLog

if TYPE_CHECKING:
    from corpus.entities.card import Subject
    from corpus.entities.gazetteer import Gazetteer
    from corpus.entities.proposals import Change, Scope, Wish
    from corpus.library import EntityDocument, EntityTotal, Library
    from corpus.model import Document, Mention
    from corpus.notes.annotation import Annotation
    from tui.notebook import Notebook

PREVIEWED = 20
"""Documents looked through for the preview of a correction that holds everywhere."""


class Namebook:
    """Corrections of names; every one goes to disk before it counts, and into the undo log."""

    def __init__(self, judgements: Judgements, shipped: Gazetteer, library: Library, undo: UndoLog) -> None:
        """Correct what `library` recognised with the gazetteer `shipped`."""
        self.judgements, self.shipped, self.library, self.undo = judgements, shipped, library, undo
        self._gazetteer: tuple[Corrections, Gazetteer] | None = None

    @property
    def corrections(self) -> Corrections:
        """What is in force."""
        return self.judgements.corrections

    @property
    def gazetteer(self) -> Gazetteer:
        """The known names, with those that the user gave."""
        if self._gazetteer is None or self._gazetteer[0] is not self.corrections:
            self._gazetteer = self.corrections, corrected(self.shipped, self.corrections)
        return self._gazetteer[1]

    def raw(self, document: Document) -> tuple[Mention, ...]:
        """Return what was recognised in a document, or recognise it now."""
        try:
            found = self.library.mentions(document.id, version=document.version)
        except KeyError:
            found = ()
        if found or len(document.comments) > 2000:
            return found
        from corpus.entities.recognise import Recogniser

        return Recogniser(self.shipped).recognise(document)

    def mentions(self, document: Document) -> tuple[Mention, ...]:
        """Return what a document names, corrected."""
        return self.corrections.apply(self.raw(document))

    def subject(self, count: EntityCount) -> Subject:
        """Return what a line of the sidebar is about."""
        from corpus.entities.card import subject_of

        return subject_of(count, self.corrections.members(count.id) if count.id else ())

    def documents(self, subject: Subject) -> list[EntityDocument]:
        """Return the documents that name a subject, as the index counts them; those that do so most often first."""
        found: dict[str, EntityDocument] = {}
        for name in subject.index_names:
            for document in self.library.entity_documents(name):
                known = found.get(document.document)
                found[document.document] = _together(known, document) if known else document
        return sorted(found.values(), key=lambda item: -(item.article + item.comments))

    # all documents

    def all_counts(self) -> list[EntityCount]:
        """Return the entities of all documents, in the groups of the sidebar; their mentions are not loaded.

        Corrections of a single document or mention are not counted in: the index knows entities and words only.
        """
        gathered: dict[str, EntityCount] = {}
        for total in self.library.entity_counts():
            count = self._count(total)
            if count is None:
                continue
            key = count.id or f"?{count.type}:{count.name}"
            known = gathered.get(key)
            if known is None:
                gathered[key] = count
            else:
                gathered[key] = replace(
                    known, article=known.article + count.article, comments=known.comments + count.comments
                )
        return sorted(gathered.values(), key=lambda entity: GROUPS.index(entity.group))

    def _count(self, total: EntityTotal) -> EntityCount | None:
        from corpus.entities.rows import hangul_names
        from corpus.model import Mention, Span

        nowhere = Mention(Span("", "body", None, 0, 0), total.surface, total.type, total.entity, "")
        kept = next(iter(self.corrections.apply([nowhere])), None)
        if total.entity is not None and kept is not None:
            # a judgement about words must not move a known entity that has other words too
            entity = self.corrections.canonical.get(total.entity, total.entity)
            kept = nowhere if entity == total.entity else kept
        if kept is None:
            return None
        row = self.gazetteer.rows.get(kept.entity or "")
        if row is None:
            surface = ((total.surface, total.article + total.comments),)
            return EntityCount(
                None, kept.type, "UNKNOWN", total.surface, "", total.article, total.comments, (), surface
            )
        hangul = next(iter(hangul_names(row)), "")
        return EntityCount(
            row.id, row.type, group_of(row.type), row.name, hangul, total.article, total.comments, (), ()
        )

    # correcting

    def judge(self, label: str, judgements: Sequence[Judgement]) -> None:
        """Write judgements; undoable. Raises OSError when they cannot be written."""
        numbers = self.judgements.add(judgements)

        def turn() -> None:
            nonlocal numbers
            numbers = self.judgements.take_back(numbers)

        self.undo.did(label, turn, turn)

    def preview(self, wish: Wish, scope: Scope, document: Document | None) -> Preview:
        """Return what a correction would change, the open document first."""
        from corpus.entities.proposals import changes, judgements

        made = judgements(wish, scope)
        then = self.judgements.with_more(made)
        now = self.corrections, self.gazetteer
        after = then, corrected(self.shipped, then)
        found: list[tuple[Document, Change]] = []
        looked = named = 0
        for held in self._held(wish, scope, document):
            if held is None:
                named += 1
                continue
            looked += 1
            found += [(held, change) for change in changes(self.raw(held), now, after)]
        return Preview(tuple(made), found, looked, named)

    def _held(self, wish: Wish, scope: Scope, document: Document | None) -> Iterator[Document | None]:
        """Yield the documents that a correction may touch; None for each that is not looked through."""
        if document is not None:
            yield document
        if scope != "everywhere":
            return
        others = [item for item in self.documents(wish.subject) if document is None or item.document != document.id]
        for at, item in enumerate(others):
            try:
                yield self.library.document(item.document) if at < PREVIEWED else None
            except KeyError:
                continue

    # notes

    def subject_of_note(self, note: Annotation) -> Subject:
        """Return what a note on a name is about; an id that nobody knows any more keeps the name that the note has."""
        from corpus.entities.card import Subject
        from corpus.notes.annotation import ENTITY_IRI

        entity = unquote(note.target.iri.removeprefix(ENTITY_IRI))
        entity = self.corrections.canonical.get(entity, entity)
        row = self.gazetteer.rows.get(entity)
        kind, name = (row.type, row.name) if row else ("PERSON", note.snapshot.get("title", entity))
        return Subject(entity, kind, name, members=self.corrections.members(entity))

    def note_on(self, notebook: Notebook, entity: str) -> Annotation | None:
        """Return the user's note on an entity."""
        from corpus.notes.build import entity_iri

        iris = {entity_iri(member) for member in self.corrections.members(entity)}
        return next((note for note in notebook.store.annotations if note.target.iri in iris), None)


def _together(one: EntityDocument, other: EntityDocument) -> EntityDocument:
    return one._replace(article=one.article + other.article, comments=one.comments + other.comments)


class Preview:
    """What a correction would come to."""

    def __init__(
        self,
        judgements: tuple[Judgement, ...],
        found: Sequence[tuple[Document, Change]],
        looked: int,
        beyond: int,
    ) -> None:
        """Hold the judgements, the changes found in `looked` documents, and how many more documents name it."""
        self.judgements, self.changes, self.looked, self.beyond = judgements, found, looked, beyond

    @property
    def said(self) -> str:
        """How much would change, in words."""
        documents = len({document.id for document, _ in self.changes})
        count = len(self.changes)
        if not count and not self.beyond:
            return "nothing changes"
        said = f"{count:,} mention{'s' * (count != 1)} in {documents:,} document{'s' * (documents != 1)}"
        return f"{said}, {self.beyond:,} more documents to follow" if self.beyond else said
