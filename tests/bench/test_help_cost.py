from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MOST = 4.0
ROUNDS = 15


def seconds(*words: str) -> float:
    began = time.perf_counter()
    subprocess.run([sys.executable, *words], cwd=ROOT, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - began


@pytest.mark.bench
def test_help_costs_at_most_four_times_an_empty_program() -> None:
    pairs = [(seconds("-c", "pass"), seconds("-m", "tui", "--help")) for _ in range(ROUNDS)]
    ratio = min(helped for _, helped in pairs) / min(empty for empty, _ in pairs)
    print(f"--help: {ratio:.2f} x an empty program")
    assert ratio <= MOST
