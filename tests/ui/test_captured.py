from __future__ import annotations

import itertools
import json
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.adding import add_text
from corpus.model import Comment, Document, StatedCount, make_document
from corpus.record_writing import to_line
from tests.ui.support import THREAD, Opened, opened, options_for, put_corpus
from tui.screens.details import DetailsScreen
from tui.screens.raw import RawScreen
from tui.screens.rereading import RereadScreen

PASTED = """Envoys cross at Panmunjom

The envoys crossed the line in the morning and talked until dusk about sport and families.

Heron, 9 January 2018
What a day for the line, and for all who waited.
"""


def thread(folder: Path) -> Path:
    return put_corpus(folder, THREAD)


async def raw_of(found: Opened, *keys: str) -> RawScreen:
    await found.press(*keys, "g r")
    screen = found.app.screen
    assert isinstance(screen, RawScreen)
    await found.until(lambda: screen.pane.subtitle, "the file was never shown")
    return screen


async def test_the_raw_capture_is_shown_at_the_passage_and_searched(tmp_path: Path) -> None:
    async with opened(options_for(tmp_path / "home", thread(tmp_path / "in"))) as found:
        await found.press("5 G")
        screen = await raw_of(found)
        assert "00.json" in found.shown()
        assert "Kim Jong-un had offered" in found.shown()
        assert screen.place
        await found.press("/")
        await found.type("pearl")
        await found.press("enter")
        assert "Hidden pearl" in found.shown()
        before = screen.at
        await found.press("n")
        assert screen.at == (before + 1) % len(screen.found)
        await found.press("q")
        assert found.app.screen is found.reader


async def test_what_is_no_text_is_said(tmp_path: Path) -> None:
    folder = put_corpus(tmp_path / "in", THREAD, broken=True)
    async with opened(options_for(tmp_path / "home", folder)) as found:
        found.reader.show_pane("articles")
        await found.press("G", "g r")
        await found.until(lambda: "is not text" in found.shown())
        await found.press("escape")
        assert found.app.screen is found.reader


async def test_a_text_that_failed_is_opened_searched_and_quoted(tmp_path: Path) -> None:
    folder = put_corpus(tmp_path / "in", THREAD)
    (folder / "zz-broken.json").write_text('{"title": "Broken", "body": "The pearl is hid [@click=quit]x[/]')
    async with opened(options_for(tmp_path / "home", folder)) as found:
        found.reader.show_pane("articles")
        await found.press("G", "enter")
        await found.until(lambda: "could not be read" in found.shown().split("Comments")[0])
        assert "[@click=quit]x[/]" in found.shown()
        await found.press("/")
        await found.type("pearl")
        await found.press("enter")
        assert "1 of 1" in found.lit
        await found.press("y")
        await found.until(lambda: found.app.session.quotes.all())
        assert "zz-broken.json" in found.app.session.quotes.all()[0]


async def test_comments_start_where_the_user_says_and_back(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "page.txt").write_text(PASTED)
    async with opened(options_for(tmp_path / "home", folder)) as found:
        assert not found.document.comments
        name, at = found.document.id, 2
        await found.press(*f"{at}G", "g c")
        screen = found.app.screen
        assert isinstance(screen, RereadScreen)
        await found.until(lambda: "Heron" in found.shown().partition("What changes")[2], "no preview")
        await found.press("c")
        await found.until(lambda: found.document.comments)
        assert found.document.id == name
        assert found.document.comments[0].author == "Heron"
        await found.until(lambda: not found.reader.is_gathering and not found.reader._again)
        assert len(found.app.session.library.document(name).comments) == 1
        await found.press("u")
        await found.until(lambda: not found.document.comments)
        await found.until(lambda: not found.reader.is_gathering and not found.reader._again)
        assert not found.app.session.library.document(name).comments


