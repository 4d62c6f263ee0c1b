"""Pasting a page: what was found in it is shown while it is pasted and mended; one key keeps it as a capture."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual import events, on
from textual.app import ComposeResult
from textual.content import Content
from textual.message import Message
from textual.timer import Timer
from textual.widgets import Static, TextArea

from corpus.model import Document, Problem
from corpus.text import canonical
from tui.dispatch import CommandScreen
from tui.pasting import Kept, NotKeptError, keep_pasted, read_pasted
from tui.screens.listing import ListPane
from tui.view.found import found_lines, summary
from tui.view.lines import LinesSource
from tui.view.rows import EmptySource
from tui.widgets.bars import StatusBar
from tui.widgets.paste_area import PasteArea

if TYPE_CHECKING:
    from tui.session import Session

DRAFT = "pasted text"
DRAFT_SECONDS = 1.0
READ_SECONDS = 0.3
KEYS = " Ctrl-s keep   Ctrl-v clipboard   Tab what was found   Ctrl-x empty   Esc leave"
HOW = (
    "Paste a page with its comments above, as you copied it: what is found in it is shown here. "
    "Where the terminal does not paste, Ctrl-v takes the clipboard."
)


class Read(Message):
    """What was found in the text."""

    def __init__(self, found: Sequence[Document | Problem]) -> None:
        """Tell of `found`."""
        self.found = found
        super().__init__()


class Saved(Message):
    """The text was kept, or why it was not."""

    def __init__(self, kept: Kept | None, error: str = "") -> None:
        """Tell of `kept`, or of `error`."""
        self.kept, self.error = kept, error
        super().__init__()


class PasteScreen(CommandScreen):
    """Returns what was `Kept`, or a sentence, or None."""

    DEFAULT_CSS = """
    PasteScreen { layout: vertical; }
    PasteScreen #title { height: 1; background: $primary; color: $background; text-style: bold; }
    PasteScreen TextArea { height: 1fr; min-height: 3; border: none; padding: 0 1; }
    PasteScreen TextArea:focus { border: none; }
    PasteScreen #found { height: 1fr; }
    PasteScreen #how { height: 1; color: $text-muted; }
    """

    def __init__(self, session: Session) -> None:
        """Paste into the captures of `session`; a draft of an earlier time is taken up."""
        super().__init__()
        self.session = session
        draft = session.drafts.load(DRAFT) or ""
        self.resumed = bool(draft)
        self.area = PasteArea(draft, soft_wrap=True, show_line_numbers=False)
        self.found = ListPane("Found", id="found")
        self.status = StatusBar()
        self._kept_draft = draft
        self._raw: tuple[str, str | bytes] | None = None
        self._draft_timer: Timer | None = None
        self._read_timer: Timer | None = None
        self._reading = self._again = self._saving = False

    def compose(self) -> ComposeResult:
        """Lay out text, what was found, status and keys."""
        yield Static(Content(" Paste"), id="title", markup=False)
        yield self.area
        yield self.found
        yield self.status
        yield Static(Content(KEYS), id="how", markup=False)

    def on_mount(self) -> None:
        """Begin in the text."""
        self.found.show(EmptySource(HOW))
        self.area.focus()
        self.area.move_cursor(self.area.document.end)
        if self.resumed:
            self.say("The text of last time is here again; Ctrl-x empties the field.")
            self._read()

    def on_resize(self, event: events.Resize) -> None:
        """Give a low window to the text."""
        self.found.display = self.size.height >= 14

    # what is typed and pasted

    def text(self) -> str:
        """Return what stands in the field, canonical."""
        return canonical(self.area.text).strip("\n")

    def data(self) -> bytes:
        """Return what is kept: the bytes as they came while nothing was changed, else what stands in the field."""
        text = self.area.text
        if self._raw is not None and self._raw[0] == text:
            raw = self._raw[1]
            return raw if isinstance(raw, bytes) else raw.encode("utf-8", "replace")
        return text.encode("utf-8", "replace")

    @on(PasteArea.Pasted)
    def pasted(self, event: PasteArea.Pasted) -> None:
        """Put in what the terminal pasted."""
        event.stop()
        self._put(canonical(event.text), event.text)

    def _put(self, text: str, raw: str | bytes) -> None:
        alone = not self.area.text.strip()
        start, end = (self.area.document.start, self.area.document.end) if alone else sorted(self.area.selection)
        result = self.area.replace(text, start, end, maintain_selection_offset=False)
        self.area.move_cursor(result.end_location)
        self._raw = (self.area.text, raw) if alone else None

    @on(PasteArea.Wanted)
    def wanted(self, event: PasteArea.Wanted) -> None:
        """Take the clipboard in a worker, since a tool may hang."""
        event.stop()
        self.run_worker(self._take_clipboard, thread=True, group="clipboard", exclusive=True, exit_on_error=False)

    def _take_clipboard(self) -> None:
        from corpus.decoding import decode
        from tui.clipboard import ClipboardError, paste

        try:
            raw = paste()
        except ClipboardError as error:
            said = str(error)
            self.app.call_from_thread(lambda: self.say(said, error=True))
            return
        text = canonical(decode(raw).text)
        self.app.call_from_thread(self._put, text, raw)

    @on(TextArea.Changed)
    def changed(self, event: TextArea.Changed) -> None:
        """Read the text soon, and keep a draft."""
        event.stop()
        if self._read_timer:
            self._read_timer.stop()
        self._read_timer = self.set_timer(READ_SECONDS, self._read)
        if self._draft_timer is None:
            self._draft_timer = self.set_timer(DRAFT_SECONDS, self.keep_draft)

    def keep_draft(self) -> None:
        """Write the draft; an empty field has none."""
        self._draft_timer = None
        text = self.text()
        if text == self._kept_draft:
            return
        try:
            if text:
                self.session.drafts.save(DRAFT, text)
            else:
                self.session.drafts.drop(DRAFT)
            self._kept_draft = text
        except OSError:
            self.say("No draft can be written: keep the text with Ctrl-s before you leave.", error=True)

    # what is found

    def _read(self) -> None:
        """Read the text in a worker; one at a time, and only the last is shown."""
        if self._reading:
            self._again = True
            return
        if not self.area.text.strip():
            self.found.show(EmptySource(HOW))
            self.found.subtitle = ""
            return
        self._reading = True
        data = self.data()
        self.run_worker(
            lambda: self.post_message(Read(read_pasted(data))), thread=True, group="read", exit_on_error=False
        )

    @on(Read)
    def was_read(self, event: Read) -> None:
        """Show what was found; where the text has changed meanwhile, read it again."""
        event.stop()
        self._reading = False
        if self._again:
            self._again = False
            self._read()
            return
        lines = found_lines(event.found)
        self.found.show(LinesSource(lines) if lines else EmptySource("Nothing was found in this text."), keep=True)
        self.found.subtitle = summary(event.found)
        self.found.repaint()

    # keeping

    def keep(self) -> None:
        """Keep the text as a capture, in a worker."""
        if self._saving:
            return
        if not self.area.text.strip():
            self.say("There is no text to keep.")
            return
        self._set_saving(True)
        data = self.data()
        self.run_worker(lambda: self._save(data), thread=True, group="keep", exit_on_error=False)

    def _set_saving(self, saving: bool) -> None:
        """Hold the text still while it is being kept: what would be typed meanwhile would be in no capture."""
        self._saving = self.area.read_only = saving

    def _save(self, data: bytes) -> None:
        try:
            kept = keep_pasted(data, self.session)
        except NotKeptError as error:
            self.post_message(Saved(None, str(error)))
        else:
            self.post_message(Saved(kept))

    @on(Saved)
    def saved(self, event: Saved) -> None:
        """Leave with what was kept; its draft is no longer needed."""
        event.stop()
        self._set_saving(False)
        if event.kept is None:
            self.say(event.error, error=True)
            return
        self._stop_timers()
        try:
            self.session.drafts.drop(DRAFT)
        except OSError:
            self.say("Kept; the draft could not be taken away.", error=True)
        self.dismiss(event.kept)

    def _stop_timers(self) -> None:
        for timer in (self._draft_timer, self._read_timer):
            if timer:
                timer.stop()

    # keys

    def on_key(self, event: events.Key) -> None:
        """Take the keys of this screen; the text has all others."""
        actions = {"ctrl+s": self.keep, "escape": self.leave, "ctrl+x": self.empty}
        if event.key not in actions or (event.key == "ctrl+x" and self.area.selected_text):
            return
        event.stop()
        event.prevent_default()
        actions[event.key]()

    def leave(self) -> None:
        """Leave; the text stays as a draft."""
        if self._saving:
            self.say("The text is being kept.")
            return
        self._stop_timers()
        self.keep_draft()
        self.dismiss("The pasted text is not kept yet; it is there again with the next gp." if self.text() else None)

    def empty(self) -> None:
        """Empty the field; the field's own undo brings the text back."""
        if self._saving:
            return
        self.area.clear()
        self.say("Emptied; Ctrl-z brings the text back.")

    def command_pane_next(self, count: int | None) -> None:
        """Between the text and what was found."""
        (self.found if self.focused is self.area and self.found.display else self.area).focus()

    command_pane_previous = command_pane_next

    def command_cancel(self, count: int | None) -> None:
        """Leave."""
        self.leave()

    command_leave = command_cancel

    def say(self, message: str, *, error: bool = False) -> None:
        """Show a message in the status line."""
        self.status.is_error = error
        self.status.set_text(message=message)
        self.set_timer(6.0, lambda: self.status.set_text(message=""))
