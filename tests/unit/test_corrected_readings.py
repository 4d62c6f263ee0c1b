from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from corpus.details import Details, as_stated, with_details
from corpus.index.sources import Captures
from corpus.judged import ADDRESS, Judged, judged_of
from corpus.ledger import Facts, Ledger
from corpus.library import Library
from corpus.model import Comment, Document, Problem, make_document
from corpus.paths import Folders
from corpus.readings import Readings, comment_author, comments_from, no_comment
from corpus.rereading import CORRECTED, NOT_APPLIED, corrected
from corpus.storage import Storage

PASTED = """Envoys cross at Panmunjom

The envoys crossed the line in the morning and talked until dusk about sport and families.

Nobody left early, and the telephone rang again after two years of silence between them.

Heron, 9 January 2018
What a day for the line, and for all who waited.

Wren
I waited as well and nobody rang me up about it.
"""


@pytest.fixture
def home(tmp_path: Path) -> Folders:
    return Folders(*(tmp_path / kind for kind in ("data", "config", "state", "cache")))


def judged(home: Folders) -> Judged:
    return Judged(home, Storage())


def read(home: Folders, path: Path) -> Document:
    items = list(Captures(lambda: judged(home)).read(path))
    found = [item for item in items if isinstance(item, Document)]
    assert len(found) == 1, items
    return found[0]


def put(folder: Path, text: str = PASTED, name: str = "page.txt") -> Path:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, "utf-8")
    return folder / name


def record(**facts: Any) -> str:
    usual = {
        "title": "T",
        "url": "https://a.example/1",
        "author": "A. Stated",
        "paragraphs": ["First paragraph here.", "Second paragraph here.", "Third of them."],
        "comments": [
            {"id": "1", "author": "Heron", "body": "One."},
            {"id": "2", "author": "Wren", "body": "Two.", "parent": "1"},
            {"id": "3", "author": "Stork", "body": "Three.", "parent": "2"},
        ],
    }
    return json.dumps({**usual, **facts})


def test_comments_of_a_pasted_text_begin_where_the_user_says(tmp_path: Path, home: Folders) -> None:
    path = put(tmp_path / "in")
    plain = read(home, path)
    assert not plain.comments
    at = next(at for at, item in enumerate(plain.paragraphs) if "Heron" in item.text)
    Readings(home.corrections, Storage()).add([comments_from(plain.id, [item.text for item in plain.paragraphs], at)])
    found = read(home, path)
    assert found.id == plain.id
    assert found.version != plain.version
    assert [item.text for item in found.paragraphs] == [item.text for item in plain.paragraphs[:at]]
    assert found.comments[0].author == "Heron"
    assert found.comments[0].posted == "2018-01-09"
    assert "for all who waited" in found.comments[0].text
    assert "I waited as well" in " ".join(comment.text for comment in found.comments)
    assert found.extra[CORRECTED]
    path.rename(tmp_path / "in" / "elsewhere.txt")
    assert read(home, tmp_path / "in" / "elsewhere.txt").comments == found.comments


def test_what_shows_no_names_becomes_blocks_without_authors(tmp_path: Path, home: Folders) -> None:
    path = put(tmp_path / "in", "A title\n\nThe article is this sentence, whole.\n\nfirst thought\n\nsecond thought\n")
    plain = read(home, path)
    at = next(at for at, item in enumerate(plain.paragraphs) if item.text == "first thought")
    Readings(home.corrections, Storage()).add([comments_from(plain.id, [item.text for item in plain.paragraphs], at)])
    found = read(home, path)
    assert [(item.kind, item.author, item.text) for item in found.comments] == [
        ("block", None, "first thought"),
        ("block", None, "second thought"),
    ]


def test_paragraphs_of_a_record_become_comments_before_those_it_has(tmp_path: Path, home: Folders) -> None:
    path = put(tmp_path / "in", record(), "a.json")
    plain = read(home, path)
    texts = [item.text for item in plain.paragraphs]
    found = corrected(plain, [comments_from(plain.id, texts, 1)])
    assert [item.text for item in found.paragraphs] == texts[:1]
    assert [item.text for item in found.comments] == [*texts[1:], "One.", "Two.", "Three."]
    assert [item.seq for item in found.comments] == list(range(5))
    assert found.comment("2").parent == "1"
    assert len({item.id for item in found.comments}) == 5


