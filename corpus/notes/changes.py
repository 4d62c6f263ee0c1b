"""Changes to notes, and what they come to when somebody else changed the same file: nothing typed is dropped."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from corpus.model import Document
from corpus.notes.annotation import Annotation, Creator, as_list, is_note, is_tag, utc
from corpus.notes.file import Entry, NotesFile, entry, with_entries

TOMBSTONE_DAYS = 30
_UNCOMPARED = ("kr:revision", "modified", "created")


@dataclass(frozen=True, slots=True)
class Put:
    """Write an annotation, new or changed.

    `base` is the revision that the change was made from, that of the annotation itself unless given (an undo
    puts an old content on top of the newest revision). `texts` are the whole texts that it points into.
    """

    annotation: Annotation
    texts: tuple[str, ...] = ()
    base: int | None = None

    @property
    def id(self) -> str:
        """The id of the annotation."""
        return self.annotation.id

    @property
    def start(self) -> int:
        """The revision that the change was made from."""
        return self.annotation.revision if self.base is None else self.base


@dataclass(frozen=True, slots=True)
class Delete:
    """Delete an annotation; with `base`, only if it is still of that revision."""

    id: str
    base: int | None = None


Change = Put | Delete


def put(annotation: Annotation, document: Document, base: int | None = None) -> Put:
    """Return the change that writes `annotation` with the texts of `document` that it points into."""
    texts = []
    for target in annotation.targets:
        if target.document == document.id and target.part:
            with suppress(KeyError):
                texts.append(document.text(target.part, target.comment))
    return Put(annotation, tuple(dict.fromkeys(texts)), base)


@dataclass
class Outcome:
    """What changes came to.

    `annotations` holds each changed id as it now stands, None when deleted; `revisions` the number that a
    next change starts from, for undo; `messages` are sentences for the user.
    """

    file: NotesFile
    annotations: dict[str, Annotation | None] = field(default_factory=dict)
    revisions: dict[str, int] = field(default_factory=dict)
    messages: list[str] = field(default_factory=list)
    changed: bool = False


def apply_changes(
    file: NotesFile,
    changes: Sequence[Change],
    memory: Mapping[str, Annotation],
    now: datetime,
    creator: Creator | None = None,
) -> Outcome:
    """Apply changes to the file as it now is.

    Args:
        memory: the annotations as they were when the changes were made, for telling who changed what.
        now: aware; tombstones older than 30 days go.
        creator: entered where a new annotation has none.
    """
    return _Applying(file, memory, now, creator).run(changes)


def counted(file: NotesFile, memory: NotesFile) -> NotesFile:
    """Return the file with the revisions that its notes have, counting changes made by hand."""
    if file is memory or not memory.entries:
        return file
    entries = []
    for item in file.entries:
        mine = memory.annotations.get(item.annotation.id) if item.annotation else None
        if item.annotation and mine and mine is not item.annotation:
            revision = _effective_revision(item.annotation, mine)
            if revision != item.annotation.revision:
                item = Entry(item.raw, Annotation({**item.annotation.record, "kr:revision": revision}))
        entries.append(item)
    return NotesFile(file.head, file.page, tuple(entries))


def _effective_revision(theirs: Annotation, mine: Annotation | None) -> int:
    """Return the revision of a note in the file, counting a change that somebody made without counting it."""
    if mine is None or mine is theirs:
        return theirs.revision
    return max(theirs.revision, mine.revision + (not same_content(theirs, mine)))


def same_content(one: Annotation, other: Annotation) -> bool:
    """Tell whether two states of a note say the same; times and revision apart."""
    return _content(one) == _content(other)


class _Applying:
    def __init__(
        self, file: NotesFile, memory: Mapping[str, Annotation], now: datetime, creator: Creator | None
    ) -> None:
        self.file, self.memory, self.now, self.creator = file, memory, now, creator
        self.entries: dict[str | int, Entry] = {
            item.annotation.id if item.annotation else at: item for at, item in enumerate(file.entries)
        }
        self.graves = [grave for grave in file.head.get("kr:deleted", []) if not _is_old(grave, now)]
        self.outcome = Outcome(file)
        self._tag_ids: dict[str, str] | None = None

    def run(self, changes: Sequence[Change]) -> Outcome:
        for change in changes:
            if isinstance(change, Put):
                self._put(change)
            else:
                self._delete(change)
        self.outcome.file = with_entries(self.file, self.entries.values(), self.graves)
        return self.outcome

    def _theirs(self, name: str) -> Annotation | None:
        found = self.entries.get(name)
        return found.annotation if found else None

    def _grave(self, name: str) -> Mapping[str, Any] | None:
        return next((grave for grave in self.graves if isinstance(grave, dict) and grave.get("id") == name), None)

    def _write(self, annotation: Annotation, revision: int) -> None:
        record = {**annotation.record, "kr:revision": revision}
        written = Annotation(self._with_known_tags(record))
        self.entries[annotation.id] = entry(written)
        if self._tag_ids is not None:
            self._tag_ids |= {tag.name: tag.id for tag in written.tags if tag.id}
        self._done(annotation.id, written, revision)
        self.outcome.changed = True

    def _done(self, name: str, annotation: Annotation | None, revision: int) -> None:
        self.outcome.annotations[name], self.outcome.revisions[name] = annotation, revision

    def _put(self, put: Put) -> None:
        theirs = self._theirs(put.id)
        if theirs is None:
            self._put_new(put)
            return
        mine = self.memory.get(put.id)
        current = _effective_revision(theirs, mine)
        if same_content(put.annotation, theirs):
            self._done(put.id, theirs, current)
        elif put.start >= current:
            self._write(put.annotation, put.start + 1)
        else:
            base = mine if mine and mine.revision == put.start else None
            merged, conflict = merge(put.annotation, theirs, base, self.now)
            if conflict:
                self.outcome.messages.append("A note was changed in two places at once; both texts are kept in it.")
            self._write(merged, current + 1)

    def _put_new(self, put: Put) -> None:
        grave, revision = self._grave(put.id), put.start
        if grave:
            buried = _whole(grave.get("kr:revision"))
            if put.start < buried and grave.get("kr:digest") == _digest(put.annotation):
                self._done(put.id, None, buried)
                return
            if put.start < buried:
                self.outcome.messages.append("A note that was deleted elsewhere was changed here; it is kept.")
            revision = max(revision, buried)
            self.graves.remove(grave)
        annotation = put.annotation
        if self.creator and not annotation.record.get("creator"):
            made = {"id": self.creator.id, "type": self.creator.type, "name": self.creator.name}
            annotation = Annotation({**annotation.record, "creator": made})
        self._write(annotation, revision + 1)

    def _delete(self, change: Delete) -> None:
        theirs = self._theirs(change.id)
        if theirs is None:
            grave = self._grave(change.id)
            self._done(change.id, None, _whole(grave.get("kr:revision")) if grave else change.base or 0)
            return
        current = _effective_revision(theirs, self.memory.get(change.id))
        if change.base is not None and current > change.base:
            self.outcome.messages.append("A note was changed elsewhere before it was deleted here; it is kept.")
            self._done(change.id, theirs, current)
            return
        del self.entries[change.id]
        self.graves.append(
            {"id": change.id, "kr:revision": current + 1, "kr:deleted": utc(self.now), "kr:digest": _digest(theirs)}
        )
        self._done(change.id, None, current + 1)
        self.outcome.changed = True

    def _with_known_tags(self, record: dict[str, Any]) -> dict[str, Any]:
        """One name has one id: a tag that two readers made at once takes the id that came first."""
        bodies = as_list(record.get("body"))
        if not any(map(is_tag, bodies)):
            return record
        if self._tag_ids is None:
            self._tag_ids = {}
            for item in self.entries.values():
                for tag in item.annotation.tags if item.annotation and item.annotation.id != record["id"] else ():
                    self._tag_ids.setdefault(tag.name, tag.id)
        known = self._tag_ids
        unified = [
            {**body, "kr:tag": known[body["value"]]} if is_tag(body) and known.get(body["value"]) else body
            for body in bodies
        ]
        return record if unified == bodies else {**record, "body": unified}


def merge(ours: Annotation, theirs: Annotation, base: Annotation | None, now: datetime) -> tuple[Annotation, bool]:
    """Join two changes of one note, and tell whether both changed its text.

    What only one side changed is taken from it; where both did, ours counts, but of texts and tags both are kept.
    """
    old: Mapping[str, Any] = base.record if base else {}
    record: dict[str, Any] = {}
    for key in dict.fromkeys((*theirs.record, *ours.record)):
        mine, other = ours.record.get(key), theirs.record.get(key)
        ours_counts = mine is not None if base is None else mine != old.get(key)
        value = mine if ours_counts else other
        if value is not None:
            record[key] = value
    mine_bodies, other_bodies = (as_list(side.record.get("body")) for side in (ours, theirs))
    bodies, conflict = _merge_bodies(mine_bodies, other_bodies, as_list(old.get("body")))
    record.pop("body", None)
    if bodies:
        record["body"] = bodies
    record["modified"] = utc(now)
    if conflict:
        record["kr:conflict"] = utc(now)
    return Annotation(record), conflict


def _merge_bodies(ours: list[Any], theirs: list[Any], base: list[Any]) -> tuple[list[Any], bool]:
    mine, other, old = ([_body_key(body) for body in side] for side in (ours, theirs, base))
    # gone on one side and untouched on the other: gone
    kept = [body for body, key in zip(theirs, other, strict=True) if key in mine or key not in old]
    added = [body for body, key in zip(ours, mine, strict=True) if key not in other and key not in old]
    conflict = any(map(is_note, added)) and any(
        is_note(body) and key not in old and key not in mine for body, key in zip(theirs, other, strict=True)
    )
    return [*filter(is_note, kept), *filter(is_note, added), *_not_notes(kept), *_not_notes(added)], conflict


def _not_notes(bodies: list[Any]) -> list[Any]:
    return [body for body in bodies if not is_note(body)]


def _body_key(body: Any) -> str:
    if is_note(body) or is_tag(body):
        return f"{'tag' if is_tag(body) else 'note'}:{body['value']}"
    return json.dumps(body, sort_keys=True)


def _content(annotation: Annotation) -> dict[str, Any]:
    return {key: value for key, value in annotation.record.items() if key not in _UNCOMPARED}


def _digest(annotation: Annotation) -> str:
    content = {key: value for key, value in _content(annotation).items() if key != "creator"}
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()[:16]


def _whole(value: Any) -> int:
    return value if isinstance(value, int) else 0


def _is_old(grave: Any, now: datetime) -> bool:
    try:
        deleted = datetime.fromisoformat(grave["kr:deleted"])
    except (TypeError, KeyError, ValueError):
        return False
    return now - (deleted if deleted.tzinfo else deleted.replace(tzinfo=UTC)) > timedelta(days=TOMBSTONE_DAYS)
