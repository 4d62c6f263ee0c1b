"""Finding the gazetteer's names: a trie of words, the longest name wins.

What stands between the words of a name is free (a blank, a hyphen, a line end), so "Kim Jong-un" is also "Kim Jong Un".
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from corpus.entities.names import Alias
from corpus.entities.region import GAZETTEER, Found, Region

_END = ""
_BLANKS = (" ", "\t", "  ", " \n", "\n", "-", "- ", " -", "'", "' ", "'-", "", " \t")
_GAPS = frozenset(_BLANKS)
_DOTTED_GAPS = frozenset({".", ". ", ".-", ".  ", ".\n"})

Trie = dict[str, Any]
"""Word in lower case -> the next node; under "" the aliases that end there."""


def build_trie(aliases: Iterable[Alias]) -> Trie:
    """Return the trie of all names that stand for themselves (not surnames in office)."""
    root: Trie = {}
    for alias in aliases:
        if alias.kind == "office" or not alias.words:
            continue
        node = root
        for word in alias.words:
            node = node.setdefault(word.lower(), {})
        node.setdefault(_END, []).append(alias)
    return root


def match(region: Region, trie: Trie) -> list[Found]:
    """Return the names of the trie in the text, leftmost and longest first, none overlapping."""
    found: list[Found] = []
    lower, words, free = region.lower, region.words, 0
    count = len(lower)
    for at in region.where(trie.keys()):
        if at < free:
            continue
        node = trie[lower[at]]
        best, ends, reach = None, at + 1, at
        while True:
            if _END in node and (alias := _accepted(region, node[_END], at, reach)):
                best, ends = alias, reach + 1
            if reach + 1 >= count:
                break
            node = node.get(lower[reach + 1])
            if node is None or not _joined(region, reach):
                break
            reach += 1
        if best is not None and best.kind == "nickname" and not region.nicknames:
            # known, but only shown when asked for
            region.block(words[at][0], words[ends - 1][1])
        elif best is not None:
            # the article is no part of a name, but of a title
            first = at + 1 if lower[at] == "the" and best.type not in ("WORK", "PERSON") and ends - at > 1 else at
            found.append(_found(region, best, words[first][0], words[ends - 1][1]))
        free = ends
    return found


def _joined(region: Region, at: int) -> bool:
    gap = region.text[region.words[at][1] : region.words[at + 1][0]]
    return gap in _GAPS or (gap in _DOTTED_GAPS and region.words[at][1] - region.words[at][0] <= 2)


def _accepted(region: Region, aliases: list[Alias], first: int, last: int) -> Alias | None:
    """Return the first of the aliases whose case policy the words at [first, last] satisfy."""
    for alias in aliases:
        if _inside_address(region, first, last):
            continue
        if not alias.any_case and not _same_case(region, alias, first, last):
            continue
        return alias
    return None


def _inside_address(region: Region, first: int, last: int) -> bool:
    """Tell whether a name in lower case is part of an address or of a compound ("korea-reader", "korea.com")."""
    start, end = region.words[first][0], region.words[last][1]
    if not region.text[start].islower():
        return False
    before, after = region.before(start, 1), region.after(end, 2)
    if before in ("@", "#", "/", "_", ".") and before:
        return True
    return len(after) == 2 and after[0] in "-./@_" and after[1].islower()


def _same_case(region: Region, alias: Alias, first: int, last: int) -> bool:
    surface = [word for _, _, word in region.words[first : last + 1]]
    if surface == [alias.text.capitalize()] and len(alias.text) >= _LONG_ABBREVIATION and alias.text.isupper():
        return True  # "Thaad", "Nato"
    if surface != list(alias.words):
        return region.comment and _lower_in_comments(alias) and surface == [word.lower() for word in alias.words]
    # "U.S." needs its dots, or "u s" and "US" would be it
    return (
        not (len(surface) > 1 and _dotted(alias.text))
        or "." in region.text[region.words[first][0] : region.words[last][1]]
    )


_LONG_ABBREVIATION = 4
_ABBREVIATIONS_IN_LOWER_CASE = frozenset(
    {"NK", "DPRK", "ROK", "USA", "KCNA", "THAAD", "DMZ", "ICBM", "ICBMs", "CNN", "KJU", "USFK"}
)
_PEOPLES_THAT_ARE_WORDS = frozenset({"Polish", "Republican", "Republicans", "Democrat", "Democrats", "Turkey"})


def _lower_in_comments(alias: Alias) -> bool:
    """Tell whether comments write this name without capitals: countries, their people, well known abbreviations."""
    if alias.text in _ABBREVIATIONS_IN_LOWER_CASE:
        return True
    if alias.text in _PEOPLES_THAT_ARE_WORDS or not alias.text.istitle():
        return False
    return (alias.type == "GPE" and len(alias.text) >= 4) or (alias.kind == "demonym" and len(alias.text) >= 6)


def _dotted(text: str) -> bool:
    return "." in text and text.replace(".", "").isupper()


def _found(region: Region, alias: Alias, start: int, end: int) -> Found:
    if alias.text.endswith(".") and region.text[end : end + 1] == ".":
        end += 1
    if alias.kind == "demonym":
        if region.before(start, 6).lower() == "inter-":
            start -= 6
        return Found(start, end, "NORP", alias.entity, f"'{alias.text}' is said of the people of the place", 0.95)
    if alias.kind == "nickname":
        return Found(start, end, alias.type, alias.entity, "nickname in the gazetteer", 0.5)
    exact = region.text[start:end] == alias.text
    return Found(start, end, alias.type, alias.entity, GAZETTEER, 1.0 if exact else 0.95)
