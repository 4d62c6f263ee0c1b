"""Korean names in any spelling are one name, and names that differ stay apart."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.entities.korean import name_distance, name_keys, romanise, same_name
from corpus.entities.surnames import SURNAMES

SAME = [
    ("조명균", "Cho Myoung-gyon"),
    ("Cho Myoung-gyon", "Jo Myong Gyun"),
    ("김정은", "Kim Jong Un"),
    ("Kim Jong-un", "Gim Jeong-eun"),
    ("리선권", "Lee Sun-kwon"),
    ("Ri Son Gwon", "이선권"),
    ("Moon Jae-in", "Jae-in Moon"),
    ("Moon Jaein", "Mun Chae-in"),
    ("Syngman Rhee", "이승만"),
    ("Roh Moo-hyun", "No Mu-hyŏn"),
    ("Paek T’ae-hyŏn", "Baik Tae-hyun"),
    ("서훈", "So Hun"),
]
DIFFERENT = [
    ("Kim Jong-un", "Kim Jong-il"),
    ("Kim Jong-un", "Kim Yo-jong"),
    ("Koo Bon-moo", "Ko Bon-moo"),
    ("Chun Doo-hwan", "Chung Doo-hwan"),
    ("Ri Yong-ho", "Ri Yong-gil"),
    ("Donald Trump", "김정은"),
    ("Kim", "Kim Jong-un"),
    ("", "김정은"),
]


@pytest.mark.parametrize(("a", "b"), SAME)
def test_spellings_of_one_name_are_the_same(a: str, b: str) -> None:
    assert same_name(a, b)
    assert same_name(b, a)
    assert name_keys(a) & name_keys(b)


@pytest.mark.parametrize(("a", "b"), DIFFERENT)
def test_different_names_stay_apart(a: str, b: str) -> None:
    assert not same_name(a, b)


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("평양", "P'yŏngyang", True),
        ("Gangneung", "Kangnung", True),
        ("Baengnyeongdo", "Paengnyongdo", True),
        ("라선", "Naseon", True),
        ("Chosun Ilbo", "조선일보", True),
        ("신라", "Silla", True),
        ("Chungju", "Cheongju", False),
        ("Pyeongchang", "Pyongyang", False),
        ("Seongju", "Sangju", False),
    ],
)
def test_places_are_compared_without_a_surname(a: str, b: str, same: bool) -> None:
    assert same_name(a, b, place=True) is same


def test_the_distance_tells_a_standard_spelling_from_a_stretch() -> None:
    assert name_distance("김정은", "Gim Jeong-eun") == 0
    assert 0 < name_distance("김일성", "Kim Il-sung") < 0.6
    assert name_distance("김정은", "김정일") == math.inf
    assert name_distance("Pyongyang", "Seoul", place=True) == math.inf


def test_mixed_scripts_and_other_text_are_no_name() -> None:
    assert name_keys("김 Jong-un") == frozenset()
    assert name_keys("xyzzy qwrt") == frozenset()
    assert name_keys("", place=True) == frozenset()
    assert name_keys("평 yang", place=True) == frozenset()


ONE = [surname for surname in SURNAMES if len(surname) == 1]
SYLLABLES = "정은일성영철여조명균선권재인근혜무현대중병서희수호남용해룡박민준동하원석태평양순"


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(ONE), st.text(SYLLABLES, min_size=2, max_size=2), st.sampled_from(["RR", "MR", "DPRK"]))
def test_every_system_is_read_back(surname: str, given_name: str, system: str) -> None:
    name = surname + given_name
    written = romanise(name, system, name=True)  # type: ignore[arg-type]
    assert same_name(name, written), written
    assert name_keys(name) & name_keys(written)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=20), st.text(max_size=20))
def test_any_text_can_be_compared(a: str, b: str) -> None:
    assert name_distance(a, b) == pytest.approx(name_distance(b, a))
    assert name_distance(a, b, place=True) == pytest.approx(name_distance(b, a, place=True))


@pytest.mark.parametrize(
    ("hangul", "rr", "mr", "dprk"),
    [
        ("평양", "pyeongyang", "p'yŏngyang", "phyongyang"),
        ("강릉", "gangneung", "kangnŭng", "kangnung"),
        ("백령도", "baengnyeongdo", "paengnyŏngdo", "paengnyongdo"),
        ("압록강", "amnokgang", "amnokkang", "amnokkang"),
        ("독립문", "dongnimmun", "tongnimmun", "tongnimmun"),
        ("신라", "silla", "silla", "silla"),
        ("한국은", "hangugeun", "han'gugŭn", "hangugun"),
        ("좋고", "joko", "chok'o", "jokho"),
        ("없이", "eopsi", "ŏpsi", "opsi"),
    ],
)
def test_romanising_a_word(hangul: str, rr: str, mr: str, dprk: str) -> None:
    assert romanise(hangul, "RR") == rr
    assert romanise(hangul, "MR").replace("n'g", "ng") == mr.replace("n'g", "ng")
    assert romanise(hangul, "DPRK") == dprk


def test_romanising_a_personal_name() -> None:
    assert [romanise("김정은", system, name=True) for system in ("RR", "MR", "DPRK")] == [
        "Gim Jeong-eun",
        "Kim Chŏng-ŭn",
        "Kim Jong Un",
    ]
    assert romanise("남궁민수", "RR", name=True) == "Namgung Min-su"


def test_what_is_not_hangul_stays() -> None:
    assert romanise("KBS 뉴스, 9시") == "KBS nyuseu, 9si"
    with pytest.raises(ValueError, match="choose RR, MR or DPRK"):
        romanise("김", "Yale")  # type: ignore[arg-type]
