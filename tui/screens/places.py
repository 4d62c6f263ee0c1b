"""The places that are gone to from the reader: notes, paste, details, links, the browser."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from textual import on

from corpus.details import as_stated
from corpus.model import Span
from tui.screens.gathering import Gathered
from tui.screens.parts import ReaderParts

if TYPE_CHECKING:
    from tui.browser import Asked
    from tui.pasting import Kept

TOAST_SECONDS = 15.0
RESCANS = 2
"""Times that captures are read again for a document that was kept while they were being read."""


class Places(ReaderParts):
    """Opens the screens that come over the reader, and takes what they bring back."""

    _asked: Asked | None = None
    _awaited: tuple[Kept, int] | None = None

    # gn

    def command_notes(self, count: int | None) -> str | None:
        """Show all notes."""
        if not self.notes_loaded:
            return "The notes are still being read."
        from tui.screens.notes import NotesScreen

        self.app.push_screen(NotesScreen(self.session), self._notes_left)
        return None

    def _notes_left(self, found: object) -> None:
        """Show what was changed there, and go to the passage that was chosen."""
        from tui.screens.notes import Visit

        self.notes_changed()
        if isinstance(found, Visit) and self.visit(found.span) and found.said:
            self.say(found.said)

    # gd

    def command_details(self, count: int | None) -> bool | str:
        """Show what is known of the document; what its capture lacks can be supplied there."""
        if self.document is None:
            return False
        if not self.notes_loaded:
            return "The captures are still being read."
        from tui.screens.details import DetailsScreen

        self.app.push_screen(DetailsScreen(self.session, as_stated(self.document)), self._details_left)
        return True

    def ask_detail(self, field: str) -> None:
        """Show the details with one of them asked for."""
        from tui.screens.details import DetailsScreen

        if self.document is not None:
            screen = DetailsScreen(self.session, as_stated(self.document), field)
            self.app.push_screen(screen, self._details_left)

    def _details_left(self, changed: object) -> None:
        if changed:
            self.take_details()
            self.refill_texts()
            self.rescan_again()

    def take_details(self) -> None:
        """Put what was supplied into the open document, as it is now."""
        if self.document is not None:
            self.document = self.session.details.applied(self.document)

    # gp

    def command_paste(self, count: int | None) -> None:
        """Paste a page, look at what is found in it, keep it as a capture."""
        from tui.screens.paste import PasteScreen

        self.app.push_screen(PasteScreen(self.session), self._pasted)

    def _pasted(self, found: object) -> None:
        """Read the new capture and open it; where it lies outside of what is open, say so."""
        from tui.pasting import Kept

        if isinstance(found, str):
            self.say(found)
        if not isinstance(found, Kept):
            return
        if not self._is_open(found.path):
            self._kept_elsewhere(found)
            return
        self._awaited = (found, RESCANS)
        self.run_command("rescan")

    def _kept_elsewhere(self, kept: Kept) -> None:
        """Tell where a capture lies that is not among what is open; a path is too long for the status line."""
        verb = "Kept" if kept.new else "Kept already"
        said = (
            f"{verb} as {kept.path}. That is outside what is open here: korea-reader without a path opens your library."
        )
        self.app.notify(said, markup=False, timeout=TOAST_SECONDS)

    def _is_open(self, path: Path) -> bool:
        """Tell whether a file lies under what is open."""
        real = path.resolve()
        return any(root.resolve() in (real, *real.parents) for root in self.session.library.roots)

    @on(Gathered)
    def kept_arrived(self, event: Gathered) -> None:
        """Open the document that was kept, once its capture is read."""
        if event.progress is None and self._awaited:
            self.call_later(self._open_kept)

    def _open_kept(self) -> None:
        if self._awaited is None:
            return
        kept, rescans = self._awaited
        self._awaited = None
        try:
            self.session.library.document(kept.document)
        except KeyError:
            # the reading may have passed its folder before the capture was there
            if rescans > 1:
                self._awaited = (kept, rescans - 1)
                self.run_command("rescan")
            else:
                self.say(f"Kept as {kept.path}; it could not be read from there.", error=True)
            return
        self.visit(Span(kept.document, "title", None, 0, 0))
        self.say(f"Kept as {kept.path.name}." if kept.new else "This text was kept already; here it is.")

    # F o

    def command_links(self, count: int | None) -> bool:
        """Show the links of the passage and the document."""
        if self.document is None:
            return False
        from tui.screens.links import LinksScreen, links_at

        passage = self.texts.focused_passage()
        here = Span(self.document.id, *passage.key, passage.start, passage.end) if passage else None
        self.app.push_screen(LinksScreen(links_at(self.document, here), self.session.quotes))
        return True

    def command_browser(self, count: int | None) -> bool | str:
        """Open the page, or the comment where it has an address of its own; the first press shows the host."""
        if self.document is None:
            return False
        from tui.browser import Asked
        from tui.screens.links import address_of, ask_to_open

        passage = self.texts.focused_passage()
        on_comment = self.focused_name == "comments" and passage is not None
        url = address_of(self.document, passage.key[1] if on_comment and passage else None)
        if not url:
            return "No address is stated in this capture; gd lets you supply it."
        if self._asked is None:
            self._asked = Asked()
        return ask_to_open(self, self._asked, url, "o")
