"""Dated statements in the order of their days."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.entities.differing import differing
from corpus.entities.gazetteer import Gazetteer
from corpus.entities.recognise import Recogniser
from corpus.entities.timeline import Statement, in_order, interval, statements
from corpus.model import Comment, make_document
from tui.view.time_lines import StatementFilter, label_of, time_lines


@pytest.mark.parametrize(
    ("value", "first", "last", "grain"),
    [
        ("2018-01-09", (2018, 1, 9), (2018, 1, 9), "day"),
        ("2018-01-09T10:00", (2018, 1, 9), (2018, 1, 9), "day"),
        ("2018-02", (2018, 2, 1), (2018, 2, 28), "month"),
        ("2018-W02", (2018, 1, 8), (2018, 1, 14), "week"),
        ("2018-W02-WE", (2018, 1, 13), (2018, 1, 14), "weekend"),
        ("2018", (2018, 1, 1), (2018, 12, 31), "year"),
        ("198", (1980, 1, 1), (1989, 12, 31), "decade"),
        ("2018-WI", (2018, 12, 1), (2019, 2, 28), "season"),
        ("2018-Q4", (2018, 10, 1), (2018, 12, 31), "quarter"),
        ("2003/2008", (2003, 1, 1), (2008, 12, 31), "years"),
        ("2018-01-08/2018-01-10", (2018, 1, 8), (2018, 1, 10), "days"),
    ],
)
def test_the_days_that_a_value_covers(
    value: str, first: tuple[int, int, int], last: tuple[int, int, int], grain: str
) -> None:
    assert interval(value) == (date(*first), date(*last), grain)


@given(st.text(alphabet="0123456789-/WQSPUAFIET:", max_size=24))
@settings(max_examples=300)
def test_any_other_value_is_none_and_never_an_error(value: str) -> None:
    found = interval(value)
    assert found is None or found[0] <= found[1]
    assert label_of(value) or not value


def build(published: str | None, body: str, *comments: tuple[str | None, str]) -> list[Statement]:
    made = [Comment(f"c{at}", at, text, posted=posted) for at, (posted, text) in enumerate(comments)]
    document = make_document("A title", [(body, "paragraph")], made, published=published)
    return in_order(statements(document, Recogniser(Gazetteer.load()).recognise(document)))


def test_statements_stand_in_order_the_coarser_first_and_those_without_a_value_last() -> None:
    body = "It ended on 9 January 2018. It began in January 2018. In 2018 much began. On 1 January 2018 he spoke. On Friday it rained."
    found = build(None, body)
    assert [item.value for item in found] == ["2018", "2018-01", "2018-01-01", "2018-01-09", ""]
    assert found[2].text == "On 1 January 2018 he spoke."
    headings = [line.runs[0].text for line in time_lines(found, titles=False) if line.heading]
    assert headings == ["2010s", "January 2018", "WITHOUT A VALUE"]


def test_days_counted_from_times_without_a_zone_are_marked_where_the_order_hangs_on_it() -> None:
    found = build("2018-01-09", "They met on 9 January 2018.", ("2018-01-09T23:50", "Today they met."))
    assert [(item.value, item.unsure) for item in found] == [("2018-01-09", False), ("2018-01-09", True)]
    zoned = build("2018-01-09", "They met on 9 January 2018.", ("2018-01-09T23:50Z", "Today they met."))
    assert not any(item.loose for item in zoned)
    far = build("2018-01-09", "They met on 9 January 2018.", ("2018-03-09T23:50", "Today they met."))
    assert [(item.loose, item.unsure) for item in far] == [(False, False), (True, False)]
    assert any(run.text.startswith("~") for line in time_lines(found, titles=True) for run in line.runs)


def test_statements_are_found_by_words_and_by_names_in_any_spelling() -> None:
    gazetteer = Gazetteer.load()
    body = "Kim Jong-un spoke on 1 January 2018. It snowed in Seoul on 2 January 2018."
    found = build("2018-01-09", body)
    for text, days in (
        ("snow", [2]),
        ("김정은", [1]),
        ("ㄱㅈㅇ", [1]),
        ("gim jeongeun", [1]),
        ("서울", [2]),
        ("x", []),
    ):
        wanted = StatementFilter(text, gazetteer)
        assert [item.first.day for item in found if item.first and wanted.fits(item)] == days, text


def test_different_dates_of_what_may_be_the_same_thing_are_put_side_by_side() -> None:
    body = "Officials of both sides will meet at Panmunjom on 9 January 2018, the ministry said on Thursday. It snowed."
    comment = "I read that officials of both sides meet at Panmunjom on 10 January 2018."
    found = build("2018-01-04", body, ("2018-01-05T10:00Z", comment))
    sides = differing(found)
    ninth, tenth = ([item.value for item in found].index(value) for value in ("2018-01-09", "2018-01-10"))
    assert {at: [side.other for side in near] for at, near in sides.items()} == {ninth: [tenth], tenth: [ninth]}
    assert {"panmunjom", "officials", "meet"} <= {word.lower() for word in sides[tenth][0].shared}
    lines = time_lines(found, titles=False, sides=sides)
    [twin] = [line for line in lines if line.key == (found[tenth].mention.span, tenth, ninth)]
    assert twin.runs[0].text.split() == ["≠", "Jan", "10", "Wed"]


@pytest.mark.parametrize(
    "comment",
    [
        "Officials of both sides will meet at Panmunjom on 9 January 2018.",
        "It rained in Pyongyang on 10 January 2018.",
        "Officials of both sides met at Panmunjom on 10 January 2015.",
        "Officials of both sides will meet at Panmunjom in January 2018.",
    ],
)
def test_other_things_and_equal_dates_are_not_put_side_by_side(comment: str) -> None:
    body = "Officials of both sides will meet at Panmunjom on 9 January 2018."
    assert not differing(build("2018-01-04", body, ("2018-01-05T10:00Z", comment)))
