from __future__ import annotations

import json
from functools import partial
from pathlib import Path

import pytest

from tests.bench.corpus_maker import Maker
from tests.bench.pty_probe import Program, start
from tests.bench.ratios import READER, ROOT, alternate, hold, surroundings

ROUNDS = 9
FEW, MANY = 10, 10_000
WORDS = "These words open the article"


def capture(folder: Path, comments: int) -> Path:
    record = Maker().document(1, comments)
    record["body"] = f"{WORDS}.\n\n{record['body']}"
    path = folder / f"{comments}.json"
    path.write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")
    return path


@pytest.mark.bench
def test_a_long_thread_opens_as_fast_as_a_short_one(tmp_path: Path) -> None:
    env = surroundings(tmp_path)
    commands = [(*READER, str(capture(tmp_path, comments))) for comments in (FEW, MANY)]
    for command in commands:
        with Program(command, env, ROOT) as first:
            cold = first.wait_for(WORDS)
            first.settle(8)
        print(f"\n{command[-1].rsplit('/', 1)[-1]}: {cold:.2f} s where the index is still to be made", end="")

    def measure() -> dict[str, float]:
        (few, _), (many, _) = alternate([partial(start, command, WORDS, env, ROOT) for command in commands], ROUNDS)
        return {f"{MANY:,} comments / {FEW}": many / few}

    hold(measure, {f"{MANY:,} comments / {FEW}": 1.25})
