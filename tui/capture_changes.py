"""How captures are read, and the captures that are thrown away: a part of the session."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from corpus.index.sources import Captures
from corpus.model import Document
from tui.options import ReaderOptions
from tui.undo import UndoLog

if TYPE_CHECKING:
    from pathlib import Path

    from corpus.library import Library
    from corpus.readings import Correction, Readings
    from corpus.storage import Storage
    from corpus.trash import Trash


class CaptureChanges:
    """Corrects how captures are read, finds their files and moves them to the trash."""

    options: ReaderOptions
    undo: UndoLog

    if TYPE_CHECKING:

        @cached_property
        def library(self) -> Library: ...

        @cached_property
        def storage(self) -> Storage: ...

    @cached_property
    def readings(self) -> Readings:
        """The user's corrections of how captures were read."""
        from corpus.readings import Readings

        return Readings(self.options.folders.corrections, self.storage)

    @cached_property
    def said_at_first(self) -> dict[str, tuple[object, ...]]:
        """What had been said of documents when the session began."""
        return {name: tuple(map(str, found)) for name, found in self.readings.by_document().items()}

    def said_of(self, document: str) -> tuple[object, ...]:
        """Return what is said of how a document is read."""
        return tuple(map(str, self.readings.of(document)))

    def correct(self, label: str, correction: Correction) -> None:
        """Correct how a document was read; undoable. Raises OSError when it cannot be written."""
        _ = self.said_at_first
        numbers = self.readings.add([correction])

        def turn() -> None:
            nonlocal numbers
            numbers = self.readings.take_back(numbers)

        self.undo.did(label, turn, turn)

    def as_if(self, document: Document, correction: Correction) -> Document:
        """Return the document as it would be read with one more correction; nothing is written."""
        from corpus.rereading import corrected

        return corrected(document, [correction], lambda: self._text_of(document))

    def _text_of(self, document: Document) -> str | None:
        from corpus.raw import RawError, decoded

        path = self.capture_of(document)
        try:
            return decoded(path, document.capture.member if document.capture else None).text if path else None
        except RawError:
            return None

    def capture_of(self, document: Document) -> Path | None:
        """Return the file that the document was read from; None where it is gone."""
        from pathlib import Path

        found = [Path(version.path) for version in self.library.versions(document.id) if version.shown]
        found += [Path(version.path) for version in self.library.versions(document.id)]
        return next((path for path in found if path.is_file()), None)

    def reread(self, document: Document) -> Document | None:
        """Read a document from its capture with what is said of it now; blocking, for a worker."""
        from corpus.judged import Judged

        path = self.capture_of(document)
        if path is None:
            return None
        source = Captures(lambda: Judged(self.options.folders, self.storage))
        found = (item for item in source.read(path) if isinstance(item, Document) and item.id == document.id)
        return next(found, None)

    @cached_property
    def trash(self) -> Trash:
        """Captures that were taken out of the library."""
        from corpus.trash import Trash

        return Trash(self.options.folders, self.storage)

    def move_to_trash(self, path: Path) -> str:
        """Move a capture to the trash and return its name there; undoable. Raises TrashError."""
        name = self.trash.remove(path).name
        back = path

        def restore() -> None:
            nonlocal back
            back = self.trash.restore(name)

        def remove() -> None:
            nonlocal name
            name = self.trash.remove(back).name

        self.undo.did("moved to the trash", restore, remove)
        return name
