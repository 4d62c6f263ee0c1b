"""The mouse: click, double click, drag across lines and passages, wheel; what is under the pointer is what is meant."""

from __future__ import annotations

from textual import events
from textual.widget import Widget

from tests.ui.support import KOREAN, SILENT, THREAD, Opened, opened
from tui.options import ReaderOptions
from tui.widgets.text_pane import TextPane


def cell_of(reader: Opened, pane: TextPane, word: str, *, end: bool = False) -> tuple[int, int]:
    """Return where in a pane a word is shown: column and line."""
    from rich.cells import cell_len

    for y, (_, _, row) in enumerate(pane.lines()):
        at = row.plain.find(word)
        if at >= 0:
            return cell_len(row.plain[: at + len(word) * end]), y + pane.head
    raise AssertionError(f"{word} is not shown")


async def drag(reader: Opened, pane: Widget, start: tuple[int, int], end: tuple[int, int]) -> None:
    await reader.pilot.mouse_down(pane, offset=start)
    await reader.pilot.hover(pane, offset=((start[0] + end[0]) // 2, start[1]))
    pane.post_message(mouse(events.MouseMove, pane, end))
    await reader.handled()
    await reader.pilot.mouse_up(pane, offset=end)
    await reader.handled()


def mouse(kind: type[events.MouseEvent], pane: Widget, at: tuple[int, int]) -> events.MouseEvent:
    x, y = at
    region = pane.region
    return kind(pane, x, y, 0, 0, 1, False, False, False, region.x + x, region.y + y)


async def test_a_drag_selects_exactly_what_it_covers(reader_options: ReaderOptions) -> None:
    async with opened(reader_options, (120, 40)) as reader:
        article = reader.reader.article
        await drag(reader, article, cell_of(reader, article, "led"), cell_of(reader, article, "writes it", end=True))
        assert reader.spans() == ("led them; 리선권 is how he writes it",)
        await drag(reader, article, cell_of(reader, article, "선권"), cell_of(reader, article, "said little", end=True))
        first, second = THREAD["paragraphs"][:2]
        assert reader.spans() == (first[first.index("선권") :] + "\n\n" + second[: second.index(" little.") + 7],)
        await drag(reader, article, cell_of(reader, article, "said little"), cell_of(reader, article, "선권"))
        assert reader.spans()[0].startswith("선권 is")


async def test_a_drag_over_comments_takes_one_span_each_and_no_header(
    reader_options: ReaderOptions, copied: list[str]
) -> None:
    async with opened(reader_options, (120, 40)) as reader:
        comments = reader.reader.comments
        await drag(reader, comments, cell_of(reader, comments, "squid"), cell_of(reader, comments, "A reply", end=True))
        assert reader.spans() == ("squid know it all.", "A reply")
        await reader.press("H")
        assert "squid know it all." in str(reader.notes())
        assert "Wren" not in str(reader.notes()[0]["target"])


async def test_keys_go_on_with_a_selection_made_by_the_mouse(reader_options: ReaderOptions) -> None:
    async with opened(reader_options, (120, 40)) as reader:
        article = reader.reader.article
        await drag(reader, article, cell_of(reader, article, "President"), cell_of(reader, article, "Moon", end=True))
        assert reader.spans() == ("President Moon",)
        await reader.press("w")
        assert reader.spans() == ("President Moon Jae-in",)
        await reader.press("escape")
        assert reader.reader.mode() == ""


async def test_clicks_focus_and_choose(reader_options: ReaderOptions) -> None:
    async with opened(reader_options, (120, 40)) as reader:
        screen = reader.reader
        await reader.pilot.click(screen.comments, offset=cell_of(reader, screen.comments, "Deeper"))
        await reader.handled()
        assert (screen.focused_name, reader.place) == ("comments", "#3 of 7")
        await reader.pilot.click(screen.articles, offset=(4, 5))
        await reader.until(lambda: reader.document.title == SILENT["title"])
        await reader.pilot.click(screen.articles, offset=(4, 30))
        await reader.handled()
        assert reader.document.title == SILENT["title"]
        await reader.pilot.click(screen.articles, offset=(4, 8))
        await reader.until(lambda: reader.document.title == KOREAN["title"])


async def test_a_double_click_selects_the_sentence(reader_options: ReaderOptions) -> None:
    async with opened(reader_options, (120, 40)) as reader:
        article = reader.reader.article
        await reader.pilot.double_click(article, offset=cell_of(reader, article, "shook"))
        await reader.handled()
        assert reader.spans() == ("They shook hands twice.",)


async def test_the_wheel_scrolls_the_pane_under_it_and_leaves_the_cursor(reader_options: ReaderOptions) -> None:
    async with opened(reader_options, (120, 40)) as reader:
        comments = reader.reader.comments
        before = reader.place
        comments.post_message(mouse(events.MouseScrollDown, comments, (5, 5)))
        await reader.handled()
        assert comments.top != (0, 0)
        assert reader.place == before
        comments.post_message(mouse(events.MouseScrollUp, comments, (5, 5)))
        await reader.handled()
        assert comments.top == (0, 0)


async def test_a_click_on_the_keys_runs_the_command(reader_options: ReaderOptions) -> None:
    async with opened(reader_options, (120, 40)) as reader:
        keys = reader.reader.keys
        start, _, _ = next(place for place in keys._places if place[2] == "comments")
        await reader.pilot.click(keys, offset=(start + 1, 0))
        await reader.handled()
        assert reader.pane == "comments"
