"""A few pictures, pinned: they are looked at when they change. What the reader does is tested elsewhere."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from textual.pilot import Pilot

from tests.ui.support import KOREAN, SILENT, THREAD, Opened, opened_by, options_for, put_corpus
from tui.app import KoreaReader
from tui.screens.palette import Palette
from tui.screens.search import SearchScreen

Compare = Callable[..., bool]
Before = Callable[[Opened], Awaitable[None]]


@pytest.fixture
def picture(tmp_path: Path, snap_compare: Compare, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Compare a picture of a reader over a small corpus, after some keys."""
    monkeypatch.delenv("NO_COLOR", raising=False)

    def compare(
        size: tuple[int, int], *keys: str, documents: tuple[Any, ...] = (THREAD, SILENT, KOREAN), broken: bool = False,
        before: Before | None = None, no_color: bool = False, **options: Any,
    ) -> None:  # fmt: skip
        if no_color:
            monkeypatch.setenv("NO_COLOR", "1")
        corpus = put_corpus(tmp_path / "captures", *documents, broken=broken)
        app = KoreaReader(options_for(tmp_path, corpus, **options))
        app.animation_level = "none"

        async def prepare(pilot: Pilot[int]) -> None:
            reader = await opened_by(pilot)
            await reader.press(*keys)
            if before:
                await before(reader)
            reader.reader._unsay()
            await pilot.pause()

        assert snap_compare(app, terminal_size=size, run_before=prepare)

    return compare


def test_a_small_terminal(picture: Callable[..., None]) -> None:
    """80x24, dark: list and article; the focus bar at ¶2, guides nowhere."""
    picture((80, 24), "2 G")


def test_a_usual_terminal(picture: Callable[..., None]) -> None:
    """120x40, dark: all four panes; the comments are focused and large, one thread folded, an entity lit."""
    picture((120, 40), "shift+tab", "shift+tab", "g g", "c", "2 G", "z c")


def test_a_wide_terminal(picture: Callable[..., None]) -> None:
    """200x50, dark: article and comments side by side, both centred in their measure."""
    picture((200, 50), "3 G")


def test_light(picture: Callable[..., None]) -> None:
    """120x40, light: highlights in two colours, a selection, notes marked in list and gutter."""
    picture((120, 40), "2 G", "H", "c", "1 G", "3 H", "c", "5 G", "v", theme="light")


def test_without_colour(picture: Callable[..., None]) -> None:
    """100x30, the terminal's own palette under NO_COLOR: what is lit and selected is still seen."""
    picture((100, 30), "2 G", "H", "5 G", "v", theme="terminal", no_color=True)


def test_in_ascii(picture: Callable[..., None]) -> None:
    """80x30, --ascii: guides, bars and marks in plain characters."""
    picture((80, 30), "c", "3 G", ascii=True)


def test_a_korean_document(picture: Callable[..., None]) -> None:
    """80x24: Hangul in title, text and entities; no word broken, columns straight."""
    picture((80, 24), "tab", "tab", "j", documents=(KOREAN,))


def test_search(picture: Callable[..., None]) -> None:
    """100x30: hits grouped by document, why each was found, the preview below."""

    async def search(reader: Opened) -> None:
        await reader.press("s")
        await reader.until(lambda: isinstance(reader.app.screen, SearchScreen))
        screen = reader.app.screen
        assert isinstance(screen, SearchScreen)
        screen.input.value = "Panmunjom"
        await reader.until(lambda: screen.answered == "Panmunjom" and screen.preview.lit)
        screen.input.cursor_blink = False

    picture((100, 30), before=search)


def test_help(picture: Callable[..., None]) -> None:
    """80x24: keys and sentences, searched for “fold”."""

    async def help_on_folds(reader: Opened) -> None:
        await reader.press("?")
        await reader.until(lambda: isinstance(reader.app.screen, Palette))
        screen = reader.app.screen
        assert isinstance(screen, Palette)
        screen.input.cursor_blink = False
        screen.input.value = "fold"

    picture((80, 24), before=help_on_folds)


def test_an_empty_corpus(picture: Callable[..., None]) -> None:
    """80x24: says that nothing is there, and what to do."""
    picture((80, 24), documents=())


def test_what_could_not_be_read(picture: Callable[..., None]) -> None:
    """80x24: a capture that is no text says so in the list, in the pane and in the status line."""
    picture((80, 24), "h", "enter", documents=(), broken=True)
