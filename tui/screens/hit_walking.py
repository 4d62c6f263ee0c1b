"""Where a search over everything leads: to its hits, across documents and captures."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from textual import on
from textual.message import Message

from tui.lit import HitPlace, Lit, reading_order
from tui.screens.parts import ReaderParts

if TYPE_CHECKING:
    from corpus.library import Version
    from tui.screens.search import Choice

MOST_HITS = 1000
"""Hits of a search that are walked at most."""


class MoreHits(Message):
    """The rest of what the last search finds was looked for behind the screen."""

    def __init__(self, number: int, hits: Sequence[HitPlace]) -> None:
        """Carry the number of the search, so that a late answer is known as such."""
        self.number, self.hits = number, hits
        super().__init__()


class HitWalking(ReaderParts):
    """Keeps the hits of the last search, in the order in which they were listed."""

    hits: Sequence[HitPlace] = ()
    _query = ""
    _search_number = 0

    def command_search(self, count: int | None) -> None:
        """Search everything."""
        from tui.screens.search import SearchScreen

        self.app.push_screen(SearchScreen(self.session, self._query), self._searched)

    def _searched(self, found: Choice | None) -> None:
        """Go to the hit that was chosen, and light the others of its document."""
        self.heads_changed()
        if found is None:
            return
        self._query, self.hits = found.query, found.hits
        self._search_number += 1
        self.visit_hit(found.hit)
        if found.has_more:
            self._look_for_more(found)

    def _look_for_more(self, found: Choice) -> None:
        number = self._search_number

        def look() -> None:
            results = self.session.search(
                found.query, lambda: number != self._search_number, limit=MOST_HITS, exact_only=found.exact_only
            )
            self.post_message(MoreHits(number, [HitPlace(hit.span, hit.version) for hit in results.hits]))

        self.run_worker(look, thread=True, group="hits", exit_on_error=False)

    @on(MoreHits)
    def more_hits(self, event: MoreHits) -> None:
        """Put the rest after those that were listed, and light those of the open document."""
        event.stop()
        if event.number != self._search_number:
            return
        self.hits = list(dict.fromkeys([*self.hits, *event.hits]))
        if self.lit and self.lit.name == self._name_of_lit:
            self._light_hits(self.lit.spans[self.lit.at] if self.lit.at >= 0 else None)

    def visit_hit(self, hit: HitPlace) -> bool:
        """Go to a hit of the last search, in the capture that has it, and light the others there."""
        self.mark_jump()
        if not self._open_capture(hit) or not self.go_to_span(hit.span):
            return False
        self._light_hits(hit.span)
        return True

    def _open_capture(self, hit: HitPlace) -> bool:
        """Open the document of a hit: its newest capture, or the one that alone has the passage."""
        name, version = hit.span.document, self._version_of(hit)
        read = self.version.key if self.version else None
        if self.document and self.document.id == name and read == (version.key if version else None):
            return True
        return self.open(name, restore=False, version=version)

    def _version_of(self, hit: HitPlace) -> Version | None:
        library, span = self.session.library, hit.span
        if not hit.version:
            return None
        if span.comment is not None:
            # under the newest capture stand the comments of all, those that are gone marked as such
            with suppress(KeyError):
                earlier = library.document(span.document, version=hit.version).text(span.part, span.comment)
                if library.document(span.document).text(span.part, span.comment) == earlier:
                    return None
        captures = library.versions(span.document)
        return next((found for found in captures if found.version == hit.version and not found.shown), None)

    @property
    def _name_of_lit(self) -> str:
        return f"s {self._query}"

    def _light_hits(self, now: object) -> None:
        if self.document is None:
            return
        key = self.version.key if self.version else None
        here = [hit for hit in self.hits if hit.span.document == self.document.id]
        shown = {hit.span for hit in here if key == ((of := self._version_of(hit)) and of.key)}
        spans = sorted(shown, key=reading_order(self.document))
        at = next((at for at, span in enumerate(spans) if span == now), -1)
        self.light(Lit(self._name_of_lit, spans, at=at))
        if at >= 0:
            self.show_now(spans[at])

    # ]/

    def command_hit_document_next(self, count: int | None) -> bool | str:
        """Open the next document with a hit of the last search."""
        return self._walk_hits(count or 1)

    def command_hit_document_previous(self, count: int | None) -> bool | str:
        """Open the previous document with a hit of the last search."""
        return self._walk_hits(-(count or 1))

    def _walk_hits(self, step: int) -> bool | str:
        documents = list(dict.fromkeys(hit.span.document for hit in self.hits))
        if not documents:
            return "No search yet. Press s to search everything."
        here = self.document.id if self.document else None
        at = documents.index(here) + step if here in documents else 0
        wanted = documents[at % len(documents)]
        return self.visit_hit(next(hit for hit in self.hits if hit.span.document == wanted))
