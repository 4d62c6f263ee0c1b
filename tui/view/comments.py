"""The thread as rows: guides, numbers, authors, chips that say what answers what, folds."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Sequence

from rich.cells import cell_len

from corpus.library import gone_in
from corpus.model import Comment, Document, Reply, TextKey
from corpus.threads import SortOrder, Thread
from tui.view.article import paragraph_number
from tui.view.roles import GUIDES
from tui.view.rows import Row, Run
from tui.view.selection import Passage
from tui.view.wrap import wrap

GUTTER = 2
"""Cells before the guides: bar and mark."""
TEXT_LEAST = 40
"""A text column is never made narrower than this by indentation; the depth is then told by a digit."""


class CommentsSource:
    """Shows the comments of one document in thread order; decodes and wraps a comment when it comes into view."""

    def __init__(
        self,
        document: Document,
        thread: Thread,
        *,
        order: SortOrder = "thread",
        folded: Collection[str] = (),
        new: Collection[str] = (),
        measure: int = 72,
        noted: Callable[[TextKey, int, int], bool] = lambda key, start, end: False,
    ) -> None:
        """Show the comments of `document`; `folded` and `new` hold comment ids."""
        self.document, self.thread, self.measure = document, thread, measure
        self.new, self.noted = new, noted
        self.folded = folded
        self.visible = thread.order(order, [document.index_of(name) for name in folded])
        self.item_of = {index: item for item, index in enumerate(self.visible)}

    def __len__(self) -> int:
        return len(self.visible)

    def comment(self, item: int) -> Comment:
        """Return the comment shown by an item."""
        return self.document.comments[self.visible[item]]

    def key(self, item: int) -> Hashable:
        """Return the id of the comment."""
        return self.document.comments.outline[self.visible[item]][0]

    def find(self, key: Hashable) -> int | None:
        """Return the item that shows the comment with this id."""
        return self.item_at(("comment", str(key)))

    def stops(self, item: int) -> bool:
        """Every comment is a passage."""
        return True

    def passage(self, item: int) -> Passage | None:
        """Return the passage shown by an item."""
        if not 0 <= item < len(self.visible):
            return None
        comment = self.comment(item)
        return Passage(("comment", comment.id), 0, len(comment.text), self.visible[item] + 1)

    def item_at(self, key: TextKey, offset: int = 0) -> int | None:
        """Return the item that shows this text; None inside a fold."""
        if key[1] is None:
            return None
        try:
            return self.item_of.get(self.document.index_of(key[1]))
        except KeyError:
            return None

    def item_of_number(self, number: int) -> int | None:
        """Return the item of comment #`number`, or of the comment whose fold hides it."""
        index = number - 1
        if not 0 <= index < len(self.document.comments):
            return None
        while index not in self.item_of:
            index = self.thread.parent[index]
            if index < 0:
                return None
        return self.item_of[index]

    def rows(self, item: int, width: int) -> Sequence[Row]:
        """Return the rows of a comment: its header, its text, its fold, a blank line."""
        index = self.visible[item]
        comment = self.document.comments[index]
        depth = self.thread.depth[index]
        guides = _guides(depth, width)
        room = max(8, min(self.measure, width - GUTTER - cell_len("".join(run.text for run in guides)) - 1))
        mark = "✎" if self.noted(("comment", comment.id), 0, len(comment.text)) else " "
        lead = (Run(" "), Run(" "), *guides)
        header = self._header(comment, index, item)
        rows = [
            Row((Run(" "), Run(mark if at == 0 else " ", "chip"), *guides, *runs))
            for at, runs in enumerate(_flow(header, room))
        ]
        if comment.title:
            key: TextKey = ("comment_title", comment.id)
            rows += [
                Row((*lead, Run(comment.title[start:end], "strong", key, start)))
                for start, end in wrap(comment.title, room)
            ]
        rows += [Row((*lead, *runs)) for runs in _text_runs(comment, room)]
        if comment.id in self.folded and (count := self.thread.size[index] - 1):
            rows.append(Row((*lead, Run(self._fold_line(index, count), "chip"))))
        following = self.visible[item + 1] if item + 1 < len(self.visible) else None
        tail = _guides(min(depth, self.thread.depth[following]), width) if following is not None else ()
        return [*rows, Row((Run(" "), Run(" "), *tail))]

    def _header(self, comment: Comment, index: int, item: int) -> list[Run]:
        author = comment.author or "name not in capture"
        runs = [Run(f"#{index + 1}", "number"), Run(author, "author" if comment.author else "unknown")]
        if comment.kind != "comment":
            runs.append(Run(comment.kind, "chip"))
        if (day := gone_in(comment)) is not None:
            runs.append(Run(f"gone in the capture of {day[:10]}", "warning"))
        runs.append(Run(said_time(comment), "dim"))
        if comment.votes:
            runs.append(Run(said_votes(comment), "dim"))
        if comment.id in self.new:
            runs.append(Run("new", "warning"))
        runs += [Run(text, "chip") for text in self._chips(comment, index, item)]
        return runs

    def _chips(self, comment: Comment, index: int, item: int) -> list[str]:
        chips = []
        parent = self.thread.parent[index]
        above = self.visible[item - 1] if item else None
        if parent >= 0 and parent != above:
            chips.append(f"↳ #{parent + 1} {self.document.comments[parent].author or ''}".rstrip())
        elif comment.reply and parent < 0:
            chips.append(said_reply(comment.reply, self.document))
        quoted = {paragraph_number(self.document, item.of.start) for item in comment.quotes if item.of.part == "body"}
        if quoted:
            chips.append("“ quotes " + ", ".join(f"¶{number}" for number in sorted(quoted)))
        return chips

    def _fold_line(self, index: int, count: int) -> str:
        start = self.thread.threaded.index(index)
        inside = self.thread.threaded[start + 1 : start + 1 + count]
        ids = [self.document.comments.outline[at][0] for at in inside]
        new = sum(name in self.new for name in ids)
        noted = sum(self.noted(("comment", name), 0, 1 << 30) for name in ids)
        said = f"▸ {count} {'reply' if count == 1 else 'replies'} folded"
        return said + (f" · {new} new" if new else "") + (f" · ✎ {noted}" if noted else "")


