"""The card of one entity: its names, where it was seen, what stands beside it, a note, and corrections."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from textual.message import Message
from textual.worker import get_current_worker

from corpus.entities.card import Gathered, Subject, facts_of
from corpus.entities.corrections import folded
from corpus.model import Document, Mention, Span
from tui.screens.correcting import About, Correcting
from tui.screens.listing import ListingScreen
from tui.screens.undoing import Undoing
from tui.view.card_lines import CardSource, CardView, card_lines
from tui.view.rows import EmptySource

if TYPE_CHECKING:
    from corpus.notes.annotation import Annotation
    from tui.session import Session

LOOKED_THROUGH = 60
"""Documents whose texts a card looks through, those that name the entity most often first."""


class Looked(Message):
    """Other documents were looked through."""

    def __init__(self, view: CardView, found: Gathered, looked: int) -> None:
        """Carry, for a view of the card, what they say together with the open one, and how many they were."""
        self.view, self.found, self.looked = view, found, looked
        super().__init__()


class EntityCard(Correcting, Undoing, ListingScreen):
    """Returns the span to go to, or None."""

    DEFAULT_CSS = "EntityCard Input { display: none; }"
    hints = (
        "entity.merge",
        "entity.split",
        "entity.rename",
        "entity.retype",
        "entity.ignore",
        "entity.link",
        "entity.unlink",
        "note",
        "undo",
        "open",
        "leave",
    )
    typing = False

    def __init__(
        self, session: Session, subject: Subject, document: Document | None, mention: Mention | None = None
    ) -> None:
        """Show `subject` as `document` names it; `mention` is the one that the reader stands on."""
        super().__init__()
        self.session, self.subject, self.document, self.mention = session, subject, document, mention
        self._trail: list[Subject] = []
        self._view: CardView | None = None

    def mode(self) -> str:
        """Return the mode in which single letters correct names."""
        return "entity"

    def on_mount(self) -> None:
        """Show what the open document says, then look through the others."""
        super().on_mount()
        self.look()

    def look(self) -> None:
        """Gather what is known of the subject."""
        names, document = self.session.names, self.document
        self.title_text = self.list.title = self.subject.name
        here, everywhere = Gathered(self.subject), Gathered(self.subject)
        if document is not None:
            named = names.mentions(document)
            for gathered in (here, everywhere):
                gathered.take(document, named)
        self._view = CardView(
            self.subject,
            facts_of(names.gazetteer, self.subject.id, names.shipped),
            names.gazetteer,
            here,
            everywhere,
            names.documents(self.subject),
            looked=1 if document is not None and here.documents else 0,
            document=document,
            note=self._note_text(),
            named_by_you=(self.subject.id or "") in names.corrections.names,
            plain=bool(self.reader.plain_characters),
        )
        self.refill(keep=False)
        others = [item.document for item in self._view.documents if document is None or item.document != document.id]
        if others:
            work = partial(self._look_through, self._view, self.subject, others[:LOOKED_THROUGH])
            self.run_worker(work, thread=True, group="card", exclusive=True, exit_on_error=False)

    def _look_through(self, view: CardView, subject: Subject, others: list[str]) -> None:
        worker = get_current_worker()
        names, found, looked = self.session.names, Gathered(subject), 0
        mine = [self.document] if self.document is not None else []
        for document in mine:
            found.take(document, names.mentions(document))
            looked += bool(found.documents)
        for name in others:
            if worker.is_cancelled:
                return
            try:
                held = self.session.library.document(name)
            except KeyError:
                continue
            found.take(held, names.mentions(held))
            looked += 1
        self.post_message(Looked(view, found, looked))

    def on_looked(self, event: Looked) -> None:
        """Show what the other documents say, unless the card was made anew since."""
        event.stop()
        if event.view is self._view:
            event.view.all, event.view.looked = event.found, event.looked
            self.refill()

    def refill(self, *, keep: bool = True) -> None:
        """Show the card as it is now."""
        if self._view is None:
            return
        lines = card_lines(self._view)
        self.list.subtitle = ", ".join(self._view.facts.hangul[:2]) if self._view.facts else "unknown name"
        self.list.show(CardSource(lines) if lines else EmptySource(self.nothing), keep=keep)
        looked, count = self._view.looked, len(self._view.documents)
        self.status.set_place(f"{count:,} document{'s' * (count != 1)}")
        self.status.set_text(right=f"sentences of {looked:,} of {count:,} documents" if looked < count else "")

    def fill(self, text: str) -> None:
        """There is nothing to type here."""
        self.refill()

    def chosen(self) -> tuple[str, object]:
        """Return what the line under the cursor is about: (what, id)."""
        source = self.list.source
        key = source.key(self.list.cursor) if isinstance(source, CardSource) and len(source) else None
        return (str(key[0]), key[1]) if isinstance(key, tuple) else ("", None)

    # going on from a line

    def command_open(self, count: int | None) -> None:
        """Go to the passage, the document's first mention, or the other entity's card."""
        what, name = self.chosen()
        span, said = None, "Enter opens documents, sentences, spellings and other names."
        if what == "entity":
            self._show(self._subject_named(str(name)))
            return
        if what == "span" and isinstance(name, Span):
            span = name
        elif what == "document":
            span, said = self._first_mention(str(name)), "Its names are not in the index any more."
        elif what == "spelling":
            span, said = self._spelt(str(name)), "This spelling is in other documents only."
        if span is None:
            self.say(said)
        else:
            self.dismiss(span)

    def _first_mention(self, document: str) -> Span | None:
        assert self._view is not None
        if found := self._view.all.documents.get(document):
            return found
        try:
            held = self.session.library.document(document)
        except KeyError:
            return None
        named = self.session.names.mentions(held)
        return next((mention.span for mention in named if self.subject.is_named_by(mention)), None)

    def _own(self) -> list[Mention]:
        if self.document is None:
            return []
        return [mention for mention in self.session.names.mentions(self.document) if self.subject.is_named_by(mention)]

    def _spelt(self, surface: str) -> Span | None:
        return next((mention.span for mention in self._own() if folded(mention.surface) == folded(surface)), None)

    def _subject_named(self, key: str) -> Subject:
        names = self.session.names
        row = names.gazetteer.rows.get(key)
        if row is not None:
            return Subject(row.id, row.type, row.name, members=names.corrections.members(row.id))
        named = names.mentions(self.document) if self.document else ()
        found = next((mention for mention in named if f"={folded(mention.surface)}" == key), None)
        surface = " ".join(found.surface.split()) if found else key.lstrip("=")
        return Subject(None, found.type if found else "PERSON", surface, frozenset({folded(surface)}))

    def _show(self, subject: Subject) -> None:
        self._trail.append(self.subject)
        self.subject, self.mention = subject, None
        self.look()

    def command_back(self, count: int | None) -> bool | str:
        """Go back to the card before this one."""
        if not self._trail:
            return "This is the first card."
        self.subject, self.mention = self._trail.pop(), None
        self.look()
        return True

    def command_cancel(self, count: int | None) -> None:
        """Back to the card before, else leave."""
        if self._trail:
            self.command_back(None)
        else:
            self.dismiss(None)

    def command_leave(self, count: int | None) -> None:
        """Leave."""
        self.dismiss(None)

    def command_filter(self, count: int | None) -> None:
        """Say that there is nothing to filter."""
        self.say("Nothing to filter here.")

    command_find = command_filter

    # corrections

    def correction_about(self) -> About:
        """Return the subject; on a sentence its mention there, on a spelling only those words."""
        what, name = self.chosen()
        own = self._own()
        mention = self.mention if self.mention in own else None
        if what == "span" and isinstance(name, Span):
            inside = (item for item in own if item.span.key == name.key and name.start <= item.span.start < name.end)
            mention = next(inside, mention)
        if what == "spelling":
            spelt = (item for item in own if folded(item.surface) == folded(str(name)))
            return About(self.subject, next(spelt, None), str(name))
        member = str(name) if what == "member" else ""
        return About(self.subject, mention or next(iter(own), None), member=member)

    def correction_document(self) -> Document | None:
        """Return the open document."""
        return self.document

    def names_changed(self) -> None:
        """Show the subject under its present name; where nothing names it any more, say so."""
        names = self.session.names
        subject = self.subject
        if subject.id is not None:
            entity = names.corrections.canonical.get(subject.id, subject.id)
            row = names.gazetteer.rows.get(entity)
            name, kind = (row.name, row.type) if row else (subject.name, subject.type)
            self.subject = Subject(entity, kind, name, subject.surfaces, names.corrections.members(entity))
        self.look()

    # the note

    def after_change(self, saved: bool) -> None:
        """Show the subject anew."""
        if saved:
            self.names_changed()

    def _note(self) -> Annotation | None:
        return self.session.names.note_on(self.session.notebook, self.subject.id) if self.subject.id else None

    def _note_text(self) -> str:
        note = self._note()
        return note.text if note else ""

    def command_note(self, count: int | None) -> bool | str:
        """Write a note on the entity."""
        entity, name = self.subject.id, self.subject.name
        if entity is None:
            return "Notes are kept on names that are known; L links this one, or makes it one of your own."
        from tui.screens.editor import NoteEditor

        session, present = self.session, self._note()
        key = f"note on entity {entity}"
        about = ", ".join(dict.fromkeys([name, *(self._view.facts.hangul if self._view and self._view.facts else ())]))

        def written(text: str | None) -> None:
            if text is not None:
                self.change(lambda: session.notebook.write_about(entity, name, text, present))
                session.drafts.drop(key)

        self.app.push_screen(NoteEditor(session.drafts, key, present.text if present else "", quote=about), written)
        return True

    def command_note_delete(self, count: int | None) -> bool | str:
        """Delete the note on the entity."""
        note = self._note()
        if note is None:
            return "There is no note on it."
        return self.change(lambda: self.session.notebook.delete(note))
