from __future__ import annotations

from pathlib import Path

import pytest

from corpus.library import Library
from tests.ui.support import SILENT, THREAD, put_corpus
from tui.ahead import KEPT, Ahead


def test_a_document_is_opened_once_while_the_index_stays(tmp_path: Path) -> None:
    folder = put_corpus(tmp_path / "captures", THREAD, SILENT)
    library = Library.open([folder], tmp_path / "index.db")
    library.refresh()
    ahead = Ahead(library)
    name = next(entry.document for entry in library.entries(0, 2) if entry.document and entry.comments)
    first = ahead.open(name)
    assert ahead.open(name) is first
    changed = {**THREAD, "comments": [*THREAD["comments"], {"id": "new", "author": "Gull", "body": "Late."}]}
    put_corpus(folder, changed)
    library.refresh()
    assert [comment.id for comment in ahead.open(name).document.comments][-1] == "new"
    with pytest.raises(KeyError):
        ahead.open("d0000000000000000")


def test_only_so_many_documents_are_held(tmp_path: Path) -> None:
    pages = [{**SILENT, "title": f"Page {at}", "paragraphs": [f"Text {at}."]} for at in range(KEPT + 1)]
    library = Library.open([put_corpus(tmp_path / "captures", *pages)], tmp_path / "index.db")
    library.refresh()
    ahead = Ahead(library)
    names = [entry.document or "" for entry in library.entries(0, KEPT + 1)]
    first = ahead.open(names[0])
    for name in names[1:]:
        ahead.open(name)
    assert ahead.open(names[0]) is not first
