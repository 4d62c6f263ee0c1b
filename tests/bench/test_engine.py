"""The engine alone on a large index: beside a full scan of the same text, SQLite alone, and itself on a tenth.

BENCH_INDEX and BENCH_DOCUMENTS name the index, BENCH_SMALL_INDEX and BENCH_SMALL_DOCUMENTS the tenth; without them there is
nothing to measure. Phrases have one or two errors in every word of four letters and more, and are new to the engine.
"""

from __future__ import annotations

import os
import random
import shutil
import statistics
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from corpus.index.tokens import words
from corpus.text import fold
from tests.bench.corpus_maker import LETTERS
from tests.bench.made_queries import clean, corrupted
from tests.bench.quality import Bench
from tests.bench.ratios import hold, quantile, warm

SEED = int(os.environ.get("BENCH_SEED", "71"))
QUERIES = int(os.environ.get("BENCH_QUERIES", "150"))
RANDOM = int(os.environ.get("BENCH_RANDOM", "2000"))
ROUND = 10
SCANS = 3
"""Full scans after each round of queries."""
ODD = [
    '"',
    "-",
    "OR",
    "NOT",
    "title:",
    "title:talks",
    "date:2018",
    "date:<2015",
    "(",
    ")",
    "*",
    ":",
    "é",
    "漢字",
    "북한",
    "ㅂㅎ",
    "commenter:",
    "outlet:ledger",
    "in:comment",
    "is:unread",
    "is:reply",
    "entity:kim",
    "type:PERSON",
    "lang:ko",
    "sort:time",
    "-the",
    "|",
    "\\",
    "👍",
]


def _opened(which: str = "") -> Bench:
    named = os.environ.get(f"BENCH_{which}INDEX")
    if not named:
        pytest.skip(f"BENCH_{which}INDEX names no index")
    warm(Path(named))
    return Bench(Path(named), int(os.environ[f"BENCH_{which}DOCUMENTS"]))


@pytest.fixture(scope="module")
def bench() -> Iterator[Bench]:
    found = _opened()
    yield found
    found.library.close()


