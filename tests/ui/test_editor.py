"""The note editor: what is typed is kept while it is typed, and comes back after it was left or lost."""

from __future__ import annotations

import pytest

from tests.ui.support import THREAD, Opened, opened
from tui.options import ReaderOptions
from tui.screens.editor import NoteEditor


async def edit(reader: Opened, keys: str = "a") -> NoteEditor:
    await reader.press(keys)
    await reader.until(lambda: isinstance(reader.app.screen, NoteEditor) and reader.app.screen.area.has_focus)
    screen = reader.app.screen
    assert isinstance(screen, NoteEditor)
    return screen


async def left(reader: Opened, *keys: str) -> None:
    await reader.press(*keys)
    await reader.until(lambda: reader.app.screen is reader.reader)


async def test_a_draft_is_kept_soon_after_typing(
    reader_options: ReaderOptions, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.screens.editor.DRAFT_SECONDS", 0.05)
    async with opened(reader_options) as reader:
        await reader.press("2 G")
        editor = await edit(reader)
        assert THREAD["paragraphs"][1][:40] in reader.shown()
        await reader.type("half a th")
        drafts = reader.reader.session.drafts
        await reader.until(lambda: [draft.text for draft in drafts.all()] == ["half a th"])
        assert reader.notes() == []
        await reader.type("ought")
        editor.keep_draft()
        assert [draft.text for draft in drafts.all()] == ["half a thought"]


async def test_a_draft_is_taken_up_by_a_later_session(reader_options: ReaderOptions) -> None:
    async with opened(reader_options) as reader:
        await reader.press("2 G")
        editor = await edit(reader)
        await reader.type("not finished")
        editor.keep_draft()
    async with opened(reader_options) as reader:
        await reader.press("2 G")
        editor = await edit(reader)
        assert editor.area.text == "not finished"
        assert "An unsaved draft was found" in reader.shown()
        await left(reader, "ctrl+s")
        assert "not finished" in str(reader.notes())
        await reader.press("3 G")
        assert (await edit(reader)).area.text == ""


async def test_leaving_without_saving_changes_no_note_and_loses_no_text(reader_options: ReaderOptions) -> None:
    async with opened(reader_options) as reader:
        await reader.press("2 G")
        await edit(reader)
        await reader.type("a passing thought")
        await left(reader, "ctrl+x")
        assert reader.notes() == []
        assert (await edit(reader)).area.text == "a passing thought"


@pytest.mark.parametrize("keys", ["ctrl+s", "escape"])
async def test_a_saved_note_leaves_no_draft(reader_options: ReaderOptions, keys: str) -> None:
    async with opened(reader_options) as reader:
        await reader.press("2 G")
        editor = await edit(reader)
        await reader.type("done")
        editor.keep_draft()
        await left(reader, keys)
        await reader.until(lambda: reader.notes())
        assert reader.reader.session.drafts.all() == ()
        await reader.press("D")
        assert (await edit(reader)).area.text == ""


async def test_a_note_that_cannot_be_saved_stays_as_a_draft(
    reader_options: ReaderOptions, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(reader_options) as reader:
        from corpus.notes.errors import NotSavedError

        def fail(*rest: object) -> None:
            raise NotSavedError("The disk is full.")

        await reader.press("2 G")
        await edit(reader)
        await reader.type("dear words")
        monkeypatch.setattr(reader.reader.session.notebook.store, "apply", fail)
        await left(reader, "ctrl+s")
        assert "The disk is full." in reader.message
        assert (await edit(reader)).area.text == "dear words"


async def test_a_draft_that_cannot_be_written_is_said(
    reader_options: ReaderOptions, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(reader_options) as reader:
        editor = await edit(reader)

        def fail(*rest: object) -> None:
            raise OSError("full")

        monkeypatch.setattr(editor.drafts, "save", fail)
        await reader.type("words")
        editor.keep_draft()
        await reader.until(lambda: "No draft can be written" in reader.shown())


async def test_the_keys_of_the_reader_are_text_in_the_editor(reader_options: ReaderOptions) -> None:
    async with opened(reader_options) as reader:
        editor = await edit(reader)
        await reader.type("jkHq?:")
        await reader.press("tab", "enter", "q")
        assert editor.area.text.startswith("jkHq?:")
        assert editor.area.text.endswith("\nq")
        assert reader.app.screen is editor
