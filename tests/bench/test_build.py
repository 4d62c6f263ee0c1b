"""What an index costs, beside the least that its texts and its names would cost."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from tests.bench.corpus_maker import Maker, write
from tests.bench.ratios import ROOT, alternate, hold, script

DOCUMENTS = int(os.environ.get("BENCH_DOCUMENTS", "1000"))
LARGE = 10_000
NAMED = 1000
ROUNDS = 2 if DOCUMENTS < LARGE else 1


def probe(way: str, folder: Path, index: Path) -> tuple[float, ...]:
    """Return wall seconds, processor seconds and bytes of one way of building."""
    if way in ("bare", "texts"):
        for path in index.parent.glob(index.name + "*"):
            path.unlink()
    command = (*script("build_probe"), way, str(folder), str(index))
    done = subprocess.run(
        command, capture_output=True, text=True, check=True, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )
    return tuple(json.loads(done.stdout))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return the corpus at BENCH_CORPUS, or one of DOCUMENTS documents made for this."""
    if given := os.environ.get("BENCH_CORPUS"):
        return Path(given)
    made = tmp_path / "in"
    write(made, Maker(), DOCUMENTS, per_file=max(20, DOCUMENTS // 50))
    return made


def costs(folder: Path, home: Path) -> dict[str, float]:
    """Return what the library's texts cost beside those that are read and inserted, and nothing else."""
    (bare, bare_used, bare_size), (own, own_used, own_size) = alternate(
        [lambda: probe("bare", folder, home / "bare.db"), lambda: probe("texts", folder, home / "own.db")], ROUNDS
    )
    return {"build": own / bare, "build, processor": own_used / bare_used, "size": own_size / bare_size}


@pytest.mark.bench
@pytest.mark.skipif(DOCUMENTS >= LARGE, reason="for a small corpus")
def test_texts_of_a_small_corpus_cost_little_beside_starting_the_processes_that_read_them(
    folder: Path, tmp_path: Path
) -> None:
    hold(lambda: costs(folder, tmp_path), {"build": 3.0, "build, processor": 3.0, "size": 1.3})


@pytest.mark.bench
@pytest.mark.skipif(DOCUMENTS < LARGE, reason="needs BENCH_DOCUMENTS=10000 or more")
def test_texts_cost_little_more_than_reading_and_inserting_them(folder: Path, tmp_path: Path) -> None:
    hold(lambda: costs(folder, tmp_path), {"build": 1.5, "build, processor": 2.5, "size": 1.3})


@pytest.mark.bench
def test_names_cost_little_more_than_finding_them(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    write(folder, Maker(), NAMED, per_file=20)

    def names() -> tuple[float, ...]:
        probe("texts", folder, tmp_path / "own.db")
        return probe("names", folder, tmp_path / "own.db")

    def measure() -> dict[str, float]:
        (bare, bare_used, _), (own, own_used, _) = alternate(
            [lambda: probe("recogniser", folder, tmp_path / "none.db"), names], ROUNDS
        )
        return {"names": own / bare, "names, processor": own_used / bare_used}

    hold(measure, {"names": 1.2, "names, processor": 1.5})
