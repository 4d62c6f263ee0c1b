"""Every key in every pane, over corpora of every kind: the reader lives, and nothing fails behind its back."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from tests.ui.support import KOREAN, SILENT, THREAD, Opened, opened, options_for, put_corpus
from tui.app import KoreaReader
from tui.commands import COMMANDS
from tui.screens.editor import NoteEditor
from tui.screens.palette import Palette
from tui.screens.reader import Reader
from tui.view.layout import PANES

LEAVING = ("quit", "leave", "suspend", "note.edit", "browser")
SEQUENCES = [keys for command in COMMANDS if command.id not in LEAVING for keys in command.keys]
FIRST_KEYS = [command.keys[0] for command in COMMANDS if command.id not in LEAVING and command.keys]


pytestmark = pytest.mark.usefixtures("copied")


async def back_to(reader: Opened, pane: str) -> None:
    """Leave whatever a key has opened, and focus a pane."""
    for _ in range(6):
        if isinstance(reader.app.screen, Reader) and not reader.reader.prompt.display:
            break
        await reader.press("ctrl+x" if isinstance(reader.app.screen, NoteEditor) else "escape")
    assert isinstance(reader.app.screen, Reader), reader.app.screen
    reader.reader.show_pane(pane)  # type: ignore[arg-type]
    await reader.handled()


async def sweep(reader: Opened, sequences: Sequence[str], panes: Sequence[str] = PANES) -> None:
    for pane in panes:
        for keys in sequences:
            await back_to(reader, pane)
            await reader.press(keys)
            assert reader.app.is_running
            assert reader.errors == [], f"{keys} in {pane}"
    await back_to(reader, "article")


async def test_every_key_in_every_pane_of_a_document_with_a_thread(tmp_path: Path) -> None:
    corpus = put_corpus(tmp_path / "captures", THREAD, SILENT, KOREAN, broken=True)
    async with opened(options_for(tmp_path, corpus)) as reader:
        await sweep(reader, SEQUENCES)


async def test_every_key_inside_a_selection(tmp_path: Path) -> None:
    async with opened(options_for(tmp_path, put_corpus(tmp_path / "captures", THREAD))) as reader:
        for at, keys in enumerate(SEQUENCES):
            pane = ("article", "comments")[at % 2]
            await back_to(reader, pane)
            reader.reader.texts.clear_selection()
            reader.reader.run_command("bottom", 3)
            await reader.press("v", keys)
            assert reader.errors == [], f"{keys} in a selection of {pane}"


async def test_every_key_in_a_document_without_comments(tmp_path: Path) -> None:
    async with opened(options_for(tmp_path, put_corpus(tmp_path / "captures", SILENT))) as reader:
        await sweep(reader, FIRST_KEYS, ("article", "comments"))


async def test_every_key_where_the_capture_could_not_be_read(tmp_path: Path) -> None:
    async with opened(options_for(tmp_path, put_corpus(tmp_path / "captures", broken=True))) as reader:
        assert reader.reader.document is None
        assert "None of these captures could be read." in reader.shown()
        assert "1 could not be read" in reader.shown()
        await reader.press("h", "enter")
        assert "zz-broken.txt could not be read: it is a picture and not text" in reader.shown()
        await sweep(reader, FIRST_KEYS, ("articles", "comments"))


async def test_every_key_in_an_empty_corpus(tmp_path: Path) -> None:
    async with opened(options_for(tmp_path, put_corpus(tmp_path / "captures"))) as reader:
        assert "No captures here" in reader.shown()
        assert "There is nothing to read yet." in reader.shown()
        assert "Reading captures" not in reader.shown()
        await sweep(reader, FIRST_KEYS, ("article", "entities"))


async def test_every_command_by_its_name_in_a_pane_too_small(tmp_path: Path) -> None:
    async with opened(options_for(tmp_path, put_corpus(tmp_path / "captures", THREAD)), (19, 4)) as reader:
        for command in COMMANDS:
            if command.id not in LEAVING:
                await back_to(reader, "article")
                reader.reader.run_command(command.id)
                await reader.handled()
                assert reader.errors == [], command.id


async def test_counts_waiting_keys_and_escape(tmp_path: Path) -> None:
    async with opened(options_for(tmp_path, put_corpus(tmp_path / "captures", THREAD))) as reader:
        status = reader.reader.status
        await reader.press("4 G")
        assert reader.place == "¶4 of 6"
        await reader.press("2 g g")
        assert reader.place == "¶2 of 6"
        await reader.press("3 j")
        assert reader.place == "¶5 of 6"
        await reader.press("2 k")
        assert reader.place == "¶3 of 6"
        await reader.press("9 9 9 j")
        assert reader.place == "¶6 of 6"
        await reader.press("c", "4 G")
        assert reader.place == "#4 of 7"
        await reader.press("1", "2", "g")
        assert status.pending == "12g"
        assert "12g" in reader.shown().splitlines()[-2]
        await reader.press("escape")
        assert status.pending == ""
        assert reader.place == "#4 of 7"
        await reader.press("z", "q")
        assert "zq does nothing" in reader.message
        assert reader.app.is_running


async def test_waiting_keys_are_given_up_after_a_while(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.dispatch.PATIENCE", 0.05)
    async with opened(options_for(tmp_path, put_corpus(tmp_path / "captures", THREAD))) as reader:
        await reader.press("g")
        assert reader.reader.status.pending == "g"
        await reader.until(lambda: reader.reader.status.pending == "")
        await reader.press("G")
        assert reader.place == "¶6 of 6"


async def test_the_korean_layout_works_as_it_is(tmp_path: Path) -> None:
    async with opened(options_for(tmp_path, put_corpus(tmp_path / "captures", THREAD))) as reader:
        await reader.press("ㅓ", "ㅓ")
        assert reader.place == "¶2 of 6"
        await reader.press("ㅏ")
        assert reader.place == "¶1 of 6"
        await reader.press("ㅊ")
        assert reader.pane == "comments"
        await reader.press("ㅋ", "ㅊ")
        assert reader.reader.comments.folded == {"r1"}
        await reader.press("캐")
        assert reader.reader.comments.folded == set()
        await reader.press("햐")
        assert "no later place" in reader.message


async def test_own_keys_and_what_is_wrong_with_them(tmp_path: Path) -> None:
    from corpus.config import Settings

    settings = Settings(keys={"bottom": ["x"], "down": ["ctrl+n"], "tpo": ["y"]})
    corpus = put_corpus(tmp_path / "captures", THREAD)
    async with opened(options_for(tmp_path, corpus, settings=settings)) as reader:
        assert "tpo is no command; did you mean top?" in reader.message
        await reader.press("x")
        assert reader.place == "¶6 of 6"
        await reader.press("g g", "ctrl+n")
        assert reader.place == "¶1 of 6"
        await reader.press("j")
        assert reader.place == "¶1 of 6"
        assert "j does nothing" in reader.message
        await reader.press("?")
        await reader.until(lambda: isinstance(reader.app.screen, Palette))
        assert "Ctrl-n" in reader.shown()


@pytest.mark.parametrize("keys", ["q", "Q"])
async def test_leaving(tmp_path: Path, keys: str) -> None:
    async with opened(options_for(tmp_path, put_corpus(tmp_path / "captures", THREAD))) as reader:
        await reader.press(keys)
        assert reader.app.return_code == 0
        assert reader.app._exit


async def test_ctrl_c_never_quits(tmp_path: Path) -> None:
    async with opened(options_for(tmp_path, put_corpus(tmp_path / "captures", THREAD))) as reader:
        await reader.press("ctrl+c")
        assert not reader.app._exit
        assert "q quits" in reader.message


async def test_a_command_that_fails_is_said_and_logged_and_the_reader_lives(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(self: object, count: int | None) -> None:
        raise ZeroDivisionError("a secret of the inside")

    monkeypatch.setattr("tui.screens.reader.Reader.command_zoom", fail)
    options = options_for(tmp_path, put_corpus(tmp_path / "captures", THREAD))
    async with opened(options, lenient=True) as reader:
        await reader.press("Z")
        assert "That failed" in reader.message
        assert "secret" not in reader.message
        KoreaReader.report(reader.app, reader.errors[0])
        await reader.press("j")
        assert reader.place == "¶1 of 6"
    assert "ZeroDivisionError" in options.folders.log.read_text("utf-8")
