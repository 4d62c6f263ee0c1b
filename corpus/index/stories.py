"""Documents about one event, told by what few documents share: names, words of the title, phrases, within some days.

Which documents belong together is found when they are read, and kept. Each document is known by features (see
`outlines`): the entities that its article names, the words of its title and some runs of three words at its beginning. A feature weighs the more the fewer documents have it. A document joins the
story of the document that it shares most weight with, where that is a good part of what either weighs, and where the
story began no more than some days away. Documents are gone through by day and only so many are looked at for each, the
rarest features first, so that the work grows with the number of documents and not with its square.
"""

from __future__ import annotations

import math
import sqlite3
from array import array
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from heapq import nlargest

from corpus.fuzzy import StoppedError, never
from corpus.index.listing import Listing
from corpus.index.outlines import unpack

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
COMMON = 200
"""A feature that more than every so manieth document has, and more than `FOLLOWED`, tells nothing."""
LOOKED_AT = 80
"""Documents, counted once for each feature that leads to them, after which no further feature is followed."""
FEW, SHARE = 2000, 50
"""Of more documents than `FEW` not all are gathered anew where less than one in `SHARE` has changed."""


@dataclass(frozen=True, slots=True)
class Outline:
    """What a document is compared by: its row's key, its day (None where no date is known) and its features.

    `phrases` are hashes, and count only where another document has them: every document has many of its own.
    """

    key: int
    day: int | None
    features: Collection[str | int]
    phrases: Collection[int] = ()


def by_story(listing: Listing, keys: Sequence[int], stop: Callable[[], bool] = never) -> tuple[array[int], array[int]]:
    """Return the keys with those of a story together, and for each row the number of its story.

    A story stands where its first document stands in `keys`. Raises StoppedError.
    """
    if stop():
        raise StoppedError
    story = dict(listing.ask("SELECT doc, story FROM story"))
    members: dict[int, list[int]] = defaultdict(list)
    for key in keys:
        members[story.get(key, -key)].append(key)
    ordered, numbers = array("q"), array("q")
    for number, found in enumerate(members.values()):
        ordered.extend(found)
        numbers.extend([number] * len(found))
    return ordered, numbers


def gather(connection: sqlite3.Connection, changed: Collection[int] | None, stop: Callable[[], bool] = never) -> None:
    """Find the stories anew after documents have `changed` (None: any), inside the transaction of the caller.

    Where these are few among many documents, each of them joins a story of the days around it, or begins one, and
    what is known of the others stays. Raises StoppedError.
    """
    total = connection.execute("SELECT count(*) FROM doc WHERE shown = 1").fetchone()[0]
    if changed is None or total <= FEW or len(changed) > total // SHARE:
        found = stories(_outlines(connection), stop)
        connection.execute("DELETE FROM story")
        _write(connection, found)
        return
    asked = [(key,) for key in sorted(changed)]
    connection.executemany("DELETE FROM story WHERE doc = ?", asked)
    for (key,) in asked:
        row = connection.execute("SELECT date FROM doc WHERE key = ? AND shown = 1", (key,)).fetchone()
        day = _day(row[0]) if row else None
        if day is None:
            continue
        first, last = (date.fromordinal(day + days).isoformat() for days in (-2 * DAYS, 2 * DAYS + 1))
        found = stories(_outlines(connection, "AND date BETWEEN ? AND ?", (first, last)), stop)
        others = [other for other, story in found.items() if story == found.get(key) and other != key]
        if not others:
            continue
        row = connection.execute("SELECT story FROM story WHERE doc = ?", (others[0],)).fetchone()
        known = row[0] if row else others[0]
        _write(connection, {key: known, others[0]: known})


def _write(connection: sqlite3.Connection, story: dict[int, int]) -> None:
    """Keep the stories of several documents."""
    sizes = Counter(story.values())
    rows = [(key, number) for key, number in story.items() if sizes[number] > 1]
    connection.executemany("INSERT OR REPLACE INTO story VALUES(?, ?)", rows)