async def test_what_is_no_comment_and_who_wrote_one(tmp_path: Path) -> None:
    async with opened(options_for(tmp_path / "home", thread(tmp_path / "in"))) as found:
        found.reader.show_pane("comments")
        await found.press("g c", "h", "h")
        await found.until(lambda: len(found.document.comments) == 6)
        await found.press("g c", "w")
        found.reader.prompt.value = "Another Bird"
        await found.press("enter")
        await found.until(lambda: any(item.author == "Another Bird" for item in found.document.comments))
        await found.press("u", "u")
        await found.until(lambda: len(found.document.comments) == 7)


async def test_title_and_author_are_corrected_from_the_same_menu(tmp_path: Path) -> None:
    async with opened(options_for(tmp_path / "home", thread(tmp_path / "in"))) as found:
        await found.press("g c", "t")
        screen = found.app.screen
        assert isinstance(screen, DetailsScreen)
        await found.until(lambda: screen.prompt.value == THREAD["title"])
        screen.prompt.value = "A better title"
        await found.press("enter", "q")
        assert found.document.title == "A better title"
        assert "A better title" in found.shown()
        await found.until(
            lambda: "A better title" in [entry.title for entry in found.app.session.library.entries(0, 9)]
        )


async def test_the_pages_own_count_is_compared_in_the_head(tmp_path: Path) -> None:
    comments = [Comment(str(at), at, f"Word {at}.") for at in range(3)]
    folder = tmp_path / "in"
    folder.mkdir()
    for name, count in (("a", 3), ("b", 9)):
        page = make_document(name, [("A.", "paragraph")], comments, stated_comment_count=StatedCount(count, "n"))
        (folder / f"{name}.jsonl").write_text(to_line(page))
    async with opened(options_for(tmp_path / "home", folder)) as found:
        assert "page says 3, found 3" in found.shown()
        assert "! page says" not in found.shown()
        await found.press("J")
        assert "! page says 9, found 3" in found.shown()


async def test_a_capture_of_the_library_goes_to_the_trash_and_comes_back(tmp_path: Path) -> None:
    options = options_for(tmp_path / "home")
    kept = add_text(json.dumps(THREAD), options.folders, "Envoys", suffix=".json").path
    options = options_for(tmp_path / "home", options.folders.captures)
    async with opened(options) as found:
        found.reader.run_command("trash")
        assert "Moved to the trash" in found.message
        assert not kept.exists()
        await found.until(lambda: not found.reader.is_gathering)
        await found.until(lambda: not found.app.session.library.entries(0, 9))
        await found.press("u")
        assert kept.exists()
        await found.until(lambda: found.app.session.library.entries(0, 9))


async def test_a_capture_elsewhere_is_not_touched(tmp_path: Path) -> None:
    folder = thread(tmp_path / "in")
    async with opened(options_for(tmp_path / "home", folder)) as found:
        found.reader.run_command("trash")
        assert "stays where it is" in found.message
        assert (folder / "00.json").exists()


async def test_of_two_readings_the_later_is_shown_whichever_ends_last(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(options_for(tmp_path / "home", thread(tmp_path / "in"))) as found:
        await found.until(lambda: not found.reader.is_gathering)
        session, numbers, later = found.app.session, itertools.count(), threading.Event()
        ended: list[int] = []

        def reread(document: Document) -> Document:
            number = next(numbers)
            if number == 0:
                later.wait(5)
            ended.append(number)
            return replace(document, title=f"Reading {number}")

        said = itertools.count()
        monkeypatch.setattr(session, "said_of", lambda document: (next(said),), raising=False)
        monkeypatch.setattr(session, "reread", reread, raising=False)
        found.reader.reread()
        found.reader.reread()
        await found.until(lambda: found.document.title == "Reading 1")
        later.set()
        await found.until(lambda: ended == [1, 0])
        await found.until(lambda: all(worker.group != "reread" or worker.is_finished for worker in found.app.workers))
        assert found.document.title == "Reading 1"
