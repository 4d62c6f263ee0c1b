"""The article as rows: title, source line, numbered paragraphs, hidden page parts, end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Hashable, Sequence

from corpus.details import EVIDENCE, supplied_fields
from corpus.model import Document, TextKey
from corpus.text import canonical_line
from corpus.unread import is_unread, why_unread
from tui.view.rows import Row, Run, fit
from tui.view.selection import Passage
from tui.view.wrap import clip, wrap

TITLE: TextKey = ("title", None)
BODY: TextKey = ("body", None)
GUTTER = 6
"""Cells before the text: bar, mark, number of three cells, blank."""

_LABELS = {"title": "title", "byline": "author", "outlet": "outlet", "published": "date"}
_STYLES = {"heading": "heading", "standfirst": "standfirst", "caption": "caption", "quote": "quote", "code": "dim"}


class ArticleSource:
    """Shows one document's article; wraps a paragraph when it comes into view."""

    def __init__(
        self,
        document: Document,
        *,
        measure: int = 72,
        unfolded: bool = False,
        noted: Callable[[TextKey, int, int], bool] = lambda key, start, end: False,
        source_line: str = "",
        quoted: Counter[int] | None = None,
    ) -> None:
        """Show `document`.

        Args:
            document: it.
            measure: cells that its text is wide at most.
            unfolded: whether the hidden page parts are shown.
            noted: tells where the user's notes are.
            source_line: what stands under the title.
            quoted: its `quotations`, where they are known.
        """
        self.document = document
        self.measure = measure
        self.noted = noted
        self.source_line = source_line
        self.passages: list[Passage | str] = [Passage(TITLE, 0, len(document.title), 0)]
        head = [part for part in document.folded if part.reason.startswith(("head", "before"))] if unfolded else []
        tail = [part for part in document.folded if part not in head] if unfolded else []
        self.passages += [part.text for part in head]
        self.passages += [
            Passage(BODY, paragraph.start, paragraph.end, at + 1) for at, paragraph in enumerate(document.paragraphs)
        ]
        self.passages += [part.text for part in tail]
        self.quoted = quotations(document) if quoted is None else quoted
        self.hidden = 0 if unfolded else len(document.folded)

    def __len__(self) -> int:
        return len(self.passages) + 1

    def key(self, item: int) -> Hashable:
        """Return the passage's place in its text, or a name for furniture."""
        passage = self.passages[item] if item < len(self.passages) else "end"
        return (passage.key, passage.start) if isinstance(passage, Passage) else (item, passage)

    def find(self, key: Hashable) -> int | None:
        """Return the item with this key."""
        return next((item for item in range(len(self)) if self.key(item) == key), None)

    def stops(self, item: int) -> bool:
        """Tell whether the item is a passage."""
        return item < len(self.passages) and isinstance(self.passages[item], Passage)

    def passage(self, item: int) -> Passage | None:
        """Return the passage shown by an item; None for furniture."""
        found = self.passages[item] if 0 <= item < len(self.passages) else None
        return found if isinstance(found, Passage) else None

    def item_at(self, key: TextKey, offset: int) -> int | None:
        """Return the item that shows this offset of this text."""
        for item, passage in enumerate(self.passages):
            if isinstance(passage, Passage) and passage.key == key and passage.start <= offset <= passage.end:
                return item
        return None

    def item_of_number(self, number: int) -> int | None:
        """Return the item of paragraph ¶`number`."""
        return next(
            (at for at, item in enumerate(self.passages) if isinstance(item, Passage) and item.number == number), None
        )

    def columns(self, width: int) -> tuple[int, int]:
        """Return the column of the bar and the width of the text, centred in `width`."""
        measure = max(8, min(self.measure, width - GUTTER - 1))
        return max(0, (width - GUTTER - measure) // 2), measure

    def rows(self, item: int, width: int) -> Sequence[Row]:
        """Return the rows of a passage and the blank line after it."""
        left, measure = self.columns(width)
        if item >= len(self.passages):
            return self._end(left, measure)
        passage = self.passages[item]
        if isinstance(passage, str):
            return [
                *(
                    Row((Run(" " * (left + GUTTER)), Run(passage[a:b], "faint")), left)
                    for a, b in wrap(passage, measure)
                ),
                Row((), left),
            ]
        rows = self._passage(passage, left, measure)
        if passage.number == 0:
            rows += self._source(left, measure)
        return [*rows, *self._quoted(passage, left, measure), Row((), left)]

    def _passage(self, passage: Passage, left: int, measure: int) -> list[Row]:
        text = self.document.text(passage.key[0])[passage.start : passage.end]
        kind = "title" if passage.number == 0 else self.document.paragraphs[passage.number - 1].kind
        prefix = {"quote": "│ ", "item": "• "}.get(kind, "")
        style = "title" if kind == "title" else _STYLES.get(kind, "text")
        rows = []
        for at, (start, end) in enumerate(wrap(text, measure - len(prefix))):
            lead = prefix if kind == "quote" or at == 0 else " " * len(prefix)
            words = Run(text[start:end], style, passage.key, passage.start + start)
            rows.append(
                Row(
                    (*self._gutter(passage, left, at), Run(lead, "faint"), words)
                    if lead
                    else (*self._gutter(passage, left, at), words),
                    left,
                )
            )
        return rows

    def _gutter(self, passage: Passage, left: int, row: int) -> tuple[Run, ...]:
        if row or passage.number == 0:
            mark = "✎" if row == 0 and self.noted(passage.key, passage.start, passage.end) else " "
            return (Run(" " * (left + 1)), Run(mark, "chip"), Run(" " * (GUTTER - 2)))
        mark = "✎" if self.noted(passage.key, passage.start, passage.end) else " "
        number = f"¶{passage.number}" if passage.number < 100 else str(passage.number)
        return (Run(" " * (left + 1)), Run(mark, "chip"), Run(f"{number:>3} ", "number"))

    def _quoted(self, passage: Passage, left: int, measure: int) -> list[Row]:
        count = self.quoted.get(passage.number, 0)
        if not count or not passage.number:
            return []
        said = "quoted by 1 comment" if count == 1 else f"quoted by {count} comments"
        return [Row((Run(" " * (left + GUTTER)), *fit((Run(clip(f"“ {said}", measure), "chip"),), measure)), left)]

    def _source(self, left: int, measure: int) -> list[Row]:
        line = self.source_line
        style = "warning" if is_unread(self.document) else "dim"
        return (
            [Row((Run(" " * (left + GUTTER)), Run(line[a:b], style)), left) for a, b in wrap(line, measure)]
            if line
            else []
        )

    def _end(self, left: int, measure: int) -> list[Row]:
        count = len(self.document.comments)
        words = {0: "no comments in this capture", 1: "1 comment"}.get(count, f"{count:,} comments")
        hidden = f" · {self.hidden} hidden page parts (zf)" if self.hidden else ""
        said = f"· {words}{hidden}"
        return [Row((Run(" " * (left + GUTTER)), Run(said[a:b], "faint")), left) for a, b in wrap(said, measure)]


def quotations(document: Document) -> Counter[int]:
    """Count for each ¶ the comments that quote it; nothing for a thread so long that reading it would be felt."""
    counts: Counter[int] = Counter()
    if len(document.comments) > 500:
        return counts
    for comment in document.comments:
        found = {paragraph_number(document, quote.of.start) for quote in comment.quotes if quote.of.part == "body"}
        counts.update(found)
    return counts


def paragraph_number(document: Document, offset: int) -> int:
    """Return the ¶ number of the paragraph at an offset of the body."""
    for at, paragraph in enumerate(document.paragraphs):
        if offset <= paragraph.end:
            return at + 1
    return len(document.paragraphs)


def source_line(document: Document) -> str:
    """Return the line under the title: author, outlet, date; what the capture does not state is said so.

    Over a text that could not be read it tells why, and what is shown in its place.
    """
    if is_unread(document) and document.capture:
        name = canonical_line(document.capture.path.replace("\\", "/").rpartition("/")[2])
        said = f"{name} could not be read: {why_unread(document)}. This is its text as it stands in the file"
        return ". ".join((said, *document.problems[1:])) + "."
    parts = [", ".join(document.byline) or "no author stated"]
    if document.outlet:
        parts.append(document.outlet)
    parts.append((document.published or document.published_raw or "no date stated").replace("T", " ", 1))
    yours = [_LABELS[field] for field in _LABELS if field in supplied_fields(document)]
    if yours:
        parts.append(f"{', '.join(yours)} {EVIDENCE}")
    return " · ".join(parts)
