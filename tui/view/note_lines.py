"""The list of all notes as lines: where each stands today, what it says, and which a filter lets through."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from corpus.model import Document, Span
from corpus.notes.anchor import MOVED, NOT_PLACED, SAME, place_in
from corpus.notes.annotation import ENTITY_IRI, Annotation
from corpus.text import fold
from tui.view.article import paragraph_number
from tui.view.lines import Line, LinesSource
from tui.view.prose import Prose
from tui.view.roles import HIGHLIGHTS
from tui.view.rows import Row, Run

GONE = "document not in these captures"
ON_NAME = "on a name"
LOST = (NOT_PLACED, GONE)
_STATES = {"same": (SAME,), "moved": (MOVED,), "lost": LOST, "gone": (GONE,), "changed": (NOT_PLACED,)}
_ORDER = (SAME, MOVED, NOT_PLACED, GONE)
QUOTE_LENGTH = 400
NEAR = 300
"""Code points of an old text that are shown on either side of a quote."""


class NotePlace(NamedTuple):
    """Where a note stands today: its state in plain words, ¶ or # number, and the spans that may be drawn."""

    state: str
    where: str
    spans: tuple[Span, ...] = ()


def place_note(annotation: Annotation, document: Document | None) -> NotePlace:
    """Find a note in the document that is open for it; None says that no capture holds the document."""
    if annotation.target.iri.startswith(ENTITY_IRI):
        return NotePlace(ON_NAME, "name")
    found = place_in(annotation, document) if document else ()
    if document is None or not found:
        return NotePlace(GONE, _where_it_was(annotation))
    state = max((anchor.state for _, anchor, _ in found), key=_ORDER.index)
    spans = tuple(span for _, _, span in found if span is not None)
    if spans:
        return NotePlace(state, _where(document, spans[0]), spans)
    return NotePlace(state, _where_it_was(annotation))


def _where(document: Document, span: Span) -> str:
    if span.comment is not None:
        return f"#{document.index_of(span.comment) + 1}"
    return "title" if span.part == "title" else f"¶{paragraph_number(document, span.start)}"


def _where_it_was(annotation: Annotation) -> str:
    target = annotation.target
    if target.comment is not None:
        number = annotation.snapshot.get("comment_number", "").partition(" ")[0]
        return f"#{number}" if number.isdigit() else "comment"
    return "title" if target.part == "title" else "text" if target.quote else "all"


@dataclass
class Noted:
    """A note of the list. `place` is None until it was looked up."""

    annotation: Annotation
    place: NotePlace | None = None
    unsaved: bool = False

    @cached_property
    def modified(self) -> str:
        """When it was last changed."""
        return self.annotation.modified

    @cached_property
    def document(self) -> str:
        """What the note is about: a document's id, or the address in a note of another program."""
        return self.annotation.target.document or self.annotation.target.iri

    @cached_property
    def words(self) -> str:
        """All that a filter looks through, folded."""
        note, facts = self.annotation, self.annotation.snapshot
        names = (facts.get(key, "") for key in ("title", "author", "comment_author", "outlet"))
        return fold("\n".join((note.quote, note.text, *names, *(tag.name for tag in note.tags)))).text

    @cached_property
    def tags(self) -> tuple[str, ...]:
        """The names of the tags, folded."""
        return tuple(fold(tag.name).text for tag in self.annotation.tags)

    @cached_property
    def creator(self) -> str:
        """Who made it, folded."""
        made = self.annotation.creator
        return fold(made.name).text if made else ""

    @property
    def line(self) -> Line:
        """Its line: colour as letter and ink, where, who wrote the words, the words; the note below."""
        note = self.annotation
        runs = [Run(f"{self.place.where if self.place else '':>5} ", "number"), *_mark(note), Run(" ")]
        author = note.snapshot.get("comment_author")
        if note.target.comment is not None and author:
            runs.append(Run(f"{author}: ", "author"))
        quote = " ".join(note.quote[:QUOTE_LENGTH].split())
        whole = "a name" if note.target.iri.startswith(ENTITY_IRI) else "the whole text"
        runs.append(Run(f"“{quote}”" if quote else whole, "text" if quote else "dim"))
        below = " ".join([*(f"#{tag.name}" for tag in note.tags), *note.text[:1000].split()])
        return Line(note.id, tuple(runs), right=" · ".join(self._facts()), below=below)

    def _facts(self) -> Iterable[str]:
        if self.unsaved:
            yield "not saved yet"
        if self.annotation.in_conflict:
            yield "two texts"
        if self.place:
            yield self.place.state
        yield self.modified[:10] or "no date"


def _mark(note: Annotation) -> tuple[Run, ...]:
    colour = note.colour
    if not colour:
        return (Run(" # " if note.tags and not note.text else " ✎ ", "chip"),)
    letter = "S" if colour == "grey" else colour[:1].upper()
    return (Run(f" {letter} ", f"ink-{colour}" if colour in HIGHLIGHTS else "noted"),)


