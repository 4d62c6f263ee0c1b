"""A folder of captures, and libraries over it that are closed at the end."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from corpus.library import Library
from tests.unit.library_files import Files, Opener


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    return folder


@pytest.fixture
def opened(tmp_path: Path, corpus: Path) -> Iterator[Opener]:
    libraries = []

    def make(source: Files | None = None, **options: Any) -> Library:
        library = Library.open([corpus], tmp_path / "cache" / "index.db", source=source or Files(), **options)
        libraries.append(library)
        return library

    yield make
    for library in libraries:
        library.close()
