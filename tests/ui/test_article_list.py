"""The list of documents: orders, groups, what is hidden, read, saved, and what waits to be shown."""

from __future__ import annotations

import json
import threading
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from textual.message import Message

from corpus.library import Library, Progress
from tests.ui.support import KOREAN, SILENT, THREAD, Opened, opened, options_for, put_corpus
from tui.options import ReaderOptions
from tui.screens.gathering import Gathered, Looked
from tui.screens.saved_searching import Counted
from tui.screens.shelving import MANY


def titles(reader: Opened) -> list[str]:
    """Return the titles of the list, in its order."""
    source = reader.reader.articles.entries
    if source is None:
        return []
    return [entry.title for item in range(len(source)) if (entry := source.entry(item))]


def heads(reader: Opened) -> list[str]:
    source = reader.reader.articles.entries
    return [f"{head.text} {head.number}".strip() for head in source.heads] if source else []


async def test_orders_and_groups_keep_the_cursor_on_its_document(reader_options: ReaderOptions) -> None:
    async with opened(reader_options) as reader:
        await reader.press("h", "J")
        assert reader.document.title == SILENT["title"]
        for order in ("date", "comments", "new comments", "outlet", "title", "added"):
            await reader.press("S")
            assert reader.message == f"Articles by {order}."
            assert sorted(titles(reader)) == sorted([THREAD["title"], SILENT["title"], KOREAN["title"]])
            source = reader.reader.articles.entries
            assert source
            assert source.document(reader.reader.articles.cursor) == reader.document.id
        await reader.press("g b")
        lines = [row.plain for _, _, row in reader.reader.articles.lines()]
        assert " Harbour Post" in lines
        assert " no outlet" in lines
        assert reader.reader.articles.subtitle == "3 by outlet"
        await reader.press("g b")
        assert "Grouped by story" in reader.message
        await reader.press("g b")
        assert reader.message == "Not grouped."


async def test_hiding_is_undone_and_hidden_ones_can_be_seen(reader_options: ReaderOptions) -> None:
    async with opened(reader_options) as reader:
        await reader.press("h", "X")
        assert titles(reader) == [SILENT["title"], KOREAN["title"]]
        await reader.press("u")
        assert titles(reader) == [THREAD["title"], SILENT["title"], KOREAN["title"]]
        await reader.press("ctrl+r", "g x")
        assert titles(reader) == [THREAD["title"]]
        await reader.press("g g", "X")
        assert "Shown again" in reader.message
        assert "Nothing fits hidden" in reader.shown()
        await reader.press("g x")
        assert len(titles(reader)) == 3


async def test_only_unread_and_all_read_at_once(reader_options: ReaderOptions) -> None:
    async with opened(reader_options) as reader:
        await reader.press("h", "r", "g u")
        assert titles(reader) == [SILENT["title"], KOREAN["title"]]
        # search does not care
        hits = reader.reader.session.search("squid", lambda: False, limit=5).hits
        assert hits
        assert reader.reader.visit(hits[0].span)
        assert reader.document.title == THREAD["title"]
        await reader.press("J")
        assert reader.document.title in titles(reader)
        await reader.press("A")
        assert "2 documents marked read" in reader.message
        await reader.press("g u", "g u")
        assert titles(reader) == []
        await reader.press("u", "escape", "g u")
        assert titles(reader) == [SILENT["title"], KOREAN["title"]]


async def test_a_document_is_read_at_its_last_passage_and_not_by_passing_over_it(
    reader_options: ReaderOptions,
) -> None:
    async with opened(reader_options) as reader:
        first = reader.document.id
        await reader.press("J", "K", "J", "K")
        assert not reader.reader.is_read(first)
        await reader.press("j", "j")
        assert not reader.reader.is_read(first)
        await reader.press("G")
        assert reader.reader.is_read(first)


