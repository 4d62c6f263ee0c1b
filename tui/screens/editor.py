"""The note editor: what is typed is on disk within two seconds, and never lost by leaving."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import events, on
from textual.app import ComposeResult
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Static, TextArea

from corpus.text import canonical
from tui.dispatch import CommandScreen
from tui.view.wrap import clip

if TYPE_CHECKING:
    from corpus.notes.drafts import Drafts

DRAFT_SECONDS = 1.0
KEYS = " Ctrl-s save    Esc save and leave    Ctrl-x leave without saving"


class NoteArea(TextArea):
    """A text area that takes pasted text clean, and leaves Esc to its screen: with Tab it would move the focus."""

    def on_paste(self, event: events.Paste) -> None:
        """Replace what would act on the terminal; a line break at the end stays."""
        event.text = canonical(f"{event.text}.")[:-1]

    def on_key(self, event: events.Key) -> None:
        """Let Esc pass."""
        if event.key == "escape":
            event.prevent_default()


class NoteEditor(CommandScreen):
    """Returns the text, or None when it was left without saving. A draft of an earlier session is taken up."""

    DEFAULT_CSS = """
    NoteEditor { layout: vertical; }
    NoteEditor #about { height: auto; max-height: 6; padding: 0 1; color: $text-muted; }
    NoteEditor TextArea { height: 1fr; border: none; padding: 0 1; }
    NoteEditor TextArea:focus { border: none; }
    NoteEditor #how { height: 1; color: $text-muted; }
    NoteEditor #title { height: 1; background: $primary; color: $background; text-style: bold; }
    """

    def __init__(self, drafts: Drafts, key: str, text: str, *, quote: str, title: str = "Note") -> None:
        """Edit `text`, a note about `quote`; drafts are kept under `key`."""
        super().__init__()
        self.drafts, self.key, self.quote, self.title_text = drafts, key, quote, title
        draft = drafts.load(key)
        self.resumed = draft is not None and draft != text
        self.before = text
        self.area = NoteArea(
            draft if draft is not None and self.resumed else text, soft_wrap=True, tab_behavior="indent"
        )
        self._timer: Timer | None = None
        self._kept = draft

    def compose(self) -> ComposeResult:
        """Lay out what the note is about, the text, and the keys."""
        yield Static(Content(f" {self.title_text}"), id="title", markup=False)
        yield Static(Content(f"“{clip(' '.join(self.quote.split()), 300)}”"), id="about", markup=False)
        yield self.area
        said = " An unsaved draft was found and is shown." if self.resumed else ""
        yield Static(Content(KEYS + said), id="how", markup=False)

    def on_mount(self) -> None:
        """Begin at the end of the text."""
        self.area.focus()
        self.area.move_cursor(self.area.document.end)

    def text(self) -> str:
        """Return what is typed, canonical."""
        return canonical(self.area.text).strip("\n")

    @on(TextArea.Changed)
    def changed(self, event: TextArea.Changed) -> None:
        """Keep a draft soon."""
        event.stop()
        if self._timer is None:
            self._timer = self.set_timer(DRAFT_SECONDS, self.keep_draft)

    def keep_draft(self) -> None:
        """Write the draft; where that fails it is said, since only the window holds the text then."""
        self._timer = None
        text = self.text()
        if text == self._kept or text == self.before:
            return
        try:
            self.drafts.save(self.key, text)
            self._kept = text
        except OSError:
            self.query_one("#how", Static).update(Content(KEYS + "  No draft can be written: save now."))

    def drop_draft(self) -> None:
        """Forget the draft, once the text is saved."""
        if self._timer:
            self._timer.stop()
        try:
            self.drafts.drop(self.key)
        except OSError:
            return

    def on_key(self, event: events.Key) -> None:
        """Take the three keys of the editor; the text has all others."""
        if event.key not in ("ctrl+s", "escape", "ctrl+x"):
            return
        event.stop()
        event.prevent_default()
        if event.key == "ctrl+x":
            self.keep_draft()
            self.dismiss(None)
            return
        text = self.text()
        self.keep_draft()
        self.dismiss(text)
