from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pytest

from tests.bench.pty_probe import Program
from tests.bench.ratios import READER, ROOT, hold, script, surroundings

PRESSES = 9
PAGE_DOWN, PAGE_UP, HALF_DOWN, HALF_UP, NEXT_PANE = b"\x1b[6~", b"\x1b[5~", b"\x04", b"\x15", b"\t"
BEFORE_PREVIEW = 0.03
"""Seconds to listen after a key in the list of articles: the document it comes to rest on is opened later."""


@pytest.fixture
def programs(tmp_path: Path) -> Iterator[tuple[Program, Program]]:
    env = surroundings(tmp_path)
    with Program(script("line_list"), env, ROOT) as bare, Program((*READER, "--sample"), env, ROOT) as reader:
        reader.wait_for("PEOPLE")
        bare.settle(2)
        reader.settle(2)
        yield bare, reader


@pytest.mark.bench
def test_a_page_costs_little_more_than_in_a_bare_list(programs: tuple[Program, Program]) -> None:
    bare, reader = programs

    def pages(there: bytes, back: bytes) -> tuple[float, float]:
        ratios = []
        for _ in range(PRESSES):
            list_key = bare.press(PAGE_DOWN)
            if not list_key.sent:
                # the list is at its end, or was not given the processor in time
                bare.press(PAGE_UP)
                continue
            keys = (reader.press(there), reader.press(back))
            assert all(key.sent for key in keys)
            seconds, cpu = (sum(key[at] for key in keys) / 2 for at in (0, 1))
            ratios.append((seconds / list_key.seconds, cpu / list_key.cpu if list_key.cpu else 0))
        return median(ratio for ratio, _ in ratios), median(ratio for _, ratio in ratios)

    def measure() -> dict[str, float]:
        found = {}
        for name in ("article", "comments"):
            found[f"page in {name}"], found[f"CPU of a page in {name}"] = pages(PAGE_DOWN, PAGE_UP)
            found[f"half a page in {name}"], _ = pages(HALF_DOWN, HALF_UP)
            reader.press(NEXT_PANE if name == "article" else b"\x1b[Z", 0.3)
        return found

    names = ("page in article", "CPU of a page in article", "half a page in article")
    hold(measure, {name.replace("article", pane): 1.5 for name in names for pane in ("article", "comments")})


@pytest.mark.bench
def test_the_next_document(programs: tuple[Program, Program]) -> None:
    bare, reader = programs

    def measure() -> dict[str, float]:
        pages = [bare.press(PAGE_DOWN).seconds for _ in range(PRESSES)]
        documents = [reader.press(key).seconds for _ in range(PRESSES) for key in (b"J", b"K")]
        return {"next document / page down": median(documents) / median(pages)}

    # two panes of styled text and two rows of a list against one plain list that only scrolls
    hold(measure, {"next document / page down": 1.3})


@pytest.mark.bench
def test_a_step_sends_little_more_than_in_a_bare_list(programs: tuple[Program, Program]) -> None:
    bare, reader = programs
    most = max(bare.press(b"j").sent for _ in range(PRESSES))
    found = {}
    for name in ("article", "comments", "articles"):
        quiet = BEFORE_PREVIEW if name == "articles" else 0.06
        sent = []
        for key in (b"j", b"k") * 3:
            sent.append(reader.press(key, quiet).sent)
            reader.settle(0.2)
        found[name] = median(sent) / most
        for _ in range({"article": 1, "comments": 2}.get(name, 0)):
            reader.press(NEXT_PANE, 0.3)
    print("\nbytes of a step:", ", ".join(f"{name} {ratio:.2f}" for name, ratio in found.items()), end="")
    assert all(ratio <= 2 for ratio in found.values()), found


@pytest.mark.bench
def test_a_held_key_does_not_queue_up(programs: tuple[Program, Program]) -> None:
    bare, reader = programs
    for program in (bare, reader):
        program.press(PAGE_UP)
    held = 30
    one = median(reader.press(b"j").seconds for _ in range(5))
    for _ in range(held):
        reader.press(b"j", 1 / 30)
    last = reader.press(b"k").seconds
    print(
        f"\nafter {held} keys in a second, a key is answered in {last * 1e3:.0f} ms, one alone in {one * 1e3:.0f}",
        end="",
    )
    assert last < max(0.1, 4 * one)