def test_a_date_in_a_sentence_makes_no_author(tmp_path: Path, home: Folders) -> None:
    texts = ["First paragraph here.", "Kim had offered talks on 1 January. Washington watched.", "Third of them."]
    plain = read(home, put(tmp_path / "in", record(paragraphs=texts), "a.json"))
    found = corrected(plain, [comments_from(plain.id, texts, 1)])
    assert [(item.author, item.text) for item in found.comments[:2]] == [(None, texts[1]), (None, texts[2])]


def test_what_is_no_comment_joins_the_article_or_is_hidden(tmp_path: Path, home: Folders) -> None:
    plain = read(home, put(tmp_path / "in", record(), "a.json"))
    into = corrected(plain, [no_comment(plain.id, "2")])
    assert [item.text for item in into.paragraphs][-1] == "Two."
    assert [(item.id, item.parent, item.depth) for item in into.comments] == [("1", None, 0), ("3", "1", 1)]
    assert any("Wren" in part.text for part in into.folded), "the header is kept"
    hidden = corrected(plain, [no_comment(plain.id, "2", hidden=True)])
    assert hidden.body == plain.body
    assert "Two." in [part.text for part in hidden.folded]


def test_the_author_of_a_comment_can_be_said(tmp_path: Path, home: Folders) -> None:
    plain = read(home, put(tmp_path / "in", record(), "a.json"))
    found = corrected(plain, [comment_author(plain.id, "1", "Crane")])
    assert found.comment("1").author == "Crane"
    assert found.comment("1").extra["author_stated"] == "Heron"


def test_a_correction_that_fits_nothing_is_said_and_changes_nothing(tmp_path: Path, home: Folders) -> None:
    plain = read(home, put(tmp_path / "in", record(), "a.json"))
    for odd in (
        no_comment(plain.id, "77"),
        comments_from(plain.id, ["never written"], 0),
        comment_author(plain.id, "77", "X"),
        {"op": "comments-from", "document": plain.id},
        {"op": "no-comment", "document": plain.id, "comment": 7},
    ):
        found = corrected(plain, [odd])
        assert (found.body, found.comments, found.version) == (plain.body, plain.comments, plain.version)
        assert found.problems[-1].startswith(NOT_APPLIED)


def test_the_pages_own_count_is_compared_again() -> None:
    from corpus.model import StatedCount

    comments = [Comment(str(at), at, f"text {at}") for at in range(3)]
    plain = make_document(
        "T", [("P", "paragraph")], comments, stated_comment_count=StatedCount(2, "2 comments"),
        problems=("the page says 2 comments, 3 were found",),
    )  # fmt: skip
    assert corrected(plain, [no_comment(plain.id, "0")]).problems == ()
    assert "1 were found" in corrected(plain, [no_comment(plain.id, "0"), no_comment(plain.id, "1")]).problems[0]


def test_corrections_are_taken_back_and_made_again(home: Folders) -> None:
    readings = Readings(home.corrections, Storage())
    first = readings.add([no_comment("d1", "1")])
    readings.add([no_comment("d1", "2")])
    back = readings.take_back(first)
    assert [item["comment"] for item in readings.of("d1")] == ["2"]
    readings.take_back(back)
    with home.corrections.open("a") as file:
        file.write('not json\n{"op": "merge", "a": "x", "b": "y"}\n{"op": 7}\n')
    again = Readings(home.corrections, Storage())
    assert [item["comment"] for item in again.of("d1")] == ["1", "2"]
    assert again.of("d2") == ()


