"""The capture as it is: its text without any reading, at the passage that it was opened from; nothing can be changed."""

from __future__ import annotations

import re
from collections.abc import Hashable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult

from corpus.model import Document, Span, TextKey
from tui.dispatch import CommandScreen
from tui.view.rows import EmptySource, Mark, Row, Run
from tui.view.wrap import wrap
from tui.widgets.bars import KeysBar, StatusBar
from tui.widgets.prompt import Prompt
from tui.widgets.rows_view import Marks, RowsView

if TYPE_CHECKING:
    from corpus.raw import Raw

TEXT: TextKey = ("body", None)
_PIECE = 2000
"""Characters of an item, where a line is longer: what is painted is wrapped in small portions."""
_MOST_HITS = 10_000


class RawSource:
    """Shows the lines of a text, numbered."""

    def __init__(self, text: str, first: int) -> None:
        """Show `text`, whose first line has the number `first`."""
        self.text = text
        self.items: list[tuple[int, int, int]] = []
        at = 0
        for number, line in enumerate(text.split("\n"), first):
            for start in range(at, max(at + len(line), at + 1), _PIECE):
                self.items.append((start, min(start + _PIECE, at + len(line)), number))
            at += len(line) + 1

    def __len__(self) -> int:
        return len(self.items)

    def rows(self, item: int, width: int) -> Sequence[Row]:
        """Return the rows of a line."""
        start, end, number = self.items[item]
        lead = f"{number if not item or self.items[item - 1][2] != number else '':>7} "
        text = self.text[start:end]
        return [
            Row((Run(lead if at == 0 else " " * 8, "number"), Run(text[a:b], "text", TEXT, start + a)))
            for at, (a, b) in enumerate(wrap(text, max(4, width - 9)) or [(0, 0)])
        ]

    def key(self, item: int) -> Hashable:
        """Return the line's place."""
        return item

    def find(self, key: Hashable) -> int | None:
        """Return the item at a place."""
        return key if isinstance(key, int) and key < len(self) else None

    def stops(self, item: int) -> bool:
        """Every line can be gone to."""
        return True

    def item_at(self, offset: int) -> int:
        """Return the item that shows an offset of the text."""
        from bisect import bisect_right

        return max(0, bisect_right(self.items, offset, key=lambda item: item[0]) - 1)


class RawPane(RowsView):
    """The text, with what is lit in it."""

    def __init__(self) -> None:
        """Show nothing yet."""
        super().__init__("Raw capture", id="raw")
        self.lit: list[Mark] = []

    def marks(self) -> Marks:
        """Return what is lit."""
        return {TEXT: self.lit}


class RawScreen(CommandScreen):
    """Shows a capture around a passage; returns nothing."""

    DEFAULT_CSS = """
    RawScreen { layout: vertical; }
    RawScreen #raw { height: 1fr; }
    """
    HINTS = ("find", "lit.next", "lit.previous", "half-down", "leave")

    def __init__(
        self, path: Path, member: str | None = None, document: Document | None = None, span: Span | None = None
    ) -> None:
        """Show the file at `path`, or its part `member`, around the passage `span` of `document`."""
        super().__init__()
        self.path, self.member, self.document, self.span = path, member, document, span
        self.found: list[tuple[int, int]] = []
        self.at = -1
        self.place: tuple[int, int] | None = None

    def compose(self) -> ComposeResult:
        """Lay out text, prompt, status line and keys."""
        self.pane, self.prompt, self.status = RawPane(), Prompt(), StatusBar()
        self.pane.moved_now = self._moved
        yield self.pane
        yield self.prompt
        yield self.status
        yield KeysBar(self.run_command)

    def on_mount(self) -> None:
        """Read the file in a thread."""
        self.query_one(KeysBar).show(self.HINTS)
        self.pane.show(EmptySource("Reading the file…"))
        self.pane.focus()
        self.run_worker(self._read, thread=True, exit_on_error=False)

    def _read(self) -> None:
        from corpus.raw import RawError, raw

        try:
            found: Raw | str = raw(self.path, self.member, self.document, self.span)
        except RawError as error:
            found = str(error)
        except (OSError, RecursionError, MemoryError, ValueError) as error:
            found = f"{self.path.name} could not be read ({type(error).__name__})."
        self.app.call_from_thread(self._show, found)

    def _show(self, found: Raw | str) -> None:
        if not self.is_current:
            return
        if isinstance(found, str):
            self.pane.show(EmptySource(found))
            return
        source = RawSource(found.text, found.line)
        self.pane.show(source)
        self.pane.subtitle = " · ".join(filter(None, (found.name, f"read as {found.encoding}", found.note)))
        left = [
            f"{count:,} characters {where} are not shown"
            for count, where in ((found.before, "above"), (found.after, "below"))
            if count
        ]
        self.status.set_text(right=" · ".join(left))
        self.place = found.place
        if found.place:
            self._light([found.place], 0)
        elif self.span is not None:
            self.say("The place of this passage was not found in the file.")
        self._moved(self.pane)

    # finding

    def _light(self, found: list[tuple[int, int]], at: int) -> None:
        self.found, self.at = found, at
        self.pane.lit = [
            Mark(start, end, "hit-now" if number == at else "hit") for number, (start, end) in enumerate(found)
        ]
        source = self.pane.source
        if found and isinstance(source, RawSource):
            self.pane.move_cursor(source.item_at(found[at][0]), anchor="middle")
        self.pane.repaint()

    def command_find(self, count: int | None) -> None:
        """Find in the text."""
        self.prompt.open("find", "find here (Enter keeps what is found, Esc leaves)")

    @on(Prompt.Typed)
    def typed(self, event: Prompt.Typed) -> None:
        """Find as it is typed."""
        event.stop()
        if type(event) is Prompt.Typed:
            self._find(event.text)
            return
        if type(event) is Prompt.Left:
            self._light([self.place] if self.place else [], 0)
        self.prompt.close()
        self.pane.focus()

    def _find(self, text: str) -> None:
        source = self.pane.source
        if not isinstance(source, RawSource) or not text.strip():
            return
        found = []
        for match in re.finditer(re.escape(text), source.text, re.IGNORECASE):
            found.append(match.span())
            if len(found) == _MOST_HITS:
                break
        here = source.items[self.pane.cursor][0] if source.items else 0
        at = next((number for number, (start, _) in enumerate(found) if start >= here), 0)
        self._light(found, at)
        self.status.set_text(lit=f"/{text} {at + 1 if found else 0} of {len(found):,}")

    def command_lit_next(self, count: int | None) -> bool:
        """Go to the next place found."""
        return self._walk(count or 1)

    def command_lit_previous(self, count: int | None) -> bool:
        """Go to the previous place found."""
        return self._walk(-(count or 1))

    def _walk(self, step: int) -> bool:
        if not self.found:
            return False
        self._light(self.found, (self.at + step) % len(self.found))
        self.status.set_text(lit=f"{self.at + 1} of {len(self.found):,}")
        return True

    # the rest

    def _moved(self, view: RowsView) -> None:
        source = self.pane.source
        if isinstance(source, RawSource) and source.items:
            self.status.set_place(f"line {source.items[self.pane.cursor][2]:,}")

    def pending_changed(self, pending: str) -> None:
        """Show the keys that wait for more."""
        self.status.set_text(pending=pending)

    def say(self, message: str, *, error: bool = False) -> None:
        """Show a message in the status line."""
        self.status.is_error = error
        self.status.set_text(message=message)

    def command_cancel(self, count: int | None) -> None:
        """Return."""
        self.dismiss(None)

    command_leave = command_cancel
