"""What tells documents about one event: hashes of the words of the title and of phrases at the beginning of the article.

The hashes are the same in every process, so that they can be kept.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Iterable
from typing import NamedTuple
from zlib import crc32

from corpus.index.tokens import words
from corpus.model import Document
from corpus.text import fold_text

BEGINNING = 240
"""Code points of the article's first paragraph whose phrases count."""
LONG, LONG_HANGUL = 7, 3
"""Letters of the words at which a phrase begins: the same ones in every copy, and a quarter of all."""
PHRASES = 10


class Outlined(NamedTuple):
    """Features of a document, as `pack` makes them: words of its title, phrases of its beginning."""

    words: bytes
    phrases: bytes


def outlined(title: str, document: Document) -> Outlined:
    """Return the features of a document that is listed under `title`."""
    beginning = document.paragraphs[0].text[:BEGINNING] if document.paragraphs else ""
    return Outlined(pack(map(feature, words(fold_text(title)))), pack(_phrases(beginning)))


def feature(text: str) -> int:
    """Return the hash of a feature, a word or a name."""
    return crc32(text.encode("utf-8", "surrogatepass"))


def _phrases(text: str) -> Iterable[int]:
    """Yield hashes of some runs of three words."""
    said = words(fold_text(text))
    places = [
        at
        for at, word in enumerate(said[:-2])
        if len(word) >= LONG or (len(word) >= LONG_HANGUL and not word.isascii())
    ] or range(len(said) - 2)
    return (feature(" ".join(said[at : at + 3])) for at in places[:PHRASES])


def pack(hashes: Iterable[int]) -> bytes:
    """Return hashes as bytes."""
    found = array("I", sorted(set(hashes)))
    if sys.byteorder == "big":
        found.byteswap()
    return found.tobytes()


def unpack(packed: bytes) -> array[int]:
    """Return what was packed. Raises ValueError for bytes that are none of ours."""
    found = array("I")
    found.frombytes(packed)
    if sys.byteorder == "big":
        found.byteswap()
    return found
