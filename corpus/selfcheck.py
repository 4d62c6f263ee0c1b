"""The page's own count of comments against what was found: a difference is said, wherever the document is shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from corpus.model import Comment, Document, StatedCount

MOST = 5000
"""Comments beyond which kinds are not looked at one by one where a document is only shown."""


class Check(NamedTuple):
    """How many comments the page says there are, how many were found, and whether that is the same."""

    stated: int
    found: int
    agrees: bool

    @property
    def said(self) -> str:
        """The two numbers in words."""
        return f"page says {self.stated:,}, found {self.found:,}"

    @property
    def problem(self) -> str:
        """The difference as a sentence of the document's problems; empty where there is none."""
        return "" if self.agrees else f"the page says {self.stated} comments, {self.found} were found"


def compare(stated: StatedCount | None, comments: Iterable[Comment]) -> Check | None:
    """Compare a stated count with comments; None where none is stated.

    A page may count what links to it (pingbacks) and what is deleted, or not; all four ways agree.
    """
    if stated is None:
        return None
    kinds = Counter(comment.kind for comment in comments)
    found = sum(number for kind, number in kinds.items() if kind not in ("missing", "stub"))
    ways = {found - pings - gone for pings in (0, kinds["pingback"]) for gone in (0, kinds["deleted"])}
    return Check(stated.n, found, stated.n in ways)


def check(document: Document) -> Check | None:
    """Compare the count that a document states with its comments, those of a very long thread by number only."""
    comments: Sequence[Comment] = document.comments
    stated = document.stated_comment_count
    if stated is not None and len(comments) > MOST:
        differs = any(is_said(problem) for problem in document.problems)
        return Check(stated.n, len(comments), not differs)
    return compare(stated, comments)


def is_said(problem: str) -> bool:
    """Tell whether a problem of a document is that its comments are not as many as the page says."""
    return problem.startswith("the page says ") and problem.endswith(" were found")
