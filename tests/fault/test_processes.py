"""Real processes on the real disk: killed while saving, and saving at the same time."""

from __future__ import annotations

import os
import random
import signal
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from corpus.model import Document
from corpus.notes.build import annotate, with_body
from corpus.notes.changes import Delete, put
from corpus.notes.store import NoteStore
from corpus.storage import Storage

MakeStore = Callable[[Path, Storage], NoteStore]
NOW = datetime(2026, 8, 22, tzinfo=UTC)
KILLS = int(os.environ.get("KILLS", "60"))

pytestmark = [
    pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork"),
    pytest.mark.filterwarnings("ignore:.*fork:DeprecationWarning"),
]


def in_child(work: Callable[[], None]) -> int:
    """Run `work` in a child process and return its id."""
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        work()
        code = 0
    finally:
        os._exit(code)


def save_until_killed(store: NoteStore, document: Document, acknowledgements: int) -> None:
    store.load()
    for number in range(10_000):
        note = annotate(document, document.span("body", 0, 5), note=f"{os.getpid()} {number}", now=NOW)
        store.apply([put(note, document)])
        os.write(acknowledgements, f"{note.id}\n".encode())


def test_a_killed_reader_loses_nothing_it_acknowledged(
    tmp_path: Path, make_store: MakeStore, document: Document
) -> None:
    rng, acknowledged = random.Random(7), set[str]()
    home = tmp_path
    for kill in range(KILLS):
        if kill % 20 == 0:
            home, acknowledged = tmp_path / str(kill), set()
        read_end, write_end = os.pipe()
        store = make_store(home, Storage())
        child = in_child(lambda: save_until_killed(store, document, write_end))  # noqa: B023
        os.close(write_end)
        with os.fdopen(read_end) as pipe:
            # wait for some saves, then strike somewhere in the next
            for line, _ in zip(pipe, range(rng.randrange(1, 4)), strict=False):
                acknowledged.add(line.strip())
            for _ in range(rng.randrange(400)):
                pass
            os.kill(child, signal.SIGKILL)
            acknowledged |= {line.strip() for line in pipe if line.endswith("\n")}
        os.waitpid(child, 0)
        after = make_store(home, Storage())
        assert after.load() == []
        assert acknowledged <= {item.id for item in after.annotations}
    assert acknowledged


def test_two_readers_at_once_lose_no_note(tmp_path: Path, make_store: MakeStore, document: Document) -> None:
    def write(name: str) -> None:
        store = make_store(tmp_path, Storage())
        for number in range(200):
            note = annotate(document, document.span("body", 0, 5), note=f"{name} {number}", now=NOW)
            store.apply([put(note, document)])

    children = [in_child(lambda name=name: write(name)) for name in ("one", "two")]  # type: ignore[misc]
    assert [os.waitpid(child, 0)[1] for child in children] == [0, 0]
    store = make_store(tmp_path, Storage())
    assert store.load() == []
    assert len({item.text for item in store.annotations}) == 400


def test_what_one_reader_deletes_another_does_not_bring_back(
    tmp_path: Path, make_store: MakeStore, document: Document
) -> None:
    one, two = make_store(tmp_path, Storage()), make_store(tmp_path, Storage())
    notes = [annotate(document, document.span("body", at, at + 5), note=f"{at}", now=NOW) for at in range(3)]
    one.apply([put(note, document) for note in notes])
    two.load()
    one.apply([Delete(notes[0].id)])
    kept = two.get(notes[1].id)
    assert kept
    two.apply([put(with_body(kept, "changed", NOW), document)])
    one.load()
    assert [item.text for item in one.annotations] == ["changed", "2"]
