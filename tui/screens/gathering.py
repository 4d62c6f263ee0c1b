"""What happens behind the panes: notes are read, captures are read, other readers' notes come in."""

from __future__ import annotations

import gc
import threading
import time
from typing import TYPE_CHECKING

from textual import on
from textual.message import Message

from tui.screens.parts import ReaderParts

if TYPE_CHECKING:
    from corpus.library import Progress, Report

POLL_SECONDS = 2.0
LOOK_SECONDS, LOOK_SHARE = 4.0, 50
"""The folders are looked at so often, and never for more than one part in so many of the time."""


class Gathered(Message):
    """Captures are being read, or have been."""

    def __init__(self, progress: Progress | None = None, report: Report | None = None, error: str = "") -> None:
        """Tell how far it is, or how it ended."""
        self.progress, self.report, self.error = progress, report, error
        super().__init__()

    def can_replace(self, message: Message) -> bool:
        """Progress that is not yet shown is replaced by later progress."""
        return isinstance(message, Gathered) and message.progress is not None and self.progress is not None


class Looked(Message):
    """The folders were looked at."""

    def __init__(self, seconds: float, news: bool = False, batch: int = 0) -> None:
        """Tell how long that took, whether there are captures to read, and the latest batch of the index."""
        self.seconds, self.news, self.batch = seconds, news, batch
        super().__init__()


class Gathering(ReaderParts):
    """Runs slow work in threads; they post messages and touch nothing on screen."""

    _stop: threading.Event
    is_gathering = False

    def gather(self) -> None:
        """Begin what waits for the first paint: notes, reading state, then the captures."""
        if not gc.isenabled():
            # what is loaded by now stays to the end: going through it again and again would hold up keys
            gc.freeze()
            gc.enable()
        self._stop = threading.Event()
        messages = [*self.reader.problems, *self.session.notebook.load()]
        self.notes_loaded = True
        if self.document is not None:
            self.document = self.session.details.applied(self.document)
            self.visit_begins()
            self.refill_texts()
            self.restore_position()
            self.call_later(self.show_entities)
        self.first_look()
        self.marks_changed()
        if messages:
            self.say(" ".join(messages), error=True)
        self.set_interval(POLL_SECONDS, self.look_around)
        self._start_gathering(called=False)

    def on_unmount(self) -> None:
        """Keep where the reading stopped, and stop the reading of captures."""
        self.visit_ends()
        self.session.reading.flush()
        if hasattr(self, "_stop"):
            self._stop.set()

    def look_around(self) -> None:
        """See what changed behind the reader's back."""
        self.look_for_notes()
        self.mend_index()
        if time.monotonic() >= self._next_look:
            self.look_for_captures()

    _next_look = 0.0
    _is_looking = False
    _is_of_look = False
    """Whether captures are read since a look found new ones."""

    def look_for_captures(self) -> None:
        """Look, in a thread, whether captures have come; not while they are read, nor while the reader ends."""
        if self._is_looking or self.is_gathering or self._stop.is_set():
            return
        self._is_looking = True
        self.run_worker(self._look, thread=True, group="look", exit_on_error=False)

    def _look(self) -> None:
        began, library = time.monotonic(), self.session.library
        try:
            looked = (library.has_news(), library.listing.latest_batch())
        except Exception:
            # what is wrong shows when captures are read
            looked = (False, 0)
        self.post_message(Looked(time.monotonic() - began, *looked))

    @on(Looked)
    def looked(self, event: Looked) -> None:
        """Read what came; what another program read by now waits to be shown."""
        event.stop()
        self._is_looking = False
        self._next_look = time.monotonic() + max(LOOK_SECONDS, LOOK_SHARE * event.seconds)
        if self.is_gathering or self._stop.is_set():
            return
        if event.news:
            self._start_gathering(called=False, of_look=True)
        elif self.session.shelf.upto is not None and event.batch > max(self.session.shelf.upto, self._latest):
            self._latest = event.batch
            self.arrivals(called=False)

    _latest = 0
    """The latest batch of the index that was taken up."""

    _has_mended = False

    def mend_index(self) -> None:
        """Make an index anew that was found damaged; once, since on a failing disk it would be so again."""
        if self.session.library.is_damaged and not self.is_gathering and not self._has_mended:
            self._has_mended = True
            self._start_gathering(called=False)

    def look_for_notes(self) -> None:
        """Take up notes that another reader wrote."""
        if self.session.notebook.refresh():
            self.notes_changed()

    def command_rescan(self, count: int | None) -> bool | str:
        """Show what waits, and read new and changed captures."""
        waiting = self.session.shelf.waiting()
        if waiting:
            self.show_waiting()
        said = "One new document." if waiting == 1 else f"{waiting:,} new documents."
        if self.is_gathering:
            self._is_called = True
            return said if waiting else "Captures are being read already."
        self._start_gathering(called=True)
        return said if waiting else True

    _is_called = False
    """Whether the user asked for what is being read."""

    def _start_gathering(self, *, called: bool, of_look: bool = False) -> None:
        self.is_gathering, self._is_called, self._is_of_look = True, called, of_look
        self.run_worker(self._gather, thread=True, group="gather", exit_on_error=False)

    def _gather(self) -> None:
        last = 0.0

        def progress(state: Progress) -> None:
            nonlocal last
            # four lines a second are enough to see it move
            if time.monotonic() - last > 0.25:
                last = time.monotonic()
                self.post_message(Gathered(progress=state))

        try:
            report = self.session.refresh(progress, self._stop.is_set)
        except Exception as error:
            self.post_message(Gathered(error=str(error)))
        else:
            self.post_message(Gathered(report=report))

    @on(Gathered)
    def gathered(self, event: Gathered) -> None:
        """Show how far the reading is, and what it brought."""
        event.stop()
        if event.progress:
            state = event.progress
            self.status.set_text(right=state.words)
            if self.session.shelf.upto is None and state.documents:
                self._show_arrivals()
            return
        self.is_gathering = False
        if event.error:
            self.say(f"Captures could not be read: {event.error}", error=True)
        self._show_arrivals(event.report)
        self._latest = self.session.library.listing.latest_batch()
        unread = len(self.session.library.problems())
        self.status.set_text(right=f"{unread:,} could not be read" if unread else "")
        if event.report and event.report.messages and not (event.report.busy and self._is_of_look):
            self.say(" ".join(event.report.messages))
        for screen in self.app.screen_stack:
            changed = getattr(screen, "index_changed", None)
            if changed:
                changed()

    def _show_arrivals(self, report: Report | None = None) -> None:
        """Show what came; the cursor and the open text stay where they are."""
        if report is None:
            self.fill_articles(keep=True)
        else:
            self.arrivals(called=self._is_called)
        if self.document is None:
            self.open_first()
            self.call_after_refresh(self.entities_now)
        elif report is not None:
            self.renew()
            self.show_entities()
