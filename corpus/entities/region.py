"""One text while it is being recognised: its words, what is already taken, what was found."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Set
from typing import NamedTuple

from corpus.entities.names import WORD, WORD_BESIDE_HANGUL, normalise

GAZETTEER = "name in the gazetteer"


class Found(NamedTuple):
    """A mention before it is tied to its document: offsets, type, entity id or None, why, and how surely."""

    start: int
    end: int
    type: str
    entity: str | None
    rule: str
    confidence: float = 1.0
    value: str | None = None


class Person(NamedTuple):
    """Someone named in full; `label` is the name to show in rules."""

    surname: str
    entity: str | None
    label: str


class Scope:
    """What an article (or an article and the comments so far) has introduced: people in full, abbreviations.

    `names` are the names of one word that no list knows; `handles` are commenters, who are no names;
    `papers` the bodies that were named, by each word of their names.
    """

    __slots__ = ("_people", "abbreviations", "handles", "names", "papers")

    def __init__(self, handles: frozenset[str] = frozenset()) -> None:
        self.abbreviations: dict[str, Found] = {}
        self.handles = handles
        self.names: set[str] = set()
        self.papers: dict[str, str] = {}
        self._people: dict[str, dict[Person, int]] = {}

    def introduce(self, person: Person) -> None:
        """Count one more time that `person` is named; the one named last stands first among equals."""
        counts = self._people.setdefault(person.surname, {})
        counts[person] = counts.pop(person, 0) + 1

    def knows(self, surname: str) -> bool:
        """Tell whether anyone of this surname (lower case) was named."""
        return surname in self._people

    def named(self, surname: str) -> list[Person]:
        """Return the people of this surname (lower case), those named most often first."""
        counts = self._people.get(surname, {})
        latest_first = list(reversed(counts))
        return sorted(latest_first, key=lambda person: -counts[person])


class Region:
    """A text with its words. Spans are claimed once: the first rule that claims a stretch keeps it."""

    def __init__(self, text: str, day: str | None = None, *, comment: bool = False, nicknames: bool = False) -> None:
        """Split `text` (canonical); `day` is the ISO date that it is anchored at, `comment` its register."""
        self.text = normalise(text)
        self.day = day
        self.comment = comment
        self.nicknames = nicknames
        word = WORD_BESIDE_HANGUL if _LATIN_BEFORE_HANGUL.search(self.text) else WORD
        self.words = [(*match.span(), match[0]) for match in word.finditer(self.text)]
        self.lower = [word.lower() for _, _, word in self.words]
        self.found: list[Found] = []
        self._taken = bytearray(len(text))
        self._peoples: set[int] = set()
        self._headlines: dict[int, bool] = {}
        self._places: dict[str, list[int]] | None = None

    @property
    def places(self) -> dict[str, list[int]]:
        """The positions in `words` of each word in lower case."""
        if self._places is None:
            self._places = {}
            for at, word in enumerate(self.lower):
                self._places.setdefault(word, []).append(at)
        return self._places

    def where(self, words: Set[str]) -> list[int]:
        """Return the positions in `words` of any of these words (lower case), in the order of the text."""
        return sorted(at for word in self.places.keys() & words for at in self.places[word])

    def free(self, start: int, end: int) -> bool:
        """Tell whether nothing in [start, end) is claimed."""
        return self._taken.find(1, start, end) < 0

    def open(self, start: int, end: int) -> bool:
        """Tell whether anything in [start, end) is still free."""
        return self._taken.find(0, start, end) >= 0

    def add(self, found: Found) -> bool:
        """Claim the stretch for `found`; False, and nothing done, where part of it is taken."""
        if not self.free(found.start, found.end):
            return False
        self._taken[found.start : found.end] = b"\1" * (found.end - found.start)
        self.found.append(found)
        if found.type == "NORP":
            self._peoples.update(range(found.start, found.end))
        return True

    def block(self, start: int, end: int) -> None:
        """Keep [start, end) from being claimed: it is known, but not to be shown."""
        self._taken[start:end] = b"\1" * (end - start)

    def is_people(self, at: int) -> bool:
        """Tell whether `at` stands inside a name of the people of a state."""
        return at in self._peoples

    def also_in_lower_case(self, word: str) -> bool:
        """Tell whether the text has the capitalised `word` without its capital too."""
        lower = word.lower()
        return any(self.words[at][2] == lower for at in self.places.get(lower, ()))

    def word_at(self, start: int) -> int:
        """Return the position in `words` of the word that begins at `start`, -1 where none does."""
        at = bisect_left(self.words, start, key=lambda word: word[0])
        return at if at < len(self.words) and self.words[at][0] == start else -1

    def before(self, start: int, length: int) -> str:
        """Return up to `length` characters before `start`."""
        return self.text[max(0, start - length) : start]

    def after(self, end: int, length: int) -> str:
        """Return up to `length` characters from `end` on."""
        return self.text[end : end + length]

    def previous_word(self, at: int, gaps: str = " \t") -> str:
        """Return the word just before position `at` in `words`, if only blanks or a dot part them, else ""."""
        if at == 0:
            return ""
        gap = self.text[self.words[at - 1][1] : self.words[at][0]]
        return self.words[at - 1][2] if gap and not gap.strip(gaps + ".") and len(gap) < 4 and "\n" not in gap else ""

    def next_word(self, at: int) -> str:
        """Return the word just after position `at` in `words`, if only blanks part them, else ""."""
        if at + 1 >= len(self.words):
            return ""
        gap = self.text[self.words[at][1] : self.words[at + 1][0]]
        return self.words[at + 1][2] if gap and not gap.strip(" \t") else ""

    def starts_sentence(self, start: int) -> bool:
        """Tell whether `start` stands at the beginning of the text, of a line or of a sentence."""
        return _SENTENCE_END.search(self.before(start, 4)) is not None

    def clause(self, start: int, end: int) -> tuple[int, int]:
        """Return the stretch around [start, end) up to the nearest ends of sentence."""
        text = self.text
        first, last = max(0, start - _SENTENCE), min(len(text), end + _SENTENCE)
        left = max(text.rfind(". ", first, start) + 1, text.rfind("\n", first, start) + 1, first)
        rights = [at for at in (text.find(". ", end, last), text.find("\n", end, last)) if at >= 0]
        return left, min(rights, default=last)

    def headline(self, start: int) -> bool:
        """Tell whether the line at `start` is written in title case, where capitals say nothing."""
        left = self.text.rfind("\n", 0, start) + 1
        if left not in self._headlines:
            self._headlines[left] = self._is_headline(left)
        return self._headlines[left]

    def _is_headline(self, left: int) -> bool:
        right = self.text.find("\n", left)
        line = self.text[left : right if right >= 0 else len(self.text)].rstrip()
        words = [word for word in _LINE_WORD.findall(line) if len(word) > 3]
        capital = sum(word[0].isupper() for word in words)
        return len(words) >= 4 and capital > 0.7 * len(words) and not line.endswith((".", "!"))

    def __iter__(self) -> Iterator[Found]:
        """Yield what was found in the order of the text."""
        return iter(sorted(self.found, key=lambda found: (found.start, found.end)))


_LATIN_BEFORE_HANGUL = re.compile("[A-Za-z][가-힣]")
_SENTENCE = 400
"""No sentence is looked through further than this, so that a page without a full stop takes no longer."""
_SENTENCE_END = re.compile(r"(?:^|[.!?:;\"(]\s*|\n\s*)$")
_LINE_WORD = re.compile(r"[A-Za-z][\w'-]*")
