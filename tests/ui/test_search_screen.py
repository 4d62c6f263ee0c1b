"""Search over everything: what is found and why, as it is typed; where Enter leads."""

from __future__ import annotations

import json
import os
import sqlite3
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len

from corpus.library import Library
from corpus.search import Results
from tests.ui.support import KOREAN, SILENT, THREAD, Opened, opened, options_for, put_corpus
from tui.options import ReaderOptions
from tui.screens.search import Found, SearchScreen
from tui.searching import Answer, Wanted


async def search(reader: Opened, query: str) -> SearchScreen:
    """Open the search if need be, type a query, and wait for its answer."""
    if not isinstance(reader.app.screen, SearchScreen):
        await reader.press("s")
        await reader.until(lambda: isinstance(reader.app.screen, SearchScreen) and reader.app.screen.input.has_focus)
    screen = reader.app.screen
    assert isinstance(screen, SearchScreen)
    screen.input.value = query
    await reader.until(lambda: screen.answered == query, f"no answer for {query}")
    return screen


def texts(reader: Opened, screen: SearchScreen) -> list[str]:
    session = reader.reader.session
    return [session.library.document(hit.span.document).quote(hit.span) for hit in screen.hits]


@pytest.mark.parametrize(
    ("query", "word", "why"),
    [
        ("squid", "squid", "exact"),
        ("telefone", "telephone", ""),
        ("북어국", "북어국", "exact"),
        ("김여정", "김여정", "exact"),
        ("Kim Yo-jong", "김여정", ""),
        ("Panmunjom", "Panmunjom", "exact"),
    ],
)
async def test_what_is_found_and_why(reader_options: ReaderOptions, query: str, word: str, why: str) -> None:
    async with opened(reader_options) as reader:
        screen = await search(reader, query)
        found = list(zip(texts(reader, screen), [hit.why for hit in screen.hits], strict=True))
        assert any(word in text for text, _ in found), found
        assert not why or found[0][1] == why
        assert screen.list.cursor == 1
        assert word in " ".join(reader.shown().split()) or not why


async def test_exact_hits_come_first(reader_options: ReaderOptions) -> None:
    async with opened(reader_options) as reader:
        screen = await search(reader, "Panmunjom")
        whys = [hit.why for hit in screen.hits]
        assert whys[0] == "exact"
        assert whys == sorted(whys, key=lambda why: why != "exact")


async def test_a_damaged_index_is_made_anew_and_asked_again(reader_options: ReaderOptions) -> None:
    async with opened(reader_options) as reader:
        session = reader.reader.session
        listed = session.library.count()
        index = session.options.folders.index(session.library.roots)
        with sqlite3.connect(index) as connection:
            connection.execute("UPDATE doc SET comments = 'many'")
        screen = await search(reader, "squid")
        assert "The index is damaged" in reader.shown()
        reader.reader.look_around()
        await reader.until(lambda: bool(screen.hits), "the search was not asked again")
        assert texts(reader, screen) == ["squid"]
        await reader.press("escape")
        assert "made anew" in reader.shown()
        assert session.library.count() == listed == len(reader.reader.articles.source)
        assert not session.shelf.waiting()


async def test_nothing_found_is_said(reader_options: ReaderOptions) -> None:
    async with opened(reader_options) as reader:
        screen = await search(reader, "xyzzyplugh")
        assert "Nothing found for “xyzzyplugh”." in reader.shown()
        await reader.press("enter")
        assert isinstance(reader.app.screen, SearchScreen)
        screen.input.value = ""
        await reader.until(lambda: "Type to search" in reader.shown())
        await reader.press("escape")
        assert len(reader.app.screen_stack) == 1


async def test_enter_lands_on_the_passage_with_the_hit_lit(reader_options: ReaderOptions) -> None:
    async with opened(reader_options) as reader:
        await reader.press("c", "z M")
        await search(reader, "pearl")
        await reader.press("enter")
        await reader.until(lambda: reader.app.screen is reader.reader)
        assert reader.place == "#4 of 7"
        now = reader.reader.comments.lit_now
        assert now is not None
        assert "pearl" in reader.document.quote(now)
        assert reader.lit.startswith("s pearl: 1 of 1")
        await search(reader, "북어국")
        await reader.press("down", "up", "enter")
        await reader.until(lambda: reader.app.screen is reader.reader)
        assert reader.document.title == KOREAN["title"]
        await reader.press("ctrl+o")
        assert reader.document.title == THREAD["title"]
        await reader.until(lambda: reader.place == "#4 of 7")


