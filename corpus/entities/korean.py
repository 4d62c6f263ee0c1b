"""Korean names in any spelling: are two of them the same name?

A spelling is parsed into syllables whose onset, vowel and coda are sets of jamo with costs. Two names are
the same where the surnames can be one, the syllables agree in number, and the cheapest jamo shared in every
slot add up to little. "Same" means the same name, never the same person.
"""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise, product

from corpus.entities.jamo import is_hangul, sound_of_coda, take_apart
from corpus.entities.romanise import romanise
from corpus.entities.spellings import CODAS, NO_CODA, ONSETS, VOWELS, costs
from corpus.entities.surnames import NORTHERN, SURNAMES, surnames_by_spelling

__all__ = ["name_distance", "name_keys", "person_readings", "place_readings", "romanise", "same_name"]

PERSON_LIMIT = 0.6
PLACE_LIMIT = 0.15
"""Places are spelt more regularly than people: at .2 Chungju would be Cheongju."""
SURNAME_LIMIT = 0.4
_CAP = 1.0
_MAX_PARSES = 96

Costs = dict[str, float]
Syllable = tuple[Costs, Costs, Costs]
Syllables = tuple[Syllable, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a name: the Hangul surnames it may have (none for a place), and its other syllables."""

    surnames: frozenset[str]
    syllables: Syllables


def same_name(a: str, b: str, *, place: bool = False) -> bool:
    """Tell whether `a` and `b` are one Korean name in two spellings (Hangul or any romanisation).

    Args:
        a: a full name, surname and given name in either order; with `place`, the name of a place or thing.
        b: the other name.
        place: compare as names without a surname, and more strictly.
    """
    return name_distance(a, b, place=place) <= (PLACE_LIMIT if place else PERSON_LIMIT)


def name_distance(a: str, b: str, *, place: bool = False) -> float:
    """Return how far two spellings are from one name: 0 for standard ones, `math.inf` for different names."""
    read = place_readings if place else person_readings
    best = math.inf
    for one, other in product(read(a), read(b)):
        if place or one.surnames & other.surnames:
            best = min(best, _distance(one.syllables, other.syllables, min(best, _CAP)))
    return best


def name_keys(name: str, *, place: bool = False) -> frozenset[str]:
    """Return the keys under which an index finds every spelling of `name`; decide by `name_distance`.

    Two spellings of one name share at least one key; sounds that romanisations mix up are one class.
    """
    read = place_readings if place else person_readings
    keys: set[str] = set()
    for reading in read(name):
        for classes in _class_strings(reading.syllables):
            keys.update([classes] if place else [f"{surname}|{classes}" for surname in reading.surnames])
    return frozenset(keys)


@lru_cache(maxsize=16384)
def person_readings(name: str) -> tuple[Reading, ...]:
    """Return the readings of a full personal name; none where it cannot be a Korean name."""
    tokens = _tokens(name)
    if tokens and all(is_hangul(token) for token in tokens):
        return _hangul_person("".join(tokens))
    if len(tokens) < 2 or any(is_hangul(token) for token in tokens):
        return ()
    found: list[Reading] = []
    for surname, given in ((tokens[0], tokens[1:]), (tokens[-1], tokens[:-1])):
        surnames = _surnames(surname)
        if surnames:
            found.extend(Reading(surnames, syllables) for syllables in _latin(given, 3, 3))
    return tuple(found)


@lru_cache(maxsize=16384)
def place_readings(name: str) -> tuple[Reading, ...]:
    """Return the readings of a name without a surname: a place, a paper, a missile."""
    tokens = _tokens(name)
    if tokens and all(is_hangul(token) for token in tokens):
        return (Reading(frozenset(), _sound_changes(_hangul("".join(tokens)))),)
    if not tokens or any(is_hangul(token) for token in tokens):
        return ()
    return tuple(Reading(frozenset(), syllables) for syllables in _latin(tokens, 6, 12))


_APOSTROPHES = str.maketrans("", "", "'’‘ʼ´`")
_BETWEEN = re.compile(r"[\s\-‐‑–.·]+")


def _tokens(name: str) -> list[str]:
    kept = []
    for char in unicodedata.normalize("NFC", name).lower().translate(_APOSTROPHES):
        if char in "ŏŭ" or is_hangul(char):
            kept.append(char)
        else:
            kept.extend(part for part in unicodedata.normalize("NFD", char) if not unicodedata.combining(part))
    return [token for token in _BETWEEN.split("".join(kept)) if token]


def _hangul_person(name: str) -> tuple[Reading, ...]:
    found: list[Reading] = []
    for length in (2, 1) if len(name) >= 4 else (1,):
        surname, given = name[:length], name[length:]
        if given:
            surname = NORTHERN.get(surname, surname)
            found.append(Reading(frozenset({surname}), _sound_changes(_hangul(given))))
    return tuple(found)


def _hangul(name: str) -> list[Syllable]:
    found = []
    for char in name:
        onset, vowel, coda = take_apart(char)
        found.append(({onset: 0.0}, {vowel: 0.0}, {sound_of_coda(coda) or NO_CODA: 0.0}))
    return found


def _latin(tokens: list[str], longest: int, most: int) -> list[Syllables]:
    """Return the readings of Latin tokens: at most `longest` syllables a token and `most` in all."""
    choices: list[tuple[tuple[str, str, str], ...]] = [()]
    for token in tokens:
        parses = _parse(token, longest)
        choices = [before + parse for before in choices for parse in parses][:_MAX_PARSES]
    return [
        _sound_changes([(costs(ONSETS[o]), costs(VOWELS[v]), costs(CODAS[c])) for o, v, c in choice])
        for choice in choices
        if 1 <= len(choice) <= most
    ]


_RESPELT = ((re.compile(r"([jy]?u)ne$"), r"\1n"), (re.compile("wha"), "hwa"), (re.compile("^chosun"), "choseon"))


@lru_cache(maxsize=16384)
def _parse(token: str, longest: int) -> tuple[tuple[tuple[str, str, str], ...], ...]:
    """Return the ways to cut a token into (onset, vowel, coda) spellings, those with the fewest syllables first."""
    for pattern, replacement in _RESPELT:
        token = pattern.sub(replacement, token)
    found = list(_cuts(token, longest))
    if token.endswith("ack"):
        found += _cuts(token[:-3] + "aeck", longest)
    if not found:
        return ()
    shortest = min(map(len, found))
    # a syllable more than needed is still likely ("Jaein"), two are not
    likely = sorted({parse for parse in found if len(parse) <= shortest + 1}, key=lambda parse: (len(parse), parse))
    return tuple(likely[:24])


def _cuts(token: str, longest: int) -> list[tuple[tuple[str, str, str], ...]]:
    if not token:
        return [()]
    if not longest:
        return []
    found: list[tuple[tuple[str, str, str], ...]] = []
    for onset_end in range(min(4, len(token))):
        onset = token[:onset_end]
        if onset not in ONSETS:
            continue
        for vowel_end in range(onset_end + 1, min(onset_end + 4, len(token)) + 1):
            vowel = token[onset_end:vowel_end]
            if vowel not in VOWELS:
                continue
            for coda_end in range(vowel_end, min(vowel_end + 2, len(token)) + 1):
                coda = token[vowel_end:coda_end]
                if coda in CODAS:
                    found.extend(((onset, vowel, coda), *rest) for rest in _cuts(token[coda_end:], longest - 1))
    return found


@lru_cache(maxsize=2048)
def _surnames(token: str) -> frozenset[str]:
    """Return the surnames that a token may spell: those of the table, else those that sound alike."""
    if listed := surnames_by_spelling().get(token):
        return listed
    near = set()
    for syllables in _latin([token], 2, 2):
        for surname in SURNAMES:
            if len(surname) == len(syllables):
                plain = [_initial_law(_hangul(surname)[0]), *_hangul(surname)[1:]]
                if _distance(syllables, tuple(plain), SURNAME_LIMIT) <= SURNAME_LIMIT:
                    near.add(surname)
    return frozenset(near)


_I_AND_Y = frozenset("ㅣㅑㅕㅛㅠㅖㅒ")


def _initial_law(syllable: Syllable) -> Syllable:
    """Sound a first ㄹ or ㄴ the southern way, so that 리 is 이 and 로 is 노."""
    onset, vowel, coda = syllable
    if "ㄹ" not in onset and "ㄴ" not in onset:
        return syllable
    onset = dict(onset)
    cost = min(onset.pop("ㄹ", math.inf), onset.pop("ㄴ", math.inf))
    glides = _I_AND_Y & vowel.keys()
    falls_silent = glides and (len(glides) == len(vowel) or "ㅢ" in vowel)
    sound = "ㅇ" if falls_silent else "ㄴ"
    onset[sound] = min(cost, onset.get(sound, math.inf))
    return onset, vowel, coda


_NASAL_OF = {"ㄱ": "ㅇ", "ㅂ": "ㅁ", "ㄷ": "ㄴ"}


def _sound_changes(syllables: list[Syllable]) -> Syllables:
    """Apply the initial-sound law, then the assimilation of consonants that meet (강릉 is Gangneung)."""
    changed = [(dict(onset), vowel, dict(coda)) for onset, vowel, coda in (_initial_law(syllables[0]), *syllables[1:])]
    for (_, _, coda), (onset, vowel, _) in pairwise(changed):
        meets_r = onset.get("ㄹ") if "ㄴ" in coda else None
        _soften_r(coda, onset, vowel)
        if onset.keys() & {"ㄴ", "ㅁ"}:
            for stop, nasal in _NASAL_OF.items():
                if stop in coda:
                    coda[nasal] = min(coda.pop(stop), coda.get(nasal, math.inf))
        if "ㄹ" in coda and "ㄴ" in onset:
            onset["ㄹ"] = onset.pop("ㄴ")
        if meets_r is not None:
            # ㄴ before ㄹ sounds as two ㄹ (신라 is Silla) or, in names, as two ㄴ
            coda.setdefault("ㄹ", coda.get("ㄴ", 0.0) + 0.05)
            onset.setdefault("ㄹ", meets_r + 0.05)
    return tuple(changed)


def _soften_r(coda: Costs, onset: Costs, vowel: Costs) -> None:
    if "ㄹ" in onset and _I_AND_Y & vowel.keys() and coda.keys() & {NO_CODA, "ㄴ", "ㅇ", "ㄱ"} and "ㅇ" not in onset:
        onset["ㅇ"] = onset["ㄹ"] + 0.2
    if "ㄹ" in onset and "ㄹ" not in coda and NO_CODA not in coda:
        onset["ㄴ"] = min(onset.pop("ㄹ"), onset.get("ㄴ", math.inf))


def _distance(one: Syllables, other: Syllables, cap: float) -> float:
    if len(one) != len(other):
        return math.inf
    total = 0.0
    for a, b in zip(one, other, strict=True):
        for slot_a, slot_b in zip(a, b, strict=True):
            shared = [cost + slot_b[jamo] for jamo, cost in slot_a.items() if jamo in slot_b]
            if not shared:
                return math.inf
            total += min(shared)
            if total > cap + 1e-9:
                return math.inf
    return round(total, 6)


def _classes(groups: str) -> dict[str, str]:
    return {jamo: group[0] for group in groups.split() for jamo in group}


_ONSET_CLASS = {**_classes("ㄱㄲㅋ ㄷㄸㅌ ㅂㅃㅍ ㅈㅉㅊ ㅅㅆ ㄴㄹ ㅁ ㅎ"), "ㅇ": ""}
_VOWEL_CLASS = _classes("ㅏ ㅑ ㅐㅔㅒㅖ ㅓㅗㅜㅡ ㅕㅛㅠ ㅣㅢㅟ ㅚㅙㅞ ㅘ ㅝ")


def _class_strings(syllables: Syllables) -> list[str]:
    strings = [""]
    for onset, vowel, coda in syllables:
        onsets = sorted({_ONSET_CLASS[jamo] for jamo in onset})
        vowels = sorted({_VOWEL_CLASS[jamo] for jamo in vowel})
        strings = [f"{before}{o}{v}{c}." for before in strings for o in onsets for v in vowels for c in sorted(coda)]
    return strings
