"""The library: what is in the corpus is listed and opened as it was read, and only what changed is read again."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.library import Library, Progress
from corpus.model import Comment, Document, Mention, Problem, Span, Votes, make_document
from corpus.record_reading import from_record
from corpus.record_writing import to_record
from corpus.storage import Storage


class Files:
    """Captures for tests: each file holds JSON lines of documents; a line "bad" is a problem."""

    def __init__(self) -> None:
        self.read_paths: list[Path] = []

    def find(self, roots: Sequence[Path]) -> Iterator[Path | Problem]:
        for root in roots:
            if root.is_dir():
                yield from sorted(path for path in root.iterdir() if path.is_file())
            elif root.exists():
                yield root
            else:
                yield Problem(str(root), "there is no such file")

    def read(self, path: Path) -> Iterator[Document | Problem]:
        self.read_paths.append(path)
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            if line == "bad":
                yield Problem(str(path), "the line is not understood", f"line {number}")
            elif line == "crash":
                raise RuntimeError("a bug in a reader")
            else:
                yield from_record(json.loads(line))


def article(number: int, comments: int = 2, **facts: Any) -> Document:
    facts = {"url": f"https://news.example/{number}", "published": f"2018-01-{number % 28 + 1:02d}", **facts}
    return make_document(
        facts.pop("title", f"Talks number {number}"),
        [(f"The delegation met at Panmunjom, meeting {number}.", "paragraph"), ("They will meet again.", "paragraph")],
        [
            Comment(f"c{at}", at, f"Comment {at} on {number}", author=f"reader{at}", posted="2018-01-09T10:00")
            for at in range(comments)
        ],
        **facts,
    )


def line(document: Document) -> str:
    return json.dumps(to_record(document), ensure_ascii=False)


def put(path: Path, *documents: Document | str, age: float = 100) -> Path:
    """Write a capture that was last changed `age` seconds ago."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(item if isinstance(item, str) else line(item) for item in documents), "utf-8")
    when = path.stat().st_mtime - age
    os.utime(path, (when, when))
    return path


Opener = Callable[..., Library]


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    return folder


@pytest.fixture
def opened(tmp_path: Path, corpus: Path) -> Iterator[Opener]:
    libraries = []

    def make(source: Files | None = None, **options: Any) -> Library:
        library = Library.open([corpus], tmp_path / "cache" / "index.db", source=source or Files(), **options)
        libraries.append(library)
        return library

    yield make
    for library in libraries:
        library.close()


def titles(library: Library, **options: Any) -> list[str]:
    return [entry.title for entry in library.entries(0, 1000, **options)]


def test_opening_reads_and_writes_nothing(opened: Opener, corpus: Path, tmp_path: Path) -> None:
    put(corpus / "a.jsonl", article(1))
    library = opened()
    assert library.count() == 0
    assert library.entries(0, 10) == []
    assert not library.is_complete
    assert not library.message
    assert not (tmp_path / "cache").exists()


def test_opening_imports_nothing_heavy(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from corpus.library import Library\n"
        "library = Library.open([Path('x')], Path(sys.argv[1])); library.entries(0, 40)\n"
        "heavy = ('rapidfuzz', 'selectolax', 'msgspec', 'textual', 'corpus.read', 'corpus.entities', 'corpus.index.builder')\n"
        "print([name for name in heavy if name in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "index.db")], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_what_is_read_is_listed_and_opens_as_it_was_read(opened: Opener, corpus: Path) -> None:
    first = article(1, 250, byline=("Ann Lee",), outlet="Post", language="en")
    put(corpus / "a.jsonl", first, article(2))
    library = opened()
    report = library.refresh()
    assert (report.documents, report.read, report.problems) == (2, 1, 0)
    assert library.is_complete
    entry = library.entries(0, 1)[0]
    assert (entry.title, entry.outlet, entry.author, entry.comments) == (first.title, "Post", "Ann Lee", 250)
    assert (entry.published, entry.name, entry.problem) == ("2018-01-02", "a.jsonl", None)
    assert to_record(library.document(first.id)) == to_record(first)


def test_comments_are_decoded_only_when_they_are_asked_for(
    opened: Opener, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(corpus / "a.jsonl", article(1, 1000))
    library = opened()
    library.refresh()
    document = library.document(article(1).id)
    queries: list[str] = []
    original = library.readers.rows

    def rows(statement: str, values: Sequence[Any] = ()) -> list[Any]:
        queries.append(statement)
        return original(statement, values)

    monkeypatch.setattr(library.readers, "rows", rows)
    document = library.document(document.id)
    opening = len(queries)
    assert [entry[0] for entry in document.comments.outline[:2]] == ["c0", "c1"]
    assert document.comments[999].text == "Comment 999 on 1"
    assert document.comments[950].author == "reader950"
    assert len(queries) == opening + 1


_texts = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "Zs")), max_size=40)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(_texts, _texts, st.integers(0, 3)), max_size=6), _texts)
def test_any_document_comes_back_byte_for_byte(
    tmp_path_factory: pytest.TempPathFactory, said: list[tuple[str, str, int]], title: str
) -> None:
    comments = [
        Comment(
            f"c{at}", at, text, author=author or None, depth=depth, votes=Votes(up=depth), extra={"flag": None, "n": 0}
        )
        for at, (text, author, depth) in enumerate(said)
    ]
    written = line(make_document(title or "x", [("Body.", "paragraph")], comments))
    expected = line(from_record(json.loads(written)))
    folder = tmp_path_factory.mktemp("any")
    put(folder / "in" / "a.jsonl", written)
    library = Library.open([folder / "in"], folder / "index.db", source=Files())
    library.refresh()
    assert [line(library.document(entry.document or "")) for entry in library.entries(0, 9)] == [expected]
    library.close()


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


