"""All spellings of a name: those the gazetteer lists, and those by which the corpus names whoever bears it."""

from __future__ import annotations

import time
from bisect import bisect_left
from collections.abc import Callable, Iterable
from functools import cached_property
from itertools import islice, takewhile
from typing import TYPE_CHECKING

from corpus.index.names import sounds
from corpus.index.tokens import words
from corpus.library import Library
from corpus.name_words import NameWords
from corpus.text import fold

if TYPE_CHECKING:
    from corpus.entities.gazetteer import Gazetteer
    from corpus.model import Entity

SHORTEST = 3
"""Letters of a name that is looked up by its sound."""
LONG = 8
"""Letters of a name of several words in which one may be wrong."""
REMEMBERED = 2000
MARGIN = 0.2
"""A name that sounds like two people equally well is taken for neither."""
FAMILIES = 6
"""Names that a misspelt one may be, at most: with more of them it says too little."""
BEGUN = 50
"""Names that are looked at for one beginning."""
RENEWED_SECONDS = 30.0
TYPES = ("PERSON", "ORG", "GPE", "LOC", "FAC", "EVENT", "WORK", "LAW", "WEAPON", "CONCEPT", "NORP")


class Spellings:
    """Returns the spellings of a text that is a known name, and nothing for any other text."""

    def __init__(self, library: Library, gazetteer: Callable[[], Gazetteer]) -> None:
        """Look names up in `gazetteer`, which is made when it is first needed."""
        self._library, self._make = library, gazetteer
        self._made: Gazetteer | None = None
        self._exact: dict[str, set[str]] = {}
        self._sorted: list[str] = []
        self._alike: dict[tuple[str, int], list[str]] = {}
        self._known: dict[str, list[str]] = {}
        self._seen = Seen(library)

    @property
    def _gazetteer(self) -> Gazetteer:
        if self._made is None:
            self._made = self._make()
            self._exact = _names(self._made)
            self._sorted = sorted(self._exact)
            for name in self._sorted:
                self._alike.setdefault((name[0], len(name)), []).append(name)
        return self._made

    def __call__(self, text: str) -> list[str]:
        """Return all spellings of the name `text`, the usual one first."""
        wanted = fold(text.strip()).text
        if self._seen.renew():
            self._known.clear()
        found = self._known.get(wanted)
        if found is None:
            if len(self._known) >= REMEMBERED:
                self._known.clear()
            found = self._known[wanted] = self._find(text.strip(), wanted)
        return found

    def _find(self, text: str, wanted: str) -> list[str]:
        gazetteer, size = self._gazetteer, len(text.split())
        entities = self._exact.get(wanted) or self._by_sound(gazetteer, text)
        if not entities and (found := self._seen.alike(text, wanted)):
            return found
        entities = entities or self._by_letters(wanted)
        return self._spellings(gazetteer, next(iter(entities)), size) if len(entities) == 1 else []

    def entities(self, text: str) -> list[str]:
        """Return the names under which what `text` names is counted: ids of entities, names that are not known."""
        wanted = fold(text.strip()).text
        gazetteer = self._gazetteer
        known = self._exact.get(wanted) or self._by_sound(gazetteer, text.strip()) or self._by_letters(wanted)
        # a surname alone is whom the texts call by it
        called = self._seen.called(wanted)
        found = [*known, *called] if known or called else [entity.id for entity in gazetteer.search_names(text, 3)]
        surfaces = [text, *self(text)]
        unknown = [f"?{kind}:{' '.join(fold(name).text.split())}" for name in surfaces for kind in TYPES]
        return list(dict.fromkeys([*found, *self._seen.counted(unknown)]))

    def is_name(self, name: tuple[str, ...]) -> bool:
        """Tell whether folded words are a whole name that is listed, or that stands in the corpus."""
        return name in self._words or name in self._seen

    def has_word(self, word: str) -> bool:
        """Tell whether a folded word is part of such a name."""
        return word in self._words.words or self._seen.has_word(word)

    def words_like(self, word: str) -> list[tuple[str, int]]:
        """Return (word, edits) for words of listed names that a folded word may be a slip of, the nearest first."""
        return self._words.like(word)

    @cached_property
    def _words(self) -> NameWords:
        self._gazetteer  # noqa: B018
        return NameWords(self._exact)

    def named(self, text: str, limit: int = 3) -> list[Entity]:
        """Return the entities that a whole text names or begins to name, the surest first."""
        wanted = fold(text.strip()).text
        gazetteer = self._gazetteer
        if len(wanted) < 2:
            return []
        found = dict.fromkeys(sorted(self._exact.get(wanted, ())) or sorted(self._by_sound(gazetteer, text.strip())))
        if len(wanted) >= SHORTEST:
            at = bisect_left(self._sorted, wanted)
            begun = takewhile(lambda name: name.startswith(wanted), islice(self._sorted, at, at + BEGUN))
            for name in sorted(begun, key=len):
                found.update(dict.fromkeys(sorted(self._exact[name])))
        return [entity for identity in islice(found, limit) if (entity := gazetteer.entity(identity))]

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

        sizes = range(len(wanted) - 1, len(wanted) + 2)
        names = [name for size in sizes for name in self._alike.get((wanted[0], size), ())]
        return {entity for at, _ in close(wanted, names, 1) for entity in self._exact[names[at]]}

    def _spellings(self, gazetteer: Gazetteer, identity: str, size: int) -> list[str]:
        entity = gazetteer.entity(identity)
        if entity is None:
            return []
        listed = [entity.name, *entity.aliases]
        names = [*listed, *entity.hangul, *entity.hanja, *self._library.surfaces(identity)]
        # a surname alone stands for many, and so does North or Korea; DPRK does not
        parts = {part for name in listed if " " in name for part in words(fold(name).text)}
        sure = set(listed) if entity.type != "PERSON" else set()
        whole = [
            name
            for name in names
            if size == 1
            or len(name.split()) > 1
            or not name.isascii()
            or (name in sure and fold(name).text not in parts)
        ]
        return list(dict.fromkeys(whole))


