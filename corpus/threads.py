"""Comment threads: who answers whom, with evidence, and the tree that stated replies make."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Literal

from corpus.comments import Comments
from corpus.model import Comment, Document, Quotation, Reply
from corpus.times import comparable

SortOrder = Literal["thread", "capture", "newest", "oldest"]
"""Replies under their parents as captured; flat as captured; threads by their first comment's time."""

NONE = -1


def relate(document: Document) -> Document:
    """Return the document with `reply`, `addresses` and `quotes` of its comments filled in.

    Stated parents come first; then what the order of the times proves, a comment that opens with an
    earlier commenter's name, and words repeated from one earlier comment. What none of them shows
    stays unthreaded. Replies that a comment already has are kept; a second call changes nothing.
    """
    from corpus.replies import infer

    if not document.comments:
        return document
    comments = list(document.comments)
    found = infer(document, comments)
    related = [
        _merge(comment, *facts) if any(facts) else comment for comment, facts in zip(comments, found, strict=True)
    ]
    if all(one is two for one, two in zip(comments, related, strict=True)):
        return document
    return replace(document, comments=Comments(related))


def _merge(comment: Comment, reply: Reply | None, addresses: tuple[str, ...], quotes: tuple[Quotation, ...]) -> Comment:
    reply, addresses, quotes = comment.reply or reply, comment.addresses or addresses, comment.quotes or quotes
    if reply == comment.reply and addresses == comment.addresses and quotes == comment.quotes:
        return comment
    return replace(comment, reply=reply, addresses=addresses, quotes=quotes)


class Thread:
    """The tree of a document's comments by stated parents, worked out from ids alone; all places are indexes.

    Every comment is in it exactly once: one whose parent is not in the capture is a root, and a circle
    of parents is cut at its first member. `parent` is -1 for a root; `size` counts a comment with all
    below it; `depth` is 0 for a root, however deep the source says it is.
    """

    def __init__(self, document: Document) -> None:
        """Build the tree; the comments themselves are not decoded."""
        self._comments = document.comments
        outline = document.comments.outline
        at_id = {entry[0]: at for at, entry in zip(range(len(outline) - 1, -1, -1), reversed(outline), strict=True)}
        self.parent: list[int] = [NONE if entry[1] is None else at_id.get(entry[1], NONE) for entry in outline]
        if any(parent >= at for at, parent in enumerate(self.parent)):
            _cut_circles(self.parent)
        self._children: dict[int, list[int]] = {}
        for at, parent in enumerate(self.parent):
            if parent != NONE:
                self._children.setdefault(parent, []).append(at)
        self.roots: list[int] = [at for at, parent in enumerate(self.parent) if parent == NONE]
        self._walk()

    def _walk(self) -> None:
        count, children = len(self.parent), self._children
        self.depth = [0] * count
        self.root = list(range(count))
        self.size = [1] * count
        self.threaded: list[int] = []
        stack = self.roots[::-1]
        while stack:
            at = stack.pop()
            self.threaded.append(at)
            below = children.get(at)
            if below:
                depth, root = self.depth[at] + 1, self.root[at]
                for child in below:
                    self.depth[child], self.root[child] = depth, root
                stack.extend(below[::-1])
        for at in reversed(self.threaded):
            if (parent := self.parent[at]) != NONE:
                self.size[parent] += self.size[at]

    def __len__(self) -> int:
        return len(self.parent)

    def children(self, at: int) -> Sequence[int]:
        """Return the replies to a comment in the order of the capture."""
        return self._children.get(at, ())

    def siblings(self, at: int) -> Sequence[int]:
        """Return the comments with the same parent, itself included, in the order of the capture."""
        parent = self.parent[at]
        return self.roots if parent == NONE else self._children[parent]

    @cached_property
    def sortable(self) -> bool:
        """Tell whether the times can be compared: all stated, and with zone or without throughout."""
        return comparable([comment.posted for comment in self._comments]) is not None

    def order(self, by: SortOrder = "thread", folded: Collection[int] = ()) -> list[int]:
        """Return the comments in the order of the screen.

        Args:
            by: "thread" and "capture" as captured; "newest" and "oldest" sort whole threads by the time
                of their first comment, and fall back to "thread" where times cannot be compared.
            folded: comments whose replies are not shown; without effect on "capture".
        """
        if by == "capture":
            return list(range(len(self.parent)))
        walked = self.threaded
        if by in ("newest", "oldest") and self.sortable:
            times = comparable([comment.posted for comment in self._comments]) or []
            start_of = {at: place for place, at in enumerate(walked)}
            roots = sorted(self.roots, key=times.__getitem__, reverse=by == "newest")
            walked = [at for root in roots for at in walked[start_of[root] : start_of[root] + self.size[root]]]
        if not folded:
            return list(walked)
        hidden = set(folded)
        shown, skip = [], 0
        for at in walked:
            if skip:
                skip -= 1
                continue
            shown.append(at)
            if at in hidden:
                skip = self.size[at] - 1
        return shown


def _cut_circles(parent: list[int]) -> None:
    """Make the first member of every circle a root, itself as parent included."""
    done = [False] * len(parent)
    for start in range(len(parent)):
        path: list[int] = []
        seen: dict[int, int] = {}
        at = start
        while at != NONE and not done[at]:
            if at in seen:
                parent[min(path[seen[at] :])] = NONE
                break
            seen[at] = len(path)
            path.append(at)
            at = parent[at]
        for at in path:
            done[at] = True