def test_the_same_text_at_another_url_is_told(opened: Opener, corpus: Path) -> None:
    put(corpus / "a.jsonl", article(1), article(1, url="https://mirror.example/x"))
    library = opened()
    library.refresh()
    assert [also.url for also in library.also_at(article(1).id)] == ["https://mirror.example/x"]


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


def test_orders_filter_and_place_in_the_list(opened: Opener, corpus: Path) -> None:
    put(
        corpus / "a.jsonl",
        article(3, 1, title="Café talks", outlet="B Post", published="2018-01-03T10:00+09:00"),
        article(1, 9, title="Athletes go", outlet="", published="2018-01-03T02:00Z"),
        article(2, 4, title="Ｂorder opens", outlet="A Wire", byline=("Ann Lee",), published=None),
    )
    library = opened()
    library.refresh()
    assert titles(library, order="date") == ["Athletes go", "Café talks", "Ｂorder opens"]
    assert titles(library, order="title") == ["Athletes go", "Ｂorder opens", "Café talks"]
    assert titles(library, order="comments") == ["Athletes go", "Ｂorder opens", "Café talks"]
    assert titles(library, order="outlet") == ["Ｂorder opens", "Café talks", "Athletes go"]
    assert titles(library) == ["Café talks", "Athletes go", "Ｂorder opens"]
    assert titles(library, filter="cafe TALKS") == ["Café talks"]
    assert titles(library, filter="border") == ["Ｂorder opens"]
    assert titles(library, filter="lee a.jsonl") == ["Ｂorder opens"]
    assert library.count("%") == 0
    for order in ("added", "date", "title", "comments", "outlet"):
        rows = library.entries(0, 9, order=order)
        assert [library.position_of(row.document or "", order=order) for row in rows] == [0, 1, 2]
        assert library.neighbour(rows[0].document or "", 2, order=order) == rows[2].document
        assert library.neighbour(rows[2].document or "", 1, order=order) is None
    assert library.position_of(article(3).id, "athletes") is None


def test_neighbours_pass_over_files_that_could_not_be_read(opened: Opener, corpus: Path) -> None:
    put(corpus / "a.jsonl", article(1))
    put(corpus / "b.jsonl", "bad")
    put(corpus / "c.jsonl", article(3))
    library = opened()
    library.refresh()
    assert library.neighbour(article(1).id, 1) == article(3).id
    assert library.neighbour(article(3).id, -1) == article(1).id
    assert library.neighbour("unknown", 1) is None


def test_later_captures_stand_before_earlier_ones(opened: Opener, corpus: Path) -> None:
    put(corpus / "b.jsonl", article(1))
    library = opened()
    library.refresh()
    put(corpus / "a.jsonl", article(2))
    library.refresh()
    assert titles(library) == ["Talks number 2", "Talks number 1"]


def test_a_text_without_a_title_is_listed_by_how_it_begins(opened: Opener, corpus: Path) -> None:
    put(corpus / "a.jsonl", make_document("", [("It begins so.", "paragraph")]))
    library = opened()
    library.refresh()
    assert titles(library) == ["It begins so."]
    assert library.document(library.entries(0, 1)[0].document or "").title == ""


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
    assert library.pending == "0 of 2 read"
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


