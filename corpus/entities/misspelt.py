"""Well known names with one letter wrong: 'Panmunjon', 'Yongbyun', 'Moon Jae-un'."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from corpus.entities.region import Found, Region
from corpus.entities.surnames import surnames_by_spelling
from corpus.entities.words import CAPITAL_WORDS, LAST_WORDS, MONTHS_AND_DAYS, STOP

if TYPE_CHECKING:
    from corpus.entities.gazetteer import Gazetteer
    from corpus.entities.rows import Row

Index = dict[tuple[str, int], list[tuple[str, str]]]
"""(first letter, length) of a name without its blanks and hyphens -> (name, entity id)."""

SHORTEST = 7
"""Shorter words are within a letter of too many others."""
_CONFIDENCE = 0.45
_SEVERAL = re.compile(r"[A-Z][a-z]+ [A-Z][a-z]+(?:-| )[A-Za-z][a-z]+(?![\w-])")
_LETTERS = re.compile(r"[^a-z]")
_PLACES_TOO_NEAR = 8


def build_index(gazetteer: Gazetteer) -> Index:
    """Return the well known names, by first letter and length.

    A name is well known if its entity has a Wikidata item or, for people, an office by which a surname is understood.
    """
    index: Index = defaultdict(list)
    leaders = {prior.entity for priors in gazetteer.priors.values() for prior in priors}
    for alias in gazetteer.aliases:
        row = gazetteer.rows[alias.entity]
        letters = _LETTERS.sub("", alias.text.lower())
        whole = len(alias.words) == 1 or (row.type == "PERSON" and len(alias.words) <= 3)
        if alias.kind != "name" or not whole or len(letters) < SHORTEST or not alias.text[0].isupper():
            continue
        if _well_known(row, letters, leaders):
            index[letters[0], len(letters)].append((letters, alias.entity))
    return dict(index)


def _well_known(row: Row, letters: str, leaders: set[str]) -> bool:
    if row.type == "PERSON":
        return bool(row.wikidata) or row.id in leaders
    return bool(row.wikidata) or (
        row.type in ("GPE", "FAC", "LOC") and bool(row.hangul) and len(letters) >= _PLACES_TOO_NEAR
    )


def find_misspelt(region: Region, gazetteer: Gazetteer) -> None:
    """Claim capitalised words, and full Korean names, that are one letter away from exactly one well known name."""
    surnames = surnames_by_spelling()
    for start, end, word in region.words:
        if not word[0].isupper() or not word[1:2].islower():
            continue
        if len(word) >= SHORTEST and word.isalpha() and region.free(start, end) and not _is_word(region, word):
            claim_misspelt(region, gazetteer, start, end)
        elif word.lower() in surnames and (match := _SEVERAL.match(region.text, start)) and region.free(*match.span()):
            claim_misspelt(region, gazetteer, *match.span())


def _is_word(region: Region, word: str) -> bool:
    return (
        word in STOP or word in CAPITAL_WORDS or word in LAST_WORDS or word in MONTHS_AND_DAYS
        or region.also_in_lower_case(word)
    )  # fmt: skip


def claim_misspelt(region: Region, gazetteer: Gazetteer, start: int, end: int) -> bool:
    """Claim [start, end) if it is one letter away from exactly one well known name; tell whether it is."""
    letters = _LETTERS.sub("", region.text[start:end].lower())
    found = {entity for name, entity in _near(gazetteer.misspelling_index, letters) if _one_edit(letters, name)}
    if len(found) > 1:
        # a name that everyone knows is meant before one that few do
        found = {entity for entity in found if gazetteer.rows[entity].wikidata or gazetteer.rows[entity].checked}
    if len(found) != 1:
        return False
    [entity] = found
    row = gazetteer.rows[entity]
    return region.add(Found(start, end, row.type, entity, f"misspelling of {row.name}", _CONFIDENCE))


def _near(index: Index, letters: str) -> list[tuple[str, str]]:
    length = len(letters)
    return [name for size in (length - 1, length, length + 1) for name in index.get((letters[0], size), ())]


def _one_edit(a: str, b: str) -> bool:
    """Tell whether one letter changed, added, left out, or two neighbours swapped make `a` of `b`."""
    if len(a) > len(b):
        a, b = b, a
    at = next((at for at, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), len(a))
    if len(a) < len(b):
        return a[at:] == b[at + 1 :]
    return a[at + 1 :] == b[at + 1 :] or (a[at : at + 2] == b[at : at + 2][::-1] and a[at + 2 :] == b[at + 2 :])
