"""The hits of a search: which are kept, and in which order."""

from __future__ import annotations

from corpus.hits import Hit
from corpus.index.passages import Candidate
from corpus.kept import Kept
from corpus.model import Span

TEXT = "A passage that is long enough to be known when it stands elsewhere."


def add(kept: Kept, number: int, score: float, date: str, text: str = "") -> None:
    document = f"d{number}"
    span = Span(document, "body", None, 0, 1)
    hit = Hit("body", span, "Title", "", "", (), "exact" if score == 100 else "", (), score, document, 0)
    facts = ("", document, "Title", "", "", date, 9)
    kept.add(hit, Candidate(number, number, 1, text or f"text {number}", *facts, published=date))


def documents(hits: list[Hit]) -> list[str]:
    return [hit.document for hit in hits]


def test_the_surest_come_first_and_of_these_the_newest() -> None:
    kept = Kept(by_time=False)
    for number, score, date in ((1, 100, "2017"), (2, 60, "2019"), (3, 100, "2018"), (4, 70, "2016")):
        add(kept, number, score, date)
    assert documents(kept.best(3)) == ["d3", "d1", "d4"]


def test_by_time_what_is_surer_is_not_crowded_out_by_what_is_newer() -> None:
    kept = Kept(by_time=True)
    for number, score, date in ((1, 100, "2016"), (2, 60, "2018"), (3, 61, "2019"), (4, 62, "2017")):
        add(kept, number, score, date)
    assert documents(kept.best(2)) == ["d4", "d1"]


def test_the_same_passage_elsewhere_is_one_hit_that_tells_so() -> None:
    kept = Kept(by_time=False)
    add(kept, 1, 100, "2018", TEXT)
    add(kept, 2, 100, "2018", TEXT)
    assert [(hit.document, hit.also) for hit in kept.best(9)] == [("d1", ("d2",))]
    assert kept.seen == {1, 2}
    assert len(kept) == 1
