"""Fixtures of the screens' tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ui.support import KOREAN, SILENT, THREAD, options_for, put_corpus
from tui.clipboard import CopyResult
from tui.options import ReaderOptions


@pytest.fixture
def captures(tmp_path: Path) -> Path:
    """A folder with three small captures."""
    return put_corpus(tmp_path / "captures", THREAD, SILENT, KOREAN)


@pytest.fixture
def reader_options(tmp_path: Path, captures: Path) -> ReaderOptions:
    """The options of a reader of `captures`, whose folders are empty and its own."""
    return options_for(tmp_path / "home", captures)


@pytest.fixture
def copied(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was copied; no clipboard is touched."""
    texts: list[str] = []

    def copy(text: str, *_: object) -> CopyResult:
        texts.append(text)
        return CopyResult("test", True, "Copied.")

    monkeypatch.setattr("tui.clipboard.copy", copy)
    return texts
