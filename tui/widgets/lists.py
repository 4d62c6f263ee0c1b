"""The two lists beside the texts: documents on the left, entities on the right."""

from __future__ import annotations

from tui.view.entries import EntriesSource
from tui.view.names import NamesSource
from tui.widgets.rows_view import RowsView


class ArticlesPane(RowsView):
    """The documents of the corpus."""

    is_list = True

    def __init__(self) -> None:
        """Show nothing yet."""
        super().__init__("Articles", id="articles")

    @property
    def entries(self) -> EntriesSource | None:
        """The source, where there are documents."""
        return self.source if isinstance(self.source, EntriesSource) else None

    def go_to_number(self, number: int) -> None:
        """Go to a document by its number."""
        heads = len(self.entries.heads) if self.entries else 0
        self.move_cursor(min(number + heads, len(self.source)) - 1)


class EntitiesPane(RowsView):
    """The people, places, bodies, events and dates of the document, or of all."""

    is_list = True

    def __init__(self) -> None:
        """Show nothing yet."""
        super().__init__("Entities", id="entities")
        self.everywhere = False
        self.by_appearance = False
        self.filter = ""

    @property
    def names(self) -> NamesSource | None:
        """The source, where there are entities."""
        return self.source if isinstance(self.source, NamesSource) else None
