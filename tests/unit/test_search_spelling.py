"""Spellings of a name: from the gazetteer, from how the corpus writes it, and none for what is no name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from corpus.entities.gazetteer import Gazetteer
from corpus.library import Library
from corpus.model import Document, Mention, Problem, Span, make_document
from corpus.query import completions
from corpus.search import Searcher
from corpus.spelling import Spellings

SEEN = "Kim Chông-ǔn"


class One:
    def find(self, roots: Sequence[Path]) -> Iterator[Path | Problem]:
        yield Path(__file__)

    def read(self, path: Path) -> Iterator[Document | Problem]:
        yield make_document("Leaders", [(f"{SEEN} met 문재인 at Panmunjeom.", "paragraph")])

    def recognise(self, document: Document) -> tuple[Mention, ...]:
        span = Span(document.id, "body", None, 0, len(SEEN))
        return (
            Mention(span, SEEN, "PERSON", "kim-jong-un", "listed"),
            Mention(Span(document.id, "body", None, 0, 3), "Kim", "PERSON", "kim-jong-un", "surname"),
        )


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    found = Library.open([], tmp_path_factory.mktemp("spelling") / "index.db", source=One(), recogniser=One())
    found.refresh()
    yield found
    found.close()


@pytest.fixture(scope="module")
def spellings(library: Library) -> Spellings:
    return Spellings(library, Gazetteer.load)


def test_a_listed_name_has_its_other_names_and_those_of_the_corpus(spellings: Spellings) -> None:
    found = spellings("kim jong un")
    assert found[0] == "Kim Jong-un"
    assert {"김정은", SEEN} <= set(found)
    assert "Kim" not in found
    assert spellings("kim jong un") is found


@pytest.mark.parametrize("typed", ["Kim Chong Un", "kim jong-eun", "Kim Jong-um", "김정은"])
def test_names_by_sound_letter_and_script(spellings: Spellings, typed: str) -> None:
    assert spellings(typed)[:1] == ["Kim Jong-un"]


@pytest.mark.parametrize("typed", ["", "a", "nothing like a name", "talks"])
def test_what_is_no_name_has_no_spellings(spellings: Spellings, typed: str) -> None:
    assert spellings(typed) == []


def test_a_search_finds_every_spelling(library: Library, spellings: Spellings) -> None:
    searcher = Searcher(library, spellings)
    for typed in ("Moon Jae-in", "Kim Jong Un", "Panmunjom"):
        (hit,) = (hit for hit in searcher.search(typed).hits if hit.kind != "entity")
        assert hit.why == f"spelling of {typed}"


class Texts(One):
    def __init__(self, *texts: str) -> None:
        self.texts = texts

    def read(self, path: Path) -> Iterator[Document | Problem]:
        yield from (make_document(f"Ferries {at}", [(text, "paragraph")]) for at, text in enumerate(self.texts))

    def recognise(self, document: Document) -> tuple[Mention, ...]:
        return ()


@contextmanager
def searching(path: Path, *texts: str) -> Iterator[Searcher]:
    library = Library.open([], path, source=Texts(*texts), recogniser=Texts())
    library.refresh()
    yield Searcher(library, Spellings(library, Gazetteer.load))
    library.close()


@pytest.fixture(scope="module")
def delegations(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searcher]:
    path = tmp_path_factory.mktemp("misspelt") / "index.db"
    with searching(path, "The DPRK delegation came to Seoul by ferry.", "A ferry came to Incheon.") as found:
        yield found


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("nroth koreen deligation", "north korean"),
        ("north korean deligation", "north korean"),
        ("nroth korea delegation", "North Korea"),
    ],
)
def test_a_misspelt_name_is_found_in_its_other_spellings_beside_misspelt_words(
    delegations: Searcher, typed: str, name: str
) -> None:
    results = delegations.search(typed)
    (hit,) = results.hits
    assert "DPRK delegation" in hit.excerpt
    assert {hit.excerpt[start:end] for start, end in hit.highlights} == {"DPRK", "delegation"}
    differs = [] if "delegation" in typed else ["one letter differs: delegation"]
    assert hit.why.split("; ") == [f"spelling of {name}", *differs]
    assert results.also == ("DPRK",)


def test_what_is_found_as_it_is_meant_brings_no_other_names(delegations: Searcher) -> None:
    assert [hit.why for hit in delegations.search("dprk deligation").hits] == ["one letter differs: delegation"]
    assert not delegations.search("nroth koreen submarines").hits


def test_where_slips_are_sure_the_other_spellings_follow(tmp_path: Path) -> None:
    texts = "The North Korean athletes trained.", "DPRK athletes came by ferry."
    with searching(tmp_path / "index.db", *texts) as searcher:
        found = searcher.search("nroth koreen athleets").hits
        assert [hit.excerpt for hit in found] == list(texts)
        assert [hit.why for hit in searcher.search("nroth koreen athletes").hits][1:] == ["spelling of north korean"]
        assert not any(hit.is_exact for hit in found)


def test_whatever_is_offered_as_a_name_is_found(library: Library, spellings: Spellings) -> None:
    searcher = Searcher(library, spellings)
    for begun in ("entity:Kim", "entity:kim", "이름:Ki", "entity:"):
        offered = [item.text for item in completions(begun, len(begun), library)]
        assert offered
        for value in offered:
            assert searcher.search(f"entity:{value}").hits, value
    assert searcher.search("thread:(entity:Kim)").messages == ()


def test_a_name_that_is_nowhere_is_told_with_the_nearest(library: Library, spellings: Spellings) -> None:
    searcher = Searcher(library, spellings)
    (said,) = searcher.search("entity:Moon").messages
    assert said == "“Moon” is not among the names that were found in the texts"
    assert "do you mean “Kim" in searcher.search("entity:chông").messages[0]
    assert searcher.search("entity:chông").hits == ()