def test_what_is_supplied_stands_before_what_is_stated_and_can_be_taken_back(tmp_path: Path, home: Folders) -> None:
    from corpus.cite import cite

    path = put(tmp_path / "in", record(date="2018-01-09"), "a.json")
    plain = read(home, path)
    details = Details(home.corrections, Storage())
    for field, value in (("title", "Better"), ("byline", "B. One; C. Two"), ("published", "2018-01-10")):
        details.supply(plain.id, field, value)
    found = read(home, path)
    assert (found.id, found.title, found.byline, found.published) == (
        plain.id, "Better", ("B. One", "C. Two"), "2018-01-10",
    )  # fmt: skip
    assert found.extra["supplied"]["byline"] == ["A. Stated"]
    for shown in (found, with_details(plain, details.of(plain.id))):
        assert cite(shown) == cite(plain, supplied=details.of(plain.id))
        assert "“Better” [supplied by you]" in cite(shown)
    stated = as_stated(found)
    assert (stated.title, stated.byline, stated.published) == (plain.title, plain.byline, plain.published)
    details.supply(plain.id, "title", None)
    assert details.applied(found).title == "T"
    assert details.applied(found).byline == ("B. One", "C. Two")
    assert read(home, path).title == "T"


def test_what_is_shown_again_is_read_again_as_it_is(tmp_path: Path, home: Folders) -> None:
    from corpus.record_writing import to_line

    path = put(tmp_path / "in", record(), "a.json")
    plain = read(home, path)
    Details(home.corrections, Storage()).supply(plain.id, "title", "Better")
    Readings(home.corrections, Storage()).add([no_comment(plain.id, "2")])
    shown = to_line(read(home, path))
    exported = put(tmp_path / "in", shown, "b.jsonl")
    elsewhere = Folders(*(tmp_path / "other" / kind for kind in ("data", "config", "state", "cache")))
    assert to_line(read(elsewhere, exported)) == shown


def test_the_index_follows_what_the_user_says(tmp_path: Path, home: Folders) -> None:
    put(tmp_path / "in", record(), "a.json")
    put(tmp_path / "in", record(url="https://a.example/2", title="Other"), "b.json")
    library = Library.open([tmp_path / "in"], home.cache / "x.db", source=Captures(lambda: judged(home)))
    library.refresh()
    names = {entry.title: entry.document for entry in library.entries(0, 9)}
    assert names["T"]
    name = str(names["T"])
    Details(home.corrections, Storage()).supply(name, "title", "Better")
    numbers = Readings(home.corrections, Storage()).add([no_comment(name, "1")])
    report = library.refresh()
    assert report.read == 1, "only the capture that is concerned is read again"
    assert library.document(name).title == "Better"
    assert {entry.title for entry in library.entries(0, 9)} == {"Better", "Other"}
    assert [item.id for item in library.document(name).comments] == ["2", "3"]
    Readings(home.corrections, Storage()).take_back(numbers)
    library.refresh()
    assert len(library.document(name).comments) == 3
    assert library.refresh().read == 0
    library.close()


def test_what_the_ledger_knows_reaches_the_document(tmp_path: Path, home: Folders) -> None:
    import hashlib

    text = "Talks\n\nThe envoys met again in the morning.\n\n2 comments\n\nHeron says:\n3 hours ago\nSo they did, and well.\n\nWren says:\n2 hours ago\nI hope it lasts this time.\n"
    path = put(tmp_path / "in", text)
    plain = read(home, path)
    assert plain.capture
    assert plain.capture.saved_evidence == "file date"
    facts = Facts("2018-01-09T20:00:00Z", "HTTP Date of the answer", "https://a.example/talks")
    Ledger(home.ledger, Storage()).enter(path.name, hashlib.sha256(path.read_bytes()).hexdigest(), facts)
    found = read(home, path)
    assert found.capture
    assert (found.capture.saved, found.capture.saved_evidence) == (facts.saved, facts.saved_evidence)
    assert (found.id, found.url) == (plain.id, facts.url)
    assert "2018-01-09" in found.extra[ADDRESS]
    assert [item.posted for item in plain.comments] == [None, None]
    assert [item.posted for item in found.comments] == ["2018-01-09", "2018-01-09"]


