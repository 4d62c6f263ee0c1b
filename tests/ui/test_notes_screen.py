"""The list of all notes: what it tells of each, what it lets through, what can be done to them."""

from __future__ import annotations

import json
import shutil
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import pytest_asyncio

from corpus.model import Document, make_document
from corpus.notes.annotation import Annotation, Creator
from corpus.notes.build import annotate
from corpus.notes.changes import Put
from corpus.notes.store import NoteStore
from corpus.storage import Storage
from tests.ui.over import go, over, write
from tests.ui.support import THREAD, Opened, forbidden_in, opened, options_for, put_corpus
from tui.options import ReaderOptions
from tui.screens.notes import NotesScreen
from tui.view.lines import Line
from tui.view.note_lines import GONE, Noted, NoteFilter, NotesSource, newest_first, place_note

NOW = datetime(2024, 5, 1, 12, 0, tzinfo=UTC)
HOSTILE = "[bold]x[/bold] [/단독] [@click=app.quit]go[/] \x1b]52;c;AA\x07 \u202eevil"


def document() -> Document:
    return make_document("A title", [("First words here.", "paragraph"), ("And [more] words.", "paragraph")])


def noted(at: int = 0, **facts: object) -> Noted:
    page = document()
    made = annotate(
        page,
        page.span("body", at, at + 5),
        note=str(facts.get("note", "")),
        colour="yellow" if facts.get("colour") is None else str(facts["colour"]),
        tags=[str(tag) for tag in facts.get("tags", ())],  # type: ignore[attr-defined]
        creator=Creator.named(str(facts.get("by", "Kim Writer"))),
        now=NOW + timedelta(minutes=at),
    )
    found = Noted(made)
    found.place = place_note(made, page if facts.get("there", True) else None)
    return found


@pytest.mark.parametrize(
    ("typed", "fits"),
    [
        ("", True),
        ("first KIND", True),
        ("first absent", False),
        ("#tal", True),
        ("#other", False),
        ("colour:yellow", True),
        ("color:y", True),
        ("colour:green", False),
        ("state:same", True),
        ("state:lost", False),
        ("by:kim", True),
        ("by:lee", False),
        ("# by: kind", True),
    ],
)
def test_a_filter_takes_words_tags_colour_state_and_creator(typed: str, fits: bool) -> None:
    assert NoteFilter.of(typed).fits(noted(note="A kind word", tags=["talks"])) is fits


def test_a_note_whose_document_is_gone_is_lost() -> None:
    gone = noted(there=False)
    assert gone.place is not None
    assert gone.place.state == GONE
    assert NoteFilter.of("state:lost").fits(gone)


def test_a_long_list_makes_lines_only_for_what_is_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[Noted] = []

    def line(noted: Noted) -> Line:
        made.append(noted)
        return Line(noted.annotation.id, ())

    monkeypatch.setattr(Noted, "line", property(line))
    source = NotesSource(newest_first(noted(at % 20) for at in range(3000)))
    assert source.count == 3000
    assert source.rows(1, 80)
    assert len(made) == 1


class Notes:
    """The notes screen of an opened reader."""

    def __init__(self, opened: Opened) -> None:
        self.opened = opened

    @property
    def screen(self) -> NotesScreen:
        return over(self.opened, NotesScreen)

    async def show(self) -> None:
        await go(self.opened, "g n")
        await self.opened.until(lambda: all(note.place for note in self.screen.notes.values()))

    def listed(self) -> list[str]:
        source = self.screen.list.source
        return ["\n".join(row.plain.strip() for row in source.rows(at, 100)).strip() for at in range(len(source))]

    def preview(self) -> str:
        source = self.screen.preview.source
        return "\n".join(row.plain.strip() for at in range(len(source)) for row in source.rows(at, 100))


@pytest_asyncio.fixture
async def notes(reader_options: ReaderOptions) -> AsyncIterator[Notes]:
    async with opened(reader_options) as found:
        yield Notes(found)


def store(options: ReaderOptions) -> NoteStore:
    folders = options.folders
    found = NoteStore(folders.notes, Storage(), folders.texts, folders.backups, creator=Creator.named("other"))
    found.load()
    return found


