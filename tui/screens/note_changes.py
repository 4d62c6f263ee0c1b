"""What the list of notes can change: texts, tags, deletions, all undoable; and copying."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual import on

from corpus.model import Document
from tui.screens.copying import copy_text
from tui.screens.listing import ListingScreen
from tui.screens.undoing import Undoing
from tui.view.note_lines import Noted, place_note
from tui.widgets.prompt import Prompt

if TYPE_CHECKING:
    from corpus.notes.annotation import Annotation
    from tui.session import Session

TAGS = "tags"


class NoteChanges(Undoing, ListingScreen):
    """Changes the note under the cursor; its document need not be there."""

    session: Session
    prompt: Prompt
    _tagged = ""

    def noted(self) -> Noted | None:
        """Return the note under the cursor."""
        raise NotImplementedError

    def refill(self) -> None:
        """Show the notes as they are now."""
        raise NotImplementedError

    def document_of(self, note: Annotation) -> Document | None:
        """Return the document that a note is about; None where no capture holds it."""
        try:
            return self.session.library.document(note.target.document or "")
        except KeyError:
            return None

    def after_change(self, saved: bool) -> None:
        """Show the notes as they are now."""
        self.refill()

    def command_note(self, count: int | None) -> bool:
        """Edit the text of the note."""
        noted = self.noted()
        if noted is None:
            return False
        from tui.screens.editor import NoteEditor

        note = noted.annotation
        editor = NoteEditor(self.session.drafts, _draft_key(note), note.text, quote=note.quote)

        def written(text: str | None) -> None:
            if text is not None:
                self.change(lambda: self._written(note, text))

        self.app.push_screen(editor, written)
        return True

    def command_note_edit(self, count: int | None) -> bool:
        """Edit the note in the user's own editor; without one, here."""
        noted = self.noted()
        if noted is None:
            return False
        if not (os.environ.get("VISUAL") or os.environ.get("EDITOR")):
            return self.command_note(count)
        from tui.external import EditorError, edit

        note, session = noted.annotation, self.session
        try:
            text = edit(self.app, session.storage, session.drafts, _draft_key(note), note.text)
        except EditorError as error:
            self.say(str(error), error=True)
            return True
        return self.change(lambda: self._written(note, text))

    def _written(self, note: Annotation, text: str) -> str:
        from corpus.notes.build import with_body

        notebook, drafts = self.session.notebook, self.session.drafts
        now = notebook.store.get(note.id) or note
        if now.text == text and not now.in_conflict:
            said = "Note unchanged."
        elif not text.strip() and not now.tags and not now.colour:
            said = notebook.delete(now)
        else:
            notebook.rewrite(now, lambda old: with_body(old, text, self.session.storage.clock()))
            said = "Note saved."
        drafts.drop(_draft_key(note))
        return said

    def command_tags(self, count: int | None) -> bool:
        """Ask for the tags."""
        noted = self.noted()
        if noted is None:
            return False
        self._tagged = noted.annotation.id
        known = ", ".join(tag.name for tag in list(self.session.notebook.store.tags())[:6])
        label = f"tags, separated by commas{f' · in use: {known}' if known else ''}"
        self.prompt.open(TAGS, label, ", ".join(tag.name for tag in noted.annotation.tags))
        return True

    @on(Prompt.Typed)
    def prompted(self, event: Prompt.Typed) -> None:
        """Take the tags, or leave them as they are."""
        event.stop()
        if type(event) is Prompt.Typed:
            return
        self.prompt.close()
        self.list.focus()
        note = self.session.notebook.store.get(self._tagged)
        if type(event) is Prompt.Entered and note is not None:
            words = (name.strip().lstrip("#") for name in event.text.split(","))
            names = list(dict.fromkeys(filter(None, map(str.strip, words))))
            self.change(lambda: self._tag(note, names))

    def _tag(self, note: Annotation, names: Sequence[str]) -> str:
        from corpus.notes.build import with_tags

        notebook = self.session.notebook
        known, now = notebook.store.tag_ids(), self.session.storage.clock()
        notebook.rewrite(note, lambda old: with_tags(old, names, now, known))
        return "Tags: " + ", ".join(names) + "." if names else "Tags taken away."

    def command_note_delete(self, count: int | None) -> bool:
        """Delete the note."""
        noted = self.noted()
        return noted is not None and self.change(lambda: self.session.notebook.delete(noted.annotation))

    def command_quote(self, count: int | None) -> bool:
        """Copy the words with their citation; where the document is gone, from what the note keeps."""
        noted = self.noted()
        if noted is None:
            return False
        from corpus.cite import cite_source
        from corpus.notes.export import source_of

        note = noted.annotation
        document = self.document_of(note)
        place = place_note(note, document)
        if document is not None and place.spans:
            text = self.session.quote(document, place.spans, "plain")
        else:
            cited = cite_source(source_of(note))
            text = f"“{note.quote}”\n— {cited}" if note.quote else cited
        copy_text(self, self.session.quotes, text)
        return True


def _draft_key(note: Annotation) -> str:
    return f"note {note.id}"