def _names(gazetteer: Gazetteer) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for identity in gazetteer.rows:
        entity = gazetteer.entity(identity)
        if entity is None:
            continue
        for name in filter(None, (entity.name, *entity.aliases, *entity.hangul, *entity.hanja)):
            found.setdefault(fold(name).text, set()).add(identity)
    return found


class Seen:
    """The names of people that stand in the corpus, whether anything is known of them or not."""

    def __init__(self, library: Library) -> None:
        """Read nothing yet."""
        self._rows = library.readers.rows
        self._looked, self._count = 0.0, -1
        self._names: list[tuple[str, ...]] = []
        self._surfaces: list[str] = []
        self._with: dict[str, set[int]] = {}

    def __contains__(self, name: tuple[str, ...]) -> bool:
        return any(self._names[at] == name for at in self._having(name))

    def has_word(self, word: str) -> bool:
        """Tell whether a folded word is part of a name."""
        return word in self._with

    def renew(self) -> bool:
        """Take up names that were found since; True when there were some."""
        now = time.monotonic()
        if self._looked and now - self._looked < RENEWED_SECONDS:
            return False
        self._looked = now
        rows = self._rows("SELECT count(*) FROM sound")
        if not rows or rows[0][0] == self._count:
            return False
        self._count = rows[0][0]
        self._surfaces = [row[0] for row in self._rows("SELECT DISTINCT surface FROM sound")]
        self._names = [tuple(words(fold(surface).text)) for surface in self._surfaces]
        self._with = {}
        for at, name in enumerate(self._names):
            for word in name:
                self._with.setdefault(word, set()).add(at)
        return True

    def alike(self, text: str, wanted: str) -> list[str]:
        """Return the names of the corpus that spell the same as `text`, or as names one letter away; none for no name."""
        name = tuple(words(wanted))
        if not name or (len(name) == 1 and name[0].isascii()):
            return []
        own = [at for at in self._having(name) if self._names[at] == name]
        if own:
            found = self._family([self._surfaces[own[0]], text])
        else:
            near = self._one_letter_away(name)
            found = self._family([text, *near])
        return list(dict.fromkeys([text, *found])) if found else []

    def _having(self, name: Iterable[str]) -> set[int]:
        sets = sorted((self._with.get(word, set()) for word in name), key=len)
        return set.intersection(*sets) if sets else set()

    def _one_letter_away(self, name: tuple[str, ...]) -> list[str]:
        """Return names in which all words but one are the same, and that one differs by a letter."""
        from corpus.fuzzy import close

        joined = " ".join(name)
        if len(name) < 2 or len(joined) < LONG - 1:
            return []
        candidates = sorted({at for left in range(len(name)) for at in self._having(name[:left] + name[left + 1 :])})
        found = close(joined, [" ".join(self._names[at]) for at in candidates], 1)
        return [self._surfaces[candidates[at]] for at, _ in found][:FAMILIES]

    def _family(self, names: list[str]) -> list[str]:
        """Return all names of the corpus that are the same name as one of these."""
        from corpus.entities.korean import PERSON_LIMIT, name_distance

        found: dict[str, None] = {}
        for name in names:
            keys = list(sounds(name))
            if not keys:
                continue
            rows = self._rows(f"SELECT DISTINCT surface FROM sound WHERE sound IN ({', '.join('?' * len(keys))})", keys)
            scored = sorted((name_distance(name, row[0]), row[0]) for row in rows)
            found.update(dict.fromkeys(surface for distance, surface in scored if distance <= PERSON_LIMIT))
        return list(found)

    def called(self, wanted: str) -> list[str]:
        """Return the names under which those are counted whom the corpus calls by a folded text."""
        rows = self._rows("SELECT DISTINCT name, surface FROM surface WHERE surface LIKE ?", (f"{wanted[:1]}%",))
        return list(dict.fromkeys(name for name, surface in rows if fold(surface).text == wanted))

    def counted(self, names: list[str]) -> list[str]:
        """Return those of these names under which something is counted."""
        return [
            row[0]
            for at in range(0, len(names), 500)
            for row in self._rows(
                f"SELECT DISTINCT name FROM surface WHERE name IN ({', '.join('?' * len(names[at : at + 500]))})",
                names[at : at + 500],
            )
        ]