def save(options: ReaderOptions, *made: tuple[Document, Annotation]) -> None:
    changes = []
    for page, note in made:
        texts = [page.text(target.part, target.comment) for target in note.targets if target.part]
        changes.append(Put(note, tuple(texts)))
    store(options).apply(changes)


def change_capture(captures: Path, paragraphs: Sequence[str]) -> None:
    (captures / "00.json").write_text(json.dumps({**THREAD, "paragraphs": list(paragraphs)}, ensure_ascii=False))


async def test_without_notes_the_list_teaches_how_to_make_one(notes: Notes) -> None:
    await go(notes.opened, "g n")
    assert "H highlights" in notes.opened.shown()
    await go(notes.opened, "D", "t", "a", "y", "enter")
    assert isinstance(notes.opened.app.screen, NotesScreen)


async def test_every_note_tells_where_it_stands_and_what_it_says(notes: Notes) -> None:
    await go(notes.opened, "j", "2", "H")
    await go(notes.opened, "c", "H")
    await notes.show()
    listed = notes.listed()
    assert len(listed) == 3
    assert listed[0].startswith("Envoys cross")
    comment, paragraph = sorted(listed[1:])
    assert comment.startswith("#1")
    assert " Y " in comment
    assert "Heron: “First root" in comment
    assert paragraph.startswith("¶1")
    assert " G " in paragraph
    assert "same" in paragraph
    assert "The words stand where they stood." in notes.preview()


async def test_enter_goes_to_the_passage_in_whichever_document_it_is(notes: Notes) -> None:
    await go(notes.opened, "c", "j", "j", "H", "J")
    assert notes.opened.document.title == "A quiet page"
    await notes.show()
    await go(notes.opened, "enter")
    assert notes.opened.app.screen is notes.opened.reader
    assert notes.opened.document.title == THREAD["title"]
    assert notes.opened.reader.focused_name == "comments"
    assert notes.opened.place.startswith("#3")


async def test_typing_filters_and_esc_shows_all_again(notes: Notes) -> None:
    await go(notes.opened, "j", "2", "H", "j", "H")
    await notes.show()
    await go(notes.opened, "\\")
    await write(notes.opened, "colour:green")
    assert len(notes.listed()) == 2
    assert notes.screen.status.place == "1 of 2"
    await write(notes.opened, " nothing")
    assert "No note fits" in notes.opened.shown()
    await go(notes.opened, "escape", "escape")
    assert len(notes.listed()) == 3
    await go(notes.opened, "escape")
    assert notes.opened.app.screen is notes.opened.reader


