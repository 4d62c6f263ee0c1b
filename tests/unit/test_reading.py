"""The reading state: what was read stays read, can be undone at once, and its loss stops nobody."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from corpus.reading import Position, ReadingState
from corpus.storage import Storage
from tests.unit.meanwhile import Meanwhile


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "reading.db"


@pytest.fixture
def state(path: Path) -> Iterator[ReadingState]:
    found = ReadingState(path, Storage(clock=lambda: datetime(2018, 1, 9, 10, tzinfo=UTC)))
    yield found
    found.close()


def test_marks_stay_and_a_bulk_change_is_undone_at_once(state: ReadingState, path: Path) -> None:
    state.set_read(["d1", "d5"], True)
    before = state.set_read(["d1", "d2", "d3"], True)
    assert before == {"d1": True, "d2": False, "d3": False}
    assert state.read_among(["d1", "d2", "d4", "d5"]) == {"d1", "d2", "d5"}
    again = state.restore_read(before)
    assert state.read_among(["d1", "d2", "d3"]) == {"d1"}
    state.restore_read(again)
    assert state.read_among(["d1", "d2", "d3"]) == {"d1", "d2", "d3"}
    state.close()
    other = ReadingState(path)
    assert other.read_among(["d2"]) == {"d2"}
    assert path.stat().st_mode & 0o077 == 0
    other.close()


def test_many_marks_at_once(state: ReadingState) -> None:
    ids = [f"d{number}" for number in range(12_000)]
    state.set_read(ids, True)
    assert len(state.read_among(ids)) == 12_000


def test_stars(state: ReadingState) -> None:
    previous = state.set_starred(["d1", "d2"], True)
    assert state.starred() == ["d1", "d2"]
    assert state.starred_among(["d1", "d9"]) == {"d1"}
    state.restore_starred(previous)
    assert state.starred() == []


def test_position_visit_and_folds(state: ReadingState) -> None:
    assert state.position("d1") is None
    assert state.last_visit("d1") is None
    assert state.folds("d1") == frozenset()
    state.set_position("d1", Position(("comment", "c7"), 12))
    state.set_position("d1", Position(("body", None), 345))
    assert state.position("d1") == Position(("body", None), 345)
    state.visit("d1", ["c1", "c2", "c3"])
    before = state.last_visit("d1")
    assert before is not None
    assert (before.at, before.comments) == ("2018-01-09T10:00:00+00:00", 3)
    # by their ids, wherever the page puts them
    assert before.new(["c9", "c3", "c1", "c8"]) == {"c9", "c8"}
    assert state.set_folds("d1", ["c1", "c2"]) == frozenset()
    assert state.set_folds("d1", []) == {"c1", "c2"}


def test_nothing_is_made_before_it_is_needed(path: Path) -> None:
    ReadingState(path).close()
    assert not path.parent.exists()


def test_two_processes_write_without_losing_marks(state: ReadingState, path: Path) -> None:
    state.set_read(["d0"], True)
    script = (
        "import sys; from pathlib import Path; from corpus.reading import ReadingState\n"
        "state = ReadingState(Path(sys.argv[1]))\n"
        "for number in range(40): state.set_read([f'{sys.argv[2]}{number}'], True)\n"
        "print(state.message)"
    )
    running = [
        subprocess.Popen([sys.executable, "-c", script, str(path), name], stdout=subprocess.PIPE, text=True)
        for name in ("a", "b")
    ]
    assert [process.communicate()[0].strip() for process in running] == ["", ""]
    ids = [f"{name}{number}" for name in ("a", "b") for number in range(40)]
    assert state.read_among(ids) == set(ids)


@pytest.mark.parametrize("content", [b"not a database " * 50, b"SQLite format 3\0" + b"\xff" * 3000])
def test_a_damaged_file_is_set_aside(state: ReadingState, path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    assert state.read_among(["d1"]) == set()
    assert "set aside" in state.message
    state.set_read(["d1"], True)
    assert state.read_among(["d1"]) == {"d1"}
    kept = [item for item in path.parent.iterdir() if ".set-aside-" in item.name and item.suffix != ".txt"]
    assert [item.read_bytes() for item in kept] == [content]


def test_damage_that_shows_later_is_survived(state: ReadingState, path: Path) -> None:
    state.set_read([f"d{number}" for number in range(2000)], True)
    state.close()
    data = bytearray(path.read_bytes())
    data[4096 * 2 :] = b"\xa5" * (len(data) - 4096 * 2)
    path.write_bytes(data)
    state.read_among([f"d{number}" for number in range(2000)])
    state.set_read(["new"], True)
    assert state.read_among(["new"]) == {"new"}


def test_a_foreign_file_is_set_aside_unchanged(state: ReadingState, path: Path) -> None:
    path.parent.mkdir()
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE mark(x)")
    connection.execute("CREATE TRIGGER evil AFTER INSERT ON mark BEGIN DELETE FROM mark; END")
    connection.commit()
    connection.close()
    before = path.read_bytes()
    state.set_read(["d1"], True)
    assert state.read_among(["d1"]) == {"d1"}
    assert before in [item.read_bytes() for item in path.parent.iterdir()]


def test_a_file_of_a_later_version_is_left_alone(state: ReadingState, path: Path) -> None:
    state.set_read(["d1"], True)
    state.close()
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA user_version=99")
    connection.close()
    before = path.read_bytes()
    state.set_read(["d2"], True)
    assert state.read_among(["d2"]) == {"d2"}
    assert state.message
    assert path.read_bytes() == before


def test_a_place_that_cannot_be_written_keeps_the_state_for_the_session(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file where the folder should be")
    state = ReadingState(tmp_path / "state" / "reading.db")
    state.set_read(["d1"], True)
    assert state.read_among(["d1"]) == {"d1"}
    assert "cannot be saved" in state.message
    state.close()


def test_a_value_that_cannot_be_stored_is_no_error(state: ReadingState) -> None:
    assert state.set_read(["\ud800"], True) == {}
    assert state.message


def test_where_reading_stopped_is_written_at_once_later(state: ReadingState, path: Path) -> None:
    state.set_position("d1", Position(("body", None), 9))
    state.visit("d1", ["c1"])
    state.set_last_document("corpus", "d1")
    assert not path.exists()
    assert state.position("d1") == Position(("body", None), 9)
    assert state.last_document("corpus") == "d1"
    assert state.visited() == {"d1": 1}
    state.set_position("d1", Position(("body", None), 11))
    state.close()
    other = ReadingState(path)
    assert other.position("d1") == Position(("body", None), 11)
    assert other.last_document("corpus") == "d1"
    assert other.last_document("another") is None
    visit = other.last_visit("d1")
    assert visit is not None
    assert visit.new(["c1", "c2"]) == {"c2"}
    other.close()


def test_hidden_documents(state: ReadingState) -> None:
    before = state.set_hidden(["d1", "d2"], True)
    assert state.hidden() == ["d1", "d2"]
    state.restore_hidden(before)
    assert state.hidden() == []


def test_a_file_of_the_first_version_is_taken_over(state: ReadingState, path: Path) -> None:
    state.set_read(["d1"], True)
    state.visit("d1", ["c1", "c2"])
    state.close()
    connection = sqlite3.connect(path)
    connection.executescript("DROP TABLE seen; DROP TABLE place; PRAGMA user_version=1;")
    connection.close()
    other = ReadingState(path)
    assert other.read_among(["d1"]) == {"d1"}
    visit = other.last_visit("d1")
    assert visit is not None
    # only their number was kept
    assert visit.new(["c1", "c2", "c3"]) == {"c3"}
    other.set_last_document("corpus", "d1")
    other.close()
    assert other.message == ""
    again = ReadingState(path)
    assert again.last_document("corpus") == "d1"
    again.close()


class _Crossed:
    """Stands for the file of a reading state: `before` a change or `after` rows are read, something else happens."""

    def __init__(self, file: Any) -> None:
        self.file = file
        self.before: Callable[[], object] = lambda: None
        self.after: Callable[[], object] = lambda: None

    def __getattr__(self, name: str) -> Any:
        return getattr(self.file, name)

    def rows(self, *statement: Any) -> Any:
        found = self.file.rows(*statement)
        self.after()
        return found

    def change(self, *change: Any) -> Any:
        self.before()
        return self.file.change(*change)


def test_what_one_thread_took_to_write_never_goes_over_what_was_kept_since(state: ReadingState, path: Path) -> None:
    state._file = crossed = _Crossed(state._file)  # type: ignore[assignment]

    def read_on() -> None:
        crossed.before = lambda: None
        state.set_position("d1", Position(("body", None), 90))
        state.flush()

    crossed.before = later = Meanwhile(read_on)
    state.set_position("d1", Position(("body", None), 9))
    state.flush()
    later.ended()
    other = ReadingState(path)
    assert other.position("d1") == Position(("body", None), 90)
    other.close()


def test_a_visit_that_is_written_while_visits_are_counted_counts(state: ReadingState) -> None:
    state.visit("d1", ["c1"])
    state.flush()
    state.visit("d1", ["c1", "c2"])
    state._file = crossed = _Crossed(state._file)  # type: ignore[assignment]
    crossed.after = written = Meanwhile(state.flush)
    assert state.visited(["d1"]) == {"d1": 2}
    written.ended()