async def test_documents_with_hits_are_walked(reader_options: ReaderOptions) -> None:
    async with opened(reader_options) as reader:
        await reader.press("] /")
        assert "No search yet" in reader.message
        await search(reader, "문재인")
        await reader.press("enter")
        await reader.until(lambda: reader.app.screen is reader.reader)
        seen = [reader.document.title]
        for _ in range(2):
            await reader.press("] /")
            seen.append(reader.document.title)
        assert set(seen) == {THREAD["title"], KOREAN["title"]}
        await reader.press("[ /")
        assert reader.document.title == seen[1]


async def test_the_last_query_is_there_again(reader_options: ReaderOptions) -> None:
    async with opened(reader_options) as reader:
        await search(reader, "pearl")
        await reader.press("enter")
        await reader.until(lambda: reader.app.screen is reader.reader)
        await reader.press("s")
        await reader.until(lambda: isinstance(reader.app.screen, SearchScreen) and reader.app.screen.hits)
        assert reader.app.screen.input.value == "pearl"  # type: ignore[attr-defined]


async def test_the_preview_shows_the_hit_in_its_place(reader_options: ReaderOptions) -> None:
    async with opened(reader_options) as reader:
        screen = await search(reader, "dusk")
        await reader.until(lambda: screen.preview.lit)
        assert screen.preview.title == "Article"
        screen = await search(reader, "squid")
        await reader.until(lambda: screen.preview.title == "Comments")
        ((key, ((start, end),)),) = screen.preview.lit.items()
        assert "squid" in reader.document.text(*key)[start:end]


