"""Keys that arrive together, as a slow line delivers them: each goes where it would have gone alone."""

from __future__ import annotations

import pytest
from textual import events
from textual.widgets import Input, TextArea

from tests.ui.support import Opened, opened
from tui.options import ReaderOptions
from tui.screens.details import DetailsScreen
from tui.screens.editor import NoteEditor
from tui.screens.notes import NotesScreen
from tui.screens.palette import Palette
from tui.screens.search import SearchScreen


def keys(text: str) -> tuple[str, ...]:
    return tuple("space" if char == " " else char for char in text)


def typed(reader: Opened) -> str:
    """Return what stands in the field that has the focus."""
    field = reader.app.focused
    return field.value if isinstance(field, Input) else field.text if isinstance(field, TextArea) else ""


@pytest.mark.parametrize(
    ("opening", "screen"),
    [("s", SearchScreen), ("?", Palette), ("ctrl+p", Palette), ("a", NoteEditor), ("g n", NotesScreen)],
)
async def test_what_follows_the_key_of_a_screen_is_typed_there(
    reader_options: ReaderOptions, opening: str, screen: type[object]
) -> None:
    async with opened(reader_options) as reader:
        if screen is NotesScreen:
            # its line to type in has the focus once it is asked for
            opening = f"{opening} /"
        await reader.burst(opening, *keys("HXA *ru moon"))
        await reader.until(lambda: typed(reader) == "HXA *ru moon", "keys were lost")
        assert isinstance(reader.app.screen, screen)
        assert not reader.notes()
        assert not reader.reader.session.reading.hidden()


@pytest.mark.parametrize(("pane", "opening"), [("", "/"), ("", "t"), ("", "\\"), ("", "|"), ("h", "/"), ("h", "\\")])
async def test_what_follows_the_key_of_a_line_is_typed_there(
    reader_options: ReaderOptions, pane: str, opening: str
) -> None:
    async with opened(reader_options) as reader:
        await reader.burst(*filter(None, (pane, opening)), *keys("moon sX"))
        await reader.until(lambda: typed(reader) == "moon sX", "keys were lost")
        assert reader.app.screen is reader.reader


async def test_keys_after_esc_go_to_the_screen_below(reader_options: ReaderOptions) -> None:
    async with opened(reader_options) as reader:
        await reader.burst("s", *keys("squid"), "escape", "j", "j")
        await reader.until(lambda: reader.place.startswith("¶2"), "the reader never had the keys")
        await reader.burst("/", *keys("moon"), "escape", "k")
        await reader.until(lambda: reader.place.startswith("¶1"), "the reader never had the key")
        assert reader.app.screen is reader.reader


async def test_a_whole_train_of_keys(reader_options: ReaderOptions) -> None:
    async with opened(reader_options) as reader:
        await reader.burst(
            "a", *keys("first"), "ctrl+s", "j", "a", *keys("second"), "ctrl+s", "?", *keys("star"), "escape"
        )
        await reader.until(lambda: len(reader.notes()) == 2 and reader.app.screen is reader.reader)
        assert sorted(note["body"][0]["value"] for note in reader.notes()) == ["first", "second"]


async def test_what_a_choice_leads_to_has_the_keys_after_it(reader_options: ReaderOptions) -> None:
    async with opened(reader_options) as reader:
        await reader.burst(":", *keys("details"), "enter", "j", "enter", *keys("X"))
        await reader.until(lambda: isinstance(reader.app.screen, DetailsScreen))
        await reader.until(lambda: typed(reader).endswith("X"), "the key after the choice was lost")


async def test_esc_and_a_key_in_one_packet_are_two_keys(reader_options: ReaderOptions) -> None:
    async with opened(reader_options) as reader:
        await reader.burst("s", *keys("squid"))
        driver = reader.app._driver
        assert driver is not None
        driver.send_message(events.Key("alt+j", "j"))
        await reader.until(lambda: reader.app.screen is reader.reader, "Esc was lost")
        await reader.until(lambda: reader.place.startswith("¶1"), "the key after Esc was lost")


async def test_a_paste_waits_for_its_field(reader_options: ReaderOptions) -> None:
    async with opened(reader_options) as reader:
        driver = reader.app._driver
        assert driver is not None
        driver.send_message(events.Key("s", "s"))
        driver.send_message(events.Paste("squid and "))
        driver.send_message(events.Key("x", "x"))
        await reader.until(lambda: typed(reader) == "squid and x", "what was pasted was lost")
