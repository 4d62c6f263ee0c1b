"""Documents about one event, told by what few documents share: names, words of the title, phrases, within some days.

Nothing is stored. Each document is known by features: the entities that its article names, the words of its title and
the runs of three words at its beginning. A feature weighs the more the fewer documents have it. A document joins the
story of the document that it shares most weight with, where that is a good part of what either weighs, and where the
story began no more than some days away. A feature is followed only while few documents around have it, so that the
work grows with the number of documents and not with its square.
"""

from __future__ import annotations

import json
import math
from array import array
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from heapq import nlargest

from corpus.fuzzy import StoppedError, never
from corpus.index.listing import Listing
from corpus.index.schema import PASSAGE_BITS
from corpus.index.tokens import words
from corpus.text import fold

DAYS = 4
"""How far apart the documents of one story may be."""
ALIKE = 0.3
"""The share of the lighter document's weight that two documents of a story have in common."""
COPIED = 0.6
"""The same for two documents of which one has no date."""
FEATURES = 24
"""The weightiest features of a document that are compared."""
FOLLOWED = 40
"""Documents to which one feature leads."""
BEGINNING = 400
"""Code points of the article's first paragraph whose phrases count."""
BLOCK = 500


@dataclass(frozen=True, slots=True)
class Outline:
    """What a document is compared by: its row's key, its day (None where no date is known) and its features.

    `phrases` count only where another document has them: every document has many of its own.
    """

    key: int
    day: int | None
    features: frozenset[str]
    phrases: frozenset[str] = frozenset()


def by_story(listing: Listing, keys: Sequence[int], stop: Callable[[], bool] = never) -> tuple[array[int], array[int]]:
    """Return the keys with those of a story together, and for each row the number of its story.

    A story stands where its first document stands in `keys`. Raises StoppedError.
    """
    outlines: list[Outline] = []
    for at in range(0, len(keys), BLOCK):
        if stop():
            raise StoppedError
        outlines += _outlines(listing, keys[at : at + BLOCK])
    story = stories(outlines, stop)
    members: dict[int, list[int]] = defaultdict(list)
    for key in keys:
        members[story.get(key, -key)].append(key)
    ordered, numbers = array("q"), array("q")
    for number, found in enumerate(members.values()):
        ordered.extend(found)
        numbers.extend([number] * len(found))
    return ordered, numbers


def stories(outlines: Iterable[Outline], stop: Callable[[], bool] = never) -> dict[int, int]:
    """Return for each document's key the key that names its story: that of its latest document. Raises StoppedError."""
    known = sorted(outlines, key=lambda outline: (outline.day is None, -(outline.day or 0), outline.key))
    counts = Counter(feature for outline in known for feature in (*outline.features, *outline.phrases))
    weights = {feature: math.log(1 + len(known) / count) for feature, count in counts.items()}
    story: dict[int, int] = {}
    began: dict[int, int | None] = {}
    heavy: dict[int, float] = {}
    having: dict[str, deque[int]] = defaultdict(partial(deque, maxlen=FOLLOWED))
    for at, outline in enumerate(known):
        if not at % 100 and stop():
            raise StoppedError
        mine = [*outline.features, *(phrase for phrase in outline.phrases if counts[phrase] > 1)]
        mine = sorted(mine, key=lambda feature: -weights[feature])[:FEATURES]
        heavy[outline.key] = sum(weights[feature] for feature in mine)
        shared: dict[int, float] = defaultdict(float)
        for feature in mine:
            for other in having[feature]:
                shared[other] += weights[feature]
        story[outline.key] = _joined(outline, shared, heavy, story, began)
        began.setdefault(story[outline.key], outline.day)
        for feature in mine:
            having[feature].append(outline.key)
    return story


def _joined(
    outline: Outline,
    shared: dict[int, float],
    heavy: dict[int, float],
    story: dict[int, int],
    began: dict[int, int | None],
) -> int:
    """Return the story that a document belongs to, its own where it is like no other."""
    for other, weight in nlargest(3, shared.items(), key=lambda item: item[1]):
        first = began[story[other]]
        dated = outline.day is not None and first is not None
        if dated and abs((first or 0) - (outline.day or 0)) > DAYS:
            continue
        if weight >= (ALIKE if dated else COPIED) * min(heavy[outline.key], heavy[other]) > 0:
            return story[other]
    return outline.key


def _outlines(listing: Listing, keys: Sequence[int]) -> Iterator[Outline]:
    """Return what the documents with these keys are compared by."""
    asked = (json.dumps(list(keys)),)
    chosen = "(SELECT value FROM json_each(?))"
    names: dict[int, list[str]] = defaultdict(list)
    rows = listing.ask(f"SELECT doc, name FROM entity WHERE article > 0 AND doc IN {chosen}", asked)
    for key, name in rows:
        names[key].append(f"name {name}")
    firsts = [key << PASSAGE_BITS | 1 for key in keys]
    beginning = {
        identity >> PASSAGE_BITS: text
        for identity, text in listing.ask(
            f"SELECT id, substr(text, 1, {BEGINNING}) FROM passage WHERE id IN {chosen}", (json.dumps(firsts),)
        )
    }
    for key, title, day in listing.ask(
        f"SELECT key, title, date FROM doc WHERE problem IS NULL AND key IN {chosen}", asked
    ):
        said = words(fold(beginning.get(key, "")).text)
        phrases = [" ".join(said[at : at + 3]) for at in range(len(said) - 2)]
        yield Outline(key, _day(day), frozenset((*names[key], *words(fold(title).text))), frozenset(phrases))


def _day(text: str) -> int | None:
    try:
        return date.fromisoformat(text[:10]).toordinal()
    except ValueError:
        return None
