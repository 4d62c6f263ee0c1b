"""Pasting a page: what was found is shown, and what is kept is what was pasted."""

from __future__ import annotations

import json
import threading
from pathlib import Path
from typing import Any

import pytest
from textual import events

from corpus.read import Limits
from corpus.sample import folder
from tests.ui.over import go, over, write
from tests.ui.support import SILENT, THREAD, Opened, forbidden_in, opened, options_for, put_corpus
from tui.options import ReaderOptions
from tui.pasting import read_pasted
from tui.screens.paste import DRAFT, PasteScreen

PAGE = (folder() / "01-talks-next-week.txt").read_text("utf-8")
TITLE = PAGE.splitlines()[0]
SHORT = "A headline here\n\nThe first paragraph of a short page, which says one thing and no more than that.\n"


@pytest.fixture
def library(tmp_path: Path) -> ReaderOptions:
    """The options of a reader of the user's own captures folder."""
    home = tmp_path / "home"
    return options_for(home, put_corpus(home / "data" / "captures", THREAD))


async def paste(found: Opened, text: str) -> PasteScreen:
    """Open the paste screen and paste with the terminal."""
    await go(found, "g p")
    screen = over(found, PasteScreen)
    screen.area.post_message(events.Paste(text))
    await found.until(lambda: screen.found.subtitle, "the text was never read")
    return screen


def kept(options: ReaderOptions) -> list[Path]:
    return sorted(path for path in options.folders.captures.glob("*") if path.suffix != ".json" or "-" in path.name)


async def test_what_was_found_is_shown_below(reader_options: ReaderOptions) -> None:
    async with opened(reader_options, (120, 60)) as found:
        screen = await paste(found, PAGE)
        assert screen.found.subtitle == "13 paragraphs, 15 comments"
        shown = found.shown()
        assert TITLE in shown
        assert "Kaesong Shoelace" in shown
        assert "2018-01-04 21:41" in shown
        assert "no date found" in shown


async def test_keeping_opens_the_new_document(library: ReaderOptions) -> None:
    async with opened(library) as found:
        await paste(found, PAGE)
        await go(found, "ctrl+s")
        await found.until(lambda: found.document.title == TITLE)
        (path,) = kept(library)
        assert path.read_text("utf-8") == PAGE
        assert found.app.screen is found.reader
        assert path.name in found.message
        assert found.app.session.drafts.load(DRAFT) is None
        assert json.loads(library.folders.ledger.read_text())["path"] == path.name


async def test_the_same_text_is_kept_once(library: ReaderOptions) -> None:
    async with opened(library) as found:
        for _ in range(2):
            await paste(found, PAGE)
            await go(found, "ctrl+s")
            await found.until(lambda: found.document.title == TITLE and not found.reader.is_gathering)
        assert len(kept(library)) == 1
        assert "already" in found.message


async def test_what_is_kept_outside_of_what_is_open_is_named(reader_options: ReaderOptions) -> None:
    async with opened(reader_options) as found:
        await paste(found, PAGE)
        await go(found, "ctrl+s")
        await found.until(lambda: kept(reader_options))
        await found.until(lambda: list(found.app._notifications))
        (toast,) = found.app._notifications
        assert str(kept(reader_options)[0]) in toast.message
        assert found.document.title == THREAD["title"]


async def test_bytes_are_kept_as_they_came_until_they_are_changed(library: ReaderOptions) -> None:
    raw = SHORT.replace("\n", "\r\n") + "An odd \x1b[31mcolour\x1b[0m and a trailing blank \r\n"
    async with opened(library) as found:
        screen = await paste(found, raw)
        assert not forbidden_in(screen.area.text)
        assert screen.data() == raw.encode()
        await go(found, "x")
        assert screen.data() == screen.area.text.encode()
        await go(found, "ctrl+s")
        await found.until(lambda: found.document.title == "A headline here")
        assert "\x1b" not in kept(library)[0].read_text()


async def test_leaving_keeps_a_draft_that_is_taken_up_again(reader_options: ReaderOptions) -> None:
    async with opened(reader_options) as found:
        await paste(found, SHORT)
        await go(found, "escape")
        assert "not kept yet" in found.message
        assert not kept(reader_options)
    async with opened(reader_options) as found:
        await go(found, "g p")
        screen = over(found, PasteScreen)
        assert screen.area.text == SHORT.strip("\n")
        await found.until(lambda: screen.found.subtitle)
        await go(found, "ctrl+x")
        assert screen.area.text == ""
        await go(found, "ctrl+z")
        assert screen.area.text == SHORT.strip("\n")
        await go(found, "ctrl+x", "escape")
        assert found.app.session.drafts.load(DRAFT) is None
        assert found.message == ""


