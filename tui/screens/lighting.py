"""What is lit in the texts, and going to a stretch of them."""

from __future__ import annotations

from corpus.model import Span
from tui.lit import Lit, reading_order
from tui.screens.parts import ReaderParts
from tui.view.layout import Pane


class Lighting(ReaderParts):
    """Lights spans in both texts and shows the one that was gone to."""

    def light(self, lit: Lit | None) -> None:
        """Light spans in the texts, in place of what was lit."""
        self.lit = lit
        found = lit.by_text() if lit else {}
        for pane in (self.article, self.comments):
            pane.lit, pane.lit_now = found, None
            pane.lit_role = lit.role if lit else "hit"
            pane.relight()
        self.status.set_text(lit=lit.said if lit else "")

    def show_now(self, span: Span) -> None:
        """Paint the span that a walk has come to."""
        for pane in (self.article, self.comments):
            pane.lit_now = span
            pane.relight()
        if self.lit:
            self.status.set_text(lit=self.lit.said)

    def go_to_span(self, span: Span, *, anchor: str = "middle", focus: bool = True) -> bool:
        """Show the passage that holds a span, unfolding what hides it; False where it is not in this document."""
        if self.document is None:
            return False
        if span.comment is None:
            shown = self.article.go_to(span.key, span.start, anchor=anchor)
            name: Pane = "article"
        else:
            try:
                self.comments.unfold_to(self.document.index_of(span.comment))
            except KeyError:
                return False
            shown = self.comments.go_to(span.key, span.start, anchor=anchor)
            name = "comments"
        if shown:
            self._bring_up(name, focus)
        return shown

    def _bring_up(self, name: Pane, focus: bool) -> None:
        """See that a text that was gone to can be seen, with the focus or, where there is room, without."""
        self.text_pane = name
        if not focus and not self.pane(name).display:
            self.lay_out()
        if focus or not self.pane(name).display:
            self.show_pane(name)

    def place_of_cursor(self) -> tuple[int, int, int] | None:
        """Return where the cursor stands in the order of reading."""
        passage = self.texts.focused_passage()
        if passage is None or self.document is None:
            return None
        order = reading_order(self.document)
        return order(Span(self.document.id, *passage.key, passage.start, passage.end))
