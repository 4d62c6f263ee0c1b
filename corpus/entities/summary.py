"""The mentions of a document gathered by what they name: what the sidebar lists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from corpus.entities.gazetteer import Gazetteer
from corpus.entities.rows import hangul_names
from corpus.model import Document, Mention

GROUPS = ("PEOPLE", "PLACES", "ORGANISATIONS", "EVENTS", "WEAPONS & TREATIES", "DATES", "OTHER", "UNKNOWN")
"""The groups in the order in which they are shown."""

_GROUP_OF = {
    "PERSON": "PEOPLE",
    "GPE": "PLACES",
    "LOC": "PLACES",
    "FAC": "PLACES",
    "NORP": "ORGANISATIONS",
    "ORG": "ORGANISATIONS",
    "EVENT": "EVENTS",
    "WEAPON": "WEAPONS & TREATIES",
    "LAW": "WEAPONS & TREATIES",
    "DATE": "DATES",
}
_NOT_LISTED = frozenset({"DURATION", "TIME"})
ARTICLE_WEIGHT = 3
"""A mention in the article counts for as many in the comments when entities are ordered."""


def group_of(kind: str) -> str:
    """Return the group under which entities of this type are shown."""
    return _GROUP_OF.get(kind, "OTHER")


@dataclass(frozen=True, slots=True)
class EntityCount:
    """An entity, an unknown name or a date of a document with all its mentions.

    `id` is None for unknown names and dates; `name` is the entity's name, the surface, or the value of a date;
    `article` and `comments` count the mentions in title and body, and in comments; `spellings` are (surface, count),
    the most frequent first.
    """

    id: str | None
    type: str
    group: str
    name: str
    hangul: str
    article: int
    comments: int
    mentions: tuple[Mention, ...]
    spellings: tuple[tuple[str, int], ...]
    wikidata: str | None = None


def summarise(document: Document, mentions: Iterable[Mention], gazetteer: Gazetteer) -> list[EntityCount]:
    """Gather the mentions of `document` by entity, in the groups and the order of the sidebar.

    People of a state count for the state; a bare surname of an unknown person counts with the full name; dates are
    ordered by value, everything else by how often it is named, the article weighing more.
    """
    gathered: dict[tuple[str, str], list[Mention]] = {}
    listed = [
        mention for mention in mentions if mention.type not in _NOT_LISTED and mention.span.document == document.id
    ]
    full_names = _unknown_people(listed)
    for mention in listed:
        gathered.setdefault(_key(mention, full_names), []).append(mention)
    counts = [_count(kind, found, gazetteer) for (kind, _), found in gathered.items()]
    return sorted(counts, key=_order)


def _unknown_people(mentions: Iterable[Mention]) -> dict[str, str]:
    """Return {surname: full name} of the people whom the gazetteer does not know."""
    found: dict[str, str] = {}
    for mention in mentions:
        words = mention.surface.split()
        if mention.entity is None and mention.type == "PERSON" and len(words) > 1:
            for word in (words[0], words[-1]):
                found.setdefault(word.casefold(), mention.surface)
    return found


def _key(mention: Mention, full_names: dict[str, str]) -> tuple[str, str]:
    if mention.entity is not None:
        return "entity", mention.entity
    if mention.type == "DATE":
        return "date", mention.value or mention.surface.casefold()
    name = " ".join(mention.surface.split())
    if mention.type == "PERSON" and " " not in name:
        name = full_names.get(name.casefold(), name)
    return "unknown", name.casefold()


def _count(kind: str, mentions: list[Mention], gazetteer: Gazetteer) -> EntityCount:
    first = mentions[0]
    row = gazetteer.rows.get(first.entity or "")
    surfaces = Counter(" ".join(mention.surface.split()) for mention in mentions)
    article = sum(mention.span.part in ("title", "body") for mention in mentions)
    type_ = row.type if row else first.type
    if kind == "date":
        group, name = "DATES", first.value or first.surface
    elif row:
        group, name = group_of(type_), row.name
    else:
        group = "UNKNOWN"
        # the longest surface is the fullest name
        name = max(surfaces, key=lambda surface: (len(surface.split()), surfaces[surface], surface))
    return EntityCount(
        id=row.id if row else first.entity,
        type=type_,
        group=group,
        name=name,
        hangul=next(iter(hangul_names(row)), "") if row else "",
        article=article,
        comments=len(mentions) - article,
        mentions=tuple(mentions),
        spellings=tuple(sorted(surfaces.items(), key=lambda entry: (-entry[1], entry[0]))),
        wikidata=(row.wikidata or None) if row else None,
    )


def _order(count: EntityCount) -> tuple[int, bool, str, int, str]:
    group = GROUPS.index(count.group)
    if count.group == "DATES":
        valued = count.mentions[0].value is not None
        return group, not valued, count.name, 0, ""
    return group, False, "", -(ARTICLE_WEIGHT * count.article + count.comments), count.name
