"""What the sidebar leads to: cards, the time line, corrections, notes on names."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from corpus.entities.card import Gathered
from tests.ui.support import KOREAN, THREAD, Opened, forbidden_in, opened, options_for, put_corpus
from tui.screens.corrections import CorrectionScreen
from tui.screens.entity_card import EntityCard, Looked
from tui.screens.reader import Reader
from tui.screens.timeline import TimelineScreen

HOSTILE: dict[str, Any] = {
    "title": "Kim Jong-un [b]x[/b] \u202eevil \x1b]52;c;AAAA\x07",
    "date": "2018-01-09T10:00",
    "paragraphs": [
        "President [red]Moon Jae-in[/red] met Kim Jong-un today. Mr. Xx" + "\u0301" * 60 + "yz Zed spoke on 9999-12-31."
    ],
    "comments": [
        {"id": "a", "author": "x", "date": "2018-01-09T23:50", "body": "Today Mr. [link]Ev\u202eil Bulba spoke.\x1b[2J"}
    ],
}


async def to_entity(found: Opened, name: str) -> None:
    """Put the cursor of the sidebar on an entity."""
    await found.until(lambda: found.reader.counts, "no entities")
    while found.reader.focused is not found.reader.entities:
        await found.press("tab")
    names = found.reader.entities.names
    assert names is not None
    item = next(at for at in range(len(names)) if (count := names.entity(at)) and count.name == name)
    found.reader.entities.move_cursor(item)
    await found.handled()


def names_in(found: Opened) -> dict[str, tuple[int, int]]:
    """Return what the sidebar lists: name to counts."""
    return {count.name: (count.article, count.comments) for count in found.reader.counts}


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    return put_corpus(tmp_path / "corpus", THREAD, KOREAN)


async def test_enter_shows_the_card_and_a_document_leads_to_its_first_mention(tmp_path: Path, corpus: Path) -> None:
    async with opened(options_for(tmp_path, corpus)) as found:
        await to_entity(found, "Moon Jae-in")
        await found.press("enter")
        card = found.app.screen
        assert isinstance(card, EntityCard)
        await found.until(lambda: card._view and card._view.looked == 2, "the other document was never looked through")
        shown = found.shown()
        for words in ("문재인", "文在寅", "Mun Jae-in", "Mun Chae-in", "in office on 2018-01-09", "Q21001"):
            assert words in shown
        other = next(item.document for item in card._view.documents if item.document != found.document.id)  # type: ignore[union-attr]
        at = card.list.source.find(("document", other))
        assert at is not None
        card.list.move_cursor(at)
        await found.press("enter")
        assert isinstance(found.app.screen, Reader)
        assert found.document.id == other
        assert found.reader.texts.lit_now is not None
        assert "문재인" in found.document.quote(found.reader.texts.lit_now)


async def test_a_card_leads_to_another_and_back(tmp_path: Path, corpus: Path) -> None:
    async with opened(options_for(tmp_path, corpus)) as found:
        await to_entity(found, "Seoul")
        await found.press("enter")
        card = found.app.screen
        assert isinstance(card, EntityCard)
        at = card.list.source.find(("entity", "moon-jae-in"))
        assert at is not None
        card.list.move_cursor(at)
        await found.press("enter")
        assert card.subject.id == "moon-jae-in"
        await found.press("escape")
        assert card.subject.name == "Seoul"
        await found.press("escape")
        assert isinstance(found.app.screen, Reader)


async def test_a_correction_is_shown_before_it_is_made_kept_and_undone(tmp_path: Path, corpus: Path) -> None:
    async with opened(options_for(tmp_path, corpus)) as found:
        await to_entity(found, "Moon Jae-in")
        before = names_in(found)
        await found.press("enter", "i")
        assert isinstance(found.app.screen, CorrectionScreen)
        assert "Moon Jae-in, PERSON → dropped" in found.shown()
        await found.press("j", "enter")
        assert isinstance(found.app.screen, EntityCard)
        await found.press("q")
        assert "Moon Jae-in" not in names_in(found)
    kept = [json.loads(line) for line in (tmp_path / "data" / "corrections.jsonl").read_text("utf-8").splitlines()]
    assert [(line["op"], line["id"]) for line in kept] == [("ignore", "moon-jae-in")]
    async with opened(options_for(tmp_path, corpus)) as found:
        await found.until(lambda: found.reader.counts)
        assert "Moon Jae-in" not in names_in(found)
    (tmp_path / "data" / "corrections.jsonl").unlink()
    async with opened(options_for(tmp_path, corpus)) as found:
        await found.until(lambda: found.reader.counts)
        assert names_in(found) == before


async def test_merging_renaming_and_undo_from_the_reader(tmp_path: Path, corpus: Path) -> None:
    async with opened(options_for(tmp_path, corpus)) as found:
        await to_entity(found, "Moon Jae-in")
        before = names_in(found)
        found.reader.run_command("entity.merge")
        await found.handled()
        await found.type("kim jong-un")
        await found.press("enter", "j", "j", "enter")
        after = names_in(found)
        assert "Moon Jae-in" not in after
        assert after["Kim Jong-un"] == tuple(map(sum, zip(before["Moon Jae-in"], before["Kim Jong-un"], strict=True)))
        await found.press("u")
        assert names_in(found) == before
        await found.press("ctrl+r")
        assert names_in(found) == after
        await to_entity(found, "Kim Jong-un")
        await found.press("enter", "r")
        await found.type("Kim the Third")
        await found.press("enter", "enter")
        assert "Kim the Third" in found.shown()
        assert "Gim Jeong-eun" in found.shown()
        await found.press("q")
        assert "Kim the Third" in names_in(found)


async def test_a_note_on_a_name_is_kept_and_listed_among_the_notes(tmp_path: Path, corpus: Path) -> None:
    async with opened(options_for(tmp_path, corpus)) as found:
        await to_entity(found, "Moon Jae-in")
        await found.press("enter", "a")
        await found.type("Ask who was there")
        await found.press("escape")
        assert "Ask who was there" in found.shown()
        (note,) = found.notes()
        assert note["target"]["id"] == "urn:korea-reader:entity:moon-jae-in"
        await found.press("q", "g n")
        await found.until(lambda: "on a name" in found.shown(), "the note was never placed")
        await found.press("enter")
        assert isinstance(found.app.screen, EntityCard)
        assert "Ask who was there" in found.shown()


async def test_the_time_line_leads_to_the_passage(tmp_path: Path, corpus: Path) -> None:
    async with opened(options_for(tmp_path, corpus)) as found:
        await found.press("g t")
        screen = found.app.screen
        assert isinstance(screen, TimelineScreen)
        assert "January 2018" in found.shown()
        assert "Jan  1 Mon" in found.shown()
        await found.press("enter")
        assert isinstance(found.app.screen, Reader)
        assert found.reader.texts.lit_now is not None
        assert found.document.quote(found.reader.texts.lit_now) == "on 1 January".removeprefix("on ")
        await found.press("g t", ".")
        screen = found.app.screen
        assert isinstance(screen, TimelineScreen)
        await found.until(lambda: screen.status.right == "2 documents", "the dates of all were never read")
        await found.press("/")
        await found.type("nothing like this")
        assert "Nothing fits" in found.shown()


async def test_a_date_of_the_sidebar_leads_to_its_place_on_the_time_line(tmp_path: Path, corpus: Path) -> None:
    async with opened(options_for(tmp_path, corpus)) as found:
        await to_entity(found, "2018-01-01")
        assert "2018 Jan  1 Mon" in found.shown()
        await found.press("enter")
        screen = found.app.screen
        assert isinstance(screen, TimelineScreen)
        item = screen.statement()
        assert item is not None
        assert item.value == "2018-01-01"


async def test_the_sidebar_is_ordered_and_filtered(tmp_path: Path, corpus: Path) -> None:
    async with opened(options_for(tmp_path, corpus)) as found:
        await to_entity(found, "Moon Jae-in")
        by_count = list(names_in(found))
        await found.press("S")
        names = found.reader.entities.names
        assert names is not None
        shown = [count.name for at in range(len(names)) if (count := names.entity(at))]
        assert sorted(shown) == sorted(by_count)
        people = [name for name in shown if name in ("Ri Son-gwon", "Moon Jae-in", "Kim Jong-un")]
        assert people == ["Ri Son-gwon", "Moon Jae-in", "Kim Jong-un"]
        for text in ("ㅁㅈㅇ", "문재인", "mun jaein"):
            await found.press("\\")
            found.reader.prompt.value = text
            await found.handled()
            await found.press("enter")
            source = found.reader.entities.names
            assert source is not None
            fitting = [count.name for at in range(len(source)) if (count := source.entity(at))]
            assert fitting == ["Moon Jae-in"], text
        await found.press("escape")
        assert found.reader.entities.filter == ""


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (40, 12)])
async def test_hostile_names_steer_no_terminal(tmp_path: Path, size: tuple[int, int]) -> None:
    corpus = put_corpus(tmp_path / "corpus", HOSTILE)
    async with opened(options_for(tmp_path, corpus), size) as found:
        await to_entity(found, "Moon Jae-in")
        await found.press("enter")
        assert not forbidden_in(found.shown())
        await found.press("r")
        found.app.screen.input.value = "\x1b[31m[b]Evil\u202e[/b];~=@"  # type: ignore[attr-defined]
        await found.handled()
        await found.press("enter", "enter")
        assert not forbidden_in(found.shown())
        assert isinstance(found.app.screen, EntityCard)
        await found.press("q", "g t")
        assert not forbidden_in(found.shown())


async def test_what_was_gathered_before_a_correction_is_not_shown_after_it(tmp_path: Path, corpus: Path) -> None:
    async with opened(options_for(tmp_path, corpus)) as found:
        await to_entity(found, "Moon Jae-in")
        await found.press("enter")
        card = found.app.screen
        assert isinstance(card, EntityCard)
        before = card._view
        assert before is not None
        card.look()
        await found.until(lambda: card._view and card._view.looked == 2)
        card.post_message(Looked(before, Gathered(card.subject), 1))
        await found.handled()
        assert card._view is not None
        assert card._view.looked == 2
