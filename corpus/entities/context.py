"""Names whose meaning hangs on their surroundings: abbreviations just explained, and ministries."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.entities.gazetteer import Gazetteer
from corpus.entities.region import Found, Region, Scope
from corpus.entities.words import word_set

_BRACKETED = re.compile(r"\(([A-Z]{2,6})\)")


def find_abbreviations(region: Region, scope: Scope, gazetteer: Gazetteer) -> None:
    """Claim '(DMZ)' after a name, remember it for the document, and claim every abbreviation remembered."""
    if "(" in region.text:
        ends = {found.end: found for found in region.found if found.type != "DATE"}
        for match in _BRACKETED.finditer(region.text):
            named = ends.get(match.start() - 1) or ends.get(match.start())
            if named:
                row = gazetteer.rows.get(named.entity or "")
                label = row.name if row else region.text[named.start : named.end]
                rule = f"abbreviation of {label}, given before"
                found = Found(match.start(1), match.end(1), named.type, named.entity, rule, 0.9)
                scope.abbreviations.setdefault(match[1], found)
                region.add(found)
    for written, meaning in scope.abbreviations.items():
        for at in region.places.get(written.lower(), ()):
            start, end, word = region.words[at]
            if word == written:
                region.add(Found(start, end, meaning.type, meaning.entity, meaning.rule, meaning.confidence))


_OF_THE_SOUTH = {
    "ministry-of-foreign-affairs-rok": "mfa",
    "ministry-of-defense-rok": "mod",
    "ministry-of-unification": "mou",
    "jcs-rok": "jcs",
    "national-assembly": "parliament",
}
"""Bodies whose bare names ('the foreign ministry') are those of the South where no other country is near."""

_COUNTRY_OF = {
    "seoul": "south-korea",
    "pyongyang": "north-korea",
    "washington": "united-states",
    "beijing": "china",
    "tokyo": "japan",
    "moscow": "russia",
    "blue-house": "south-korea",
}
_ELSEWHERE = {
    ("north-korea", "mfa"): "mfa-dprk",
    ("north-korea", "mod"): "mod-dprk",
    ("china", "mfa"): "mfa-china",
    ("china", "mod"): "mod-china",
    ("japan", "mfa"): "mfa-japan",
    ("japan", "mod"): "mod-japan",
    ("russia", "mfa"): "mfa-russia",
    ("russia", "mod"): "mod-russia",
    ("united-states", "jcs"): "jcs-us",
}
_PARTIES = {"democratic-party-us": "democratic-party-korea"}
"""Parties of one name in the United States and in the South: the people and places named around it tell which."""
_NEAR = 600
_TOUCHING = re.compile(r"(?:'s?)?\s+")


def place_ministries(region: Region, gazetteer: Gazetteer, matches: Sequence[Found]) -> list[Found]:
    """Return `matches` with bare ministries given to the right country, or left out where it is unknown."""
    kept: list[Found] = []
    for at, found in enumerate(matches):
        if kept and found.start < kept[-1].end:
            continue
        kind = _OF_THE_SOUTH.get(found.entity or "")
        if kind is None or not _is_bare(region, found):
            kept.append(found)
            continue
        if whole := _of_country(region, gazetteer, kind, found, matches[at + 1 : at + 2]):
            kept.append(whole)
            continue
        owner = matches[at - 1] if at and _TOUCHING.fullmatch(region.text[matches[at - 1].end : found.start]) else None
        country = _country(owner) if owner and (owner.type in ("GPE", "NORP")) else None
        country = "south-korea" if country == "korea" else country
        entity: str | None
        if country is None:
            if kind != "mou" and _abroad(region, found, matches):
                continue
            kept.append(found)
        elif country == "south-korea":
            kept.append(found)
        else:
            entity = _ELSEWHERE.get((country, kind))
            if entity in gazetteer.rows:
                name = gazetteer.rows[country].name
                kept.append(
                    Found(found.start, found.end, "ORG", entity, f"the ministry is of {name}, named just before", 0.85)
                )
            elif region.text[found.start].isupper():
                kept.append(Found(found.start, found.end, "ORG", None, "a body of another country", 0.6))
    return kept


_OF = re.compile(r"\s+of\s+(?:the\s+)?")


def _of_country(region: Region, gazetteer: Gazetteer, kind: str, found: Found, after: Sequence[Found]) -> Found | None:
    """Return 'Foreign Ministry of the DPRK' as one body."""
    if not after or after[0].type != "GPE" or not _OF.fullmatch(region.text, found.end, after[0].start):
        return None
    country = _country(after[0])
    entity = found.entity if country == "south-korea" else _ELSEWHERE.get((country or "", kind))
    rule = "a body, and the country that it is of"
    return Found(found.start, after[0].end, "ORG", entity if entity in gazetteer.rows else None, rule, 0.85)


def place_parties(region: Region, gazetteer: Gazetteer, matches: Sequence[Found]) -> list[Found]:
    """Return `matches` with parties that share their name given to the country that the text around speaks of."""
    return [
        Found(found.start, found.end, found.type, southern, "party of the South, by what is named around it", 0.8)
        if (southern := _PARTIES.get(found.entity or ""))
        and southern in gazetteer.rows
        and _is_southern(region, gazetteer, found, matches)
        else found
        for found in matches
    ]


def _is_southern(region: Region, gazetteer: Gazetteer, party: Found, matches: Sequence[Found]) -> bool:
    """Tell whether more southern than American people, bodies and places stand near the party."""
    if not region.text[party.start : party.end].endswith("Party"):
        return False
    score = 0
    for found in matches:
        if found.entity is None or found is party or abs(found.start - party.start) > _NEAR:
            continue
        if found.entity in _SOUTHERN or (found.type == "PERSON" and gazetteer.is_korean_person(found.entity)):
            score += 1
        elif found.entity in _AMERICAN or found.type == "PERSON":
            score -= 1
    return score > 0


_SOUTHERN = word_set(
    """south-korea seoul blue-house national-assembly people-power-party liberty-korea-party saenuri-party
    grand-national-party bareunmirae-party bareun-party justice-party constitutional-court yonhap"""
)
_AMERICAN = word_set("united-states washington us-congress republican-party white-house us-senate")


def _is_bare(region: Region, found: Found) -> bool:
    return not region.text[found.start : found.end].startswith(("South", "ROK", "Korea", "Republic"))


def _country(found: Found) -> str | None:
    return _COUNTRY_OF.get(found.entity or "", found.entity)


def _abroad(region: Region, found: Found, matches: Sequence[Found]) -> bool:
    """Tell whether the sentence names countries, and the South is not among them."""
    left, right = region.clause(found.start, found.end)
    countries = {
        _country(other)
        for other in matches
        if left <= other.start < right and other.type in ("GPE", "NORP") and other is not found
    }
    return bool(countries) and "south-korea" not in countries and countries != {"korea"}
