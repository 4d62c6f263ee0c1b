"""Much work on the index is done by other processes; little is not, and nothing is lost when they fail."""

from __future__ import annotations

import io
import pickle
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.index import apart, helpers, recognising
from corpus.index.feeding import MUCH_FILES, _in_order
from corpus.index.helpers import HelperError, Helpers
from corpus.index.progress import Progress, Report
from corpus.index.sources import Names
from corpus.library import Library
from corpus.model import Document, Mention, Problem


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "in"
    made.mkdir()
    for number in range(MUCH_FILES + 6):
        text = f"Talks number {number}\n\nKim Jong-un met delegation {number} at Panmunjom and spoke at length.\n"
        (made / f"{number:03d}.txt").write_text(text)
    return made


@pytest.fixture
def library(folder: Path, tmp_path: Path) -> Iterator[Library]:
    found = Library.open([folder], tmp_path / "index.db", recogniser=Names(None))
    yield found
    found.close()


def test_much_is_done_in_another_process_and_little_here(
    library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[str] = []
    real = helpers.spawn

    def spawn(module: str) -> object:
        started.append(module)
        return real(module)

    monkeypatch.setattr(apart, "spawn", spawn)
    states: list[Progress] = []
    report = library.refresh(states.append, apart=True)
    assert started == ["corpus.index.apart"]
    assert report.documents == MUCH_FILES + 6
    assert states
    assert [entry.name for entry in library.entries(0, 3)] == ["000.txt", "001.txt", "002.txt"]
    assert library.entity_counts()[0].documents == MUCH_FILES + 6
    assert library.check() == []
    (folder / "000.txt").write_text("Talks fail\n\nNobody came to the table this time, and nothing was said.\n")
    assert library.refresh(apart=True).read == 1
    assert len(started) == 1


def test_what_does_the_work_elsewhere_stops_when_asked(library: Library) -> None:
    report = library.refresh(stop=iter([False] * 40 + [True] * 10_000).__next__, apart=True)
    assert report.stopped
    assert library.refresh(apart=True).documents == MUCH_FILES + 6
    assert library.is_complete
    assert library.pending == ""


def test_without_another_process_the_work_is_done_here(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(module: str) -> object:
        raise OSError("no more processes")

    monkeypatch.setattr(apart, "spawn", refuse)
    assert library.refresh(apart=True).documents == MUCH_FILES + 6


def test_names_of_many_documents_are_found_by_helpers(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recognising, "MUCH", 5)
    library.refresh()
    assert library.entity_counts()[0].documents == MUCH_FILES + 6
    # helpers that fail leave the rest to this process
    monkeypatch.setattr(helpers, "_START", "import sys")
    again = Library.open(library.roots, library.readers.path, recogniser=Other)
    again.refresh()
    assert again.entity_counts()[0].documents == MUCH_FILES + 6
    again.close()


class Other:
    """The same names under another fingerprint."""

    version = "other"

    def recognise(self, document: Document) -> tuple[Mention, ...]:
        """Return the names."""
        return Names(None)().recognise(document)


def test_a_helper_answers_what_it_is_asked_and_says_what_fails() -> None:
    asked = b"".join(pickle.dumps(item) for item in ((Halves, (2,)), 8, "x"))
    answers = io.BytesIO()
    helpers.serve(io.BytesIO(asked), answers)
    answers.seek(0)
    assert pickle.load(answers) == (True, 4)
    assert pickle.load(answers)[0] is False


class Halves:
    """Divides."""

    def __init__(self, by: int) -> None:
        self.by = by

    def __call__(self, value: int) -> int:
        return value // self.by


def test_a_helper_that_ends_is_said_to_have_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(helpers, "_START", "import sys; sys.stdin.buffer.read(1)")
    with Helpers(1, Halves, (2,)) as helping, pytest.raises(HelperError):
        list(helping.map([1, 2]))


def test_an_order_is_carried_out_and_what_fails_is_said(folder: Path, tmp_path: Path) -> None:
    order = apart.Order((folder,), tmp_path / "other.db", None)
    report = apart._serve(order, lambda state: None, lambda: False)
    assert isinstance(report, Report)
    assert report.documents == MUCH_FILES + 6

    def fail() -> object:
        raise LookupError("no names here")

    said = apart._serve(order._replace(recogniser=fail), lambda state: None, lambda: False)  # type: ignore[arg-type]
    assert said == "LookupError: no names here"
    assert not apart.can_go(apart.Order((folder,), tmp_path, lambda: None))  # type: ignore[arg-type, return-value]


def _said(item: object) -> str | None:
    return item.message if isinstance(item, Problem) else None


def test_later_captures_wait_for_earlier_ones_within_bounds(monkeypatch: pytest.MonkeyPatch) -> None:
    from collections import deque

    def item(path: str, number: int) -> tuple[str, Problem]:
        return path, Problem(path, str(number))

    mixed = [
        item("b", 1),
        item("a", 1),
        item("b", 2),
        ("b", None),
        item("a", 2),
        ("a", None),
        item("c", 1),
        ("c", None),
    ]
    told = [(path, _said(found)) for path, found in _in_order(iter(mixed), deque("abc"))]
    assert "".join(path for path, _ in told) == "aaabbbcc"
    monkeypatch.setattr("corpus.index.feeding.HELD", 1)
    told = [(path, _said(found)) for path, found in _in_order(iter(mixed), deque("abc"))]
    assert sorted(told, key=str) == sorted(((path, _said(found)) for path, found in mixed), key=str)
    assert [message for path, message in told if path == "b"] == ["1", "2", None]
