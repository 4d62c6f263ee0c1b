"""The gazetteer: what the reader knows about people, places, bodies and events of Korea, and their names.

Its lines are described in `corpus.entities.rows`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from corpus.entities.jamo import is_hangul
from corpus.entities.names import Alias, parse_alias
from corpus.entities.rows import Row, hangul_names, korean_names, shipped_rows, split, surname_of
from corpus.entities.words import word_set

if TYPE_CHECKING:
    from pathlib import Path

    from corpus.entities import misspelt
    from corpus.entities.hangul import Index
    from corpus.entities.matching import Trie
    from corpus.model import Entity

PLACES = frozenset({"GPE", "LOC", "FAC"})
PAPERS = word_set("Times Post Journal Globe Herald Chronicle Telegraph")
OPEN_END = "9999"
_NEAR_KEPT = 4096
"""Names whose nearest entities are remembered: the same ones come again and again."""


class Prior(NamedTuple):
    """A surname alone means `entity` from `since` to `until` (ISO 8601, compared as text)."""

    since: str
    until: str
    entity: str

    def holds(self, day: str) -> bool:
        """Tell whether the surname means the entity on `day`."""
        return self.since <= day and day[: len(self.until)] <= self.until


class Gazetteer:
    """Entities by id and by name. Indexes are built when they are first asked for."""

    def __init__(self, rows: Iterable[Row], problems: Iterable[str] = ()) -> None:
        """Hold `rows`; `problems` are sentences about the user's own file."""
        self.rows: dict[str, Row] = {row.id: row for row in rows}
        self.problems = tuple(problems)
        self._korean: dict[str, bool] = {}
        self._near: dict[tuple[str, bool], list[tuple[float, str, str]]] = {}

    @classmethod
    def load(cls, own: Path | None = None) -> Gazetteer:
        """Return the shipped gazetteer, with the user's own `entities.toml` laid over it where the file exists.

        Mistakes in the user's file never raise: they are sentences in `problems`, and the rest of it counts.
        """
        rows = shipped_rows()
        if own is None:
            return cls(rows)
        from corpus.entities.own import lay_over

        return cls(*lay_over(rows, own))

    def __len__(self) -> int:
        return len(self.rows)

    def __contains__(self, entity: object) -> bool:
        return entity in self.rows

    def entity(self, entity: str) -> Entity | None:
        """Return the entity with this id, or None."""
        from corpus.model import Entity

        row = self.rows.get(entity)
        if row is None:
            return None
        names = tuple(dict.fromkeys(alias.text for alias in self._aliases_of(row) if alias.kind != "office"))
        return Entity(
            row.id,
            row.type,
            row.name,
            aliases=tuple(name for name in names if name != row.name),
            hangul=hangul_names(row),
            hanja=split(row.hanja),
            wikidata=row.wikidata or None,
            description=row.description,
        )

    @cached_property
    def version(self) -> str:
        """A hash of everything in the gazetteer, for caches of mentions."""
        from hashlib import sha256

        return sha256("\n".join("\t".join(row) for row in self.rows.values()).encode()).hexdigest()[:16]

    @staticmethod
    def _aliases_of(row: Row) -> list[Alias]:
        written = split(row.aliases)
        # the name itself stands among the aliases where its case policy is not the usual one
        plain = () if any(alias.rstrip("=~") == row.name for alias in written) else (row.name,)
        return [parse_alias(text, row) for text in (*plain, *written)]

    @cached_property
    def aliases(self) -> tuple[Alias, ...]:
        """Every name in Latin letters with the rule by which it matches."""
        return tuple(alias for row in self.rows.values() for alias in self._aliases_of(row))

    @cached_property
    def trie(self) -> Trie:
        """The names in Latin letters as `matching` walks them."""
        from corpus.entities.matching import build_trie

        return build_trie(self.aliases)

    @cached_property
    def hangul_index(self) -> Index:
        """The names in Hangul and Hanja as `hangul` looks them up."""
        from corpus.entities.hangul import build_index

        return build_index(self)

    @cached_property
    def misspelling_index(self) -> misspelt.Index:
        """The well known names as `misspelt` compares them."""
        from corpus.entities.misspelt import build_index

        return build_index(self)

    @cached_property
    def priors(self) -> Mapping[str, tuple[Prior, ...]]:
        """Whom a surname alone (lower case) means in which years; the later office first."""
        found: dict[str, list[Prior]] = {}
        for alias in self.aliases:
            if alias.kind == "office":
                prior = Prior(alias.since or "0", alias.until or OPEN_END, alias.entity)
                found.setdefault(alias.text.lower(), []).append(prior)
        return {surname: tuple(sorted(priors, reverse=True)) for surname, priors in found.items()}

    def is_korean_person(self, entity: str) -> bool:
        """Tell whether the entity is a person with a Korean name, whose surname may stand first."""
        known = self._korean.get(entity)
        if known is None:
            row = self.rows.get(entity)
            known = self._korean[entity] = bool(row and row.type == "PERSON" and korean_names(row))
        return known

    @cached_property
    def papers(self) -> Mapping[str, str]:
        """The word by which a paper is called for short ("Times"), by entity."""
        return {
            row.id: word
            for row in self.rows.values()
            if row.type == "ORG"
            for word in row.name.split()
            if word in PAPERS
        }

    @cached_property
    def surnames(self) -> Mapping[str, tuple[str, ...]]:
        """The people (ids) of each surname in lower case."""
        found: dict[str, list[str]] = {}
        for row in self.rows.values():
            if row.type == "PERSON" and " " in row.name:
                found.setdefault(surname_of(row), []).append(row.id)
        return {surname: tuple(people) for surname, people in found.items()}

    @cached_property
    def _by_key(self) -> tuple[dict[str, set[tuple[str, str]]], dict[str, set[tuple[str, str]]]]:
        from corpus.entities.korean import name_keys

        people: dict[str, set[tuple[str, str]]] = {}
        places: dict[str, set[tuple[str, str]]] = {}
        for row in self.rows.values():
            place = row.type != "PERSON"
            index = places if place else people
            for hangul in hangul_names(row) if row.type in PLACES else korean_names(row):
                if is_hangul(hangul) and len(hangul) > 1:
                    for key in name_keys(hangul, place=place):
                        index.setdefault(key, set()).add((row.id, hangul))
        return people, places

    def near_names(self, name: str, *, place: bool = False) -> list[tuple[float, str, str]]:
        """Return (distance, id, Hangul) of the entities whose Korean name `name` may spell, nearest first."""
        known = self._near.get((name, place))
        if known is None:
            if len(self._near) >= _NEAR_KEPT:
                self._near.clear()
            # another thread may clear them at any time
            known = self._near[name, place] = self._find_near(name, place)
        return list(known)

    def _find_near(self, name: str, place: bool) -> list[tuple[float, str, str]]:
        from corpus.entities.korean import PERSON_LIMIT, PLACE_LIMIT, name_distance, name_keys

        index = self._by_key[place]
        limit = PLACE_LIMIT if place else PERSON_LIMIT
        found = {candidate for key in name_keys(name, place=place) for candidate in index.get(key, ())}
        scored = ((name_distance(hangul, name, place=place), entity, hangul) for entity, hangul in found)
        return sorted(candidate for candidate in scored if candidate[0] <= limit)

    @cached_property
    def _folded_names(self) -> list[tuple[str, str]]:
        from corpus.text import fold

        names = [(alias.text, alias.entity) for alias in self.aliases if alias.kind != "office"]
        names += [(name, row.id) for row in self.rows.values() for name in hangul_names(row) + split(row.hanja)]
        return [(fold(name).text, entity) for name, entity in names]

    def search_names(self, text: str, limit: int = 20) -> list[Entity]:
        """Return the entities that `text` may name, best first: whole names, spellings of it, then beginnings.

        Args:
            text: part of a name in Latin letters, Hangul or Hanja.
            limit: the most that are returned.
        """
        from corpus.text import fold

        wanted = fold(text.strip()).text
        if not wanted:
            return []
        ranked: dict[str, float] = {}

        def rank(entity: str, score: float) -> None:
            ranked[entity] = min(score, ranked.get(entity, score))

        for name, entity in self._folded_names:
            if name == wanted:
                rank(entity, 0)
            elif name.startswith(wanted):
                rank(entity, 2 + min(len(name), 99) / 100)
            elif f" {wanted}" in name:
                rank(entity, 3 + min(len(name), 99) / 100)
        for place in (False, True):
            for distance, entity, _ in self.near_names(text, place=place):
                rank(entity, 1 + distance)
        best = sorted(ranked, key=lambda entity: (ranked[entity], self.rows[entity].name))[:limit]
        return [entity for entity in map(self.entity, best) if entity]
