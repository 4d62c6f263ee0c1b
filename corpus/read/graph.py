"""Parents as records state them, made into what they can be: no comment its own forebear, every comment once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from corpus.model import Comment


class Places(NamedTuple):
    """Where comments stand: the parent of each as it may be stated, and how many comments it stands under."""

    parents: list[str | None]
    depths: list[int]


def settle_parents(ids: Sequence[str], stated: Sequence[str | None], problems: list[str]) -> Places:
    """Cut circles of parents at their first comment, and count depths.

    Args:
        ids: all different, in the order of the capture.
        stated: the id of each one's parent.
        problems: receives a sentence for what was cut, and for parents that are not there.
    """
    place = {own: at for at, own in enumerate(ids)}
    parent = [place.get(above, -1) if above is not None else -1 for above in stated]
    cut = _cut(parent)
    missing = sum(1 for above in stated if above is not None and above not in place)
    if cut:
        problems.append(f"{_count(len(cut), 'comment')} in a circle of replies; the first of each stands on its own")
    if missing:
        problems.append(f"{_count(missing, 'comment')} answering a comment that is not in this capture")
    kept = [None if at in cut else above for at, above in enumerate(stated)]
    return Places(kept, _levels(parent, [above is not None for above in kept]))


def mend(comments: Sequence[Comment], problems: list[str], *, depths: bool) -> list[Comment]:
    """Return comments with their parents settled; `depths`: set each depth by the parents, else they stay as stated."""
    found = settle_parents([comment.id for comment in comments], [comment.parent for comment in comments], problems)
    mended = []
    for comment, parent, level in zip(comments, *found, strict=True):
        depth = level if depths else comment.depth
        same = comment.parent == parent and comment.depth == depth
        mended.append(comment if same else replace(comment, parent=parent, depth=depth))
    return mended


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
