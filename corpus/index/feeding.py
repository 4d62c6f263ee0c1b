"""Captures made ready for the index: in this process, or in others when there is much to read."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from corpus.index.preparing import Prepared, from_plain, prepare_judged, prepare_plain, try_prepare
from corpus.index.sources import Captures, Source
from corpus.model import Problem
from corpus.unread import unread

Item = Prepared | Problem
Fed = tuple[str, Item | None]
"""A capture and one thing that it holds; None at its end."""

MUCH_FILES = 24
MUCH_BYTES = 4_000_000
"""Above either, captures are read in processes of their own."""
HELD = 3000
"""Documents of later captures that are held back while an earlier one is still read."""
MOST_PROCESSES = 4


def processes() -> int:
    """Return how many processes to spread work over."""
    try:
        cores = len(os.sched_getaffinity(0))
    except AttributeError:
        cores = os.cpu_count() or 1
    return max(1, min(MOST_PROCESSES, cores))


def is_much(paths: Sequence[str]) -> bool:
    """Tell whether it would take long to read all these files."""
    if len(paths) > MUCH_FILES:
        return True
    total = 0
    for path in paths:
        try:
            total += os.stat(path).st_size
        except OSError:
            continue
    return total > MUCH_BYTES


def feed_here(source: Source, paths: Iterable[str]) -> Iterator[Fed]:
    """Read captures one after the other in this process."""
    for path in paths:
        yield from ((path, item) for item in _items(source, path))
        yield path, None


def _items(source: Source, path: str) -> Iterator[Item]:
    """Read a capture; whatever goes wrong in there is a sentence, not the end."""
    try:
        for item in source.read(Path(path)):
            yield item if isinstance(item, Problem) else try_prepare(item, path)
    except Exception as error:
        yield Problem(path, f"The file could not be read ({type(error).__name__})")


def feed_apart(source: Source, paths: Iterable[str]) -> Iterator[Fed]:
    """Read captures in other processes; they come in the order of `paths` unless one of them is very large."""
    from corpus.read.worker import Reading

    order: deque[str] = deque()

    def given() -> Iterator[Path]:
        for path in paths:
            order.append(path)
            yield Path(path)

    make = source.make_judged if isinstance(source, Captures) else None
    step = partial(prepare_judged, make) if make else prepare_plain
    with Reading(processes(), step=step) as reading:
        fed = ((str(path), _fed(item)) for path, item in reading.read_many(given()))
        yield from _in_order(_with_unread(fed) if make else fed, order)


def _with_unread(items: Iterator[Fed]) -> Iterator[Fed]:
    """Yield the text of a capture of which nothing could be read before its end."""
    why: dict[str, str | None] = {}
    for path, item in items:
        if isinstance(item, Problem):
            why.setdefault(path, item.message)
        elif item is not None:
            why[path] = None
        elif (message := why.pop(path, None)) and (found := unread(Path(path), message)):
            yield path, try_prepare(found, path)
        yield path, item


def _fed(item: Any) -> Item | None:
    """Return what came through the pipe as what it was before."""
    return from_plain(item) if type(item) is tuple else item


def _in_order(items: Iterator[Fed], order: deque[str]) -> Iterator[Fed]:
    """Hold back what comes of later captures, within bounds, so that the list is in the order of names."""
    held: dict[str, list[Item | None]] = {}
    count = 0
    for path, item in items:
        if path != order[0] and count < HELD:
            held.setdefault(path, []).append(item)
            count += 1
            continue
        for earlier in held.pop(path, ()):
            count -= 1
            yield path, earlier
        yield path, item
        if item is not None:
            continue
        order.remove(path)
        while order and order[0] in held:
            first = order[0]
            for earlier in held.pop(first):
                count -= 1
                yield first, earlier
                if earlier is None:
                    order.popleft()
            if order and order[0] == first:
                break
