"""What the user makes of texts: each change is on disk at once, and the undo log brings every state back."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from corpus.model import Comment, Document, Span, make_document
from corpus.notes.annotation import Creator
from corpus.notes.store import NoteStore
from corpus.storage import Storage
from tui.notebook import Notebook
from tui.undo import UndoLog

DOCUMENT = make_document(
    "A title", [("One body of words.", "paragraph"), ("Another.", "paragraph")], [Comment("c1", 0, "A comment.")]
)
WORDS = (DOCUMENT.span("body", 4, 8),)
COMMENT = (DOCUMENT.span("comment", 0, 10, "c1"),)


class Clock:
    now = datetime(2026, 1, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


@pytest.fixture
def make(tmp_path: Path) -> Callable[[], Notebook]:
    def make() -> Notebook:
        storage = Storage(clock=Clock())
        store = NoteStore(
            tmp_path / "notes.json", storage, tmp_path / "texts", tmp_path / "backups", creator=Creator.named("tester")
        )
        notebook = Notebook(store, UndoLog(), storage)
        assert notebook.load() == []
        return notebook

    return make


def state(notebook: Notebook, document: Document = DOCUMENT) -> list[tuple[Span, str | None, str, tuple[str, ...]]]:
    """Return span, colour, note and tags of all that is placed."""
    return sorted(
        (span, annotation.colour, annotation.text, tuple(tag.name for tag in annotation.tags))
        for annotation, span in notebook.placed(document)
    )


def on_disk(tmp_path: Path) -> list[dict[str, Any]]:
    return list(json.loads((tmp_path / "notes.json").read_text("utf-8"))["first"]["items"])


def test_each_step_can_be_taken_back_and_done_again(make: Callable[[], Notebook]) -> None:
    notebook = make()
    steps: list[Callable[[], str]] = [
        lambda: notebook.highlight(DOCUMENT, WORDS, "green"),
        lambda: notebook.highlight(DOCUMENT, WORDS, "blue"),
        lambda: notebook.write(DOCUMENT, COMMENT, "a note", None),
        lambda: notebook.write(DOCUMENT, COMMENT, "a better note", notebook.exactly_at(DOCUMENT, COMMENT)),
        lambda: notebook.tag(DOCUMENT, COMMENT, ["squid", "말"], notebook.exactly_at(DOCUMENT, COMMENT)),
        lambda: notebook.highlight(DOCUMENT, WORDS, "blue"),
        lambda: notebook.delete(notebook.placed(DOCUMENT)[0][0], DOCUMENT),
    ]
    states = [state(notebook)]
    for step in steps:
        assert step()
        states.append(state(notebook))
    assert len({str(found) for found in states}) == len(states) - 1
    assert states[-1] == []
    for wanted in reversed(states[:-1]):
        assert notebook.undo.undo()
        assert state(notebook) == wanted
    for wanted in states[1:]:
        assert notebook.undo.redo()
        assert state(notebook) == wanted
    assert state(make()) == states[-1]


def test_a_highlight_is_on_disk_with_its_quote(make: Callable[[], Notebook], tmp_path: Path) -> None:
    notebook = make()
    assert notebook.highlight(DOCUMENT, WORDS, "green") == "Highlighted in green."
    (kept,) = on_disk(tmp_path)
    assert kept["kr:colour"] == "green"
    assert kept["creator"]["name"] == "tester"
    assert '"exact": "body"' in json.dumps(kept)
    assert state(make()) == state(notebook)


def test_the_same_colour_again_takes_the_highlight_away(make: Callable[[], Notebook]) -> None:
    notebook = make()
    notebook.highlight(DOCUMENT, WORDS, "green")
    assert notebook.highlight(DOCUMENT, WORDS, "red") == "Highlighted in red."
    assert len(notebook.placed(DOCUMENT)) == 1
    assert "taken away" in notebook.highlight(DOCUMENT, WORDS, "red")
    assert notebook.placed(DOCUMENT) == []


def test_taking_the_colour_from_a_note_keeps_the_note(make: Callable[[], Notebook]) -> None:
    notebook = make()
    notebook.highlight(DOCUMENT, WORDS, "green")
    notebook.write(DOCUMENT, WORDS, "because", notebook.exactly_at(DOCUMENT, WORDS))
    assert notebook.highlight(DOCUMENT, WORDS, "green") == "Colour taken away; the note stays."
    assert state(notebook) == [(WORDS[0], None, "because", ())]


def test_notes_that_say_nothing(make: Callable[[], Notebook]) -> None:
    notebook = make()
    assert notebook.write(DOCUMENT, WORDS, "  \n", None) == "Nothing written."
    assert notebook.tag(DOCUMENT, WORDS, [], None) == "No tags."
    assert notebook.placed(DOCUMENT) == []
    notebook.write(DOCUMENT, WORDS, "x", None)
    present = notebook.exactly_at(DOCUMENT, WORDS)
    assert notebook.write(DOCUMENT, WORDS, "x", present) == "Note unchanged."
    assert notebook.write(DOCUMENT, WORDS, "", present).startswith("Note deleted")
    assert notebook.placed(DOCUMENT) == []


def test_the_note_at_a_place_is_the_same_words_else_the_shortest(make: Callable[[], Notebook]) -> None:
    notebook = make()
    wide, narrow = (DOCUMENT.span("body", 0, 18),), WORDS
    notebook.highlight(DOCUMENT, wide, "green")
    notebook.highlight(DOCUMENT, narrow, "red")

    def colour(start: int, end: int) -> str | None:
        found = notebook.at(DOCUMENT, [DOCUMENT.span("body", start, end)])
        return found.colour if found else None

    assert [colour(0, 18), colour(4, 8), colour(5, 6), colour(0, 2), colour(18, 20)] == [
        "green",
        "red",
        "red",
        "green",
        None,
    ]


def test_a_note_on_words_of_two_texts_is_one_note(make: Callable[[], Notebook]) -> None:
    notebook = make()
    both = (DOCUMENT.span("title", 0, 7), DOCUMENT.span("body", 0, 3))
    notebook.write(DOCUMENT, both, "both", None)
    assert len(notebook.placed(DOCUMENT)) == 2
    assert len(notebook.store.by_document(DOCUMENT.id)) == 1
    assert notebook.exactly_at(DOCUMENT, both[::-1]) is not None
    assert notebook.exactly_at(DOCUMENT, both[:1]) is None
    assert set(notebook.by_text(DOCUMENT)) == {("title", None), ("body", None)}


def test_what_another_reader_wrote_is_taken_up_and_undo_leaves_it(make: Callable[[], Notebook]) -> None:
    mine, other = make(), make()
    mine.highlight(DOCUMENT, WORDS, "green")
    assert other.refresh()
    assert not other.refresh()
    other.write(DOCUMENT, COMMENT, "from the other", None)
    assert mine.refresh()
    assert len(mine.placed(DOCUMENT)) == 2
    mine.undo.undo()
    assert state(mine) == [(COMMENT[0], None, "from the other", ())]
    mine.undo.redo()
    assert len(state(mine)) == 2


def test_undo_never_takes_away_what_another_reader_wrote_into_the_same_note(make: Callable[[], Notebook]) -> None:
    mine, other = make(), make()
    mine.write(DOCUMENT, WORDS, "mine", None)
    other.refresh()
    other.write(DOCUMENT, WORDS, "theirs", other.exactly_at(DOCUMENT, WORDS))
    mine.refresh()
    mine.tag(DOCUMENT, WORDS, ["squid"], mine.exactly_at(DOCUMENT, WORDS))
    assert mine.undo.undo() == "tags"
    assert state(mine) == [(WORDS[0], None, "theirs", ())]
    mine.undo.undo()
    assert "theirs" in str(state(mine))
    assert any("kept" in message for message in mine.messages)
    mine.undo.redo()
    assert "theirs" in str(state(make()))


def test_a_note_that_another_reader_deleted_stays_deleted(make: Callable[[], Notebook]) -> None:
    mine, other = make(), make()
    mine.highlight(DOCUMENT, WORDS, "green")
    other.refresh()
    other.delete(other.placed(DOCUMENT)[0][0], DOCUMENT)
    mine.refresh()
    assert mine.placed(DOCUMENT) == []
    mine.undo.undo()
    assert mine.placed(DOCUMENT) == []
