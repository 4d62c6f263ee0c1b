"""A session without a screen: lists, quotes, reading state, details, all over one small corpus."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus.index.listing import ORDERS
from corpus.library import Entry
from tests.ui.support import KOREAN, SILENT, THREAD, options_for, put_corpus
from tui.session import Session


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    found = Session(options_for(tmp_path, put_corpus(tmp_path / "captures", THREAD, SILENT, KOREAN, broken=True)))
    found.refresh(None, lambda: False)
    yield found
    found.reading.close()
    found.library.close()


def entries(session: Session, offset: int, limit: int) -> list[Entry]:
    return [entry for entry in session.shelf.listed.entries(offset, limit) if entry]


def titles(session: Session) -> list[str]:
    return [entry.title for entry in entries(session, 0, 100) if entry.document]


def test_nothing_is_made_before_it_is_asked_for(tmp_path: Path) -> None:
    Session(options_for(tmp_path / "home", tmp_path))
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize("order", ORDERS)
def test_every_order_lists_everything_once(session: Session, order: str) -> None:
    session.shelf.order = order
    session.shelf.take()
    assert sorted(titles(session)) == sorted([THREAD["title"], SILENT["title"], KOREAN["title"]])
    for at, entry in enumerate(entries(session, 0, 100)):
        if entry.document:
            assert session.shelf.listed.position_of(entry.document) == at
    documents = [entry.document for entry in entries(session, 0, 100) if entry.document]
    walked = [documents[0]]
    while following := session.shelf.listed.neighbour(walked[-1], 1):
        walked.append(following)
    assert walked == documents


def test_a_filter_narrows_the_list_and_the_walk(session: Session) -> None:
    session.shelf.filter = "quiet"
    session.shelf.take()
    assert titles(session) == [SILENT["title"]]
    assert len(session.shelf.listed) == 1
    (entry,) = entries(session, 0, 10)
    assert entry.document
    assert session.shelf.listed.neighbour(entry.document, 1) is None


def test_only_documents_that_name_an_entity(session: Session) -> None:
    document = session.library.document(entries(session, 0, 1)[0].document or "")
    moon = next(count for count in session.summary(document, session.mentions(document)) if count.name == "Moon Jae-in")
    session.shelf.entity = moon.id
    session.shelf.take()
    assert set(titles(session)) == {THREAD["title"], KOREAN["title"]}
    assert {"Moon Jae-in", "Kim Jong-un"} <= {count.name for count in session.names.all_counts()}


def test_read_and_star_are_undoable(session: Session) -> None:
    name = entries(session, 0, 1)[0].document or ""
    session.set_read([name], True)
    session.set_star(name, True)
    assert session.reading.read_among([name]) == session.reading.starred_among([name]) == {name}
    assert session.undo.undo() == "starred"
    assert session.undo.undo() == "marked read"
    assert not session.reading.read_among([name])
    assert session.undo.redo() == "marked read"
    assert session.reading.read_among([name]) == {name}


def test_a_detail_that_is_supplied_stands_in_the_citation_and_can_be_taken_back(session: Session) -> None:
    name = next(entry.document for entry in entries(session, 0, 9) if entry.title == SILENT["title"])
    assert name
    document = session.library.document(name)
    spans = [document.span("body", 0, 6)]
    before = session.quote(document, spans, "plain")
    session.supply(name, "outlet", "The Daily Quiet")
    assert "The Daily Quiet" in session.quote(document, spans, "plain")
    session.undo.undo()
    assert session.quote(document, spans, "plain") == before


@pytest.mark.parametrize("form", ["plain", "markdown", "text", "evidence"])
def test_a_quote_holds_the_words_as_they_are(session: Session, form: str) -> None:
    document = session.library.document(entries(session, 0, 1)[0].document or "")
    paragraph = document.paragraphs[3]
    said = session.quote(document, [document.span("body", paragraph.start, paragraph.end)], form)  # type: ignore[arg-type]
    assert paragraph.text in said
