"""What recognising costs, as ratios of one run: against a sketch of the method, an empty program, and a small gazetteer."""

from __future__ import annotations

import csv
import importlib
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from corpus.entities.gazetteer import Gazetteer
from corpus.entities.matching import build_trie, match
from corpus.entities.recognise import Recogniser
from corpus.entities.region import Region
from corpus.entities.rows import Row
from corpus.model import make_document
from tests.bench.accuracy import Line
from tests.bench.gold import DATA, SHARED, shared_captures
from tests.bench.ratios import ROOT, alternate

ROUNDS = 7
DAY = date(2018, 1, 9)
LOAD = "from corpus.entities.recognise import Recogniser; from corpus.entities.gazetteer import Gazetteer; Recogniser(Gazetteer.load())"


def texts() -> list[str]:
    """Return articles of a few thousand characters, none like another."""
    own = re.sub(r"\{([^|{}]*)\|([^{}]*)\}", r"\1", (DATA / "own_text.mk").read_text(encoding="utf-8"))
    found = [own, *(marked.document.body for marked in shared_captures())]
    return [f"{text} Number {number}." for number in range(8) for text in found]


def seconds(work: Callable[[], object]) -> float:
    """Return the processor time of a piece of work."""
    began = time.process_time()
    work()
    return time.process_time() - began


def against_sketch() -> float | None:
    """Return our MB/s divided by the sketch's on the same texts; None where the sketch is absent."""
    folder = SHARED / "sketches" / "entities"
    if not (folder / "kent.py").exists():
        return None
    bodies = texts()
    recogniser = Recogniser(Gazetteer.load())
    documents = [make_document("", [(text, "paragraph")], published=DAY.isoformat()) for text in bodies]
    kent, names = _sketch(folder)

    def ours() -> tuple[float]:
        return (seconds(lambda: [recogniser.recognise(document) for document in documents]),)

    def theirs() -> tuple[float]:
        return (seconds(lambda: [kent.find(names, text, kent.Doc(DAY)) for text in bodies]),)

    (our,), (their,) = alternate([ours, theirs], ROUNDS)
    return their / our


def _sketch(folder: Path) -> tuple[Any, Any]:
    sys.path.insert(0, str(folder))
    try:
        kent = importlib.import_module("kent")
    finally:
        sys.path.remove(str(folder))
    with tempfile.TemporaryDirectory() as made:
        facts = Path(made) / "facts.psv"
        with (SHARED / "gold" / "gazetteer_facts.tsv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file, delimiter="\t"))[1:]
        lines = ["|".join([*row[:5], row[7] if len(row) > 7 else "", *row[5:7]]) for row in rows]
        facts.write_text("\n".join(lines), encoding="utf-8")
        return kent, kent.Gaz(str(facts))


def many_aliases() -> float:
    """Return the speed of matching 100,000 aliases divided by that of 1,000, over the same texts."""
    shipped = [alias for alias in Gazetteer.load().aliases if alias.kind == "name"][:1000]
    draw = random.Random(5)
    syllables = (
        "kim",
        "ri",
        "pak",
        "cho",
        "jung",
        "sang",
        "min",
        "tae",
        "ho",
        "won",
        "dong",
        "chol",
        "su",
        "yon",
        "gyu",
    )

    def name() -> str:
        return " ".join("".join(draw.choices(syllables, k=2)).title() for _ in range(draw.randint(1, 3)))

    rows = [Row(f"made-{number}", "PERSON", name()) for number in range(99_000)]
    small, large = build_trie(shipped), build_trie([*shipped, *Gazetteer(rows).aliases])
    regions = [Region(text) for text in texts()]

    def scan(trie: dict[str, Any]) -> Callable[[], tuple[float]]:
        return lambda: (seconds(lambda: [match(region, trie) for region in regions for _ in range(3)]),)

    (few,), (many,) = alternate([scan(small), scan(large)], ROUNDS)
    return few / many


def loading() -> float:
    """Return the wall time of a program that loads the recogniser, divided by that of an empty one."""

    def program(code: str) -> Callable[[], tuple[float]]:
        def run() -> tuple[float]:
            began = time.perf_counter()
            subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)
            return (time.perf_counter() - began,)

        return run

    (empty,), (loaded,) = alternate([program("pass"), program(LOAD)], 15)
    return loaded / empty


def speed_table() -> list[Line]:
    """Return the ratios as a table."""
    sketch = against_sketch()
    return [
        Line("speed", ("ratio",)),
        *([Line("recogniser, MB/s against the sketch's", (f"{sketch:.2f}",))] if sketch else []),
        Line("matching 100,000 aliases against 1,000", (f"{many_aliases():.2f}",)),
        Line("import and load against `python -c pass`", (f"{loading():.2f}",)),
    ]
