"""Names that no list knows: capitals after a title, before a verb of saying, in pairs, or alone inside a sentence."""

from __future__ import annotations

import re

from corpus.entities.region import Found, Region, Scope
from corpus.entities.surnames import surnames_by_spelling
from corpus.entities.words import (
    CAPITAL_WORDS,
    CAPITALS_THAT_NAME_NOTHING,
    LAST_WORDS,
    LEADING,
    LINKS,
    MONTHS_AND_DAYS,
    PORTFOLIOS,
    STOP,
    TITLES,
    TRAILING,
    VERBS_OF_SAYING,
)

_CAPITALS = re.compile(
    r"(?<![\w'-])(?:[A-Z][^\W_]+(?:(?:'(?![sS]\b)|-)[^\W_]+)*|[A-Z]\.)"
    r"(?:[ \t]+(?:(?:of|for|and|the|on|de|van|von|bin|al)[ \t]+){0,2}(?:(?:[A-Z]|Jr|Sr|St)\.|[A-Z][^\W_]*(?:(?:'(?![sS]\b)|-)[^\W_]+)*))*"
)
_SAID = re.compile(rf",?\s*(?:\([^)]*\)\s*)?(?:{'|'.join(sorted(VERBS_OF_SAYING))})\b")
_TITLE_BEFORE = re.compile(r"\b([A-Za-z]+)\.?[ \t]+$")
_CONCEPT = re.compile(r"\b(?:Syndrome|Doctrine|Policy|Theory|Plan|Programme|Program|Project|Strategy)$")
_OCCASION = re.compile(r"\b(?:New Year|Day|Week|Prize|Award|Medal|Christmas|Thanksgiving)$")
_PLACE_BEFORE = re.compile(r"\b(?:in|at|from|near|to|of|outside|around|toward|towards|via|across)[ \t]+$")
_ALONE = re.compile(r"(?:[A-Z][a-z]{2,}|[A-Z][a-z]+[A-Z][a-z]+)(?:-[A-Z][a-z]+)?")
_WORD_ENDING = re.compile(r"(?:tion|ment|ness|ism|ists?|ity|ly|ful|ous|able|ship|hood|less|ing)s?$")
_FIRST_NAMES = frozenset({"Mark", "Will", "May", "April", "June", "Young", "Love"})
_MADE_LIKE = re.compile(
    r"-(?:like|style|era|led|based|backed|made|born|owned|run|trained|sponsored|controlled|inspired|type|class|flagged|funded|educated)$"
)
_SHIP_BEFORE = re.compile(r"\b(?:vessels?|ships?|tankers?|flagged|freighters?|ferry|boats?|carrier|cargo|M/V|MV)\b")
_NUMBER_AFTER = re.compile(
    r" (?:No\. ?)?\d{1,4}(?![\w,.]?\d)(?! (?:people|men|women|times|ships|vessels|years|miles|km))"
)
_ADDRESS = re.compile(r"[@#/_.]$")
_ORDINAL = re.compile(r"\b\d+(?:st|nd|rd|th)[ \t]$")
_WORD = re.compile(r"\S+")
_LINKED = re.compile(r"\b(?:of|for|and|the|on)\b")

_Word = tuple[int, int, str]


def find_unknown(region: Region, scope: Scope) -> None:
    """Claim capitalised names that are still free; their entity is None."""
    for match in _CAPITALS.finditer(region.text):
        name = match.group()
        if not region.open(*match.span()) or (name in STOP - {"Oh"} or len(name) < 2):
            continue
        words = [(m.start() + match.start(), m.end() + match.start(), m.group()) for m in _WORD.finditer(name)]
        for segment in _free_segments(region, words):
            for part in _apart(segment):
                if len(part) == 1 and part[0][2].isupper():
                    _abbreviation(region, part[0])
                elif trimmed := _trim(region, part):
                    _judge(region, scope, trimmed)


def _abbreviation(region: Region, word: _Word) -> None:
    """Claim an abbreviation that nothing explains, in articles: comments shout."""
    start, end, name = word
    if region.comment or not 3 <= len(name) <= 6 or not name.isalpha() or name in CAPITALS_THAT_NAME_NOTHING:
        return
    at = region.word_at(start)
    neighbours = (region.previous_word(at), region.next_word(at)) if at >= 0 else ("", "")
    shouted = any(len(other) > 3 and other.isupper() for other in neighbours)
    if not shouted and not region.headline(start) and not _ADDRESS.search(region.before(start, 1)):
        region.add(Found(start, end, "ORG", None, "abbreviation not in the gazetteer", 0.4))


def _free_segments(region: Region, words: list[_Word]) -> list[list[_Word]]:
    """Return the stretches of `words` that no mention has claimed, unless they touch one: those are parts of it.

    What follows a title begins anew ("Samsung Chairman Lee"), as does what follows the people of a state.
    """
    segments: list[list[_Word]] = [[]]
    touching = False
    for word in words:
        if region.free(word[0], word[1]):
            if not touching or word[2] in LINKS or word[2] in TITLES:
                segments[-1].append(word)
                touching = False
            continue
        if segments[-1] and segments[-1][-1][2] not in LINKS and segments[-1][-1][2] not in TITLES:
            segments.pop()
        segments.append([])
        touching = not region.is_people(word[0])
    return segments


