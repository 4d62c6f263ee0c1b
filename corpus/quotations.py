"""Words repeated: stretches of a comment that stand in the article or in an earlier comment."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

WORDS = 6
"""So many words in a row, the same in both, are a quotation."""
MOST_WORDS = 1_000_000
"""Comments longer than this together are not compared with each other."""

BODY = -1
_WORD = re.compile(r"\w+(?:['’]\w+)*")


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch `start` to `end` of a comment that repeats `of_start` to `of_end` of text `of` (`BODY`: the article)."""

    of: int
    start: int
    end: int
    of_start: int
    of_end: int


@dataclass(frozen=True, slots=True)
class Shared:
    """Runs by the index of the comment that has them; `same` are comments that repeat an earlier one as a whole."""

    body: dict[int, list[Run]] = field(default_factory=dict)
    comments: dict[int, list[Run]] = field(default_factory=dict)
    same: set[int] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class _Text:
    words: list[str]
    starts: list[int]
    ends: list[int]

    def grams(self) -> Iterator[int]:
        return map(hash, zip(*(self.words[at:] for at in range(WORDS)), strict=False))


def _split(text: str) -> _Text:
    found = list(_WORD.finditer(text))
    words = [match[0].lower().replace("’", "'") for match in found]
    return _Text(words, [match.start() for match in found], [match.end() for match in found])


def find_shared(body: str, texts: Sequence[str]) -> Shared:
    """Find what comments quote.

    Words are compared without case; stretches that stand in three comments or more are sayings, and
    what stands in the article is a quotation of the article only.

    Args:
        body: the article's text.
        texts: the comments in the order of the capture.
    """
    shared = Shared()
    long = [at for at, text in enumerate(texts) if text.count(" ") + text.count("\n") >= WORDS - 1]
    if not long:
        return shared
    split = {at: _split(texts[at]) for at in long}
    article = _split(body)
    in_body: dict[int, int] = {}
    for place, gram in enumerate(article.grams()):
        in_body.setdefault(gram, place)
    for at, text in split.items():
        if runs := list(_runs(text, {gram: [(BODY, place)] for gram, place in _known(text, in_body)}, {BODY: article})):
            shared.body[at] = runs
    if sum(len(text.words) for text in split.values()) <= MOST_WORDS:
        _among_comments(split, in_body, shared)
    return shared


def _known(text: _Text, places: dict[int, int]) -> Iterator[tuple[int, int]]:
    for gram in text.grams():
        if (place := places.get(gram)) is not None:
            yield gram, place


def _among_comments(split: dict[int, _Text], in_body: dict[int, int], shared: Shared) -> None:
    seen: dict[int, list[tuple[int, int]]] = {}
    again: set[int] = set()
    for at, text in split.items():
        for place, gram in enumerate(text.grams()):
            if gram in in_body:
                continue
            stands = seen.setdefault(gram, [])
            if len(stands) < 3 and (not stands or stands[-1][0] != at):
                stands.append((at, place))
                if len(stands) == 2:
                    again.add(at)
    for at in sorted(again):
        text = split[at]
        pairs = {
            gram: seen[gram][:1] for gram in text.grams() if len(seen.get(gram, ())) == 2 and seen[gram][0][0] < at
        }
        runs = list(_runs(text, pairs, split))
        if runs:
            shared.comments[at] = runs
            if _is_whole(text, runs, split):
                shared.same.add(at)


def _runs(text: _Text, places: dict[int, list[tuple[int, int]]], others: dict[int, _Text]) -> Iterator[Run]:
    """Yield the longest stretches that begin at known places, from left to right, none inside another."""
    at = 0
    for here, gram in enumerate(text.grams()):
        if here < at or gram not in places:
            continue
        of, there = places[gram][0]
        other = others[of]
        length = 0
        while (
            here + length < len(text.words)
            and there + length < len(other.words)
            and text.words[here + length] == other.words[there + length]
        ):
            length += 1
        # equal hashes of different words end up here with a shorter run
        if length >= WORDS:
            last, there_last = here + length - 1, there + length - 1
            yield Run(of, text.starts[here], text.ends[last], other.starts[there], other.ends[there_last])
            at = here + length


def _is_whole(text: _Text, runs: list[Run], others: dict[int, _Text]) -> bool:
    """Tell whether the runs make up most of a comment and of another that they repeat."""
    covered: Counter[int] = Counter()
    for run in runs:
        covered[run.of] += bisect_left(text.starts, run.end) - bisect_left(text.starts, run.start)
    return any(count * 10 >= 8 * max(len(text.words), len(others[of].words)) for of, count in covered.items())
