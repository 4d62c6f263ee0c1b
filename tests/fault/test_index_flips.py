"""A byte of the index that flips changes nothing that is shown: a row is as it was, or it is left out."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

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


def test_a_flipped_byte_shows_nothing_wrong(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    write(folder, Maker(5, Shape(words=60, comments=3)), DOCUMENTS, per_file=10)
    sound, index = tmp_path / "sound.db", tmp_path / "index.db"
    library = opened(folder, sound)
    library.refresh()
    documents = [entry.document or "" for entry in library.entries(0, 9999)]
    right = shown(library, documents)
    assert all(right.values())
    assert library.check() == []
    library.close()
    data = sound.read_bytes()
    chance = random.Random(SEED)
    wrong: list[Any] = []
    missed: list[Any] = []
    less = said = found_it = 0
    for number in range(FLIPS):
        at = chance.randrange(len(data))
        bit = 1 << chance.randrange(8)
        for path in tmp_path.glob("index.db*"):
            path.unlink()
        index.write_bytes(data[:at] + bytes([data[at] ^ bit]) + data[at + 1 :])
        library = opened(folder, index)
        now = shown(library, documents)
        # the first look may have noticed damage that the second then knows of
        message = library.message
        library.close()
        library = opened(folder, index)
        found = library.check() or [library.message]
        library.close()
        odd = {name: sorted(map(str, now[name] - right[name]))[:2] for name in now if now[name] - right[name]}
        lost = [name for name in now if right[name] - now[name]]
        if odd:
            wrong.append((number, at, bit, odd, message))
        if (odd or lost) and not any(found):
            missed.append((number, at, bit, odd, lost))
        less += bool(lost)
        said += bool(lost and message)
        found_it += any(found)
        if FLIPS > 100 and (odd or (lost and not message) or number % 100 == 99):
            print(
                number + 1,
                at,
                len(wrong),
                len(missed),
                f"less {less}, said {said}, found {found_it}",
                odd,
                lost,
                flush=True,
            )
    print(
        f"\n{FLIPS} flips in {len(data):,} bytes: {less} showed less, {said} of these said so, {found_it} found by the check"
    )
    assert not wrong
    assert not missed