def stories(outlines: Iterable[Outline], stop: Callable[[], bool] = never) -> dict[int, int]:
    """Return for each document's key the key that names its story: that of its latest document. Raises StoppedError."""
    known = sorted(outlines, key=lambda outline: (outline.day is None, -(outline.day or 0), outline.key))
    counts: Counter[str | int] = Counter()
    for outline in known:
        counts.update(outline.features)
        counts.update(outline.phrases)
    weights = [0.0, *(math.log(1 + len(known) / count) for count in range(1, max(counts.values(), default=0) + 1))]
    common = max(FOLLOWED, len(known) // COMMON)
    story: dict[int, int] = {}
    began: dict[int, int | None] = {}
    heavy: dict[int, float] = {}
    having = _Having()
    for at, outline in enumerate(known):
        if not at % 100 and stop():
            raise StoppedError
        names = sorted([(count, name) for name in outline.features if (count := counts[name]) <= common])
        mine: list[tuple[int, str | int]] = [
            (count, phrase) for phrase in sorted(outline.phrases) if 1 < (count := counts[phrase]) <= common
        ]
        mine += names
        del mine[FEATURES:]
        heavy[outline.key] = sum([weights[count] for count, _ in mine])
        shared: dict[int, float] = {}
        looked_at = 0
        for count, feature in mine:
            if count > 1 and looked_at < LOOKED_AT:
                others = having.around(feature, outline.day)
                looked_at += len(others)
                for _, other in others:
                    shared[other] = shared.get(other, 0.0) + weights[count]
        story[outline.key] = _joined(outline, shared, heavy, story, began)
        began.setdefault(story[outline.key], outline.day)
        for count, feature in mine:
            if count > 1:
                having.add(feature, outline.day, outline.key)
    return story


class _Having:
    """Which documents have a feature, the latest `FOLLOWED` of them; documents are added from the latest day on."""

    def __init__(self) -> None:
        self._latest: dict[str | int, deque[tuple[int | None, int]]] = {}

    def add(self, feature: str | int, day: int | None, key: int) -> None:
        found = self._latest.get(feature)
        if found is None:
            found = self._latest[feature] = deque(maxlen=FOLLOWED)
        found.append((day, key))

    def around(self, feature: str | int, day: int | None) -> Collection[tuple[int | None, int]]:
        """Return day and key of those that may be of one story with a document of this day."""
        found = self._latest.get(feature)
        if found is None:
            return ()
        if day is None:
            return found
        near: list[tuple[int | None, int]] = []
        for item in reversed(found):
            if item[0] is None or item[0] - day > DAYS:
                # what was added before this is of later days still
                break
            near.append(item)
        return near


def _weight(item: tuple[int, float]) -> float:
    return item[1]


def _joined(
    outline: Outline,
    shared: dict[int, float],
    heavy: dict[int, float],
    story: dict[int, int],
    began: dict[int, int | None],
) -> int:
    """Return the story that a document belongs to, its own where it is like no other."""
    for other, weight in nlargest(3, shared.items(), key=_weight) if shared else ():
        first = began[story[other]]
        dated = outline.day is not None and first is not None
        if dated and abs((first or 0) - (outline.day or 0)) > DAYS:
            continue
        if weight >= (ALIKE if dated else COPIED) * min(heavy[outline.key], heavy[other]) > 0:
            return story[other]
    return outline.key


def _outlines(connection: sqlite3.Connection, condition: str = "", values: Sequence[str] = ()) -> Iterator[Outline]:
    """Yield what the documents that are shown are compared by."""
    rows = connection.execute(
        "SELECT key, date, words, phrases, names FROM doc JOIN outline ON outline.doc = key"
        f" WHERE shown = 1 AND problem IS NULL {condition}",
        values,
    )
    for key, day, words, phrases, names in rows:
        features = unpack(words)
        features.extend(unpack(names or b""))
        yield Outline(key, _day(day), features, unpack(phrases))


def _day(text: str) -> int | None:
    try:
        return date.fromisoformat(text[:10]).toordinal()
    except ValueError:
        return None
