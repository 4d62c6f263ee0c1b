"""Walking a thread: folds, parents, siblings, roots, what is new; and reading on from document to document."""

from __future__ import annotations

import json
from pathlib import Path

from tests.ui.support import KOREAN, SILENT, THREAD, Opened, opened, options_for, put_corpus
from tui.options import ReaderOptions

ORDER = ["#1", "#2", "#3", "#4", "#5", "#6", "#7"]


def visible(reader: Opened) -> list[int]:
    source = reader.reader.comments.comments
    assert source is not None
    return [index + 1 for index in source.visible]


async def walk(reader: Opened, *keys: str) -> list[int]:
    """Return the number of the comment under the cursor after each key."""
    places = []
    for key in keys:
        await reader.press(key)
        places.append(int(reader.place.split()[0].lstrip("#")))
    return places


async def test_folds(reader_options: ReaderOptions) -> None:
    async with opened(reader_options) as reader:
        await reader.press("c", "z a")
        assert visible(reader) == [1, 5, 6, 7]
        assert "▸ 3 replies folded" in reader.shown()
        assert reader.place == "#1 of 7"
        await reader.press("z a")
        assert len(visible(reader)) == 7
        await reader.press("2 G", "z c")
        assert visible(reader) == [1, 2, 4, 5, 6, 7]
        await reader.press("z M")
        assert visible(reader) == [1, 5, 6]
        assert reader.place == "#1 of 7"
        await reader.press("z o")
        assert visible(reader) == [1, 2, 4, 5, 6]
        await reader.press("z R")
        assert len(visible(reader)) == 7
        await reader.press("5 G", "z c")
        assert "Nothing to do here" in reader.message


async def test_inward_and_outward_in_a_tree(reader_options: ReaderOptions) -> None:
    async with opened(reader_options) as reader:
        await reader.press("c", "z M")
        assert await walk(reader, "l", "l", "l") == [1, 2, 2]
        assert visible(reader)[:3] == [1, 2, 3]
        assert await walk(reader, "l") == [3]
        assert await walk(reader, "h", "h", "h", "h") == [2, 2, 1, 1]
        assert visible(reader) == [1, 5, 6]
        await reader.press("h")
        assert reader.pane == "article"
        await reader.press("c", "5 G", "l")
        assert reader.pane == "entities"


async def test_parents_roots_and_siblings(reader_options: ReaderOptions) -> None:
    async with opened(reader_options) as reader:
        await reader.press("c", "3 G")
        assert await walk(reader, "P", "P") == [2, 1]
        assert await walk(reader, "] ]", "] ]", "] ]", "[ [", "[ [") == [5, 6, 6, 5, 1]
        assert await walk(reader, "] s", "] s", "[ s") == [5, 6, 5]
        await reader.press("2 G")
        assert await walk(reader, "] s", "] s", "[ s") == [4, 4, 2]
        assert await walk(reader, "G", "[ [") == [7, 6]


async def test_a_motion_opens_the_fold_it_goes_into(reader_options: ReaderOptions) -> None:
    async with opened(reader_options) as reader:
        await reader.press("c", "z M", "3 G")
        assert reader.place == "#1 of 7"
        reader.reader.comments.go_to_index(2)
        await reader.handled()
        assert reader.place == "#3 of 7"
        assert visible(reader) == [1, 2, 3, 4, 5, 6]


async def test_peeking_at_the_parent_leaves_the_cursor(reader_options: ReaderOptions) -> None:
    async with opened(reader_options) as reader:
        await reader.press("c", "4 G", "p")
        assert "↳ #1 Heron" in reader.shown()
        assert reader.reader.comments.pinned[1:] == ["First root. The squid know it all."]
        assert reader.place == "#4 of 7"
        await reader.press("p")
        assert reader.reader.comments.pinned == []
        await reader.press("p", "escape")
        assert reader.reader.comments.pinned == []
        await reader.press("p", "j")
        assert reader.reader.comments.pinned == []
        await reader.press("1 G", "p")
        assert reader.reader.comments.pinned == []


async def test_orders_come_round_and_keep_the_comment(reader_options: ReaderOptions) -> None:
    async with opened(reader_options) as reader:
        await reader.press("c", "6 G")
        seen = []
        for _ in range(4):
            await reader.press("S")
            assert reader.message
            assert reader.place == "#6 of 7"
            seen.append(tuple(visible(reader)))
        assert len(set(seen)) > 1
        assert all(sorted(order) == [1, 2, 3, 4, 5, 6, 7] for order in seen)
        await reader.press("h", "h", "h")
        titles = set()
        for _ in range(5):
            await reader.press("S")
            titles.add(reader.message)
        assert len(titles) == 5


async def test_what_is_new_since_the_last_visit(tmp_path: Path) -> None:
    captures = put_corpus(tmp_path / "captures", {**THREAD, "comments": THREAD["comments"][:5]}, SILENT)
    async with opened(options_for(tmp_path, captures)) as reader:
        assert " new" not in reader.shown()
        await reader.press("j")
    (captures / "00.json").write_text(json.dumps(THREAD), "utf-8")
    async with opened(options_for(tmp_path, captures)) as reader:
        assert "+2 new" in reader.shown()
        # passing over a document is no visit
        await reader.press("J", "K", "c")
        assert len(reader.document.comments) == 7
        assert await walk(reader, "] u", "] u", "[ u") == [6, 7, 6]