def _apart(words: list[_Word]) -> list[list[_Word]]:
    """Cut 'Adam Schiff and Lara Logan' in two, and 'Acme Chairman Lara Logan'; 'Institute for Science and Security' is one."""
    parts: list[list[_Word]] = [[]]
    for word in words:
        if word[2] == "and" and not any(before[2] in ("of", "for") for before in parts[-1]):
            parts.append([])
        elif word[2] in TITLES and parts[-1] and parts[-1][-1][2] not in LINKS:
            parts[-1].append(word)
            parts.append([])
        else:
            parts[-1].append(word)
    return parts


def _trim(region: Region, words: list[_Word]) -> list[_Word]:
    """Drop what begins or ends no name: sentence openers, titles and what they are titles of, small words."""
    titled = False
    while words and words[-1][2] in TITLES and len(words) > 1:
        words.pop()
        titled = True
    while titled and words and words[-1][2] in PORTFOLIOS | STOP:
        words.pop()
    while words and _opens_no_name(region, words, titled):
        titled = titled or words[0][2] in TITLES
        words.pop(0)
    while words and (
        words[-1][2].lower() in LINKS
        or words[-1][2].rstrip(".") in MONTHS_AND_DAYS
        or words[-1][2] in TRAILING
        or words[-1][2] == "I"
    ):
        words.pop()
    return words


def _opens_no_name(region: Region, words: list[_Word], titled: bool) -> bool:
    word = words[0][2].rstrip(".")
    if word in LEADING and len(words) > 1 and not region.starts_sentence(words[0][0]):
        return False
    if titled and word in PORTFOLIOS and words[-1][2] not in LAST_WORDS:
        return True
    if titled and len(words) > 1 and word in _FIRST_NAMES:
        return False
    if word == "Do" and len(words) == 3 and not region.starts_sentence(words[0][0]):
        return False  # a Korean given name: "Do Yeon Lee"
    return word in STOP or word in TITLES or word in MONTHS_AND_DAYS or words[0][2] in LINKS


def _judge(region: Region, scope: Scope, words: list[_Word]) -> None:
    start, end = words[0][0], words[-1][1]
    if made_like := _MADE_LIKE.search(region.text, start, end):
        end = made_like.start()
    name = region.text[start:end]
    if not region.free(start, end) or name.lower() in scope.handles:
        return
    if all(word.isupper() for _, _, word in words) or region.headline(start):
        return
    capitals = sum(word[0].isupper() for _, _, word in words)
    before = _TITLE_BEFORE.search(region.before(start, 28))
    titled = bool(before and before[1] in TITLES)
    if capitals >= 2:
        rule, confidence = (
            ("capitalised name after a title", 0.75) if titled else ("capitalised words not in the gazetteer", 0.5)
        )
        kind = _type(name, words, capitals)
        if kind == "ORG" and (ordinal := _ORDINAL.search(region.before(start, 7))):
            start -= len(ordinal.group())
        if kind == "PERSON" and _SHIP_BEFORE.search(region.before(start, 60)):
            number = _NUMBER_AFTER.match(region.text, end)
            kind, end = ("WEAPON", number.end()) if number else (kind, end)
        region.add(Found(start, end, kind, None, rule, confidence))
    elif found := _one_word(region, scope, start, end, titled):
        scope.names.add(name)
        region.add(found)


def _one_word(region: Region, scope: Scope, start: int, end: int, titled: bool) -> Found | None:
    """Return a name of one word: after a title, before a verb of saying, used before, or a capital inside a sentence."""
    name = region.text[start:end]
    if len(name) < 3 or name.isupper():
        short = titled and name.istitle() and name.lower() in surnames_by_spelling()
        return Found(start, end, "PERSON", None, "surname after a title", 0.5) if short else None
    opens = region.starts_sentence(start)
    if titled:
        return Found(start, end, "PERSON", None, "capitalised name after a title", 0.6)
    if name in CAPITAL_WORDS or name in LAST_WORDS or name in PORTFOLIOS:
        return None
    if not opens and _SAID.match(region.text, end):
        return Found(start, end, "PERSON", None, "capitalised name before a verb of saying", 0.5)
    if name in scope.names:
        return Found(start, end, "PERSON", None, "capitalised name, used before", 0.5)
    if opens or not _ALONE.fullmatch(name):
        return None
    if _WORD_ENDING.search(name) or _ADDRESS.search(region.before(start, 1)) or region.also_in_lower_case(name):
        return None
    kind = "GPE" if _PLACE_BEFORE.search(region.before(start, 10)) else "PERSON"
    return Found(start, end, kind, None, "capital inside a sentence", 0.4)


def _type(name: str, words: list[_Word], capitals: int) -> str:
    if _OCCASION.search(name):
        return "EVENT"
    kinds = {kind for _, _, word in words if (kind := LAST_WORDS.get(word))}
    for kind in ("ORG", "LAW", "EVENT", "LOC", "FAC"):
        if kind in kinds:
            return kind
    if _CONCEPT.search(name) or capitals > 4 or _LINKED.search(name):
        return "CONCEPT"
    return "PERSON"
