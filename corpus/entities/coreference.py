"""Surnames alone: whom an article means by 'Moon' or 'Ri' once it has named them, or without having to."""

from __future__ import annotations

import re

from corpus.entities.gazetteer import OPEN_END, Gazetteer
from corpus.entities.jamo import is_hangul
from corpus.entities.region import Found, Person, Region, Scope
from corpus.entities.surnames import surnames_by_spelling
from corpus.entities.words import STOP, TITLES, word_set

_WORDS_TOO = word_set("moon park song bush rice long sung ban bach young no an so in oh do you ha won ra long")
"""Surnames that are words: they need their capital, and a verb at the start of a sentence."""
_IS = re.compile(
    r"'s\b|\s+(?:is|has|was|will|would|should|can|did|does|needs|wants|just|and|said|says|isnt|isn't|aint|ain't|lies|thinks)\b"
)
_LOWER_IN_COMMENTS = frozenset({"kim", "trump", "xi"})
_PREDICATE = re.compile(
    r"(?:'s|,| \(|\s+(?:said|has|had|is|was|will|would|told|took|and|who|also|may|might|should|called|wants|won|met|did|does|says|can|could|must|seems|made|went|gave|agreed|announced|accepted|added|knows|needs|thinks|still|never)\b)"
)
_NOT_A_PERSON = re.compile(r"[ \t]+(?:[Ss]yndrome|[Tt]owers?|[Cc]ards?|[Rr]iver|landing|light)\b")
_ARTICLE = re.compile(r"\b(?:[Tt]he|[Aa]|[Nn]ew|[Ff]ull|[Hh]alf)\s$")
_OF_THE_LEADER = re.compile(
    r"'s[ \t]+(?:(?:younger|older|little|half|late|own)[ -])?(?:sister|brother|father|grandfather|wife|regime|dynasty|government)\b|[ \t]+(?:regime|dynasty|family)\b"
)
_LIKE_A_NAME = re.compile(
    r"\b(?:by|like|of|with|about|and|mr|president|donald|that|if|because|for|to|vote[ds]?|both)\s$", re.I
)
_PLURAL_TITLE = re.compile(
    r"\b([Pp]resident|[Ss]ecretar|[Ss]enator|[Gg]eneral|[Mm]inister)(?:ie)?s (?:(?:[A-Z][a-z]+, )*[A-Z][a-z]+,? and )?$"
)
_RULE = re.compile(r"[ \t]+(?:administration|government|presidency|regime|family|camp|team)\b")
_MINISTER_OF = re.compile(r"\b(Secretary|Minister|Director) of (?:[A-Z][a-z]+ ){1,2}$")
_PART_OF_NAME = re.compile(r"[ \t]+(?:Jong|Il|Jae)")


def introduce(region: Region, scope: Scope, gazetteer: Gazetteer) -> None:
    """Add the people named in full in this text to the scope, in the order of the text."""
    for found in region:
        if found.type != "PERSON":
            continue
        if is_hangul(surface := region.text[found.start : found.end]):
            scope.introduce(Person(surface[0], found.entity, surface))
            continue
        words = [word for word in re.split(r"[ \-]+", region.text[found.start : found.end]) if word[:1].isalpha()]
        surname = _surname(found, words, gazetteer)
        if surname:
            row = gazetteer.rows.get(found.entity or "")
            label = row.name if row else region.text[found.start : found.end]
            scope.introduce(Person(surname, found.entity, label))


def _surname(found: Found, words: list[str], gazetteer: Gazetteer) -> str | None:
    spellings = surnames_by_spelling()
    row = gazetteer.rows.get(found.entity or "")
    if row is not None and len(words) == 1 and not gazetteer.is_korean_person(row.id):
        # 'Trump' alone introduces Trump as much as the full name does
        return words[0].lower() if words[0].lower() == row.name.split()[-1].lower() else None
    if len(words) < 2:
        return None
    korean = gazetteer.is_korean_person(row.id) if row else found.rule.startswith("Korean name")
    if korean:
        return (words[0] if words[0].lower() in spellings else words[-1]).lower()
    if row is not None:
        from corpus.entities.rows import surname_of

        return surname_of(row)
    return words[-1].lower()


def resolve_surnames(region: Region, scope: Scope, gazetteer: Gazetteer) -> None:
    """Claim surnames that stand alone: people of this scope first, then the leader of the day, then the only one known."""
    likely = {
        word for word in region.places if scope.knows(word) or word in gazetteer.priors or word in gazetteer.surnames
    }
    for at in region.where(likely):
        start, end, _ = region.words[at]
        if region.free(start, end) and _may_be_surname(region, scope, at):
            who = _whom(region, scope, gazetteer, at)
            if who:
                entity, rule, confidence = who
                region.add(Found(start, end, "PERSON", entity, rule, confidence))


