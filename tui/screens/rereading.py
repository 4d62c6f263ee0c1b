"""Correcting how a capture was read: one letter, a look at what would change, Enter."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

from textual import events

from corpus.model import Document
from corpus.readings import Correction, comments_from, no_comment
from tui.screens.previewing import PreviewingScreen
from tui.view.lines import Line
from tui.view.prose import Prose, ProseSource
from tui.view.rows import Run
from tui.view.selection import Passage

SHOWN = 30
"""Comments that a preview shows."""


class Choice(NamedTuple):
    """What may be corrected: its letter, in words, and the correction, or the name of what is asked for next."""

    letter: str
    label: str
    what: str
    correction: Correction | None = None
    asks: str = ""


def choices(document: Document, passage: Passage | None) -> list[Choice]:
    """Return what can be corrected at a passage of a document."""
    found: list[Choice] = []
    comment = passage.key[1] if passage else None
    if comment is not None:
        number = document.index_of(comment) + 1
        into, hide = no_comment(document.id, comment), no_comment(document.id, comment, hidden=True)
        found = [
            Choice("n", f"#{number} is no comment", "it belongs to the article", into),
            Choice("h", f"#{number} is no comment", "it is a part of the page around the article", hide),
            Choice("w", f"#{number} was written by…", "another name", asks="comment-author"),
        ]
    elif passage and passage.number:
        texts = [item.text for item in document.paragraphs]
        start = comments_from(document.id, texts, passage.number - 1)
        found = [Choice("c", f"Comments start at ¶{passage.number}", "this and what follows is comments", start)]
    return [
        *found,
        Choice("a", "The author is…", "of the article", asks="byline"),
        Choice("t", "The title is…", "of the article", asks="title"),
    ]


class RereadScreen(PreviewingScreen):
    """Returns the `Choice` that was made, or None."""

    DEFAULT_CSS = "RereadScreen #list { height: 8; }"
    title_text = "Correct this reading"
    hints = ("open", "down", "up", "cancel")

    def __init__(
        self,
        document: Document,
        passage: Passage | None,
        preview: Callable[[Document, Correction], Document],
    ) -> None:
        """Offer what can be corrected; `preview` returns the document as it would be read."""
        super().__init__()
        self.document, self._preview = document, preview
        self.choices = choices(document, passage)

    def lines(self, text: str) -> list[Line]:
        """Return the choices, each with its letter."""
        return [Line(item, (Run(f"{item.letter} ", "key"), Run(item.label)), right=item.what) for item in self.choices]

    def on_key(self, event: events.Key) -> None:
        """Take a letter for its choice."""
        chosen = next((item for item in self.choices if item.letter == event.character), None)
        if chosen is None or self.machine.pending:
            super().on_key(event)
            return
        event.stop()
        event.prevent_default()
        if self.chosen() == chosen:
            self.dismiss(chosen)
            return
        self.list.move_cursor(self.choices.index(chosen))
        self.cursor_moved()
        if chosen.correction is None:
            self.dismiss(chosen)

    def cursor_moved(self) -> None:
        """Show what the choice under the cursor would change; worked out in a thread."""
        choice = self.chosen()
        if not isinstance(choice, Choice) or choice.correction is None:
            self.preview.subtitle = ""
            self.preview.show(ProseSource([Prose("Enter asks for it.", "dim")]))
            return
        self.preview.show(ProseSource([Prose("Reading…", "dim")]))
        self.run_worker(partial(self._work, choice), thread=True, exclusive=True, group="preview", exit_on_error=False)

    def _work(self, choice: Choice) -> None:
        assert choice.correction is not None
        after = self._preview(self.document, choice.correction)
        self.app.call_from_thread(self._show, choice, after)

    def _show(self, choice: Choice, after: Document) -> None:
        if self.is_current and self.chosen() == choice:
            self.preview.subtitle = f"{choice.letter} or Enter makes it so, u takes it back"
            self.preview.show(ProseSource(list(differences(self.document, after))))


def differences(before: Document, after: Document) -> Iterator[Prose]:
    """Yield how two readings of a document differ, and the comments that one of them has alone."""
    counts = (
        ("paragraphs", len(before.paragraphs), len(after.paragraphs)),
        ("comments", len(before.comments), len(after.comments)),
        ("hidden page parts", len(before.folded), len(after.folded)),
    )
    for name, one, two in counts:
        if one != two:
            yield Prose(f"{one:,} {name} → {two:,}", "heading")
    known = {comment.text for comment in before.comments}
    fresh = [comment for comment in after.comments if comment.text not in known]
    for comment in fresh[:SHOWN]:
        head = " · ".join(filter(None, (comment.author or "no name", comment.posted or comment.posted_raw)))
        yield Prose(f"{head}: {_brief(comment.text)}", lead=f"#{comment.seq + 1} ")
    if len(fresh) > SHOWN:
        yield Prose(f"and {len(fresh) - SHOWN:,} more", "dim")
    old = {item.text for item in before.paragraphs}
    for number, item in enumerate(after.paragraphs, 1):
        if item.text not in old:
            yield Prose(_brief(item.text), lead=f"¶{number} ")
    for problem in _fresh(before.problems, after.problems):
        yield Prose(problem, "warning")


def _fresh(before: Sequence[str], after: Sequence[str]) -> list[str]:
    return [item for item in after if item not in before]


def _brief(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 160 else words[:160] + "…"
