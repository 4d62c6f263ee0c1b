"""Korean words with their particles: the word itself is found too, and what only looks like a particle stays."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from corpus.library import Library
from corpus.model import Document, Problem, make_document
from corpus.particles import stems
from corpus.search import Searcher

TEXTS = (
    "서울 회담이 열린다.",
    "서울에서 만났다.",
    "어제 서울은 추웠다.",
    "정의용 실장과 문재인 대통령",
    "판문점 선언",
    "비핵화 협상, 한반도의 평화",
    "한반기 보고서",
    "김정은 위원장",
    "Kim Jong-un spoke",
    "김정일은 없다",
)


class Texts:
    def find(self, roots: Sequence[Path]) -> Iterator[Path | Problem]:
        yield Path(__file__)

    def read(self, path: Path) -> Iterator[Document | Problem]:
        for at, text in enumerate(TEXTS):
            yield make_document(f"{at}", [(text, "paragraph")])


def spellings(text: str) -> list[str]:
    return ["Kim Jong-un", "김정은"] if text.lower() in ("kim jong-un", "김정은") else []


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    found = Library.open([], tmp_path_factory.mktemp("particles") / "index.db", source=Texts())
    found.refresh()
    yield found
    found.close()


@pytest.fixture(scope="module")
def searcher(library: Library) -> Searcher:
    return Searcher(library, spellings)


def whys(searcher: Searcher, query: str) -> dict[str, str]:
    return {TEXTS[int(hit.title)]: hit.why for hit in searcher.search(query).hits if "differ" not in hit.why}


@pytest.mark.parametrize(
    ("typed", "stem", "particle", "count"),
    [
        ("정의용은", "정의용", "은", 1),
        ("판문점에서", "판문점", "에서", 1),
        ("비핵화를", "비핵화", "를", 1),
        ("서울도", "서울", "도", 3),
    ],
)
def test_a_word_is_found_without_its_particle(
    searcher: Searcher, typed: str, stem: str, particle: str, count: int
) -> None:
    results = searcher.search(typed)
    found = [hit for hit in results.hits if "differ" not in hit.why]
    assert [hit.why for hit in found] == [f"without the particle {particle}"] * count
    assert all(hit.excerpt[start:end] == stem for hit in found for start, end in hit.highlights)
    assert searcher.search(typed, exact_only=True).hits == ()


def test_the_very_word_stands_first(searcher: Searcher) -> None:
    found = [hit.why for hit in searcher.search("서울은").hits if "differ" not in hit.why]
    assert found == ["exact", "without the particle 은", "without the particle 은"]


def test_a_name_with_a_particle_meets_all_its_spellings(searcher: Searcher) -> None:
    assert whys(searcher, "김정은이") == {
        "김정은 위원장": "without the particle 이",
        "Kim Jong-un spoke": "spelling of 김정은",
    }
    assert set(whys(searcher, "김정은")) == {"김정은 위원장", "Kim Jong-un spoke"}


def test_other_words_of_a_query_may_have_particles_too(searcher: Searcher) -> None:
    assert list(whys(searcher, "서울의 회담을")) == ["서울 회담이 열린다."]
    assert searcher.count("서울의 회담을") == (1, True)


def test_what_only_looks_like_a_particle_is_part_of_the_word(library: Library) -> None:
    # nothing shows that 한반 or 김정 is a word
    assert list(whys(Searcher(library), "한반도")) == ["비핵화 협상, 한반도의 평화"]
    assert list(whys(Searcher(library), "김정은")) == ["김정은 위원장"]


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("판문점에서는", ["판문점", "판문점에서"]),
        ("서울로", ["서울"]),
        ("평양으로", ["평양", "평양으"]),
        ("박지은", []),
        ("회의", []),
        ("북한과", ["북한"]),
        ("비핵화와", ["비핵화"]),
        ("talks", []),
        ("中国은", []),
    ],
)
def test_particles_follow_the_sound_before_them(word: str, expected: list[str]) -> None:
    assert list(stems(word)) == expected
