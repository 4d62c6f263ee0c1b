"""Finding as you type: in this pane, and in the lists."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import NamedTuple

from textual import on

from corpus.model import Span
from tui.lit import Lit, reading_order
from tui.screens.parts import ReaderParts
from tui.view.rows import Position
from tui.widgets.prompt import Prompt
from tui.widgets.rows_view import RowsView
from tui.widgets.text_pane import TextPane

FIND, FILTER, FILTER_NAMES, TAGS, PIPE = "find", "filter", "filter-names", "tags", "pipe"
AUTHOR = "comment-author"
MOST_TEXTS = 20_000


class Stood(NamedTuple):
    """Where a list stood before a filter was typed: its filter, the row of the cursor, how it was scrolled, its height."""

    filter: str
    key: Hashable
    cursor: int
    top: Position
    page: int

    def back(self, pane: RowsView) -> None:
        """Put the cursor back on its row, and the view to where it was."""
        found = pane.source.find(self.key)
        if found is not None:
            top = Position(max(0, self.top.item + found - self.cursor), self.top.row)
            pane.stand(found, top)
            # the prompt has still to give its line back
            pane.to_stand = (self.page, found, top)


class Finding(ReaderParts):
    """Keeps the prompt, and what it finds."""

    _from: tuple[int, int, int] | None = None

    # / in this pane

    def command_find(self, count: int | None) -> bool:
        """Find in the focused pane; in a list this is its filter."""
        if self.focused in (self.articles, self.entities):
            return self.command_filter(count)
        if self.document is None:
            return False
        self._from = self.place_of_cursor()
        self._has_moved = False
        self._stood = [(pane, pane.cursor, pane.top) for pane in (self.article, self.comments)]
        self._was_folded = set(self.comments.folded)
        self._pane_found = self.focused_name
        self.prompt.open(FIND, "find here (Enter goes to the next, Esc leaves)")
        return True

    _pane_found = "article"
    _stood: Sequence[tuple[TextPane, int, Position]] = ()
    _was_folded: set[str]
    _has_moved = False
    """Whether what is being typed has taken the cursor from where it was."""

    def _find(self, text: str) -> None:
        if self.document is None:
            return
        if not text.strip():
            self.light(None)
            return
        spans, why = self._matches(text)
        self.light(Lit(f"/{text}", spans, note=why))
        if self.lit and self.lit.spans:
            order = reading_order(self.document)
            first = next((span for span in spans if self._from is None or order(span) >= self._from), spans[0])
            self.lit.at = spans.index(first)
            if not self._has_moved:
                self.mark_jump()
                self._has_moved = True
            self.go_to_span(first, focus=False)
            self.show_now(first)

    def _matches(self, text: str) -> tuple[list[Span], str]:
        """Find in the texts of the pane: exactly, and where nothing fits so, with misspellings."""
        from corpus.search import find_in

        document = self.document
        assert document is not None
        article = self._pane_found != "comments"
        exact: list[Span] = []
        near: list[Span] = []
        whys: list[str] = []
        for number, (key, content) in enumerate(document.texts()):
            if (key[1] is None) != article or number > MOST_TEXTS:
                continue
            for match in find_in(content, text):
                span = Span(document.id, *key, match.start, match.end)
                if match.why == "exact":
                    exact.append(span)
                else:
                    near.append(span)
                    whys.append(match.why)
        if exact or not near:
            return exact, ""
        return near, whys[0] if len(set(whys)) == 1 else "misspelt"

    # \ in the lists

    def command_filter(self, count: int | None) -> bool:
        """Filter the list."""
        pane = self.entities if self.focused is self.entities else self.articles
        text = self.entities.filter if pane is self.entities else self.session.shelf.filter
        key = pane.source.key(pane.cursor) if len(pane.source) else None
        self._list_stood = Stood(text, key, pane.cursor, pane.top, pane.page)
        if self.focused is self.entities:
            self.prompt.open(
                FILTER_NAMES,
                "filter names: any romanisation, Hangul, or its first consonants (ㄱㅈㅇ)",
                self.entities.filter,
            )
        else:
            self.prompt.open(FILTER, "filter articles: words of title, outlet, author, file", self.session.shelf.filter)
        return True

    _list_stood = Stood("", None, 0, Position(0, 0), 0)

    # the prompt

    @on(Prompt.Typed)
    def typed(self, event: Prompt.Typed) -> None:
        """Follow what is typed."""
        event.stop()
        if type(event) is not Prompt.Typed:
            return
        if event.purpose == FIND:
            self._find(event.text)
        elif event.purpose == FILTER:
            self.session.shelf.filter = event.text
            self.fill_articles(keep=True)
        elif event.purpose == FILTER_NAMES:
            self.entities.filter = event.text
            self.fill_entities()

    @on(Prompt.Entered)
    def entered(self, event: Prompt.Entered) -> None:
        """Take what was typed."""
        event.stop()
        purpose, text = event.purpose, event.text
        self._close_prompt(purpose)
        if purpose == FIND and self.lit:
            if self.lit.spans:
                self.go_to_span(self.lit.spans[max(0, self.lit.at)])
        elif purpose == TAGS:
            self.tags_entered(text)
        elif purpose == AUTHOR:
            self.author_entered(text)
        elif purpose == PIPE:
            self.pipe_entered(text)

    @on(Prompt.Left)
    def left(self, event: Prompt.Left) -> None:
        """Leave the prompt; the list is as it was before a filter was typed, and so is the cursor."""
        event.stop()
        if event.purpose == FIND:
            self.light(None)
            self._return()
        elif event.purpose == FILTER:
            self.session.shelf.filter = self._list_stood.filter
            self.fill_articles(keep=True, then=self._list_stood.back)
        elif event.purpose == FILTER_NAMES:
            self.entities.filter = self._list_stood.filter
            self.fill_entities()
            self._list_stood.back(self.entities)
        self._close_prompt(event.purpose)

    def _return(self) -> None:
        """Put the cursors back to where they stood when the search began."""
        if not self._has_moved:
            return
        self.unmark_jump()
        if self.comments.folded != self._was_folded:
            self.comments.folded = self._was_folded
            self.comments.refill()
        for pane, cursor, top in self._stood:
            pane.stand(cursor, top)
        self.show_place()

    def _close_prompt(self, purpose: str) -> None:
        self.prompt.close()
        if purpose == FILTER:
            self.show_pane("articles")
        elif purpose == FILTER_NAMES:
            self.show_pane("entities")
        else:
            self.show_pane(self.focused_name)
