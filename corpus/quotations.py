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
_NO_WORD = {code: " " for code in range(128) if not (chr(code).isalnum() or chr(code) in "_'")}


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


class _Text:
    """The words of a text without case, and a hash of each six in a row; their places are worked out when needed."""

    __slots__ = ("_places", "_text", "grams", "words")

    def __init__(self, text: str) -> None:
        self._text = text
        self._places: list[tuple[int, int]] | None = None
        lower = text.lower()
        # a letter whose small form is longer may be cut into two words
        self.words = _words(lower) if len(lower) == len(text) else [word.lower() for word in _words(text)]
        words = self.words
        self.grams = list(map(hash, zip(*(words[at:] for at in range(WORDS)), strict=False)))

    def places(self) -> list[tuple[int, int]]:
        """Return where each word stands: start and end."""
        if self._places is None:
            self._places = [found.span() for found in _WORD.finditer(self._text)]
        return self._places


def _words(text: str) -> list[str]:
    text = text.replace("’", "'") if "’" in text else text
    if text.isascii():
        bare = text.translate(_NO_WORD)
        # an apostrophe belongs to a word only where letters stand on both sides
        if "'" not in bare or not any(loose in f" {bare} " for loose in (" '", "' ", "''")):
            return bare.split()
    return _WORD.findall(text)


def find_shared(body: str, texts: Sequence[str]) -> Shared:
    """Find what comments quote.

    Words are compared without case; stretches that stand in three comments or more are sayings, and
    what stands in the article is a quotation of the article only.

    Args:
        body: the article's text.
        texts: the comments in the order of the capture.
    """
    shared = Shared()
    split = {at: _Text(text) for at, text in enumerate(texts) if text.count(" ") + text.count("\n") >= WORDS - 1}
    if not split:
        return shared
    article = _Text(body)
    in_body: dict[int, int] = {}
    for place, gram in enumerate(article.grams):
        in_body.setdefault(gram, place)
    known = in_body.keys()
    for at, text in split.items():
        if known.isdisjoint(text.grams):
            continue
        places = {gram: (BODY, in_body[gram]) for gram in text.grams if gram in in_body}
        if runs := list(_runs(text, places, {BODY: article})):
            shared.body[at] = runs
    if sum(len(text.words) for text in split.values()) <= MOST_WORDS:
        _among_comments(split, in_body, shared)
    return shared


def _among_comments(split: dict[int, _Text], in_body: dict[int, int], shared: Shared) -> None:
    stands = _repeated(split, in_body)
    for at, text in split.items():
        if stands.keys().isdisjoint(text.grams):
            continue
        pairs = {
            gram: stands[gram][0]
            for gram in text.grams
            if gram in stands and len(stands[gram]) == 2 and stands[gram][0][0] < at
        }
        runs = list(_runs(text, pairs, split))
        if runs:
            shared.comments[at] = runs
            if _is_whole(text, runs, split):
                shared.same.add(at)


def _repeated(split: dict[int, _Text], in_body: dict[int, int]) -> dict[int, list[tuple[int, int]]]:
    """Return what stands in two comments and not in the article: up to three places of each, the first of a comment."""
    seen: set[int] = set()
    again: set[int] = set()
    for text in split.values():
        again.update(seen.intersection(text.grams))
        seen.update(text.grams)
    again.difference_update(in_body)
    stands: dict[int, list[tuple[int, int]]] = {}
    for at, text in split.items():
        if again.isdisjoint(text.grams):
            continue
        for place, gram in enumerate(text.grams):
            if gram in again:
                known = stands.setdefault(gram, [])
                if len(known) < 3 and (not known or known[-1][0] != at):
                    known.append((at, place))
    return stands


def _runs(text: _Text, places: dict[int, tuple[int, int]], others: dict[int, _Text]) -> Iterator[Run]:
    """Yield the longest stretches that begin at known places, from left to right, none inside another."""
    at = 0
    for here, gram in enumerate(text.grams):
        if here < at or gram not in places:
            continue
        of, there = places[gram]
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
            own, others_own = text.places(), other.places()
            last, there_last = here + length - 1, there + length - 1
            yield Run(of, own[here][0], own[last][1], others_own[there][0], others_own[there_last][1])
            at = here + length


def _is_whole(text: _Text, runs: list[Run], others: dict[int, _Text]) -> bool:
    """Tell whether the runs make up most of a comment and of another that they repeat."""
    covered: Counter[int] = Counter()
    starts = [start for start, _ in text.places()]
    for run in runs:
        covered[run.of] += bisect_left(starts, run.end) - bisect_left(starts, run.start)
    return any(count * 10 >= 8 * max(len(text.words), len(others[of].words)) for of, count in covered.items())
