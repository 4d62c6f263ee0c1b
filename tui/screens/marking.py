"""Marking and quoting: what the keys do to the passage, the sentence or the selection under the cursor."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from corpus.model import Document, Span
from tui.screens.copying import copy_text
from tui.screens.finding import PIPE, TAGS
from tui.screens.parts import ReaderParts
from tui.screens.undoing import Undoing
from tui.view.roles import HIGHLIGHTS

if TYPE_CHECKING:
    from corpus.cite import Form, Style
    from corpus.notes.annotation import Annotation

FORMS: tuple[tuple[Form, str, str], ...] = (
    ("plain", "Quote with citation", "the words, then who wrote them, where and when"),
    ("markdown", "Markdown", "a block quote with its citation"),
    ("text", "Text only", "the words alone"),
    ("link", "Link", "the address of the page or the comment"),
    ("evidence", "Evidence", "quote, handle, time as shown, URL, file, SHA-256, saved date"),
)
STYLES: tuple[tuple[Style, str], ...] = (
    ("apa", "APA"),
    ("mla", "MLA"),
    ("chicago", "Chicago"),
    ("bibtex", "BibTeX"),
    ("ris", "RIS"),
    ("csl-json", "CSL-JSON"),
)


class Marking(Undoing, ReaderParts):
    """Highlights, notes, tags and quotes."""

    _tagged: tuple[Span, ...] = ()

    def _target(self) -> tuple[Document, tuple[Span, ...]] | None:
        """Return what the keys act on, where there is something."""
        spans = self.texts.targets()
        return (self.document, spans) if self.document is not None and spans and self.notes_loaded else None

    def after_change(self, saved: bool) -> None:
        """Leave the selection and show the notes as they are now."""
        self.texts.clear_selection()
        self.notes_changed()

    def stepped(self, label: str | None) -> None:
        """Take up what was changed in details, readings and captures."""
        self.take_details()
        self.reread()
        if label and label.endswith(("supplied", "trash")):
            self.rescan_again()

    def notes_changed(self) -> None:
        """Show the notes as they are now."""
        self.refill_texts()
        self.marks_changed()

    # H a t D e

    def command_highlight(self, count: int | None) -> bool:
        """Highlight; `count` chooses the colour."""
        target = self._target()
        if target is None:
            return False
        colour = HIGHLIGHTS[(count or 1) - 1] if 0 < (count or 1) <= len(HIGHLIGHTS) else HIGHLIGHTS[0]
        return self.change(lambda: self.session.notebook.highlight(*target, colour))

    def command_note(self, count: int | None) -> bool:
        """Write a note."""
        target = self._target()
        if target is None:
            return False
        self._edit(*target, self._present(*target))
        return True

    def _present(self, document: Document, spans: Sequence[Span]) -> Annotation | None:
        notebook = self.session.notebook
        return notebook.exactly_at(document, spans) or (None if self.texts.selecting else notebook.at(document, spans))

    def _edit(self, document: Document, spans: tuple[Span, ...], present: Annotation | None) -> None:
        from tui.screens.editor import NoteEditor

        editor = NoteEditor(
            self.session.drafts,
            draft_key(document, spans),
            present.text if present else "",
            quote=" ".join(document.quote(span) for span in spans),
        )

        def written(text: str | None) -> None:
            if text is not None and self.attempt(lambda: self.session.notebook.write(document, spans, text, present)):
                editor.drop_draft()

        self.app.push_screen(editor, written)

    def command_note_edit(self, count: int | None) -> bool:
        """Write or edit the note here in the user's own editor."""
        target = self._target()
        if target is None:
            return False
        from tui.external import EditorError, edit

        present = self._present(*target)
        before = present.text if present else ""
        try:
            text = edit(self.app, self.session.storage, self.session.drafts, draft_key(*target), before)
        except EditorError as error:
            self.say(str(error), error=True)
            return True
        return self.change(lambda: self.session.notebook.write(*target, text, present))

    def command_tags(self, count: int | None) -> bool:
        """Tag; the tags are typed in the prompt."""
        target = self._target()
        if target is None:
            return False
        present = self._present(*target)
        self._tagged = target[1]
        known = ", ".join(tag.name for tag in list(self.session.notebook.store.tags())[:6])
        label = f"tags, separated by commas{f' · in use: {known}' if known else ''}"
        self.prompt.open(TAGS, label, ", ".join(tag.name for tag in present.tags) if present else "")
        return True

    def tags_entered(self, text: str) -> None:
        """Set the tags that were typed."""
        document, spans = self.document, self._tagged
        if document is None or not spans:
            return
        names = list(dict.fromkeys(name.strip().lstrip("#") for name in text.split(",") if name.strip("# ")))
        present = self.session.notebook.exactly_at(document, spans) or self.session.notebook.at(document, spans)
        self.change(lambda: self.session.notebook.tag(document, spans, names, present))

    def command_note_delete(self, count: int | None) -> bool:
        """Delete the note here."""
        target = self._target()
        if target is None:
            return False
        present = self.session.notebook.at(*target)
        if present is None:
            return False
        return self.change(lambda: self.session.notebook.delete(present, target[0]))

    # y Y Ctrl-c |

    def command_quote(self, count: int | None) -> bool:
        """Copy with a citation."""
        return self.quote_as("plain")

    def quote_as(self, form: Form) -> bool:
        """Copy in a form of `corpus.cite`."""
        spans = self.texts.targets()
        if self.document is None or not spans:
            return False
        self.copy_text(self.session.quote(self.document, spans, form))
        self.texts.clear_selection()
        return True

    def command_quote_as(self, count: int | None) -> bool:
        """Choose how to quote."""
        spans = self.texts.targets()
        if self.document is None or not spans:
            return False
        from tui.screens.quoting import QuoteScreen

        document = self.document
        previews = [(title, what, self.session.quote(document, spans, form)) for form, title, what in FORMS]
        previews += [
            (title, "the citation alone", self.session.cite(document, spans[0], style)) for style, title in STYLES
        ]
        self.app.push_screen(QuoteScreen(previews, self.session.quotes), self._quote_chosen)
        return True

    def _quote_chosen(self, text: str | None) -> None:
        if text:
            self.copy_text(text)
            self.texts.clear_selection()

    def copy_text(self, text: str) -> None:
        """Copy, and keep the text among the last quotes."""
        copy_text(self, self.session.quotes, text)

    def command_copy(self, count: int | None) -> bool | str:
        """Copy the selection, words only."""
        spans = self.texts.targets() if self.texts.selection else ()
        if self.document is None or not spans:
            return "Nothing is selected. q quits."
        self.copy_text(self.session.quote(self.document, spans, "text"))
        return True

    def command_pipe(self, count: int | None) -> bool:
        """Ask for a command that takes the words on its standard input."""
        if not self.texts.targets():
            return False
        self.prompt.open(PIPE, "command that takes the words on its standard input")
        return True

    def pipe_entered(self, command: str) -> None:
        """Run the command; its output is shown, never the shell's."""
        from tui.external import pipe

        spans = self.texts.targets()
        if not command.strip() or self.document is None or not spans:
            return
        text = self.session.quote(self.document, spans, "text")

        def work() -> None:
            said, failed = pipe(command, text)
            self.app.call_from_thread(lambda: self.say(said, error=failed))

        self.run_worker(work, thread=True, group="pipe", exit_on_error=False)


def draft_key(document: Document, spans: Sequence[Span]) -> str:
    """Return the key under which an unsaved note on these words is kept."""
    return "note " + " ".join(f"{span.document}:{span.part}:{span.comment}:{span.start}-{span.end}" for span in spans)
