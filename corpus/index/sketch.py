"""Telling texts that are nearly the same without comparing all with all: bottom-k sketches of word triples.

The smallest hashes of a text's triples are a sample that two nearly equal texts share for the most part
(Broder, On the resemblance and containment of documents, 1997).
"""

from __future__ import annotations

import zlib
from hashlib import blake2b

from corpus.index.tokens import words
from corpus.model import Document
from corpus.text import fold_text, spaced

SIZE = 24
"""Hashes kept of a text."""
SHARED = 8
"""So many of them must be the same before two texts are compared."""
SAME = 0.8
"""Share of the triples of both that two versions of a text have in common."""
LEAST = 12
"""Shorter texts, in triples, are never taken for versions of each other."""


def triples(title: str, body: str) -> set[int]:
    """Return hashes of all three words in a row, in any case, width and punctuation."""
    found = words(fold_text(f"{title}\n{body}"))
    crc = zlib.crc32
    return {
        crc(" ".join(three).encode("utf-8", "surrogatepass"))
        for three in zip(found, found[1:], found[2:], strict=False)
    }


def sketch_of(title: str, body: str) -> tuple[int, ...]:
    """Return the sketch of a text; empty for one that is too short to tell."""
    found = triples(title, body)
    return tuple(sorted(found)[:SIZE]) if len(found) >= LEAST else ()


def alike(one: set[int], two: set[int]) -> float:
    """Return the share of the triples of both that are in both."""
    return len(one & two) / len(one | two) if one and two else 0.0


def text_hash(document: Document) -> int:
    """Return what is the same for two documents with the same article, whatever stands under it."""
    text = spaced(fold_text(document.body or document.title))
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=7).digest(), "big")
