"""Finding the names in documents, the newest first: a pass of its own, which goes on where it was stopped."""

from __future__ import annotations

import pickle
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import cast

from corpus.index.feeding import processes
from corpus.index.helpers import HelperError, Helpers
from corpus.index.mentions import Recognised, Writing, count_mentions
from corpus.index.schema import open_reader
from corpus.index.sources import Recognises
from corpus.index.union import load_union
from corpus.index.work import MuchError, Work

FEW = 40
"""So many documents are looked through beside somebody who reads."""
MUCH = 200
"""With more documents to look through, other processes do it."""
BATCH = 20

_UNRECOGNISED = "SELECT key FROM doc WHERE recognised = 0 AND shown = 1 ORDER BY date DESC, key"
Done = Iterable[tuple[int, Recognised]]


class Recogniser:
    """Who finds names, made when it is first needed: `given` finds them, or makes what does, or is None."""

    def __init__(self, given: Recognises | Callable[[], Recognises] | None) -> None:
        """Make nothing yet."""
        self.is_there = given is not None
        # a class makes what it makes, though it has the method as well
        makes = callable(given) and (isinstance(given, type) or not hasattr(given, "recognise"))
        self.make = cast("Callable[[], Recognises]", given) if makes else None
        self._made = None if self.make else cast("Recognises | None", given)

    def get(self) -> Recognises:
        """Return what finds names."""
        if self._made is None:
            assert self.make is not None
            self._made = self.make()
        return self._made

    @property
    def fingerprint(self) -> str:
        """What changes when the same texts would be recognised otherwise."""
        made = self.get()
        return str(getattr(made, "version", ""))


def recognise_all(
    work: Work, recogniser: Recogniser, note: Callable[[int], None], *, apart: bool, little: bool
) -> None:
    """Look through the documents that were not looked through yet.

    Args:
        work: the refresh at hand.
        recogniser: finds mentions.
        note: is told of each document that was looked through.
        apart: whether other processes may help with many; what makes the recogniser goes through a pipe then.
        little: whether to raise MuchError where there are many.
    """
    connection, fingerprint = work.connection, recogniser.fingerprint
    if work.get("recogniser") != fingerprint:
        work.begin()
        connection.execute("UPDATE doc SET recognised = 0 WHERE document IS NOT NULL")
        work.set("recogniser", fingerprint)
        work.commit()
    keys = [key for (key,) in connection.execute(_UNRECOGNISED)]
    if little and len(keys) > FEW:
        raise MuchError
    total = connection.execute("SELECT count(*) FROM doc WHERE shown = 1 AND document IS NOT NULL").fetchone()[0]
    work.start("recognising", total, total - len(keys))
    try:
        if apart and recogniser.make and len(keys) > MUCH:
            _write(work, _apart(connection, recogniser.make, keys), note)
            return
    except (HelperError, OSError, pickle.PicklingError, AttributeError, TypeError):
        # what was wrong shows when it is done here
        work.commit()
        keys = [key for (key,) in connection.execute(_UNRECOGNISED)]
    _write(work, ([(key, recognise(recogniser.get(), connection, key))] for key in keys), note)


def _write(work: Work, found: Iterator[Done], note: Callable[[int], None]) -> None:
    writing = Writing(work.connection)
    work.before_commit = writing.finish
    for batch in found:
        work.begin()
        for key, recognised in batch:
            writing.write(key, recognised)
            note(key)
            work.done += 1
        work.check()
        if work.is_long:
            work.commit()
    work.commit()


def _apart(connection: sqlite3.Connection, make: Callable[[], Recognises], keys: Sequence[int]) -> Iterator[Done]:
    path = connection.execute("PRAGMA database_list").fetchone()[2]
    batches = (list(keys[at : at + BATCH]) for at in range(0, len(keys), BATCH))
    with Helpers(processes(), Helping, (path, make)) as helpers:
        yield from helpers.map(batches)


class Helping:
    """Finds names in another process, over a connection of its own."""

    def __init__(self, path: str, make: Callable[[], Recognises]) -> None:
        """Open the index at `path`."""
        self._connection, self._recogniser = open_reader(Path(path)), make()

    def __call__(self, keys: Sequence[int]) -> list[tuple[int, Recognised]]:
        """Look through documents."""
        return [(key, recognise(self._recogniser, self._connection, key)) for key in keys]


def recognise(recogniser: Recognises, connection: sqlite3.Connection, key: int) -> Recognised:
    """Return what is recognised in a document, nothing where the recogniser fails: one odd text must not stop the rest.

    Raises sqlite3.Error and records.DamagedError.
    """
    document = load_union(connection, key)
    try:
        return count_mentions(recogniser.recognise(document))
    except (sqlite3.Error, MemoryError):
        raise
    except Exception:
        return count_mentions(())
