"""Panes at every size of the window, while it is open: what is shown, what stays, and that nothing breaks."""

from __future__ import annotations

import itertools
import random
from pathlib import Path
from typing import Any

import pytest

from tests.ui.support import THREAD, Opened, opened, options_for, put_corpus
from tui.options import ReaderOptions
from tui.view.layout import PANES, arrange

SIZES = (
    (200, 50),
    (150, 40),
    (120, 40),
    (110, 30),
    (100, 29),
    (80, 24),
    (76, 24),
    (75, 24),
    (60, 19),
    (20, 5),
    (19, 4),
)
LONG: dict[str, Any] = {
    **THREAD,
    "paragraphs": [f"Paragraph {number} is here. " + "It has some words of its own. " * 8 for number in range(1, 61)],
}


def shown(reader: Opened) -> set[str]:
    return {name for name in PANES if reader.reader.pane(name).display}


def check(reader: Opened, size: tuple[int, int]) -> None:
    screen = reader.reader
    wanted = arrange(*size, screen.focused_name, screen.side, screen.text_pane, screen.zoomed)
    assert shown(reader) == wanted.shown, size
    lines = reader.shown().splitlines()
    assert len(lines) == size[1]
    if wanted.too_small:
        return
    assert screen.focused is screen.pane(screen.focused_name)
    for name in wanted.shown:
        assert screen.pane(name).size.width > 1, (size, name)
        assert screen.pane(name).size.height > 0, (size, name)
    if wanted.articles:
        assert screen.articles.size.width == wanted.articles
    if wanted.entities:
        assert screen.entities.size.width == wanted.entities
    if wanted.beside:
        assert screen.comments.size.width == wanted.comments
        assert screen.article.region.y == screen.comments.region.y


@pytest.mark.parametrize("pane", ["comments", "entities"])
async def test_every_class_of_size_and_back(reader_options: ReaderOptions, pane: Any) -> None:
    async with opened(reader_options, (200, 50)) as reader:
        reader.reader.show_pane(pane)
        await reader.handled()
        for size in (*SIZES, *reversed(SIZES)):
            await reader.resize(*size)
            check(reader, size)
        assert reader.pane == pane


async def test_too_small_a_window_says_so_and_keeps_its_keys(reader_options: ReaderOptions) -> None:
    async with opened(reader_options, (40, 10)) as reader:
        await reader.resize(19, 4)
        assert "too small" in " ".join(reader.shown().split())
        await reader.press("3 G", "tab", "j")
        await reader.resize(120, 40)
        await reader.press("3 G")
        assert reader.place in ("¶3 of 6", "#3 of 7")


async def test_the_passage_at_the_top_stays(tmp_path: Path) -> None:
    async with opened(options_for(tmp_path, put_corpus(tmp_path / "captures", LONG)), (120, 40)) as reader:
        await reader.press("3 0 G")
        article = reader.reader.article
        item = article.top.item
        assert "Paragraph 30 is here" in reader.shown()
        for size in ((200, 50), (80, 24), (60, 19), (76, 30), (30, 8), (150, 40), (120, 40)):
            await reader.resize(*size)
            assert article.top.item == item, size
            assert "Paragraph 30" in " ".join(reader.shown().split())
        assert reader.place == "¶30 of 60"


async def test_the_end_of_the_text_fills_the_pane_after_a_resize(tmp_path: Path) -> None:
    async with opened(options_for(tmp_path, put_corpus(tmp_path / "captures", LONG)), (60, 19)) as reader:
        await reader.press("G")
        assert "7 comments" in reader.shown()
        await reader.resize(200, 50)
        assert len(reader.reader.article.lines()) == reader.reader.article.page


async def test_a_grid_of_small_sizes(reader_options: ReaderOptions) -> None:
    grid = list(itertools.product(range(1, 61), range(1, 21)))
    sizes = random.Random(7).sample(grid, 40)
    async with opened(reader_options, (60, 20)) as reader:
        for number, size in enumerate(sizes):
            await reader.resize(*size)
            await reader.press(("tab", "j", "G", "z M", "v", "escape", "c", "l", "h", "Z")[number % 10])
            assert reader.app.is_running
            assert len(reader.shown().splitlines()) == size[1]


async def test_zoom_shows_one_pane_and_all_again(reader_options: ReaderOptions) -> None:
    async with opened(reader_options, (120, 40)) as reader:
        await reader.press("Z")
        assert shown(reader) == {"article"}
        await reader.press("tab")
        assert shown(reader) == {"comments"}
        await reader.press("Z")
        assert shown(reader) == set(PANES)
        await reader.press("Z", "escape")
        assert shown(reader) == set(PANES)


@pytest.mark.parametrize("size", [(60, 19), (80, 24), (120, 40)])
async def test_the_pane_that_has_the_focus_is_seen_zoomed_or_narrow(
    reader_options: ReaderOptions, size: tuple[int, int]
) -> None:
    async with opened(reader_options, size) as reader:
        await reader.press("Z")
        for keys in ("tab", "tab", "tab", "tab", "c", "c", "h", "l", "shift+tab"):
            await reader.press(keys)
            assert shown(reader) == {reader.pane}, keys
            assert reader.reader.focused is reader.reader.pane(reader.reader.focused_name)


async def test_c_goes_between_the_texts_and_makes_the_one_gone_to_large(reader_options: ReaderOptions) -> None:
    async with opened(reader_options, (120, 40)) as reader:
        screen = reader.reader
        assert screen.article.size.height > screen.comments.size.height
        await reader.press("c")
        await reader.until(lambda: screen.comments.size.height > screen.article.size.height)
        assert screen.focused_name == "comments"
        await reader.press("c")
        await reader.until(lambda: screen.article.size.height > screen.comments.size.height)


async def test_panes_by_tab_and_by_h_and_l(reader_options: ReaderOptions) -> None:
    async with opened(reader_options, (80, 24)) as reader:
        walked = []
        for _ in range(4):
            await reader.press("tab")
            walked.append(reader.pane)
            assert walked[-1] in shown(reader)
        assert walked == ["comments", "entities", "articles", "article"]
        for wanted in ("articles", "entities", "comments"):
            await reader.press("shift+tab")
            assert reader.pane == wanted
        await reader.press("left")
        assert reader.pane == "comments"
        assert reader.reader.comments.folded == {"r1"}
        await reader.press("left", "h")
        assert reader.pane == "articles"
        await reader.press("l")
        assert reader.pane == "article"


async def test_the_measure(reader_options: ReaderOptions) -> None:
    async with opened(reader_options, (200, 50)) as reader:
        await reader.press("2 G")
        before = reader.reader.article.wrapped.rows(4)
        await reader.press("4 -")
        assert reader.reader.measure == 56
        assert "56 cells" in reader.message
        assert len(reader.reader.article.wrapped.rows(4)) > len(before)
        assert reader.place == "¶2 of 6"
        await reader.press("9 9 9 +")
        assert reader.reader.measure == 160


async def test_a_pane_that_was_refilled_out_of_sight_is_wrapped_for_its_width(tmp_path: Path) -> None:
    async with opened(options_for(tmp_path, put_corpus(tmp_path / "captures", LONG)), (80, 24)) as reader:
        await reader.press("c")
        assert "comments" in shown(reader)
        await reader.press("z f", "c")
        assert "article" in shown(reader)
        await reader.until(
            lambda: "It has some words of its own." in reader.shown(), "it was never wrapped for its width"
        )
