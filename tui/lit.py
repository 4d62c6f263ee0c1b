"""What is lit in the texts of a document: an ordered list of spans to walk, and where the walk stands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from corpus.model import Document, Span, TextKey

PARTS = {"title": 0, "body": 1, "comment_title": 2, "comment": 2}


class HitPlace(NamedTuple):
    """Where a hit of a search is: its span, and the version of the capture that has it where that is not the newest."""

    span: Span
    version: str = ""


@dataclass
class Lit:
    """Spans of one document in reading order, named for the status line. `role` is how they are painted."""

    name: str
    spans: Sequence[Span]
    role: str = "hit"
    at: int = -1
    note: str = ""

    def by_text(self) -> dict[TextKey, list[tuple[int, int]]]:
        """Return the stretches of each text."""
        found: dict[TextKey, list[tuple[int, int]]] = {}
        for span in self.spans:
            found.setdefault(span.key, []).append((span.start, span.end))
        return found

    def step(
        self, step: int, here: tuple[int, int, int] | None, order: Callable[[Span], tuple[int, int, int]]
    ) -> Span | None:
        """Go to the next (1) or previous (-1) span, round the ends.

        Args:
            step: how many spans, and which way.
            here: place of the cursor in reading order, used where the walk has not begun.
            order: gives the place of a span.
        """
        if not self.spans:
            return None
        if self.at < 0 and here is not None:
            places = [order(span) for span in self.spans]
            if step > 0:
                self.at = next((at for at, place in enumerate(places) if place >= here), len(places)) - 1
            else:
                self.at = next((at for at in range(len(places) - 1, -1, -1) if places[at] < here), -1) + 1
        self.at = (self.at + step) % len(self.spans)
        return self.spans[self.at]

    @property
    def said(self) -> str:
        """The status line's words."""
        if not self.spans:
            return f"{self.name}: not found"
        place = f"{self.at + 1} of {len(self.spans)}" if self.at >= 0 else f"{len(self.spans)}"
        return f"{self.name}: {place}" + (f" · {self.note}" if self.note else "")


def reading_order(document: Document) -> Callable[[Span], tuple[int, int, int]]:
    """Return a function that gives the place of a span in the order of reading: article, then comments as captured."""

    def place(span: Span) -> tuple[int, int, int]:
        index = 0
        if span.comment is not None:
            try:
                index = document.index_of(span.comment)
            except KeyError:
                index = len(document.comments)
        return PARTS[span.part], index, span.start

    return place
