"""Captures of the same page: versions, what is gone from them, copies and files that were moved."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.index.sketch import alike, sketch_of, triples
from corpus.index.sources import Captures
from corpus.library import Library, gone_in
from corpus.model import Capture, Comment, Document, Evidence, Link, Mention, Problem, Quotation, Reply, Span
from corpus.model import make_document as made
from corpus.record_reading import from_record
from corpus.record_writing import to_record
from corpus.search import Searcher

URL = "https://news.example/talks"
FIRST = "The delegations met at Panmunjom on Tuesday morning and spoke about athletes for most of the day."
LATER = "The delegations met at Panmunjom on Wednesday and spoke of nothing but missiles until the evening."
LONG = (
    "Two delegations sat at one table in the Peace House for eleven hours and agreed that a team would travel south"
    " in February, that a hotline would be opened again, and that soldiers would talk to soldiers before spring. "
)


class Memory:
    """Captures whose documents a test gives by file name."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.held: dict[str, Sequence[Document]] = {}

    def put(self, name: str, *documents: Document) -> None:
        self.held[name] = documents
        (self.folder / name).write_text(f"{name} {len(documents)} {[item.version for item in documents]}")

    def find(self, roots: Sequence[Path]) -> Iterator[Path | Problem]:
        yield from sorted(self.folder.iterdir())

    def read(self, path: Path) -> Iterator[Document | Problem]:
        yield from self.held[path.name]


def said(identity: str, text: str, **facts: object) -> Comment:
    return Comment(identity, 0, text, author=f"reader {identity}", **facts)  # type: ignore[arg-type]


def captured(day: str, body: str, *comments: Comment, url: str | None = URL, **facts: object) -> Document:
    numbered = [replace(comment, seq=at) for at, comment in enumerate(comments)]
    capture = Capture("x", saved=f"2018-01-{day}T10:00:00Z", saved_evidence="file date")
    facts = {"title": "Talks", "capture": capture, **facts}
    return made(str(facts.pop("title")), [(body, "paragraph")], numbered, url=url, **facts)


class Talks:
    def recognise(self, document: Document) -> tuple[Mention, ...]:
        return tuple(
            Mention(Span(document.id, "comment", comment.id, 0, 4), comment.text[:4], "EVENT", "talks", "listed")
            for comment in document.comments
        )


@pytest.fixture
def memory(tmp_path: Path) -> Memory:
    (tmp_path / "in").mkdir()
    return Memory(tmp_path / "in")


@pytest.fixture
def library(memory: Memory, tmp_path: Path) -> Iterator[Library]:
    found = Library.open([memory.folder], tmp_path / "index.db", source=memory, recogniser=Talks())
    yield found
    found.close()


def test_comments_that_are_gone_stay_and_say_since_when(memory: Memory, library: Library) -> None:
    memory.put("1", captured("01", FIRST, said("a", "Alpha first"), said("b", "Beta objects"), said("c", "Gamma")))
    memory.put("2", captured("05", FIRST, said("a", "Alpha first"), said("c", "Gamma"), said("d", "Delta is new")))
    memory.put("3", captured("09", FIRST, said("a", "Alpha first"), said("d", "Delta is new")))
    library.refresh()
    document = library.document(captured("01", FIRST).id)
    assert [comment.id for comment in document.comments] == ["a", "d", "c", "b"]
    assert [gone_in(comment) for comment in document.comments] == [
        None,
        None,
        "2018-01-09T10:00:00",
        "2018-01-05T10:00:00",
    ]
    assert document.comment("b").extra["gone"]["last"] == "2018-01-01T10:00:00"
    assert [comment.seq for comment in document.comments] == [0, 1, 2, 3]
    assert document.version == library.versions(document.id)[0].version
    first, last = library.versions(document.id)[::2][::-1]
    assert [comment.id for comment in library.document(document.id, version=first).comments] == ["a", "b", "c"]
    assert [comment.id for comment in library.document(document.id, version=last.version).comments] == ["a", "d"]
    assert library.comment_changes(first, last) == (("d",), ("b", "c"), ())
    # as it is written out, and read again
    again = from_record(to_record(document))
    assert [gone_in(comment) for comment in again.comments] == [gone_in(comment) for comment in document.comments]
    assert {mention.span.comment for mention in library.mentions(document.id)} == {"a", "b", "c", "d"}
    assert library.mentions(document.id, version=first.version) == ()
    assert library.entity_counts()[0].comments == 4


