"""The sidebar's list: grouped, counted, ordered."""

from __future__ import annotations

import pytest

from corpus.entities.gazetteer import Gazetteer
from corpus.entities.recognise import Recogniser
from corpus.entities.summary import GROUPS, EntityCount, group_of, summarise
from corpus.model import Comment, make_document


@pytest.fixture(scope="module")
def counts() -> list[EntityCount]:
    gazetteer = Gazetteer.load()
    body = (
        "Kim Jong Un met Park Young-ho in Pyongyang on 9 January 2018. Park and North Koreans spoke of the ICBM, the NPT, Juche and"
        " the Korean War. The Workers' Party said no on 4 January 2018; someone left yesterday. KIM JONG UN slept."
    )
    comments = [Comment("a", 0, "Trump! Trump! Trump! Trump! And Kim, and China."), Comment("b", 1, "Chinese tea")]
    document = make_document("North Korea talks", [(body, "paragraph")], comments)
    return summarise(document, Recogniser(gazetteer).recognise(document), gazetteer)


def test_groups_stand_in_their_order(counts: list[EntityCount]) -> None:
    groups = [count.group for count in counts]
    assert groups == sorted(groups, key=GROUPS.index)
    assert set(groups) == set(GROUPS)
    assert group_of("FAC") == "PLACES"
    assert group_of("WORK") == "OTHER"


def test_people_weigh_more_in_the_article(counts: list[EntityCount]) -> None:
    people = [count for count in counts if count.group == "PEOPLE"]
    assert [(count.id, count.article, count.comments) for count in people] == [
        ("kim-jong-un", 2, 1),
        ("donald-trump", 0, 4),
    ]
    assert people[0].hangul == "김정은"
    assert people[0].spellings == (("KIM JONG UN", 1), ("Kim", 1), ("Kim Jong Un", 1))
    assert len(people[0].mentions) == 3


def test_people_of_a_state_count_for_it(counts: list[EntityCount]) -> None:
    by_id = {count.id: count for count in counts if count.id}
    assert by_id["north-korea"].article == 2
    assert by_id["china"].comments == 2
    assert by_id["china"].type == "GPE"
    assert by_id["npt"].group == by_id["icbm"].group == "WEAPONS & TREATIES"


def test_dates_stand_by_value_and_those_without_last(counts: list[EntityCount]) -> None:
    assert [count.name for count in counts if count.group == "DATES"] == ["2018-01-04", "2018-01-09", "yesterday"]


def test_an_unknown_surname_counts_with_the_full_name(counts: list[EntityCount]) -> None:
    [unknown] = [count for count in counts if count.group == "UNKNOWN"]
    assert (unknown.id, unknown.name, unknown.article) == (None, "Park Young-ho", 2)
