"""An index that is damaged, foreign or of another version is noticed, said and made anew; nothing wrong is shown."""

from __future__ import annotations

import json
import random
import shutil
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

import pytest

from corpus.index import schema
from corpus.library import Library
from corpus.model import Comment, Document, Mention, Problem, Span, make_document
from corpus.search import Searcher
from tests.unit.meanwhile import CrossedIndex, Meanwhile

HOSTILE = Path(__file__).parents[3] / "shared" / "hostile" / "74_library_hostile_schema.db"


def article(number: int) -> Document:
    return make_document(
        f"Talks number {number}",
        [(f"The delegation met at Panmunjom, meeting {number}. " * 5 + "End.", "paragraph")],
        [Comment(f"c{at}", at, f"Comment {at} on {number}, said at some length", author="reader") for at in range(12)],
        url=f"https://news.example/{number}",
        published=f"2018-01-{number + 1:02d}",
    )


class Articles:
    """One capture with some articles."""

    def __init__(self, capture: Path, count: int = 12) -> None:
        self.capture, self.count = capture, count

    def find(self, roots: Sequence[Path]) -> Iterator[Path | Problem]:
        yield self.capture

    def read(self, path: Path) -> Iterator[Document | Problem]:
        yield from (article(number) for number in range(self.count))


class Names:
    def recognise(self, document: Document) -> tuple[Mention, ...]:
        return (Mention(Span(document.id, "title", None, 0, 5), "Talks", "EVENT", "talks", "listed"),)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    capture = tmp_path / "capture.txt"
    capture.write_text("x")
    found = Library.open([capture], tmp_path / "index.db", source=Articles(capture), recogniser=Names())
    yield found
    found.close()


def reopened(library: Library, path: Path) -> Library:
    capture = library.roots[0]
    return Library.open([capture], path, source=Articles(capture), recogniser=Names())


def set_aside(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if ".set-aside-" in path.name and path.suffix != ".txt"]


