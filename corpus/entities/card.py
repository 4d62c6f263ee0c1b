"""All that is known of one entity, and all that the documents at hand say of it."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from corpus.entities.corrections import folded
from corpus.entities.gazetteer import Gazetteer
from corpus.entities.korean import romanise, same_name
from corpus.entities.romanise import System
from corpus.entities.rows import Row, hangul_names, korean_names
from corpus.entities.summary import EntityCount
from corpus.model import Document, Mention, Span, TextKey
from corpus.sentences import sentences

NOT_NAMES = frozenset({"DATE", "TIME", "DURATION"})
SYSTEMS: tuple[tuple[System, str], ...] = (("RR", "RR"), ("MR", "MR"), ("DPRK", "DPRK"))
NAMES_ROMANISED = 3
SENTENCES_KEPT = 3
"""Sentences kept of every other entity that is named beside this one."""


@dataclass(frozen=True, slots=True)
class Subject:
    """What a card is about: an entity (`id`), or an unknown name with its spellings, folded; `members` are ids merged."""

    id: str | None
    type: str
    name: str
    surfaces: frozenset[str] = frozenset()
    members: tuple[str, ...] = ()

    def is_named_by(self, mention: Mention) -> bool:
        """Tell whether a mention names it; mentions are those after corrections."""
        if self.id is not None:
            return mention.entity == self.id
        return mention.entity is None and mention.type not in NOT_NAMES and folded(mention.surface) in self.surfaces

    @property
    def index_names(self) -> tuple[str, ...]:
        """The names under which the index counts it, as far as they are known."""
        if self.id is not None:
            return self.members or (self.id,)
        from corpus.text import fold

        return tuple(f"?{self.type}:{fold(surface).text}" for surface in sorted(self.surfaces))


def subject_of(count: EntityCount, members: tuple[str, ...] = ()) -> Subject:
    """Return the subject of a line of the sidebar."""
    surfaces = [surface for surface, _ in count.spellings] or [count.name]
    return Subject(count.id, count.type, count.name, frozenset(map(folded, surfaces)), members)


@dataclass(frozen=True, slots=True)
class Facts:
    """What the gazetteer tells. `spelt` are (system, spelling) pairs; `checked` is None without a Wikidata id."""

    hangul: tuple[str, ...] = ()
    hanja: tuple[str, ...] = ()
    spelt: tuple[tuple[str, str], ...] = ()
    aliases: tuple[str, ...] = ()
    description: str = ""
    since: str = ""
    until: str = ""
    wikidata: str | None = None
    checked: bool | None = None


def facts_of(gazetteer: Gazetteer, entity: str | None, shipped: Gazetteer | None = None) -> Facts | None:
    """Return what the gazetteer tells of an entity; None where it does not know it.

    Args:
        gazetteer: with the names that the user gave.
        entity: its id.
        shipped: without those, by whose names it is told whether the Hangul is Korean or transcribes a foreign name.
    """
    from corpus.entities.wikidata import CHECKED

    row = gazetteer.rows.get(entity or "")
    known = gazetteer.entity(row.id) if row else None
    if row is None or known is None:
        return None
    checked = row.wikidata in CHECKED if row.wikidata else None
    return Facts(
        known.hangul,
        known.hanja,
        romanised((shipped or gazetteer).rows.get(row.id, row)),
        known.aliases,
        row.description,
        row.since,
        row.until,
        row.wikidata or None,
        checked,
    )


def romanised(row: Row) -> tuple[tuple[str, str], ...]:
    """Return the Korean names of an entity in the systems in use; none where the Hangul only transcribes a foreign name."""
    if row.type == "PERSON":
        own = korean_names(row)
    else:
        own = tuple(name for name in hangul_names(row) if row.hanja or same_name(row.name, name, place=True))
    found = []
    for system, label in SYSTEMS:
        names = (romanise(name, system, name=row.type == "PERSON") for name in own[:NAMES_ROMANISED])
        spelt = dict.fromkeys(name[:1].upper() + name[1:] for name in names)
        if spelt:
            found.append((label, ", ".join(spelt)))
    return tuple(found)


def role_on(facts: Facts, day: str | None) -> str:
    """Return what the gazetteer's days of office tell of `day` (ISO 8601), in words; empty where it gives none."""
    if not facts.since and not facts.until:
        return ""
    term = f"{facts.since or 'before'} to {facts.until or 'today'}"
    if not day:
        return f"in office {term}; the document states no date"
    said = day[:10]
    if facts.since and said < facts.since[: len(said)]:
        return f"not yet in office on {said} ({term})"
    if facts.until and said[: len(facts.until)] > facts.until:
        return f"no longer in office on {said} ({term})"
    return f"in office on {said} ({term})"


