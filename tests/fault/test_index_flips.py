"""A byte of the index that flips changes nothing that is shown: a row is as it was, or it is left out."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

from corpus.index.listed import choose
from corpus.index.listing import View
from corpus.library import Library
from corpus.search import Searcher
from tests.bench.corpus_maker import Maker, Shape, write
from tests.fault.index_build import Delegations

FLIPS = int(os.environ.get("INDEX_FLIPS", "12"))
DOCUMENTS = int(os.environ.get("INDEX_DOCUMENTS", "30"))
SEED = int(os.environ.get("INDEX_SEED", "1"))
WORDS = ("talks", "korea", "missle", "회담", "writer:harbour")

Shown = dict[str, set[Any]]


def opened(folder: Path, index: Path) -> Library:
    return Library.open([folder], index, recogniser=Delegations)


def whole_text(library: Library, document: str) -> tuple[Any, ...]:
    found = library.document(document)
    comments = tuple((item.id, item.author, item.posted, item.text) for item in found.comments)
    return document, found.title, found.byline, found.published, tuple(item.text for item in found.paragraphs), comments


def shown(library: Library, documents: list[str]) -> Shown:
    """Return all that a reader can come across; what cannot be opened is left out."""
    rows = [entry for entry in library.entries(0, 9999) if entry]
    searcher = Searcher(library)
    # (a hit's score depends on how common words are, which is no row)
    hits = {
        (word, hit.document, hit.span, hit.title, hit.author, hit.excerpt)
        for word in WORDS
        for hit in searcher.search(word, limit=9999).hits
    }
    totals = library.entity_counts()
    return {
        "list": {row[1:] for row in rows},
        "days": {(row.document, library.listing.added(row.batch)) for row in rows}
        - {(row.document, "") for row in rows},
        "list by story": {
            entry[1:] for entry in choose(library.listing, View(group="story")).entries(0, 9999) if entry
        },
        "texts": set(_opened(documents, lambda name: whole_text(library, name))),
        "mentions": set(_opened(documents, lambda name: (name, library.mentions(name))))
        - {(name, ()) for name in documents},
        "versions": {
            (name, *version[1:]) for name in documents for version in (*library.versions(name), *library.also_at(name))
        },
        "hits": hits,
        "names": set(totals),
        "documents of a name": {
            (total.name, *found) for total in totals[:20] for found in library.entity_documents(total.name)
        },
        "spellings": {(total.name, surface) for total in totals[:20] for surface in library.surfaces(total.name)},
        "state": {(library.is_complete, library.pending)} - {(False, "")},
    }


def _opened(documents: list[str], open: Callable[[str], Any]) -> Iterator[Any]:
    for name in documents:
        try:
            yield open(name)
        except KeyError:
            continue


class Flip(NamedTuple):
    """What came of one flipped bit: what was shown that is not so, what was not shown, what was said and found."""

    at: int
    bit: int
    odd: dict[str, list[str]]
    lost: list[str]
    message: str
    found: bool


def flipped(folder: Path, index: Path, data: bytes, chance: random.Random, right: Shown, documents: list[str]) -> Flip:
    """Open a corpus twice over its index with one bit of it turned: to look at it, and to check it."""
    at, bit = chance.randrange(len(data)), 1 << chance.randrange(8)
    for path in index.parent.glob(f"{index.name}*"):
        path.unlink()
    index.write_bytes(data[:at] + bytes([data[at] ^ bit]) + data[at + 1 :])
    with closing(opened(folder, index)) as library:
        now = shown(library, documents)
        # the first look may have noticed damage that the second then knows of
        message = library.message
    with closing(opened(folder, index)) as library:
        found = any(library.check() or [library.message])
    odd = {name: sorted(map(str, now[name] - right[name]))[:2] for name in now if now[name] - right[name]}
    return Flip(at, bit, odd, [name for name in now if right[name] - now[name]], message, found)


def test_a_flipped_byte_shows_nothing_wrong(tmp_path: Path) -> None:
    folder, sound = tmp_path / "in", tmp_path / "sound.db"
    write(folder, Maker(5, Shape(words=60, comments=3)), DOCUMENTS, per_file=10)
    with closing(opened(folder, sound)) as library:
        library.refresh()
        documents = [entry.document or "" for entry in library.entries(0, 9999)]
        right = shown(library, documents)
        assert all(right.values())
        assert library.check() == []
    data, chance = sound.read_bytes(), random.Random(SEED)
    flips: list[Flip] = []
    for number in range(1, FLIPS + 1):
        flip = flipped(folder, tmp_path / "index.db", data, chance, right, documents)
        flips.append(flip)
        if FLIPS > 100 and (flip.odd or (flip.lost and not flip.message) or number % 100 == 0):
            print(number, flip, flush=True)
    less = [flip for flip in flips if flip.lost]
    said, found = sum(bool(flip.message) for flip in less), sum(flip.found for flip in flips)
    print(f"\n{FLIPS} flips in {len(data):,} bytes: {len(less)} showed less, {said} of these said so, {found} found")
    assert [flip for flip in flips if flip.odd] == []
    assert [flip for flip in less if not flip.found] == []
