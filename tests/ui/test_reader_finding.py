"""Finding in a pane, filters, entities, and the walks along what is lit."""

from __future__ import annotations

from tests.ui.support import KOREAN, SILENT, THREAD, Opened, opened
from tui.options import ReaderOptions


def now(reader: Opened) -> str:
    """Return the words that a walk has come to."""
    span = reader.reader.texts.lit_now
    return reader.document.quote(span) if span else ""


def lit(reader: Opened) -> list[str]:
    return [
        reader.document.text(*key)[start:end] for key, found in reader.reader.texts.lit.items() for start, end in found
    ]


async def test_find_lights_as_typed_and_goes_to_the_first(reader_options: ReaderOptions) -> None:
    async with opened(reader_options) as reader:
        await reader.press("/")
        await reader.type("wait")
        assert lit(reader) == ["wait"]
        assert reader.lit == "/wait: 1 of 1"
        assert reader.place == "¶2 of 6"
        await reader.press("backspace", "backspace")
        assert len(lit(reader)) > 1
        await reader.press("enter")
        assert not reader.reader.prompt.display
        assert reader.pane == "article"
        before = reader.lit
        await reader.press("n")
        assert reader.lit != before
        await reader.press("escape")
        assert (reader.lit, lit(reader)) == ("", [])


async def test_find_takes_a_misspelling_only_where_nothing_fits(reader_options: ReaderOptions) -> None:
    async with opened(reader_options) as reader:
        await reader.press("/")
        await reader.type("Washingtom")
        assert lit(reader) == ["Washington"]
        assert reader.lit.startswith("/Washingtom: 1 of 1 · ")
        await reader.press("escape", "/")
        await reader.type("zebra")
        assert reader.lit == "/zebra: not found"
        await reader.press("enter", "n")
        assert "not found" in reader.message


async def test_esc_leaves_find_and_puts_out_what_was_lit(reader_options: ReaderOptions) -> None:
    async with opened(reader_options) as reader:
        await reader.press("c", "/")
        await reader.type("root")
        assert len(lit(reader)) == 2
        await reader.press("escape")
        assert not reader.reader.prompt.display
        assert reader.lit == ""
        assert reader.pane == "comments"


async def test_a_fold_never_hides_a_hit(reader_options: ReaderOptions) -> None:
    async with opened(reader_options) as reader:
        await reader.press("c", "z M", "/")
        await reader.type("pearl")
        assert reader.reader.comments.folded.isdisjoint({"r1"})
        await reader.press("enter")
        assert reader.place == "#4 of 7"
        await reader.press("z M", "n")
        assert reader.place == "#4 of 7"
        assert now(reader) == "pearl"
        assert "Hidden pearl here." in reader.shown()


async def test_an_entity_is_lit_and_walked_across_panes(reader_options: ReaderOptions) -> None:
    async with opened(reader_options) as reader:
        reader.reader.show_pane("entities")
        await reader.press("g g")
        assert reader.lit.startswith("Moon Jae-in: 3")
        assert sorted({*lit(reader)}) == ["Moon Jae-in", "문재인"] or len(lit(reader)) == 3
        walked = []
        for _ in range(4):
            await reader.press("n")
            walked.append((reader.reader.text_pane, now(reader)))
        assert {pane for pane, _ in walked} == {"article", "comments"}
        assert walked[3] == walked[0]
        assert reader.pane == "entities"
        assert reader.lit.startswith("Moon Jae-in: 1 of 3")
        await reader.press("N")
        assert reader.lit.startswith("Moon Jae-in: 3 of 3")


async def test_a_walk_from_a_list_shows_the_text_it_goes_to_in_a_small_window(reader_options: ReaderOptions) -> None:
    async with opened(reader_options, (80, 24)) as reader:
        reader.reader.show_pane("entities")
        await reader.press("g g", "3 n")
        await reader.pilot.pause()
        assert reader.pane == "entities"
        assert "힘내세요" in reader.shown()
    async with opened(reader_options, (60, 19)) as reader:
        reader.reader.show_pane("entities")
        await reader.press("g g", "3 n")
        await reader.pilot.pause()
        assert reader.pane == "comments"
        assert "힘내세요" in reader.shown()


async def test_n_without_anything_lit_says_how(reader_options: ReaderOptions) -> None:
    async with opened(reader_options) as reader:
        await reader.press("n")
        assert "Nothing is lit" in reader.message


async def test_mentions_are_walked_in_reading_order(reader_options: ReaderOptions) -> None:
    async with opened(reader_options) as reader:
        walked, said = [], []
        for _ in range(3):
            await reader.press("] e")
            walked.append(now(reader))
            said.append(reader.message)
        assert walked[0] == "Panmunjom"
        assert said[0].startswith("“Panmunjom”: Panmunjom 판문점 · 1 of ")
        assert "Ri Son-gwon" in walked
        await reader.press("[ e")
        assert now(reader) == walked[1]
        reader.reader.show_pane("entities")
        await reader.press(".", "] e")
        assert now(reader) == walked[2]
        assert reader.message == said[2]


