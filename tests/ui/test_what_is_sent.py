"""What is sent to the terminal: what it shows is what the screen is, and what it shows already is not sent again."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest
from rich.console import Console
from textual.app import App

from tests.bench.terminal import Terminal
from tests.ui.support import Opened, opened
from tui.options import ReaderOptions
from tui.screens.search import SearchScreen

SIZE = (120, 40)
Sent = tuple[Terminal, list[int]]


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> Sent:
    """A terminal that is sent whatever the reader paints, and the bytes of each paint."""
    terminal, sizes = Terminal(SIZE[1], SIZE[0]), list[int]()
    console = Console(color_system="truecolor", force_terminal=True, width=SIZE[0], height=SIZE[1])
    display: Callable[..., None] = App._display

    def show(app: App[Any], screen: Any, update: Any) -> None:
        if update is not None and not app._batch_count:
            output = update.render_segments(console).encode()
            terminal.feed(output)
            sizes.append(len(output))
        display(app, screen, update)

    monkeypatch.setattr(App, "_display", show)
    return terminal, sizes


async def settled(reader: Opened) -> None:
    await reader.pilot.pause()
    await reader.handled()


def screen_of(reader: Opened) -> list[str]:
    return [line.rstrip() for line in reader.shown().split("\n")]


async def test_the_terminal_shows_what_is_meant(reader_options: ReaderOptions, sent: Sent) -> None:
    terminal, _ = sent
    chance = random.Random(5)
    keys = [
        "j",
        "k",
        "J",
        "K",
        "G",
        "g g",
        "ctrl+d",
        "ctrl+u",
        "tab",
        "c",
        "Z",
        "z a",
        "v",
        "escape",
        "n",
        "]",
        "+",
        "-",
    ]
    async with opened(reader_options, SIZE) as reader:
        for _ in range(60):
            key = chance.choice(keys)
            await reader.press(key)
            await settled(reader)
            await reader.until(lambda: terminal.lines() == screen_of(reader), key)


async def test_the_terminal_shows_what_is_found(reader_options: ReaderOptions, sent: Sent) -> None:
    terminal, _ = sent
    async with opened(reader_options, SIZE) as reader:
        await reader.press("s")
        screen = reader.app.screen
        assert isinstance(screen, SearchScreen)
        for query in ("the", "the he", "문재인", "xyzzy", "Heron", ""):
            screen.input.value = query
            await reader.until(lambda query=query: screen.answered == query or not query)  # type: ignore[misc]
            await settled(reader)
            await reader.until(lambda: terminal.lines() == screen_of(reader), query)
        await reader.press("escape")
        await settled(reader)
        await reader.until(lambda: terminal.lines() == screen_of(reader))


async def test_what_is_shown_already_is_not_sent(reader_options: ReaderOptions, sent: Sent) -> None:
    _, sizes = sent
    async with opened(reader_options, SIZE) as reader:
        await settled(reader)
        sizes.clear()
        reader.reader.article.repaint()
        reader.reader.comments.refill()
        await settled(reader)
        assert sum(sizes) == 0
        reader.reader.article.refresh()
        await settled(reader)
        assert sum(sizes) > 500
