"""The judgements about entities on disk: append-only lines in the file of corrections, which others write to as well."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.entities.corrections import Corrections, Judgement, line, parse, replay
from corpus.text import canonical_line

if TYPE_CHECKING:
    from corpus.entities.gazetteer import Gazetteer
    from corpus.storage import Storage


class Judgements:
    """What the user judged, replayed. Lines of the file that are not judgements about entities are left alone.

    Safe to use from several threads: they look through documents while the user goes on judging.
    """

    def __init__(self, path: Path, storage: Storage, shipped: Callable[[], Iterable[str]] = tuple) -> None:
        """Use the file at `path`, read when it is first needed; `shipped` gives the ids of the gazetteer."""
        self.path, self.storage, self._shipped = path, storage, shipped
        self._records: list[dict[str, Any]] | None = None
        self._corrections: Corrections | None = None
        self._mutex = threading.RLock()

    @property
    def records(self) -> Sequence[Judgement]:
        """The judgements in the order of the file."""
        with self._mutex:
            if self._records is None:
                self._records = self._read()
            return self._records

    @property
    def corrections(self) -> Corrections:
        """What the judgements come to; the same object until one is added."""
        with self._mutex:
            if self._corrections is None:
                self._corrections = self._replay(self.records)
            return self._corrections

    def with_more(self, judgements: Sequence[Judgement]) -> Corrections:
        """Return what the judgements would come to with these added; nothing is written."""
        return self._replay([*self.records, *judgements])

    def add(self, judgements: Sequence[Judgement]) -> tuple[int, ...]:
        """Write judgements and return their numbers, by which they are taken back.

        Raises OSError when they cannot be written; nothing has changed then.
        """
        stamp = self.storage.clock().isoformat()
        self.storage.make_folder(self.path.parent)
        with self._mutex:
            with self.storage.lock(self.path):
                # another reader may have added some: numbers count what stands in the file
                records = self._read()
                data = b"".join(line({"ts": stamp, **judgement}) for judgement in judgements)
                self.storage.append(self.path, data)
            first = len(records)
            self._records = records + parse(data.decode("utf-8").split("\n"))
            self._corrections = None
            return tuple(range(first, len(self._records)))

    def take_back(self, numbers: Iterable[int]) -> tuple[int, ...]:
        """Undo judgements; returns the numbers of the undoings, which may be taken back themselves. Raises OSError."""
        return self.add([{"op": "undo", "n": number} for number in numbers])

    def _replay(self, records: Sequence[Judgement]) -> Corrections:
        return replay(records, self._shipped()) if records else Corrections()

    def _read(self) -> list[dict[str, Any]]:
        try:
            data = self.storage.read(self.path)
        except OSError:
            return []
        # JSON leaves U+2028 and its like unescaped: only line feeds part lines
        return parse(data.decode("utf-8", "replace").split("\n"))


def corrected(gazetteer: Gazetteer, corrections: Corrections) -> Gazetteer:
    """Return the gazetteer with the names and types that the user gave; what was renamed keeps its old name as an alias."""
    from corpus.entities.gazetteer import Gazetteer
    from corpus.entities.rows import Row

    if not corrections.names and not corrections.types:
        return gazetteer
    rows = dict(gazetteer.rows)
    for entity, name in corrections.names.items():
        # the columns of the gazetteer are lists parted by semicolons
        name = canonical_line(name).replace(";", ",").replace("\t", " ")
        known = rows.get(entity)
        if known is None:
            rows[entity] = Row(entity, corrections.types.get(entity, "PERSON"), name)
        elif known.name != name:
            rows[entity] = known._replace(name=name, aliases=";".join(filter(None, (known.name, known.aliases))))
    for entity, kind in corrections.types.items():
        if entity in rows:
            rows[entity] = rows[entity]._replace(type=kind)
    return Gazetteer(rows.values(), gazetteer.problems)


def applied(judgements: Judgements, gazetteer: Gazetteer) -> tuple[Corrections, Gazetteer]:
    """Return what to apply to mentions, and the gazetteer by which to name them."""
    return judgements.corrections, corrected(gazetteer, judgements.corrections)
