"""The lines of `gazetteer.tsv`, and what their columns say of a name: its Hangul, its surname, whether it is Korean.

`gazetteer.tsv` holds one entity a line: id, type, name, aliases, hangul, hanja, wikidata, from, to, description,
checked. Lists are parted by `;`. `from` and `to` are the days in the office for which the entity is known; `checked` is the
day on which the line was last compared with a source, empty where it is written from knowledge. An alias may end in flags:

    ~  matches in any case          ^  names the people of a state ("Koreans")
    =  matches in this case only    @  a surname alone, valid from `from` to `to` (or "@2015/2018")
    ?  a nickname, off by default; on a Hangul name: also a common word, never matched in texts
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from typing import NamedTuple

from corpus.entities.surnames import NORTHERN, surnames_by_spelling
from corpus.entities.words import word_set


class Row(NamedTuple):
    """One line of the gazetteer; lists still joined by `;`."""

    id: str
    type: str
    name: str
    aliases: str = ""
    hangul: str = ""
    hanja: str = ""
    wikidata: str = ""
    since: str = ""
    until: str = ""
    description: str = ""
    checked: str = ""


def shipped_rows() -> list[Row]:
    """Return the rows of `gazetteer.tsv`."""
    # no pathlib here: its import takes longer than the reading
    with open(os.path.join(os.path.dirname(__file__), "gazetteer.tsv"), encoding="utf-8") as file:
        next(file)
        return [Row._make(line.split("\t")) for line in file.read().split("\n") if line]


def split(joined: str) -> tuple[str, ...]:
    """Return the parts of a list column."""
    return tuple(joined.split(";")) if joined else ()


def hangul_names(row: Row) -> tuple[str, ...]:
    """Return the Hangul names of an entity, without their flags."""
    return tuple(name.rstrip("?") for name in split(row.hangul))


_KOREAN_SHAPE = re.compile("[가-힣]{2,4}")
_CHINESE_SURNAMES = word_set(
    """chiang dai deng hu jiang li liu mao ning peng qian qin sun wang wen wu xi xu yang zhang zhao zhou zhu song geng
    hua lu guo he huang wei dong chen lin cui bo ye zeng soong tang fu xie cao shen kong"""
)


def korean_names(row: Row) -> tuple[str, ...]:
    """Return the Hangul names of a person who has a Korean name: `hangul` of others is a transcription."""
    if row.type != "PERSON":
        return ()
    spellings = surnames_by_spelling()
    words = row.name.lower().split()
    names = tuple(name for name in hangul_names(row) if _KOREAN_SHAPE.fullmatch(name))
    if not names or len(words) < 2:
        return ()
    spelt = spellings.get(words[0], frozenset()) | spellings.get(words[-1], frozenset())
    own = {NORTHERN.get(name[:length], name[:length]) for name in names for length in (1, 2)}
    return names if own & spelt else ()


def surname_first(words: Sequence[str]) -> bool:
    """Tell whether an unknown name has the shape of a Korean or Chinese one ("Sim Hyon Sop", "Wu Huihui")."""
    first = words[0].lower()
    if len(words) == 3 or "-" in words[-1]:
        return first in surnames_by_spelling() or first in _CHINESE_SURNAMES
    return first in _CHINESE_SURNAMES and len(words[0]) < 6


def surname_of(row: Row) -> str:
    """Return the surname of a person in lower case: the first word of Korean and Chinese names, else the last."""
    words = row.name.lower().split()
    if korean_names(row):
        return words[0] if words[0] in surnames_by_spelling() else words[-1]
    return words[0] if row.hanja and words[0] in _CHINESE_SURNAMES else words[-1]