@pytest.fixture(scope="module")
def lines(bench: Bench, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The texts of the index, a line each."""
    if not shutil.which("rg"):
        pytest.skip("ripgrep is not installed")
    path = tmp_path_factory.mktemp("scan") / "lines.txt"
    with path.open("w", encoding="utf-8") as file:
        for (text,) in bench.library.readers.connection().execute("SELECT text FROM passage"):
            file.write(f"{' '.join(text.split())}\n")
        file.flush()
        os.fsync(file.fileno())
        # read again in large pieces it is mapped at less cost, which is only fair
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    return path


def seconds_of(bench: Bench, queries: Sequence[str]) -> list[float]:
    """Return the seconds of searches whose words are not remembered."""
    found = []
    for query in queries:
        bench.searcher._vocabulary._near.clear()
        began = time.perf_counter()
        bench.searcher.search(query, limit=50)
        found.append(time.perf_counter() - began)
    return found


def scan(lines: Path, word: str) -> float:
    """Return the seconds that ripgrep takes to count the lines with a word, the second time, when the file is warm."""
    seconds = []
    for _ in range(2):
        began = time.perf_counter()
        subprocess.run(["rg", "-i", "-c", word, str(lines)], stdout=subprocess.DEVNULL, check=False)
        seconds.append(time.perf_counter() - began)
    return min(seconds)


@pytest.mark.bench
def test_the_engine_takes_a_part_of_the_time_of_a_full_scan(bench: Bench, lines: Path) -> None:
    queries = [item.query for item in corrupted(bench.maker, bench.documents, QUERIES, SEED)]
    phrases = [item.query for item in clean(bench.maker, bench.documents, QUERIES, SEED)]

    def measure() -> dict[str, float]:
        own: list[float] = []
        scans: list[float] = []
        typed: list[float] = []
        for at in range(0, QUERIES, ROUND):
            warm(bench.library.readers.path)
            own += seconds_of(bench, queries[at : at + ROUND])
            # words that are in the text, and words as they were mistyped
            scans += [scan(lines, phrase.split()[0]) for phrase in phrases[at : at + SCANS]]
            typed += [scan(lines, query.split()[0]) for query in queries[at : at + SCANS]]
        peer = statistics.median(scans)
        print(
            f"\nengine p50 {quantile(own, 0.5) * 1e3:.0f} ms, p95 {quantile(own, 0.95) * 1e3:.0f}; ripgrep for words"
            f" of the text {peer * 1e3:.0f}, for mistyped ones {statistics.median(typed) * 1e3:.0f}",
            end="",
        )
        return {"p50 / scan": quantile(own, 0.5) / peer, "p95 / scan": quantile(own, 0.95) / peer}

    hold(measure, {"p50 / scan": 0.3, "p95 / scan": 0.6})


@pytest.mark.bench
def test_the_exact_tier_costs_little_more_than_the_index_alone(bench: Bench) -> None:
    connection = bench.library.readers.connection()
    phrases = [item.query.split() for item in clean(bench.maker, bench.documents, QUERIES // 2, SEED)]
    queries = [" ".join(part) for phrase in phrases for part in (phrase, phrase[:2], phrase[:1])]

    def bare(query: str) -> None:
        asked = " AND ".join(f'"{word}"' for word in words(fold(query).text))
        connection.execute("SELECT rowid FROM search WHERE search MATCH ? LIMIT 50", (asked,)).fetchall()

    def measure() -> dict[str, float]:
        ways: tuple[Callable[[str], object], ...] = (lambda query: bench.searcher.first(query, 50), bare)
        own, least = _in_turns(ways, queries)
        print(f"\nexact tier p95 {quantile(own, 0.95) * 1e3:.1f} ms, bare {quantile(least, 0.95) * 1e3:.1f}", end="")
        return {"exact tier p95 / bare FTS5": quantile(own, 0.95) / quantile(least, 0.95)}

    hold(measure, {"exact tier p95 / bare FTS5": 3})


def _in_turns(ways: tuple[Callable[[str], object], ...], queries: Sequence[str]) -> list[list[float]]:
    seconds: list[list[float]] = [[] for _ in ways]
    for number, query in enumerate(queries):
        # who comes second finds the pages warm
        for at in range(len(ways)) if number % 2 else reversed(range(len(ways))):
            began = time.perf_counter()
            ways[at](query)
            seconds[at].append(time.perf_counter() - began)
    return seconds


@pytest.mark.bench
def test_ten_times_the_documents_take_at_most_six_times_as_long(bench: Bench) -> None:
    smaller = _opened("SMALL_")
    queries = {
        one: [item.query for item in corrupted(one.maker, one.documents, QUERIES, SEED)] for one in (bench, smaller)
    }

    def measure() -> dict[str, float]:
        seconds: dict[Bench, list[float]] = {bench: [], smaller: []}
        for at in range(0, QUERIES, ROUND):
            for one, own in seconds.items():
                own += seconds_of(one, queries[one][at : at + ROUND])
        return {"p95 / that of a tenth": quantile(seconds[bench], 0.95) / quantile(seconds[smaller], 0.95)}

    hold(measure, {"p95 / that of a tenth": 6})


def made_query(bench: Bench, chance: random.Random) -> str:
    """Return words of the corpus, some cut off or mistyped, among operators, fields and what is no word."""

    def word(known: str) -> str:
        what = chance.random()
        if what < 0.1:
            return chance.choice(ODD)
        if what < 0.25:
            at = chance.randrange(len(known))
            return known[:at] + chance.choice(LETTERS) + known[at + 1 :]
        if what < 0.3:
            return known[: chance.randint(1, len(known))]
        if what < 0.33:
            return chance.choice(bench.maker.korean_words)
        if what < 0.36:
            return "".join(chr(chance.randrange(0x21, 0x3000)) for _ in range(chance.randint(1, 8)))
        return known

    known = chance.choices(bench.maker.words, cum_weights=bench.maker._weights, k=chance.randint(1, 6))
    return " ".join(map(word, known))


@pytest.mark.bench
def test_no_random_query_fails_or_takes_very_long() -> None:
    bench = _opened("SMALL_")
    chance = random.Random(SEED)
    seconds: dict[str, float] = {}
    for query in [made_query(bench, chance) for _ in range(RANDOM)]:
        began = time.process_time()
        assert bench.searcher.search(query, limit=50).is_whole, query
        seconds[query] = time.process_time() - began
    most = 5 * statistics.median(seconds.values())

    def slow(query: str) -> bool:
        # what was slow once may have been disturbed
        again = []
        for _ in range(3):
            bench.searcher._vocabulary._near.clear()
            began = time.process_time()
            bench.searcher.search(query, limit=50)
            again.append(time.process_time() - began)
        return min(again) > most

    worst = sorted((query for query in seconds if seconds[query] > most and slow(query)), key=lambda q: -seconds[q])
    print(f"\n{RANDOM} queries, median {most / 5 * 1e3:.1f} ms, above five times that: {len(worst)}", end="")
    assert not worst, worst[:20]
