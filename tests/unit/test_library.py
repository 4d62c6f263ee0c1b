"""The library: what is in the corpus is listed and opened as it was read."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.library import Library
from corpus.model import Comment, Document, Mention, Span, Votes, make_document
from corpus.record_reading import from_record
from corpus.record_writing import to_record
from tests.unit.library_files import Files, Opener, article, line, put, titles


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


def test_the_same_text_at_another_url_is_told(opened: Opener, corpus: Path) -> None:
    put(corpus / "a.jsonl", article(1), article(1, url="https://mirror.example/x"))
    library = opened()
    library.refresh()
    assert [also.url for also in library.also_at(article(1).id)] == ["https://mirror.example/x"]


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
