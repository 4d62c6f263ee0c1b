"""Which documents the article list shows: its filter, order and grouping, what is read, starred and hidden."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from corpus.fuzzy import never
from corpus.index.listed import Listed, choose
from corpus.index.listing import GROUPS, ORDERS, View

if TYPE_CHECKING:
    from corpus.library import Library
    from corpus.reading import ReadingState

FEW = 2000
"""Rows up to which any list is chosen at once; a longer one is chosen behind the screen."""
KINDS = ("", "unread", "starred", "hidden")
"""What the list may be narrowed to; nothing is everything that is not hidden."""


BY = "by "
"""Begins the words on order and groups."""


@dataclass
class Shelf:
    """What the user asked the list to show. `saved` and `documents` are the search it shows and what that found."""

    library: Library
    reading: Callable[[], ReadingState]
    filter: str = ""
    order: str = "added"
    group: str = ""
    kind: str = ""
    entity: str | None = None
    entity_name: str = ""
    saved: str = ""
    documents: Collection[str] = ()
    upto: int | None = None
    """The refresh up to which documents are listed; later ones wait to be called."""
    _listed: Listed | None = None

    def view(self) -> View:
        """Return what to list, with the reading state as it is now."""
        reading = self.reading()
        hidden = frozenset(reading.hidden())
        only: Collection[str] | None = self.documents if self.saved else None
        without: Collection[str] = hidden
        if self.kind == "hidden":
            only, without = (hidden if only is None else hidden & set(only)), ()
        elif self.kind == "starred":
            starred = reading.starred()
            only = starred if only is None else set(starred) & set(only)
        elif self.kind == "unread":
            without = hidden | frozenset(reading.read_documents())
        first: tuple[str, ...] = ()
        if self.order == "new comments":
            new = self.new_comments()
            first = tuple(sorted(new, key=lambda document: -new[document]))
        return View(self.filter, self.order, self.group, self.entity, only, without, self.upto, first)

    def new_comments(self, documents: Collection[str] | None = None) -> dict[str, int]:
        """Return how many comments documents have got since the last visit; those never visited are left out."""
        visited = self.reading().visited(documents)
        if not visited:
            return {}
        counts = self.library.listing.comment_counts(visited)
        return {document: more for document, count in counts.items() if (more := count - visited[document]) > 0}

    @property
    def is_quick(self) -> bool:
        """Whether the list that is asked for can be chosen while the user waits."""
        return self.view().is_quick or self.library.listing.count(View(upto=self.upto)) <= FEW

    @property
    def is_narrowed(self) -> bool:
        """Whether documents are left out that the user did not hide."""
        return bool(self.filter.strip() or self.entity or self.kind or self.saved)

    @property
    def listed(self) -> Listed:
        """The rows that are shown."""
        if self._listed is None:
            self._listed = self.choose()
        return self._listed

    def choose(self, stop: Callable[[], bool] = never) -> Listed:
        """Return the rows that are asked for now; for a worker where `is_quick` says so. Raises StoppedError."""
        return choose(self.library.listing, self.view(), stop)

    def take(self, listed: Listed | None = None) -> None:
        """Show these rows, or those that are asked for now."""
        self._listed = listed or self.choose()

    def said(self) -> Sequence[str]:
        """Return in words what the list shows, apart from its length."""
        words = [f"“{self.filter}”" if self.filter.strip() else "", self.entity_name if self.entity else ""]
        words += [self.saved, self.kind, f"{BY}{self.group}" if self.group else ""]
        words.append("" if self.order == "added" else f"{BY}{self.order}")
        return [word for word in words if word]

    def clear(self) -> None:
        """Show all documents again; the order stays."""
        self.filter, self.kind, self.saved = "", "", ""
        self.entity, self.entity_name, self.documents = None, "", ()

    def next_order(self) -> str:
        """Go to the next order and return it."""
        orders = list(ORDERS)
        self.order = orders[(orders.index(self.order) + 1) % len(orders)]
        return self.order

    def next_group(self) -> str:
        """Go to the next grouping and return it."""
        self.group = GROUPS[(GROUPS.index(self.group) + 1) % len(GROUPS)]
        return self.group

    def waiting(self) -> int:
        """Return how many documents came later than those that may be listed."""
        if self.upto is None:
            return 0
        listing = self.library.listing
        return max(0, listing.count(View()) - listing.count(View(upto=self.upto)))
