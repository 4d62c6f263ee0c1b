"""Invented people with Korean names, each spelt in several romanisations: some real, most by chance."""

from __future__ import annotations

import random
from typing import NamedTuple

PEOPLE = 3000


class Person(NamedTuple):
    """A name in Hangul and the ways in which the corpus writes it in Latin letters."""

    hangul: str
    latin: tuple[str, ...]


KNOWN = (
    Person("김정은", ("Kim Jong-un", "Kim Jong Un", "Kim Chong-un", "Kim Jong-eun")),
    Person("김정일", ("Kim Jong-il", "Kim Jong Il", "Kim Chong-il")),
    Person("리선권", ("Ri Son-gwon", "Ri Son Gwon", "Lee Sun-kwon", "Lee Seon-gwon", "Ri Sŏn-gwŏn")),
    Person("조명균", ("Cho Myoung-gyon", "Cho Myoung-gyun", "Jo Myong-gyun")),
    Person("문재인", ("Moon Jae-in", "Mun Jae-in", "Moon Jae In")),
)
SURNAMES = {
    "이": "Lee Ri Yi Rhee",
    "김": "Kim Gim",
    "박": "Park Pak Bak",
    "최": "Choi Choe",
    "정": "Jung Jeong Chung Chong",
    "조": "Cho Jo",
    "강": "Kang Gang",
    "윤": "Yoon Yun",
    "백": "Baek Paek Baik",
    "신": "Shin Sin",
    "문": "Moon Mun",
    "노": "Roh Noh No",
    "안": "Ahn An",
    "임": "Im Lim Rim",
    "한": "Han",
    "황": "Hwang",
    "서": "Suh Seo So",
    "권": "Kwon Gwon",
    "홍": "Hong",
    "유": "Yoo Yu Ryu",
}
SYLLABLES = {
    "선": "sun son seon",
    "명": "myong myung myeong myoung",
    "정": "jong jeong chong",
    "은": "un eun",
    "재": "jae chae",
    "현": "hyun hyon hyeon",
    "영": "young yong yeong",
    "철": "chul chol cheol",
    "희": "hee hui",
    "석": "suk seok sok",
    "진": "jin chin",
    "호": "ho",
    "민": "min",
    "남": "nam",
    "수": "soo su",
    "경": "kyung gyong kyong gyeong",
    "상": "sang",
    "환": "hwan",
    "학": "hak",
    "길": "kil gil",
    "봉": "bong pong",
    "국": "kuk guk gook",
    "승": "seung sung",
    "룡": "ryong yong",
    "태": "tae dae",
    "권": "kwon gwon",
    "균": "gyun kyun gyon",
}


def people(chance: random.Random, count: int = PEOPLE) -> list[Person]:
    """Return the known people and `count` invented ones, no two with the same Hangul name."""
    found = {person.hangul: person for person in KNOWN}
    surnames, syllables = list(SURNAMES), list(SYLLABLES)
    while len(found) < count + len(KNOWN):
        surname, first, second = chance.choice(surnames), chance.choice(syllables), chance.choice(syllables)
        hangul = surname + first + second
        if hangul not in found and first != second:
            latin = {_spelt(chance, surname, first, second) for _ in range(6)}
            found[hangul] = Person(hangul, tuple(sorted(latin)))
    return list(found.values())


def _spelt(chance: random.Random, surname: str, first: str, second: str) -> str:
    one, two = chance.choice(SYLLABLES[first].split()), chance.choice(SYLLABLES[second].split())
    way = chance.random()
    given = (
        f"{one.title()}-{two}" if way < 0.6 else f"{one.title()} {two.title()}" if way < 0.85 else f"{one}{two}".title()
    )
    return f"{chance.choice(SURNAMES[surname].split())} {given}"
