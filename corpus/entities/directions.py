"""'The North' and 'the South' as names of the two states."""

from __future__ import annotations

import re

from corpus.entities.region import Found, Region

_DIRECTIONS = frozenset({"north", "south", "norths", "souths"})
_THE = re.compile(r"\b[Tt]he\s+$")
_PAIR_AFTER = re.compile(r"(?:\s+and\s+(?:the\s+)?|-)(?:South|North)(?:\s+Korea(?:ns?|s)?\b|(?:'s?)?(?!\s+[A-Z]))")
_PAIR_BEFORE = re.compile(r"\b(?:North|South)(?:\s+and\s+(?:the\s+)?|-)$")
_PREPOSITION = re.compile(r"\b(?:to|with|from|for|between|by|against|of|in|toward|towards|upon|on|that)\s+$")
_CAPITAL_NEXT = re.compile(r"\s+[A-Z][\w']+")
_HEADLINE_VERB = re.compile(
    r"\s+(?:Says?|Accuses|Fires|Wants|Threatens|Agrees?|Proposes|Offers|Denies|Rejects|Calls|Warns|Tests|Launches|Will|Is|Has|To)\b"
)
_OTHER_CAPITAL = re.compile(r"\s+(?!and\b)[A-Z]")
_OF = re.compile(r"\s+of\b")
_POSSESSIVE = re.compile(r"'s\b")
_GOES_ON = re.compile(
    r"(?:\s*[,.;:!?)]|\s+(?:and|has|had|is|was|will|would|over|to|in|on|agreed|said|or|as|can|could|should|may)\b|\s*$)"
)
_STATE_AFTER = re.compile(r"-(?:U\.S\.|US\b|Japan|China|Russia|American)")
_ARROW = re.compile(r"\s+[a-z]+(?:ern|ward)")
_KOREAN = re.compile(r"\s+Korea")


def find_directions(region: Region) -> None:
    """Claim 'the North', "North's", 'North and South Korea', 'talks with South'; never lower case, never a mere direction."""
    for at in region.where(_DIRECTIONS):
        start, end, word = region.words[at]
        if word not in ("North", "South") or (
            region.text[start - 1 : start] == "-" and not _PAIR_BEFORE.search(region.before(start, 24))
        ):
            continue
        before, after = region.before(start, 24), region.after(end, 30)
        if region.free(start, end) and _names_a_state(before, after):
            state, name = ("north-korea", "North Korea") if word == "North" else ("south-korea", "South Korea")
            article = "the " if _THE.search(before) else ""
            region.add(Found(start, end, "GPE", state, f"'{article}{word}' is {name}", 0.95))


def _names_a_state(before: str, after: str) -> bool:
    capital = _CAPITAL_NEXT.match(after)
    if _OF.match(after) or (capital and _KOREAN.match(after)):
        return False
    if (_PAIR_AFTER.match(after) or _PAIR_BEFORE.search(before)) and not _OTHER_CAPITAL.match(after):
        return True
    if capital:
        return bool(_HEADLINE_VERB.match(after))
    if after[:1] == "-":
        return bool(_STATE_AFTER.match(after))
    if _THE.search(before) or _POSSESSIVE.match(after):
        return True
    return bool(_PREPOSITION.search(before) and not _ARROW.match(after) and _GOES_ON.match(after))
