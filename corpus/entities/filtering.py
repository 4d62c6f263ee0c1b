"""Does a name fit what somebody types to find it: letters of any spelling, Hangul, or initial consonants?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

from corpus.entities.jamo import ONSETS, is_hangul, take_apart
from corpus.entities.korean import romanise, same_name
from corpus.text import fold


class NameFilter:
    """What was typed, ready to be held against many names."""

    def __init__(self, text: str) -> None:
        """Take `text` as it was typed; an empty one fits everything."""
        self.text = text.strip()
        self._folded = fold(self.text).text
        self._joined = _joined(self._folded)
        self._initials = _joined(self.text)
        self._by_initials = bool(self._initials) and all(char in ONSETS for char in self._initials)

    def fits(self, names: Iterable[str], hangul: Sequence[str] = (), *, place: bool = False) -> bool:
        """Tell whether one of the names fits.

        Args:
            names: in any script.
            hangul: the Hangul names among them, for their romanisations and initial consonants.
            place: they are names without a surname.
        """
        if not self.text:
            return True
        if self._by_initials:
            return any(self._initials in initials(name) for name in hangul)
        names = [*names, *hangul]
        if any(self._folded in fold(name).text for name in names if name):
            return True
        if self._joined and any(self._joined in spelling for name in hangul for spelling in romanisations(name, place)):
            return True
        return len(self.text) > 2 and any(same_name(self.text, name, place=place) for name in names if name)


def _joined(text: str) -> str:
    return "".join(char for char in text if char not in " -–'’·.")


@lru_cache(maxsize=16384)
def initials(name: str) -> str:
    """Return the first consonants of the Hangul syllables of a name: ㄱㅈㅇ for 김정은; what is not Hangul is left out."""
    return "".join(take_apart(char)[0] for char in name if is_hangul(char))


@lru_cache(maxsize=16384)
def romanisations(name: str, place: bool = False) -> tuple[str, ...]:
    """Return the spellings of a Hangul name in the three systems, folded, without blanks and hyphens."""
    found = (romanise(name, system, name=not place and is_hangul(name)) for system in ("RR", "MR", "DPRK"))
    return tuple(dict.fromkeys(_joined(fold(spelling).text) for spelling in found))
