"""Every operation of a save fails once, with every error: the file stays whole and what was typed stays at hand."""

from __future__ import annotations

import errno
from collections.abc import Callable
from pathlib import Path
from typing import cast

import pytest

from corpus.filesystem import FileSystem
from corpus.model import Document
from corpus.notes.build import annotate, with_body
from corpus.notes.changes import put
from corpus.notes.errors import NotSavedError
from corpus.notes.store import NoteStore
from corpus.storage import Storage
from tests.fault.simfs import Clock, FaultFS, SimFS

MakeStore = Callable[[Path, Storage], NoteStore]
HOME = Path("/home/data")
ERRORS = (errno.ENOSPC, errno.EIO, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EFBIG, errno.EMFILE)


def attempt(make_store: MakeStore, document: Document, number: int, at: int, *, for_good: bool) -> bool:
    """Save with the `at`-th operation failing; False when there are fewer operations."""
    disk, clock = SimFS(), Clock()
    store = make_store(HOME, Storage(disk, clock))
    old = annotate(document, document.span("body", 0, 4), note="old", now=clock())
    kept = store.apply([put(old, document)]).annotations[old.id]
    assert kept

    fault = FaultFS(disk, at, number, for_good=for_good)
    store._storage.fs = cast("FileSystem", fault)
    new = annotate(document, document.span("comment", 0, 5, "c1"), note="new", now=clock())
    changes = [put(with_body(kept, "old, changed", clock()), document), put(new, document)]
    saved = True
    try:
        store.apply(changes)
    except NotSavedError as error:
        saved, message = False, str(error)
    if not saved:
        assert message.startswith("notes.json could not be written: ")
        assert set(store.unsaved) == {old.id, new.id}
    # in this reader nothing typed is gone, saved or not
    assert {item.text for item in store.annotations} == {"old, changed", "new"}

    other = make_store(HOME, Storage(disk, Clock()))
    assert other.load() == []
    texts = {item.text for item in other.annotations}
    assert texts == {"old, changed", "new"} if saved else texts in ({"old"}, {"old, changed", "new"})

    store._storage.fs = disk
    store.apply([])
    other.load()
    assert sorted(item.text for item in other.annotations) == ["new", "old, changed"]
    assert store.unsaved == ()
    assert not [name for name in disk.listdir(HOME) if name.endswith(".kr-tmp")] or for_good
    return fault.operations >= at


@pytest.mark.parametrize("number", ERRORS, ids=lambda number: errno.errorcode[number])
@pytest.mark.parametrize("for_good", [False, True], ids=["once", "for good"])
def test_a_failing_disk_takes_nothing(make_store: MakeStore, document: Document, number: int, for_good: bool) -> None:
    at = 1
    while attempt(make_store, document, number, at, for_good=for_good):
        at += 1
    assert at > 20


def test_unsaved_notes_are_taken_in_by_the_next_session(make_store: MakeStore, document: Document) -> None:
    disk, clock = SimFS(), Clock()
    store = make_store(HOME, Storage(disk, clock))
    store.apply([])

    def refuse(source: Path, target: Path) -> None:
        if target.name == "notes.json":
            raise OSError(errno.EROFS, "read-only")
        SimFS.replace(disk, source, target)

    disk.replace = refuse  # type: ignore[method-assign]
    note = annotate(document, document.span("body", 0, 4), note="precious", now=clock())
    with pytest.raises(
        NotSavedError, match="the disk can only be read; your changes are kept in memory and in"
    ) as caught:
        store.apply([put(note, document)])
    assert caught.value.recovery

    del disk.replace
    later = make_store(HOME, Storage(disk, clock))
    assert later.load() == []
    assert not later.annotations
    assert later.recover() == ["1 note that could not be saved last time: saved now."]
    assert [item.text for item in later.annotations] == ["precious"]
    assert later.recover() == []
