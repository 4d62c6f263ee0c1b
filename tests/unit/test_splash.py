"""The first words of the first article come before the program is loaded, and the terminal is given back."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from corpus.config import Settings
from corpus.paths import folders
from corpus.sample import folder
from tui import splash as module
from tui.options import ReaderOptions
from tui.session import Session
from tui.splash import splash


@pytest.fixture
def session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Session:
    places = folders(*(tmp_path / name for name in ("data", "config", "state", "cache")))  # type: ignore[arg-type]
    opened = Session(ReaderOptions((folder(),), True, places, Settings(), (), False, None))
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(os, "get_terminal_size", lambda descriptor: os.terminal_size((100, 30)))

    class Stream:
        encoding = "utf-8"

    monkeypatch.setattr("sys.__stderr__", Stream())
    return opened


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    pieces: list[str] = []
    monkeypatch.setattr(module, "_write", pieces.append)
    return pieces


def test_nothing_is_shown_before_there_is_an_index(session: Session, written: list[str]) -> None:
    with splash(session):
        pass
    assert written == []


def test_the_first_article_is_shown_where_the_reader_will_show_it(session: Session, written: list[str]) -> None:
    session.refresh(None, lambda: False)
    with splash(session):
        assert "Two Koreas to Meet at Panmunjom" in written[0]
        assert "\x1b[2;25H" in written[0]
    assert len(written) == 1


def test_the_terminal_is_given_back_when_the_reader_does_not_start(session: Session, written: list[str]) -> None:
    session.refresh(None, lambda: False)
    before = signal.getsignal(signal.SIGTERM)
    with pytest.raises(SystemExit) as left, splash(session):
        os.kill(os.getpid(), signal.SIGTERM)
    assert left.value.code == 128 + signal.SIGTERM
    assert "\x1b[?1049l" in written[-1]
    assert signal.getsignal(signal.SIGTERM) == before