def test_a_deleted_comment_is_shown_as_it_was(memory: Memory, library: Library) -> None:
    memory.put("1", captured("01", FIRST, said("a", "What I said"), said("b", "Answer", parent="a", depth=1)))
    memory.put("2", captured("05", FIRST, said("a", "", kind="deleted"), said("b", "Answer", parent="a", depth=1)))
    library.refresh()
    document = library.document(captured("01", FIRST).id)
    assert [(item.id, item.text, gone_in(item)) for item in document.comments] == [
        ("a", "What I said", "2018-01-05T10:00:00"),
        ("b", "Answer", None),
    ]


def test_what_a_gone_comment_points_at_is_kept_where_it_still_stands(memory: Memory, library: Library) -> None:
    own = captured("01", FIRST).id

    def span(part: str, comment: str | None, end: int) -> Span:
        return Span(own, part, comment, 0, end)  # type: ignore[arg-type]

    gone = said(
        "b",
        "The delegations met, you say",
        links=(Link(span("comment", "b", 3), "https://x.example"),),
        quotes=(
            Quotation(span("comment", "b", 19), span("body", None, 19)),
            Quotation(span("comment", "b", 3), span("comment", "a", 3)),
        ),
        reply=Reply("a", "a", "named", evidence=(Evidence("named", span("body", None, 3)), Evidence("order"))),
    )
    memory.put("1", captured("01", FIRST, said("a", "The first"), gone))
    memory.put("2", captured("05", LATER, said("a", "The first")))
    library.refresh()
    found = library.document(own).comment("b")
    assert [item.of.part for item in found.quotes] == ["comment"]
    assert found.links == gone.links
    assert found.reply
    assert [item.span for item in found.reply.evidence] == [None, None]


def test_every_version_is_found_once(memory: Memory, library: Library) -> None:
    memory.put("1", captured("01", FIRST, said("a", "Herring"), said("b", "Mackerel")))
    memory.put("2", captured("05", LATER, said("a", "Herring"), said("c", "Sturgeon")))
    library.refresh()
    for word in ("athletes", "missiles", "herring", "mackerel", "sturgeon", "talks"):
        assert Searcher(library).search(word).total == 1, word
    assert library.check() == []
    old, new = (Searcher(library).search(word).hits[0] for word in ("athletes", "missiles"))
    assert (old.version, new.version) == (
        captured("01", FIRST, said("a", "Herring"), said("b", "Mackerel")).version,
        "",
    )
    assert library.document(old.document, version=old.version).quote(old.span) == "athletes"
    memory.put("3", captured("09", FIRST, said("a", "Herring"), said("b", "Mackerel")))
    library.refresh()
    for word in ("athletes", "missiles", "herring", "mackerel", "sturgeon", "talks"):
        assert Searcher(library).search(word).total == 1, word
    assert library.check() == []
    (memory.folder / "2").unlink()
    library.refresh()
    assert [Searcher(library).search(word).total for word in ("athletes", "missiles", "sturgeon")] == [1, 0, 0]
    assert library.check() == []


def test_nearly_the_same_text_without_a_url_is_a_version(memory: Memory, library: Library) -> None:
    text = LONG * 3
    before = captured("01", text + "It was cold.", said("a", "One"), url=None)
    after = captured("05", text + "It was mild.", said("b", "Two"), url=None)
    other = captured("06", text + "It was warm.", url=None, outlet="Ledger", published="2018-01-09")
    third = captured("07", text + "It was wet.", url=None, outlet="Wire", published="2018-01-09")
    assert before.id != after.id
    memory.put("1", before)
    memory.put("2", after)
    library.refresh()
    assert library.count() == 1
    for asked in (before.id, after.id):
        document = library.document(asked)
        assert document.id == after.id
        assert [comment.id for comment in document.comments] == ["b", "a"]
        assert [version.document for version in library.versions(asked)] == [after.id, before.id]
    memory.put("3", other, third)
    library.refresh()
    # two outlets are two documents, whatever they copied
    assert library.count() == 2
    assert library.check() == []