def test_a_capture_that_states_its_saving_keeps_it(tmp_path: Path, home: Folders) -> None:
    import hashlib

    page = (
        "<html><!-- Page saved with SingleFile url: https://own.example/a saved date: Thu Jan 04 2018 10:00:00 GMT+0900 -->"
        "<head><title>Talks</title></head><body><article><p>The envoys met again in the morning.</p></article></body></html>"
    )
    path = put(tmp_path / "in", page, "a.html")
    Ledger(home.ledger, Storage()).enter(
        path.name, hashlib.sha256(path.read_bytes()).hexdigest(), Facts("2026-01-01", "file time", "https://b.example/")
    )
    found = read(home, path)
    assert found.capture
    assert "SingleFile" in (found.capture.saved_evidence or "")
    assert found.url == "https://own.example/a"


# what could not be read


def test_a_text_that_cannot_be_read_is_listed_searched_and_quoted_by_its_file(tmp_path: Path, home: Folders) -> None:
    from corpus.cite import quote
    from corpus.search import Searcher

    put(tmp_path / "in", '{"title": "Broken", "body": "The pearl is hid\u2026 ' + "x" * 50, "broken.json")
    (tmp_path / "in" / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)))
    library = Library.open([tmp_path / "in"], home.cache / "x.db", source=Captures(lambda: judged(home)))
    report = library.refresh()
    assert report.documents == 0
    entries = {entry.name: entry for entry in library.entries(0, 9)}
    assert entries["picture.png"].document is None
    entry = entries["broken.json"]
    assert entry.problem
    document = library.document(str(entry.document))
    assert document.problems[0] == entry.problem
    assert "pearl is hid" in document.body
    span = document.span("body", 0, 10)
    assert "broken.json" in quote(document, span)
    hits = Searcher(library).search("pearl").hits
    assert [hit.span.document for hit in hits] == [document.id]
    library.close()


def test_a_huge_text_that_cannot_be_read_is_kept_in_part(tmp_path: Path, home: Folders) -> None:
    path = put(tmp_path / "in", '{"a": [' + '"words and words", ' * 60_000, "huge.json")
    items = list(Captures(lambda: judged(home)).read(path))
    assert [type(item) for item in items] == [Problem, Document]
    document = items[1]
    assert isinstance(document, Document)
    assert len(document.body) <= 200_100
    assert max(len(item.text) for item in document.paragraphs) <= 2000
    assert "only the first" in document.problems[-1]


def test_many_captures_read_in_other_processes_agree(tmp_path: Path, home: Folders) -> None:
    for at in range(30):
        put(tmp_path / "in", record(url=f"https://a.example/{at}", title=f"Title {at}"), f"{at:02}.json")
    put(tmp_path / "in", '{"title": "Broken", "body": "The pearl is hid', "zz.json")
    name = read(home, tmp_path / "in" / "07.json").id
    Details(home.corrections, Storage()).supply(name, "title", "Better")
    Readings(home.corrections, Storage()).add([no_comment(name, "1")])
    source = Captures(partial(judged_of, home))
    library = Library.open([tmp_path / "in"], home.cache / "x.db", source=source)
    assert library.refresh().documents == 30
    found = library.document(name)
    assert found.title == "Better"
    assert [item.id for item in found.comments] == ["2", "3"]
    entries = {entry.name: entry for entry in library.entries(0, 99)}
    assert entries["zz.json"].problem
    assert "pearl is hid" in library.document(str(entries["zz.json"].document)).body
    library.close()


def test_a_capture_that_lies_there_twice_is_corrected_as_well(tmp_path: Path, home: Folders) -> None:
    put(tmp_path / "in", record(), "a.json")
    put(tmp_path / "in", record(), "b.json")
    library = Library.open([tmp_path / "in"], home.cache / "x.db", source=Captures(lambda: judged(home)))
    library.refresh()
    name = str(library.entries(0, 9)[0].document)
    Details(home.corrections, Storage()).supply(name, "title", "Better")
    library.refresh()
    assert library.document(name).title == "Better"
    assert {entry.title for entry in library.entries(0, 9)} == {"Better"}
    library.close()
