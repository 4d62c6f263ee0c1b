"""Starting on an index, however large it is, and the memory that searching it takes."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from corpus.library import Library
from tests.bench.corpus_maker import Maker
from tests.bench.indexed import Indexed, chosen
from tests.bench.made_queries import corrupted
from tests.bench.pty_probe import Program, Start, start
from tests.bench.ratios import READER, ROOT, alternate, hold, script
from tests.bench.watching import watching

ROUNDS = 9
DOCUMENTS, FEWER = 400, 40
PANES = "Articles"
"""Shown with the panes and all that is in them, not before."""


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Indexed, Indexed]]:
    maker, home = Maker(), tmp_path_factory.mktemp
    with chosen(home("large"), maker, DOCUMENTS) as large, chosen(home("small"), maker, FEWER, "SMALL_") as small:
        yield large, small


@pytest.mark.bench
def test_panes_are_painted_soon_whatever_the_size_of_the_index(both: tuple[Indexed, Indexed]) -> None:
    large, small = both
    title = Library.open([], large.file).entries(0, 1)[0].title

    def smallest() -> Start:
        return start(script("minimal_app"), "first words", large.env, ROOT)

    def until(marker: str, indexed: Indexed) -> Start:
        return start((*READER, *indexed.words), marker, indexed.env, ROOT)

    cases: list[Callable[[], Start]] = [
        smallest,
        lambda: until(" ".join(title.split()[:3]), large),
        lambda: until(PANES, large),
        lambda: until(PANES, small),
    ]
    for case in cases:
        case()

    def measure() -> dict[str, float]:
        (least, least_cpu), (words, _), (wall, cpu), (small_wall, small_cpu) = alternate(cases, ROUNDS)
        return {
            "first words": words / least,
            "panes": wall / least,
            "CPU of panes": cpu / least_cpu,
            "panes / small index": wall / small_wall,
            "CPU / small index": cpu / small_cpu,
        }

    # the words are what is waited for; the panes hold more than the smallest app paints
    most = {"first words": 1.25, "panes": 1.6, "CPU of panes": 1.6}
    hold(measure, {**most, "panes / small index": 1.15, "CPU / small index": 1.15})


@pytest.mark.bench
def test_searching_takes_little_memory(tmp_path: Path, both: tuple[Indexed, Indexed]) -> None:
    large, _ = both
    with Program(script("minimal_app"), large.env, ROOT) as smallest:
        smallest.wait_for("first words")
        smallest.settle(1)
        least = _bytes(smallest, "status", "VmRSS")
    queries = [item.query for item in corrupted(Maker(), large.documents, 4, 51)]
    with watching(tmp_path, large) as reader:
        reader.program.settle(1)
        reader.begin_search()
        for query in queries:
            list(reader.keys(query))
            reader.clear(query)
        used = _bytes(reader.program, "smaps_rollup", "Anonymous")
    print(f"\nanonymous memory {used / 1e6:.0f} MB, the smallest app {least / 1e6:.0f} MB", end="")
    assert used <= 8 * least


def _bytes(program: Program, file: str, name: str) -> int:
    try:
        text = Path(f"/proc/{program.pid}/{file}").read_text()
    except OSError:
        pytest.skip("this system does not tell the memory of a process")
    found = re.search(rf"^{name}:\s+(\d+) kB", text, re.MULTILINE)
    assert found
    return int(found[1]) * 1024
