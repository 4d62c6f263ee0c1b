"""Selecting, highlighting, noting, tagging, quoting: which words, what is on disk, what is seen, and the way back."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from corpus.notes.annotation import Creator
from corpus.notes.build import annotate
from corpus.notes.changes import put
from corpus.notes.store import NoteStore
from corpus.storage import Storage
from tests.ui.support import THREAD, Opened, opened, options_for, put_corpus
from tui.clipboard import CopyResult
from tui.options import ReaderOptions
from tui.screens.copying import copy_text
from tui.screens.editor import NoteEditor
from tui.screens.quoting import QuoteScreen
from tui.view.rows import Mark

BODY = "\n\n".join(paragraph.strip() for paragraph in THREAD["paragraphs"])


async def selected(reader: Opened, *keys: str) -> tuple[str, ...]:
    await reader.press(*keys)
    return reader.spans()


def kept(reader: Opened) -> list[dict[str, Any]]:
    """Return the notes on disk without what changes at every write."""
    return [
        {name: value for name, value in note.items() if name not in ("kr:revision", "modified")}
        for note in reader.notes()
    ]


# selecting


async def test_selections_by_keys(reader_options: ReaderOptions) -> None:
    async with opened(reader_options) as reader:
        second = THREAD["paragraphs"][1]
        assert await selected(reader, "2 G") == (second,)
        assert await selected(reader, "v") == ("President Moon Jae-in waited in Seoul.",)
        assert reader.reader.mode() == "select"
        assert await selected(reader, ")") == ("President Moon Jae-in waited in Seoul. He said little.",)
        assert await selected(reader, "(") == ("President Moon Jae-in waited in Seoul.",)
        assert await selected(reader, "2 w") == ("President Moon Jae-in waited in Seoul. He said",)
        assert await selected(reader, "b") == ("President Moon Jae-in waited in Seoul. He",)
        # the keys that lead to other panes do not lead out of a selection
        assert await selected(reader, "l") == ("President Moon Jae-in waited in Seoul. He said",)
        assert await selected(reader, "left") == ("President Moon Jae-in waited in Seoul. He",)
        assert await selected(reader, "}") == (second,)
        assert await selected(reader, "}") == (second + "\n\n" + THREAD["paragraphs"][2],)
        assert await selected(reader, "o", "w") == (
            (second + "\n\n" + THREAD["paragraphs"][2]).removeprefix("President "),
        )
        assert await selected(reader, "{") == (second + "\n\n" + THREAD["paragraphs"][2],)
        assert await selected(reader, "escape") == (second,)
        assert reader.reader.mode() == ""


async def test_passages_across_the_title_and_comments_are_exact_spans(reader_options: ReaderOptions) -> None:
    async with opened(reader_options) as reader:
        assert await selected(reader, "g g", "V") == (THREAD["title"],)
        assert await selected(reader, "j") == (THREAD["title"], THREAD["paragraphs"][0])
        assert await selected(reader, "4 j") == (THREAD["title"], BODY[: BODY.index("\n\nA last word")])
        assert await selected(reader, "escape", "c", "g g", "V", "2 j") == tuple(
            comment["body"] for comment in THREAD["comments"][:3]
        )


async def test_sentences_without_a_selection(reader_options: ReaderOptions) -> None:
    async with opened(reader_options) as reader:
        assert await selected(reader, "2 G", ")") == ("President Moon Jae-in waited in Seoul.",)
        assert await selected(reader, ")") == ("He said little.",)
        assert await selected(reader, "(", "(") == ("They shook hands twice.",)
        assert reader.place == "¶1 of 6"
        assert await selected(reader, "2 )") == ("He said little.",)
        assert await selected(reader, "v") == ("He said little.",)
        assert reader.reader.mode() == "select"


async def test_a_selection_shows_its_own_keys(reader_options: ReaderOptions) -> None:
    async with opened(reader_options) as reader:
        await reader.press("v")
        assert "other end" in reader.shown().splitlines()[-1]
        await reader.press("v")
        assert "other end" not in reader.shown().splitlines()[-1]


# quoting


async def test_a_paragraph_is_copied_with_its_citation(reader_options: ReaderOptions, copied: list[str]) -> None:
    async with opened(reader_options, (44, 30)) as reader:
        await reader.press("3 G", "y")
        await reader.until(lambda: reader.message.startswith("Copied."))
        (text,) = copied
        assert THREAD["paragraphs"][2] in text
        assert {"A. Writer", "Harbour Post", "harbour.example"} <= {
            word for word in ("A. Writer", "Harbour Post", "harbour.example") if word in text
        }
        assert not any(char in text for char in "▌│┃¶")


async def test_a_comment_is_copied_with_who_wrote_it(reader_options: ReaderOptions, copied: list[str]) -> None:
    async with opened(reader_options) as reader:
        await reader.press("c", "6 G", "y")
        await reader.until(lambda: copied)
        assert "세 번째 뿌리 댓글입니다. 문재인 대통령 힘내세요." in copied[0]
        assert "독자" in copied[0]
        assert "2018" in copied[0]


async def test_a_selection_is_copied_alone_by_ctrl_c(reader_options: ReaderOptions, copied: list[str]) -> None:
    async with opened(reader_options) as reader:
        await reader.press("2 G", "v", "ctrl+c")
        await reader.until(lambda: copied)
        assert copied == ["President Moon Jae-in waited in Seoul."]


async def test_the_message_says_how_sure_a_copy_is(
    reader_options: ReaderOptions, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui.clipboard.copy", lambda *rest: CopyResult("none", False, "Nothing here takes a copy."))
    async with opened(reader_options) as reader:
        await reader.press("y")
        await reader.until(lambda: "Nothing here takes a copy." in reader.message)
        assert reader.reader.status.is_error


async def test_quote_as_offers_every_form_and_the_last_quotes(reader_options: ReaderOptions, copied: list[str]) -> None:
    async with opened(reader_options) as reader:
        await reader.press("2 G", "y")
        await reader.until(lambda: copied)
        await reader.press("Y")
        await reader.until(lambda: isinstance(reader.app.screen, QuoteScreen))
        screen = reader.app.screen
        assert isinstance(screen, QuoteScreen)
        said = "\n".join(row.plain for at in range(len(screen.list.source)) for row in screen.list.source.rows(at, 100))
        assert "LAST QUOTES" in said
        assert "Evidence" in said
        await reader.press("j", "enter")
        await reader.until(lambda: len(copied) == 2)
        assert copied[1].startswith("> President Moon")


# marking


@pytest.mark.parametrize(
    ("keys", "quote"),
    [
        (["2 G"], THREAD["paragraphs"][1]),
        (["2 G", "v", ")"], "President Moon Jae-in waited in Seoul. He said little."),
        (["g g"], THREAD["title"]),
        (["c", "3 G"], "Deeper: Panmunjon."),
        (["c", "1 G", "v"], "First root."),
    ],
)  # fmt: skip
async def test_a_highlight_is_on_disk_seen_and_undoable(
    reader_options: ReaderOptions, keys: list[str], quote: str
) -> None:
    async with opened(reader_options) as reader:
        await reader.press(*keys, "2 H")
        assert "Highlighted in green." in reader.message
        (note,) = reader.notes()
        assert note["kr:colour"] == "green"
        assert note["creator"]["name"] == "tester"
        assert quote in str(note["target"])
        marks = [(key, mark) for key, found in reader.reader.texts.notes.items() for mark in found]
        assert [reader.document.text(*key)[mark.start : mark.end] for key, mark in marks] == [quote]
        assert [mark.role for _, mark in marks] == ["ink-green"]
        assert "✎1" in reader.shown()
        assert reader.reader.mode() == ""
        before = kept(reader)
        await reader.press("u")
        assert reader.notes() == []
        assert reader.reader.texts.notes == {}
        assert "✎" not in reader.shown()
        await reader.press("ctrl+r")
        assert kept(reader) == before
        assert list(reader.reader.texts.notes.values()) == [[mark] for _, mark in marks]


async def test_a_highlight_again_takes_it_away_and_another_digit_changes_it(reader_options: ReaderOptions) -> None:
    async with opened(reader_options) as reader:
        await reader.press("2 G", "H", "4 H")
        assert [note["kr:colour"] for note in reader.notes()] == ["red"]
        await reader.press("4 H")
        assert reader.notes() == []
        await reader.press("u", "u")
        assert [note["kr:colour"] for note in reader.notes()] == ["yellow"]
        await reader.press("9 H")
        assert reader.app.is_running


async def test_a_note_is_written_changed_and_deleted(reader_options: ReaderOptions) -> None:
    async with opened(reader_options) as reader:
        await reader.press("2 G", "a")
        await reader.until(lambda: isinstance(reader.app.screen, NoteEditor) and reader.app.screen.area.has_focus)
        await reader.type("Why wait?")
        await reader.press("ctrl+s")
        await reader.until(lambda: reader.notes())
        assert "Note saved." in reader.message
        assert "Why wait?" in str(reader.notes())
        assert reader.place == "¶2 of 6"
        assert Mark in {type(mark) for found in reader.reader.article.notes.values() for mark in found}
        await reader.press("a")
        await reader.until(lambda: isinstance(reader.app.screen, NoteEditor) and reader.app.screen.area.has_focus)
        assert reader.app.screen.area.text == "Why wait?"  # type: ignore[attr-defined]
        await reader.type(" Indeed.")
        await reader.press("escape")
        await reader.until(lambda: "Indeed" in str(reader.notes()))
        assert len(reader.notes()) == 1
        await reader.press("D")
        assert reader.notes() == []
        await reader.press("u")
        assert "Why wait? Indeed." in str(reader.notes())
        await reader.press("u")
        assert "Indeed" not in str(reader.notes())
        await reader.press("u")
        assert reader.notes() == []


async def test_tags_are_typed_and_offered_again(reader_options: ReaderOptions) -> None:
    async with opened(reader_options) as reader:
        await reader.press("c", "2 G", "t")
        await reader.type("squid, #회담, squid")
        await reader.press("enter")
        assert reader.message == "Tags: squid, 회담."
        assert {body["value"] for body in reader.notes()[0]["body"]} == {"squid", "회담"}
        assert reader.pane == "comments"
        await reader.press("t")
        assert reader.reader.prompt.value == "squid, 회담"
        await reader.press("escape", "j", "t")
        assert "in use: " in reader.reader.prompt.placeholder
        await reader.press("escape", "u")
        assert reader.notes() == []


async def test_nothing_to_mark_is_said(reader_options: ReaderOptions) -> None:
    async with opened(reader_options) as reader:
        await reader.press("D")
        assert "Nothing to do here" in reader.message
        await reader.press("u")
        assert "Nothing more." in reader.message
        await reader.press("ctrl+r")
        assert "Nothing more." in reader.message


async def test_a_note_that_cannot_be_saved_is_said_and_the_words_stay_selected_or_kept(
    reader_options: ReaderOptions, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(reader_options) as reader:
        from corpus.notes.errors import NotSavedError

        def fail(*args: object) -> None:
            raise NotSavedError("The disk is full; the note is kept as a draft.")

        monkeypatch.setattr(reader.reader.session.notebook.store, "apply", fail)
        await reader.press("2 G", "H")
        assert "The disk is full" in reader.message
        assert reader.reader.status.is_error
        assert reader.reader.article.notes == {}


async def test_highlights_are_walked(reader_options: ReaderOptions) -> None:
    async with opened(reader_options) as reader:
        await reader.press("2 G", "H", "5 G", "v", "H", "c", "6 G", "H", "c", "g g")
        walked = []
        for _ in range(4):
            await reader.press("] h")
            walked.append(reader.place)
        assert walked == ["¶2 of 6", "¶5 of 6", "#6 of 7", "¶2 of 6"]
        assert reader.message == "highlight · 1 of 3"
        await reader.press("[ h")
        assert reader.place == "#6 of 7"


async def test_notes_of_another_reader_come_in(reader_options: ReaderOptions) -> None:
    async with opened(reader_options) as reader:
        folders, document = reader_options.folders, reader.document
        other = NoteStore(folders.notes, Storage(), folders.texts, folders.backups, creator=Creator.named("other"))
        other.load()
        start = document.paragraphs[1].start
        made = annotate(document, document.span("body", start, start + 9), colour="blue", now=Storage().clock())
        other.apply([put(made, document)])
        await reader.press("3 G")
        reader.reader.look_for_notes()
        await reader.handled()
        assert reader.reader.article.notes["body", None] == [Mark(start, start + 9, "ink-blue")]
        assert "✎1" in reader.shown()
        assert reader.place == "¶3 of 6"
        await reader.press("2 G", "v", "3 H")
        assert len(reader.notes()) == 2


async def test_read_and_star(reader_options: ReaderOptions) -> None:
    async with opened(reader_options) as reader:
        assert reader.shown().splitlines()[1].startswith("●")
        await reader.press("r")
        assert reader.message == "Marked read."
        assert not reader.shown().splitlines()[1].startswith("●")
        await reader.press("*")
        assert reader.shown().splitlines()[1].startswith("★")
        await reader.press("u", "u")
        assert reader.shown().splitlines()[1].startswith("●")
        await reader.press("ctrl+r", "ctrl+r")
        assert reader.shown().splitlines()[1].startswith("★")


async def test_a_pipe_takes_the_words(reader_options: ReaderOptions, tmp_path: Path) -> None:
    async with opened(reader_options) as reader:
        await reader.press("6 G", "|")
        await reader.type("wc -w")
        await reader.press("enter")
        await reader.until(lambda: reader.message.startswith("wc"))
        assert reader.message.split() == ["wc:", "7"]


async def test_notes_stay_after_a_restart(tmp_path: Path) -> None:
    options = options_for(tmp_path, put_corpus(tmp_path / "captures", THREAD))
    async with opened(options) as reader:
        await reader.press("4 G", "H")
    async with opened(options) as reader:
        assert "✎1" in reader.shown()
        await reader.press("] h")
        assert reader.place == "¶4 of 6"


async def test_what_is_copied_last_is_what_the_clipboard_holds(
    reader_options: ReaderOptions, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts: list[str] = []
    second = threading.Event()

    def copy(text: str, *_: object) -> CopyResult:
        if "nine" in text:
            second.wait(0.2)
        second.set()
        texts.append(text)
        return CopyResult("test", True, "Copied.")

    monkeypatch.setattr("tui.clipboard.copy", copy)
    async with opened(reader_options) as reader:
        quotes = reader.app.session.quotes
        for text in ("at nine", "at ten"):
            copy_text(reader.reader, quotes, text)
        await reader.until(lambda: len(texts) == 2)
        assert texts == ["at nine", "at ten"]
        assert quotes.all() == ("at ten", "at nine")


@pytest.mark.parametrize("leave", ["Q", "q"])
async def test_the_reader_is_left_when_all_is_copied(
    reader_options: ReaderOptions, monkeypatch: pytest.MonkeyPatch, leave: str
) -> None:
    going, sent = threading.Event(), []

    def copy(text: str, write: Callable[[str], None]) -> CopyResult:
        going.wait(5)
        write(text)
        return CopyResult("terminal", False, "Sent.")

    monkeypatch.setattr("tui.clipboard.copy", copy)
    async with opened(reader_options) as reader:
        monkeypatch.setattr(reader.app, "_write_terminal", lambda text: sent.append((text, reader.app._exit)))
        copy_text(reader.reader, reader.app.session.quotes, "words")
        await reader.press(leave)
        assert not reader.app._exit
        going.set()
        await reader.until(lambda: reader.app._exit)
        assert sent == [("words", False)]
