"""Power cuts after every step of saving, in the weak model of a disk: nothing acknowledged may be lost."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from corpus.filesystem import FileSystem
from corpus.model import Document
from corpus.notes.build import annotate, text_sha256, with_body, with_tags
from corpus.notes.changes import Delete, put
from corpus.notes.store import NoteStore
from corpus.storage import Storage
from tests.fault.simfs import Clock, PowerLoss, SimFS

MakeStore = Callable[[Path, Storage], NoteStore]
HOME = Path("/home/data")
STATES = 12


@dataclass
class Promises:
    """What the store has acknowledged, id to text (None: deleted), and the one change under way."""

    kept: dict[str, str | None] = field(default_factory=dict)
    flying: tuple[str, str | None] | None = None

    def begin(self, name: str, text: str | None) -> None:
        self.flying = name, text

    def acknowledge(self) -> None:
        assert self.flying
        self.kept[self.flying[0]] = self.flying[1]
        self.flying = None

    def broken(self, store: NoteStore) -> list[str]:
        """Return the ids whose promise the store does not keep."""
        found = {item.id: item.text for item in store.annotations}
        return [
            name
            for name, text in self.kept.items()
            if found.get(name) != text and (self.flying is None or (name, found.get(name)) != self.flying)
        ]


def session(store: NoteStore, document: Document, clock: Clock, promises: Promises) -> None:
    """Make, change and delete notes, keeping account of what was acknowledged."""
    store.load()
    made = []
    for number in range(3):
        note = annotate(document, document.span("body", number, number + 9), note=f"note {number}", now=clock())
        promises.begin(note.id, note.text)
        made.append(store.apply([put(note, document)]).annotations[note.id])
        promises.acknowledge()
    first, second, third = (note for note in made if note)
    promises.begin(first.id, "changed")
    store.apply([put(with_tags(with_body(first, "changed", clock()), ["수출"], clock()), document)])
    promises.acknowledge()
    promises.begin(second.id, None)
    store.apply([Delete(second.id, second.revision)])
    promises.acknowledge()
    promises.begin(third.id, "third, changed")
    store.apply([put(with_body(third, "third, changed", clock()), document)])
    promises.acknowledge()


def losses(
    make_store: MakeStore, document: Document, make_storage: Callable[[FileSystem, Clock], Storage], states: int
) -> tuple[int, int]:
    """Cut the power after every step; return how many states of the disk were found, and how many broke a promise."""
    rng, seen, bad, cut = random.Random(20260822), 0, 0, 0
    while True:
        fs, clock, promises = SimFS(cut), Clock(), Promises()
        try:
            session(make_store(HOME, make_storage(fs, clock)), document, clock, promises)
        except PowerLoss:
            for disk in fs.states(rng, states):
                store = make_store(HOME, Storage(disk, Clock()))
                store.load()
                seen, bad = seen + 1, bad + bool(promises.broken(store) or missing_texts(store))
        else:
            return seen, bad
        cut += 1


def missing_texts(store: NoteStore) -> list[str]:
    wanted = {target.sha256 for item in store.annotations for target in item.targets if target.sha256}
    return [name for name in wanted if store.text(name) is None]


def test_nothing_acknowledged_is_lost(make_store: MakeStore, document: Document) -> None:
    states = int(os.environ.get("POWER_LOSS_STATES", STATES))
    seen, bad = losses(make_store, document, Storage, states)
    assert seen > 100 * STATES / 4
    assert bad == 0


class InPlace(Storage):
    def write(self, path: Path, data: bytes) -> None:
        self.make_folder(path.parent)
        self._fill(self.fs.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), (data,))


class NoFlush(Storage):
    def __init__(self, fs: FileSystem, clock: Clock) -> None:
        super().__init__(fs, clock)
        fs.fsync = lambda descriptor: None  # type: ignore[method-assign]


class NoFolderFlush(Storage):
    def __init__(self, fs: FileSystem, clock: Clock) -> None:
        super().__init__(fs, clock)
        opens, flushes = fs.open, fs.fsync
        folders: set[int] = set()

        def open_(path: Path, flags: int, mode: int = 0o600) -> int:
            descriptor = opens(path, flags, mode)
            (folders.add if flags == os.O_RDONLY else folders.discard)(descriptor)
            return descriptor

        fs.open = open_  # type: ignore[method-assign]
        fs.fsync = lambda descriptor: None if descriptor in folders else flushes(descriptor)  # type: ignore[method-assign]


@pytest.mark.parametrize("broken", [InPlace, NoFlush, NoFolderFlush])
def test_the_harness_catches_stores_that_lose_notes(
    make_store: MakeStore, document: Document, broken: Callable[[FileSystem, Clock], Storage]
) -> None:
    assert losses(make_store, document, broken, 6)[1] > 0


def test_a_repair_that_is_cut_short_loses_nothing(make_store: MakeStore, document: Document) -> None:
    cut = 0
    while True:
        fs, clock, promises = SimFS(), Clock(), Promises()
        store = make_store(HOME, Storage(fs, clock))
        session(store, document, clock, promises)
        # the damage takes the note that was written last, which no backup holds yet
        store.apply([put(annotate(document, document.span("body", 0, 1), now=clock()), document)])
        damaged = fs.data[fs._inode(HOME / "notes.json")][:-40]
        Storage(fs, clock).write(HOME / "notes.json", damaged)
        fs.settle()
        fs.power_off_after = fs.steps + cut
        try:
            make_store(HOME, Storage(fs, clock)).load()
        except PowerLoss:
            for disk in fs.states(random.Random(cut), STATES):
                store = make_store(HOME, Storage(disk, Clock()))
                store.load()
                assert promises.broken(store) == []
                assert damaged in disk.data.values()
        else:
            break
        cut += 1
    assert cut > 5


def test_texts_are_there_before_the_notes(make_store: MakeStore, document: Document) -> None:
    fs, clock = SimFS(), Clock()
    store = make_store(HOME, Storage(fs, clock))
    note = annotate(document, document.span("comment", 0, 7, "c1"), note="why?", now=clock())
    store.apply([put(note, document)])
    text = document.text("comment", "c1")
    assert store.text(text_sha256(text)) == text
