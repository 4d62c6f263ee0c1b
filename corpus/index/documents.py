"""The documents of the corpus: as their newest captures have them, as each capture has them, and what differs."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from corpus.index.loading import Recover, load_mentions, open_document
from corpus.index.readers import Readers
from corpus.index.records import SUMMED, DamagedError, capture_sum, row_sum
from corpus.index.schema import path_text
from corpus.index.union import open_union
from corpus.index.versions import NEWEST_FIRST, OF_WORK
from corpus.model import Comment, Document, Mention

if TYPE_CHECKING:
    from corpus.index.sources import Source

UNREADABLE = "could not be read from the index"

_VERSION = (
    f"SELECT key, capture.id, path, same, capture.sum, doc.sum, {', '.join(SUMMED)} FROM doc"
    " JOIN capture ON capture.id = doc.capture OR capture.same = doc.capture"
)


class Version(NamedTuple):
    """One capture of a document. `saved` is when it was saved, as far as the capture or its file tells.

    Captures with the same texts have the same `version`; two files with the same bytes have the same `key`.
    """

    key: int
    document: str
    version: str
    path: str
    saved: str
    url: str | None
    shown: bool


class CommentChanges(NamedTuple):
    """What became of the comments between two captures: ids of those that came, went, and read otherwise."""

    new: tuple[str, ...]
    gone: tuple[str, ...]
    changed: tuple[str, ...]


class Documents:
    """Documents and their versions; a part of the library."""

    _source: Source | None

    def __init__(self, readers: Readers) -> None:
        """Ask `readers`."""
        self.readers = readers

    def document(self, document: str, *, version: str | Version | None = None, key: int | None = None) -> Document:
        """Return a document, its comments decoded when they are asked for.

        Without a version it is the newest capture, and the comments that only earlier captures have follow after
        its own, marked as gone (see `gone_in`); its id is that of the newest capture, which differs from `document`
        where the text was changed and there is no URL.

        Args:
            document: the id of any of its captures.
            version: a capture as it is, by the id of its version or as `versions` told it.
            key: the same by its row.

        Raises KeyError when it is not in the corpus (any more), or its row is damaged beyond the capture's help.
        """
        if isinstance(version, Version):
            key = version.key
        elif version is not None:
            key = next((found.key for found in self.versions(document) if found.version == version), -1)
        found = self._key(document) if key is None else key
        try:
            if key is None:
                return open_union(self.readers.rows, found, self._recover)
            return open_document(self.readers.rows, found, self._recover(found))
        except KeyError:
            raise KeyError(document) from None
        except Exception as error:
            self.readers.note(error)
        original = self._read_again(found)
        if original is None:
            raise KeyError(document)
        return original

    def _key(self, document: str) -> int:
        """Return the row that is shown of the work that a document belongs to."""
        rows = self.readers.rows(
            "SELECT key, shown, coalesce(work, document) FROM doc WHERE document = ?"
            f" ORDER BY shown DESC, {NEWEST_FIRST}",
            (document,),
        )
        if rows and self._is(rows[0][0], document):
            if not rows[0][1]:
                work = rows[0][2]
                shown = self.readers.rows(f"SELECT key FROM doc WHERE {OF_WORK} AND shown = 1", (work, work))
                rows = shown if shown and self._is(shown[0][0], work) else rows
            return int(rows[0][0])
        # the row may be sound where the way to it is damaged
        found = self.readers.rows("SELECT key FROM doc WHERE +document = ? AND shown = 1", (document,))
        if rows or found:
            self.readers.note(DamagedError())
        if not found:
            raise KeyError(document)
        return int(found[0][0])

    def _is(self, key: int, name: str) -> bool:
        """Tell whether a row itself, not only the way to it, is of a document or work."""
        rows = self.readers.rows("SELECT ? IN (document, work) FROM doc WHERE key = ?", (name, key))
        return bool(rows and rows[0][0])

    def _read_again(self, key: int) -> Document | None:
        """Read a document from its capture, for when its rows are damaged."""
        from corpus.index.sources import Captures

        rows = self.readers.rows(
            "SELECT path, version FROM doc JOIN capture ON capture.id = doc.capture WHERE key = ?", (key,)
        )
        for path, version in rows:
            with suppress(Exception):
                for item in (self._source or Captures()).read(Path(path_text(path))):
                    if isinstance(item, Document) and item.version == version:
                        return item
        return None

    def _recover(self, key: int) -> Recover:
        return partial(self._recovered_comment, key)

    def _recovered_comment(self, key: int, index: int) -> Comment:
        self.readers.note(DamagedError())
        original = self._read_again(key)
        if original is not None and index < len(original.comments):
            return original.comments[index]
        return Comment(id=f"missing-{index}", seq=index, text="", kind="missing", state=UNREADABLE)

    # versions

    def title(self, document: str) -> str:
        """Return the title of a document, empty for one that is not in the corpus."""
        rows = self.readers.rows(
            f"SELECT doc.sum, {', '.join(SUMMED)} FROM doc WHERE document = ? ORDER BY shown DESC LIMIT 1", (document,)
        )
        return next((row[2] for row in rows if row_sum(row[1:]) == row[0] and row[1] == document), "")

    def versions(self, document: str) -> list[Version]:
        """Return the captures of a document, the newest first, whatever id each of them has."""
        rows = self.readers.rows("SELECT coalesce(work, document) FROM doc WHERE document = ? LIMIT 1", (document,))
        if not rows:
            return []
        work = rows[0][0]
        found = self._versions(OF_WORK, ("document", "work"), work)
        return found if any(version.document == document for version in found) else []

    def also_at(self, document: str) -> list[Version]:
        """Return other documents with the same article: the same text at another URL, whatever stands under it."""
        own = self.versions(document)
        of_work = {version.document for version in own}
        return [
            found
            for version in own[:1]
            for (same,) in self.readers.rows("SELECT text_hash FROM doc WHERE key = ?", (version.key,))
            for found in self._versions("text_hash = ? AND shown = 1", ("text_hash",), same)
            if found.document not in of_work
        ]

    def _versions(self, condition: str, columns: Sequence[str], value: object) -> list[Version]:
        """Return the captures that a condition finds, one of whose `columns` then has the value; damaged ones are left out."""
        rows = self.readers.rows(
            f"{_VERSION} WHERE {condition} ORDER BY {NEWEST_FIRST}, capture.id", (value,) * len(columns)
        )
        found = []
        for key, identity, path, same, of_capture, total, *summed in rows:
            row = dict(zip(SUMMED, summed, strict=True))
            # the way to a row may be damaged where the row itself is not
            fits = row["capture"] in (identity, same) and value in [row[name] for name in columns]
            sound = fits and row_sum(summed) == total
            if not sound or capture_sum(identity, path, same) != of_capture:
                self.readers.note(DamagedError())
                continue
            facts = (row["document"], row["version"], path_text(path), row["newness"], row["url"], bool(row["shown"]))
            found.append(Version(key, *facts))
        return found

    def comment_changes(self, earlier: Version, later: Version) -> CommentChanges:
        """Return which comments came, went, or read otherwise from one capture to another. Raises KeyError."""
        before, after = (
            {comment.id: (comment.author, comment.title, comment.text) for comment in found.comments}
            for found in (self.document(version.document, version=version) for version in (earlier, later))
        )
        return CommentChanges(
            tuple(identity for identity in after if identity not in before),
            tuple(identity for identity in before if identity not in after),
            tuple(identity for identity in after if identity in before and after[identity] != before[identity]),
        )

    def mentions(self, document: str, *, version: str | None = None) -> tuple[Mention, ...]:
        """Return what was recognised in a document; nothing before the recogniser came to it. Raises KeyError.

        Args:
            document: its id.
            version: the capture that the mentions must fit; only the newest one's are kept.
        """
        key = self._key(document)
        try:
            if version is not None:
                rows = self.readers.rows("SELECT 1 FROM doc WHERE key = ? AND version = ?", (key, version))
                if not rows:
                    return ()
            return load_mentions(self.readers.rows, key)
        except (DamagedError, ValueError, TypeError) as error:
            self.readers.note(error)
            return ()