async def test_a_note_is_written_in_place_and_undone(notes: Notes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("EDITOR", raising=False)
    monkeypatch.delenv("VISUAL", raising=False)
    await go(notes.opened, "j", "H")
    await notes.show()
    await go(notes.opened, "a")
    await write(notes.opened, "a thought")
    await go(notes.opened, "ctrl+s")
    assert notes.screen.status.message == "Note saved."
    assert notes.opened.notes()[0]["body"][0]["value"] == "a thought"
    assert "a thought" in notes.listed()[1]
    assert notes.opened.app.session.drafts.all() == ()
    await go(notes.opened, "e", "backspace", "ctrl+s")
    assert "a though" in notes.preview()
    await go(notes.opened, "u", "u")
    assert "body" not in notes.opened.notes()[0]
    await go(notes.opened, "ctrl+r")
    assert notes.opened.notes()[0]["body"][0]["value"] == "a thought"


async def test_tags_are_typed_below_and_esc_leaves_them(notes: Notes) -> None:
    await go(notes.opened, "j", "H")
    await notes.show()
    await go(notes.opened, "t")
    await write(notes.opened, "#talks, 남북 ")
    await go(notes.opened, "enter")
    assert [body["value"] for body in notes.opened.notes()[0]["body"]] == ["talks", "남북"]
    assert "#talks #남북" in notes.listed()[1]
    await go(notes.opened, "t", "x", "escape")
    assert [body["value"] for body in notes.opened.notes()[0]["body"]] == ["talks", "남북"]


async def test_a_note_is_deleted_and_brought_back(notes: Notes) -> None:
    await go(notes.opened, "j", "H", "j", "H")
    await notes.show()
    await go(notes.opened, "D")
    assert len(notes.opened.notes()) == 1
    assert len(notes.listed()) == 2
    await go(notes.opened, "u")
    assert len(notes.opened.notes()) == 2
    await go(notes.opened, "q")
    marks = notes.opened.reader.article.notes
    assert sum(map(len, marks.values())) == 2


async def test_a_quote_is_copied_with_its_citation(notes: Notes, copied: list[str]) -> None:
    await go(notes.opened, "c", "H")
    await notes.show()
    await go(notes.opened, "y")
    await notes.opened.until(lambda: copied)
    assert copied[0].startswith("“First root. The squid know it all.”\n— Heron, comment 1 of 7")


async def test_what_a_note_keeps_outlives_its_document(
    reader_options: ReaderOptions, captures: Path, copied: list[str]
) -> None:
    async with opened(reader_options) as found:
        await go(found, "c", "H")
    (captures / "00.json").unlink()
    shutil.rmtree(reader_options.folders.cache)
    async with opened(reader_options) as found:
        notes = Notes(found)
        await notes.show()
        assert GONE in notes.listed()[1]
        assert "The text as it was:" in notes.preview()
        await go(found, "enter")
        assert "No open capture" in notes.screen.status.message
        await go(found, "y")
        await found.until(lambda: copied)
        assert "“First root. The squid know it all.”\n— Heron, comment 1 of 7" in copied[0]
        assert "Harbour Post" in copied[0]


async def test_a_changed_text_shows_what_moved_and_what_is_lost(reader_options: ReaderOptions, captures: Path) -> None:
    first, second, *rest = THREAD["paragraphs"]
    async with opened(reader_options) as found:
        await go(found, "j", "H", "j", "H")
    shutil.rmtree(reader_options.folders.cache)
    change_capture(captures, ["Something new above.", second, *rest])
    async with opened(reader_options) as found:
        notes = Notes(found)
        await notes.show()
        states = {line.split("“")[1][:20]: line for line in notes.listed()[1:]}
        assert "moved" in states[second[:20]]
        assert states[second[:20]].startswith("¶2")
        assert "text changed, not placed" in states[first[:20]]
        await go(found, "\\")
        await write(found, "state:lost")
        assert first[:60] in notes.preview().split("The text as it was:")[1].replace("\n", " ")
        await go(found, "enter")
        assert found.app.screen is found.reader
        assert found.place == "title"
        assert "not in the text any more" in found.message


async def test_notes_of_another_reader_come_in(notes: Notes, reader_options: ReaderOptions) -> None:
    await notes.show()
    page = notes.opened.document
    made = annotate(page, page.span("title", 0, 6), note="from elsewhere", now=NOW)
    save(reader_options, (page, made))
    notes.screen.look_for_notes()
    await notes.opened.until(lambda: len(notes.listed()) == 2)
    assert "from elsewhere" in notes.listed()[1]


async def test_a_note_that_cannot_be_written_is_said_and_kept(notes: Notes, monkeypatch: pytest.MonkeyPatch) -> None:
    await go(notes.opened, "j", "H")
    await notes.show()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(notes.opened.app.session.storage, "write", full)
    await go(notes.opened, "t")
    await write(notes.opened, "late")
    await go(notes.opened, "enter")
    assert "disk is full" in notes.screen.status.message
    assert "#late" in notes.listed()[1]
    assert "not saved yet" in notes.listed()[1]


@pytest.mark.parametrize("size", [(80, 24), (60, 12), (24, 6)])
async def test_hostile_words_are_shown_as_words(tmp_path: Path, size: tuple[int, int]) -> None:
    page = {**THREAD, "title": HOSTILE, "paragraphs": [HOSTILE], "outlet": HOSTILE}
    options = options_for(tmp_path / "home", put_corpus(tmp_path / "captures", page))
    async with opened(options, size) as found:
        made = annotate(
            found.document,
            found.document.span("body", 0, len(found.document.body)),
            note=HOSTILE,
            tags=[HOSTILE],
            colour="[red]",
            creator=Creator.named(HOSTILE),
            now=NOW,
        )
        save(options, (found.document, made))
        found.app.session.notebook.refresh()
        notes = Notes(found)
        await notes.show()
        shown = found.shown()
        assert not forbidden_in(shown)
        if size[0] == 80:
            assert "[bold]x[/bold] [/단독] [@click=app.quit]go[/]" in shown
        await go(found, "t", "escape", "tab", "tab", "enter")
