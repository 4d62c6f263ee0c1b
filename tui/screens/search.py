"""Search over everything: as you type, every hit says why, the preview shows where."""

from __future__ import annotations

import threading
from collections.abc import Hashable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from textual import on
from textual.app import ComposeResult
from textual.message import Message

from corpus.model import Document, Span
from tui.screens.listing import ListingScreen
from tui.view.article import ArticleSource
from tui.view.comments import CommentsSource
from tui.view.lines import Line, LinesSource
from tui.view.rows import EmptySource, RowSource, Run
from tui.widgets.text_pane import TextPane

if TYPE_CHECKING:
    from corpus.search import Hit, Results
    from tui.session import Session


LEAD = 24
"""Code points of an excerpt shown before what was found in it."""


class Choice(NamedTuple):
    """The hit that was chosen, and all hits as spans."""

    query: str
    span: Span
    hits: Sequence[Span]


class Found(Message):
    """What a search came to."""

    def __init__(self, query: str, number: int, results: Results | None, error: str = "") -> None:
        """Carry the number of the search, so that a late answer is known as such."""
        self.query, self.number, self.results, self.error = query, number, results, error
        super().__init__()


class Preview(TextPane):
    """The passage of a hit in its place."""

    can_focus = False


class SearchScreen(ListingScreen):
    """Returns the `Choice`. Searches run in a thread of their own, and only the latest counts."""

    DEFAULT_CSS = """
    SearchScreen #list { height: 3fr; }
    SearchScreen #preview { height: 2fr; min-height: 3; }
    """
    title_text = "Search everything"
    placeholder = 'words, "an exact phrase", -without; misspellings and other spellings of names are found too'
    hints = ("open", "down", "up", "page-down", "cancel")
    nothing = "Type to search articles, comments and names."

    def __init__(self, session: Session, query: str = "") -> None:
        """Search `session`; begin with the last query."""
        super().__init__()
        self.session = session
        self.begin_with = query
        self.number = 0
        self.answered = ""
        self.hits: Sequence[Hit] = ()
        self._wanted: tuple[str, int] | None = None
        self._asked = threading.Event()
        self._over = False
        self._preview: tuple[str, Document] | None = None

    def compose_more(self) -> ComposeResult:
        """Yield the preview."""
        self.preview = Preview("", id="preview")
        yield self.preview

    def on_mount(self) -> None:
        """Start the search's thread."""
        super().on_mount()
        self.run_worker(self._search_loop, thread=True, group="search", exit_on_error=False)
        if self.begin_with:
            self.input.value = self.begin_with
            self.input.select_all()

    def on_unmount(self) -> None:
        """End the search's thread."""
        self._over = True
        self._asked.set()

    def on_resize(self) -> None:
        """Give a low window to the list."""
        self.preview.display = self.size.height >= 16

    def fill(self, text: str) -> None:
        """Ask for another search; what is shown stays until its answer comes."""
        self.number += 1
        if not text.strip():
            self.hits = ()
            self._wanted = None
            self.list.show(EmptySource(self.nothing))
            self.preview.show(EmptySource())
            self.status.set_text(lit="")
            return
        self._wanted = (text, self.number)
        self._asked.set()

    def lines(self, text: str) -> list[Line]:
        """Return the hits, grouped by document."""
        lines: list[Line] = []
        document = None
        for at, hit in enumerate(self.hits):
            if hit.span.document != document:
                document = hit.span.document
                lines.append(Line(("document", at), (Run(hit.title or "untitled", "heading"),), heading=True))
            lines.append(_hit_line(at, hit))
        return lines

    # the thread

    def _search_loop(self) -> None:
        while True:
            self._asked.wait()
            self._asked.clear()
            if self._over:
                return
            wanted = self._wanted
            if wanted is None:
                continue
            query, number = wanted
            try:
                results = self.session.searcher.search(query, stop=lambda: self._over or self._wanted != wanted)  # noqa: B023
            except Exception as error:
                self.post_message(Found(query, number, None, str(error)))
            else:
                if self._wanted == wanted:
                    self.post_message(Found(query, number, results))

    @on(Found)
    def found(self, event: Found) -> None:
        """Show an answer, if it is the latest."""
        event.stop()
        if event.number != self.number:
            return
        self.answered = event.query
        if event.results is None:
            self.say(f"The search failed: {event.error}", error=True)
            return
        results = event.results
        self.hits = results.hits
        lines = self.lines(event.query)
        source: RowSource = LinesSource(lines) if lines else EmptySource(f"Nothing found for “{event.query}”.")
        self.list.show(source)
        self.status.set_place(str(results) if results.hits else "0 hits")
        self.status.set_text(lit=" ".join(results.messages))
        self.cursor_moved()

    def hit(self) -> Hit | None:
        """Return the hit under the cursor."""
        key = self.chosen()
        return self.hits[key] if isinstance(key, int) and key < len(self.hits) else None

    def cursor_moved(self) -> None:
        """Show the hit in its place."""
        hit = self.hit()
        if hit is None:
            self.preview.show(EmptySource())
            return
        document = self._document(hit.span.document)
        if document is None:
            return
        self.preview.title = "Article" if hit.span.comment is None else "Comments"
        self.preview.show(self._source(document, hit.span))
        self.preview.lit = {hit.span.key: [(hit.span.start, hit.span.end)]}
        self.preview.relight()
        self.preview.go_to(hit.span.key, hit.span.start, anchor="middle")

    def _source(self, document: Document, span: Span) -> RowSource:
        if span.comment is None:
            return ArticleSource(document)
        from corpus.threads import Thread

        return CommentsSource(document, Thread(document), order="thread")

    def _document(self, name: str) -> Document | None:
        if self._preview is None or self._preview[0] != name:
            try:
                self._preview = (name, self.session.library.document(name))
            except KeyError:
                return None
        return self._preview[1]

    def command_open(self, count: int | None) -> None:
        """Go to the hit under the cursor."""
        hit = self.hit()
        if hit is not None:
            self.dismiss(Choice(self.answered, hit.span, [found.span for found in self.hits]))


def _hit_line(at: int, hit: Hit) -> Line:
    where = {"title": "title", "body": f"¶{hit.place + 1}", "comment": f"#{hit.place + 1}"}.get(hit.kind, hit.kind)
    runs = [Run(f"{where:>5} ", "number")]
    if hit.author and hit.kind in ("comment", "author"):
        runs.append(Run(f"{hit.author}: ", "author"))
    place = 0
    if hit.highlights and hit.highlights[0][0] > LEAD:
        # the words that were found are worth more room than those before them
        place = hit.excerpt.find(" ", hit.highlights[0][0] - LEAD) + 1
        runs.append(Run("…"))
    for start, end in hit.highlights:
        if start >= place:
            runs += [Run(hit.excerpt[place:start]), Run(hit.excerpt[start:end], "hit")]
            place = end
    runs.append(Run(hit.excerpt[place:]))
    key: Hashable = at
    also = f" · also {', '.join(hit.also[:2])}" if hit.also else ""
    return Line(key, tuple(runs), right=f"{hit.why}{also}" if hit.why != "exact" or also else "exact")