async def test_a_page_of_comments_alone_is_read_at_the_last_of_them(tmp_path: Path) -> None:
    link = {**THREAD, "paragraphs": [], "title": "A link with comments only"}
    captures = put_corpus(tmp_path / "captures", SILENT, link, KOREAN)
    async with opened(options_for(tmp_path, captures)) as reader:
        await reader.press("h", "j")
        await reader.until(lambda: reader.document.title == link["title"])
        post = reader.document.id
        # skimmed to and fro, as the list's cursor does and as J does
        for keys in (("j", "k", "k", "j"), ("g g", "j"), ("J", "K")):
            await reader.press(*keys)
            await reader.until(lambda: reader.document.id == post)
            assert not reader.reader.is_read(post)
        reader.reader.show_pane("comments")
        await reader.press("j")
        assert not reader.reader.is_read(post)
        await reader.press("G")
        assert reader.reader.is_read(post)


async def test_a_document_that_was_left_at_its_end_and_marked_unread_is_not_read_by_passing_over_it(
    reader_options: ReaderOptions,
) -> None:
    async with opened(reader_options) as reader:
        first = reader.document.id
        await reader.press("G")
        assert reader.reader.is_read(first)
        await reader.press("r", "J", "K")
        assert reader.document.id == first
        assert not reader.reader.is_read(first)


async def test_esc_in_the_filter_brings_back_the_row_and_enter_keeps_the_found_one(tmp_path: Path) -> None:
    pages = [{**SILENT, "title": f"Page {at}", "url": f"https://x.example/{at}"} for at in range(60)]
    captures = put_corpus(tmp_path / "captures", *pages)
    async with opened(options_for(tmp_path, captures)) as reader:
        pane = reader.reader.articles
        await reader.press("h", "3 0 G", "4 j")

        def stands() -> tuple[str, object, str]:
            return reader.place, pane.top, titles(reader)[pane.cursor]

        stood = stands()
        await reader.press("\\")
        await reader.type("page 5")
        assert len(titles(reader)) < 20
        await reader.press("escape")
        assert stands()[2] == stood[2]
        await reader.until(lambda: stands() == stood)
        assert len(titles(reader)) == 60
        await reader.press("\\")
        await reader.type("page 57")
        await reader.press("enter")
        assert titles(reader) == ["Page 57"]
        # Esc in another filter goes back to that one, Esc in the list to all documents
        await reader.press("\\")
        await reader.type("x")
        await reader.press("escape")
        assert titles(reader) == ["Page 57"]
        await reader.press("escape")
        assert len(titles(reader)) == 60


async def test_the_reader_opens_where_it_was_left(reader_options: ReaderOptions) -> None:
    async with opened(reader_options) as reader:
        await reader.press("J", "K", "3 G")
    async with opened(reader_options) as reader:
        assert reader.document.title == THREAD["title"]
        await reader.until(lambda: reader.place == "¶3 of 6")
        await reader.press("J", "J")
    async with opened(reader_options) as reader:
        assert reader.document.title == KOREAN["title"]
        assert reader.reader.articles.cursor == 2


async def test_new_captures_wait_until_they_are_called(tmp_path: Path) -> None:
    captures = put_corpus(tmp_path / "captures", SILENT, KOREAN)
    options = options_for(tmp_path, captures)
    async with opened(options) as reader:
        await reader.press("J", "G")
    (captures / "aa.json").write_text(json.dumps(THREAD), "utf-8")
    async with opened(options) as reader:
        assert titles(reader) == [SILENT["title"], KOREAN["title"]]
        assert reader.reader.articles.subtitle.startswith("1 new, R")
        assert reader.document.title == KOREAN["title"]
        await reader.press("R")
        await reader.until(lambda: not reader.reader.is_gathering)
        assert titles(reader) == [THREAD["title"], SILENT["title"], KOREAN["title"]]
        assert reader.reader.articles.cursor == 2
        assert "new" not in reader.reader.articles.subtitle


async def look_around(reader: Opened) -> None:
    """Let the reader look at its folders, as it does now and then."""
    reader.reader.look_for_captures()
    await reader.until(lambda: not reader.reader._is_looking)
    await reader.until(lambda: not reader.reader.is_gathering)


