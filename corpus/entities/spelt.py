"""Korean names in spellings that the gazetteer does not list, linked by how they sound."""

from __future__ import annotations

import re
from functools import lru_cache

from corpus.entities.gazetteer import PLACES, Gazetteer
from corpus.entities.misspelt import claim_misspelt
from corpus.entities.region import Found, Region
from corpus.entities.surnames import surnames_by_spelling
from corpus.entities.words import MONTHS_AND_DAYS, STOP, TITLES

_SYLLABLES = r"[\w'’ŏŭ]{1,8}"
_NAME = re.compile(
    rf"([A-Z][a-z]{{0,7}})[ \t]+([A-Z]{_SYLLABLES}-{_SYLLABLES}|[A-Z][a-zŏŭ]{{1,6}}[ \t]+[A-Z][a-zŏŭ]{{1,6}}|[A-Z][a-zŏŭ]{{2,10}})(?![\w-])"
)
_OPENS_NO_NAME = STOP | MONTHS_AND_DAYS | TITLES
_MARGIN = 0.2
"""Two people nearer to a spelling than this are not told apart: no link."""
_SURNAMES_THAT_ARE_WORDS = frozenset({"No", "An", "So", "You", "Do", "May", "In", "On", "I", "A", "O", "He", "Oh"})
_PLACE_END = re.compile(
    r"(?:yang|chang|j[eo]?om|s[eo]?ong|san|won|n[eu]?ung|do|h[eu]?ung|jin|by[eo]?on|ju|gu|pong|py[eo]?ong|ch[eo]?on|ri)$"
)


@lru_cache(maxsize=1)
def _surname_words() -> frozenset[str]:
    return frozenset(surnames_by_spelling())


def find_spelt_people(region: Region, gazetteer: Gazetteer) -> None:
    """Claim full names that spell someone in the gazetteer, and unknown names of unmistakable Korean shape."""
    from corpus.entities.korean import person_readings

    for at in region.where(_surname_words()):
        start, _, surname = region.words[at]
        if not surname[0].isupper() or region.text[start - 1 : start] == "-":
            continue
        match = _NAME.match(region.text, start)
        if not match or (surname in STOP and surname not in _SURNAMES_THAT_ARE_WORDS):
            continue
        given = match[2]
        if given.split()[0] in _OPENS_NO_NAME:
            continue
        if surname in _SURNAMES_THAT_ARE_WORDS and "-" not in given and _opens(region, start):
            continue
        if _link(region, gazetteer, match):
            continue
        if (
            "-" in given
            and given.split("-")[1][:1].islower()
            and person_readings(match.group())
            and region.free(*match.span())
            and not claim_misspelt(region, gazetteer, *match.span())
        ):
            rule = "Korean name that the gazetteer does not know"
            region.add(Found(match.start(), match.end(), "PERSON", None, rule, 0.8))


def whole_korean_name(region: Region, gazetteer: Gazetteer, found: Found, ends: set[int]) -> Found:
    """Return `found`, or the name of three words that it is only the end of ("Choe Kang Chol" is no Kang Chol)."""
    if found.type != "PERSON":
        return found
    given = region.text[found.start : found.end].split(" ")
    if len(given) != 2 or not gazetteer.is_korean_person(found.entity or ""):
        return found
    at = region.word_at(found.start)
    surname = region.previous_word(at) if at > 0 else ""
    if not surname.istitle() or surname.lower() not in _surname_words() or surname in _OPENS_NO_NAME:
        return found
    start, end, _ = region.words[at - 1]
    if end in ends or gazetteer.near_names(region.text[start : found.end]):
        return found
    return Found(start, found.end, "PERSON", None, "Korean name that the gazetteer does not know", 0.7)


def _link(region: Region, gazetteer: Gazetteer, match: re.Match[str]) -> bool:
    forms = [match.end()]
    if " " in match[2]:
        forms.append(match.start(2) + len(match[2].split()[0]))
    for end in forms:
        written = region.text[match.start() : end]
        near = gazetteer.near_names(written)
        others = [distance for distance, entity, _ in near if entity != near[0][1]]
        if near and (not others or others[0] - near[0][0] > _MARGIN) and region.free(match.start(), end):
            row = gazetteer.rows[near[0][1]]
            rule = f"a spelling of {near[0][2]}, {row.name}"
            return region.add(Found(match.start(), end, "PERSON", row.id, rule, round(0.95 - near[0][0] / 2, 2)))
    return False


def _opens(region: Region, start: int) -> bool:
    """Tell whether a sentence begins here; after a semicolon a list goes on."""
    return region.starts_sentence(start) and not region.before(start, 2).startswith(";")


def find_spelt_places(region: Region, gazetteer: Gazetteer) -> None:
    """Claim capitalised words that spell the Hangul of a place in the gazetteer."""
    for at in region.where({word for word in region.places if len(word) >= 6 and _PLACE_END.search(word)}):
        start, end, word = region.words[at]
        if not word[0].isupper() or region.text[start - 1 : start] == "-" or not region.free(start, end):
            continue
        for distance, entity, hangul in gazetteer.near_names(word, place=True):
            row = gazetteer.rows[entity]
            if row.type in PLACES:
                rule = f"a spelling of {hangul}, {row.name}"
                region.add(Found(start, end, row.type, entity, rule, round(0.9 - distance, 2)))
                break
