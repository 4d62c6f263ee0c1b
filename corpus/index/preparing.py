"""A document made ready for the index: its rows, and what its passages are found by.

It needs nothing of the index, so that other processes can do it.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from corpus.index.finding import found_by
from corpus.index.outlines import Outlined, outlined
from corpus.index.records import Packed, pack, row_of
from corpus.index.sketch import sketch_of
from corpus.model import Document, Problem
from corpus.text import canonical_line

if TYPE_CHECKING:
    from corpus.judged import Judged


class Prepared(NamedTuple):
    """A document as the index keeps it.

    `row` are columns of `doc`; `found_by` is what `finding.found_by` returns; `outlined` tells documents about one
    event; `sketch` tells nearly equal texts, for documents without a URL.
    """

    row: dict[str, Any]
    packed: Packed
    found_by: str
    outlined: Outlined
    sketch: tuple[int, ...]


def prepare(document: Document, path: str) -> Prepared:
    """Return what the index keeps of a document that was read from `path`.

    Raises ValueError, OverflowError or RecursionError for one that cannot be kept.
    """
    packed = pack(document, path)
    row = row_of(document, packed, path)
    lines = found_by({**row, "language": document.language}, [passage[:2] for passage in packed.passages])
    sketch = () if document.url else sketch_of(document.title, document.body)
    return Prepared(row, packed, lines, outlined(row["title"], document), sketch)


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
    row, packed, lines, outline, sketch = found
    return row, tuple(packed), lines, tuple(outline), sketch


def prepare_judged(make: Callable[[], Judged], document: Document, path: str) -> tuple[object, ...] | Problem:
    """Do the same for a document with what is known of it besides, as `make` returns that."""
    return prepare_plain(make().document(Path(path), document), path)


def from_plain(value: tuple[Any, ...]) -> Prepared:
    """Return what `prepare_plain` was made of."""
    row, packed, lines, outline, sketch = value
    return Prepared(row, Packed(*packed), lines, Outlined(*outline), sketch)
