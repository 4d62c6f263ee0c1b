from __future__ import annotations

from pathlib import Path

import pytest

from tests.bench.pty_probe import Program, start
from tests.bench.ratios import READER, ROOT, alternate, hold, script, surroundings

ROUNDS = 15
FIRST_WORDS = "Two Koreas to Meet at Panmunjom Next Tuesday"
"""The title of the sample's first article, which is wider than the list beside it: only the article shows it whole."""


@pytest.mark.bench
def test_the_first_words_of_an_article_come_soon_after_those_of_the_smallest_app(tmp_path: Path) -> None:
    env = surroundings(tmp_path)
    smallest, sample = script("minimal_app"), (*READER, "--sample")
    start(smallest, "first words", env, ROOT)
    with Program(sample, env, ROOT) as first:
        cold = first.wait_for(FIRST_WORDS)
        # the index is whole when nothing more is painted
        first.settle(2)
    print(f"\nfirst start of all, without bytecode and index: {cold:.2f} s", end="")

    def measure() -> dict[str, float]:
        (least, least_cpu), (wall, cpu) = alternate(
            [lambda: start(smallest, "first words", env, ROOT), lambda: start(sample, FIRST_WORDS, env, ROOT)], ROUNDS
        )
        return {"start": wall / least, "start CPU": cpu / least_cpu}

    hold(measure, {"start": 1.25, "start CPU": 1.5})