def _guides(depth: int, width: int) -> tuple[Run, ...]:
    """Return the guides of a depth; where they would squeeze the text, the rest of the depth is a digit."""
    most = max(0, (width - GUTTER - TEXT_LEAST) // 2)
    runs = [Run("│ ", f"guide-{at % GUIDES}") for at in range(min(depth, most))]
    if depth > most:
        digit = Run(f"{depth} ", f"guide-{depth % GUIDES}")
        runs = [*runs[:-1], digit] if runs else [digit]
    return tuple(runs)


def _flow(words: Sequence[Run], width: int) -> list[tuple[Run, ...]]:
    """Set runs side by side with blanks between them, in as many rows as they need."""
    rows: list[tuple[Run, ...]] = []
    line: list[Run] = []
    used = 0
    for run in words:
        size = cell_len(run.text)
        if line and used + 2 + size > width:
            rows.append(tuple(line))
            line, used = [], 0
        if line:
            line.append(Run("  "))
            used += 2
        for start, end in wrap(run.text, max(4, width - used)):
            if start:
                rows.append(tuple(line))
                line, used = [], 0
            line.append(run._replace(text=run.text[start:end]))
            used += cell_len(run.text[start:end])
    return [*rows, tuple(line)]


def _text_runs(comment: Comment, room: int) -> list[tuple[Run, ...]]:
    key: TextKey = ("comment", comment.id)
    if not comment.text:
        said = {"deleted": "deleted", "missing": "not in this capture"}.get(comment.kind, "no text")
        return [(Run(f"({said})", "unknown"),)]
    text = comment.text
    rows: list[tuple[Run, ...]] = []
    for start, end in wrap(text, room):
        line_start = text.rfind("\n", 0, start) + 1
        style = "quote" if text.startswith((">", "&gt;"), line_start) else "text"
        rows.append((Run(text[start:end], style, key, start),))
    return rows


def said_time(comment: Comment) -> str:
    """Return a comment's time as the source gives it."""
    if comment.posted:
        return comment.posted.replace("T", " ", 1)
    return comment.posted_raw or "time not in capture"


def said_votes(comment: Comment) -> str:
    """Return a comment's votes: +3 −1, or the score."""
    votes = comment.votes
    if votes is None:
        return ""
    parts = [f"+{votes.up}"] if votes.up is not None else []
    parts += [f"−{votes.down}"] if votes.down is not None else []
    if not parts and votes.score is not None:
        parts = [f"{votes.score} points"]
    return " ".join(parts)


def said_reply(reply: Reply, document: Document) -> str:
    """Return what is known of a reply that is not stated by the structure, in the words of the screen."""
    if reply.to:
        try:
            index = document.index_of(reply.to)
        except KeyError:
            return "↳ reply; its parent is not in this capture"
        name = document.comments[index].author or f"#{index + 1}"
        return f"↳ likely to {name} ({reply.relation})" if reply.relation != "stated" else f"↳ #{index + 1} {name}"
    if reply.missing:
        return "↳ reply; its parent is not in this capture"
    if reply.thread:
        return "↳ likely a reply in the thread above (order of times)"
    return "↳ reply"


def counted(document: Document) -> str:
    """Return how many comments there are and what the page itself says; a difference begins with a mark."""
    from corpus.selfcheck import check

    count, found = len(document.comments), check(document)
    if found is None:
        return f"{count:,}" if count else ""
    return f"{count:,} · {found.said}" if found.agrees else f"! {found.said}"