async def test_an_answer_that_comes_late_is_dropped(
    reader_options: ReaderOptions, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(reader_options) as reader:
        searcher = reader.reader.session.searcher
        search_now: Callable[..., Any] = searcher.search
        begun, go_on = threading.Event(), threading.Event()

        def slow(query: str, **settings: Any) -> Any:
            if query == "dusk":
                begun.set()
                assert go_on.wait(20)
                settings = {}
            return search_now(query, **settings)

        monkeypatch.setattr(searcher, "search", slow)
        await reader.press("s")
        await reader.until(lambda: isinstance(reader.app.screen, SearchScreen))
        screen = reader.app.screen
        assert isinstance(screen, SearchScreen)
        screen.input.value = "dusk"
        await reader.until(begun.is_set)
        screen.input.value = "squid"
        await reader.handled()
        go_on.set()
        await reader.until(lambda: screen.answered == "squid")
        answered = list(screen.hits)
        screen.post_message(Found(Answer(Wanted("dusk", screen.number - 1), search_now("dusk"))))
        await reader.handled()
        assert (screen.answered, list(screen.hits)) == ("squid", answered)


async def test_a_search_that_fails_is_said(reader_options: ReaderOptions, monkeypatch: pytest.MonkeyPatch) -> None:
    async with opened(reader_options) as reader:

        def fail(query: str, **settings: Any) -> None:
            raise RuntimeError("the index is gone")

        monkeypatch.setattr(reader.reader.session.searcher, "search", fail)
        await reader.press("s")
        await reader.until(lambda: isinstance(reader.app.screen, SearchScreen))
        await reader.type("x")
        await reader.until(lambda: "The search failed" in reader.message)
        await reader.press("escape")
        assert reader.app.screen is reader.reader


async def test_a_low_window_is_given_to_the_list(reader_options: ReaderOptions) -> None:
    async with opened(reader_options, (60, 12)) as reader:
        screen = await search(reader, "squid")
        assert not screen.preview.display
        await reader.resize(100, 30)
        assert screen.preview.display


async def test_the_first_answer_is_shown_before_the_whole_one(
    reader_options: ReaderOptions, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(reader_options) as reader:
        session = reader.reader.session
        go_on = threading.Event()
        whole = session.search

        def slow(query: str, stop: Callable[[], bool], **settings: Any) -> Any:
            assert go_on.wait(20)
            return whole(query, stop, **settings)

        monkeypatch.setattr(session, "search", slow)
        await reader.press("s")
        screen = reader.app.screen
        assert isinstance(screen, SearchScreen)
        screen.input.value = "Panmunjom"
        await reader.until(lambda: screen.hits)
        assert screen.answered == ""
        assert screen.status.place.endswith("…")
        first = len(screen.hits)
        await reader.press("down", "down")
        under = screen.hit()
        go_on.set()
        await reader.until(lambda: screen.answered)
        assert len(screen.hits) >= first
        assert screen.hit() == under


async def test_keys_edit_the_query(reader_options: ReaderOptions) -> None:
    async with opened(reader_options) as reader:
        screen = await search(reader, "문재인")
        await reader.press("f2")
        assert screen.input.value == "문재인 in:article "
        await reader.press("f2", "f4", "f6")
        assert screen.input.value.split() == ["문재인", "in:comment", "is:starred", "sort:time"]
        await reader.press("f4", "f6", "f2", "f2", "f5")
        assert screen.input.value == "문재인 date:"


async def test_the_key_for_dates_leads_to_the_date_that_is_there(reader_options: ReaderOptions) -> None:
    async with opened(reader_options) as reader:
        screen = await search(reader, "Panmunjom 날짜:2018-03-01 is:unread")
        await reader.press("f5")
        assert screen.input.value == "Panmunjom 날짜:2018-03-01 is:unread"
        await reader.type("2018")
        assert screen.input.value == "Panmunjom 날짜:2018 is:unread"
        screen = await search(reader, "in:title sort:best moon")
        await reader.press("f2", "f6")
        assert screen.input.value == "moon in:article sort:time "


async def test_how_is_searched_and_what_the_keys_change_it_to_is_seen(reader_options: ReaderOptions) -> None:
    async with opened(reader_options) as reader:
        screen = await search(reader, "telefone")
        await reader.until(lambda: screen.hits)
        head, keys = reader.shown().splitlines()[2], reader.shown().splitlines()[-1]
        assert "misspelt words too" in head
        assert "best first" in head
        assert "F7 exact only" in keys
        assert "F6 by time" in keys
        await reader.press("f7", "f6")
        await reader.until(lambda: "Nothing found" in reader.shown())
        head, keys = reader.shown().splitlines()[2], reader.shown().splitlines()[-1]
        assert "only the words as typed" in head
        assert "newest first" in head
        assert "F7 misspelt too" in keys
        assert "F6 best first" in keys
        # the count is not hidden by a message
        assert reader.message == ""
        assert "0 hits" in reader.shown()


async def test_every_document_has_its_date_and_where_there_is_room_its_outlet(tmp_path: Path) -> None:
    herald = {**THREAD, "outlet": "The Herald"}
    captures = put_corpus(tmp_path / "captures", herald, KOREAN, {**SILENT, "date": None})
    async with opened(options_for(tmp_path / "home", captures), size=(80, 24)) as reader:
        await search(reader, "in:title")
        lines = reader.shown().splitlines()
        dated = [line.rstrip("│┃ ") for line in lines if line.rstrip("│┃ ").endswith(("2018-01-09", "2018-02-10"))]
        assert len(dated) == 2
        assert "The Herald" not in reader.shown()
        assert len({cell_len(line) for line in dated}) == 1
        assert any(line.rstrip("│┃ ").endswith("no date") for line in lines)
        await reader.resize(120, 40)
        await reader.until(lambda: "The Herald · " in reader.shown())
        # in the order of time each passage has its own
        await search(reader, "squid sort:time")
        assert "2018-01-09 10:00" in reader.shown()


async def test_what_fields_alone_found_says_which_and_shows_no_title_twice(reader_options: ReaderOptions) -> None:
    async with opened(reader_options) as reader:
        await search(reader, "commenter:hero")
        screen = await search(reader, "commenter:heron")
        assert "commenter hero " not in reader.shown().replace("│", " ")
        screen = await search(reader, "commenter:heron sort:time")
        assert "2018-01-09 12:30" in reader.shown()
        assert screen.hits
        assert "commenter heron" in reader.shown()
        assert "exact │" not in reader.shown()
        screen = await search(reader, "thread:(commenter:heron)")
        assert [hit.kind for hit in screen.hits] == ["title"]
        listed = reader.shown().split("Article ")[0]
        assert listed.count(THREAD["title"]) == 1
        assert "thread commenter:heron" in listed
        assert screen.hit() is not None


async def test_fields_and_values_are_completed(reader_options: ReaderOptions) -> None:
    async with opened(reader_options) as reader:
        await reader.press("s")
        await reader.type("comm")
        screen = reader.app.screen
        assert isinstance(screen, SearchScreen)
        await reader.until(lambda: "Tab: commenter" in reader.shown())
        await reader.press("tab")
        assert screen.input.value.startswith("commenter:")
        await reader.type("Her")
        await reader.until(lambda: "Tab: Heron" in reader.shown())
        await reader.press("tab")
        assert screen.input.value == "commenter:Heron "
        assert screen.input.has_focus
        await reader.until(lambda: not screen._completions)
        await reader.press("tab")
        assert screen.list.has_focus


async def test_earlier_queries_come_back(reader_options: ReaderOptions) -> None:
    async with opened(reader_options) as reader:
        for query in ("pearl", "squid"):
            await search(reader, query)
            await reader.press("enter")
            await reader.until(lambda: reader.app.screen is reader.reader)
        await reader.press("s")
        screen = reader.app.screen
        assert isinstance(screen, SearchScreen)
        await reader.until(lambda: screen.answered == "squid")
        await reader.press("up")
        assert screen.input.value == "pearl"
        await reader.press("up")
        assert screen.input.value == "pearl"
        await reader.press("down")
        assert screen.input.value == "squid"
    async with opened(reader_options) as reader:
        await reader.press("s", "up")
        assert reader.app.screen.input.value == "squid"  # type: ignore[attr-defined]


async def test_a_search_is_saved(reader_options: ReaderOptions) -> None:
    async with opened(reader_options) as reader:
        await search(reader, "squid")
        await reader.press("f8")
        assert "is saved" in reader.message
        await reader.press("escape")
        source = reader.reader.articles.entries
        await reader.until(lambda: reader.reader.articles.entries and reader.reader.articles.entries.heads[0].number)
        source = reader.reader.articles.entries
        assert source
        assert (source.heads[0].text, source.heads[0].number) == ("squid", "1")
        await reader.press("u")
        assert not reader.reader.session.searches.all()


async def test_the_same_hits_are_not_painted_again(
    reader_options: ReaderOptions, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(reader_options) as reader:
        screen = await search(reader, "squid")
        shown: list[object] = []
        monkeypatch.setattr(screen.list, "show", lambda source, **settings: shown.append(source))
        screen.fill("squid ")
        await reader.until(lambda: screen.answered == "squid ")
        assert not shown


MANY: dict[str, Any] = {
    "title": "A very long thread",
    "date": "2018-03-01",
    "paragraphs": ["One paragraph."],
    "comments": [
        {
            "id": f"c{at}",
            "author": "Rook",
            "date": f"2018-03-01T{at // 60:02}:{at % 60:02}",
            "body": f"A kelp {at}.",
        }
        for at in range(320)
    ],
}


async def test_more_is_asked_for_near_the_end_and_the_cursor_stays(tmp_path: Path) -> None:
    async with opened(options_for(tmp_path / "home", put_corpus(tmp_path / "captures", MANY, THREAD))) as reader:
        screen = await search(reader, "kelp")
        assert (len(screen.hits), screen.status.place) == (50, "50 of 320")
        await reader.press("down", "down")
        await reader.until(lambda: len(screen.hits) == 50)
        while len(screen.hits) == 50:
            await reader.press("pagedown")
            await reader.until(lambda: not screen.status.place.endswith("…"))
        assert (len(screen.hits), screen.status.place) == (200, "200 of 320")
        assert screen.hit() in screen.hits[:50]
        await reader.press("tab", "G")
        await reader.until(lambda: len(screen.hits) == 320)
        await reader.until(lambda: screen.status.place == "320 of 320")
        assert screen.hit() == screen.hits[199]
        await reader.press("G", "G", "down")
        assert len(screen.hits) == 320
        screen = await search(reader, "a kelp")
        assert len(screen.hits) == 50
        await reader.press("enter")
        # walking has all of them
        await reader.until(lambda: len(reader.reader.hits) > 50)
        await reader.until(lambda: reader.reader.lit and len(reader.reader.lit.spans) > 50)
        assert "kelp" in reader.lit


def listed(screen: SearchScreen, number: int) -> bool:
    return len(screen.hits) == number


async def test_all_hits_are_reached_in_steps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.screens.search.STEPS", (60, 70))
    async with opened(options_for(tmp_path / "home", put_corpus(tmp_path / "captures", MANY))) as reader:
        screen = await search(reader, "kelp")
        await reader.press("tab")
        for known in (60, 70, 140, 280, 320):
            await reader.press("G")
            await reader.until(partial(listed, screen, known), f"{known} were never listed")
        await reader.until(lambda: screen.status.place == "320 of 320")


async def test_a_hit_in_an_older_capture_says_so_and_opens_that_one(tmp_path: Path) -> None:
    captures = put_corpus(tmp_path / "captures", THREAD, SILENT)
    lead = "The envoys carried a samovar across the line. " + THREAD["paragraphs"][0]
    earlier = {**THREAD, "paragraphs": [lead, *THREAD["paragraphs"][1:]]}
    (captures / "earlier.json").write_text(json.dumps(earlier), "utf-8")
    os.utime(captures / "earlier.json", (1.5e9, 1.5e9))
    async with opened(options_for(tmp_path, captures)) as reader:
        await reader.press("J", "3 G")
        screen = await search(reader, "samovar")
        assert "in an earlier capture: " in reader.shown()
        await reader.until(lambda: screen.preview.lit)
        assert "samovar" in "".join(line[2].plain for line in screen.preview.lines())
        await reader.press("enter")
        await reader.until(lambda: reader.app.screen is reader.reader)
        assert "samovar" in reader.document.paragraphs[0].text
        assert "not the newest" in reader.shown()
        assert reader.lit == "s samovar: 1 of 1"
        await reader.press("ctrl+o")
        assert reader.document.title == SILENT["title"]
        await reader.press("] /")
        assert "samovar" in reader.document.paragraphs[0].text


async def test_a_comment_that_is_gone_is_found_and_says_so(tmp_path: Path) -> None:
    captures = put_corpus(tmp_path / "captures", THREAD, SILENT)
    gone = {"id": "x9", "author": "Tern", "body": "Taken down later, with its samovar."}
    earlier = {**THREAD, "comments": [*THREAD["comments"][:4], gone]}
    (captures / "earlier.json").write_text(json.dumps(earlier), "utf-8")
    os.utime(captures / "earlier.json", (1.5e9, 1.5e9))
    async with opened(options_for(tmp_path, captures)) as reader:
        await search(reader, "samovar")
        await reader.press("enter")
        await reader.until(lambda: reader.app.screen is reader.reader)
        assert reader.document.quote(reader.reader.texts.targets()[0]) == gone["body"]
        assert "gone in the capture of" in " ".join(reader.shown().split())


async def test_hits_are_walked_across_documents_and_folds(reader_options: ReaderOptions) -> None:
    async with opened(reader_options) as reader:
        await reader.press("c", "z M")
        folded = set(reader.reader.comments.folded)
        assert folded
        await search(reader, "독자")
        await reader.press("enter")
        await reader.until(lambda: reader.app.screen is reader.reader)
        seen = {reader.document.title}
        await reader.press("] /")
        seen.add(reader.document.title)
        assert seen == {THREAD["title"], KOREAN["title"]}
        await reader.press("[ /")
        await search(reader, "pearl")
        await reader.press("enter")
        await reader.until(lambda: reader.app.screen is reader.reader)
        assert set(reader.reader.comments.folded) < folded
        assert "Hidden pearl here." in reader.shown()


async def test_a_query_that_is_not_whole_or_not_understood_is_explained(reader_options: ReaderOptions) -> None:
    async with opened(reader_options, (80, 24)) as reader:
        await search(reader, "title:")
        assert "Type what is to be found after “title:”." in reader.shown()
        await search(reader, "date:foo xyzzyplugh")
        assert "“foo” is no date" in reader.shown()
        await search(reader, "samovar OR (")
        assert reader.app._exception is None


async def test_how_far_the_captures_are_read_is_said_with_what_is_found(
    reader_options: ReaderOptions, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(reader_options) as reader:
        monkeypatch.setattr(Library, "pending", "12,000 of 100,000 read")
        screen = await search(reader, "squid")
        assert screen.status.lit == "12,000 of 100,000 read"
        monkeypatch.undo()
        screen = await search(reader, "pearl")
        assert screen.status.lit == ""


async def test_what_is_wrong_with_the_index_is_said(
    reader_options: ReaderOptions, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(reader_options) as reader:
        damaged = Results(messages=("The index is damaged",), is_whole=False)
        monkeypatch.setattr(reader.reader.session.searcher, "search", lambda query, **settings: damaged)
        await search(reader, "squid")
        assert "The index is damaged" in reader.shown()