@pytest.mark.skipif(not HOSTILE.exists(), reason="the hostile files are not here")
def test_the_hostile_file_is_refused_before_anything_is_written(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "hostile.db"
    shutil.copy(HOSTILE, path)
    other = reopened(library, path)
    assert other.message == "The index file was made by another program"
    assert other.count() == 0
    assert path.read_bytes() == HOSTILE.read_bytes()
    report = other.refresh()
    assert report.documents == 12
    assert "was set aside" in report.messages[0]
    (kept,) = set_aside(tmp_path)
    assert kept.read_bytes() == HOSTILE.read_bytes()
    assert other.count() == 12
    assert other.message == ""
    other.close()


@pytest.mark.parametrize(
    "content", [b"not a database at all " * 100, b"\0" * 5000, b"SQLite format 3\0" + b"\xff" * 4000]
)
def test_a_file_that_is_no_database_is_set_aside(library: Library, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "odd.db"
    path.write_bytes(content)
    other = reopened(library, path)
    assert other.message
    assert other.entries(0, 5) == []
    assert other.refresh().documents == 12
    assert [kept.read_bytes() for kept in set_aside(tmp_path)] == [content]
    other.close()


def test_a_foreign_table_in_our_file_is_not_trusted(library: Library, tmp_path: Path) -> None:
    library.refresh()
    connection = sqlite3.connect(tmp_path / "index.db")
    connection.execute("CREATE TRIGGER evil AFTER INSERT ON doc BEGIN DELETE FROM doc; END")
    connection.commit()
    connection.close()
    other = reopened(library, tmp_path / "index.db")
    assert other.message == "The index file has been changed by another program"
    assert other.refresh().documents == 12
    other.close()


def test_an_index_of_another_version_is_made_anew(library: Library, tmp_path: Path) -> None:
    library.refresh()
    connection = sqlite3.connect(tmp_path / "index.db")
    connection.execute(f"PRAGMA user_version={schema.VERSION + 1}")
    connection.close()
    other = reopened(library, tmp_path / "index.db")
    assert other.count() == 0
    report = other.refresh()
    assert report.messages == [
        "The index was made by another version of korea-reader; it was made anew from the captures"
    ]
    assert other.count() == 12
    assert (tmp_path / "index.db").stat().st_mode & 0o777 == 0o600
    assert set_aside(tmp_path) == []
    other.close()


def test_flipped_bytes_are_never_shown_and_are_mended(library: Library, tmp_path: Path) -> None:
    library.refresh()
    library.close()
    sound = (tmp_path / "index.db").read_bytes()
    expected = json.dumps([to_texts(article(number)) for number in range(12)])
    right = {json.dumps(to_texts(article(number))) for number in range(12)}
    chance = random.Random(5)
    for number in range(60):
        path = tmp_path / f"flip{number}.db"
        data = bytearray(sound)
        for _ in range(3):
            data[chance.randrange(100, len(data))] ^= 1 << chance.randrange(8)
        path.write_bytes(data)
        other = reopened(library, path)
        for entry in other.entries(0, 100):
            assert entry.title in {f"Talks number {at}" for at in range(12)}
            with suppress(KeyError):
                assert json.dumps(to_texts(other.document(entry.document or ""))) in right
        for hit in Searcher(other).search("panmunjom meeting").hits:
            assert "Panmunjom" in hit.excerpt or "meeting" in hit.excerpt
        other.entity_counts(), other.problems(), other.check()
        other.refresh()
        if not other.check() and other.is_complete:
            mended = sorted(
                (to_texts(other.document(entry.document or "")) for entry in other.entries(0, 100)), key=key
            )
            assert json.dumps(mended) == expected
        other.close()


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        ("UPDATE total SET documents = 13", "1 of the totals in the index is damaged"),
        ("UPDATE total SET surface = 'Walks'", "1 of the totals in the index is damaged"),
        ("UPDATE entity SET comments = 9 WHERE doc = 3", "The counts of names of 1 document in the index are damaged"),
        ("DELETE FROM entity WHERE doc = 3", "The totals of names in the index are damaged"),
        ("UPDATE surface SET surface = 'Walks'", "1 of the spellings in the index is damaged"),
        ("UPDATE meta SET value = '2001-01-01' WHERE name LIKE 'batch%'", "2 of the facts in the index are damaged"),
        ("UPDATE doc SET shown = 0 WHERE key = 3", "1 of the documents in the index is damaged"),
        ("UPDATE doc SET batch = 3 WHERE key = 3", "1 of the documents in the index is damaged"),
        ("UPDATE doc SET paragraphs = 0, comments = 13 WHERE key = 3", "1 of the heads in the index is damaged"),
        ("UPDATE capture SET same = 1", "1 of the captures in the index is damaged"),
    ],
)
def test_what_is_shown_has_a_sum(library: Library, tmp_path: Path, statement: str, found: str) -> None:
    library.refresh()
    names, spellings, added = library.entity_counts(), library.surfaces("talks"), library.listing.added(1)
    documents = set(library.entity_documents("talks"))
    rows = set(library.entries(0, 99))
    assert added
    assert len(spellings) == 1
    connection = sqlite3.connect(tmp_path / "index.db")
    connection.execute(statement)
    connection.commit()
    connection.close()
    assert set(library.entity_counts()) <= set(names)
    assert set(library.entity_documents("talks")) <= documents
    assert set(library.surfaces("talks")) <= set(spellings)
    assert library.listing.added(1) in (added, "")
    assert set(library.entries(0, 99)) <= rows
    with suppress(KeyError):
        assert to_texts(library.document(article(2).id)) == to_texts(article(2))
    assert found in library.check()
    assert library.refresh().messages
    assert library.entity_counts() == names
    assert library.check() == []


def test_a_way_to_a_row_that_is_damaged_leads_to_no_other_document(library: Library, tmp_path: Path) -> None:
    library.refresh()
    connection = sqlite3.connect(tmp_path / "index.db")
    for index, value in (("doc_text_hash", "text_hash"), ("doc_document", "document")):
        (other,) = connection.execute(f"SELECT {value} FROM doc WHERE key = 2").fetchone()
        connection.execute(f"DROP INDEX {index}")
        connection.execute(f"CREATE INDEX {index} ON doc(CASE key WHEN 5 THEN {other!r} ELSE {value} END)")
        connection.execute("PRAGMA writable_schema=ON")
        connection.execute(
            "UPDATE sqlite_master SET sql = ? WHERE name = ?", (f"CREATE INDEX {index} ON doc({value})", index)
        )
        connection.commit()
        connection.execute("PRAGMA writable_schema=OFF")
    connection.close()
    second = article(1).id
    assert {version.document for version in library.versions(second)} <= {second}
    assert library.also_at(second) == []
    assert library.title(second) in ("Talks number 1", "")
    assert library.document(second).title == "Talks number 1"
    assert library.message.startswith("The index is damaged; ")


