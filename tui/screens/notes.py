"""All notes of all documents: filter, read, change, copy, or go to the passage."""

from __future__ import annotations

import time
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from textual import events, on
from textual.app import ComposeResult
from textual.message import Message
from textual.worker import get_current_worker

from corpus.model import Document, Span
from tui.screens.filtering import FilteredScreen
from tui.screens.note_changes import NoteChanges
from tui.view.note_lines import (
    GONE,
    LOST,
    ON_NAME,
    Noted,
    NoteFilter,
    NotePlace,
    NotesSource,
    newest_first,
    place_note,
    preview,
)
from tui.view.prose import ProseSource
from tui.view.rows import EmptySource
from tui.widgets.prompt import Prompt
from tui.widgets.rows_view import RowsView

if TYPE_CHECKING:
    from corpus.notes.annotation import Annotation
    from tui.session import Session

LOOK_SECONDS = 2.0
POST_SECONDS = 0.3
NO_NOTES = (
    "No notes yet. In a text, H highlights the passage at the bar, a writes a note on it, t tags it, "
    "and v selects words first. They all come together here, with the words they are about."
)
NO_FIT = "No note fits. Type words of the quote, the note, a name or a title; #tag, colour:yellow, state:lost, by:NAME."


class Visit(NamedTuple):
    """Where to go in the reader, and a sentence to say there."""

    span: Span
    said: str = ""


class Placed(Message):
    """Where some notes stand today, by their ids."""

    def __init__(self, places: dict[str, NotePlace], done: bool) -> None:
        """Tell of `places`; `done` with the last of them."""
        self.places, self.done = places, done
        super().__init__()