def test_names_of_files_that_are_no_text_are_kept(opened: Opener, corpus: Path) -> None:
    path = os.fsencode(corpus) + b"/\xff\x1b[2J.jsonl"
    try:
        with open(path, "w", encoding="utf-8") as file:
            file.write(line(article(1)))
    except OSError:
        pytest.skip("the file system takes no such name")
    library = opened()
    library.refresh()
    entry = library.entries(0, 1)[0]
    assert os.fsencode(entry.path) == path
    assert "\x1b" not in entry.name
    assert library.refresh().unchanged == 1


class Names:
    """Recognises one word."""

    def __init__(self, word: str, entity: str | None) -> None:
        self.word, self.entity = word, entity
        self.version = entity

    def recognise(self, document: Document) -> tuple[Mention, ...]:
        if "crash" in document.title:
            raise RuntimeError("a bug")
        found = []
        for (part, comment), text in document.texts():
            at = text.find(self.word)
            if at >= 0:
                span = Span(document.id, part, comment, at, at + len(self.word))
                found.append(Mention(span, self.word, "LOC", self.entity, "listed"))
                found.append(Mention(span, "today", "DATE", None, "date", value="2018-01-09"))
        return tuple(found)


def test_mentions_are_found_once_and_counted(opened: Opener, corpus: Path) -> None:
    put(corpus / "a.jsonl", article(1), article(2, title="Panmunjom again"), article(3, title="crash"))
    library = opened(recogniser=lambda: Names("Panmunjom", "panmunjom"))
    library.refresh()
    assert [item.surface for item in library.mentions(article(1).id)] == ["Panmunjom", "today"]
    assert library.mentions(article(3).id) == ()
    totals = library.entity_counts()
    assert [(item.name, item.type, item.documents, item.article, item.comments) for item in totals] == [
        ("panmunjom", "LOC", 2, 3, 0)
    ]
    assert [item.title for item in library.entity_documents("panmunjom")] == ["Panmunjom again", "Talks number 1"]
    assert library.count(entity="panmunjom") == 2
    assert titles(library, entity="panmunjom", filter="again") == ["Panmunjom again"]
    assert library.surfaces("panmunjom") == ["Panmunjom"]
    with pytest.raises(KeyError):
        library.mentions("unknown")


def test_another_recogniser_looks_again_at_what_was_recognised(opened: Opener, corpus: Path) -> None:
    put(corpus / "a.jsonl", article(1))
    opened(recogniser=Names("Panmunjom", "panmunjom")).refresh()
    library = opened(recogniser=Names("Comment", None))
    library.refresh()
    (total,) = library.entity_counts()
    assert (total.name, total.entity, total.surface, total.comments) == ("?LOC:comment", None, "Comment", 2)
    assert [item.document for item in library.entity_documents("?LOC:comment")] == [article(1).id]


def test_real_captures_are_found_read_and_related(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    record = {
        "title": "Talks at the border",
        "body": "First paragraph.\n\nSecond paragraph.",
        "comments": [{"author": "ann", "text": "First!"}, {"author": "bob", "text": "@ann you are wrong"}],
    }
    (tmp_path / "in" / "a.json").write_text(json.dumps(record), "utf-8")
    (tmp_path / "in" / "b.txt").write_bytes(b"\x89PNG\r\n\x1a\n\0\0")
    library = Library.open([tmp_path / "in"], tmp_path / "index.db")
    report = library.refresh()
    assert (report.documents, report.problems) == (1, 1)
    entry = library.entries(0, 9, "talks")[0]
    reply = library.document(entry.document or "").comments[1].reply
    assert reply is not None
    assert reply.relation == "named"
    library.close()


def test_the_index_is_private(opened: Opener, corpus: Path, tmp_path: Path) -> None:
    put(corpus / "a.jsonl", article(1))
    opened().refresh()
    assert (tmp_path / "cache" / "index.db").stat().st_mode & 0o077 == 0


def test_several_threads_read_at_once(opened: Opener, corpus: Path) -> None:
    from concurrent.futures import ThreadPoolExecutor

    put(corpus / "a.jsonl", *(article(number) for number in range(30)))
    library = opened()
    library.refresh()
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda number: library.document(article(number).id).title, range(30)))
    assert found == [f"Talks number {number}" for number in range(30)]


def test_a_wrong_statement_is_not_taken_for_damage(opened: Opener, corpus: Path) -> None:
    put(corpus / "a.jsonl", article(1))
    library = opened()
    library.refresh()
    with pytest.raises(sqlite3.OperationalError):
        library.readers.rows("SELECT nothing FROM nowhere")
    assert library.readers.rows("SELECT ?", ("\ud800",)) == []
    assert not library.readers.damaged


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