def test_sketches_tell_nearly_equal_texts() -> None:
    one, two = LONG * 2, LONG * 2 + "One more sentence here."
    assert len(set(sketch_of("T", one)) & set(sketch_of("T", two))) >= 8
    assert alike(triples("T", one), triples("T", two)) > 0.8
    assert alike(triples("T", one), triples("T", FIRST)) < 0.1
    assert sketch_of("T", "Too short to tell") == ()


def test_the_same_article_at_another_url_is_told_whatever_stands_under_it(memory: Memory, library: Library) -> None:
    memory.put(
        "1", captured("01", LONG, said("a", "Here")), captured("02", LONG, said("b", "There"), url="https://m.x/")
    )
    library.refresh()
    assert library.count() == 2
    assert [also.url for also in library.also_at(captured("01", LONG).id)] == ["https://m.x/"]


# files


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made_folder = tmp_path / "in"
    made_folder.mkdir()
    return made_folder


class Counting(Captures):
    """The captures on disk, and which were read."""

    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def read(self, path: Path) -> Iterator[Document | Problem]:
        self.seen.append(path.name)
        return super().read(path)


def page(title: str) -> str:
    return f"{title}\n\nThe delegation met at Panmunjom and said {title.lower()}.\n\nIt will meet again next week.\n"


def test_moved_and_copied_captures_are_not_read_again(folder: Path, tmp_path: Path) -> None:
    source = Counting()
    library = Library.open([folder], tmp_path / "index.db", source=source)
    (folder / "a.txt").write_text(page("Talks begin"))
    (folder / "b.txt").write_text(page("Talks end"))
    library.refresh()
    first = {entry.title: entry.document for entry in library.entries(0, 9)}
    (folder / "a.txt").rename(folder / "sub-a.txt")
    (folder / "c.txt").write_text(page("Talks end"))
    report = library.refresh()
    assert (report.moved, report.doubled, report.removed, report.read) == (1, 1, 0, 0)
    assert source.seen == ["a.txt", "b.txt"]
    assert {entry.title: entry.document for entry in library.entries(0, 9)} == first
    moved = library.entries(0, 9, "sub-a")[0]
    assert library.document(moved.document or "").capture.path.endswith("sub-a.txt")  # type: ignore[union-attr]
    ends = next(document for title, document in first.items() if "end" in title)
    assert [Path(version.path).name for version in library.versions(ends or "")] == ["b.txt", "c.txt"]
    # the copy takes the place of the original
    (folder / "b.txt").unlink()
    assert library.refresh().removed == 1
    assert [entry.name for entry in library.entries(0, 9, "talks end")] == ["c.txt"]
    (folder / "c.txt").unlink()
    library.refresh()
    assert library.count() == 1
    assert source.seen == ["a.txt", "b.txt"]
    assert library.check() == []
    library.close()


def test_a_copy_that_is_changed_or_whose_original_is_changed_is_read(folder: Path, tmp_path: Path) -> None:
    library = Library.open([folder], tmp_path / "index.db")
    for name in ("a.txt", "b.txt"):
        (folder / name).write_text(page("Talks begin"))
    assert library.refresh().doubled == 1
    (folder / "a.txt").write_text(page("Talks fail"))
    os.utime(folder / "a.txt", (1, 1))
    library.refresh()
    assert sorted((entry.name, entry.title) for entry in library.entries(0, 9)) == [
        ("a.txt", "Talks fail"),
        ("b.txt", "Talks begin"),
    ]
    (folder / "b.txt").write_text(page("Talks fail"))
    assert library.refresh().doubled == 1
    assert [entry.name for entry in library.entries(0, 9)] == ["a.txt"]
    assert library.check() == []
    library.close()


def test_comments_in_a_file_of_their_own_stand_under_their_article(memory: Memory, library: Library) -> None:
    article = captured("01", FIRST)
    comments = captured("09", "", said("a", "Alpha first"), title="Comments on talks")
    memory.put("comments", replace(comments, paragraphs=()))
    memory.put("posts", article)
    library.refresh()
    document = library.document(article.id)
    assert (document.title, document.body) == (article.title, FIRST)
    assert [(comment.id, gone_in(comment)) for comment in document.comments] == [("a", None)]
    [hit] = Searcher(library).search("alpha").hits
    assert (hit.document, hit.kind, hit.version) == (article.id, "comment", "")
