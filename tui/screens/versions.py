"""The captures of a document: when each was saved, what differs from one to another; Enter reads one as it was."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.app import ComposeResult

from corpus.differences import Difference, differences
from corpus.model import Document
from corpus.text import canonical_line
from tui.screens.listing import ListingScreen
from tui.view.difference_rows import DifferenceSource
from tui.view.lines import Line
from tui.view.rows import EmptySource, Run
from tui.widgets.rows_view import RowsView

if TYPE_CHECKING:
    from corpus.library import Version
    from tui.session import Session


class VersionsScreen(ListingScreen):
    """Returns the `Version` to read, or None. Below the list stands what differs between two of them."""

    DEFAULT_CSS = """
    VersionsScreen #typed { display: none; }
    VersionsScreen #list { height: 1fr; min-height: 4; }
    VersionsScreen #changes { height: 3fr; }
    """
    title_text = "Captures of this document"
    hints = ("open", "select", "pane.next", "down", "up", "leave")
    typing = False

    def __init__(self, session: Session, document: Document, read: int | None = None) -> None:
        """List the versions of `document`; `read` is the key of the one that is open, None for the newest."""
        super().__init__()
        self.session, self.document, self.read = session, document, read
        self.versions: Sequence[Version] = session.library.versions(document.id)
        self.against: int | None = None
        """The version that others are compared with; None for the one before each."""
        self._texts: dict[int, Document] = {}

    def compose_more(self) -> ComposeResult:
        """Yield what differs."""
        self.changes = RowsView("What differs", id="changes")
        yield self.changes

    def on_mount(self) -> None:
        """Compare the newest with the one before."""
        super().on_mount()
        self.cursor_moved()

    def lines(self, text: str) -> list[Line]:
        """Return the versions, the newest first."""
        return [self._line(at, version) for at, version in enumerate(self.versions)]

    def _line(self, at: int, version: Version) -> Line:
        mark = "◆ " if at == self.against else "  "
        runs = [Run(mark, "chip"), Run(said_saved(version), "strong")]
        runs.append(Run("  newest" if version.shown else "", "chip"))
        is_open = version.key == self.read if self.read is not None else version.shown
        runs.append(Run("  open" if is_open else "", "dim"))
        older = self.versions[at + 1] if at + 1 < len(self.versions) else None
        same = "the same texts as before" if older and older.version == version.version else ""
        name = canonical_line(version.path.rsplit("/", 1)[-1])
        return Line(at, tuple(run for run in runs if run.text), right=same, below=name, most=1)

    def version(self) -> Version | None:
        """Return the version under the cursor."""
        at = self.chosen()
        return self.versions[at] if isinstance(at, int) else None

    def cursor_moved(self) -> None:
        """Show what differs between the version under the cursor and the one it is compared with."""
        at = self.chosen()
        if not isinstance(at, int):
            return
        other = self.against if self.against is not None else at + 1
        if len(self.versions) < 2:
            self._say_nothing("There is one capture of this document.")
        elif other >= len(self.versions):
            self._say_nothing("This is the earliest capture.")
        elif other == at:
            self._say_nothing("The others are compared with this one; v on it again ends that.")
        else:
            earlier, later = sorted((at, other), reverse=True)
            self._compare(self.versions[earlier], self.versions[later])

    def _say_nothing(self, sentence: str) -> None:
        self.changes.subtitle = ""
        self.changes.show(EmptySource(sentence))

    def _compare(self, earlier: Version, later: Version) -> None:
        before, after = self._text(earlier), self._text(later)
        if before is None or after is None:
            self._say_nothing("This capture cannot be read any more.")
            return
        found = differences(before, after)
        self.changes.subtitle = f"{said_saved(earlier)} → {said_saved(later)} · {changes_said(found)}"
        if any(difference.pieces for difference in found):
            self.changes.show(DifferenceSource(found))
        else:
            self.changes.show(EmptySource("Title, article and comments are the same."))

    def _text(self, version: Version) -> Document | None:
        if version.key not in self._texts:
            try:
                self._texts[version.key] = self.session.library.document(version.document, key=version.key)
            except KeyError:
                return None
        return self._texts[version.key]

    # commands

    def command_select(self, count: int | None) -> str:
        """Compare the others with the version under the cursor, or each with the one before."""
        at = self.chosen()
        self.against = None if at == self.against else at
        self.fill("")
        if isinstance(at, int):
            self.list.move_cursor(at)
        self.cursor_moved()
        if self.against is None:
            return "Each is compared with the one before."
        return "The others are compared with this one."

    def command_pane_next(self, count: int | None) -> None:
        """Between the list and what differs."""
        (self.changes if self.focused is self.list else self.list).focus()

    command_pane_previous = command_pane_next

    def command_open(self, count: int | None) -> None:
        """Read the version under the cursor."""
        version = self.version()
        if version is not None:
            self.dismiss(version)


def said_saved(version: Version) -> str:
    """Return when a capture was saved, in words."""
    return version.saved[:16].replace("T", " ") or "time not known"


def changes_said(found: Sequence[Difference]) -> str:
    """Return how much differs, in a few words."""
    parts = []
    for sign, name in (("¶", "paragraph"), ("#", "comment")):
        for kind, word in (("new", "new"), ("gone", "gone"), ("same", "changed")):
            number = sum(bool(item.pieces) and item.where.startswith(sign) and item.kind == kind for item in found)
            if number:
                parts.append(f"{number:,} {name}{'s' if number > 1 else ''} {word}")
    return ", ".join(parts) or ("another title" if any(item.pieces for item in found) else "the same")