async def test_back_and_forward(reader_options: ReaderOptions) -> None:
    async with opened(reader_options) as reader:
        await reader.press("ctrl+o")
        assert "no earlier place" in reader.message
        await reader.press("2 G", "/")
        await reader.type("telephone")
        await reader.press("enter", "J")
        await reader.press("/")
        await reader.type("short")
        await reader.press("enter")
        assert reader.document.title == SILENT["title"]
        await reader.press("ctrl+o")
        assert (reader.document.title, reader.place) == (SILENT["title"], "title")
        await reader.press("ctrl+o")
        assert (reader.document.title, reader.place) == (THREAD["title"], "¶6 of 6")
        await reader.press("ctrl+o")
        assert (reader.document.title, reader.place) == (THREAD["title"], "¶2 of 6")
        await reader.press("ctrl+o")
        assert (reader.document.title, reader.place) == (THREAD["title"], "title")
        await reader.press("ctrl+o")
        assert "no earlier place" in reader.message
        await reader.press("g i", "g i", "g i", "g i", "g i")
        assert reader.document.title == SILENT["title"]
        assert "no later place" in reader.message


async def test_the_list_is_filtered_as_typed(reader_options: ReaderOptions) -> None:
    async with opened(reader_options) as reader:
        await reader.press("h", "\\")
        await reader.type("quiet")
        assert len(reader.reader.articles.source) == 1
        assert "“quiet”" in reader.shown()
        await reader.press("enter")
        assert reader.pane == "articles"
        await reader.press("escape")
        assert len(reader.reader.articles.source) == 3
        await reader.press("/")
        await reader.type("nothing like it")
        assert "Nothing fits" in reader.shown()
        await reader.press("escape")
        assert len(reader.reader.articles.source) == 3


async def test_entities_are_filtered_in_any_spelling(reader_options: ReaderOptions) -> None:
    async with opened(reader_options) as reader:
        reader.reader.show_pane("entities")
        await reader.handled()
        for typed in ("moon", "문재인", "mun jae in"):
            await reader.press("\\")
            await reader.type(typed)
            names = reader.reader.entities.names
            assert names is not None, typed
            assert [entity.name for at in range(len(names)) if (entity := names.entity(at))] == ["Moon Jae-in"], typed
            await reader.press("escape")
        assert "Kim Jong-un" in reader.shown()


async def test_only_documents_with_the_entity(reader_options: ReaderOptions) -> None:
    async with opened(reader_options) as reader:
        reader.reader.show_pane("entities")
        await reader.press("g g", "=")
        assert "Only documents that name Moon Jae-in" in reader.message
        assert len(reader.reader.articles.source) == 2
        await reader.press("J")
        assert reader.document.title == KOREAN["title"]
        await reader.press("=")
        assert reader.message == "All documents."
        assert len(reader.reader.articles.source) == 3


async def test_entities_of_all_documents(reader_options: ReaderOptions) -> None:
    async with opened(reader_options, (140, 50)) as reader:
        reader.reader.show_pane("entities")
        await reader.press(".")
        assert "all documents" in reader.shown()
        assert "Kim Yo-jong" in reader.shown()
        await reader.press(".")
        assert "Kim Yo-jong" not in reader.shown()


async def test_a_click_in_the_prompt_of_a_find_and_typing_keys_are_text(reader_options: ReaderOptions) -> None:
    async with opened(reader_options) as reader:
        await reader.press("/")
        await reader.type("jkq H?")
        assert reader.reader.prompt.value == "jkq H?"
        assert reader.notes() == []
        assert not reader.app._exit


async def test_esc_returns_to_where_the_search_began_and_enter_stays(reader_options: ReaderOptions) -> None:
    async with opened(reader_options) as reader:
        await reader.press("2 G", "/")
        await reader.type("telephone")
        assert reader.reader.article.cursor != 2
        await reader.press("escape")
        assert reader.place == "¶2 of 6"
        await reader.press("ctrl+o")
        assert reader.place == "title"
        await reader.press("c", "z M", "/")
        await reader.type("pearl")
        await reader.press("escape")
        # what the search unfolded is folded again
        assert len(reader.reader.comments.source) == 3
        await reader.press("/")
        await reader.type("pearl")
        await reader.press("enter")
        assert reader.place == "#4 of 7"


async def test_leaps_within_a_text_are_jumps(reader_options: ReaderOptions) -> None:
    async with opened(reader_options) as reader:
        await reader.press("4 G", "G", "g g", "j")
        places = []
        for _ in range(3):
            await reader.press("ctrl+o")
            places.append(reader.place)
        assert places == ["¶6 of 6", "¶4 of 6", "title"]
