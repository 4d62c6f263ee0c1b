"""Queries of which nearly every word is misspelt, over texts whose words look alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import pytest

from corpus.library import Library
from corpus.matching import EXACT, NEAR, Alternative, Group
from corpus.model import Document, Problem, make_document
from corpus.odds import Choice, Odds
from corpus.search import Searcher

MEANT = "The envoy Chong Seon-eun was seen at the harbour of Wonsan with a delegation"
LOOKALIKES = (
    "EU",
    "envoys",
    "seen",
    "see",
    "seed",
    "harbours",
    "labour",
    "winsome",
    "Winston",
    "delegated",
    "relegation",
)


class Texts:
    def find(self, roots: Sequence[Path]) -> Iterator[Path | Problem]:
        yield Path(__file__)

    def read(self, path: Path) -> Iterator[Document | Problem]:
        yield make_document("One", [(MEANT, "paragraph")], url="http://news.example/meant")
        for number in range(40):
            words = (LOOKALIKES * 2)[number % len(LOOKALIKES) :][:4]
            text = f"It was said that {' and '.join(words)} were there, number {number}"
            yield make_document(f"Other {number}", [(text, "paragraph")], url=f"http://news.example/{number}")


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searcher]:
    library = Library.open([], tmp_path_factory.mktemp("misspelt") / "index.db", source=Texts())
    library.refresh()
    yield Searcher(library)
    library.close()


@pytest.mark.parametrize(
    "query",
    [
        "envoi chogn seon-eu wass seenn",
        "harboru wonsn chogn seon-eu",
        "sewn labuor of winsan wiht delgatoin",
        "chogn seon-enu was seen",
        "sene at teh harbuor of wnsan",
        "evnoy chnog was sen",
        "hrabor of wnosan wtih",
        "deelgtaion wihh wonsna",
    ],
)
def test_a_passage_is_found_whatever_words_of_it_are_misspelt(searcher: Searcher, query: str) -> None:
    assert [hit.title for hit in searcher.search(query).hits[:1]] == ["One"]


def test_a_short_word_may_be_missing_only_where_the_rest_fits_well(searcher: Searcher) -> None:
    assert searcher.search("labour at ze seed").hits == ()


def _group(*alternatives: Alternative, at: int = 0) -> Group:
    return Group(alternatives, range(at, at + 1))


def test_a_common_word_two_letters_away_is_likelier_than_a_very_rare_one() -> None:
    counts = {"delegation": 5000, "delegaton": 1, "relegation": 10}
    every = _group(
        *(Alternative((word,), NEAR, edits) for word, edits in (("delegaton", 1), ("relegation", 2), ("delegation", 2)))
    )
    likeliest, *more = Odds(counts, 100_000).choices(every, every)
    assert likeliest.group.alternatives[0].words == ("delegation",)
    for smaller, larger in pairwise([likeliest, *more]):
        assert smaller.chance < larger.chance
        assert set(smaller.group.alternatives) < set(larger.group.alternatives)


def test_what_was_typed_is_what_is_meant_unless_it_is_far_rarer() -> None:
    every = _group(Alternative(("north",), EXACT), Alternative(("norths",), NEAR, 1))
    typed = Odds({"north": 900, "norths": 800}, 10_000).choices(every, every)[0]
    assert [item.words for item in typed.group.alternatives] == [("north",)]
    every = _group(Alternative(("nroth",), EXACT), Alternative(("north",), NEAR, 1))
    slip = Odds({"nroth": 1, "north": 900}, 10_000).choices(every, every)[0]
    assert [item.words for item in slip.group.alternatives] == [("north",)]


def test_rare_words_are_asked_for_first_and_what_brings_little_not_at_all() -> None:
    def choice(at: int, chance: float, part: float) -> list[Choice]:
        group = _group(Alternative((f"word{at}",)), at=at)
        return [Choice(group, group, chance, part, part * 1e6)]

    picked = list(Odds({}, 1_000_000).best([choice(0, 0.9, 0.6), choice(1, 0.9, 0.0002), choice(2, 0.001, 0.0001)]))
    assert [item.group.terms.start for item in picked[0].choices] == [1]
    assert all(item.group.terms.start != 2 for one in picked for item in one.choices)
