from __future__ import annotations

import os
import pty
import termios
import threading
from collections.abc import Iterator

import pytest

from tui.headless.probe import ambiguous_cells


class Screen:
    """A pseudo-terminal that can be asked, and answers what it was told to."""

    def __init__(self) -> None:
        self.master, self.slave = pty.openpty()
        self.seen = b""

    def answer(self, words: bytes) -> threading.Thread:
        def wait() -> None:
            while b"\x1b[6n" not in self.seen:
                self.seen += os.read(self.master, 100)
            os.write(self.master, words)

        thread = threading.Thread(target=wait, daemon=True)
        thread.start()
        return thread


@pytest.fixture
def screen() -> Iterator[Screen]:
    made = Screen()
    yield made
    os.close(made.slave)
    os.close(made.master)


@pytest.mark.parametrize("cells", [1, 2])
def test_the_terminal_tells_how_wide_it_draws(screen: Screen, cells: int) -> None:
    before = termios.tcgetattr(screen.slave)
    thread = screen.answer(b"stray\x1b[12;%dR" % (cells + 1))
    assert ambiguous_cells(screen.slave, screen.slave) == cells
    thread.join(5)
    assert termios.tcgetattr(screen.slave) == before


def test_a_terminal_that_says_nothing_is_not_waited_for(screen: Screen, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tui.headless.probe.SECONDS", 0.05)
    assert ambiguous_cells(screen.slave, screen.slave) is None