async def test_documents_from_any_pane(reader_options: ReaderOptions) -> None:
    async with opened(reader_options) as reader:
        titles = [THREAD["title"], SILENT["title"], KOREAN["title"]]
        assert reader.document.title == titles[0]
        await reader.press("K")
        assert "first document" in reader.message
        for pane, title in (("comments", titles[1]), ("entities", titles[2])):
            reader.reader.show_pane(pane)  # type: ignore[arg-type]
            await reader.press("J")
            assert reader.document.title == title
        await reader.press("J")
        assert "last document" in reader.message
        await reader.press("2 K")
        assert reader.document.title == titles[0]
        assert reader.reader.articles.cursor == 0


async def test_the_list_opens_what_its_cursor_rests_on(reader_options: ReaderOptions) -> None:
    async with opened(reader_options) as reader:
        await reader.press("h", "j")
        await reader.until(lambda: reader.document.title == SILENT["title"])
        assert reader.pane == "articles"
        assert "No comments in this capture." in reader.shown()
        await reader.press("enter")
        assert reader.pane == "article"
        await reader.press("h", "G")
        await reader.until(lambda: reader.document.title == KOREAN["title"])


async def test_a_document_is_left_and_found_again_at_the_same_passage(reader_options: ReaderOptions) -> None:
    async with opened(reader_options) as reader:
        await reader.press("4 G", "J", "K")
        assert reader.place == "¶4 of 6"
    async with opened(reader_options) as reader:
        assert reader.document.title == THREAD["title"]
        assert reader.place == "¶4 of 6"


async def test_space_reads_on_through_comments_to_the_next_unread_document(reader_options: ReaderOptions) -> None:
    async with opened(reader_options, (80, 16)) as reader:
        panes = []
        for _ in range(60):
            await reader.press("space")
            panes.append((reader.document.title, reader.reader.text_pane))
            if "No unread" in reader.message:
                break
        passed = list(dict.fromkeys(panes))
        assert passed == [
            (THREAD["title"], "article"),
            (THREAD["title"], "comments"),
            (SILENT["title"], "article"),
            (KOREAN["title"], "article"),
            (KOREAN["title"], "comments"),
        ]
        read = {
            entry.document for entry in reader.reader.session.shelf.listed.entries(0, 9) if entry and entry.document
        }
        assert reader.reader.session.reading.read_among(read) == read


async def test_pages_and_half_pages_take_the_cursor_along(reader_options: ReaderOptions) -> None:
    async with opened(reader_options, (60, 12)) as reader:
        article = reader.reader.article
        await reader.press("ctrl+d")
        assert article.top != (0, 0)
        first = article.lines()[0][0]
        assert first <= article.cursor <= article.lines()[-1][0]
        await reader.press("pagedown", "pagedown", "pagedown", "pagedown")
        assert reader.place == "¶6 of 6"
        await reader.press("ctrl+u", "pageup", "pageup", "pageup", "pageup")
        assert article.top == (0, 0)
        await reader.press("home")
        assert reader.place == "title"
        await reader.press("end")
        assert reader.place == "¶6 of 6"


async def test_a_passage_higher_than_the_pane_is_scrolled_through(tmp_path: Path) -> None:
    long = {**SILENT, "paragraphs": ["Short.", "A very long paragraph goes on. " * 40, "Last."]}
    async with opened(options_for(tmp_path, put_corpus(tmp_path / "captures", long)), (60, 12)) as reader:
        await reader.press("2 G")
        steps = 0
        while reader.place == "¶2 of 3":
            await reader.press("j")
            steps += 1
        assert 2 < steps < 12
        assert reader.place == "¶3 of 3"


async def test_hidden_page_parts(tmp_path: Path) -> None:
    from corpus.sample import folder

    async with opened(options_for(tmp_path, folder())) as reader:
        for _ in range(9):
            if reader.document.folded:
                break
            await reader.press("J")
        part = " ".join(reader.document.folded[0].text.split())[:20]
        await reader.press("z f")
        assert "are shown" in reader.message
        said = " ".join(
            row.plain
            for at in range(len(reader.reader.article.source))
            for row in reader.reader.article.source.rows(at, 80)
        )
        assert part in " ".join(said.split())
        await reader.press("z f")
        assert "are hidden" in reader.message


async def test_a_page_without_hidden_parts_says_so(reader_options: ReaderOptions) -> None:
    async with opened(reader_options) as reader:
        await reader.press("z f")
        assert "no hidden page parts" in reader.message


async def test_enter_folds_and_unfolds_the_replies_to_a_comment(reader_options: ReaderOptions) -> None:
    async with opened(reader_options) as reader:
        await reader.press("c", "enter")
        assert reader.reader.comments.folded == {"r1"}
        await reader.press("enter")
        assert not reader.reader.comments.folded
        await reader.press("G", "enter")
        assert "Nobody answers this comment here" in reader.message


async def test_that_a_key_does_nothing_is_told_until_the_next_key(reader_options: ReaderOptions) -> None:
    async with opened(reader_options) as reader:
        await reader.press("enter")
        assert "Nothing to do here" in reader.message
        await reader.press("]")
        assert reader.message == ""
        await reader.press("escape", "r", "j")
        assert reader.message == "Marked read."
