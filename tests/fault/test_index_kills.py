"""A build of the index that is killed goes on where it stopped, and ends as if nothing had happened."""

from __future__ import annotations

import os
import random
import select
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from corpus.index.schema import PASSAGE_BITS, open_writer
from corpus.index.vocabulary import load
from corpus.index.writing import searchable
from corpus.library import Library
from tests.bench.corpus_maker import Maker, Shape, write

KILLS = int(os.environ.get("INDEX_KILLS", "3"))
DOCUMENTS = int(os.environ.get("INDEX_DOCUMENTS", "60"))
A_BUILD = 10
"""Kills before a build is let through."""
ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs kill -9")


def start(folder: Path, index: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "tests.fault.index_build", str(folder), str(index)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, "COVERAGE_PROCESS_START": ""},
    )


def killed(folder: Path, index: Path, stage: str, delay: float) -> bool:
    """Build until `delay` seconds after a stage began; tell whether the build was still under way."""
    process = start(folder, index)
    assert process.stdout
    for line in process.stdout:
        if line.startswith((stage, "done")):
            break
    select.select([process.stdout], [], [], delay)
    process.kill()
    return process.wait() == -signal.SIGKILL


def content(index: Path) -> dict[str, object]:
    """Return all that a reader can come across, keys and search ids apart."""
    connection = open_writer(index)
    names = dict(connection.execute("SELECT key, document FROM doc"))
    found: dict[str, object] = {
        "documents": sorted(connection.execute("SELECT document, version, shown, title, date, digest FROM doc")),
        "captures": sorted(connection.execute("SELECT path, sha256, complete FROM capture")),
        "passages": sorted(
            (names[identity >> PASSAGE_BITS], identity & ((1 << PASSAGE_BITS) - 1), text, rest)
            for identity, text, rest in connection.execute("SELECT id, text, rest FROM passage")
        ),
        "names": sorted(
            (names[key], *rest)
            for key, *rest in connection.execute("SELECT doc, name, type, article, comments, surfaces FROM entity")
        ),
        "counted": load(connection).counts,
    }
    connection.execute("CREATE VIRTUAL TABLE temp.words USING fts5vocab(main, search, row)")
    found["words"] = dict(connection.execute("SELECT term, doc FROM temp.words"))
    connection.execute("CREATE VIRTUAL TABLE temp.places USING fts5vocab(main, search, instance)")
    searched = connection.execute("SELECT count(DISTINCT doc) FROM temp.places").fetchone()[0]
    assert sum(1 for key in names for _ in searchable(connection, key)) == searched
    connection.close()
    return found


def test_a_build_that_is_killed_again_and_again_ends_as_if_undisturbed(tmp_path: Path) -> None:
    folder = tmp_path / "in"
    write(folder, Maker(11, Shape(words=120, comments=4)), DOCUMENTS, per_file=max(1, DOCUMENTS // 40))
    calm = tmp_path / "calm.db"
    assert start(folder, calm).wait() == 0
    expected = content(calm)
    chance = random.Random(3)
    hit = builds = tries = 0
    while hit < KILLS and tries < 5 * KILLS:
        tries += 1
        index = tmp_path / f"killed-{builds}.db"
        stage = chance.choice(["reading", "reading", "indexing", "recognising"])
        under_way = killed(folder, index, stage, chance.random() ** 2 * DOCUMENTS / 600)
        hit += under_way
        if not under_way or hit % A_BUILD == 0 or hit == KILLS:
            builds += 1
            process = start(folder, index)
            assert process.stdout
            assert process.stdout.read().splitlines()[-1] == f"done {DOCUMENTS}"
            assert process.wait() == 0
            assert content(index) == expected
            library = Library.open([folder], index)
            assert (library.check(), library.is_complete, library.pending) == ([], True, "")
            library.close()
    print(f"\n{builds} builds of {DOCUMENTS} documents were killed {hit} times under way")
    assert hit
