"""Walking the texts: what is lit, highlights, mentions, documents with hits, and the way back."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from corpus.model import Span, TextKey
from tui.lit import Lit, reading_order
from tui.screens.parts import ReaderParts

JUMPS = 100


class Place(NamedTuple):
    """A passage of a document, to come back to."""

    document: str
    key: TextKey
    start: int


class Walking(ReaderParts):
    """Goes from span to span, across panes, folds and documents."""

    _behind: tuple[Place, ...] = ()
    _ahead: tuple[Place, ...] = ()

    # n N

    def command_lit_next(self, count: int | None) -> bool | str:
        """Go to the next span of what is lit."""
        return self._walk_lit(count or 1)

    def command_lit_previous(self, count: int | None) -> bool | str:
        """Go to the previous span of what is lit."""
        return self._walk_lit(-(count or 1))

    def _walk_lit(self, step: int) -> bool | str:
        if self.lit is None or self.document is None:
            return "Nothing is lit. / finds in this pane; in Entities a name is lit as you choose it."
        span = self.lit.step(step, self.place_of_cursor(), reading_order(self.document))
        if span is None:
            return f"{self.lit.name}: not found here."
        self.mark_jump()
        from_entities = self.focused is self.entities
        self.go_to_span(span, focus=not from_entities)
        self.show_now(span)
        return True

    # ]h ]e

    def command_highlight_next(self, count: int | None) -> bool | str:
        """Go to the next note or highlight."""
        return self._walk_notes(count or 1)

    def command_highlight_previous(self, count: int | None) -> bool | str:
        """Go to the previous note or highlight."""
        return self._walk_notes(-(count or 1))

    def _walk_notes(self, step: int) -> bool | str:
        if self.document is None:
            return False
        placed = {span: note for note, span in self.session.notebook.placed(self.document)}
        return self._walk(list(placed), step, lambda span: placed[span].text.partition("\n")[0] or "highlight")

    def command_mention_next(self, count: int | None) -> bool | str:
        """Go to the next mention, and say who or when that is."""
        return self._walk_mentions(count or 1)

    def command_mention_previous(self, count: int | None) -> bool | str:
        """Go to the previous mention, and say who or when that is."""
        return self._walk_mentions(-(count or 1))

    def _walk_mentions(self, step: int) -> bool | str:
        self.entities_now()
        spans = [mention.span for mention in self.mentions if mention.type not in ("DURATION", "TIME")]
        return self._walk(spans, step, self._name_of)

    def _name_of(self, span: Span) -> str:
        """Return a mention's words and what they name: `“Mr. Ri”: Ri Son-gwon 리선권`."""
        from tui.view.names import said_name

        assert self.document is not None
        # the pane may list the entities of all documents, without their mentions
        everywhere = self.entities.everywhere
        counts = self.session.summary(self.document, self.mentions) if everywhere else self.counts
        named = (entity for entity in counts if any(mention.span == span for mention in entity.mentions))
        entity = next(named, None)
        said, name = self.document.quote(span), said_name(entity) if entity else ""
        return said if name in ("", said) else f"“{said}”: {name}"

    def _walk(self, spans: list[Span], step: int, name: Callable[[Span], str]) -> bool | str:
        """Go to the next of some spans; return what is to be said of it."""
        if self.document is None or not spans:
            return False
        order = reading_order(self.document)
        spans = sorted(set(spans), key=order)
        now = self.texts.lit_now
        walked = Lit("", spans, at=spans.index(now) if now in spans else -1)
        span = walked.step(step, self.place_of_cursor(), order)
        if span is None:
            return False
        self.mark_jump()
        self.go_to_span(span)
        self.show_now(span)
        return f"{name(span)} · {walked.at + 1:,} of {len(spans):,}"

    # elsewhere

    def visit(self, span: Span) -> bool:
        """Go to a span in whichever document it is."""
        self.mark_jump()
        if (self.document is None or self.document.id != span.document) and not self.open(span.document, restore=False):
            return False
        return self.go_to_span(span)

    # back and forward

    def place(self) -> Place | None:
        """Return where the cursor is."""
        passage = self.texts.focused_passage()
        if self.document is None or passage is None:
            return None
        return Place(self.document.id, passage.key, passage.start)

    def mark_jump(self) -> None:
        """Remember the place before a jump."""
        here = self.place()
        if here and (not self._behind or self._behind[-1] != here):
            self._behind = (*self._behind, here)[-JUMPS:]
            self._ahead = ()

    def unmark_jump(self) -> None:
        """Forget the jump that was marked last: it came to nothing."""
        self._behind = self._behind[:-1]

    def command_back(self, count: int | None) -> bool | str:
        """Go back to where the last jump began."""
        if not self._behind:
            return "There is no earlier place."
        here, wanted = self.place(), self._behind[-1]
        self._behind = self._behind[:-1]
        if here:
            self._ahead = (*self._ahead, here)
        return self._return_to(wanted)

    def command_forward(self, count: int | None) -> bool | str:
        """Go forward again."""
        if not self._ahead:
            return "There is no later place."
        here, wanted = self.place(), self._ahead[-1]
        self._ahead = self._ahead[:-1]
        if here:
            self._behind = (*self._behind, here)
        return self._return_to(wanted)

    def _return_to(self, place: Place) -> bool:
        if (self.document is None or self.document.id != place.document) and not self.open(
            place.document, restore=False
        ):
            return False
        return self.go_to_span(Span(place.document, *place.key, place.start, place.start), anchor="near")
