"""Names that no list knows: capitals after a title, before a verb of saying, or in pairs."""

from __future__ import annotations

import re

from corpus.entities.region import Found, Region, Scope
from corpus.entities.words import LAST_WORDS, LINKS, MONTHS_AND_DAYS, STOP, TITLES, VERBS_OF_SAYING

_CAPITALS = re.compile(
    r"(?<![\w'-])(?:[A-Z][^\W_]+(?:['\-][^\W_]+)*|[A-Z]\.)"
    r"(?:[ \t]+(?:(?:of|for|and|the|on|de|van|von|bin|al)[ \t]+){0,2}(?:(?:[A-Z]|Jr|Sr|St)\.|[A-Z][^\W_]*(?:['\-][^\W_]+)*))*"
)
_SAID = re.compile(rf",?\s*(?:\([^)]*\)\s*)?(?:{'|'.join(sorted(VERBS_OF_SAYING))})\b")
_TITLE_BEFORE = re.compile(r"\b([A-Za-z]+)\.?[ \t]+$")
_CONCEPT = re.compile(r"\b(?:Syndrome|Doctrine|Policy|Theory|Plan|Programme|Program|Project|Strategy)$")
_WORD = re.compile(r"\S+")
_LINKED = re.compile(r"\b(?:of|for|and|the|on)\b")

_Word = tuple[int, int, str]


def find_unknown(region: Region, scope: Scope) -> None:
    """Claim capitalised names that are still free; their entity is None."""
    for match in _CAPITALS.finditer(region.text):
        name = match.group()
        if not region.open(*match.span()) or (name in STOP or len(name) < 3):
            continue
        words = [(m.start() + match.start(), m.end() + match.start(), m.group()) for m in _WORD.finditer(name)]
        for segment in _free_segments(region, words):
            for part in _apart(segment):
                if trimmed := _trim(part):
                    _judge(region, scope, trimmed)


def _free_segments(region: Region, words: list[_Word]) -> list[list[_Word]]:
    """Return the stretches of `words` that no mention has claimed, unless they touch one: those are parts of it."""
    segments: list[list[_Word]] = [[]]
    touching = False
    for word in words:
        if region.free(word[0], word[1]):
            if not touching or word[2] in LINKS:
                segments[-1].append(word)
                touching = False
            continue
        if segments[-1] and segments[-1][-1][2] not in LINKS and segments[-1][-1][2] not in TITLES:
            segments.pop()
        segments.append([])
        touching = True
    return segments


def _apart(words: list[_Word]) -> list[list[_Word]]:
    """Cut 'Adam Schiff and Lara Logan' in two; 'Institute for Science and Security' is one name."""
    parts: list[list[_Word]] = [[]]
    for word in words:
        if word[2] == "and" and not any(before[2] in ("of", "for") for before in parts[-1]):
            parts.append([])
        else:
            parts[-1].append(word)
    return parts


def _trim(words: list[_Word]) -> list[_Word]:
    """Drop what begins or ends no name: sentence openers, titles, small words."""
    while words and (words[0][2].rstrip(".") in STOP | TITLES | MONTHS_AND_DAYS or words[0][2] in LINKS):
        words.pop(0)
    while words and (
        words[-1][2].lower() in LINKS or words[-1][2].rstrip(".") in MONTHS_AND_DAYS or words[-1][2] == "I"
    ):
        words.pop()
    return words


def _judge(region: Region, scope: Scope, words: list[_Word]) -> None:
    start, end = words[0][0], words[-1][1]
    name = region.text[start:end]
    if not region.free(start, end) or name.lower() in scope.handles:
        return
    if all(word.isupper() for _, _, word in words):
        return
    capitals = sum(word[0].isupper() for _, _, word in words)
    before = _TITLE_BEFORE.search(region.before(start, 28))
    titled = bool(before and before[1] in TITLES)
    says = bool(_SAID.match(region.text, end))
    if capitals >= 2:
        rule, confidence = (
            ("capitalised name after a title", 0.75) if titled else ("capitalised words not in the gazetteer", 0.5)
        )
    elif len(name) > 2 and titled and not name.isupper():
        rule, confidence = "capitalised name after a title", 0.6
    elif len(name) > 2 and says and not region.starts_sentence(start):
        rule, confidence = "capitalised name before a verb of saying", 0.5
    else:
        return
    if not region.headline(start):
        region.add(Found(start, end, _type(name, words, capitals), None, rule, confidence))


def _type(name: str, words: list[_Word], capitals: int) -> str:
    kinds = {kind for _, _, word in words if (kind := LAST_WORDS.get(word))}
    for kind in ("ORG", "LAW", "EVENT", "LOC", "FAC"):
        if kind in kinds:
            return kind
    if _CONCEPT.search(name) or capitals > 4 or _LINKED.search(name):
        return "CONCEPT"
    return "PERSON"
