"""The gazetteer's own rules: what one line must not do to another."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import pairwise

import pytest

from corpus.entities.gazetteer import Gazetteer
from corpus.entities.korean import same_name
from corpus.entities.own import TYPES
from corpus.entities.rows import hangul_names, korean_names, split
from corpus.entities.wikidata import CHECKED
from corpus.entities.words import COMMON, TITLES

SHARED_HANGUL = {
    "김정숙": {"kim-jung-sook", "kim-jong-suk"},
    "金正淑": {"kim-jung-sook", "kim-jong-suk"},
    "한강": {"han-kang", "han-river"},
}
"""Names that two entities really share."""
NEAR_PEOPLE = {
    frozenset({"kim-jong-suk", "kim-jung-sook"}),
    frozenset({"lee-byung-chul", "ri-pyong-chol"}),
    frozenset({"hong-yong-pyo", "hong-young-pyo"}),
}
NOT_KOREAN = {
    "ho-chi-minh",
    "lee-hsien-loong",
    "lee-kuan-yew",
    "li-jinjun",
    "li-keqiang",
    "li-qiang",
    "li-zhanshu",
    "ma-zhaoxu",
    "wang-wenbin",
    "wang-yajun",
    "yang-jiechi",
}
"""Foreigners whose names look Korean in Hangul."""
TITLES_IN_NAMES = {"Gen Nakatani", "Pope Francis"}


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return Gazetteer.load()


def test_the_columns_hold_what_they_are_for(gazetteer: Gazetteer) -> None:
    for row in gazetteer.rows.values():
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", row.id), row
        assert row.type in TYPES, row
        assert row.name == row.name.strip(), row
        assert row.description, row
        assert len(row.description) <= 110, row
        assert all(re.search("[가-힣]", name) for name in hangul_names(row)), row
        assert all(re.search("[一-鿿]", name) for name in split(row.hanja)), row
        assert not re.search("[A-Za-z]", row.hanja), row
        assert re.fullmatch(r"(Q\d+)?", row.wikidata), row
        assert all(re.fullmatch(r"(\d{4}-\d\d-\d\d)?", day) for day in (row.since, row.until, row.checked)), row
        assert not row.until or row.since < row.until, row
        assert all(name == name.strip() and name for name in (*split(row.aliases), *split(row.hangul))), row


def test_no_wikidata_item_is_two_entities(gazetteer: Gazetteer) -> None:
    items = [row.wikidata for row in gazetteer.rows.values() if row.wikidata]
    assert len(items) == len(set(items))


def test_every_wikidata_item_was_compared(gazetteer: Gazetteer) -> None:
    assert {row.wikidata for row in gazetteer.rows.values() if row.wikidata} <= CHECKED


def test_who_holds_an_office_was_checked(gazetteer: Gazetteer) -> None:
    checked = {row.id for row in gazetteer.rows.values() if row.checked}
    assert {"kim-jong-un", "moon-jae-in", "park-geun-hye", "lee-myung-bak", "kim-dae-jung", "lee-jae-myung"} <= checked
    assert len(checked) >= 100


def test_no_name_stands_for_two_entities(gazetteer: Gazetteer) -> None:
    by_words: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for alias in gazetteer.aliases:
        if alias.kind != "office":
            by_words[tuple(word.lower() for word in alias.words)].add(alias.entity)
    assert {words: owners for words, owners in by_words.items() if len(owners) > 1} == {}


def test_no_hangul_or_hanja_name_is_shared_unlisted(gazetteer: Gazetteer) -> None:
    owners: dict[str, set[str]] = defaultdict(set)
    for row in gazetteer.rows.values():
        for name in (*hangul_names(row), *split(row.hanja)):
            owners[name].add(row.id)
    assert {name: ids for name, ids in owners.items() if len(ids) > 1} == SHARED_HANGUL


def test_a_common_word_needs_its_capitals(gazetteer: Gazetteer) -> None:
    loose = [alias.text for alias in gazetteer.aliases if alias.any_case and alias.text.lower() in COMMON]
    assert loose == []
    short = [alias.text for alias in gazetteer.aliases if alias.any_case and len(alias.text) < 5]
    assert short == []


def test_no_title_is_part_of_a_name(gazetteer: Gazetteer) -> None:
    titled = {
        alias.text
        for alias in gazetteer.aliases
        if alias.type == "PERSON" and alias.kind == "name" and alias.words[0] in TITLES
    }
    assert titled == TITLES_IN_NAMES


def test_a_korean_name_is_its_hangul(gazetteer: Gazetteer) -> None:
    unlike = {
        row.id
        for row in gazetteer.rows.values()
        if korean_names(row) and not any(same_name(row.name, hangul) for hangul in korean_names(row))
    }
    assert unlike == NOT_KOREAN


def test_no_two_people_are_within_naming_distance_unlisted(gazetteer: Gazetteer) -> None:
    near = {
        frozenset({row.id, other})
        for row in gazetteer.rows.values()
        if korean_names(row)
        for _, other, _ in gazetteer.near_names(row.name)
        if other != row.id
    }
    assert near == NEAR_PEOPLE


def test_leaders_never_hold_one_surname_at_one_time(gazetteer: Gazetteer) -> None:
    for surname, priors in gazetteer.priors.items():
        ordered = sorted(priors)
        for before, after in pairwise(ordered):
            assert before.until <= after.since, (surname, before, after)
