"""What is known of a document and where each fact came from; what the capture lacks can be supplied."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult

from corpus.model import Document
from corpus.text import fold
from tui.screens.copying import copy_text
from tui.screens.filtering import FilteredScreen
from tui.view.details import ASKED, facts_of, mended, refusal
from tui.view.facts import Fact, FactsSource
from tui.view.rows import EmptySource
from tui.widgets.prompt import Prompt

if TYPE_CHECKING:
    from tui.session import Session


class DetailsScreen(FilteredScreen):
    """Shows the facts; returns whether any was supplied or taken back."""

    title_text = "Details"
    placeholder = "filter: words of a fact"
    hints = ("open", "quote", "undo", "filter", "leave")
    typing = False

    def __init__(self, session: Session, document: Document, field: str = "") -> None:
        """Show `document`, as its capture states it; `field` is asked for at once."""
        super().__init__()
        self._field = field
        self.session, self.document = session, document
        self.changed = False

    def compose_more(self) -> ComposeResult:
        """Yield the line in which a detail is supplied."""
        self.prompt = Prompt()
        yield self.prompt

    def on_mount(self) -> None:
        """Ask for what was wanted."""
        super().on_mount()
        if self._field:
            self.list.move_cursor(self.list.source.find(self._field) or 0)
            self.call_after_refresh(self.ask, self._field)

    def fill(self, text: str) -> None:
        """Show the facts that hold what is typed."""
        self._show(keep=False)

    def _show(self, *, keep: bool) -> None:
        facts = self.facts(self.input.value)
        self.list.show(FactsSource(facts) if facts else EmptySource(self.nothing), keep=keep)
        self.list.subtitle = self.document.title or "untitled"
        self.status.set_place(f"{sum(not fact.heading for fact in facts)} facts")

    def facts(self, text: str) -> Sequence[Fact]:
        """Return the facts that hold every word typed, under their headings."""
        document = self.document
        found = facts_of(
            document,
            self.session.supplied(document),
            [version.path for version in self.session.library.versions(document.id)],
            [version.url or version.path for version in self.session.library.also_at(document.id)],
        )
        words = fold(text).text.split()
        if not words:
            return found
        fitting = [fact for fact in found if fact.heading or all(word in _words(fact) for word in words)]
        # a heading stays where something stands under it
        return [
            fact
            for fact, following in zip(fitting, [*fitting[1:], None], strict=True)
            if not fact.heading or (following is not None and not following.heading)
        ]

    def fact(self) -> Fact | None:
        """Return the fact under the cursor."""
        source = self.list.source
        return source.facts[self.list.cursor] if isinstance(source, FactsSource) else None

    # supplying

    def command_open(self, count: int | None) -> None:
        """Ask for the detail under the cursor, where the capture does not state it."""
        fact = self.fact()
        if fact is None or fact.heading:
            return
        field = str(fact.key)
        refused = refusal(self.document, field)
        if refused:
            self.say(refused)
        else:
            self.ask(field)

    def ask(self, field: str) -> None:
        """Ask for a detail; what the capture states stands there to be changed."""
        value = getattr(self.document, field, None) or ""
        stated = value if isinstance(value, str) else "; ".join(value)
        self.prompt.open(field, ASKED[field], self.session.details.of(self.document.id).get(field) or stated)

    @on(Prompt.Typed)
    def prompted(self, event: Prompt.Typed) -> None:
        """Take what was typed, or leave the detail as it is."""
        event.stop()
        if type(event) is Prompt.Typed:
            return
        if type(event) is Prompt.Entered and not self._supply(event.purpose, event.text):
            return
        self.prompt.close()
        self.list.focus()

    def _supply(self, field: str, text: str) -> bool:
        """Supply a detail; False where it is not understood, and the line stays open."""
        before = self.session.details.of(self.document.id).get(field)
        try:
            value = mended(field, text)
        except ValueError as error:
            self.say(str(error), error=True)
            return False
        own = getattr(self.document, field, None) or None
        if value == (own if own is None or isinstance(own, str) else "; ".join(own)):
            value = None
        if value == before:
            return True
        try:
            self.session.supply(self.document.id, field, value)
        except OSError as error:
            self.say(f"It could not be saved: {error.strerror or error}.", error=True)
            return False
        self._changed("Supplied; u takes it back." if value else "Taken back.")
        return True

    def _changed(self, said: str) -> None:
        self.changed = True
        self._show(keep=True)
        self.say(said)

    def command_undo(self, count: int | None) -> bool:
        """Take the last change back."""
        return self._again("Undone", self.session.undo.undo)

    def command_redo(self, count: int | None) -> bool:
        """Do again what was taken back."""
        return self._again("Done again", self.session.undo.redo)

    def _again(self, verb: str, step: Callable[[], str | None]) -> bool:
        from corpus.notes.errors import NotSavedError

        try:
            label = step()
        except (NotSavedError, OSError) as error:
            self.say(str(error), error=True)
        else:
            self._changed(f"{verb}: {label}." if label else "Nothing more.")
        return True

    def command_quote(self, count: int | None) -> bool:
        """Copy the fact under the cursor."""
        fact = self.fact()
        if fact is None or fact.heading:
            return False
        copy_text(self, self.session.quotes, fact.value)
        return True

    # leaving

    def result(self) -> bool:
        """Return whether anything was supplied or taken back."""
        return self.changed


def _words(fact: Fact) -> str:
    return fold(f"{fact.label} {fact.value} {fact.right}").text
