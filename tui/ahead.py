"""Documents that are opened before they are asked for, so that going to the next one only paints it."""

from __future__ import annotations

from collections import Counter, OrderedDict
from typing import NamedTuple

from corpus.library import Library
from corpus.model import Document
from corpus.threads import Thread
from tui.view.article import quotations

KEPT = 8
"""Documents that are held open: the one that is read, its neighbour, and some of those just left."""


class Opened(NamedTuple):
    """A document as the index has it, with what the panes work out of it; `quoted` counts quotations by ¶."""

    document: Document
    thread: Thread
    quoted: Counter[int]


class Ahead:
    """Opens documents, and holds the last ones while the index stays as it is."""

    def __init__(self, library: Library) -> None:
        """Open documents of `library`."""
        self._library = library
        self._generation: object = None
        self._held: OrderedDict[str, Opened] = OrderedDict()

    def open(self, name: str) -> Opened:
        """Return a document by its id. Raises KeyError."""
        generation = self._library.readers.generation()
        if generation != self._generation:
            self._generation = generation
            self._held.clear()
        found = self._held.get(name)
        if found is None:
            document = self._library.document(name)
            found = self._held[name] = Opened(document, Thread(document), quotations(document))
            if len(self._held) > KEPT:
                self._held.popitem(last=False)
        else:
            self._held.move_to_end(name)
        return found
