"""How much of what was asked for a searcher finds, over a made corpus.

python tests/bench/quality.py INDEX DOCUMENTS [--seed N] [--count N] [--only NAME ...]
"""

from __future__ import annotations

import argparse
import statistics
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from corpus.entities.gazetteer import Gazetteer
from corpus.index.tokens import words
from corpus.library import Library
from corpus.search import Searcher
from corpus.spelling import Spellings
from corpus.text import fold
from tests.bench import made_queries
from tests.bench.corpus_maker import Maker
from tests.bench.made_queries import Asked, Named

DRAWN = {
    "corrupted": made_queries.corrupted,
    "clean": made_queries.clean,
    "one typo": made_queries.one_typo,
    "Korean inside": made_queries.korean_inside,
    "Korean NFD": made_queries.korean_decomposed,
    "Korean slips": made_queries.korean_slips,
    "Korean spacing": made_queries.korean_spacing,
}


class Outcome(NamedTuple):
    """The share that was found, and the seconds of each search."""

    found: float
    seconds: list[float]
    missed: list[str]

    def __str__(self) -> str:
        times = sorted(self.seconds)
        return (
            f"{self.found:6.1%}  {statistics.median(times) * 1e3:6.1f} ms  p95 {times[int(0.95 * len(times))] * 1e3:6.1f}"
            f"  max {times[-1] * 1e3:6.1f}"
        )


class Bench:
    """A made corpus, its index and a searcher."""

    def __init__(self, index: Path, documents: int, maker: Maker | None = None) -> None:
        """Open the index over the first `documents` of the maker's corpus."""
        self.maker, self.documents = maker or Maker(), documents
        self.library = Library.open([], index)
        self.searcher = Searcher(self.library, Spellings(self.library, Gazetteer.load))
        self.searcher.search("warm up the wrods")

    def recall(self, asked: Sequence[Asked], most: int = 10) -> Outcome:
        """Return how many of the passages stand among the first hits."""
        missed, seconds = [], []
        for item in asked:
            began = time.process_time()
            results = self.searcher.search(item.query, limit=50)
            seconds.append(time.process_time() - began)
            # the same words in a row may stand in other passages too
            phrase = _words(item.phrase)
            if not any(
                self._is(item, hit.document, hit.kind == "body", hit.place) or phrase in _words(hit.excerpt)
                for hit in results.hits[:most]
            ):
                missed.append(item.query)
        return Outcome(1 - len(missed) / len(asked), seconds, missed)

    def _is(self, item: Asked, document: str, body: bool, place: int) -> bool:
        return document == self._id(item.document) and body != item.comment and place == item.place

    def _id(self, number: int) -> str:
        url = f"https://news.example/{self.maker.seed}/{number}"
        if not hasattr(self, "_ids"):
            self._ids = dict(self.library.readers.rows("SELECT url, document FROM doc"))
        return str(self._ids[url])

    def is_there(self, name: str) -> bool:
        """Tell whether the corpus holds a name in these words."""
        return bool(self.searcher.search(f'"{name}"', limit=1, exact_only=True).hits)

    def names(self, named: Sequence[Named], most: int = 50) -> Outcome:
        """Return the share of the other spellings that stand among the first hits."""
        shares, seconds, missed = [], [], []
        for item in named:
            began = time.process_time()
            results = self.searcher.search(item.query, limit=most)
            seconds.append(time.process_time() - began)
            texts = [_words(hit.excerpt) for hit in results.hits]
            lost = [name for name in item.others if not any(_words(name) in text for text in texts)]
            shares.append(1 - len(lost) / len(item.others))
            if lost:
                missed.append(f"{item.query}: {', '.join(lost)}")
        return Outcome(statistics.mean(shares), seconds, missed)

    def measures(self, count: int, seed: int) -> dict[str, Callable[[], Outcome]]:
        """Return what can be measured, by name."""
        found: dict[str, Callable[[], Outcome]] = {
            name: (lambda draw=draw: self.recall(draw(self.maker, self.documents, count, seed)))  # type: ignore[misc]
            for name, draw in DRAWN.items()
        }
        found["names"] = lambda: self.names(made_queries.names(self.maker, self.is_there, 100, seed))
        found["names, one letter wrong"] = lambda: self.names(
            made_queries.names(self.maker, self.is_there, 100, seed, wrong=True)
        )
        return found


def _words(text: str) -> str:
    return f" {' '.join(words(fold(text).text))} "


def main() -> None:
    """Print the measures."""
    parser = argparse.ArgumentParser(description="Measure what a search finds.")
    parser.add_argument("index", type=Path)
    parser.add_argument("documents", type=int)
    parser.add_argument("--seed", type=int, default=99)
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--only", nargs="*", default=[])
    parser.add_argument("--missed", type=int, default=0)
    options = parser.parse_args()
    bench = Bench(options.index, options.documents)
    for name, measure in bench.measures(options.count, options.seed).items():
        if not options.only or any(word in name for word in options.only):
            outcome = measure()
            print(f"{name:26}{outcome}", flush=True)
            for query in outcome.missed[: options.missed]:
                print("   ", query)


if __name__ == "__main__":
    main()
