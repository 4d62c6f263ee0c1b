"""A document and note stores for the fault tests."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.model import Comment, Document, make_document
from corpus.notes.store import NoteStore
from corpus.storage import Storage

MakeStore = Callable[[Path, Storage], NoteStore]


@pytest.fixture
def document() -> Document:
    body = [("수출이 7월에 늘었다. Exports rose in July.", "paragraph"), ("Chips led the gain.", "paragraph")]
    return make_document("Exports rise", body, [Comment("c1", 0, "I doubt it.", author="Guest")])


@pytest.fixture
def make_store() -> MakeStore:
    def make(home: Path, storage: Storage) -> NoteStore:
        return NoteStore(
            home / "notes.json", storage, home / "texts", home / "backups", drafts_folder=home / "state" / "drafts"
        )

    return make
