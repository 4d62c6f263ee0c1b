"""What concerns the capture behind the open document: its raw text, corrections of its reading, the trash."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Any

from textual import on

from corpus.model import Document, Span
from corpus.readings import Correction, comment_author
from corpus.threads import Thread
from tui.screens.finding import AUTHOR
from tui.screens.gathering import Gathered
from tui.screens.parts import ReaderParts


class Captured(ReaderParts):
    """The commands about the capture."""

    _again = False
    """Whether captures are to be read once more when the reading under way has ended."""
    _reread_as: object = None

    # gr

    def command_raw(self, count: int | None) -> bool | str:
        """Show the capture as it is, at this passage."""
        from tui.screens.raw import RawScreen

        entry = self.articles.entries.entry(self.articles.cursor) if self.articles.entries else None
        if self.focused is self.articles and entry is not None and entry.document is None:
            self.app.push_screen(RawScreen(Path(entry.path)))
            return True
        document = self.document
        if document is None:
            return False
        path = self.session.capture_of(document)
        if path is None:
            return "The capture of this document is no longer there."
        passage = self.texts.focused_passage()
        span = Span(document.id, *passage.key, passage.start, passage.end) if passage else None
        member = document.capture.member if document.capture else None
        self.app.push_screen(RawScreen(path, member, document, span))
        return True

    # gc

    def command_correct(self, count: int | None) -> bool | str:
        """Choose what was read wrongly."""
        from tui.screens.rereading import RereadScreen

        document = self.document
        if document is None:
            return False
        if not self.notes_loaded:
            return "The captures are still being read."
        passage = self.texts.focused_passage()

        def chosen(choice: Any) -> None:
            if choice is not None and document is self.document:
                self._correct(document, choice, passage.key[1] if passage else None)

        self.app.push_screen(RereadScreen(document, passage, self.session.as_if), chosen)
        return True

    def _correct(self, document: Document, choice: Any, comment: str | None) -> None:
        if choice.correction is not None:
            self._write(document, choice.correction, f"{choice.label}: {choice.what}")
        elif choice.asks == AUTHOR and comment is not None:
            self._asked_for = comment
            self.prompt.open(AUTHOR, "who wrote this comment", document.comment(comment).author or "")
        else:
            self.ask_detail(choice.asks)

    _asked_for = ""

    def author_entered(self, text: str) -> None:
        """Take the name of who wrote the comment that was asked about."""
        if self.document is not None and text.strip():
            self._write(
                self.document, comment_author(self.document.id, self._asked_for, text.strip()), "author of a comment"
            )

    def _write(self, document: Document, correction: Correction, label: str) -> None:
        try:
            self.session.correct(label, correction)
        except OSError as error:
            self.say(f"It could not be saved: {error.strerror or error}.", error=True)
            return
        self.say("Corrected; u takes it back.")
        self.reread()

    def reread(self) -> None:
        """Read the capture of the open document again where what the user said of it has changed, behind the panes."""
        document = self.document
        if document is None or self.session.said_of(document.id) == self._said_before(document):
            return
        self._reread_as = (document.id, self.session.said_of(document.id))
        work = partial(self._reread, document, self._reread_as)
        self.run_worker(work, thread=True, group="reread", exit_on_error=False)
        self.rescan_again()

    def _said_before(self, document: Document) -> object:
        """Return what had been said of the document when it was opened."""
        if isinstance(self._reread_as, tuple) and self._reread_as[0] == document.id:
            return self._reread_as[1]
        return self.session.said_at_first.get(document.id, ())

    def _reread(self, document: Document, said: object) -> None:
        found = self.session.reread(document)
        self.app.call_from_thread(self._show_reread, found, said)

    def _show_reread(self, found: Document | None, said: object) -> None:
        if found is None or self.document is None or found.id != self.document.id or said is not self._reread_as:
            return
        self.document = self.session.details.applied(found)
        self.thread = Thread(self.document)
        self.refill_texts(keep=False)
        self.show_place()
        self.show_entities()

    def rescan_again(self) -> None:
        """Read captures, after the reading that is under way if there is one."""
        if getattr(self, "is_gathering", False):
            self._again = True
        else:
            self.run_command("rescan")

    @on(Gathered)
    def gathered_again(self, event: Gathered) -> None:
        """Read once more what changed meanwhile."""
        if event.progress is None and self._again:
            self._again = False
            self.call_later(self.run_command, "rescan")

    # the trash

    def command_trash(self, count: int | None) -> bool | str:
        """Move the capture to the trash, where it is one of the user's own folder."""
        from corpus.trash import TrashError

        path = self._capture_here()
        if path is None:
            return False
        if not self.session.trash.holds(path):
            return "This file is not in your captures folder and stays where it is; X takes it out of the list."
        try:
            trashed = self.session.move_to_trash(path)
        except TrashError as error:
            return str(error)
        self.rescan_again()
        return f"Moved to the trash: {trashed}. u puts it back."

    def _capture_here(self) -> Path | None:
        entries = self.articles.entries
        if self.focused is self.articles and entries:
            entry = entries.entry(self.articles.cursor)
            return Path(entry.path) if entry else None
        return self.session.capture_of(self.document) if self.document else None
