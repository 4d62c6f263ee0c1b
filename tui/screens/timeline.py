"""The dated statements of a document, or of all, in the order of their days."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.message import Message
from textual.worker import get_current_worker

from corpus.entities.differing import Differing, differing
from corpus.entities.timeline import Statement, in_order, statements
from corpus.model import Document, Span
from tui.screens.filtering import FilteredScreen
from tui.view.lines import Line, LinesSource
from tui.view.prose import Prose, ProseSource
from tui.view.rows import EmptySource, RowSource
from tui.view.time_lines import StatementFilter, time_lines
from tui.widgets.rows_view import RowsView

if TYPE_CHECKING:
    from tui.session import Session

MOST_DOCUMENTS = 2000
"""Documents that the time line of all takes in, the newest first."""
POST_SECONDS = 0.5
UNSURE = "~ a zone is not stated: the order may be another"


class Dated(Message):
    """Statements of more documents."""

    def __init__(
        self, found: list[Statement], documents: int, done: bool, sides: Mapping[int, list[Differing]] | None = None
    ) -> None:
        """Carry what was found in `documents` so far; `done` and `sides`, the differing dates, with the last."""
        self.found, self.documents, self.done, self.sides = found, documents, done, sides or {}
        super().__init__()


class TimelineScreen(FilteredScreen):
    """Returns the span to go to, or None."""

    DEFAULT_CSS = """
    TimelineScreen #list { height: 3fr; }
    TimelineScreen #preview { height: 5; }
    """
    title_text = "Time line"
    placeholder = "filter: words of the sentence, or a name in any spelling"
    hints = ("open", "scope", "filter", "page-down", "leave")
    typing = False

    def __init__(self, session: Session, document: Document | None, value: str = "") -> None:
        """Begin with `document`, at the first statement of `value` where one is given."""
        super().__init__()
        self.session, self.document, self.value = session, document, value
        self.everywhere = document is None
        self.found: list[Statement] = []
        self.sides: Mapping[int, list[Differing]] = {}
        """Differing dates by their place in `found`."""
        self.shown: list[int] = []
        """Places in `found`."""

    def compose_more(self) -> ComposeResult:
        """Yield the statement in full."""
        self.preview = RowsView("Statement", id="preview")
        self.preview.can_focus = False
        yield self.preview

    def on_mount(self) -> None:
        """Show the dates of the document."""
        super().on_mount()
        self._gather()
        # the list has no height before it was laid out
        self.call_after_refresh(self._go_to_value)

    def on_resize(self, event: events.Resize) -> None:
        """Give a low window to the list."""
        self.preview.display = self.size.height >= 16

    def _gather(self) -> None:
        self.workers.cancel_group(self, "dates")
        self.found, self.sides = [], {}
        if self.everywhere:
            self.fill(self.input.value)
            self.run_worker(self._gather_all, thread=True, group="dates", exit_on_error=False)
        elif self.document is not None:
            self.found = in_order(statements(self.document, self.session.names.mentions(self.document)))
            self.sides = differing(self.found)
            self.fill(self.input.value)

    def _go_to_value(self) -> None:
        at = next((at for at in self.shown if self.found[at].value == self.value), None)
        if self.value and at is not None:
            found = self.list.source.find((self.found[at].mention.span, at))
            if found is not None:
                self.list.move_cursor(found, anchor="middle")

    def _gather_all(self) -> None:
        worker = get_current_worker()
        found: list[Statement] = []
        library, names, last, looked = self.session.library, self.session.names, time.monotonic(), 0
        for offset in range(0, MOST_DOCUMENTS, 100):
            entries = library.entries(offset, 100, "", "date")
            for entry in entries:
                if worker.is_cancelled:
                    return
                try:
                    document = library.document(entry.document or "")
                except KeyError:
                    continue
                looked += 1
                found += statements(document, names.mentions(document))
                if time.monotonic() - last > POST_SECONDS:
                    last = time.monotonic()
                    self.post_message(Dated(in_order(found), looked, False))
            if len(entries) < 100:
                break
        found = in_order(found)
        self.post_message(Dated(found, looked, True, differing(found)))

    def on_dated(self, event: Dated) -> None:
        """Show what was found so far."""
        event.stop()
        if not self.everywhere:
            return
        self.found, self.sides = event.found, event.sides
        self.fill(self.input.value, keep=True)
        more = event.done and self.session.library.count() > event.documents >= MOST_DOCUMENTS
        said = f"the newest {event.documents:,} documents" if more else f"{event.documents:,} documents"
        self.status.set_text(right=said if event.done else f"{said} so far…")

    def fill(self, text: str, *, keep: bool = False) -> None:
        """Show the statements that fit what is typed."""
        wanted = StatementFilter(text, self.session.names.gazetteer)
        self.shown = [at for at, item in enumerate(self.found) if not text.strip() or wanted.fits(item)]
        lines = self.lines(text)
        said = "Nothing fits." if self.found else "No dates were recognised here."
        source: RowSource = LinesSource(lines) if lines else EmptySource(said)
        self.list.show(source, keep=keep)
        title = "" if self.document is None else self.document.title
        self.list.subtitle = "all documents" if self.everywhere else title
        self.list.repaint()
        shown, all_ = len(self.shown), len(self.found)
        self.status.set_place(f"{shown:,} date{'s' * (shown != 1)}" if shown == all_ else f"{shown:,} of {all_:,}")
        self.status.set_text(lit=UNSURE if any(self.found[at].unsure for at in self.shown) else "")
        self.cursor_moved()

    def lines(self, text: str) -> list[Line]:
        """Return the statements as lines."""
        return time_lines(self.found, self.shown, titles=self.everywhere, sides=self.sides)

    def statement(self) -> Statement | None:
        """Return the statement under the cursor."""
        key = self.chosen()
        return self.found[key[1]] if isinstance(key, tuple) and isinstance(key[1], int) else None

    def cursor_moved(self) -> None:
        """Show the statement in full, with the rule that gave the date."""
        item = self.statement()
        if item is None:
            self.preview.show(EmptySource())
            return
        value = item.value or "no value: the page states no day to count from"
        shown = [Prose(" ".join(item.text.split()), gap=False)]
        shown.append(Prose(f"“{' '.join(item.mention.surface.split())}” is {value}: {item.mention.rule}", "dim"))
        key = self.chosen()
        for side in self.sides.get(key[2], ()) if isinstance(key, tuple) and len(key) == 3 else ():
            if side.other == key[1]:
                said = ", ".join(side.shared)
                shown.append(Prose(f"Perhaps the same thing, dated otherwise. Both say: {said}.", "warning"))
        if item.loose:
            shown.append(Prose("The zone of the time that it counts from is not stated.", "warning"))
        self.preview.subtitle = item.title if self.everywhere else ""
        self.preview.show(ProseSource(shown))

    # commands

    def command_open(self, count: int | None) -> None:
        """Go to the passage."""
        item = self.statement()
        if item is not None:
            span: Span = item.mention.span
            self.dismiss(span)

    def command_scope(self, count: int | None) -> str:
        """This document, or all of them."""
        if self.document is None:
            return "No document is open."
        self.everywhere = not self.everywhere
        self.status.set_text(right="reading the dates of all documents…" if self.everywhere else "")
        self._gather()
        return "Dates of all documents." if self.everywhere else "Dates of this document."
