"""Parents as records state them, made into what they can be: no comment its own forebear, every comment once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from corpus.model import Comment


def mend(comments: Sequence[Comment], problems: list[str], *, depths: bool) -> list[Comment]:
    """Cut circles of parents at their first comment.

    Args:
        comments: with ids that differ, in the order of the capture.
        problems: receives a sentence for what was cut, and for parents that are not there.
        depths: set each depth by the parents; else depths stay as stated.
    """
    place = {comment.id: at for at, comment in enumerate(comments)}
    parent = [place.get(comment.parent, -1) if comment.parent is not None else -1 for comment in comments]
    cut = _cut(parent)
    missing = sum(1 for comment in comments if comment.parent is not None and comment.parent not in place)
    if cut:
        problems.append(f"{_count(len(cut), 'comment')} in a circle of replies; the first of each stands on its own")
    if missing:
        problems.append(f"{_count(missing, 'comment')} answering a comment that is not in this capture")
    mended = [replace(comment, parent=None) if at in cut else comment for at, comment in enumerate(comments)]
    if not depths:
        return mended
    levels = _levels(parent, [comment.parent is not None and at not in cut for at, comment in enumerate(comments)])
    return [
        comment if comment.depth == level else replace(comment, depth=level)
        for comment, level in zip(mended, levels, strict=True)
    ]


def _count(number: int, noun: str) -> str:
    return f"1 {noun} is" if number == 1 else f"{number} {noun}s are"


def _cut(parent: list[int]) -> set[int]:
    """Cut circles in `parent` and return the places cut."""
    cut: set[int] = set()
    done = [False] * len(parent)
    for start in range(len(parent)):
        path: dict[int, int] = {}
        at = start
        while at != -1 and not done[at] and at not in path:
            path[at] = len(path)
            at = parent[at]
        if at != -1 and at in path:
            first = min(there for there, order in path.items() if order >= path[at])
            cut.add(first)
            parent[first] = -1
        for there in path:
            done[there] = True
    return cut


def _levels(parent: list[int], answers: list[bool]) -> list[int]:
    """Return how many comments of the capture each stands under; one with an absent parent stands at 1."""
    levels = [-1] * len(parent)
    for start in range(len(parent)):
        path: list[int] = []
        at = start
        while at != -1 and levels[at] < 0:
            path.append(at)
            at = parent[at]
        level = -1 if at == -1 else levels[at]
        for there in reversed(path):
            level = (1 if answers[there] else 0) if parent[there] == -1 else level + 1
            levels[there] = level
    return levels


def by_depth(depths: Sequence[int]) -> list[int]:
    """Return the parents (-1: none) that the depths of a list in thread order state."""
    parents: list[int] = []
    path: list[int] = []
    for at, depth in enumerate(depths):
        while path and depths[path[-1]] >= depth:
            path.pop()
        parents.append(path[-1] if path else -1)
        path.append(at)
    return parents
