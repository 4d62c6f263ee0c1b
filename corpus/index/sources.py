"""Where documents and mentions come from: the captures on disk, and who recognises names in them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from corpus.model import Document, Mention, Problem

if TYPE_CHECKING:
    from corpus.judged import Judged


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

    def __init__(self, make_judged: Callable[[], Judged] | None = None) -> None:
        """Lay what `make_judged` returns, what is known of captures besides, over what is read of them."""
        self.make_judged = make_judged

    @cached_property
    def judged(self) -> Judged | None:
        """What is known besides; made when it is first needed."""
        return self.make_judged() if self.make_judged else None

    def fingerprints(self) -> Mapping[str, str]:
        """Return, by document, what changes when the user says something else of it."""
        if self.judged is None:
            return {}
        self.judged.renew()
        return self.judged.fingerprints()

    def find(self, roots: Sequence[Path]) -> Iterator[Path | Problem]:
        """Yield the captures under the roots."""
        from corpus.read import find_captures

        return iter(find_captures(roots))

    def read(self, path: Path) -> Iterator[Document | Problem]:
        """Yield the documents of one capture, replies related, and what could not be read."""
        from corpus.read import read

        return self.judged.finished(path, read(path)) if self.judged else read(path)


class Recognises(Protocol):
    """What finds the mentions of a document."""

    def recognise(self, document: Document) -> tuple[Mention, ...]:
        """Return the mentions."""
        ...


class Names:
    """Makes what finds names: in this process as `here` does, in others by the user's own file and the setting `ner`."""

    def __init__(self, own: Path | None, ner: str | None = None, here: Callable[[], Recognises] | None = None) -> None:
        """Make nothing yet."""
        self._own, self._ner, self._here = own, ner, here

    def __call__(self) -> Recognises:
        """Return what finds names."""
        if self._here:
            return self._here()
        from corpus.entities.gazetteer import Gazetteer
        from corpus.entities.ner import find_adapter
        from corpus.entities.recognise import Recogniser

        adapter, _ = find_adapter(self._ner)
        return Recogniser(Gazetteer.load(self._own), adapters=[adapter] if adapter else [])

    def __reduce__(self) -> tuple[type[Names], tuple[Path | None, str | None]]:
        return Names, (self._own, self._ner)