def test_a_damaged_place_fails_every_search_alike(library: Library, tmp_path: Path) -> None:
    library.refresh()
    connection = sqlite3.connect(tmp_path / "index.db")
    connection.execute("UPDATE doc SET comments = 'many' WHERE key = 3")
    connection.commit()
    searcher = Searcher(library)
    first, again = searcher.search("delegation"), searcher.search("delegation")
    assert first == again
    assert not first.hits
    assert "damaged" in first.messages[0]


def test_a_search_passes_over_texts_that_are_gone(library: Library, tmp_path: Path) -> None:
    library.refresh()
    connection = sqlite3.connect(tmp_path / "index.db")
    connection.execute("DELETE FROM passage")
    connection.commit()
    connection.close()
    for words in ("panmumjom delegatoin", "the delegation met", "comment said"):
        assert Searcher(library).search(words).hits == ()


def key(texts: list[str]) -> int:
    return int(texts[0].split()[-1])


def to_texts(document: Document) -> list[str]:
    return [text for _, text in document.texts()]


@pytest.mark.parametrize("damage", ["'Something else'", "CAST(text AS BLOB)"])
def test_a_damaged_passage_is_read_from_the_capture_instead(library: Library, tmp_path: Path, damage: str) -> None:
    library.refresh()
    connection = sqlite3.connect(tmp_path / "index.db")
    connection.execute(f"UPDATE passage SET text = {damage} WHERE text LIKE 'Comment 3%'")
    connection.execute("UPDATE head SET head = replace(head, 'Talks number 7', 'Talks number 9')")
    connection.commit()
    connection.close()
    assert library.document(article(2).id).comments[3].text == "Comment 3 on 2, said at some length"
    assert library.document(article(7).id).title == "Talks number 7"
    assert library.message.startswith("The index is damaged; ")
    assert library.refresh().messages == ["The index is damaged; it was made anew from the captures"]
    assert library.message == ""
    assert library.check() == []


def test_a_damaged_comment_without_its_capture_is_said_to_be_missing(library: Library, tmp_path: Path) -> None:
    library.refresh()
    connection = sqlite3.connect(tmp_path / "index.db")
    connection.execute("UPDATE passage SET text = 'Something else' WHERE text LIKE 'Comment 3 on 2%'")
    connection.commit()
    connection.close()
    library._source = Articles(library.roots[0], 0)
    lost = library.document(article(2).id).comments[3]
    assert (lost.kind, lost.text, lost.state) == ("missing", "", "could not be read from the index")


def test_the_check_tells_what_is_damaged(library: Library, tmp_path: Path) -> None:
    assert library.check() == []
    library.refresh()
    connection = sqlite3.connect(tmp_path / "index.db")
    connection.execute("UPDATE doc SET title = 'Other' WHERE key = 1")
    connection.execute("UPDATE mentions SET found = '[]' WHERE doc = 2")
    connection.commit()
    connection.close()
    assert library.check() == ["1 of the documents in the index is damaged", "1 of the names in the index is damaged"]
    assert library.mentions(article(1).id) == ()
    assert library.refresh().documents == 12
    assert library.check() == []


def test_a_query_under_way_in_another_thread_ends_over_the_old_index(library: Library) -> None:
    library.refresh()
    old = library.readers.connection()
    under_way = old.execute("SELECT key FROM doc")
    under_way.fetchone()
    renewed = Meanwhile(library.readers.renew)
    renewed()
    renewed.ended()
    assert len(under_way.fetchall()) == 11
    assert library.readers.connection() is not old
    assert library.count() == 12


def test_two_threads_that_ask_for_one_comment_both_get_it(library: Library) -> None:
    library.refresh()
    comments = library.document(library.entries(0, 1)[0].document or "").comments
    load = comments._load
    assert load is not None
    index = CrossedIndex(7)
    other: list[Comment] = []
    index.crossing = lambda: other.append(load(7))
    assert load(index) == comments[7]
    assert other[0] == comments[7]
    assert not library.is_damaged
