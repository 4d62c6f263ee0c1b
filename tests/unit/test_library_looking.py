"""New captures are noticed by a look at the folders, once they rest, and told once."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from corpus.index import looking
from corpus.library import Library, Progress
from tests.unit.library_files import article, put, titles


@pytest.fixture(autouse=True)
def files_rest_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder that was changed a moment ago is not looked through again for that alone."""
    monkeypatch.setattr(looking, "RACY_NS", 0)


@pytest.fixture
def captures(tmp_path: Path) -> Path:
    put(tmp_path / "in" / "a.jsonl", article(1))
    put(tmp_path / "in" / "below" / "b.jsonl", article(2))
    return tmp_path / "in"


@pytest.fixture
def library(captures: Path, tmp_path: Path) -> Library:
    found = Library.open([captures], tmp_path / "index.db")
    found.refresh()
    return found


def looks(library: Library, count: int = 2) -> list[bool]:
    return [library.has_news() for _ in range(count)]


def test_nothing_new_is_no_news(library: Library) -> None:
    assert looks(library, 3) == [False, False, False]


@pytest.mark.parametrize("name", ["c.jsonl", "below/c.jsonl", "new/deep/c.jsonl"])
def test_a_new_capture_is_told_once_it_rests_and_until_it_is_read(library: Library, captures: Path, name: str) -> None:
    looks(library)
    put(captures / name, article(3))
    assert looks(library, 3) == [False, True, True]
    library.refresh()
    assert len(titles(library)) == 3
    assert looks(library, 3) == [False, False, False]


def test_a_capture_that_another_was_put_in_the_place_of_is_told(library: Library, captures: Path) -> None:
    looks(library)
    put(captures / "x.part", article(1), article(4))
    os.replace(captures / "x.part", captures / "a.jsonl")
    assert looks(library) == [False, True]
    library.refresh()
    assert len(titles(library)) == 3


def test_what_is_still_being_written_is_left_until_it_rests(library: Library, captures: Path) -> None:
    looks(library)
    growing = put(captures / "c.jsonl", article(3))
    for size in range(3):
        assert not library.has_news()
        growing.write_text("x" * size)
    put(growing, article(3))
    assert looks(library) == [False, True]


def test_a_file_that_never_rests_holds_others_up_for_a_while_only(library: Library, captures: Path) -> None:
    looks(library)
    put(captures / "c.jsonl", article(3))
    told = []
    for size in range(2 * looking.PATIENCE):
        (captures / "log.txt").write_text("x" * size)
        told.append(library.has_news())
    assert told.index(True) == looking.PATIENCE


def test_what_is_no_capture_is_no_news(library: Library, captures: Path) -> None:
    looks(library)
    (captures / ".hidden.jsonl").write_text("x")
    (captures / "page.html").write_text("<p>A page that was saved with its pictures.</p>")
    (captures / "page_files").mkdir()
    (captures / "page_files" / "ad.html").write_text("x")
    (captures / "link.jsonl").symlink_to(captures / "a.jsonl")
    (captures / "captures.jsonl").write_text("{}")
    assert looks(library) == [False, True]
    library.refresh()
    assert looks(library) == [False, False]


def test_what_a_refresh_leaves_out_is_not_told_again(library: Library, captures: Path) -> None:
    looks(library)
    os.link(captures / "a.jsonl", captures / "same.jsonl")
    assert looks(library) == [False, True]
    library.refresh()
    assert looks(library, 3) == [False, False, False]


def test_what_came_while_captures_were_read_is_told(captures: Path, tmp_path: Path) -> None:
    library = Library.open([captures], tmp_path / "index.db")

    def while_reading(state: Progress) -> None:
        put(captures / "late.jsonl", article(5))

    library.refresh(while_reading)
    assert looks(library) == [False, True]


def test_what_could_not_be_read_since_another_one_reads_is_told_again(library: Library, captures: Path) -> None:
    looks(library)
    put(captures / "c.jsonl", article(3))
    assert looks(library) == [False, True]
    assert library.refresh(stop=lambda: True).stopped
    assert looks(library) == [True, True]


def test_a_folder_that_did_not_change_is_not_looked_through(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    looks(library)

    def scandir(path: str) -> None:
        raise AssertionError(path)

    monkeypatch.setattr(os, "scandir", scandir)
    assert looks(library) == [False, False]


def test_a_single_file_and_one_that_is_gone(tmp_path: Path) -> None:
    one, gone = put(tmp_path / "one.jsonl", article(1)), tmp_path / "gone.jsonl"
    library = Library.open([one, gone], tmp_path / "index.db")
    library.refresh()
    assert looks(library) == [False, False]
    put(one, article(1), article(2))
    assert looks(library) == [False, True]
    library.refresh()
    put(gone, article(3))
    assert looks(library) == [False, True]
