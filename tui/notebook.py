"""What the user makes of a session's texts: notes, highlights, tags, all undoable."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from corpus.model import Document, Span, TextKey
from tui.undo import UndoLog

if TYPE_CHECKING:
    from corpus.notes.annotation import Annotation
    from corpus.notes.store import NoteStore
    from corpus.storage import Storage


class Notebook:
    """The notes of the file in use; every change goes to disk before it counts, and into the undo log."""

    def __init__(self, store: NoteStore, undo: UndoLog, storage: Storage) -> None:
        """Use `store`; nothing is read yet."""
        self.store, self.undo, self.storage = store, undo, storage
        self.messages: list[str] = []
        self._placed: tuple[object, list[tuple[Annotation, Span]]] | None = None
        # undo writes an old content as a new revision: where the content of a note's revision stands now
        self._stands_at: dict[tuple[str, int], int] = {}

    def load(self) -> list[str]:
        """Read the notes; returns sentences for the user."""
        found = self.store.load()
        return [*found, *self.store.recover()]

    def refresh(self) -> bool:
        """Take up what another reader wrote; True when there was something."""
        if not self.store.changed_since(self.store.mark):
            return False
        self.messages += self.store.load()
        self._placed = None
        return True

    # where notes stand

    def placed(self, document: Document) -> list[tuple[Annotation, Span]]:
        """Return the annotations of a document with the spans where they stand today, in no order."""
        from corpus.notes.anchor import place_in

        annotations = self.store.by_document(document.id)
        mark = (document.id, document.version, annotations)
        if self._placed is None or self._placed[0] != mark:
            found = [
                (annotation, span)
                for annotation in annotations
                for _, anchor, span in place_in(annotation, document)
                if span is not None and anchor.placed
            ]
            self._placed = (mark, found)
        return self._placed[1]

    def at(self, document: Document, spans: Sequence[Span]) -> Annotation | None:
        """Return the annotation that stands at these spans: the same words, else the shortest that touches them."""
        touching = [
            (annotation, span)
            for annotation, span in self.placed(document)
            if any(span.key == wanted.key and span.start < wanted.end and wanted.start < span.end for wanted in spans)
        ]
        exact = [item for item in touching if item[1] in spans]
        if exact:
            return exact[-1][0]
        return min(touching, key=lambda item: item[1].end - item[1].start)[0] if touching else None

    def exactly_at(self, document: Document, spans: Sequence[Span]) -> Annotation | None:
        """Return the annotation on just these words."""
        wanted = tuple(spans)
        by_note: dict[str, list[Span]] = {}
        for annotation, span in self.placed(document):
            by_note.setdefault(annotation.id, []).append(span)
        for annotation, _ in self.placed(document):
            if tuple(sorted(by_note[annotation.id])) == tuple(sorted(wanted)):
                return annotation
        return None

    def by_text(self, document: Document) -> dict[TextKey, list[tuple[int, int, str | None]]]:
        """Return for each text the stretches that carry notes, with the colour."""
        found: dict[TextKey, list[tuple[int, int, str | None]]] = {}
        for annotation, span in self.placed(document):
            found.setdefault(span.key, []).append((span.start, span.end, annotation.colour))
        return found

    # changes

    def _become(self, name: str, wanted: Annotation | None, document: Document | None, base: int | None) -> int | None:
        """Bring a note, as it was at revision `base`, to what is wanted; returns the new revision.

        None where another reader's change was kept beside it: what stands there now is not what was wanted.
        """
        from corpus.notes.changes import Delete, Put, put, same_content

        if wanted is None:
            saved = self.store.apply([Delete(name, base)])
        else:
            saved = self.store.apply([put(wanted, document, base) if document else Put(wanted, base=base)])
        self.messages += saved.messages
        self._placed = None
        found = saved.annotations.get(name)
        same = found is wanted is None or bool(found and wanted and same_content(found, wanted))
        return saved.revisions.get(name) if same else None

    def _change(self, label: str, document: Document | None, old: Annotation | None, new: Annotation | None) -> None:
        """Put `new` in the place of `old`; either may be None."""
        name = (new or old).id  # type: ignore[union-attr]
        before = old.revision if old else 0
        reached = self._become(name, new, document, before if old else None)
        after = before if reached is None else reached

        def go(wanted: Annotation | None, here: int, there: int) -> None:
            revision = self._become(name, wanted, document, self._stands_at.get((name, here), here))
            if revision is not None:
                self._stands_at[name, there] = revision

        self.undo.did(label, lambda: go(old, after, before), lambda: go(new, before, after))

    def highlight(self, document: Document, spans: Sequence[Span], colour: str) -> str:
        """Highlight; on just the same words the colour changes, and the same colour again takes it away."""
        from corpus.notes.build import annotate, with_colour

        now = self.storage.clock()
        present = self.exactly_at(document, spans)
        if present is None:
            made = annotate(document, list(spans), colour=colour, creator=self.store.creator, now=now)
            self._change("highlight", document, None, made)
            return f"Highlighted in {colour}."
        if present.colour == colour and not present.text and not present.tags:
            self._change("highlight taken away", document, present, None)
            return "Highlight taken away; u brings it back."
        wanted = None if present.colour == colour else colour
        self._change("colour", document, present, with_colour(present, wanted, now))
        return f"Highlighted in {colour}." if wanted else "Colour taken away; the note stays."

    def write(self, document: Document, spans: Sequence[Span], note: str, present: Annotation | None) -> str:
        """Write a note on words, or change the one that is there; an empty text takes the note away."""
        from corpus.notes.build import annotate, with_body

        now = self.storage.clock()
        if present is None:
            if not note.strip():
                return "Nothing written."
            made = annotate(document, list(spans), note=note, creator=self.store.creator, now=now)
            self._change("note", document, None, made)
            return "Note saved."
        if present.text == note:
            return "Note unchanged."
        if not note.strip() and not present.tags and not present.colour:
            self._change("note deleted", document, present, None)
            return "Note deleted; u brings it back."
        self._change("note", document, present, with_body(present, note, now))
        return "Note saved."

    def write_about(self, entity: str, name: str, note: str, present: Annotation | None) -> str:
        """Write a note on an entity, or change the one that is there; an empty text takes the note away."""
        from corpus.notes.build import annotate_entity, with_body

        now = self.storage.clock()
        if (present.text if present else "") == note:
            return "Note unchanged." if present else "Nothing written."
        if present is None:
            made = annotate_entity(entity, name, note, creator=self.store.creator, now=now)
            self._change("note", None, None, made)
        elif not note.strip():
            self._change("note deleted", None, present, None)
            return "Note deleted; u brings it back."
        else:
            self._change("note", None, present, with_body(present, note, now))
        return "Note saved."

    def tag(self, document: Document, spans: Sequence[Span], names: Sequence[str], present: Annotation | None) -> str:
        """Give words these tags, and no others."""
        from corpus.notes.build import annotate, with_tags

        now, known = self.storage.clock(), self.store.tag_ids()
        if present is None:
            if not names:
                return "No tags."
            made = annotate(document, list(spans), tags=names, creator=self.store.creator, now=now, known_tags=known)
            self._change("tags", document, None, made)
        else:
            self._change("tags", document, present, with_tags(present, names, now, known))
        return "Tags: " + ", ".join(names) + "." if names else "Tags taken away."

    def delete(self, annotation: Annotation, document: Document | None = None) -> str:
        """Delete an annotation."""
        self._change("note deleted", document, annotation, None)
        return "Deleted; u brings it back."

    def rewrite(self, annotation: Annotation, change: Callable[[Annotation], Annotation]) -> None:
        """Change an annotation whose document need not be open."""
        self._change("note", None, annotation, change(annotation))
