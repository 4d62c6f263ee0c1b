"""Statements that may speak of the same thing and give it different dates.

Two sentences of different passages are put side by side where they name a common entity, share words that few
other dated sentences have, and date it as precisely but not alike. It is a question to the reader, not a finding:
what they share is told with it.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import NamedTuple

from corpus.entities.timeline import Statement
from corpus.entities.words import word_set
from corpus.model import Span

_APART = {"day": 45, "days": 45, "week": 60, "weekend": 60, "month": 400, "season": 500, "quarter": 500, "year": 1900}
"""Days by which two dates of a grain may differ and still be of one thing."""
_LIKE = 0.4
"""Share of the weight of the shorter sentence that both must have."""
_COMMON = 60
"""A word or name of more statements than this brings none together."""
_EVENTS = frozenset({"EVENT", "LAW", "WORK", "WEAPON"})
_BREAK = re.compile(r"[,;:—–]\s|\s[—–-]\s")
_WORD = re.compile(r"[^\W\d_]{3,}")
_PLAIN = word_set(
    """the and for that this with from have has had was were are been being will would could should may might must not
    but its his her their our your they them who whom which what when where said says say told also than then there here
    after before until since during while about into over under again more most some such only just very next last
    monday tuesday wednesday thursday friday saturday sunday january february march april june july august september
    october november december today tomorrow yesterday week month year day days weeks months years night morning"""
)


class Differing(NamedTuple):
    """Another statement that dates what may be the same thing otherwise: its place in the list, and what both share."""

    other: int
    shared: tuple[str, ...]


def differing(found: Sequence[Statement]) -> dict[int, list[Differing]]:
    """Return, for each statement by its place in `found`, those that may date the same thing otherwise, the likest first."""
    dates = Counter(item.sentence for item in found)
    features = [
        _features(item, item.sentence if dates[item.sentence] == 1 else _clause(item)) if item.grain in _APART else {}
        for item in found
    ]
    holders: dict[str, list[int]] = defaultdict(list)
    for at, owned in enumerate(features):
        for feature in owned:
            holders[feature].append(at)
    worth = {feature: (2.0 if feature[0] == "!" else 1.0) / len(within) ** 0.5 for feature, within in holders.items()}
    weights = [sum(worth[feature] for feature in owned) for owned in features]
    sides: dict[int, list[Differing]] = {}
    for at, owned in enumerate(features):
        near = Counter(other for feature in owned if len(holders[feature]) <= _COMMON for other in holders[feature])
        ranked = []
        for other, _ in near.most_common(_COMMON):
            if other != at and _may_differ(found[at], found[other]) and _is_named_alike(owned, features[other]):
                shared = [feature for feature in owned if feature in features[other]]
                weight = sum(worth[feature] for feature in shared)
                if weight >= _LIKE * min(weights[at], weights[other]):
                    ranked.append(
                        (weight, Differing(other, tuple(" ".join(owned[feature].split()) for feature in shared)))
                    )
        if ranked:
            sides[at] = [made for _, made in sorted(ranked, key=lambda pair: (-pair[0], pair[1].other))[:3]]
    return sides


def _clause(item: Statement) -> Span:
    """Return the part of a sentence between commas that holds the date: what the other dates of it speak of is another thing."""
    start, end = item.mention.span.start - item.sentence.start, item.mention.span.end - item.sentence.start
    first = max((match.end() for match in _BREAK.finditer(item.text, 0, start)), default=0)
    after = _BREAK.search(item.text, end)
    last = after.start() if after else len(item.text)
    return item.sentence._replace(start=item.sentence.start + first, end=item.sentence.start + last)


def _features(item: Statement, within: Span) -> dict[str, str]:
    """Return the names and plain words of a stretch of a statement as written; names begin with a mark of their kind."""
    owned: dict[str, str] = {}
    covered = [(item.mention.span.start, item.mention.span.end)]
    for name in item.names:
        if name.entity is None or not within.start <= name.span.start < within.end:
            continue
        owned[("!" if name.type in _EVENTS else "@") + name.entity] = name.surface
        covered.append((name.span.start, name.span.end))
    start = item.sentence.start
    for match in _WORD.finditer(item.text, within.start - start, within.end - start):
        word = match.group().casefold()
        inside = any(low <= start + match.start() < high for low, high in covered)
        if not inside and word not in _PLAIN:
            owned.setdefault(_stem(word), match.group())
    return owned


def _stem(word: str) -> str:
    """Return a word without its English ending, so that "meeting" and "meet", "talks" and "talk" are one."""
    for ending in ("ings", "ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def _is_named_alike(one: dict[str, str], other: dict[str, str]) -> bool:
    """Tell whether two statements share a name, and a plain word or a second name besides."""
    shared = [feature for feature in one if feature in other]
    names = [feature for feature in shared if feature[0] in "!@"]
    plain = len(shared) - len(names)
    return bool(names) and plain >= 1 and len(shared) >= 3


def _may_differ(one: Statement, other: Statement) -> bool:
    """Tell whether two statements stand in different passages and give dates of one grain that are near but not alike."""
    if one.grain != other.grain or one.value == other.value or one.first is None or other.first is None:
        return False
    if one.mention.span.key == other.mention.span.key and one.mention.span.document == other.mention.span.document:
        return False
    return abs((one.first - other.first).days) <= _APART[one.grain]
