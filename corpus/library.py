"""The corpus that is open: its index in one SQLite file, rows on demand.

The index is a cache. It is brought up to date by `refresh`, which reads what is new or changed, and
everything else only reads it, so that opening takes no time however large the corpus is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from corpus.index.listing import Entry, Listing, View
from corpus.index.loading import load_mentions, open_document
from corpus.index.progress import Progress, Report
from corpus.index.readers import Readers
from corpus.index.records import DamagedError
from corpus.index.schema import path_text
from corpus.model import Comment, Document, Mention, Problem

if TYPE_CHECKING:
    from corpus.index.refreshing import Refresher
    from corpus.index.sources import Recognises, Source
    from corpus.storage import Storage

__all__ = ["EntityDocument", "EntityTotal", "Entry", "Library", "Progress", "Report", "Version", "View"]

UNREADABLE = "could not be read from the index"


class Version(NamedTuple):
    """One capture of a document. `saved` is when it was saved, as far as the capture or its file tells."""

    key: int
    document: str
    version: str
    path: str
    saved: str
    url: str | None
    shown: bool


class EntityDocument(NamedTuple):
    """A document that names an entity, and how often: in the article and in the comments."""

    document: str
    title: str
    article: int
    comments: int
    published: str | None = None


class EntityTotal(NamedTuple):
    """How often an entity is named in the corpus. `name` asks for its documents; `entity` is None for an unknown name."""

    name: str
    entity: str | None
    type: str
    surface: str
    documents: int
    article: int
    comments: int


class Library:
    """Documents, their list and what was recognised in them. Every method may be called from any thread."""

    def __init__(
        self,
        roots: Sequence[Path],
        cache_file: Path,
        recogniser: Recognises | Callable[[], Recognises] | None = None,
        source: Source | None = None,
        storage: Storage | None = None,
    ) -> None:
        """See `open`; `source` and `storage` stand for the captures and the disk."""
        self.roots = tuple(roots)
        self.readers = Readers(cache_file)
        self.listing = Listing(self.readers)
        self._recogniser, self._source, self._storage = recogniser, source, storage
        self._refresher: Refresher | None = None
        self._progress: Progress | None = None

    @classmethod
    def open(
        cls,
        roots: Sequence[Path],
        cache_file: Path,
        *,
        recogniser: Recognises | Callable[[], Recognises] | None = None,
        source: Source | None = None,
        storage: Storage | None = None,
    ) -> Library:
        """Open the index over `roots` as it is; nothing is read or written yet, and nothing heavy imported.

        Args:
            roots: files and folders.
            cache_file: the index; it may be missing, damaged or not an index, which `message` then says.
            recogniser: finds mentions, or makes what finds them when it is first needed; None for none.
            source: where captures come from, by default the disk.
            storage: writes and locks, by default the disk.
        """
        library = cls(roots, cache_file, recogniser, source, storage)
        with suppress(Exception):
            library.readers.rows("SELECT 1")
        return library

    def close(self) -> None:
        """Close the index; the library is not used afterwards."""
        self.readers.close()
        if self._refresher:
            self._refresher.close()

    @property
    def message(self) -> str:
        """A sentence about what is wrong with the index, or empty."""
        return self.readers.trouble

    # bringing it up to date

    def refresh(
        self, progress: Callable[[Progress], None] | None = None, stop: Callable[[], bool] = lambda: False
    ) -> Report:
        """Read captures that are new or changed and forget those that are gone; blocking, for a worker thread.

        What was written before a stop or a kill stays, and the next call goes on from there.

        Args:
            progress: called from this thread, at most some twenty times a second.
            stop: asked often; True ends the work after the document at hand.
        """
        try:
            return self._writer().refresh(self.roots, partial(self._tell, progress), stop)
        finally:
            self._progress = None

    def check(self) -> list[str]:
        """Look through the whole index; return what is damaged, which the next `refresh` mends. Raises OSError."""
        return self._writer().check()

    def _writer(self) -> Refresher:
        from corpus.index.refreshing import Refresher

        if self._refresher is None:
            self._refresher = Refresher(self.readers, self._source, self._recogniser, self._storage)
        return self._refresher

    def _tell(self, progress: Callable[[Progress], None] | None, state: Progress) -> None:
        self._progress = state
        if progress:
            progress(state)

    @property
    def is_complete(self) -> bool:
        """Whether all captures were read when the corpus was last refreshed."""
        return self._meta("complete") == "1"

    @property
    def pending(self) -> str:
        """How far the reading is ("12 of 100 read"), here or in another process; empty when it is done."""
        state = self._progress
        if state and state.stage == "reading":
            return f"{state.done} of {state.total} read"
        return self._meta("pending")

    def _meta(self, name: str) -> str:
        rows = self.readers.rows("SELECT value FROM meta WHERE name = ?", (name,))
        return str(rows[0][0]) if rows else ""

    # the list

    def count(self, filter: str = "", *, entity: str | None = None) -> int:
        """Return how many rows the list has under a filter; see `entries`."""
        return self.listing.count(View(filter, entity=entity))

    def entries(
        self, offset: int, limit: int, filter: str = "", order: str = "added", *, entity: str | None = None
    ) -> list[Entry]:
        """Return rows of the article list.

        Args:
            offset, limit: which rows.
            filter: words that title, outlet, author or file name must all hold, in any case or width.
            order: added, date (both newest first), title, comments (most first) or outlet.
            entity: only documents that name it: an id, or `EntityTotal.name`; several joined by line feeds.
        """
        return self.listing.entries(View(filter, order, entity=entity), offset, limit)

    def position_of(
        self, document: str, filter: str = "", order: str = "added", *, entity: str | None = None
    ) -> int | None:
        """Return the row of a document in the list, or None where the filter leaves it out."""
        return self.listing.position_of(View(filter, order, entity=entity), document)

    def neighbour(
        self, document: str, step: int, filter: str = "", order: str = "added", *, entity: str | None = None
    ) -> str | None:
        """Return the document `step` documents further on in the list, None beyond its ends; others are passed over."""
        return self.listing.neighbour(View(filter, order, entity=entity), document, step)

    # documents

    def document(self, document: str, *, key: int | None = None) -> Document:
        """Return a document, its comments decoded when they are asked for.

        Args:
            document: its id.
            key: the row of one of its versions; the newest where None.

        Raises KeyError when it is not in the corpus (any more), or its row is damaged beyond the capture's help.
        """
        found = self._key(document) if key is None else key
        try:
            return open_document(self.readers.rows, found, partial(self._recovered_comment, found))
        except KeyError:
            raise KeyError(document) from None
        except Exception as error:
            self.readers.note(error)
        original = self._read_again(found)
        if original is None:
            raise KeyError(document)
        return original

    def _key(self, document: str) -> int:
        rows = self.readers.rows("SELECT key FROM doc WHERE document = ? ORDER BY shown DESC, key DESC", (document,))
        if not rows:
            # the row may be sound where the way to it is damaged
            rows = self.readers.rows("SELECT key FROM doc WHERE +document = ? AND shown = 1", (document,))
            if not rows:
                raise KeyError(document)
            self.readers.note(DamagedError())
        return int(rows[0][0])

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

    def _recovered_comment(self, key: int, index: int) -> Comment:
        self.readers.note(DamagedError())
        original = self._read_again(key)
        if original is not None and index < len(original.comments):
            return original.comments[index]
        return Comment(id=f"missing-{index}", seq=index, text="", kind="missing", state=UNREADABLE)

    def versions(self, document: str) -> list[Version]:
        """Return the captures of a document, the newest first."""
        return self._versions("document = ?", document)

    def also_at(self, document: str) -> list[Version]:
        """Return other documents with exactly the same texts: the same page at another URL."""
        return [
            found
            for own in self.versions(document)[:1]
            for found in self._versions("version = ? AND shown = 1", own.version)
            if found.document != document
        ]

    def _versions(self, condition: str, value: str) -> list[Version]:
        rows = self.readers.rows(
            "SELECT key, document, version, path, newness, url, shown FROM doc JOIN capture ON capture.id = doc.capture"
            f" WHERE {condition} ORDER BY newness DESC, key DESC",
            (value,),
        )
        return [
            Version(key, of, same, path_text(path), saved, url, bool(shown))
            for key, of, same, path, saved, url, shown in rows
        ]

    def mentions(self, document: str) -> tuple[Mention, ...]:
        """Return what was recognised in a document; nothing before the recogniser came to it. Raises KeyError."""
        try:
            return load_mentions(self.readers.rows, self._key(document))
        except (DamagedError, ValueError, TypeError) as error:
            self.readers.note(error)
            return ()

    # entities over all documents

    def entity_documents(self, entity: str) -> list[EntityDocument]:
        """Return the documents that name an entity, those that do so most often first."""
        rows = self.readers.rows(
            "SELECT document, title, article, entity.comments, published FROM entity JOIN doc ON doc.key = entity.doc"
            " WHERE name = ? AND shown = 1 ORDER BY article + entity.comments DESC, date DESC, key",
            (entity,),
        )
        return [EntityDocument(*row) for row in rows]

    def entity_counts(self, limit: int = 2000) -> list[EntityTotal]:
        """Return the entities of the corpus, those named in most documents first; dates are not among them."""
        rows = self.readers.rows(
            "SELECT name, max(type), max(surfaces), count(*), sum(article), sum(entity.comments) FROM entity"
            " JOIN doc ON doc.key = entity.doc WHERE shown = 1"
            " GROUP BY name ORDER BY count(*) DESC, sum(article) + sum(entity.comments) DESC, name LIMIT ?",
            (limit,),
        )
        return [
            EntityTotal(name, None if name.startswith("?") else name, kind, surfaces.split("\n")[0], *counts)
            for name, kind, surfaces, *counts in rows
        ]

    def surfaces(self, entity: str) -> list[str]:
        """Return the words by which an entity is named in the corpus."""
        return [row[0] for row in self.readers.rows("SELECT surface FROM surface WHERE name = ?", (entity,))]

    def problems(self) -> list[Problem]:
        """Return what could not be read, by capture."""
        rows = self.readers.rows(
            "SELECT path, message, problem.member FROM problem JOIN capture ON capture.id = capture ORDER BY path"
        )
        return [Problem(path_text(path), message, member) for path, message, member in rows]
