"""Search over everything: as you type, every hit says why, the preview shows where."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.message import Message
from textual.timer import Timer

from corpus.model import Document, Span
from tui.lit import HitPlace
from tui.screens.query_keys import QueryKeys
from tui.searching import FEW, Answer, Searching, Wanted
from tui.view.article import ArticleSource
from tui.view.comments import CommentsSource
from tui.view.hit_lines import count_said, hit_key, hit_lines, nothing_said
from tui.view.lines import Line, LinesSource
from tui.view.query_text import fields_of
from tui.view.rows import EmptySource, RowSource
from tui.widgets.text_pane import TextPane

if TYPE_CHECKING:
    from corpus.search import Hit, Results
    from tui.session import Session

PREVIEW_SECONDS = 0.08
"""How long a hit stands under the cursor before it is shown in its place."""
HOLD_SECONDS = 0.08
"""How long the quick first answer waits for the whole one: both are seldom worth painting."""
STEPS = (200, 1000)
"""How many hits are asked for when the end of the list comes near; then twice as many each time."""


class Choice(NamedTuple):
    """The hit that was chosen, and all that were listed; `has_more` where there are others."""

    query: str
    hit: HitPlace
    hits: Sequence[HitPlace]
    has_more: bool = False
    exact_only: bool = False


class Found(Message):
    """What a search came to."""

    def __init__(self, answer: Answer) -> None:
        """Carry the answer, by whose number a late one is known as such."""
        self.answer = answer
        super().__init__()


class Preview(TextPane):
    """The passage of a hit in its place."""

    can_focus = False


class SearchScreen(QueryKeys):
    """Returns the `Choice`. Searches run in a thread of their own, and only the latest counts."""

    DEFAULT_CSS = """
    SearchScreen #list { height: 3fr; }
    SearchScreen #preview { height: 2fr; min-height: 3; }
    """
    title_text = "Search everything"
    placeholder = "what to search for; misspellings and other spellings of names are found too"
    hints = ("open", "pane.next", "search.where", "search.order", "search.exact", "search.save", "cancel")
    nothing = "Type to search articles, comments and names."

    def __init__(self, session: Session, query: str = "") -> None:
        """Search `session`; begin with the last query."""
        super().__init__()
        self.session = session
        self.begin_with = query
        self.number = 0
        self.answered = ""
        self.results: Results | None = None
        self.hits: Sequence[Hit] = ()
        self._by_key: Mapping[Hashable, Hit] = {}
        self._shown_for = 0
        self._preview: tuple[tuple[str, str], Document] | None = None
        self._preview_timer: Timer | None = None
        self._held: Timer | None = None
        self._searching = Searching(session, lambda answer: self.post_message(Found(answer)))

    def compose_more(self) -> ComposeResult:
        """Yield the preview."""
        self.preview = Preview("", id="preview")
        yield self.preview

    def on_mount(self) -> None:
        """Start the search's thread."""
        super().on_mount()
        self.run_worker(self._searching.loop, thread=True, group="search", exit_on_error=False)
        if self.begin_with:
            self.recall(self.begin_with)
            self.input.select_all()

    def on_unmount(self) -> None:
        """End the search's thread."""
        self._searching.end()

    def on_resize(self) -> None:
        """Give a low window to the list."""
        self.preview.display = self.size.height >= 16

    def fill(self, text: str) -> None:
        """Ask for another search; what is shown stays until its answer comes."""
        self.number += 1
        self._asked = FEW
        self.show_state()
        self._release()
        self.show_completions(())
        if not text.strip():
            self.hits, self.results, self._by_key = (), None, {}
            self._searching.ask(None)
            self.list.show(EmptySource(self.nothing))
            self.preview.show(EmptySource())
            self.status.set_place("")
            self.status.set_text(lit="")
            return
        self._searching.ask(Wanted(text, self.number, self.input.cursor_position, self.exact_only))

    def index_changed(self) -> None:
        """Ask again what an index answered that was not whole."""
        if self._is_in_part and not self._has_moved:
            self.fill(self.input.value)

    def lines(self, text: str) -> list[Line]:
        """Return the hits, grouped by document."""
        return hit_lines(self.hits, text, grouped=not self.is_by_time)

    @on(Found)
    def found(self, event: Found) -> None:
        """Show an answer, if it is the latest."""
        event.stop()
        answer = event.answer
        if answer.wanted.number != self.number:
            return
        if answer.completions is not None:
            self.show_completions(answer.completions)
            return
        self._release()
        if answer.results is None:
            self.answered = answer.wanted.query
            self.say(f"The search failed: {answer.error}", error=True)
        elif answer.is_last:
            self.answered = answer.wanted.query
            self._show(answer)
        else:
            self._held = self.set_timer(HOLD_SECONDS, lambda: self._show(answer))

    def _release(self) -> None:
        """Let go of a first answer that was not shown yet."""
        if self._held:
            self._held.stop()
            self._held = None

    def _show(self, answer: Answer) -> None:
        results = answer.results
        assert results is not None
        self.results = results
        if not results.hits and not answer.is_last:
            # what is like the query may still be found
            return
        number = answer.wanted.number
        messages = [*results.messages, self.session.library.pending]
        self._is_in_part = not results.is_whole or bool(self.session.library.pending)
        told = (fields_of(answer.wanted.query), self.is_by_time)
        if tuple(results.hits) != tuple(self.hits) or self._told != told or not results.hits:
            self._told = told
            self.hits = self._merged(results.hits) if answer.wanted.goes_on else results.hits
            self._by_key = {hit_key(hit): hit for hit in self.hits}
            lines = self.lines(answer.wanted.query)
            source: RowSource = (
                LinesSource(lines) if lines else EmptySource(nothing_said(answer.wanted.query, messages))
            )
            keep = self._shown_for == number and (self._has_moved or answer.wanted.goes_on)
            self.list.show(source, keep=keep)
        if self._shown_for != number:
            self._shown_for, self._has_moved = number, False
        if answer.is_last:
            self.preview_later()
        place = count_said(len(self.hits), max(results.total, len(self.hits)), results.total_is_exact)
        self.status.set_place(place if answer.is_last else f"{place} …")
        self.status.set_text(lit=" · ".join(filter(None, messages)))

    def _merged(self, more: Sequence[Hit]) -> Sequence[Hit]:
        """Return the hits that are listed, where they are, and after them what else was found."""
        return (*self.hits, *(hit for hit in more if hit_key(hit) not in self._by_key))

    _told: tuple[str, bool] | None = None
    """What the lines say of the query besides the hits: its fields, and whether they stand in the order of time."""
    _is_in_part = False
    """Whether the index could not give the whole answer: it was being made, or is damaged."""
    _has_moved = False
    """Whether the user has moved the cursor since the answer came."""
    _asked = FEW
    """Hits that were asked for."""

    @property
    def has_more(self) -> bool:
        """Whether more is found than is listed."""
        results = self.results
        return results is not None and (results.total > len(self.hits) or not results.total_is_exact)

    def _ask_for_more(self) -> None:
        """Ask for more hits where the end of those that are listed comes near."""
        source, lines, text = self.list.source, self.list.lines(), self.input.value
        last = max(self.list.cursor, lines[-1][0] if lines else 0)
        step = next((step for step in STEPS if step > self._asked), 2 * self._asked)
        is_near = last + self.list.page >= len(source)
        if is_near and self.answered == text and len(self.hits) >= self._asked and self.has_more:
            self._asked = step
            self.status.set_place(f"{self.status.place} …")
            self._searching.ask(Wanted(text, self.number, self.input.cursor_position, self.exact_only, step))

    def hit(self) -> Hit | None:
        """Return the hit under the cursor."""
        return self._by_key.get(self.chosen())

    def cursor_moved(self) -> None:
        """Show the hit in its place, once the cursor rests on it."""
        self._has_moved = True
        self.preview_later()
        self._ask_for_more()

    def preview_later(self) -> None:
        """Show the hit under the cursor in its place, a moment later."""
        if self._preview_timer is None:
            self._preview_timer = self.set_timer(PREVIEW_SECONDS, self.show_preview)
        else:
            self._preview_timer.reset()

    def show_preview(self) -> None:
        """Show the hit under the cursor in its place."""
        self._preview_timer = None
        hit = self.hit()
        if hit is None:
            self.preview.title = self.preview.subtitle = ""
            self.preview.show(EmptySource())
            return
        document = self._document(hit.span.document, hit.version)
        if document is None or not self.preview.display:
            return
        self.preview.title = "Article" if hit.span.comment is None else "Comments"
        self.preview.subtitle = document.title
        self.preview.show(self._source(document, hit.span))
        self.preview.lit = {hit.span.key: [(hit.span.start, hit.span.end)]}
        self.preview.relight()
        self.preview.go_to(hit.span.key, hit.span.start, anchor="middle")

    def _source(self, document: Document, span: Span) -> RowSource:
        if span.comment is None:
            return ArticleSource(document)
        from corpus.threads import Thread

        return CommentsSource(document, Thread(document), order="thread")

    def _document(self, name: str, version: str) -> Document | None:
        if self._preview is None or self._preview[0] != (name, version):
            try:
                self._preview = ((name, version), self.session.library.document(name, version=version or None))
            except KeyError:
                return None
        return self._preview[1]

    def command_open(self, count: int | None) -> None:
        """Go to the hit under the cursor."""
        hit = self.hit()
        if hit is not None:
            self.remember(self.input.value)
            source = self.list.source
            order = [source.key(item) for item in range(len(source)) if source.stops(item)]
            places = {hit_key(found): HitPlace(found.span, found.version) for found in self.hits}
            listed = [places[key] for key in order if key in places]
            chosen = HitPlace(hit.span, hit.version)
            self.dismiss(Choice(self.input.value, chosen, listed, self.has_more, self.exact_only))
