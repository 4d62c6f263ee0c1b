"""Note stores for the tests of notes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from corpus.model import Comment, make_document
from corpus.notes.annotation import Annotation
from corpus.notes.build import annotate
from corpus.notes.changes import put
from corpus.notes.store import NoteStore
from corpus.storage import Storage

NOW = datetime(2026, 8, 22, 9, 30, tzinfo=UTC)
DOCUMENT = make_document("제목", [("수출이 늘었다. Exports rose in July.", "paragraph")], [Comment("c1", 0, "Hm.")])


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


def make_store(home: Path, clock: Clock | None = None, **options: Any) -> NoteStore:
    storage = Storage(clock=clock or Clock())
    return NoteStore(home / "notes.json", storage, home / "texts", home / "backups", **options)


def note(text: str, start: int = 0, **options: Any) -> Annotation:
    return annotate(DOCUMENT, DOCUMENT.span("body", start, start + 5), note=text, now=NOW, **options)


def saved(store: NoteStore, annotation: Annotation, base: int | None = None) -> Annotation:
    found = store.apply([put(annotation, DOCUMENT, base)]).annotations[annotation.id]
    assert found
    return found


def texts(store: NoteStore) -> list[str]:
    assert store.load() == []
    return [item.text for item in store.annotations]


def make_loaded(home: Path) -> NoteStore:
    store = make_store(home)
    store.load()
    return store
