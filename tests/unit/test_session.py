"""A session without a screen: lists, quotes, reading state, details, all over one small corpus."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ui.support import KOREAN, SILENT, THREAD, options_for, put_corpus
from tui.session import ORDERS, Session


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    found = Session(options_for(tmp_path, put_corpus(tmp_path / "captures", THREAD, SILENT, KOREAN, broken=True)))
    found.refresh(None, lambda: False)
    yield found
    found.reading.close()
    found.library.close()


def titles(session: Session) -> list[str]:
    return [entry.title for entry in session.entries(0, 100) if entry.document]


def test_nothing_is_made_before_it_is_asked_for(tmp_path: Path) -> None:
    Session(options_for(tmp_path / "home", tmp_path))
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize("order", ORDERS)
def test_every_order_lists_everything_once(session: Session, order: str) -> None:
    session.listing.order = order
    assert sorted(titles(session)) == sorted([THREAD["title"], SILENT["title"], KOREAN["title"]])
    for at, entry in enumerate(session.entries(0, 100)):
        if entry.document:
            assert session.position_of(entry.document) == at
    documents = [entry.document for entry in session.entries(0, 100) if entry.document]
    walked = [documents[0]]
    while following := session.neighbour(walked[-1], 1):
        walked.append(following)
    assert walked == documents


def test_a_filter_narrows_the_list_and_the_walk(session: Session) -> None:
    session.listing.filter = "quiet"
    assert titles(session) == [SILENT["title"]]
    assert session.count() == 1
    (entry,) = session.entries(0, 10)
    assert entry.document
    assert session.neighbour(entry.document, 1) is None


def test_only_documents_that_name_an_entity(session: Session) -> None:
    document = session.library.document(session.entries(0, 1)[0].document or "")
    moon = next(count for count in session.summary(document, session.mentions(document)) if count.name == "Moon Jae-in")
    session.listing.entity = moon.id
    assert set(titles(session)) == {THREAD["title"], KOREAN["title"]}
    assert {"Moon Jae-in", "Kim Jong-un"} <= {count.name for count in session.all_entities()}


def test_read_and_star_are_undoable(session: Session) -> None:
    name = session.entries(0, 1)[0].document or ""
    session.set_read(name, True)
    session.set_star(name, True)
    assert session.reading.read_among([name]) == session.reading.starred_among([name]) == {name}
    assert session.undo.undo() == "starred"
    assert session.undo.undo() == "marked read"
    assert not session.reading.read_among([name])
    assert session.undo.redo() == "marked read"
    assert session.reading.read_among([name]) == {name}


def test_a_detail_that_is_supplied_stands_in_the_citation_and_can_be_taken_back(session: Session) -> None:
    name = next(entry.document for entry in session.entries(0, 9) if entry.title == SILENT["title"])
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
    document = session.library.document(session.entries(0, 1)[0].document or "")
    paragraph = document.paragraphs[3]
    said = session.quote(document, [document.span("body", paragraph.start, paragraph.end)], form)  # type: ignore[arg-type]
    assert paragraph.text in said
