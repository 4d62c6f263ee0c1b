"""Queries drawn from a made corpus, with the passage each of them ought to find."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable, Iterator
from typing import NamedTuple

from tests.bench.corpus_maker import Maker, typo
from tests.bench.made_names import Person

TWICE = 0.3
"""So many misspelt words have a second error."""


class Asked(NamedTuple):
    """A query, the words it was made of, and where these stand: the number of a document, comment or paragraph, which."""

    query: str
    phrase: str
    document: int
    comment: bool
    place: int


class Named(NamedTuple):
    """One spelling of a name, and all others."""

    query: str
    others: tuple[str, ...]


def _passages(maker: Maker, documents: int, chance: random.Random) -> Iterator[tuple[int, bool, int, str]]:
    while True:
        number = chance.randrange(documents)
        record = maker.document(number)
        texts = [(False, at, text) for at, text in enumerate(record["body"].split("\n\n"))]
        texts += [(True, at, item["text"]) for at, item in enumerate(record["comments"])]
        yield (number, *chance.choice(texts))


def _phrases(
    maker: Maker, documents: int, count: int, seed: int, change: Callable[[random.Random, list[str]], list[str] | None]
) -> list[Asked]:
    """Return three to five words in a row of passages, changed; None from `change` draws again."""
    chance = random.Random(seed)
    found: list[Asked] = []
    for number, comment, place, text in _passages(maker, documents, chance):
        words = text.split()
        size = chance.randint(3, 5)
        if len(words) > size:
            at = chance.randrange(len(words) - size)
            phrase = [word.strip(".?!,").lower() for word in words[at : at + size]]
            changed = change(chance, phrase)
            if changed:
                found.append(Asked(" ".join(changed), " ".join(phrase), number, comment, place))
        if len(found) == count:
            return found
    raise AssertionError


def _is_telling(phrase: list[str]) -> bool:
    return all(word.isascii() for word in phrase) and sum(len(word) > 3 for word in phrase) >= 2


def corrupted(maker: Maker, documents: int, count: int, seed: int) -> list[Asked]:
    """Return phrases with one or two errors in every word of four letters or more."""

    def change(chance: random.Random, phrase: list[str]) -> list[str] | None:
        if not _is_telling(phrase):
            return None
        return [typo(chance, typo(chance, word) if chance.random() < TWICE else word) for word in phrase]

    return _phrases(maker, documents, count, seed, change)


def clean(maker: Maker, documents: int, count: int, seed: int) -> list[Asked]:
    """Return phrases as they stand."""
    return _phrases(maker, documents, count, seed, lambda _, phrase: phrase if _is_telling(phrase) else None)


def one_typo(maker: Maker, documents: int, count: int, seed: int) -> list[Asked]:
    """Return phrases with one error in one word."""

    def change(chance: random.Random, phrase: list[str]) -> list[str] | None:
        at = chance.choice([at for at, word in enumerate(phrase) if len(word) > 3] or [0])
        return [typo(chance, word) if at == number else word for number, word in enumerate(phrase)]

    return _phrases(
        maker, documents, count, seed, lambda chance, phrase: change(chance, phrase) if _is_telling(phrase) else None
    )


def names(maker: Maker, is_there: Callable[[str], bool], count: int, seed: int, *, wrong: bool = False) -> list[Named]:
    """Return spellings of people of whom three spellings or more are in the corpus; with one wrong letter if `wrong`."""
    chance = random.Random(seed)
    found: list[Named] = []
    for person in chance.sample(maker.people, len(maker.people)):
        there = _distinct(person, is_there)
        if len(there) >= 3:
            query = chance.choice(there)
            others = tuple(name for name in there if name != query)
            found.append(Named(_wrong(chance, query) if wrong else query, others))
        if len(found) == count:
            break
    return found


def _distinct(person: Person, is_there: Callable[[str], bool]) -> list[str]:
    by_words = {" ".join(name.lower().replace("-", " ").split()): name for name in person.latin}
    return [name for name in by_words.values() if is_there(name)]


def _wrong(chance: random.Random, name: str) -> str:
    at = chance.choice([at for at in range(1, len(name) - 1) if name[at].isalpha()])
    return name[:at] + chance.choice("abcdefghijklmnopqrstuvwxyz") + name[at + 1 :]


# Korean


def _korean(
    maker: Maker, documents: int, count: int, seed: int, change: Callable[..., list[str] | None]
) -> list[Asked]:
    def only_korean(chance: random.Random, phrase: list[str]) -> list[str] | None:
        if all(len(word) > 1 and "가" <= word[0] <= "힣" for word in phrase):
            return change(chance, phrase)
        return None

    return _phrases(maker, documents, count, seed, only_korean)


def korean_inside(maker: Maker, documents: int, count: int, seed: int) -> list[Asked]:
    """Return for phrases of Korean words two syllables out of the middle of each."""

    def change(chance: random.Random, phrase: list[str]) -> list[str] | None:
        cut = []
        for word in phrase:
            at = chance.randrange(len(word) - 1)
            cut.append(word[at : at + 2])
        return cut

    return _korean(maker, documents, count, seed, change)


def korean_decomposed(maker: Maker, documents: int, count: int, seed: int) -> list[Asked]:
    """Return Korean phrases taken apart into jamo (NFD)."""
    return _korean(
        maker, documents, count, seed, lambda _, phrase: [unicodedata.normalize("NFD", word) for word in phrase]
    )


def korean_slips(maker: Maker, documents: int, count: int, seed: int) -> list[Asked]:
    """Return Korean phrases with one wrong jamo in one or two of the words."""

    def change(chance: random.Random, phrase: list[str]) -> list[str]:
        wrong = set(chance.sample(range(len(phrase)), chance.randint(1, 2)))
        return [_jamo_slip(chance, word) if at in wrong else word for at, word in enumerate(phrase)]

    return _korean(maker, documents, count, seed, change)


def _jamo_slip(chance: random.Random, word: str) -> str:
    at = chance.randrange(len(word))
    code = ord(word[at]) - 0xAC00
    onset, vowel, coda = code // 588, code // 28 % 21, code % 28
    which = chance.randrange(3)
    if which == 0:
        onset = (onset + chance.randrange(1, 19)) % 19
    elif which == 1:
        vowel = (vowel + chance.randrange(1, 21)) % 21
    else:
        coda = (coda + chance.randrange(1, 28)) % 28
    return word[:at] + chr(0xAC00 + (onset * 21 + vowel) * 28 + coda) + word[at + 1 :]


def korean_spacing(maker: Maker, documents: int, count: int, seed: int) -> list[Asked]:
    """Return Korean phrases with two words written together, or one written as two."""

    def change(chance: random.Random, phrase: list[str]) -> list[str]:
        at = chance.randrange(len(phrase) - 1)
        if chance.random() < 0.5:
            return [*phrase[:at], phrase[at] + phrase[at + 1], *phrase[at + 2 :]]
        word = phrase[at]
        cut = chance.randrange(1, len(word))
        return [*phrase[:at], word[:cut], word[cut:], *phrase[at + 1 :]]

    return _korean(maker, documents, count, seed, change)
