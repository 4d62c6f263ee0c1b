"""The thread under the article that is open: folds, and motions along its structure."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import cast

from textual.message import Message

from corpus.model import Document
from corpus.threads import SortOrder, Thread
from tui.view.comments import CommentsSource
from tui.view.rows import EmptySource
from tui.view.wrap import wrap
from tui.widgets.text_pane import TextPane

SAID = {
    "thread": "Replies under what they answer.",
    "capture": "Comments in the order of the capture.",
    "newest": "Newest threads first, where the times can be compared.",
}
ORDERS: tuple[SortOrder, ...] = ("thread", "capture", "newest")


class CommentsPane(TextPane):
    """Shows the comments of a document; what is folded belongs to the document, not to the pane."""

    class FoldsChanged(Message):
        """Other threads are folded than before."""

    def __init__(self) -> None:
        """Show nothing yet."""
        super().__init__("Comments", id="comments")
        self.document: Document | None = None
        self.thread: Thread | None = None
        self.folded: set[str] = set()
        self.order: SortOrder = ORDERS[0]
        self.make: Callable[[CommentsPane], CommentsSource] | None = None
        self.peeked: list[str] = []

    @property
    def comments(self) -> CommentsSource | None:
        """The source, where a document with comments is shown."""
        return self.source if isinstance(self.source, CommentsSource) else None

    def open(
        self,
        document: Document,
        thread: Thread,
        make: Callable[[CommentsPane], CommentsSource],
        folded: Collection[str] = (),
    ) -> None:
        """Show the comments of another document; `make` builds the source from the pane's folds and order."""
        self.document, self.thread, self.make = document, thread, make
        self.folded = set(folded)
        self.refill(keep=False)

    def refill(self, *, keep: bool = True) -> None:
        """Show the comments anew after folds, order or marks have changed."""
        if self.make is None or self.document is None:
            return
        if len(self.document.comments):
            self.show(self.make(self), keep=keep)
        else:
            self.show(EmptySource("No comments in this capture."))

    def index(self) -> int | None:
        """Return the place in the capture of the comment under the cursor."""
        source = self.comments
        return source.visible[self.cursor] if source and len(source) else None

    def go_to_index(self, index: int | None, *, anchor: str = "near") -> bool:
        """Go to a comment by its place in the capture, unfolding what hides it; False where there is none."""
        source = self.comments
        if source is None or index is None:
            return False
        self.unfold_to(index)
        item = cast("CommentsSource", self.source).item_of.get(index)
        if item is None:
            return False
        self.move_cursor(item, anchor=anchor)
        return True

    def unfold_to(self, index: int) -> None:
        """Open the folds above a comment."""
        if self.document is None or self.thread is None:
            return
        above = self.thread.parent[index]
        opened = False
        while above >= 0:
            name = self.document.comments.outline[above][0]
            opened = opened or name in self.folded
            self.folded.discard(name)
            above = self.thread.parent[above]
        if opened:
            self._folds_changed()

    def _folds_changed(self) -> None:
        self.refill()
        self.post_message(self.FoldsChanged())

    def _fold(self, index: int | None, folded: bool | None) -> bool:
        """Fold (True), unfold (False) or change (None) the replies to a comment; False where nothing changed."""
        if index is None or self.document is None or self.thread is None or self.thread.size[index] < 2:
            return False
        name = self.document.comments.outline[index][0]
        wanted = name not in self.folded if folded is None else folded
        if wanted == (name in self.folded):
            return False
        (self.folded.add if wanted else self.folded.discard)(name)
        self._folds_changed()
        return True

    def command_fold_toggle(self, count: int | None) -> bool:
        """Fold or unfold the replies to this comment."""
        return self._fold(self.index(), None)

    def command_open(self, count: int | None) -> bool | str:
        """Fold or unfold the replies to this comment."""
        return self._fold(self.index(), None) or "Nobody answers this comment here. F lists its links."

    def command_fold_open(self, count: int | None) -> bool:
        """Unfold the replies to this comment."""
        return self._fold(self.index(), False)

    def command_fold_close(self, count: int | None) -> bool:
        """Fold the replies to this comment."""
        return self._fold(self.index(), True)

    def command_fold_close_all(self, count: int | None) -> bool:
        """Fold every thread to its first comment."""
        if self.document is None or self.thread is None:
            return False
        here = self.index()
        outline = self.document.comments.outline
        self.folded = {outline[at][0] for at in range(len(outline)) if self.thread.size[at] > 1}
        root = self.thread.root[here] if here is not None else None
        self._folds_changed()
        source = self.comments
        if source and root is not None:
            self.move_cursor(source.item_of.get(root, 0))
        return True

    def command_fold_open_all(self, count: int | None) -> bool:
        """Unfold everything."""
        self.folded.clear()
        self._folds_changed()
        return True

    def command_outward(self, count: int | None) -> bool:
        """Fold, then go to the parent; False when neither was possible."""
        index = self.index()
        return self._fold(index, True) or self.command_parent(count)

    def command_inward(self, count: int | None) -> bool:
        """Unfold, then go to the first reply; False when neither was possible."""
        index = self.index()
        if index is None or self.thread is None:
            return False
        if self._fold(index, False):
            return True
        replies = self.thread.children(index)
        return self.go_to_index(replies[0]) if replies else False

    def answered(self, index: int | None) -> int | None:
        """Return the comment that a comment answers: stated, else what is likely."""
        if index is None or self.document is None or self.thread is None:
            return None
        stated = self.thread.parent[index]
        if stated >= 0:
            return stated
        reply = self.document.comments[index].reply
        try:
            return self.document.index_of(reply.to) if reply and reply.to else None
        except KeyError:
            return None

    def command_parent(self, count: int | None) -> bool:
        """Go to the comment that this one answers."""
        return self.go_to_index(self.answered(self.index()))

    def command_parent_peek(self, count: int | None) -> bool:
        """Show the comment that this one answers above the thread, or put it away."""
        if self.pinned:
            self.pin([])
            return True
        parent = self.answered(self.index())
        if parent is None or self.document is None:
            return False
        comment = self.document.comments[parent]
        text = " ".join(comment.text.split())
        lines = wrap(text, max(10, self.text_width - 4))
        shown = [text[start:end] for start, end in lines[:3]]
        if len(lines) > 3:
            shown[-1] += " …"
        self.pin([f"↳ #{parent + 1} {comment.author or 'name not in capture'}", *shown])
        return True

    def command_root_next(self, count: int | None) -> bool:
        """Go to the next top-level comment."""
        return self._along(lambda thread, at: thread.parent[at] < 0, 1, count)

    def command_root_previous(self, count: int | None) -> bool:
        """Go to the previous top-level comment."""
        return self._along(lambda thread, at: thread.parent[at] < 0, -1, count)

    def command_unread_next(self, count: int | None) -> bool:
        """Go to the next comment that is new."""
        return self._along(self._is_new, 1, count)

    def command_unread_previous(self, count: int | None) -> bool:
        """Go to the previous comment that is new."""
        return self._along(self._is_new, -1, count)

    def _is_new(self, thread: Thread, index: int) -> bool:
        source = self.comments
        return bool(source and self.document and self.document.comments.outline[index][0] in source.new)

    def _along(self, fits: Callable[[Thread, int], bool], step: int, count: int | None) -> bool:
        """Go along the whole thread, folds included, to the next comment that fits."""
        index, thread = self.index(), self.thread
        if index is None or thread is None:
            return False
        order = list(thread.order(self.order))
        at = order.index(index)
        for _ in range(count or 1):
            following = next(
                (k for k in range(at + step, len(order) if step > 0 else -1, step) if fits(thread, order[k])), None
            )
            if following is None:
                break
            at = following
        return order[at] != index and self.go_to_index(order[at])

    def _sibling(self, step: int, count: int | None) -> bool:
        index, thread = self.index(), self.thread
        if index is None or thread is None:
            return False
        siblings = thread.siblings(index)
        at = siblings.index(index) + step * (count or 1)
        return 0 <= at < len(siblings) and self.go_to_index(siblings[at])

    def command_sibling_next(self, count: int | None) -> bool:
        """Go to the next comment of the same parent."""
        return self._sibling(1, count)

    def command_sibling_previous(self, count: int | None) -> bool:
        """Go to the previous comment of the same parent."""
        return self._sibling(-1, count)

    def command_order(self, count: int | None) -> str:
        """Change the order; returns what it is now."""
        self.order = ORDERS[(ORDERS.index(self.order) + 1) % len(ORDERS)]
        self.refill()
        return SAID[self.order]