def _after_title(region: Region, at: int) -> bool:
    before = region.before(region.words[at][0], 40)
    return (
        region.previous_word(at) in TITLES
        or _PLURAL_TITLE.search(before) is not None
        or _MINISTER_OF.search(before) is not None
    )


_TITLES_TOLD = {"Sen": "senator", "Gen": "general", "Rep": "congressman", "Secretary": "secretary"}


def _title_before(region: Region, at: int) -> str:
    """Return the title before a surname as descriptions have it ("senator"), or ""."""
    if minister := _MINISTER_OF.search(region.before(region.words[at][0], 40)):
        return minister[1].lower()
    plural = _PLURAL_TITLE.search(region.before(region.words[at][0], 40))
    word = plural[1] if plural else region.previous_word(at)
    return _TITLES_TOLD.get(word, word).lower() if word in TITLES or plural else ""


def _may_be_surname(region: Region, scope: Scope, at: int) -> bool:
    """Tell whether the word stands like a surname: capital, not inside another name, not a common word."""
    start, end, word = region.words[at]
    surname = region.lower[at]
    text = region.text
    if not word[0].isupper():
        lower_ok = region.comment and surname in _LOWER_IN_COMMENTS
        if lower_ok and not scope.named(surname):
            lower_ok = bool(_IS.match(text, end) or _LIKE_A_NAME.search(region.before(start, 12)))
        if not lower_ok or _NOT_A_PERSON.match(text, end):
            return False
    if len(word) > 1 and word.isupper() and len(word) <= 3 and surname not in ("kim", "ri", "lee"):
        return False
    if text[start - 1 : start] == "-" or (text[end : end + 1] == "-" and text[end + 1 : end + 2].isalpha()):
        return False
    if _NOT_A_PERSON.match(text, end) or _inside_other_name(region, at):
        return False
    if surname in _WORDS_TOO:
        if _ARTICLE.search(region.before(start, 6)) and not _RULE.match(text, end):
            return False
        certain = scope.knows(surname) or _after_title(region, at) or _PREDICATE.match(text, end)
        if region.starts_sentence(start) and not certain:
            return False
    return True


def _inside_other_name(region: Region, at: int) -> bool:
    following, before = region.next_word(at), region.previous_word(at)
    if following[:1].isupper() and following[1:2].islower() and following not in STOP:
        next_start, next_end, _ = region.words[at + 1]
        if region.free(next_start, next_end) and not _PART_OF_NAME.match(region.text, region.words[at][1]):
            return True
    named = before[:1].isupper() and before not in STOP and not before.isupper()
    if named and not _after_title(region, at):
        start, end, _ = region.words[at - 1]
        return region.free(start, end) and region.text[end : end + 1] != "."
    return False


def _whom(region: Region, scope: Scope, gazetteer: Gazetteer, at: int) -> tuple[str | None, str, float] | None:
    """Return (entity, rule, confidence) of the person that the surname at a word means, or None."""
    surname = region.lower[at]
    named = scope.named(surname)
    leader = _leader(region.day, gazetteer, surname)
    if region.previous_word(at) in ("Ms", "Mrs"):
        # no leader so far has been a woman but one, and she is still found as the only one named
        named = [person for person in named if person.entity != leader] or named
    if leader and _OF_THE_LEADER.match(region.text, region.words[at][1]):
        named = [person for person in named if person.entity == leader]
    if named:
        leaders = [person for person in named if leader and person.entity == leader]
        person = leaders[0] if leaders else named[0]
        return person.entity, f"surname of {person.label}, named before", 0.9 if len(named) == 1 else 0.7
    if leader:
        name = gazetteer.rows[leader].name
        return leader, f"surname of {name}, in office at the time", 0.75
    if region.words[at][2].islower():
        known = [alias.entity for alias in gazetteer.trie.get(surname, {}).get("", ())]
        return (known[0], "a surname in lower case", 0.6) if known else None
    people = gazetteer.surnames.get(surname, ())
    if len(people) > 1 and (title := _title_before(region, at)):
        people = tuple(entity for entity in people if title in gazetteer.rows[entity].description.lower())
    if len(people) == 1 and _after_title(region, at):
        return people[0], f"surname of {gazetteer.rows[people[0]].name}, the only one in the gazetteer", 0.6
    return None


def _leader(day: str | None, gazetteer: Gazetteer, surname: str) -> str | None:
    priors = gazetteer.priors.get(surname, ())
    if day is None:
        lasting = [prior for prior in priors if prior.until == OPEN_END]
        return lasting[0].entity if lasting else priors[0].entity if len(priors) == 1 else None
    return next((prior.entity for prior in priors if prior.holds(day)), None)
