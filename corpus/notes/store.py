"""The only writer of notes.

Changes are applied to the file as it is re-read under its lock; what this process remembers is never written
over what another wrote. A file that is not understood is set aside, never overwritten.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from corpus.filesystem import Stamp
from corpus.notes.annotation import Annotation, Creator, Tag
from corpus.notes.backups import Backups
from corpus.notes.changes import Change, Outcome, Put, apply_changes, counted
from corpus.notes.errors import NotSavedError, reason_of
from corpus.notes.file import (
    VERSION,
    NewerVersionError,
    NotesFile,
    NotUnderstoodError,
    encode,
    entry,
    parse,
    with_entries,
)
from corpus.notes.salvage import rebuild
from corpus.notes.texts import Texts
from corpus.notes.unsaved import Unsaved
from corpus.storage import Storage


@dataclass(frozen=True, slots=True)
class Saved:
    """What a save came to: see `corpus.notes.changes.Outcome`."""

    annotations: Mapping[str, Annotation | None] = field(default_factory=dict)
    revisions: Mapping[str, int] = field(default_factory=dict)
    messages: tuple[str, ...] = ()


class NoteStore:
    """The notes in one file, shared with other readers of the same file. Safe to use from several threads."""

    def __init__(
        self,
        path: Path,
        storage: Storage,
        texts_folder: Path,
        backups_folder: Path,
        *,
        creator: Creator | None = None,
        drafts_folder: Path | None = None,
    ) -> None:
        """Name the places; nothing is read or made yet. `drafts_folder` takes copies of notes that cannot be saved."""
        self.path, self.creator, self.read_only = path, creator, False
        self._storage, self._texts = storage, Texts(texts_folder, storage)
        self._backups = Backups(path, backups_folder, storage)
        self._unsaved = Unsaved(drafts_folder, storage)
        self._mutex = threading.RLock()
        self._file = NotesFile()
        self._data: bytes | None = None
        self._stamp: Stamp | None = None
        self._pending: dict[str, Change] = {}
        self._view: dict[str, Annotation] | None = None
        self._by_document: tuple[dict[str, Annotation], dict[str, tuple[Annotation, ...]]] | None = None
        self._set_aside_data: bytes | None = None

    def load(self) -> list[str]:
        """Read the file and return sentences for the user about what was found odd; never raises.

        A file that is not understood is set aside with its bytes unchanged, and what can be read of it, of this
        process's memory and of the newest backup is put in its place.
        """
        with self._mutex:
            try:
                return self._load()
            except OSError as error:
                return [f"{self.path.name} could not be read: {reason_of(error)}."]

    def apply(self, changes: Sequence[Change]) -> Saved:
        """Write changes, and those that could not be written before. All of them are safe on return.

        Raises NotSavedError: the file is as it was, and the changes show in this store until they can be written.
        """
        with self._mutex:
            before = dict(self._pending)
            for change in changes:
                self._remember(change)
            self._view = None
            try:
                outcome, messages = self._save(list(self._pending.values()))
            except OSError as error:
                raise self._not_saved(f"{self.path.name} could not be written: {reason_of(error)}") from error
            except NewerVersionError as error:
                self.read_only = True
                raise self._not_saved(self._newer(error)) from error
            except BaseException:
                self._pending = before
                raise
            self._pending.clear()
            self._unsaved.drop()
            return Saved(outcome.annotations, outcome.revisions, (*messages, *outcome.messages))

    @property
    def annotations(self) -> tuple[Annotation, ...]:
        """All annotations in the order of the file, with those that are not yet written."""
        return tuple(self._current().values())

    @property
    def unsaved(self) -> tuple[str, ...]:
        """The ids of changes that could not be written yet."""
        return tuple(self._pending)

    @property
    def mark(self) -> Stamp | None:
        """The state of the file as last read or written, for `changed_since`."""
        return self._stamp

    def get(self, name: str) -> Annotation | None:
        """Return the annotation with this id."""
        return self._current().get(name)

    def by_document(self, document: str) -> tuple[Annotation, ...]:
        """Return the annotations about a document, in the order of the file."""
        with self._mutex:
            current = self._current()
            if self._by_document is None or self._by_document[0] is not current:
                index: dict[str, list[Annotation]] = {}
                for found in current.values():
                    for name in found.documents:
                        index.setdefault(name, []).append(found)
                self._by_document = current, {name: tuple(items) for name, items in index.items()}
            return self._by_document[1].get(document, ())

    def tags(self) -> dict[Tag, int]:
        """Return the tags in use with the number of annotations each, the most used first."""
        counts: dict[Tag, int] = {}
        for found in self.annotations:
            for tag in found.tags:
                counts[tag] = counts.get(tag, 0) + 1
        return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0].name)))

    def tag_ids(self) -> dict[str, str]:
        """Return the id of each tag by its name, as `annotate` and `with_tags` take it."""
        return {tag.name: tag.id for tag in reversed(list(self.tags())) if tag.id}

    def changed_since(self, mark: Stamp | None) -> bool:
        """Tell whether somebody else wrote the file since `mark`, without reading it."""
        return self._storage.stamp(self.path) != mark

    def text(self, sha256: str) -> str | None:
        """Return a text that notes point into, as it was when they were made; None when it was not kept."""
        return self._texts.get(sha256)

    def recover(self) -> list[str]:
        """Write notes that an earlier session could not save; return sentences for the user."""
        messages = []
        for path in self._unsaved.earlier():
            try:
                found = self._unsaved.read(path)
                self.apply(found)
                self._storage.remove(path)
            except (OSError, ValueError, NotSavedError):
                messages.append(f"Unsaved notes of an earlier session are still in {path}.")
            else:
                messages.append(f"{_count(len(found))} that could not be saved last time: saved now.")
        return messages

    def _current(self) -> dict[str, Annotation]:
        with self._mutex:
            if self._view is None:
                view = dict(self._file.annotations)
                for name, change in self._pending.items():
                    if isinstance(change, Put):
                        view[name] = change.annotation
                    else:
                        view.pop(name, None)
                self._view = view
            return self._view

    def _remember(self, change: Change) -> None:
        earlier = self._pending.pop(change.id, None)
        if isinstance(change, Put) and isinstance(earlier, Put):
            texts = tuple(dict.fromkeys((*earlier.texts, *change.texts)))
            change = replace(change, texts=texts, base=min(earlier.start, change.start))
        self._pending[change.id] = change

    def _load(self) -> list[str]:
        stamp, data = self._read()
        self._stamp, self.read_only = stamp, False
        if data is None and self._file.entries:
            return [f"{self.path.name} is gone; its notes are kept in memory and written again with the next change."]
        try:
            file = self._parse(data)
        except NewerVersionError as error:
            self.read_only = True
            readable = with_entries(NotesFile(), map(entry, error.readable))
            self._file, self._data, self._view = readable, None, None
            return [self._newer(error) + "."]
        except NotUnderstoodError:
            return self._repair()
        self._adopt(counted(file, self._file), data, stamp)
        if file.odd:
            return [f"{file.odd} entries in {self.path.name} are not understood; they are kept as they are."]
        return []

    def _read(self) -> tuple[Stamp | None, bytes | None]:
        stamp = self._storage.stamp(self.path)
        try:
            return stamp, self._storage.read(self.path)
        except FileNotFoundError:
            return stamp, None

    def _parse(self, data: bytes | None) -> NotesFile:
        if data is not None and data == self._data:
            return self._file
        return NotesFile() if data is None else parse(data, self._file.blocks)

    def _adopt(self, file: NotesFile, data: bytes | None, stamp: Stamp | None) -> None:
        self._file, self._data, self._stamp, self._view = file, data, stamp, None

    def _repair(self) -> list[str]:
        with self._storage.lock(self.path):
            stamp, data = self._read()
            file, messages = self._understand(data)
            if messages:
                self._write(file)
            else:
                self._adopt(file, data, stamp)
        return messages

    def _understand(self, data: bytes | None) -> tuple[NotesFile, list[str]]:
        """Return the notes to go on with, and what had to be done for it; the lock is held."""
        if data is None and self._file.entries:
            return self._file, [f"{self.path.name} was gone; it was written again with all notes of this session."]
        try:
            return counted(self._parse(data), self._file), []
        except NotUnderstoodError as error:
            reason = str(error)
        if data == self._set_aside_data:
            return self._file, [f"{self.path.name} was set aside earlier and is written anew."]
        backup = self._backups.newest()
        others = [self._file, *([backup[0]] if backup else [])]
        file, read, added = rebuild(data or b"", others)
        kept = self._storage.set_aside(self.path, f"{self.path.name} was not understood: {reason}.", leave=True)
        # if writing fails after this, the next attempt goes on from here
        self._file, self._data, self._view, self._set_aside_data = file, None, None, data
        message = f"{self.path.name} was not understood ({reason}) and was set aside as {kept.name}; "
        message += f"{_count(read)} could be read from it"
        if added:
            message += f", {_count(added)} were added from memory or the backup of {backup[1] if backup else 'today'}"
        return file, [message + "."]

    def _save(self, changes: list[Change]) -> tuple[Outcome, list[str]]:
        for text in (text for change in changes if isinstance(change, Put) for text in change.texts):
            self._texts.keep(text)
        with self._storage.lock(self.path):
            stamp, data = self._read()
            memory = self._file.annotations
            file, messages = self._understand(data)
            outcome = apply_changes(file, changes, memory, self._storage.clock(), self.creator)
            if outcome.changed or messages:
                self._write(outcome.file)
            else:
                self._adopt(file, data, stamp)
        return outcome, messages

    def _write(self, file: NotesFile) -> None:
        data = encode(file)
        # what was set aside is kept already, and is no state to go back to
        backup = self._backups.keep() if self._set_aside_data is None else None
        try:
            self._storage.write(self.path, data)
        except OSError:
            self._backups.forget(backup)
            raise
        self._backups.prune()
        self._adopt(file, data, self._storage.stamp(self.path))
        self.read_only, self._set_aside_data = False, None

    def _not_saved(self, why: str) -> NotSavedError:
        recovery = self._unsaved.keep(change for change in self._pending.values() if isinstance(change, Put))
        kept = f"in memory and in {recovery}" if recovery else "in memory"
        return NotSavedError(f"{why}; your changes are kept {kept}.", recovery)

    def _newer(self, error: NewerVersionError) -> str:
        return (
            f"{self.path.name} was written by a newer korea-reader (notes version {error.version}, "
            f"this one knows {VERSION}) and can be read here but not changed"
        )


def _count(number: int) -> str:
    return "1 note" if number == 1 else f"{number} notes"
