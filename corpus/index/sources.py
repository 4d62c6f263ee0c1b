"""Where documents and mentions come from: the captures on disk, and who recognises names in them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Protocol

from corpus.model import Document, Mention, Problem


class Source(Protocol):
    """Where captures come from."""

    def find(self, roots: Sequence[Path]) -> Iterable[Path | Problem]:
        """Yield the captures under the roots."""
        ...

    def read(self, path: Path) -> Iterable[Document | Problem]:
        """Yield what one capture holds."""
        ...


class Captures:
    """The captures on disk, read by `corpus.read`."""

    def find(self, roots: Sequence[Path]) -> Iterator[Path | Problem]:
        """Yield the captures under the roots."""
        from corpus.read import find_captures

        return iter(find_captures(roots))

    def read(self, path: Path) -> Iterator[Document | Problem]:
        """Yield the documents of one capture, replies related, and what could not be read."""
        from corpus.read import read

        return read(path)


class Recognises(Protocol):
    """What finds the mentions of a document."""

    def recognise(self, document: Document) -> tuple[Mention, ...]:
        """Return the mentions."""
        ...
