"""Words of a text: what the index is asked for, and what a search finds again in the text itself.

A word is a run of letters and digits of the folded text. Scripts that glue particles to a word, or
write no blanks at all (Hangul, Han, kana), are cut from other letters and indexed by their first
character and their pairs of neighbours, so that a word of two syllables is found inside a longer one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterable
from functools import lru_cache

from corpus.text import fold_text

GLUED = "\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff"
"""Ranges of a character class: syllables of Hangul, Han characters and kana."""
OTHER = rf"[^\W_{GLUED}]"
"""A letter or digit of any other script, as a character class."""

MAX_WORD = 64
"""Longer runs are cut into several words."""
MAX_STEM = 8

_GLUED = re.compile(f"[{GLUED}]")
_WORD = re.compile(rf"[{GLUED}]{{1,{MAX_WORD}}}|{OTHER}{{1,{MAX_WORD}}}")
_GLUED_WORD = re.compile(rf"[{GLUED}]{{1,{MAX_WORD}}}")
_OTHER_WORD = re.compile(rf"{OTHER}{{1,{MAX_WORD}}}")
_ASCII_WORD = re.compile(rf"[a-z0-9]{{1,{MAX_WORD}}}")
_FIRST_INITIAL, _INITIALS = 0x1100, 19
_FIRST_SYLLABLE, _LAST_SYLLABLE, _PER_INITIAL = 0xAC00, 0xD7A3, 21 * 28
_DIGIT = re.compile(r"\d")


def words(folded: str) -> list[str]:
    """Return the words of a folded text in order."""
    return _WORD.findall(folded)


def places(folded: str) -> list[tuple[str, int, int]]:
    """Return (word, start, end) of the words of a folded text; offsets are into the folded text."""
    pattern = _ASCII_WORD if folded.isascii() else _WORD
    return [(found[0], *found.span()) for found in pattern.finditer(folded)]


def places_of(folded: str, wanted: Container[str], begun: tuple[str, ...] = ()) -> list[tuple[str, int, int]]:
    """Return those of `places` whose word is wanted or begins so."""
    pattern = _ASCII_WORD if folded.isascii() else _WORD
    if begun:
        return [
            (word, *found.span())
            for found in pattern.finditer(folded)
            if (word := found[0]) in wanted or word.startswith(begun)
        ]
    return [(word, *found.span()) for found in pattern.finditer(folded) if (word := found[0]) in wanted]


def is_glued(word: str) -> bool:
    """Tell whether the word is of a script that is indexed by pairs."""
    return word[0] >= "\u3040" and _GLUED.match(word) is not None


def terms_of(word: str) -> tuple[str, ...]:
    """Return the index terms that a text with this word must have; all of them are needed.

    A passage with all terms of a glued word need not hold the word itself: the text decides.
    """
    if not is_glued(word):
        return (word,)
    if len(word) == 1:
        return (word,)
    return tuple(dict.fromkeys(word[at : at + 2] for at in range(len(word) - 1)))


def stems(word: str) -> Iterable[str]:
    """Return the beginnings of a glued word that may be the word without its particle, itself included."""
    return (word[:length] for length in range(2, min(len(word), MAX_STEM) + 1))


def index_terms(texts: Iterable[str]) -> tuple[set[str], set[str]]:
    """Return the terms under which texts are indexed, and the words that they add to the vocabulary.

    Args:
        texts: canonical texts of one passage.
    """
    terms: set[str] = set()
    glued: set[str] = set()
    vocabulary: set[str] = set()
    for text in texts:
        plain, found = cut(fold_text(text))
        terms |= plain
        vocabulary |= plain
        glued |= found
    for word in glued:
        own, stemmed = glued_terms(word)
        terms.update(own)
        vocabulary.update(stemmed)
    return terms, vocabulary


def cut(folded: str) -> tuple[set[str], set[str]]:
    """Return the words of a folded text, those of glued scripts apart."""
    if folded.isascii():
        return set(_ASCII_WORD.findall(folded)), set()
    return set(_OTHER_WORD.findall(folded)), set(_GLUED_WORD.findall(folded))


@lru_cache(maxsize=50_000)
def glued_terms(word: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the terms under which a glued word is indexed, and what it adds to the vocabulary."""
    return (word[0], *terms_of(word)), tuple(stems(word))


def letters(word: str) -> str:
    """Return the letters of a word: Hangul syllables taken apart, so that one wrong key counts once."""
    return unicodedata.normalize("NFD", word) if word and word[0] >= "\uac00" else word


def edits_allowed(word: str) -> int:
    """Return how many letters of a word may differ in a typo: none in numbers and in very short words."""
    if _DIGIT.search(word):
        return 0
    if not is_glued(word):
        return 0 if len(word) < 3 else 1 if len(word) < 6 else 2
    # two syllables are six letters, yet with two of them changed it is another word
    return min(len(word) - 1, 2) if len(letters(word)) >= 6 else min(len(word) - 1, 1)


def is_initials(word: str) -> bool:
    """Tell whether the folded word is written in initial consonants alone (ㅍㅁㅈ for 판문점)."""
    return len(word) > 1 and all(_FIRST_INITIAL <= ord(char) < _FIRST_INITIAL + _INITIALS for char in word)


def initials(word: str) -> str:
    """Return the initial consonants of a Hangul word as they are folded; other characters stay."""
    return "".join(
        chr(_FIRST_INITIAL + (ord(char) - _FIRST_SYLLABLE) // _PER_INITIAL)
        if _FIRST_SYLLABLE <= ord(char) <= _LAST_SYLLABLE
        else char
        for char in word
    )
