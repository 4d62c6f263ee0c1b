from __future__ import annotations

import pytest

from corpus.entities.gazetteer import Gazetteer
from tests.bench.accuracy import (
    date_sentences,
    date_table,
    markdown,
    name_table,
    our_dates,
    ours,
    pair_table,
    score_names,
)
from tests.bench.gold import Score, own_text, shared_captures
from tests.bench.ratios import hold
from tests.bench.recogniser_speed import against_sketch, loading, many_aliases


def test_names_of_the_marked_texts_are_found_and_linked() -> None:
    gazetteer = Gazetteer.load()
    find = ours(gazetteer)
    assert score_names(find, own_text(), gazetteer, linked=True).f1 >= 0.95
    captures = [score_names(find, marked, gazetteer, linked=True) for marked in shared_captures()]
    assert all(score.f1 >= 0.98 for score in captures)


def test_dates_of_the_marked_texts_have_their_values() -> None:
    for name, least in (("sentences", 0.95), ("captures", 1.0)):
        scores = [
            Score(len(our_dates(sentence) & sentence.dates), 0, len(sentence.dates))
            for sentence in date_sentences().get(name, ())
        ]
        assert sum(score.right for score in scores) >= least * sum(score.wanted for score in scores)


@pytest.mark.bench
def test_accuracy_beside_others() -> None:
    for table in (name_table(), pair_table(), date_table()):
        print(f"\n{markdown(table)}")
    assert name_table()[1].cells


@pytest.mark.bench
def test_what_recognising_costs() -> None:
    def measure() -> dict[str, float]:
        sketch = against_sketch()
        slower = {} if sketch is None else {"sketch's speed / ours": 1 / sketch}
        return slower | {"1,000 / 100,000 aliases": 1 / many_aliases(), "import and load / an empty program": loading()}

    hold(
        measure,
        {
            "sketch's speed / ours": 1 / 1.5,
            "1,000 / 100,000 aliases": 1 / 0.67,
            "import and load / an empty program": 6,
        },
    )