@dataclass(frozen=True, slots=True)
class Seen:
    """One mention with its day as far as it is stated: of the comment, else of the article."""

    span: Span
    day: str
    title: str


@dataclass(frozen=True, slots=True)
class Beside:
    """An entity named in the same sentences: how many of them, and the first few as (sentence, its text)."""

    key: str
    name: str
    hangul: str
    count: int
    sentences: tuple[tuple[Span, str], ...]


@dataclass
class Gathered:
    """What the documents say of a subject; `take` them one by one."""

    subject: Subject
    spellings: Counter[str] = field(default_factory=Counter)
    days: Counter[str] = field(default_factory=Counter)
    first: Seen | None = None
    last: Seen | None = None
    article: int = 0
    comments: int = 0
    documents: dict[str, Span] = field(default_factory=dict)
    """The first mention in each document."""
    _beside: dict[str, dict[Span, str]] = field(default_factory=dict)
    _shown: dict[str, Mention] = field(default_factory=dict)

    def take(self, document: Document, mentions: Iterable[Mention]) -> None:
        """Count what a document says; mentions in its order, after corrections."""
        by_text: dict[TextKey, list[Mention]] = {}
        for mention in mentions:
            if mention.type not in NOT_NAMES:
                by_text.setdefault(mention.span.key, []).append(mention)
        for key, named in by_text.items():
            own = [mention for mention in named if self.subject.is_named_by(mention)]
            if not own:
                continue
            try:
                text = document.text(*key)
                day = _day(document, key)
            except KeyError:
                continue
            for mention in own:
                self._count(document, mention, day)
            self._note_others(document, key, text, named)

    def _count(self, document: Document, mention: Mention, day: str) -> None:
        self.spellings[" ".join(mention.surface.split())] += 1
        self.documents.setdefault(document.id, mention.span)
        if mention.span.comment is None:
            self.article += 1
        else:
            self.comments += 1
        if day:
            self.days[day] += 1
            if self.first is None or day < self.first.day:
                self.first = Seen(mention.span, day, document.title)
            if self.last is None or day > self.last.day:
                self.last = Seen(mention.span, day, document.title)

    def _note_others(self, document: Document, key: TextKey, text: str, named: Sequence[Mention]) -> None:
        pieces = sentences(text)
        starts = [start for start, _ in pieces]
        by_sentence: dict[int, list[Mention]] = {}
        for mention in named:
            by_sentence.setdefault(bisect_right(starts, mention.span.start) - 1, []).append(mention)
        for at, inside in by_sentence.items():
            if at < 0 or not any(map(self.subject.is_named_by, inside)):
                continue
            span = document.span(key[0], *pieces[at], key[1])
            for mention in inside:
                if not self.subject.is_named_by(mention):
                    name = mention.entity or f"={folded(mention.surface)}"
                    self._shown.setdefault(name, mention)
                    self._beside.setdefault(name, {})[span] = text[span.start : span.end]

    def beside(self, gazetteer: Gazetteer, limit: int = 12) -> list[Beside]:
        """Return the entities named in the same sentences, those of most sentences first."""
        found = []
        for key, held in self._beside.items():
            row = gazetteer.rows.get(key)
            name = row.name if row else " ".join(self._shown[key].surface.split())
            hangul = next(iter(hangul_names(row)), "") if row else ""
            found.append(Beside(key, name, hangul, len(held), tuple(held.items())[:SENTENCES_KEPT]))
        return sorted(found, key=lambda item: (-item.count, item.name))[:limit]


def _day(document: Document, key: TextKey) -> str:
    stamp = document.published if key[1] is None else document.comment(key[1]).posted or document.published
    return (stamp or "")[:10]


def history(days: Mapping[str, int], most: int) -> tuple[str, list[tuple[str, int]]]:
    """Return (step, [(start of it, mentions)]) over the time from the first to the last day, in at most `most` steps.

    Args:
        days: mentions by day (ISO 8601); values less precise than a day count at their start.
        most: at least 1.
    """
    exact: Counter[date] = Counter()
    for text, count in days.items():
        try:
            exact[date.fromisoformat((text + "-01-01")[:10] if len(text) < 10 else text[:10])] += count
        except ValueError:
            continue
    if not exact:
        return "day", []
    first, last = min(exact), max(exact)
    for step, size in (
        ("day", 1),
        ("week", 7),
        ("month", 30.44),
        ("quarter", 91.3),
        ("year", 365.25),
        ("decade", 3652.5),
    ):
        if (last - first).days / size + 1 <= most or step == "decade":
            break
    size = max(size, ((last - first).days + 1) / most)
    bins = [0] * (int((last - first).days / size) + 1)
    for day, count in exact.items():
        bins[int((day - first).days / size)] += count
    return step, [((first + timedelta(days=int(at * size))).isoformat(), count) for at, count in enumerate(bins)]
