"""What the user judged about entities: applied after recognition, by replay of an append-only list.

A judgement is one JSON object a line. `op` is

    merge a b [document]      the two ids are one entity, which goes by the id `a` unless only `b` is shipped
    split a b [document]      they are not, whatever was merged before
    rename id name            the entity has another name; an id that nobody knows becomes an entity of the user's
    retype WHAT type          these mentions, or the entity, are of another type
    ignore WHAT               these are no mentions
    link WHAT to              these mentions name the entity `to` (in older lines `id`)
    unlink WHAT               these mentions name none that we know
    undo n                    the n-th judgement (from 0) does not count

WHAT is `span surface` for one mention, `surface [document]` for these words, or `id [document]` for all that
names an entity; the narrower judgement speaks before the wider one.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from corpus.judgement_lines import records
from corpus.model import Mention, Span
from corpus.text import canonical_line

OPS = frozenset({"merge", "split", "rename", "retype", "ignore", "link", "unlink", "undo"})
TYPES = ("PERSON", "GPE", "LOC", "FAC", "NORP", "ORG", "EVENT", "WEAPON", "LAW", "WORK", "CONCEPT")
"""The types that an entity may be given."""
IGNORED = "\0"
"""Stands for an entity where mentions are to be dropped; no id of an entity is ever this."""
Judgement = Mapping[str, Any]
Key = tuple[object, str]
"""What a judgement is about: (span, surface), (document or "", "=folded surface"), (document or "", "#id")."""


@dataclass(frozen=True, slots=True)
class Corrections:
    """Judgements boiled down: what to apply to mentions. Build with `replay`.

    `canonical` maps every merged id to the one it goes by; `names` and `types` are those of entities; `verdicts` tell
    which entity mentions name (None for none that is known, `IGNORED`), `kinds` of what type they are.
    """

    canonical: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    types: Mapping[str, str] = field(default_factory=dict)
    verdicts: Mapping[Key, str | None] = field(default_factory=dict)
    kinds: Mapping[Key, str] = field(default_factory=dict)
    apart: frozenset[frozenset[str]] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.canonical or self.names or self.types or self.verdicts or self.kinds)

    def apply(self, mentions: Iterable[Mention]) -> tuple[Mention, ...]:
        """Return the mentions as the user sees them: ignored ones gone, the others linked and typed anew.

        A judgement about one span counts only while the span still holds the same words.
        """
        if not self:
            return tuple(mentions)
        return tuple(kept for mention in mentions if (kept := self._applied(mention)) is not None)

    def _applied(self, mention: Mention) -> Mention | None:
        entity, rule = mention.entity, mention.rule
        words = list(_keys_of_words(mention))
        found = next((key for key in words if key in self.verdicts), None)
        if found is not None:
            entity, rule = self.verdicts[found], "linked by you"
        elif entity is not None:
            entity = self.canonical.get(entity, entity)
            rule = rule if entity == mention.entity else f"{rule}; merged by you"
            key = next((key for key in _keys_of_ids(mention, entity) if key in self.verdicts), None)
            if key is not None:
                entity, rule = self.verdicts[key], f"{mention.rule}; merged by you"
        if entity == IGNORED:
            return None
        entity = self.canonical.get(entity or "", entity)
        kind = next((self.kinds[key] for key in words if key in self.kinds), None)
        if kind is None and entity is not None:
            kind = next((self.kinds[key] for key in _keys_of_ids(mention, entity) if key in self.kinds), None)
            kind = kind or self.types.get(entity)
        if (entity, kind or mention.type) == (mention.entity, mention.type):
            return mention if found is None else replace(mention, rule=rule, confidence=1.0)
        confidence = 1.0 if found is not None else mention.confidence
        return replace(mention, entity=entity, type=kind or mention.type, rule=rule, confidence=confidence)

    def members(self, entity: str) -> tuple[str, ...]:
        """Return the ids that go by this one, itself first."""
        return (
            entity,
            *(sorted(other for other, name in self.canonical.items() if name == entity and other != entity)),
        )

    @property
    def documents(self) -> frozenset[str]:
        """The documents that some judgement is about alone."""
        places = (place for place, _ in (*self.verdicts, *self.kinds))
        return frozenset(
            place.document if isinstance(place, Span) else place for place in places if isinstance(place, Span | str)
        ) - {""}


def folded(surface: str) -> str:
    """Return words as judgements compare them: one blank between words, case away."""
    return " ".join(surface.split()).casefold()


def _keys_of_words(mention: Mention) -> Iterator[Key]:
    words = "=" + folded(mention.surface)
    yield mention.span, mention.surface
    yield mention.span.document, words
    yield "", words


def _keys_of_ids(mention: Mention, entity: str) -> Iterator[Key]:
    ids = dict.fromkeys((mention.entity, entity))
    for place in (mention.span.document, ""):
        for name in ids:
            yield place, f"#{name}"


class _Replay:
    """What the judgements so far come to."""

    def __init__(self) -> None:
        self.merges: list[tuple[str, str]] = []
        self.apart: set[frozenset[str]] = set()
        self.names: dict[str, str] = {}
        self.types: dict[str, str] = {}
        self.verdicts: dict[Key, str | None] = {}
        self.kinds: dict[Key, str] = {}

    def take(self, judgement: Judgement) -> None:
        """Take in one judgement; one that is not understood changes nothing."""
        match judgement:
            case {"op": "merge" | "split", "a": str(a), "b": str(b)} if a != b:
                self._pair(judgement, a, b)
            case {"op": "rename", "id": str(entity), "name": str(name)} if canonical_line(name):
                self.names[entity] = canonical_line(name)
            case {"op": "retype", "type": str(kind)} if kind in TYPES and (key := _key(judgement)):
                self._retype(key, kind)
            case {"op": "ignore"} if key := _key(judgement):
                self.verdicts[key] = IGNORED
            case {"op": "link", "to": str(entity)} if key := _key(judgement):
                self.verdicts[key] = entity
            case {"op": "link", "id": str(entity), "surface": str()} if key := _key({**judgement, "id": None}):
                self.verdicts[key] = entity
            case {"op": "unlink"} if key := _key(judgement):
                self.verdicts[key] = None

    def _pair(self, judgement: Judgement, a: str, b: str) -> None:
        document, pair = _document(judgement), frozenset((a, b))
        if document and judgement["op"] == "merge":
            self.verdicts[document, f"#{b}"] = a
        elif document:
            for one, other in ((a, b), (b, a)):
                if self.verdicts.get((document, f"#{one}")) == other:
                    del self.verdicts[document, f"#{one}"]
        elif judgement["op"] == "merge":
            self.apart.discard(pair)
            self.merges.append((a, b))
        else:
            self.apart.add(pair)
            self.merges = [merged for merged in self.merges if frozenset(merged) != pair]

    def _retype(self, key: Key, kind: str) -> None:
        place, what = key
        if place == "" and what.startswith("#"):
            self.types[what[1:]] = kind
        else:
            self.kinds[key] = kind


def replay(judgements: Sequence[Judgement], shipped: Iterable[str] = ()) -> Corrections:
    """Boil judgements down to what they come to, in their order.

    Args:
        judgements: as `parse` returns them; those with an unknown `op` count for nothing.
        shipped: the ids of the gazetteer: of merged entities, a shipped one gives its id, else the one merged into.
    """
    undone = _undone(judgements)
    found = _Replay()
    for number, judgement in enumerate(judgements):
        if number not in undone:
            found.take(judgement)
    canonical = _canonical(found.merges, frozenset(shipped))
    return Corrections(canonical, found.names, found.types, found.verdicts, found.kinds, frozenset(found.apart))


def _key(judgement: Judgement) -> Key | None:
    surface, entity, span = judgement.get("surface"), judgement.get("id"), judgement.get("span")
    if isinstance(span, dict):
        place = _span(span)
        return (place, surface) if place and isinstance(surface, str) else None
    if isinstance(surface, str) and folded(surface):
        return _document(judgement), "=" + folded(surface)
    return (_document(judgement), f"#{entity}") if isinstance(entity, str) and entity else None


def _document(judgement: Judgement) -> str:
    found = judgement.get("document")
    return found if isinstance(found, str) else ""


def _undone(judgements: Sequence[Judgement]) -> set[int]:
    """Return the numbers of the judgements taken back; an undo may itself be undone, so the last ones speak first."""
    undone: set[int] = set()
    for number in range(len(judgements) - 1, -1, -1):
        judgement = judgements[number]
        if judgement.get("op") == "undo" and number not in undone and isinstance(judgement.get("n"), int):
            undone.add(judgement["n"])
    return undone


def _canonical(merges: Iterable[tuple[str, str]], shipped: frozenset[str]) -> dict[str, str]:
    """Return {id: the id it goes by} of everything merged."""
    groups: dict[str, list[str]] = {}
    for a, b in merges:
        group = groups.get(a) or [a]
        other = groups.get(b) or [b]
        if group is not other:
            group = group + other
            for member in group:
                groups[member] = group
    return {
        member: next((candidate for candidate in group if candidate in shipped), group[0])
        for member, group in groups.items()
    }


def _span(record: Mapping[Any, Any]) -> Span | None:
    try:
        return Span(record["document"], record["part"], record["comment"], int(record["start"]), int(record["end"]))
    except (KeyError, TypeError, ValueError):
        return None


def parse(lines: Iterable[str]) -> list[dict[str, Any]]:
    """Return the judgements about entities in the lines of the file; other lines and broken ones are passed over."""
    return records(lines, OPS)


def line(judgement: Judgement) -> bytes:
    """Return a judgement as the line to append to the file."""
    return (json.dumps(dict(judgement), ensure_ascii=False, separators=(",", ":")) + "\n").encode("utf-8", "replace")
