"""Keys of the list of documents: its order and groups, what it is narrowed to, marks on all of it."""

from __future__ import annotations

from tui.screens.shelving import Shelving


class ShelfKeys(Shelving):
    """Changes what the list shows, and the marks of what it shows."""

    def clear_filters(self) -> None:
        """Show all documents again."""
        self.session.shelf.clear()
        self.fill_articles(keep=True)

    def command_order(self, count: int | None) -> bool | str:
        """Change the order of the article list."""
        if self.focused is self.entities:
            return self.order_names()
        if self.focused is not self.articles:
            return False
        order = self.session.shelf.next_order()
        self.fill_articles(keep=True)
        return f"Articles by {order}."

    def command_group(self, count: int | None) -> str:
        """Group the article list by outlet, by story, or not."""
        group = self.session.shelf.next_group()
        self.fill_articles(keep=True)
        if group == "story":
            return "Grouped by story: names, words and dates that only these articles share."
        return f"Grouped by {group}." if group else "Not grouped."

    def command_unread_only(self, count: int | None) -> str:
        """Show only unread documents, or all; search finds the others all the same."""
        return self._narrow("unread", "Only unread documents; search still finds all.")

    def command_starred_only(self, count: int | None) -> str:
        """Show only starred documents, or all."""
        return self._narrow("starred", "Only starred documents.")

    def command_hidden_only(self, count: int | None) -> str:
        """Show the documents that were hidden, or all others."""
        return self._narrow("hidden", "Hidden documents; X puts one back.")

    def _narrow(self, kind: str, said: str) -> str:
        if not self.notes_loaded:
            return "The reading state is not there yet."
        shelf = self.session.shelf
        shelf.kind = "" if shelf.kind == kind else kind
        self.fill_articles(keep=True)
        return said if shelf.kind else "All documents."

    def command_read_all(self, count: int | None) -> bool | str:
        """Mark all documents of the list as read."""
        if not self.notes_loaded:
            return False
        documents = self.session.shelf.listed.documents()
        unread = [document for document in documents if document not in self.session.reading.read_among(documents)]
        if not unread:
            return "All documents of the list are read."
        self.session.set_read(unread, True)
        self.marks_changed()
        return f"{len(unread):,} documents marked read; u takes it back."

    def command_hide(self, count: int | None) -> bool | str:
        """Take the document out of the list, or put a hidden one back; on a saved search, forget it."""
        source = self.articles.entries
        head = source.head(self.articles.cursor) if source and self.focused is self.articles else None
        if head and head.is_search:
            self.session.forget_search(head.text)
            self.heads_changed()
            return f"Search “{head.text}” forgotten; u takes it back."
        name = self.document_here()
        if name is None or not self.notes_loaded:
            return False
        hide = self.session.shelf.kind != "hidden"
        self.session.set_hidden(name, hide)
        self._choice += 1
        self.session.shelf.take()
        at = self.articles.cursor
        self._show_listed(keep=True)
        self.articles.move_cursor(self.articles.nearest_stop(min(at, len(self.articles.source) - 1)), tell=False)
        return "Hidden; u takes it back, gx shows hidden ones." if hide else "Shown again."

    def document_here(self) -> str | None:
        """Return the document that the keys act on."""
        if self.focused is self.articles and self.articles.entries:
            return self.articles.entries.document(self.articles.cursor)
        return self.document.id if self.document else None
