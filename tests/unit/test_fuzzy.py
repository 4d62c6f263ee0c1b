"""Likeness of strings: the few functions that stand before rapidfuzz."""

from __future__ import annotations

import subprocess
import sys

import pytest

from corpus.fuzzy import BLOCK, StoppedError, close, distance, fits, scores


def test_distance_counts_a_swap_as_one_edit() -> None:
    assert distance("panmunjom", "panmunjmo") == 1
    assert distance("abc", "xyz", 1) == 2


def test_close_finds_in_every_block() -> None:
    words = ["filler"] * (2 * BLOCK)
    words[3] = words[BLOCK + 1] = words[-1] = "korea"
    assert sorted(at for at, _ in close("koraa", words, 1)) == [3, BLOCK + 1, 2 * BLOCK - 1]


def test_fits_tell_how_well_the_best_stretch_fits() -> None:
    good, poor = fits("kim jong un", ["said kim jong un today", "nothing of the kind"])
    assert good == 100
    assert poor < 60


def test_long_work_can_be_stopped() -> None:
    with pytest.raises(StoppedError):
        close("word", ["word"], 1, lambda: True)
    with pytest.raises(StoppedError):
        scores("word", ["word"], lambda: True)
    assert scores("word", ["word"] * 500) == [100.0] * 500


def test_rapidfuzz_is_imported_on_use_only() -> None:
    script = "import sys, corpus.search, corpus.fuzzy; print('rapidfuzz' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
