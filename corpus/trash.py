"""The trash: captures of our own folder that the user took out of the library, to be put back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from corpus.ledger import Ledger

if TYPE_CHECKING:
    from corpus.paths import Folders
    from corpus.storage import Storage


class TrashError(Exception):
    """A capture was not moved; the message is a sentence for the user."""


class Trashed(NamedTuple):
    """A capture in the trash: its name there, and where in the captures folder it came from."""

    name: str
    path: str


class Trash:
    """Moves captures out of the captures folder and back; files outside of it are never touched."""

    def __init__(self, folders: Folders, storage: Storage, ledger: Ledger | None = None) -> None:
        """Use the captures and the trash of `folders`; `ledger` is theirs, made here where None."""
        self.folders, self.storage = folders, storage
        self.ledger = ledger or Ledger(folders.ledger, storage)

    def holds(self, path: Path) -> bool:
        """Tell whether a path lies in the captures folder, and so may be moved to the trash."""
        return self._within(path) is not None

    def _within(self, path: Path) -> Path | None:
        try:
            return path.resolve().relative_to(self.folders.captures.resolve())
        except (ValueError, OSError):
            return None

    def listed(self) -> list[Trashed]:
        """Return what is in the trash, the last moved last."""
        there = set(self.storage.names(self.folders.trash))
        return [Trashed(name, path) for name, path in self.ledger.trash.items() if name in there]

    def remove(self, path: Path) -> Trashed:
        """Move a capture to the trash.

        Raises TrashError: it lies outside of the captures folder, is no file there, or cannot be moved.
        """
        place = self._within(path)
        if place is None or place == Path():
            raise TrashError(f"{path} is not in your captures folder, so it stays where it is.")
        real = self.folders.captures.resolve() / place
        if not real.is_file():
            raise TrashError(f"There is no capture {place.as_posix()} in your captures folder.")
        try:
            moved = self.storage.move_in(real, self.folders.trash, real.name)
        except OSError as error:
            raise TrashError(f"{place.as_posix()} could not be moved: {error.strerror or error}.") from error
        try:
            self.ledger.moved("trash", place.as_posix(), moved.name)
        except OSError as error:
            self.storage.move_in(moved, real.parent, real.name)
            raise TrashError(f"The move could not be written down: {error.strerror or error}.") from error
        return Trashed(moved.name, place.as_posix())

    def restore(self, name: str) -> Path:
        """Put a capture back where it was; another that has taken its name since keeps it.

        Args:
            name: its name in the trash, or the one that it had.

        Raises TrashError: there is none of that name, or several, or it cannot be moved.
        """
        found = [item for item in self.listed() if name in (item.name, item.path)]
        found = [item for item in found if item.name == name] or found
        if len(found) != 1:
            names = ", ".join(item.name for item in found)
            said = f"Several captures in the trash had that name: {names}." if found else f"There is no {name} there."
            raise TrashError(said if found else f"{said} add --list-trash lists what is in the trash.")
        item, place = found[0], Path(found[0].path)
        if place.is_absolute() or ".." in place.parts:
            place = Path(item.name)
        try:
            back = self.storage.move_in(
                self.folders.trash / item.name, self.folders.captures / place.parent, place.name
            )
            self.ledger.moved("restore", item.path, item.name)
        except OSError as error:
            raise TrashError(f"{item.name} could not be put back: {error.strerror or error}.") from error
        return back