async def test_a_hang_up_keeps_the_draft(reader_options: ReaderOptions) -> None:
    async with opened(reader_options) as found:
        screen = await paste(found, SHORT)
        screen.keep_draft()
        assert found.app.session.drafts.load(DRAFT) == SHORT.strip("\n")


async def test_the_clipboard_is_taken_with_a_key(
    reader_options: ReaderOptions, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.clipboard.paste", lambda: "제목이 여기\n\n본문이 여기에 있다.".encode("cp949"))
    async with opened(reader_options) as found:
        await go(found, "g p", "ctrl+v")
        screen = over(found, PasteScreen)
        await found.until(lambda: "제목이 여기" in screen.area.text)
        assert screen.data().decode("cp949").startswith("제목")


async def test_a_clipboard_that_cannot_be_read_is_said(
    reader_options: ReaderOptions, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tui.clipboard import ClipboardError

    def silent() -> bytes:
        raise ClipboardError("The clipboard cannot be read here.")

    monkeypatch.setattr("tui.clipboard.paste", silent)
    async with opened(reader_options) as found:
        await go(found, "g p", "ctrl+v")
        screen = over(found, PasteScreen)
        await found.until(lambda: "cannot be read" in screen.status.message)


async def test_nothing_is_not_kept(reader_options: ReaderOptions) -> None:
    async with opened(reader_options) as found:
        await go(found, "g p", "ctrl+s")
        assert "no text" in over(found, PasteScreen).status.message
        await go(found, "escape")
        assert found.app.screen is found.reader
        assert not kept(reader_options)


async def test_typing_is_read_again_and_only_the_last_is_shown(reader_options: ReaderOptions) -> None:
    async with opened(reader_options) as found:
        screen = await paste(found, SHORT)
        await write(found, "Another paragraph that was typed by hand and is long enough.")
        await go(found, "tab", "j", "tab")
        assert found.app.focused is screen.area
        screen._again = True
        screen._read()
        await found.until(lambda: not screen._reading)
        assert "Another" in "".join(
            row.plain for at in range(len(screen.found.source)) for row in screen.found.source.rows(at, 300)
        )


async def test_records_are_kept_as_records(library: ReaderOptions) -> None:
    async with opened(library) as found:
        await paste(found, json.dumps(SILENT))
        await go(found, "ctrl+s")
        await found.until(lambda: found.document.title == SILENT["title"])
        assert kept(library)[0].suffix == ".json"


async def test_a_full_disk_leaves_the_text_where_it_is(
    reader_options: ReaderOptions, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(reader_options) as found:
        screen = await paste(found, SHORT)

        def full(*_: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(found.app.session.storage, "copy_in", full)
        await go(found, "ctrl+s")
        await found.until(lambda: "could not be kept" in screen.status.message)
        assert screen.area.text.startswith("A headline")


@pytest.mark.parametrize("size", [(80, 24), (24, 6)])
async def test_hostile_text_is_shown_as_text(reader_options: ReaderOptions, size: tuple[int, int]) -> None:
    hostile = "[bold]x[/bold] [/단독] [@click=app.quit]go[/] \x1b]52;c;AA\x07 \u202eevil\n\n[/] first paragraph.\n"
    async with opened(reader_options, size) as found:
        await paste(found, hostile)
        shown = found.shown()
        assert not forbidden_in(shown)
        if size[0] == 80:
            assert shown.count("[bold]x[/bold] [/단독]") == 2


def test_what_cannot_be_read_is_a_problem_and_no_error() -> None:
    assert read_pasted(b"\x89PNG\r\n\x1a\n" + bytes(99))
    assert read_pasted(b"x" * (Limits().size + 1))


async def test_what_is_being_kept_cannot_be_left_as_not_kept(
    library: ReaderOptions, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(library) as found:
        screen = await paste(found, PAGE)
        storage, written = found.app.session.storage, threading.Event()
        copy_in = storage.copy_in

        def slow(*where: Any) -> Path:
            written.wait(5)
            return copy_in(*where)

        monkeypatch.setattr(storage, "copy_in", slow)
        await found.press("ctrl+s", "x", "ctrl+x", "escape")
        assert over(found, PasteScreen).status.message == "The text is being kept."
        assert "x" + TITLE not in screen.area.text
        written.set()
        await found.until(lambda: found.app.screen is found.reader and found.document.title == TITLE)
        assert found.app.session.drafts.load(DRAFT) is None
