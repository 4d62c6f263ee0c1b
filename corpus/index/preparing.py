"""A document made ready for the index: its rows, and the terms that its passages are found by.

It needs nothing of the index, so that other processes can do it.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from corpus.index.fields import TIME, comment_terms, time_terms, title_terms
from corpus.index.records import Packed, pack, row_of
from corpus.index.sketch import sketch_of, text_hash
from corpus.index.tokens import index_terms
from corpus.model import Document, Problem
from corpus.text import canonical_line

if TYPE_CHECKING:
    from corpus.judged import Judged

Terms = tuple[Iterable[str], Iterable[str]]
"""The terms of a passage, and the words that it adds to the vocabulary."""


class Prepared(NamedTuple):
    """A document as the index keeps it.

    `row` are columns of `doc`; `terms` is read by `unpack_terms`; `sketch` tells nearly equal texts, for
    documents without a URL.
    """

    row: dict[str, Any]
    packed: Packed
    terms: bytes
    sketch: tuple[int, ...]


def prepare(document: Document, path: str) -> Prepared:
    """Return what the index keeps of a document that was read from `path`.

    Raises ValueError, OverflowError or RecursionError for one that cannot be kept.
    """
    packed = pack(document, path)
    row = {**row_of(document, packed), "text_hash": text_hash(document)}
    facts = {**row, "language": document.language}
    terms = pack_terms(passage_terms(facts, ((text, rest) for text, rest, _ in packed.passages)))
    return Prepared(row, packed, terms, () if document.url else sketch_of(document.title, document.body))


def try_prepare(document: Document, path: str) -> Prepared | Problem:
    """Do the same; a document that the index cannot hold is a problem."""
    try:
        return prepare(document, path)
    except (ValueError, OverflowError, RecursionError):
        return Problem(canonical_line(path, 4096), f"“{document.title[:60]}” could not be kept in the index")


def prepare_plain(document: Document, path: str) -> tuple[object, ...] | Problem:
    """Do the same for a pipe: nothing but tuples, mappings, texts and numbers."""
    found = try_prepare(document, path)
    if isinstance(found, Problem):
        return found
    row, packed, *rest = found
    return row, tuple(packed), *rest


def prepare_judged(make: Callable[[], Judged], document: Document, path: str) -> tuple[object, ...] | Problem:
    """Do the same for a document with what is known of it besides, as `make` returns that."""
    return prepare_plain(make().document(Path(path), document), path)


def from_plain(value: tuple[Any, ...]) -> Prepared:
    """Return what `prepare_plain` was made of."""
    row, packed, *rest = value
    return Prepared(row, Packed(*packed), *rest)


def passage_terms(facts: Mapping[str, Any], passages: Iterable[tuple[str, str]]) -> Iterator[tuple[set[str], set[str]]]:
    """Yield for each passage of a document the terms that it is found by, and the words among them.

    Args:
        facts: title, author, outlet, language, published, saved and number of paragraphs of the document.
        passages: text and rest of each, as `records.pack` makes them.
    """
    when = time_terms(TIME, facts["published"])
    for number, (text, rest) in enumerate(passages):
        if number == 0:
            terms, words = index_terms((text, facts["author"], facts["outlet"]))
            terms.update(title_terms(facts))
        elif number <= facts["paragraphs"]:
            terms, words = index_terms((text,))
            terms.update(when)
        else:
            said = json.loads(rest)
            terms, words = index_terms((text, said.get("author") or "", said.get("title") or ""))
            terms.update(comment_terms(said))
        yield terms, words


def pack_terms(passages: Iterable[tuple[set[str], set[str]]]) -> bytes:
    """Return the terms of a document's passages in little room: common words, other terms, other words of each."""
    lines = []
    for terms, words in passages:
        lines.append("\t".join((" ".join(terms & words), " ".join(terms - words), " ".join(words - terms))))
    return zlib.compress("\n".join(lines).encode("utf-8", "surrogatepass"), 1)


def unpack_terms(packed: bytes) -> Iterator[Terms]:
    """Yield what was packed, for each passage."""
    for line in zlib.decompress(packed).decode("utf-8", "surrogatepass").split("\n"):
        both, terms, words = line.split("\t")
        shared = both.split(" ") if both else []
        yield shared + terms.split(" ") if terms else shared, shared + words.split(" ") if words else shared
