"""Correcting names: choose what with, see what would change at each reach, then make it so."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from corpus.entities.proposals import Scope, Wish, scopes
from corpus.model import Document
from corpus.text import canonical_line
from tui.screens.listing import ListingScreen
from tui.screens.previewing import PreviewingScreen
from tui.view.card_lines import TYPES, where
from tui.view.lines import Line
from tui.view.prose import Prose, ProseSource
from tui.view.rows import EmptySource, Run

if TYPE_CHECKING:
    from tui.namebook import Preview
    from tui.session import Session

REACH = {"mention": "this one mention", "document": "this document", "everywhere": "everywhere"}
SHOWN = 60
"""Changes that a preview shows."""


class Chosen(NamedTuple):
    """An entity that was chosen, or the name of one that is to be made."""

    id: str
    new_name: str = ""


class Choose(ListingScreen):
    """A list of which one is chosen; what is typed narrows it, or makes it."""

    hints = ("open", "down", "up", "cancel")
    nothing = "Nothing fits yet: type a name or a part of it."

    def __init__(self, title: str, placeholder: str, make: Callable[[str], list[Line]], text: str = "") -> None:
        """Show what `make` returns for what is typed, at first `text`."""
        super().__init__()
        self.title_text, self.placeholder, self._make, self._text = title, placeholder, make, text

    def on_mount(self) -> None:
        """Begin with what is given."""
        super().on_mount()
        if self._text:
            self.input.value = self._text
            self.input.select_all()

    def lines(self, text: str) -> list[Line]:
        """Return what fits."""
        return self._make(text)


class CorrectionScreen(PreviewingScreen):
    """Returns the `Preview` of the reach that was chosen, or None."""

    DEFAULT_CSS = "CorrectionScreen #list { height: 5; }"
    hints = ("open", "down", "up", "pane.next", "cancel")

    def __init__(self, session: Session, wish: Wish, title: str, document: Document | None) -> None:
        """Show how far `wish` may reach and what it would change."""
        super().__init__()
        self.session, self.wish, self.title_text, self.document = session, wish, title, document
        self._previews: dict[Scope, Preview] = {}

    def lines(self, text: str) -> list[Line]:
        """Return the reaches with how much each would change."""
        return [Line(scope, (Run(REACH[scope]),), right=self._preview(scope).said) for scope in scopes(self.wish)]

    def _preview(self, scope: Scope) -> Preview:
        if scope not in self._previews:
            self._previews[scope] = self.session.names.preview(self.wish, scope, self.document)
        return self._previews[scope]

    def cursor_moved(self) -> None:
        """Show what the reach under the cursor would change."""
        scope = self.chosen()
        if scope is None:
            self.preview.show(EmptySource("Nothing would change."))
            return
        preview = self._preview(scope)
        shown: list[Prose] = []
        last = ""
        for document, change in preview.changes[:SHOWN]:
            said = f"{change.before} → {change.after or 'dropped'}"
            if said != last:
                shown.append(Prose(said, "heading"))
                last = said
            span = change.mention.span
            place = where(span, self.document) if document is self.document else document.title or "untitled"
            shown.append(Prose(_around(document, change.mention.span), lead=f"{place:>5.40} "))
        beyond = len(preview.changes) - SHOWN
        if beyond > 0:
            shown.append(Prose(f"and {beyond:,} more", "dim"))
        self.preview.subtitle = preview.said
        self.preview.show(ProseSource(shown) if shown else EmptySource("No mention changes in what is at hand."))

    def command_pane_next(self, count: int | None) -> None:
        """Between the reaches and what changes."""
        (self.list if self.focused is self.preview else self.preview).focus()

    command_pane_previous = command_pane_next

    def command_filter(self, count: int | None) -> None:
        """Say that there is nothing to filter."""
        self.say("Nothing to filter here.")

    command_find = command_filter

    def command_open(self, count: int | None) -> None:
        """Make it so."""
        scope = self.chosen()
        self.dismiss(self._preview(scope) if scope is not None else None)


def _around(document: Document, span: object) -> str:
    from corpus.model import Span

    assert isinstance(span, Span)
    text = document.text(span.part, span.comment)
    start, end = max(0, span.start - 40), min(len(text), span.end + 40)
    words = f"{text[start : span.start]}[{text[span.start : span.end]}]{text[span.end : end]}"
    return " ".join((("…" if start else "") + words + ("…" if end < len(text) else "")).split())


def entity_lines(session: Session, text: str, without: Sequence[str], make: bool) -> list[Line]:
    """Return the entities that `text` may name; with `make`, also one of that name that is to be made."""
    found = [
        entity
        for entity in session.names.gazetteer.search_names(text, limit=40)
        if session.names.corrections.canonical.get(entity.id, entity.id) not in without
    ]
    lines = []
    for entity in found:
        runs = [Run(entity.name)]
        if entity.hangul:
            runs.append(Run(f" {entity.hangul[0]}", "hangul"))
        lines.append(Line(Chosen(entity.id), tuple(runs), right=TYPES.get(entity.type, ""), below=entity.description))
    name = canonical_line(text, 200)
    if name and make:
        lines.append(Line(Chosen("", name), (Run("new: ", "key"), Run(name)), right="an entity of your own"))
    return lines


def type_lines(text: str) -> list[Line]:
    """Return the types that an entity may have."""
    return [Line(kind, (Run(said),), right=kind) for kind, said in TYPES.items() if text.casefold().strip() in said]


def name_lines(text: str) -> list[Line]:
    """Return the one name that is typed."""
    name = canonical_line(text, 200)
    return [Line(name, (Run("name it ", "dim"), Run(name, "strong")))] if name else []