class NotesScreen(NoteChanges, FilteredScreen):
    """Returns the `Visit` to make, or None. Notes are placed in a thread, document by document."""

    DEFAULT_CSS = """
    NotesScreen #list { height: 3fr; }
    NotesScreen #preview { height: 2fr; min-height: 3; }
    """
    title_text = "Notes"
    placeholder = "filter: words, #tag, colour:yellow, state:moved, state:lost, by:NAME"
    hints = ("open", "note", "tags", "note.delete", "quote", "undo", "filter", "leave")
    typing = False

    def __init__(self, session: Session) -> None:
        """Show the notes of `session`."""
        super().__init__()
        self.session = session
        self.notes: dict[str, Noted] = {}
        self._mark: object = None

    def compose_more(self) -> ComposeResult:
        """Yield the note in full, and the line where tags are typed."""
        self.preview = RowsView("Note", id="preview")
        self.prompt = Prompt()
        yield self.preview
        yield self.prompt

    def on_mount(self) -> None:
        """Read the notes, and begin to place them."""
        self._take_notes()
        super().on_mount()
        self._place()
        self.set_interval(LOOK_SECONDS, self.look_for_notes)

    def on_resize(self, event: events.Resize) -> None:
        """Give a low window to the list."""
        self._lay_out()

    def _lay_out(self) -> None:
        self.preview.display = bool(self.notes) and self.size.height >= 16

    # what is listed

    def _take_notes(self) -> None:
        """Take the notes as they are now; what is known of those that did not change stays."""
        store = self.session.notebook.store
        unsaved, before = set(store.unsaved), self.notes
        self._mark = store.mark
        self.notes = {}
        for note in store.annotations:
            known = before.get(note.id)
            place = known.place if known and known.annotation.targets == note.targets else None
            if known is None or known.annotation is not note or known.unsaved != (note.id in unsaved):
                known = Noted(note, place, note.id in unsaved)
            self.notes[note.id] = known

    def look_for_notes(self) -> None:
        """Take up notes that another reader wrote."""
        self.session.notebook.refresh()
        if self.session.notebook.store.mark != self._mark:
            self.refill()

    def refill(self) -> None:
        """Show the notes as they are now; the cursor stays on its note, or where it was."""
        self._take_notes()
        self._show(keep=True)
        self._place()

    def fill(self, text: str) -> None:
        """Show the notes that fit what is typed."""
        self._show(keep=False)

    def _show(self, *, keep: bool) -> None:
        self._lay_out()
        wanted = NoteFilter.of(self.input.value)
        source = NotesSource(newest_first(noted for noted in self.notes.values() if wanted.fits(noted)))
        nothing = EmptySource(NO_FIT if self.notes else NO_NOTES)
        self.list.show(source if source.count else nothing, keep=keep)
        shown, whole = source.count, len(self.notes)
        self.status.set_place(f"{shown:,}" if shown == whole else f"{shown:,} of {whole:,}")
        self.cursor_moved()

    def noted(self) -> Noted | None:
        """Return the note under the cursor."""
        key = self.chosen()
        return self.notes.get(key) if isinstance(key, str) else None

    def cursor_moved(self) -> None:
        """Show the note in full."""
        noted = self.noted()
        if noted is None:
            self.preview.show(EmptySource())
            return
        from corpus.cite import cite_source
        from corpus.notes.export import source_of

        target, old = noted.annotation.target, None
        if noted.place and noted.place.state in LOST and target.sha256:
            old = self.session.notebook.store.text(target.sha256)
        self.preview.show(ProseSource(preview(noted, cite_source(source_of(noted.annotation)), old)))

    # where they stand

    def _place(self) -> None:
        waiting = [noted.annotation for noted in newest_first(n for n in self.notes.values() if n.place is None)]
        if waiting:
            work = partial(self._place_all, waiting)
            self.run_worker(work, thread=True, group="place", exclusive=True, exit_on_error=False)

    def _place_all(self, waiting: Sequence[Annotation]) -> None:
        worker = get_current_worker()
        by_document: dict[str, list[Annotation]] = {}
        for note in waiting:
            by_document.setdefault(note.target.document or "", []).append(note)
        found: dict[str, NotePlace] = {}
        last = time.monotonic()
        for notes in by_document.values():
            if worker.is_cancelled:
                return
            document = self.document_of(notes[0])
            found.update((note.id, place_note(note, document)) for note in notes)
            if time.monotonic() - last > POST_SECONDS:
                self.post_message(Placed(found, False))
                found, last = {}, time.monotonic()
        self.post_message(Placed(found, True))

    @on(Placed)
    def placed(self, event: Placed) -> None:
        """Show what was found out."""
        event.stop()
        for name, place in event.places.items():
            if name in self.notes:
                self.notes[name].place = place
        self.status.set_text(right="" if event.done else "looking for the words…")
        self._show(keep=True)

    # going there

    def command_open(self, count: int | None) -> None:
        """Go to the passage of the note under the cursor."""
        noted = self.noted()
        if noted is None:
            return
        document = self.document_of(noted.annotation)
        noted.place = place_note(noted.annotation, document)
        if noted.place.spans:
            self.dismiss(Visit(noted.place.spans[0]))
        elif noted.place.state == ON_NAME:
            self._show_name(noted.annotation)
        elif document is None or noted.place.state == GONE:
            self.say("No open capture holds this document; the note keeps the words.")
        else:
            self.dismiss(_nearest(noted.annotation, document))

    def _show_name(self, note: Annotation) -> None:
        from tui.screens.entity_card import EntityCard

        def left(span: Span | None) -> None:
            if span is None:
                self.refill()
            else:
                self.dismiss(Visit(span))

        subject = self.session.names.subject_of_note(note)
        self.app.push_screen(EntityCard(self.session, subject, None), left)

    # the line to type in

    def command_pane_next(self, count: int | None) -> None:
        """From the line to the list, to the note in full, and round."""
        stops = [self.input, self.list, *([self.preview] if self.preview.display else [])]
        at = stops.index(self.focused) if self.focused in stops else 0
        stops[(at + 1) % len(stops)].focus()

    def beside_the_list(self) -> bool:
        """Tell whether the focus is on a line to type in, or on the note in full."""
        return super().beside_the_list() or self.focused is self.preview


def _nearest(note: Annotation, document: Document) -> Visit:
    """Return the start of the comment that a lost note was on, else of the article."""
    comment = note.target.comment
    said = "These words are not in the text any more; the note keeps them."
    if not note.quote:
        said = ""
    if comment is not None and any(comment == entry[0] for entry in document.comments.outline):
        return Visit(Span(document.id, "comment", comment, 0, 0), said)
    return Visit(Span(document.id, "title", None, 0, 0), said)
