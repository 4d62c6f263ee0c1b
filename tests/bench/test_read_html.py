"""Saved pages are read, comments and all, in less time than trafilatura takes for their text."""

from __future__ import annotations

import importlib.util
import time
from pathlib import Path

import pytest

from corpus.read import read
from tests.bench.ratios import alternate, hold

PAGES = sorted((Path(__file__).parents[3] / "shared" / "captures" / "html").glob("*.html"))
ROUNDS = 4


def ours() -> tuple[float]:
    """Return the seconds of this process for reading all pages."""
    start = time.process_time()
    for path in PAGES:
        list(read(path))
    return (time.process_time() - start,)


def theirs(metadata: bool) -> tuple[float]:
    """Return the seconds of this process for trafilatura's text of all pages, in its default mode."""
    import trafilatura

    start = time.process_time()
    for path in PAGES:
        trafilatura.extract(path.read_bytes(), with_metadata=metadata)
    return (time.process_time() - start,)


def measure() -> dict[str, float]:
    """Return how our time stands to that of the other."""
    [[own], [text], [facts]] = alternate([ours, lambda: theirs(False), lambda: theirs(True)], ROUNDS)
    return {"of the time for its text": own / text, "of the time for its text and facts": own / facts}


@pytest.mark.bench
@pytest.mark.skipif(not PAGES, reason="the captures are not here")
@pytest.mark.skipif(importlib.util.find_spec("trafilatura") is None, reason="trafilatura is not installed")
def test_pages_take_a_fraction_of_the_time_of_trafilatura() -> None:
    hold(measure, {"of the time for its text": 0.45, "of the time for its text and facts": 0.3})