async def test_captures_that_come_while_the_reader_is_open_wait_to_be_called(tmp_path: Path) -> None:
    captures = put_corpus(tmp_path / "captures", SILENT, KOREAN)
    async with opened(options_for(tmp_path, captures)) as reader:
        await reader.press("h", "J", "l", "2 G")
        place = reader.place
        await look_around(reader)
        (captures / "aa.json").write_text(json.dumps(THREAD), "utf-8")
        await look_around(reader)
        assert "new" not in reader.reader.articles.subtitle
        await look_around(reader)
        assert reader.reader.articles.subtitle.startswith("1 new, R")
        assert titles(reader) == [SILENT["title"], KOREAN["title"]]
        assert (reader.document.title, reader.place, reader.reader.articles.cursor) == (KOREAN["title"], place, 1)
        await reader.press("R")
        await reader.until(lambda: not reader.reader.is_gathering)
        assert titles(reader) == [THREAD["title"], SILENT["title"], KOREAN["title"]]


async def test_what_another_program_read_waits_to_be_called(tmp_path: Path) -> None:
    captures = put_corpus(tmp_path / "captures", SILENT, KOREAN)
    options = options_for(tmp_path, captures)
    async with opened(options) as reader:
        (captures / "aa.json").write_text(json.dumps(THREAD), "utf-8")
        library = Library.open([captures], options.folders.index([captures]))
        library.refresh()
        library.close()
        await look_around(reader)
        assert reader.reader.articles.subtitle.startswith("1 new, R")


