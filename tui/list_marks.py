"""What the user marks in the list of documents, and the searches that are kept there: a part of the session."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property, partial
from typing import TYPE_CHECKING

from tui.undo import UndoLog

if TYPE_CHECKING:
    from corpus.reading import ReadingState
    from corpus.saved_searches import SavedSearches


class ListMarks:
    """Marks documents and keeps searches, undoably."""

    undo: UndoLog

    if TYPE_CHECKING:

        @cached_property
        def reading(self) -> ReadingState: ...

        @cached_property
        def searches(self) -> SavedSearches: ...

    def set_read(self, documents: Sequence[str], read: bool) -> None:
        """Mark documents read or unread; undoable."""
        before = self.reading.set_read(documents, read)
        state = "read" if read else "unread"
        what = f"marked {state}" if len(documents) == 1 else f"{len(documents):,} documents marked {state}"
        self.undo.did(
            what,
            partial(self.reading.restore_read, before),
            partial(self.reading.set_read, documents, read),
        )

    def set_star(self, document: str, starred: bool) -> None:
        """Star a document, or take its star away; undoable."""
        before = self.reading.set_starred([document], starred)
        self.undo.did(
            "starred" if starred else "star taken away",
            partial(self.reading.restore_starred, before),
            partial(self.reading.set_starred, [document], starred),
        )

    def set_hidden(self, document: str, hidden: bool) -> None:
        """Take a document out of the list, or put it back; undoable."""
        before = self.reading.set_hidden([document], hidden)
        self.undo.did(
            "hidden" if hidden else "shown again",
            partial(self.reading.restore_hidden, before),
            partial(self.reading.set_hidden, [document], hidden),
        )

    def save_search(self, query: str) -> None:
        """Save a search; undoable. Raises OSError."""
        before = self.searches.save(query)
        self.undo.did("search saved", partial(self.searches.put, before), partial(self.searches.save, query))

    def forget_search(self, name: str) -> None:
        """Forget a saved search; undoable. Raises OSError."""
        before = self.searches.remove(name)
        self.undo.did("search forgotten", partial(self.searches.put, before), partial(self.searches.remove, name))
