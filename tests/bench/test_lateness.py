"""How late the event loop runs while there is work: keys wait no longer than that."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from corpus.paths import folders
from tests.bench.corpus_maker import Maker, write
from tests.bench.indexed import Indexed, chosen
from tests.bench.made_queries import corrupted
from tests.bench.ratios import hold, quantile, surroundings
from tests.bench.watching import Watching, watching

FRAME = 1 / 60
SECONDS = 4.0
DOCUMENTS, NEW = 400, 500
PACE = 0.12
"""Seconds between two keys of somebody who types."""


def idle(home: Path) -> float:
    """Return the p99 of an app that does nothing."""
    with watching(home, None, "first words") as app:
        app.program.settle(1)
        return quantile(app.lateness(SECONDS), 0.99)


def typing(reader: Watching, query: str) -> list[float]:
    """Type without waiting for answers; return how late the loop was."""
    found: list[float] = []
    for char in query:
        os.write(reader.program.terminal, char.encode())
        found += reader.lateness(PACE)
    return found


@pytest.mark.bench
def test_searching_holds_up_no_key(tmp_path: Path) -> None:
    maker = Maker()
    with chosen(tmp_path / "home", maker, DOCUMENTS) as indexed:
        queries = [item.query for item in corrupted(maker, indexed.documents, 4, 47)]

        def measure() -> dict[str, float]:
            least = idle(tmp_path)
            with watching(tmp_path, indexed) as reader:
                reader.program.settle(1)
                reader.begin_search()
                typing(reader, "warm")
                reader.clear("warm")
                late: list[float] = []
                for query in queries:
                    late += typing(reader, query)
                    reader.clear(query)
            return {"frames later than an idle app, p99": (quantile(late, 0.99) - least) / FRAME}

        hold(measure, {"frames later than an idle app, p99": 1})


@pytest.mark.bench
def test_reading_captures_holds_up_no_key(tmp_path: Path) -> None:
    maker = Maker()
    write(tmp_path / "corpus", maker, NEW, 50)

    def measure() -> dict[str, float]:
        least, env = idle(tmp_path), surroundings(tmp_path / "home")
        index = folders(environ=env).index([tmp_path / "corpus"])
        for path in index.parent.glob(f"{index.name}*"):
            path.unlink()
        late: list[float] = []
        with watching(tmp_path, Indexed((str(tmp_path / "corpus"),), env, NEW, index), "captures ") as reader:
            until = time.perf_counter() + 2 * SECONDS
            while time.perf_counter() < until:
                os.write(reader.program.terminal, b"j")
                late += reader.lateness(PACE)
        return {"frames later than an idle app, p99": (quantile(late, 0.99) - least) / FRAME}

    hold(measure, {"frames later than an idle app, p99": 1})
