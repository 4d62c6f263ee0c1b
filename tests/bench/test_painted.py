"""Searching as it is met: from a key to the results on screen, and what is sent for it."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pytest

from tests.bench.corpus_maker import Maker
from tests.bench.indexed import Indexed, chosen
from tests.bench.made_queries import corrupted
from tests.bench.ratios import hold, quantile, warm
from tests.bench.watching import Key, watching

QUERIES = int(os.environ.get("BENCH_QUERIES", "2"))
TITLES = 1_000_000
SEED = 43
DOCUMENTS, FEWER = 400, 40
LINE = 500
"""Bytes that the line typed in, the status and the sentence that nothing is found may take."""


@pytest.fixture(scope="module")
def maker() -> Maker:
    return Maker()


@pytest.fixture(scope="module")
def indexed(tmp_path_factory: pytest.TempPathFactory, maker: Maker) -> Iterator[Indexed]:
    with chosen(tmp_path_factory.mktemp("large"), maker, DOCUMENTS) as found:
        yield found


@pytest.fixture(scope="module")
def smaller(tmp_path_factory: pytest.TempPathFactory, maker: Maker) -> Iterator[Indexed]:
    with chosen(tmp_path_factory.mktemp("small"), maker, FEWER, "SMALL_") as found:
        yield found


@pytest.fixture(scope="module")
def titles(tmp_path_factory: pytest.TempPathFactory, maker: Maker) -> Path:
    """A million titles of the corpus's words, a line each."""
    if not shutil.which("fzf"):
        pytest.skip("fzf is not installed")
    path, chance = tmp_path_factory.mktemp("titles") / "titles.txt", random.Random(SEED)
    with path.open("w", encoding="utf-8") as file:
        for _ in range(TITLES // 1000):
            words = chance.choices(maker.words, cum_weights=maker._weights, k=8000)
            file.writelines(" ".join(words[at : at + 8]).title() + "\n" for at in range(0, 8000, 8))
    return path


def mistyped(maker: Maker, over: Indexed, seed: int = SEED) -> list[str]:
    """Return queries with errors for what a corpus holds."""
    return [item.query for item in corrupted(maker, over.documents, QUERIES, seed)]


def typed(home: Path, indexed: Indexed, queries: list[str]) -> list[Key]:
    """Type queries into the search, letter by letter."""
    found: list[Key] = []
    with watching(home, indexed) as reader:
        reader.program.settle(1)
        reader.begin_search()
        # the first search of all loads the words
        list(reader.keys("warm"))
        reader.clear("warm")
        for query in queries:
            warm(indexed.file)
            found += reader.keys(query)
            reader.clear(query)
    return found


def filtered(titles: Path, query: str) -> float:
    """Return the seconds that fzf takes for a query over the titles."""
    began = time.perf_counter()
    with titles.open("rb") as file:
        subprocess.run(["fzf", "--filter", query], stdin=file, stdout=subprocess.DEVNULL, check=False)
    return time.perf_counter() - began


@pytest.mark.bench
def test_results_are_painted_sooner_than_a_fuzzy_finder_reads_its_lines(
    tmp_path: Path, indexed: Indexed, maker: Maker, titles: Path
) -> None:
    queries = mistyped(maker, indexed)

    def measure() -> dict[str, float]:
        peer = median(filtered(titles, query) for query in queries[:9] for _ in range(2))
        seconds = [key.seconds for key in typed(tmp_path, indexed, queries)]
        print(
            f"\n{len(seconds)} keys: p50 {median(seconds) * 1e3:.0f} ms, p95 {quantile(seconds, 0.95) * 1e3:.0f};"
            f" fzf {peer * 1e3:.0f}",
            end="",
        )
        return {"painted p95 / fzf over a million titles": quantile(seconds, 0.95) / peer}

    hold(measure, {"painted p95 / fzf over a million titles": 0.2})


@pytest.mark.bench
def test_ten_times_as_many_documents_are_searched_at_most_half_as_quickly(
    tmp_path: Path, indexed: Indexed, smaller: Indexed, maker: Maker
) -> None:
    queries = mistyped(maker, smaller)

    def measure() -> dict[str, float]:
        slow, quick = (
            quantile([key.seconds for key in typed(tmp_path, over, queries)], 0.95) for over in (indexed, smaller)
        )
        return {"painted p95 / that of a small corpus": slow / quick}

    hold(measure, {"painted p95 / that of a small corpus": 2})


@pytest.mark.bench
def test_a_key_sends_little_more_than_the_results_in_view(tmp_path: Path, indexed: Indexed, maker: Maker) -> None:
    queries = mistyped(maker, indexed, SEED + 1)

    def measure() -> dict[str, float]:
        keys = typed(tmp_path, indexed, queries)
        # all that a key brings: the line that is typed in, the results, the status, the preview of the first of them
        shares = [key.sent / max(key.seen, LINE) for key in keys]
        high = quantile(shares, 0.95)
        print(f"\nbytes of a key, median: {median(key.sent for key in keys):.0f}; p95 of the ratio {high:.2f}", end="")
        return {"bytes / results": sum(key.sent for key in keys) / sum(key.seen for key in keys)}

    hold(measure, {"bytes / results": 2})