async def test_the_folders_are_not_looked_at_while_captures_are_read_nor_while_the_reader_ends(
    reader_options: ReaderOptions, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(reader_options) as reader:
        looks: list[int] = []
        begun: list[object] = []

        def has_news() -> bool:
            looks.append(1)
            return True

        monkeypatch.setattr(reader.reader.session.library, "has_news", has_news)
        monkeypatch.setattr(reader.reader, "_start_gathering", lambda **how: begun.append(how))
        reader.reader.is_gathering = True
        reader.reader.look_for_captures()
        await reader.handled()
        reader.reader.is_gathering = False
        assert looks == []
        # one that ends after a key has begun to read captures changes nothing
        reader.reader.look_for_captures()
        reader.reader.is_gathering = True
        await reader.until(lambda: not reader.reader._is_looking)
        assert (looks, begun) == ([1], [])
        reader.reader.is_gathering = False
        reader.reader._stop.set()
        reader.reader.look_for_captures()
        await reader.handled()
        assert looks == [1]


async def test_how_far_the_reading_is_is_told_with_what_is_counted(reader_options: ReaderOptions) -> None:
    async with opened(reader_options, (80, 24)) as reader:
        reader.reader.post_message(Gathered(Progress("recognising", 1060, 10_000, 0, 85, 130)))
        await reader.handled()
        assert "names 1,060 of 10,000, 85/s, 2 min left" in reader.shown()
        # a long message is told whole, and what it covers comes back
        reader.reader.say("A sentence that needs more than half of the width of the screen.")
        await reader.handled()
        assert "than half of the width of the screen." in reader.shown()
        reader.reader._unsay()
        await reader.handled()
        assert "2 min left" in reader.shown()


async def test_an_empty_folder_says_how_captures_are_added(tmp_path: Path) -> None:
    options = options_for(tmp_path, put_corpus(tmp_path / "captures"))
    async with opened(options) as reader:
        # a saved search stands in the list though there are no documents
        reader.reader.session.save_search("squid")
    async with opened(options) as reader:
        assert heads(reader)
        assert "There is nothing to read yet." in reader.shown()
        assert "korea-reader add" in reader.shown()
        assert "could be read" not in reader.shown()


async def test_captures_that_failed_are_told_apart_from_unread_documents(tmp_path: Path) -> None:
    captures = put_corpus(tmp_path / "captures", SILENT)
    (captures / "bad.json").write_text("{")
    async with opened(options_for(tmp_path, captures), (80, 24)) as reader:
        assert "1 could not be read" in reader.shown()


async def test_a_look_that_took_long_is_not_soon_repeated(reader_options: ReaderOptions) -> None:
    async with opened(reader_options) as reader:
        before = time.monotonic()
        reader.reader.looked(Looked(60.0))
        assert reader.reader._next_look - before >= 50 * 60
        reader.reader.look_around()
        assert not reader.reader._is_looking


async def test_an_open_document_is_renewed_and_its_place_stays(tmp_path: Path) -> None:
    captures = put_corpus(tmp_path / "captures", {**THREAD, "comments": THREAD["comments"][:5]}, SILENT)
    async with opened(options_for(tmp_path, captures)) as reader:
        await reader.press("3 G")
        (captures / "00.json").write_text(json.dumps(THREAD), "utf-8")
        await reader.press("R")
        await reader.until(lambda: len(reader.document.comments) == 7)
        assert reader.place == "¶3 of 6"
        assert "2 new comments" in reader.message
        assert len(reader.reader.new_ids) == 2


async def test_many_unread_documents_are_offered_to_be_marked(tmp_path: Path) -> None:
    many: list[dict[str, Any]] = [
        {**SILENT, "title": f"Page {at}", "url": f"https://x.example/{at}"} for at in range(MANY + 2)
    ]
    captures = tmp_path / "captures"
    captures.mkdir()
    (captures / "many.jsonl").write_text("\n".join(map(json.dumps, many)), "utf-8")
    options = options_for(tmp_path, captures)
    async with opened(options) as reader:
        assert heads(reader) == [f"{MANY + 2} documents, none read yet. A marks all as read; u takes it back."]
        assert "read yet. A marks all" in reader.shown()
        reader.reader.show_pane("articles")
        await reader.press("g g")
        assert reader.place == f"1 of {MANY + 2}"
        await reader.press("A")
        assert heads(reader) == []
        await reader.press("u")
        assert not reader.reader.is_read(reader.document.id)
    async with opened(options) as reader:
        assert heads(reader)
        await reader.press("r")
        assert heads(reader) == []
    async with opened(options) as reader:
        assert heads(reader) == []


async def test_a_filter_that_fits_nothing_and_an_entity_that_nobody_names(reader_options: ReaderOptions) -> None:
    async with opened(reader_options) as reader:
        shelf = reader.reader.session.shelf
        shelf.entity, shelf.entity_name = "Q0", "Nobody"
        reader.reader.fill_articles()
        await reader.handled()
        assert "No document names" in reader.shown()
        await reader.press("escape")
        assert len(titles(reader)) == 3
        await reader.press("h", "\\")
        await reader.type("panmunjon")
        assert titles(reader) == [THREAD["title"]]
        assert "misspelt?" in reader.reader.articles.subtitle


async def test_a_long_list_is_chosen_behind_the_screen(
    reader_options: ReaderOptions, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.shelf.FEW", 0)
    async with opened(reader_options) as reader:
        await reader.press("h", "\\")
        await reader.type("quiet")
        await reader.until(lambda: titles(reader) == [SILENT["title"]])
        await reader.press("escape")
        await reader.until(lambda: len(titles(reader)) == 3)
        await reader.press("S", "S")
        await reader.until(lambda: titles(reader)[0] == THREAD["title"])


async def test_saved_searches_stand_above_the_list_with_their_counts(reader_options: ReaderOptions) -> None:
    async with opened(reader_options) as reader:
        reader.reader.session.save_search("북어국")
        reader.reader.heads_changed()
        await reader.until(lambda: heads(reader) == ["북어국 1"])
        reader.reader.show_pane("articles")
        await reader.press("g g", "k", "k")
        assert reader.place == "saved search"
        await reader.press("enter")
        await reader.until(lambda: titles(reader) == [KOREAN["title"]])
        assert "북어국" in reader.reader.articles.subtitle
        await reader.press("escape")
        assert len(titles(reader)) == 3
        await reader.press("g g", "X")
        assert heads(reader) == []
        await reader.press("u")
        assert heads(reader) == ["북어국 1"]


async def test_saved_searches_are_counted_again_when_what_they_find_changes(
    reader_options: ReaderOptions, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.screens.saved_searching.RECOUNT_SECONDS", 0.01)
    async with opened(reader_options) as reader:
        for query in ("is:unread 문재인", "is:starred", "북어국"):
            reader.reader.session.save_search(query)
        reader.reader.heads_changed()
        await reader.until(lambda: heads(reader) == ["is:unread 문재인 2", "is:starred 0", "북어국 1"])
        await reader.press("r")
        await reader.until(lambda: heads(reader) == ["is:unread 문재인 1", "is:starred 0", "북어국 1"])
        await reader.press("*")
        await reader.until(lambda: heads(reader)[1] == "is:starred 1")
        await reader.press("u", "u")
        await reader.until(lambda: heads(reader) == ["is:unread 문재인 2", "is:starred 0", "북어국 1"])
        await reader.press("A")
        await reader.until(lambda: heads(reader)[0] == "is:unread 문재인 0")


async def test_marks_do_not_count_searches_again_that_are_not_about_them(
    reader_options: ReaderOptions, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(reader_options) as reader:
        counted: list[str] = []

        def count_of(query: str) -> str:
            counted.append(query)
            return "1"

        monkeypatch.setattr(reader.reader.session, "count_of", count_of)
        for query in ("is:unread", "thread:(-is:starred squid)", "is:reply squid"):
            reader.reader.session.save_search(query)
        reader.reader.heads_changed()
        await reader.until(lambda: len(counted) == 3)
        await reader.until(lambda: not reader.reader._uncounted)
        counted.clear()
        reader.reader.marks_changed()
        reader.reader._count_uncounted()
        await reader.until(lambda: not reader.reader._uncounted)
        assert sorted(counted) == ["is:unread", "thread:(-is:starred squid)"]


async def test_a_count_that_comes_late_does_not_replace_a_later_one(
    reader_options: ReaderOptions, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(reader_options) as reader:
        session, later = reader.reader.session, threading.Event()
        begun: list[str] = []

        def count_of(query: str) -> str:
            begun.append(query)
            if (number := len(begun)) == 1:
                later.wait(5)
            return str(number)

        monkeypatch.setattr(session, "count_of", count_of, raising=False)
        posted: list[Counted] = []
        post = reader.reader.post_message

        def noted(message: Message) -> bool:
            if isinstance(message, Counted):
                posted.append(message)
            return post(message)

        monkeypatch.setattr(reader.reader, "post_message", noted)
        session.save_search("북어국")
        reader.reader.count_searches()
        await reader.until(lambda: begun)
        reader.reader.count_searches()
        await reader.until(lambda: heads(reader) == ["북어국 2"])
        later.set()
        await reader.until(lambda: len(posted) == 2)
        assert heads(reader) == ["북어국 2"]


@pytest.mark.parametrize(("ascii_only", "bar"), [(False, "▌"), (True, "#")])
async def test_what_is_chosen_in_a_list_has_a_bar_besides_its_ground(
    reader_options: ReaderOptions, ascii_only: bool, bar: str
) -> None:
    async with opened(replace(reader_options, ascii=ascii_only)) as reader:
        await reader.press("h", "j")
        lines = reader.shown().splitlines()[1:-2]
        rows = len(reader.reader.articles.wrapped.rows(reader.reader.articles.cursor))
        assert sum(line[1:2] == bar for line in lines) == rows
        await reader.press("s")
        await reader.type("squid")
        await reader.until(lambda: reader.app.screen.hits)  # type: ignore[attr-defined]
        assert sum(line.startswith(bar) for line in reader.shown().splitlines()[3:20]) == 1
