"""A hit: a passage that was found, where in it, and why, in words for the user."""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass
from typing import Literal

from corpus.index.passages import Candidate
from corpus.index.tokens import places
from corpus.matching import (
    BEGINS,
    EXACT,
    INITIALS,
    NEAR,
    SPACED,
    SPELLING,
    STEM,
    Alternative,
    Found,
    Group,
    places_for,
    stretch,
    tightest,
)
from corpus.model import Part, Span
from corpus.text import Folded, fold

Kind = Literal["title", "body", "comment", "author", "entity", "note"]

ASKED_FIELDS = "as the fields ask"
"""Why a passage is a hit that no word was asked of."""
EXCERPT = 160
"""Code points of an excerpt, about."""
BEFORE = 50
ROW = 3
"""So many words next to each other are no accident."""
SURE = {EXACT: 100.0, BEGINS: 95.0, STEM: 95.0, SPELLING: 92.0, INITIALS: 90.0, SPACED: 89.5}
"""How good a hit is, 0 to 100, by how its words relate to those asked for; 0 is for the caller to judge."""


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found.

    `span` is the shortest stretch of the text with everything in it; `title` the document's; `author`
    the comment's, or the article's byline. `excerpt` is one line, `highlights` are spans in it. `why`
    says how the words fit ("exact", "one letter differs: Panmunjon"); `also` names other documents with
    the same passage. `place` counts paragraphs of the article, or comments, from 0. `score` is 0 to 100.
    `about` is the entity of a hit of kind "entity", the annotation of one of kind "note", else empty. `version` is
    the capture that the span lies in, by its version, where that is not the newest one: later ones lack the passage.
    `outlet` and `published` are the document's, `time` is when the passage itself was written, all as stated; empty
    where they are not, and for hits of kinds "entity" and "note".
    """

    kind: Kind
    span: Span
    title: str
    author: str
    excerpt: str
    highlights: tuple[tuple[int, int], ...]
    why: str
    also: tuple[str, ...]
    score: float
    document: str
    place: int
    about: str = ""
    version: str = ""
    outlet: str = ""
    published: str = ""
    time: str = ""

    @property
    def is_exact(self) -> bool:
        """Whether the very words were found, or none were asked for."""
        return self.why in ("exact", ASKED_FIELDS)


@dataclass(frozen=True, slots=True)
class Look:
    """What was found in one text of a passage, offsets into the text itself; per group, in order."""

    text: str
    found: tuple[tuple[Found, ...], ...]

    @classmethod
    def into(cls, text: str, groups: Sequence[Group]) -> Look:
        """Look for all groups in a text."""
        folded = fold(text)
        words = places_for(groups, folded.text)
        return cls(text, tuple(tuple(_source(folded, item) for item in group.find(words)) for group in groups))


def _source(folded: Folded, found: Found) -> Found:
    if folded.offsets is None:
        return found
    return Found(*folded.source(found.start, found.end), found.alternative)


def looks(candidate: Candidate, groups: Sequence[Group]) -> dict[str, Look]:
    """Look for the groups in all texts of a passage; what the main text has in full is not sought elsewhere."""
    found = {"text": Look.into(candidate.text, groups)}
    if all(found["text"].found):
        return found
    if candidate.is_comment:
        _, author, title = candidate.facts()
        others = {"title": title, "author": author}
    elif candidate.number == 0:
        others = {"author": candidate.byline, "outlet": candidate.outlet}
    else:
        others = {}
    found.update({name: Look.into(text, groups) for name, text in others.items() if text})
    return found


def best_of(found: dict[str, Look], number: int) -> tuple[str, Found] | None:
    """Return the name of the text that holds a group best, and the place; None where it is nowhere."""
    options = [(name, look.found[number][0]) for name, look in found.items() if look.found[number]]
    # the passage's own text wins over its author's name
    return min(options, key=lambda option: option[1].alternative.rank) if options else None


@dataclass(frozen=True, slots=True)
class Examined:
    """A passage that holds `groups`, as `chosen` tells: the text that shows it best, and one place of each found there.

    `missing` are groups that it may lack and does.
    """

    candidate: Candidate
    found: dict[str, Look]
    groups: tuple[Group, ...]
    missing: tuple[Group, ...]
    chosen: list[tuple[str, Found]]
    main: str
    places: dict[int, Found]

    @property
    def look(self) -> Look:
        """The text that is shown."""
        return self.found[self.main]

    @property
    def is_exact(self) -> bool:
        """Whether the very words were found."""
        return not self.missing and all(item.alternative.way == EXACT for _, item in self.chosen)

    @property
    def is_in_a_row(self) -> bool:
        """Whether several words were found, next to each other."""
        if self.missing or len(self.places) < ROW:
            return False
        start, end = stretch(self.places)
        inside = self.look.text[start:end]
        return len(places(fold(inside).text)) <= sum(len(item.alternative.words) for item in self.places.values())


def examine(
    candidate: Candidate, groups: Sequence[Group], spare: Container[int] = (), most: int = 0
) -> Examined | None:
    """Look for the groups in a passage; None where one is missing.

    Args:
        candidate: the passage.
        groups: what is looked for.
        spare: numbers of groups that may be missing.
        most: how many of these.
    """
    found = looks(candidate, groups)
    best = [best_of(found, number) for number in range(len(groups))]
    missing = [number for number, option in enumerate(best) if option is None]
    if len(missing) > most or not all(number in spare for number in missing):
        return None
    chosen = [option for option in best if option]
    held = tuple(group for group, option in zip(groups, best, strict=True) if option)
    lacking = tuple(groups[number] for number in missing)
    names = {name for name, _ in chosen}
    main = next((name for name in ("text", "title") if name in names), "")
    if not main:
        return Examined(candidate, found, held, lacking, chosen, "text", {})
    shown = [places for places, option in zip(found[main].found, best, strict=True) if option]
    return Examined(candidate, found, held, lacking, chosen, main, tightest(shown))


def make_hit(examined: Examined, place: Callable[[Candidate], int], missing: Sequence[str] = ()) -> Hit:
    """Return the hit for a passage in which something was found.

    Args:
        examined: the passage.
        place: returns where a paragraph begins in the body.
        missing: words of the query that it lacks.
    """
    candidate, look, places_found = examined.candidate, examined.look, examined.places
    groups = examined.groups
    start, end = stretch(places_found) if places_found else (0, len(look.text))
    # of several words only those that stand together are marked
    marked = places_found.values() if len(groups) > 1 else [item for group in look.found for item in group]
    marks = [(item.start, item.end) for item in marked]
    excerpt, highlights = cut(look.text, start, marks)
    kind, span, author, at = _where(candidate, examined.main, (start, end), place)
    return Hit(
        kind=kind if places_found else "author",
        span=span,
        title=candidate.title,
        author=author,
        excerpt=excerpt,
        highlights=highlights,
        why=_why(examined, missing),
        also=(),
        score=min((SURE.get(item.alternative.way, 0.0) for _, item in examined.chosen), default=0.0),
        document=candidate.document,
        place=at,
        version=candidate.version,
        **_stated(candidate),
    )


def listed_hit(
    candidate: Candidate, marks: Sequence[tuple[int, int]], place: Callable[[Candidate], int], near: str = ""
) -> Hit:
    """Return the hit for a passage that the fields of a query ask for.

    Args:
        candidate: the passage.
        marks: where in its text stands what was asked for, if that is a name.
        place: returns where a paragraph begins in the body.
        near: how it fits, where a field was taken for a slip.
    """
    start, end = marks[0] if marks else (0, len(candidate.text))
    kind, span, author, at = _where(candidate, "text", (start, end), place)
    excerpt, highlights = cut(candidate.text, start, marks)
    return Hit(
        kind,
        span,
        candidate.title,
        author,
        excerpt,
        highlights,
        near or ASKED_FIELDS,
        (),
        0.0 if near else 100.0,
        candidate.document,
        at,
        version=candidate.version,
        **_stated(candidate),
    )


def _stated(candidate: Candidate) -> dict[str, str]:
    return {"outlet": candidate.outlet, "published": candidate.published or "", "time": candidate.time}


def _where(
    candidate: Candidate, main: str, stretch: tuple[int, int], place: Callable[[Candidate], int]
) -> tuple[Kind, Span, str, int]:
    start, end = stretch
    document = candidate.document
    if candidate.number == 0:
        return "title", Span(document, "title", None, start, end), candidate.byline, 0
    if not candidate.is_comment:
        shift = place(candidate)
        return "body", Span(document, "body", None, shift + start, shift + end), candidate.byline, candidate.number - 1
    identity, author, _ = candidate.facts()
    part: Part = "comment_title" if main == "title" else "comment"
    at = candidate.number - candidate.paragraphs - 1
    return "comment", Span(document, part, identity, start, end), author or "", at


def _why(examined: Examined, missing: Sequence[str]) -> str:
    reasons = [
        _reason(group, item.alternative, examined.found[name].text[item.start : item.end])
        for group, (name, item) in zip(examined.groups, examined.chosen, strict=True)
    ]
    reasons += [f"without {word}" for word in missing]
    return "; ".join(dict.fromkeys(filter(None, reasons))) or "exact"


def _reason(group: Group, alternative: Alternative, surface: str) -> str:
    surface = " ".join(surface.split())
    if alternative.way == BEGINS:
        return f"goes on: {surface}"
    if alternative.way == STEM:
        return f"without the particle {group.alternatives[0].words[0][len(alternative.words[0]) :]}"
    if alternative.way == SPELLING:
        return f"spelling of {group.name}"
    if alternative.way == INITIALS:
        return f"initial consonants of {surface}"
    if alternative.way == SPACED:
        return f"written together or apart: {surface}"
    if alternative.way == NEAR:
        return f"one letter differs: {surface}" if alternative.edits == 1 else f"two letters differ: {surface}"
    return ""


def cut(
    text: str, start: int, marks: Sequence[tuple[int, int]], size: int = EXCERPT
) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Return a one-line excerpt of `text` around `start`, and those of `marks` that lie in it, moved along.

    Args:
        text: canonical text.
        start: what must be in the excerpt, not far from its beginning.
        marks: spans in `text`.
        size: how many code points, about: words stay whole where they can.
    """
    first = max(0, start - BEFORE)
    if first:
        blank = text.find(" ", first, start)
        first = blank + 1 if blank >= 0 else first
    last = min(len(text), first + size)
    if last < len(text):
        blank = text.rfind(" ", start + 1, last)
        last = blank if blank > start + size // 3 else last
    head = "…" if first else ""
    tail = "…" if last < len(text) else ""
    shift = len(head) - first
    inside = sorted({(a + shift, min(b, last) + shift) for a, b in marks if first <= a < last})
    excerpt = text[first:last].replace("\n", " ").replace("\t", " ")
    return f"{head}{excerpt}{tail}", tuple(inside)
