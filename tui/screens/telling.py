"""What the reader's last two lines tell: where the cursor is, what was just done, which keys wait, what the keys do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events
from textual.timer import Timer

from tui.screens.parts import ReaderParts
from tui.view.layout import Pane

if TYPE_CHECKING:
    from tui.widgets.bars import KeysBar

HINTS: dict[str, tuple[str, ...]] = {
    "articles": ("open", "document.next", "filter", "search", "star", "read.toggle", "order", "help", "leave"),
    "article": ("quote", "highlight", "note", "select", "find", "search", "comments", "details", "help", "leave"),
    "comments": ("quote", "highlight", "note", "parent", "fold.toggle", "root.next", "find", "search", "help", "leave"),
    "entities": ("open", "lit.next", "entity.only", "scope", "filter", "search", "help", "leave"),
    "select": ("quote", "highlight", "note", "tags", "select.word-next", "sentence.next", "select.other-end", "cancel"),
}
MESSAGE_SECONDS = 4.0


class Telling(ReaderParts):
    """Keeps the status line and the line of keys."""

    keys: KeysBar
    _message_timer: Timer | None = None

    def show_hints(self) -> None:
        """Show the keys of the focused pane."""
        self.keys.show(HINTS["select" if self.mode() else self.focused_name])

    def pending_changed(self, pending: str) -> None:
        """Show the keys that wait for more."""
        self.status.set_text(pending=pending)

    def say(self, message: str, *, error: bool = False) -> None:
        """Show a message in the status line for a few seconds."""
        self.status.is_error = error
        self.status.set_text(message=message)
        self._is_refusal = False
        if self._message_timer:
            self._message_timer.stop()
        self._message_timer = self.set_timer(MESSAGE_SECONDS * (2 if error else 1), self._unsay)

    _is_refusal = False
    """Whether the message says that a key does nothing here: the next key takes it away."""

    def not_here(self, name: str) -> None:
        """Answer a command that finds nothing to do."""
        super().not_here(name)
        self._is_refusal = True

    def on_key(self, event: events.Key) -> None:
        """Take a key."""
        if self._is_refusal:
            self._unsay()
        super().on_key(event)

    def _unsay(self) -> None:
        self.status.is_error = self._is_refusal = False
        self.status.set_text(message="")

    def show_place(self, name: Pane | None = None) -> None:
        """Show where the cursor is, in the focused pane or in one that is about to be."""
        name = name or self.focused_name
        document = self.document
        if name == "article" and document:
            passage = self.article.focused_passage()
            place = f"¶{passage.number} of {len(document.paragraphs)}" if passage and passage.number else "title"
        elif name == "comments" and document:
            passage = self.comments.focused_passage()
            place = f"#{passage.number:,} of {len(document.comments):,}" if passage else "no comments"
        else:
            place = self._place_in_list(name)
        self.status.set_place(place)

    def _place_in_list(self, name: Pane) -> str:
        if name == "articles":
            source = self.articles.entries
            heads, rows = (len(source.heads), len(source) - len(source.heads)) if source else (0, 0)
            at = self.articles.cursor + 1 - heads
            return f"{min(at, rows):,} of {rows:,}" if at > 0 else "saved search" if source else "0 of 0"
        source_of = self.pane(name).source
        stops = sum(map(source_of.stops, range(len(source_of))))
        at = sum(map(source_of.stops, range(self.pane(name).cursor + 1)))
        return f"{min(at, stops):,} of {stops:,}"
