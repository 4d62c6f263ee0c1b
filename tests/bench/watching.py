"""Watches the reader in a pseudo-terminal: when the whole answer to a key is painted, what was sent, how late it runs."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple, TextIO

from tests.bench.indexed import Indexed
from tests.bench.pty_probe import COLUMNS, ROWS, Program
from tests.bench.ratios import ROOT, script
from tests.bench.terminal import Terminal

AT_MOST = 20.0
REST = 0.15
"""Seconds without output after which a preview, too, is painted."""
RESULTS = slice(3, ROWS - 2)
"""The rows of the screen that show what is found, and the first of it in its place."""


class Key(NamedTuple):
    """Seconds from a key to the whole answer on screen, bytes until nothing more came, bytes of the results in view.

    What was in view before counts where it was more: it has to be taken away.
    """

    seconds: float
    sent: int
    seen: int


class Watching:
    """A watched program; what it tells is read as it comes."""

    def __init__(self, program: Program, told: TextIO) -> None:
        """Nothing was told yet."""
        self.program = program
        self._told, self._rest = told, ""
        self._terminal, self._fed = Terminal(ROWS, COLUMNS), 0

    def told(self) -> Iterator[list[Any]]:
        """Yield what was told since this was last asked."""
        *lines, self._rest = (self._rest + self._told.read()).split("\n")
        yield from map(json.loads, lines)

    def lateness(self, seconds: float) -> list[float]:
        """Return how late each tick of the event loop was during so many seconds."""
        list(self.told())
        until = time.perf_counter() + seconds
        while time.perf_counter() < until:
            self.program.read(0.05)
        return [item[2] for item in self.told() if item[0] == "late"]

    def screen(self) -> list[str]:
        """Return the rows of the screen."""
        output = self.program.output
        self._terminal.feed(output[self._fed :])
        self._fed = len(output)
        return self._terminal.lines()

    def begin_search(self) -> None:
        """Open the search."""
        self.program.press(b"s", 0.5)

    def clear(self, typed: str) -> None:
        """Take back what was typed."""
        os.write(self.program.terminal, b"\x7f" * len(typed))
        self.program.settle(REST)

    def keys(self, query: str) -> Iterator[Key]:
        """Type a query; yield what each key brought."""
        seen = self._seen()
        for at, char in enumerate(query, 1):
            list(self.told())
            before, pressed = len(self.program.output), time.perf_counter()
            os.write(self.program.terminal, char.encode())
            painted = self._painted(query[:at])
            self.program.settle(REST)
            was, seen = seen, self._seen()
            yield Key(painted - pressed, len(self.program.output) - before, max(was, seen))

    def _seen(self) -> int:
        return sum(len(line.strip().encode()) for line in self.screen()[RESULTS])

    def _painted(self, query: str) -> float:
        until = time.perf_counter() + AT_MOST
        while time.perf_counter() < until:
            self.program.read(0.002)
            for what, at, *more in self.told():
                if what == "painted" and more[0] == query:
                    return float(at)
        raise AssertionError(f"the answer to {query!r} was never painted")


@contextmanager
def watching(home: Path, indexed: Indexed | None, marker: str = "Articles") -> Iterator[Watching]:
    """Open the reader over an index, or an app that does nothing, once it shows `marker` and all is quiet."""
    file = home / "told"
    words = (*script("watched_reader"), str(file), *(indexed.words if indexed else ()))
    env = {**(indexed.env if indexed else {}), "PYTHONPATH": str(ROOT)}
    file.touch()
    with Program(words, env, ROOT) as program, file.open(encoding="utf-8") as told:
        program.wait_for(marker)
        yield Watching(program, told)
