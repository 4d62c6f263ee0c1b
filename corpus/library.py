"""The corpus that is open: its index in one SQLite file, rows on demand.

The index is a cache. It is brought up to date by `refresh`, which reads what is new or changed, and
everything else only reads it, so that opening takes no time however large the corpus is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.index.documents import CommentChanges, Documents, Version
from corpus.index.entities import Entities, EntityDocument, EntityTotal
from corpus.index.listing import Entry, Listing, View
from corpus.index.progress import Progress, Report
from corpus.index.readers import DAMAGED, Readers
from corpus.index.schema import path_text
from corpus.index.union import gone_in
from corpus.model import Problem

if TYPE_CHECKING:
    from corpus.index.looking import Lookout
    from corpus.index.refreshing import Refresher
    from corpus.index.sources import Recognises, Source
    from corpus.storage import Storage

__all__ = [
    "CommentChanges",
    "EntityDocument",
    "EntityTotal",
    "Entry",
    "Library",
    "Progress",
    "Report",
    "Version",
    "View",
    "gone_in",
]

_MENDING = "the reader, or `korea-reader index`, makes it anew from the captures"


class Library(Documents, Entities):
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
        super().__init__(Readers(cache_file))
        self.roots = tuple(roots)
        self.listing = Listing(self.readers)
        self._recogniser, self._source, self._storage = recogniser, source, storage
        self._refresher: Refresher | None = None
        self._lookout: Lookout | None = None
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
        """A sentence about what is wrong with the index and who mends it, or empty."""
        trouble = self.readers.trouble
        return f"{trouble}; {_MENDING}" if trouble == DAMAGED else trouble

    @property
    def is_damaged(self) -> bool:
        """Whether the next `refresh` makes the index anew; any program may have met the damage."""
        return self.readers.is_marked

    # bringing it up to date

    def refresh(
        self,
        progress: Callable[[Progress], None] | None = None,
        stop: Callable[[], bool] = lambda: False,
        *,
        apart: bool = False,
    ) -> Report:
        """Read captures that are new or changed and forget those that are gone; blocking, for a worker thread.

        What was written before a stop or a kill stays, and the next call goes on from there.

        Args:
            progress: called from this thread, at most some twenty times a second.
            stop: asked often; True ends the work after the document at hand.
            apart: whether much work is done in another process, so that this one stays quick; what makes the
                recogniser must be fit for `pickle` then.
        """
        lookout, report = self._look_out(), None
        lookout.refresh_begins()
        try:
            report = self._writer().refresh(self.roots, partial(self._tell, progress), stop, apart=apart)
            return report
        finally:
            self._progress = None
            if report is None or report.busy or report.stopped:
                lookout.refresh_failed()

    def has_news(self) -> bool:
        """Tell whether captures have come or changed since the last `refresh`; quick, but for a worker thread.

        Those that are still being written are left until they are the same in two calls. Not for two threads at once.
        """
        return self._look_out().look()

    def _look_out(self) -> Lookout:
        if self._lookout is None:
            from corpus.index.looking import Lookout

            self._lookout = Lookout(self.readers, self.roots)
        return self._lookout

    def check(self, progress: Callable[[Progress], None] | None = None) -> list[str]:
        """Look through the whole index; return what is damaged, which the next `refresh` mends. Raises OSError.

        It is compared with itself, not with the captures, and takes about as long as making it anew.
        """
        return self._writer().check(progress)

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
        """How far the reading is ("12,000 of 100,000 read"), here or in another process; empty when it is done.

        First the captures are read, then their names.
        """
        state = self._progress
        return state.pending if state else self._meta("pending")

    def _meta(self, name: str) -> str:
        return self.listing.fact(name)

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

    def problems(self) -> list[Problem]:
        """Return what could not be read, by capture."""
        rows = self.readers.rows(
            "SELECT path, message, problem.member FROM problem JOIN capture ON capture.id = capture ORDER BY path"
        )
        return [Problem(path_text(path), message, member) for path, message, member in rows]
