"""NO_COLOR: no colour is sent at all, and what is selected, lit, marked or chosen is seen all the same."""

from __future__ import annotations

import pytest
from rich.color import ColorType

from tests.ui.support import Opened, opened, options_for
from tui.options import ReaderOptions

Attributes = frozenset[str]


@pytest.fixture(autouse=True)
def no_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")


def words(reader: Opened) -> dict[str, Attributes]:
    """Return every segment on the screen with the attributes it has; fail where one has a colour."""
    found: dict[str, Attributes] = {}
    for strip in reader.app.screen._compositor.render_strips():
        for segment in strip:
            style = segment.style
            if style is None:
                continue
            for colour in (style.color, style.bgcolor):
                assert colour is None or colour.type is ColorType.DEFAULT, (segment.text, colour)
            names = ("bold", "italic", "underline", "reverse")
            found[segment.text] = frozenset(name for name in names if getattr(style, name))
    return found


@pytest.mark.parametrize("theme", [None, "dark", "light", "terminal"])
async def test_no_colour_is_sent_and_marks_are_seen(reader_options: ReaderOptions, theme: str | None) -> None:
    options = options_for(reader_options.folders.data.parent, *reader_options.paths, theme=theme)
    async with opened(options) as reader:
        await reader.press("2 G", "H", "5 G", "v")
        await reader.pilot.pause()
        seen = words(reader)
        assert "reverse" in seen["Kim Jong-un had offered talks on 1 January."]
        assert "underline" in next(found for text, found in seen.items() if text.startswith("President Moon"))
        await reader.press("escape", "/")
        await reader.type("dusk")
        await reader.press("enter", "h")
        await reader.pilot.pause()
        seen = words(reader)
        assert "reverse" in seen["dusk"]
        assert any("reverse" in found for text, found in seen.items() if "Envoys" in text)


async def test_going_through_the_themes_brings_no_colour(reader_options: ReaderOptions) -> None:
    async with opened(reader_options) as reader:
        for _ in range(4):
            reader.reader.run_command("theme")
            await reader.pilot.pause()
            words(reader)


async def test_screens_over_the_reader_bring_none(reader_options: ReaderOptions) -> None:
    async with opened(reader_options) as reader:
        for keys in ("?", "s", "Y", "a", "g d"):
            await reader.press(keys)
            await reader.pilot.pause()
            words(reader)
            await reader.press("escape")
            await reader.pilot.pause()
