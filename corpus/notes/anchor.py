"""Where an annotation's words stand in today's text; never a guess."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from corpus.model import Document, Span
from corpus.notes.annotation import Annotation, Target
from corpus.notes.build import text_sha256

SAME = "same"
MOVED = "moved"
NOT_PLACED = "text changed, not placed"


@dataclass(frozen=True, slots=True)
class Anchor:
    """A place in a text (code points, end exclusive) and how it was found; `start` and `end` are 0 when it was not."""

    state: str
    start: int = 0
    end: int = 0

    @property
    def placed(self) -> bool:
        """Whether it may be drawn."""
        return self.state != NOT_PLACED


def place(annotation: Annotation | Target, text: str) -> Anchor:
    """Find the words of an annotation (its first target) or of a target in a canonical text.

    The text's hash is the same: the stored place. Otherwise the words must occur exactly once. A target
    without words (a whole document or comment) is the whole text.
    """
    target = annotation.target if isinstance(annotation, Annotation) else annotation
    quote = unicodedata.normalize("NFC", target.quote)
    span = target.span
    if span is None and not quote:
        return Anchor(SAME, 0, len(text))
    if span and target.sha256 == text_sha256(text) and text[span.start : span.end] == quote:
        return Anchor(SAME, span.start, span.end)
    start = text.find(quote) if quote else -1
    if start < 0 or text.find(quote, start + 1) >= 0:
        return Anchor(NOT_PLACED)
    return Anchor(MOVED, start, start + len(quote))


def place_in(annotation: Annotation, document: Document) -> tuple[tuple[Target, Anchor, Span | None], ...]:
    """Find every target of an annotation that is about `document`, each with its span in today's text.

    The span is None where the words were not found or their comment is gone, and for a whole document.
    """
    found: list[tuple[Target, Anchor, Span | None]] = []
    for target in annotation.targets:
        if target.document != document.id:
            continue
        part = target.part or ("comment" if target.comment is not None else "body")
        try:
            text = document.text(part, target.comment)
        except KeyError:
            found.append((target, Anchor(NOT_PLACED), None))
            continue
        anchor = place(target, text)
        whole_document = target.span is None and target.comment is None
        drawn = anchor.placed and not whole_document
        span = document.span(part, anchor.start, anchor.end, target.comment) if drawn else None
        found.append((target, anchor, span))
    return tuple(found)