class NoteFilter(NamedTuple):
    """What is typed above the list, taken apart: words, #tag, colour:NAME, state:NAME, by:NAME."""

    words: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    colours: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    creators: tuple[str, ...] = ()

    @classmethod
    def of(cls, text: str) -> NoteFilter:
        """Read a filter; what is only begun ("#", "by:") narrows nothing yet."""
        found: dict[str, list[str]] = {"": [], "#": [], "colour": [], "state": [], "by": []}
        for word in fold(text).text.split():
            name, colon, value = word.partition(":")
            name = "colour" if name == "color" else name
            if colon and name in ("colour", "state", "by"):
                found[name].append(value)
            elif word.startswith("#"):
                found["#"].append(word[1:])
            else:
                found[""].append(word)
        return cls(*(tuple(filter(None, values)) for values in found.values()))

    def fits(self, noted: Noted) -> bool:
        """Tell whether a note fits all that was typed; one that is not placed yet fits no state."""
        colour = noted.annotation.colour or "none"
        return (
            all(word in noted.words for word in self.words)
            and all(any(tag.startswith(wanted) for tag in noted.tags) for wanted in self.tags)
            and all(colour.startswith(wanted) for wanted in self.colours)
            and all(noted.place is not None and noted.place.state in _states(wanted) for wanted in self.states)
            and all(wanted in noted.creator for wanted in self.creators)
        )


def _states(begun: str) -> Sequence[str]:
    return [state for name, states in _STATES.items() if name.startswith(begun) for state in states]


def newest_first(notes: Iterable[Noted]) -> list[Noted]:
    """Return notes in the order of the list before they are grouped."""
    return sorted(notes, key=lambda noted: (noted.modified, noted.annotation.id), reverse=True)


class NotesSource(LinesSource):
    """Shows notes by document, the document with the newest note first; a line is made when it comes into view."""

    def __init__(self, notes: Iterable[Noted]) -> None:
        """Show `notes`, which come in the order that `newest_first` gives."""
        super().__init__(())
        groups: dict[str, list[Noted]] = {}
        for noted in notes:
            groups.setdefault(noted.document, []).append(noted)
        self.items: list[Noted | Line] = []
        for group in groups.values():
            self.items += [_heading(group[0]), *group]
        self._at = {self.key(item): item for item in range(len(self.items))}
        self.count = len(self.items) - len(groups)

    def __len__(self) -> int:
        return len(self.items)

    def key(self, item: int) -> Hashable:
        """Return the id of the note."""
        found = self.items[item]
        return found.annotation.id if isinstance(found, Noted) else found.key

    def find(self, key: Hashable) -> int | None:
        """Return the item that shows a note."""
        return self._at.get(key)

    def stops(self, item: int) -> bool:
        """Tell whether the item is a note."""
        return isinstance(self.items[item], Noted)

    def rows(self, item: int, width: int) -> Sequence[Row]:
        """Return the line of a note, or a heading with an empty row above it."""
        found = self.items[item]
        if isinstance(found, Noted):
            return LinesSource((found.line,)).rows(0, width)
        rows = LinesSource((found,)).rows(0, width)
        return [Row((Run(" "),)), *rows] if item else rows


def _heading(noted: Noted) -> Line:
    """Return the heading of a group: the document's title, and the outlet at the right."""
    facts = noted.annotation.snapshot
    title = facts.get("title") or noted.annotation.target.iri or "untitled"
    return Line(("document", noted.document), (Run(title, "heading"),), facts.get("outlet", ""), heading=True)


def preview(noted: Noted, citation: str, old_text: str | None) -> list[Prose]:
    """Return a note in full: its text, the words it is about, what is known of both.

    Args:
        citation: of the words, from what the note keeps.
        old_text: the text as it was when the note was made; None where it was not kept or is not needed.
    """
    note = noted.annotation
    shown = [Prose(text, gap=True) for text in note.texts]
    shown += [Prose(f"“{target.quote}”", "quote", gap=True) for target in note.targets if target.quote]
    by = f"by {note.creator.name}" if note.creator else "by nobody named"
    facts = [by, f"made {_time(note.created)}"]
    facts += [f"changed {_time(note.modified)}"] if note.modified != note.created else []
    facts += [note.colour] if note.colour else []
    facts += [" ".join(f"#{tag.name}" for tag in note.tags)] if note.tags else []
    shown.append(Prose(" · ".join(facts), "dim"))
    shown.append(Prose(citation, "dim"))
    if noted.place:
        shown.append(
            Prose(_SAID[noted.place.state], "dim" if noted.place.state in (SAME, MOVED, ON_NAME) else "warning")
        )
    if old_text and noted.place and noted.place.state in LOST:
        shown.append(Prose("The text as it was:", "dim"))
        shown += [Prose(part, "quote") for part in _around(old_text, noted)]
    return shown


_SAID = {
    ON_NAME: "A note on a person, a place or a thing, not on words of a text.",
    SAME: "The words stand where they stood.",
    MOVED: "The text has changed around the words; they were found again.",
    NOT_PLACED: "The text has changed and the words were not found once and only once: they are shown nowhere.",
    GONE: "No capture that is open holds this document; the note keeps the words.",
}


def _time(moment: str) -> str:
    return moment.replace("T", " ").replace("Z", " UTC") or "at an unknown time"


def _around(text: str, noted: Noted) -> list[str]:
    """Return the words of the old text around the quote, cut at paragraphs where those are short."""
    span = noted.annotation.target.span
    start, end = (span.start, span.end) if span else (0, len(text))
    first = max(text.rfind("\n\n", 0, start) + 2 if "\n\n" in text[:start] else 0, start - NEAR)
    last = text.find("\n\n", end)
    last = min(len(text) if last < 0 else last, end + NEAR)
    words = ("…" if first and text[first - 1] != "\n" else "") + text[first:last] + ("…" if last < len(text) else "")
    return [part for part in words.split("\n\n") if part]
