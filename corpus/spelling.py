"""All spellings of a name: those the gazetteer lists, and those by which the corpus names whoever bears it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from corpus.library import Library
from corpus.text import fold

if TYPE_CHECKING:
    from corpus.entities.gazetteer import Gazetteer

SHORTEST = 3
"""Letters of a name that is looked up by its sound."""
LONG = 8
"""Letters of a name of several words in which one may be wrong."""
REMEMBERED = 2000
MARGIN = 0.2
"""A name that sounds like two people equally well is taken for neither."""


class Spellings:
    """Returns the spellings of a text that is a known name, and nothing for any other text."""

    def __init__(self, library: Library, gazetteer: Callable[[], Gazetteer]) -> None:
        """Look names up in `gazetteer`, which is made when it is first needed."""
        self._library, self._make = library, gazetteer
        self._gazetteer: Gazetteer | None = None
        self._exact: dict[str, set[str]] = {}
        self._known: dict[str, list[str]] = {}

    def __call__(self, text: str) -> list[str]:
        """Return all spellings of the name `text`, the usual one first."""
        wanted = fold(text.strip()).text
        found = self._known.get(wanted)
        if found is None:
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            found = self._known[wanted] = self._find(text.strip(), wanted)
        return found

    def _find(self, text: str, wanted: str) -> list[str]:
        if self._gazetteer is None:
            self._gazetteer = self._make()
            self._exact = _names(self._gazetteer)
        entities = self._exact.get(wanted) or self._by_sound(self._gazetteer, text) or self._by_letters(wanted)
        return self._spellings(self._gazetteer, next(iter(entities)), len(text.split())) if len(entities) == 1 else []

    def _by_sound(self, gazetteer: Gazetteer, text: str) -> set[str]:
        if len(text) < SHORTEST:
            return set()
        near = gazetteer.near_names(text) if len(text.split()) > 1 else []
        near = near or gazetteer.near_names(text, place=True)
        return {entity for distance, entity, _ in near if distance <= near[0][0] + MARGIN}

    def _by_letters(self, wanted: str) -> set[str]:
        """Return the bearers of the full names from which a text differs by one letter."""
        if len(wanted.split()) < 2 or len(wanted) < LONG:
            return set()
        from corpus.fuzzy import close

        names = [name for name in self._exact if abs(len(name) - len(wanted)) <= 1 and name[0] == wanted[0]]
        return {entity for at, _ in close(wanted, names, 1) for entity in self._exact[names[at]]}

    def _spellings(self, gazetteer: Gazetteer, identity: str, size: int) -> list[str]:
        entity = gazetteer.entity(identity)
        if entity is None:
            return []
        names = [entity.name, *entity.aliases, *entity.hangul, *entity.hanja, *self._library.surfaces(identity)]
        # a surname alone stands for many
        whole = [name for name in names if size == 1 or len(name.split()) > 1 or not name.isascii()]
        return list(dict.fromkeys(whole))


def _names(gazetteer: Gazetteer) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for identity in gazetteer.rows:
        entity = gazetteer.entity(identity)
        if entity is None:
            continue
        for name in (entity.name, *entity.aliases, *entity.hangul, *entity.hanja):
            found.setdefault(fold(name).text, set()).add(identity)
    return found
