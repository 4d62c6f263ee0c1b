"""Names that are longer than what the gazetteer knows of them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.entities.gazetteer import Gazetteer
from corpus.entities.region import Found, Region
from corpus.entities.words import CAPITAL_WORDS, LAST_WORDS, MONTHS_AND_DAYS, PORTFOLIOS, STOP, TITLES

_NAME = r"[A-Z](?:[\w\-]|'(?![sS]\b))*"
_TAIL = re.compile(rf"(?:[ \t]+(?:(?:of|for|and)[ \t]+)?{_NAME}){{1,5}}")
_HEAD_OF = re.compile(rf"(?:{_NAME}\s+(?:(?:of|for|and|on)\s+(?={_NAME}))?){{1,5}}of\s+(?:the\s+)?$")
_OF_STATE = re.compile(r"\s+of\s+(?:the\s+)?")
_KOREAN_STATES = frozenset({"north-korea", "south-korea", "wpk"})
_ENDS_IN_OF = re.compile(r"\bof\s+(?:the\s+)?$")
_WORD = re.compile(r"[A-Za-z][\w'-]*")
_YEAR_BETWEEN = re.compile(r"\s(?:[12]\d{3}\s)?")
_BUSINESS = ("Business group", "Largest business group", "Car maker", "Steel maker", "Internet company")
_ONE_MORE = re.compile(r"[ \t]+([A-Z][a-z]{3,})(?![\w-])")
_SECRETARY = re.compile(r"[ \t]+Secretary\b")
_YEAR_BEFORE = re.compile(r"(?<![\d-])([12]\d{3}|\d\d?(?:st|nd|rd|th)) $")
_JUNIOR = re.compile(r",?\s(?:Sr|Jr)\.")
_HOSTS = frozenset({"pyeongchang", "south-korea", "gangneung", "korea"})
_GIVE_THEIR_NAME = frozenset({"GPE", "ORG", "LOC", "FAC", "NORP"})
_PARTS_OF_STATES = frozenset({"Province", "Oblast", "County", "Prefecture", "City", "Region", "Governorate", "Krai"})
_BODIES_ONLY = frozenset({"ORG"})
_ALL_KINDS = frozenset({"ORG", "FAC", "LAW", "EVENT", "LOC"})
_BODY_WORDS = frozenset(word for word, kind in LAST_WORDS.items() if kind == "ORG")


def widen(region: Region, gazetteer: Gazetteer, matches: Sequence[Found]) -> list[Found]:
    """Return the gazetteer's matches with those made longer that are part of a longer name.

    PLACE + EVENT is the event; a name and capitals up to a word such as 'Committee' is a body of its own,
    as is 'Committee of X'; a known surname takes in the first name before it.
    """
    widened: list[Found] = []
    at = 0
    while at < len(matches):
        found = matches[at]
        following = matches[at + 1] if at + 1 < len(matches) else None
        if following and found.entity in _HOSTS and following.type == "EVENT" and found.type == "GPE" and (
            _YEAR_BETWEEN.fullmatch(region.text[found.end : following.start])
        ):  # fmt: skip
            rule = "place and event in the gazetteer"
            widened.append(Found(found.start, following.end, "EVENT", following.entity, rule, 0.95))
            at += 2
            continue
        if following and (whole := _of_state(region, found, following)):
            widened.append(whole)
            at += 2
            continue
        done_to = widened[-1].end if widened else 0
        body = (
            _branch(region, gazetteer, found, following)
            or _longer(region, found, following, done_to)
            or _body_before(region, found, done_to)
        )
        widened.append(body or _with_year(region, gazetteer, _whole_person(region, gazetteer, found)))
        at += 1
    return widened


def _of_state(region: Region, found: Found, following: Found) -> Found | None:
    """Return 'State Affairs Commission of the DPRK' and 'Central Committee of the WPK' as one body."""
    name = region.text[found.start : found.end]
    if found.type != "ORG" or following.entity not in _KOREAN_STATES or " " not in name or not name[0].isupper():
        return None
    if not _OF_STATE.fullmatch(region.text, found.end, following.start):
        return None
    return found._replace(end=following.end)


def _longer(region: Region, found: Found, following: Found | None, done_to: int) -> Found | None:
    """Return the longer name that `found` begins: a province, a body, a building, an accord or an event named after it."""
    if found.type not in _GIVE_THEIR_NAME or region.headline(found.start):
        return None
    tail = _TAIL.match(region.text, found.end)
    if not tail or (following and following.start < tail.end()):
        tail = _TAIL.match(region.text[: following.start].rstrip(), found.end) if following else None
        if not tail:
            return None
    words = list(_WORD.finditer(tail.group()))
    if found.type == "GPE" and words[0].group() in _PARTS_OF_STATES:
        return Found(found.start, found.end + words[0].end(), found.type, found.entity, found.rule, found.confidence)
    kinds = [(word, LAST_WORDS[word.group()]) for word in words if word.group() in LAST_WORDS]
    wanted = _BODIES_ONLY if found.type == "NORP" else _ALL_KINDS
    ends = [(word, kind) for word, kind in kinds if kind in wanted and (found.type != "NORP" or word is not words[0])]
    if not ends or any(word.group() in TITLES for word in words[: words.index(ends[-1][0])]):
        return None
    last, kind = ends[-1]
    if last.group() == "Press" and _SECRETARY.match(region.text, found.end + last.end()):
        return None  # "White House Press Secretary"
    start = _first_capital(region, found.start, done_to) if found.type != "NORP" else found.start
    kind_of = {"ORG": "body", "FAC": "building", "LAW": "treaty", "EVENT": "event", "LOC": "place"}[kind]
    return Found(start, found.end + last.end(), kind, None, f"gazetteer name with the name of a {kind_of}", 0.7)


def _branch(region: Region, gazetteer: Gazetteer, found: Found, following: Found | None) -> Found | None:
    """Return the branch of a business group that is named after it and has one more word ("Lotte Confectionery")."""
    row = gazetteer.rows.get(found.entity or "")
    if found.type != "ORG" or row is None or not row.description.startswith(_BUSINESS) or region.headline(found.start):
        return None
    tail = _ONE_MORE.match(region.text, found.end)
    if not tail or (following and following.start < tail.end()) or _ONE_MORE.match(region.text, tail.end()):
        return None
    word = tail[1]
    if word in STOP or word in TITLES or word in PORTFOLIOS or word in CAPITAL_WORDS or word in MONTHS_AND_DAYS:
        return None
    return Found(found.start, tail.end(), "ORG", None, f"branch of {row.name}", 0.6)


def _first_capital(region: Region, start: int, done_to: int) -> int:
    """Return where the name really begins if a capital word stands just before `start` ("Liberal Korea Party")."""
    at = region.word_at(start)
    before = region.previous_word(at, " ") if at > 0 else ""
    if not before.istitle() or len(before) < 3 or before in STOP or before in TITLES or before in MONTHS_AND_DAYS:
        return start
    first = region.words[at - 1][0]
    return first if first >= done_to and not region.starts_sentence(first) else start


def _body_before(region: Region, found: Found, done_to: int) -> Found | None:
    if found.type != "GPE" or not _ENDS_IN_OF.search(region.before(found.start, 9)):
        return None
    offset = max(done_to, found.start - 70)
    head = _HEAD_OF.search(region.text, offset, found.start)
    if not head or (offset and region.text[offset - 1].isalnum() and head.start() == offset):
        return None
    words = list(_WORD.finditer(region.text, head.start(), found.start))
    while words and words[0].group() in STOP:
        words.pop(0)
    if not any(word.group() in _BODY_WORDS for word in words):
        return None
    return Found(words[0].start(), found.end, "ORG", None, "name of a body that ends in a gazetteer name", 0.7)


def _with_year(region: Region, gazetteer: Gazetteer, found: Found) -> Found:
    """Take in the year of an event that is known by it ("the 2018 PyeongChang Olympics")."""
    if found.type != "EVENT" or not region.text[found.start].isupper():
        return found
    year = _YEAR_BEFORE.search(region.before(found.start, 6))
    row = gazetteer.rows.get(found.entity or "")
    if not year or row is None:
        return found
    if year[1].isdigit() and year[1] not in f"{row.id} {row.name} {row.description}":
        return found
    return found._replace(start=found.start - len(year.group()))


def _whole_person(region: Region, gazetteer: Gazetteer, found: Found) -> Found:
    if found.type != "PERSON" or found.entity is None:
        return found
    start, end = found.start, found.end
    row = gazetteer.rows[found.entity]
    names = row.name.split()
    if len(names) >= 2 and region.text[start:end] == names[-1]:
        first = re.search(re.escape(names[0]) + r"\s+(?:[A-Z][a-z]*\.?\s+){0,2}$", region.before(start, 30))
        if first:
            start = max(0, start - 30) + first.start()
    if junior := _JUNIOR.match(region.text, end):
        end = junior.end()
    return Found(start, end, found.type, found.entity, found.rule, found.confidence)
