"""Refreshing the library: only what changed is read again, and what cannot be read is said."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import SimpleNamespace

import pytest

from corpus.index import work
from corpus.library import Library, Progress
from corpus.model import Document, Problem, make_document
from corpus.storage import Storage
from tests.unit.library_files import Files, Opener, article, line, put, titles


def test_only_new_and_changed_captures_are_read_again(opened: Opener, corpus: Path) -> None:
    put(corpus / "a.jsonl", article(1))
    put(corpus / "b.jsonl", article(2))
    source = Files()
    library = opened(source)
    library.refresh()
    source.read_paths.clear()
    assert library.refresh().unchanged == 2
    assert source.read_paths == []
    put(corpus / "b.jsonl", article(2, 5), age=50)
    put(corpus / "c.jsonl", article(3))
    library.refresh()
    assert [path.name for path in source.read_paths] == ["b.jsonl", "c.jsonl"]
    assert library.entries(0, 9, order="comments")[0].comments == 5
    assert library.count() == 3


def test_a_capture_that_was_only_touched_is_not_read_again(opened: Opener, corpus: Path) -> None:
    path = put(corpus / "a.jsonl", article(1))
    source = Files()
    library = opened(source)
    library.refresh()
    os.utime(path, (1_500_000_000, 1_500_000_000))
    assert library.refresh().unchanged == 1
    assert len(source.read_paths) == 1


def test_a_change_within_the_same_moment_is_noticed(opened: Opener, corpus: Path) -> None:
    path = put(corpus / "a.jsonl", article(1, title="One"), age=0)
    library = opened()
    library.refresh()
    stat = path.stat()
    path.write_text(line(article(1, title="Two")), "utf-8")
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    library.refresh()
    assert titles(library) == ["Two"]


def test_a_capture_that_is_gone_leaves_the_list(opened: Opener, corpus: Path) -> None:
    put(corpus / "a.jsonl", article(1))
    path = put(corpus / "b.jsonl", article(2))
    library = opened()
    library.refresh()
    path.unlink()
    assert library.refresh().removed == 1
    assert titles(library) == ["Talks number 1"]
    with pytest.raises(KeyError):
        library.document(article(2).id)


def test_a_changed_document_keeps_its_place_in_the_list(opened: Opener, corpus: Path) -> None:
    put(corpus / "a.jsonl", article(1), article(2), article(3))
    library = opened()
    library.refresh()
    put(corpus / "a.jsonl", article(1), article(2, 7), article(3), age=50)
    library.refresh()
    assert titles(library) == ["Talks number 1", "Talks number 2", "Talks number 3"]
    assert len(library.document(article(2).id).comments) == 7


def test_the_newest_capture_of_a_document_is_shown_and_the_others_are_its_versions(
    opened: Opener, corpus: Path
) -> None:
    put(corpus / "new.jsonl", article(1, 5), age=100)
    put(corpus / "old.jsonl", article(1, 2), age=9000)
    library = opened()
    library.refresh()
    assert library.count() == 1
    versions = library.versions(article(1).id)
    assert [Path(version.path).name for version in versions] == ["new.jsonl", "old.jsonl"]
    assert [version.shown for version in versions] == [True, False]
    assert len(library.document(article(1).id).comments) == 5
    assert len(library.document(article(1).id, key=versions[1].key).comments) == 2
    (corpus / "new.jsonl").unlink()
    library.refresh()
    assert len(library.document(article(1).id).comments) == 2
    assert library.count() == 1


def test_a_file_that_cannot_be_read_is_one_row_with_its_sentence(opened: Opener, corpus: Path) -> None:
    put(corpus / "broken.txt", "bad", "bad")
    put(corpus / "crash.txt", "crash")
    put(corpus / "half.jsonl", article(1), "bad")
    library = opened()
    assert library.refresh().problems == 4
    rows = {entry.name: entry for entry in library.entries(0, 9)}
    assert rows["broken.txt"].problem == "the line is not understood (1 more)"
    assert rows["broken.txt"].document is None
    assert rows["crash.txt"].problem == "The file could not be read (RuntimeError)"
    assert rows["half.jsonl"].problem is None
    assert library.count() == 3
    assert [(Path(item.path).name, item.member) for item in library.problems()][-1] == ("half.jsonl", "line 2")
    put(corpus / "broken.txt", article(2), age=50)
    library.refresh()
    assert library.entries(0, 9, "broken")[0].document == article(2).id


def test_a_root_that_is_missing_is_a_row_until_it_is_there(tmp_path: Path) -> None:
    missing = tmp_path / "missing.jsonl"
    library = Library.open([missing], tmp_path / "index.db", source=Files())
    library.refresh()
    assert library.entries(0, 9)[0].problem == "there is no such file"
    assert library.refresh().read == 0
    put(missing, article(1))
    library.refresh()
    assert [entry.problem for entry in library.entries(0, 9)] == [None]
    library.close()


def test_a_stopped_refresh_goes_on_where_it_stopped(opened: Opener, corpus: Path) -> None:
    put(corpus / "a.jsonl", *(article(number) for number in range(60)))
    put(corpus / "b.jsonl", article(100))
    library = opened()
    asked = 0

    def stop() -> bool:
        nonlocal asked
        asked += 1
        return asked > 40

    report = library.refresh(stop=stop)
    assert report.stopped
    assert 0 < library.count() < 61
    assert not library.is_complete
    assert library.pending == "0 of 2 captures read"
    keys = {entry.document: entry.key for entry in library.entries(0, 100)}
    assert not library.refresh().stopped
    assert library.count() == 61
    assert library.is_complete
    assert library.pending == ""
    now = {entry.document: entry.key for entry in library.entries(0, 100)}
    assert keys.items() <= now.items()


def test_a_kill_in_the_middle_loses_only_the_batch_at_hand(opened: Opener, corpus: Path) -> None:
    put(corpus / "a.jsonl", *(article(number) for number in range(130)))

    class Killed(Files):
        def read(self, path: Path) -> Iterator[Document | Problem]:
            for number, item in enumerate(super().read(path)):
                if number == 125:
                    raise KeyboardInterrupt
                yield item

    library = opened(Killed())
    with pytest.raises(KeyboardInterrupt):
        library.refresh()
    assert 20 < library.count() < 130
    again = opened()
    again.refresh()
    assert again.count() == 130
    assert again.check() == []


def test_progress_is_told(opened: Opener, corpus: Path) -> None:
    for number in range(3):
        put(corpus / f"{number}.jsonl", article(number))
    told: list[Progress] = []
    opened().refresh(told.append)
    assert [(item.stage, item.done, item.total) for item in told if item.stage == "reading"][-1] == ("reading", 3, 3)
    assert told[-1].stage == "indexing"
    assert all(item.rate >= 0 for item in told)


def test_progress_counts_documents_from_the_first_one_of_a_big_capture(
    opened: Opener, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work, "REPORT_SECONDS", 0)
    put(corpus / "0.jsonl", *(article(number) for number in range(20)))
    put(corpus / "1.jsonl", *(article(number) for number in range(20, 30)))
    told: list[Progress] = []
    opened().refresh(told.append)
    read = [item for item in told if item.stage == "reading" and item.total]
    assert read[0].words.startswith("captures 0 of 2")
    assert "captures 0 of 2, 20 documents, " in read[19].words
    assert read[19].rate > 0


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (Progress("reading", 0, 0, 0, 0), "looking for captures"),
        (Progress("reading", 3, 10, 1234, 410.4, 125), "captures 3 of 10, 1,234 documents, 410/s, 2 min left"),
        (Progress("reading", 3, 10, 3, 0.3, 20.2), "captures 3 of 10, 0.3/s, 20 s left"),
        (Progress("recognising", 1060, 10000, 0, 85, 3720), "names 1,060 of 10,000, 85/s, 1 h 2 min left"),
        (Progress("indexing", 5, 5, 5, 50, 0), "documents 5 of 5, 50/s"),
    ],
)
def test_progress_in_words_fits_beside_the_place(state: Progress, words: str) -> None:
    assert state.words == words
    assert len(words) < 58


def test_the_time_left_is_told_by_the_bytes_of_captures_and_by_the_number_of_documents(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = 100.0
    monkeypatch.setattr(work, "time", SimpleNamespace(monotonic=lambda: now))
    told: list[Progress] = []
    at_hand = work.Work(sqlite3.connect(":memory:"), told.append, lambda: False)
    at_hand.start("reading", 3, done=1)
    at_hand.all_bytes = 100
    now += 0.5
    at_hand.check()
    at_hand.done, at_hand.read_bytes, now = 2, 10, now + 8.5
    at_hand.check()
    at_hand.start("recognising", 30, done=10)
    at_hand.done, now = 15, now + 5
    at_hand.check()
    assert [item.seconds_left and round(item.seconds_left) for item in told] == [None, 81, 15]
    assert told[-1].rate == 1


def test_a_second_process_that_writes_is_waited_for_briefly_and_then_told(
    opened: Opener, corpus: Path, tmp_path: Path
) -> None:
    put(corpus / "a.jsonl", article(1))
    library = opened(storage=Storage(sleep=lambda seconds: None, patience=0.01))
    library.refresh()
    put(corpus / "b.jsonl", article(2))
    script = (
        "import sys; from pathlib import Path; from corpus.storage import Storage\n"
        "with Storage().lock(Path(sys.argv[1])): print('held', flush=True); sys.stdin.read()"
    )
    index = str(tmp_path / "cache" / "index.db")
    with subprocess.Popen(
        [sys.executable, "-c", script, index], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout
        assert other.stdin
        assert other.stdout.readline() == "held\n"
        report = library.refresh()
        assert report.busy
        assert report.messages
        assert titles(library) == ["Talks number 1"]
        other.stdin.close()
    assert library.refresh().documents == 2


def test_a_reader_follows_what_another_one_writes(opened: Opener, corpus: Path) -> None:
    put(corpus / "a.jsonl", article(1))
    reading, writing = opened(), opened()
    assert reading.count() == 0
    writing.refresh()
    assert reading.count() == 1
    put(corpus / "b.jsonl", article(2))
    writing.refresh()
    assert reading.count() == 2


def test_a_folder_that_cannot_be_written_keeps_the_index_for_the_session(corpus: Path, tmp_path: Path) -> None:
    put(corpus / "a.jsonl", article(1))
    (tmp_path / "cache").write_text("a file where the folder should be")
    library = Library.open([corpus], tmp_path / "cache" / "index.db", source=Files())
    report = library.refresh()
    assert report.documents == 1
    assert "for this session only" in report.messages[0]
    assert titles(library) == ["Talks number 1"]
    assert library.refresh().unchanged == 1
    library.close()


def test_a_document_that_the_index_cannot_hold_is_a_problem(opened: Opener, corpus: Path) -> None:
    class Odd(Files):
        def read(self, path: Path) -> Iterator[Document | Problem]:
            yield make_document("Odd \ud800 title", [("text", "paragraph")])
            yield from super().read(path)

    put(corpus / "a.jsonl", article(1))
    library = opened(Odd())
    assert library.refresh().problems == 1
    assert titles(library) == ["Talks number 1"]
    assert library.is_complete


def test_a_file_that_goes_while_it_is_looked_for_is_a_row(opened: Opener, corpus: Path) -> None:
    class Racing(Files):
        def find(self, roots: Sequence[Path]) -> Iterator[Path | Problem]:
            yield from super().find(roots)
            yield corpus / "gone.jsonl"

    put(corpus / "a.jsonl", article(1))
    library = opened(Racing())
    library.refresh()
    assert [entry.problem for entry in library.entries(0, 9)] == [
        None,
        "The file cannot be read: No such file or directory",
    ]
    assert library.refresh().read == 1


def test_many_documents_become_searchable_in_parts(
    opened: Opener, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from corpus.search import Searcher

    monkeypatch.setattr("corpus.index.indexing.FIRST_STRETCH", 10)
    monkeypatch.setattr("corpus.index.indexing.DOCUMENTS_A_BATCH", 5)
    put(corpus / "a.jsonl", *(article(number) for number in range(45)))
    library = opened()
    found: list[int] = []

    def stop() -> bool:
        if library.count() and not found and (total := Searcher(library).search("talks").total):
            found.append(total)
        return False

    library.refresh(stop=stop)
    assert 0 < found[0] < 45
    assert Searcher(library).search("talks").total == 45
    assert library.check() == []


def test_a_full_disk_is_said_and_what_was_written_stays(
    opened: Opener, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(corpus / "a.jsonl", article(1))
    library = opened()
    library.refresh()
    put(corpus / "b.jsonl", *(article(number, 50) for number in range(2, 60)))

    def small(path: Path) -> sqlite3.Connection:
        from corpus.index.schema import open_writer

        connection = open_writer(path)
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count={pages + 10}")
        return connection

    monkeypatch.setattr("corpus.index.refreshing.open_writer", small)
    report = library.refresh()
    assert report.messages == ["The index could not be written: database or disk is full"]
    assert report.stopped
    assert titles(library)[-1] == "Talks number 1"
    monkeypatch.undo()
    assert library.refresh().documents == 59
