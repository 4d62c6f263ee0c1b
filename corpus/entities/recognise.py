"""Who, what, where and when in a document: the gazetteer, a few rules, and the dates."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Protocol

from corpus.entities.context import find_abbreviations, place_ministries, place_parties
from corpus.entities.coreference import introduce, resolve_surnames
from corpus.entities.dates import find_dates
from corpus.entities.directions import find_directions
from corpus.entities.gazetteer import Gazetteer
from corpus.entities.matching import match
from corpus.entities.misspelt import find_misspelt
from corpus.entities.region import GAZETTEER, Found, Person, Region, Scope
from corpus.entities.rows import Row, surname_first
from corpus.entities.shortened import find_papers, find_services
from corpus.entities.spelt import find_spelt_people, find_spelt_places, whole_korean_name
from corpus.entities.unknown import find_unknown
from corpus.entities.widening import widen
from corpus.entities.words import LAST_WORDS, MONTHS_AND_DAYS, STOP, TITLES

if TYPE_CHECKING:
    from datetime import date

    from corpus.model import Comment, Document, Mention, TextKey

RULES_VERSION = 5
"""Grows with every change of the rules, for caches of mentions."""


class Adapter(Protocol):
    """A trained model or another tool that finds names; it may only add where the rules found nothing."""

    def __call__(self, text: str) -> Iterable[tuple[int, int, str]]:
        """Return (start, end, type) of the names in `text`: code points, end exclusive."""


class Recogniser:
    """Finds the mentions of a document; equal documents give equal mentions, in the order of the texts."""

    def __init__(
        self,
        gazetteer: Gazetteer,
        own: Sequence[Row] = (),
        adapters: Sequence[Adapter] = (),
        *,
        nicknames: bool = False,
    ) -> None:
        """Recognise with `gazetteer`.

        Args:
            gazetteer: shipped, or with the user's own entities laid over it.
            own: further rows (`gazetteer.Row`) of the user; an id that exists is replaced.
            adapters: asked, in this order, for what the rules did not find.
            nicknames: also match the names marked as nicknames.
        """
        self.gazetteer = Gazetteer([*gazetteer.rows.values(), *own], gazetteer.problems) if own else gazetteer
        self.adapters = tuple(adapters)
        self.nicknames = nicknames

    @property
    def version(self) -> str:
        """What changes when the same texts would be recognised otherwise, for caches of mentions."""
        adapters = " ".join(getattr(adapter, "name", repr(type(adapter))) for adapter in self.adapters)
        return f"{self.gazetteer.version} {RULES_VERSION} {self.nicknames} {adapters}"

    def recognise(self, document: Document) -> tuple[Mention, ...]:
        """Return the mentions of title, body and every comment, ordered by text and place.

        Dates in the article count from its stated date, without one from the day of the earliest comment
        (the rule says so), and in a comment from its own stamp; with none, a relative date has no value.
        """
        published, guessed = _anchor(document)
        scope = Scope(handles=_handles(document))
        mentions: list[Mention] = []
        title = self._region(document.title, published)
        body = self._region(document.body, published)
        self._names(body, scope)
        self._names(title, scope)
        for region, key in ((title, ("title", None)), (body, ("body", None))):
            mentions.extend(self._finish(document, region, scope, key, published, guessed))  # type: ignore[arg-type]
        for comment in document.comments:
            mentions.extend(self._comment(document, comment, scope, published))
        return tuple(mentions)

    def _comment(self, document: Document, comment: Comment, scope: Scope, published: date | None) -> Iterator[Mention]:
        own_day = _day(comment.posted)
        for part, text in (("comment_title", comment.title), ("comment", comment.text)):
            if text:
                region = self._region(text, own_day or published, comment=True)
                self._names(region, scope)
                key: TextKey = (part, comment.id)  # type: ignore[assignment]
                yield from self._finish(document, region, scope, key, own_day, False)

    def _region(self, text: str, day: date | None, *, comment: bool = False) -> Region:
        return Region(text, day.isoformat() if day else None, comment=comment, nicknames=self.nicknames)

    def _names(self, region: Region, scope: Scope) -> None:
        """Find the names that stand for themselves, and introduce the people among them to the scope."""
        matches = match(region, self.gazetteer.trie)
        ends = {found.end for found in matches}
        matches = [found for found in matches if not _part_of_longer_name(region, found, ends, self.gazetteer)]
        matches = [whole_korean_name(region, self.gazetteer, found, ends) for found in matches]
        matches = place_parties(region, self.gazetteer, place_ministries(region, self.gazetteer, matches))
        for found in widen(region, self.gazetteer, matches):
            region.add(found)
        if not region.text.isascii():
            # its patterns take a while to compile, and most texts are in English
            from corpus.entities.hangul import find_hangul

            find_hangul(region, self.gazetteer.hangul_index)
        find_spelt_people(region, self.gazetteer)
        find_spelt_places(region, self.gazetteer)
        find_misspelt(region, self.gazetteer)
        find_directions(region)
        find_services(region, self.gazetteer)
        find_papers(region, scope, self.gazetteer)
        find_abbreviations(region, scope, self.gazetteer)
        introduce(region, scope, self.gazetteer)

    def _finish(
        self, document: Document, region: Region, scope: Scope, key: TextKey, anchor: date | None, guessed: bool
    ) -> Iterator[Mention]:
        """Find what needs the whole scope, then turn everything found into mentions."""
        from corpus.model import Mention

        for found in find_dates(region.text, anchor, region.words, region.places):
            rule = f"{found.rule}, the day of the earliest comment" if guessed and found.relative else found.rule
            region.add(Found(found.start, found.end, "DATE", None, rule, found.confidence, found.value))
        resolve_surnames(region, scope, self.gazetteer)
        if not region.text.isascii():
            from corpus.entities.hangul import find_hangul_surnames

            find_hangul_surnames(region, scope, self.gazetteer)
        named = len(region.found)
        find_unknown(region, scope)
        self._ask_adapters(region)
        if _introduce_unknown(region, scope, named, self.gazetteer.priors):
            resolve_surnames(region, scope, self.gazetteer)
        text = document.text(*key)
        for mention in region:
            span = document.span(key[0], mention.start, mention.end, key[1])
            surface = text[mention.start : mention.end]
            yield Mention(span, surface, mention.type, mention.entity, mention.rule, mention.confidence, mention.value)

    def _ask_adapters(self, region: Region) -> None:
        for adapter in self.adapters:
            name = getattr(adapter, "name", "").rsplit("/", 1)[-1]
            rule = f"found by the language model {name} (ner)" if name else "found by the language model"
            for start, end, kind in adapter(region.text):
                if 0 <= start < end <= len(region.text):
                    region.add(Found(start, end, kind, None, rule, 0.3))


def _introduce_unknown(region: Region, scope: Scope, since: int, leaders: Container[str]) -> bool:
    """Add the unknown people found from position `since` on to the scope; tell whether there were any."""
    people = [found for found in region.found[since:] if found.type == "PERSON" and found.entity is None]
    names = [region.text[found.start : found.end] for found in sorted(people, key=lambda found: found.start)]
    for name in names:
        words = name.split()
        if len(words) > 1:
            scope.introduce(Person(words[-1].lower(), None, name))
            if surname_first(words) and words[0].lower() not in leaders:
                scope.introduce(Person(words[0].lower(), None, name))
    return bool(names)


_NOT_A_PERSON = frozenset({"Tower", "Towers", "Organization", "Foundation", "Street", "Syndrome"})


def _part_of_longer_name(region: Region, found: Found, ends: set[int], gazetteer: Gazetteer) -> bool:
    """Tell whether a foreign surname, alone, is part of a thing or of someone else ('Trump Tower', 'Eric Trump').

    `ends` are the ends of all matches: a capital word before the surname that is a name itself says nothing.
    """
    surface = region.text[found.start : found.end]
    if found.type != "PERSON" or found.rule != GAZETTEER or not surface.isalpha() or not surface[0].isupper():
        return False
    at = region.word_at(found.start)
    if at < 0 or region.next_word(at) in _NOT_A_PERSON:
        return at >= 0
    if _goes_on(region, found, at, gazetteer):
        return True
    first = region.previous_word(at)
    if not first.istitle() or len(first) < 3 or first in STOP or first in TITLES or first in MONTHS_AND_DAYS:
        return False
    start, end, _ = region.words[at - 1]
    return end not in ends and not region.starts_sentence(start) and not region.headline(start)


def _goes_on(region: Region, found: Found, at: int, gazetteer: Gazetteer) -> bool:
    """Tell whether a surname that stands first is followed by the given name of someone else ("Mao Anying")."""
    row = gazetteer.rows.get(found.entity or "")
    given = region.next_word(at)
    return (
        row is not None
        and bool(row.hanja)
        and " " in row.name
        and row.name.split()[0] == region.words[at][2]
        and given.istitle()
        and len(given) > 3
        and given not in STOP | TITLES | MONTHS_AND_DAYS
        and given not in LAST_WORDS
        and not region.headline(found.start)
    )


def _handles(document: Document) -> frozenset[str]:
    return frozenset(comment.author.lower() for comment in document.comments if comment.author)


def _day(stamp: str | None) -> date | None:
    """Return the day of an ISO 8601 stamp, None where it is less precise than a day."""
    from datetime import date

    try:
        return date.fromisoformat((stamp or "")[:10])
    except ValueError:
        return None


def _anchor(document: Document) -> tuple[date | None, bool]:
    """Return the day that the article's dates count from, and whether it is only that of the earliest comment."""
    if day := _day(document.published):
        return day, False
    days = [day for comment in document.comments if (day := _day(comment.posted))]
    return (min(days), True) if days else (None, False)
