"""Palette and help: every command by its name, searchable, run from there."""

from __future__ import annotations

import pytest

from tests.ui.support import Opened, opened
from tui.commands import COMMANDS
from tui.options import ReaderOptions
from tui.screens.palette import Palette


async def palette(reader: Opened, keys: str = ":") -> Palette:
    await reader.press(keys)
    await reader.until(lambda: isinstance(reader.app.screen, Palette) and reader.app.screen.input.has_focus)
    screen = reader.app.screen
    assert isinstance(screen, Palette)
    return screen


def listed(screen: Palette) -> list[str]:
    source = screen.list.source
    return [str(source.key(at)) for at in range(len(source)) if source.stops(at)]


@pytest.mark.parametrize("keys", [":", "ctrl+p", "?"])
async def test_all_commands_are_listed_with_keys_in_groups(reader_options: ReaderOptions, keys: str) -> None:
    async with opened(reader_options) as reader:
        screen = await palette(reader, keys)
        assert sorted(listed(screen)) == sorted(command.id for command in COMMANDS)
        assert "MOVE" in reader.shown()
        assert "Korean layout" in reader.shown()
        await reader.press("escape")
        assert reader.app.screen is reader.reader


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [("newest first", "order"), ("citation", "quote"), ("zM", "fold.close-all"), ("ctrl-d", "half-down"), ("FOLD ALL", "fold.close-all")],
)  # fmt: skip
async def test_help_is_searched_by_words_keys_and_names(reader_options: ReaderOptions, typed: str, wanted: str) -> None:
    async with opened(reader_options) as reader:
        screen = await palette(reader, "?")
        screen.input.value = typed
        await reader.handled()
        assert wanted in listed(screen)
        assert len(listed(screen)) < 20


async def test_a_command_that_does_not_exist(reader_options: ReaderOptions) -> None:
    async with opened(reader_options) as reader:
        screen = await palette(reader)
        screen.input.value = "make coffee"
        await reader.handled()
        assert "No command fits." in reader.shown()
        await reader.press("enter")
        assert reader.app.is_running


async def test_enter_runs_the_command_on_the_pane_that_was_focused(reader_options: ReaderOptions) -> None:
    async with opened(reader_options) as reader:
        await reader.press("c")
        screen = await palette(reader)
        screen.input.value = "fold every thread"
        await reader.handled()
        assert listed(screen) == ["fold.close-all"]
        await reader.press("enter")
        await reader.until(lambda: reader.app.screen is reader.reader)
        await reader.until(lambda: reader.reader.comments.folded)
        assert reader.pane == "comments"


async def test_arrows_move_the_list_while_typing(reader_options: ReaderOptions) -> None:
    async with opened(reader_options) as reader:
        screen = await palette(reader)
        first = screen.list.cursor
        await reader.press("down", "down", "up", "pagedown")
        assert screen.list.cursor > first + 1
        assert screen.input.has_focus
        await reader.press("tab", "k", "/")
        assert screen.input.has_focus


async def test_themes_come_round(reader_options: ReaderOptions) -> None:
    async with opened(reader_options) as reader:
        seen = []
        for _ in range(4):
            screen = await palette(reader)
            screen.input.value = "theme"
            await reader.handled()
            assert "theme" in listed(screen)
            screen.list.move_cursor(
                next(at for at in range(len(screen.list.source)) if screen.list.source.key(at) == "theme")
            )
            await reader.press("enter")
            await reader.until(lambda: reader.app.screen is reader.reader)
            seen.append(reader.app.theme)
        assert len(set(seen)) == 4
        assert seen[-1] == "korea-dark"
