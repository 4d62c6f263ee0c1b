"""Runs a program in a pseudo-terminal and measures it as a user meets it: time and CPU to the first words on screen,
then time, CPU and bytes for every key.

    python tests/bench/pty_probe.py MARKER WORD ...    how long `WORD ...` takes until MARKER is shown
"""

from __future__ import annotations

import os
import pty
import re
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Mapping, Sequence
from fcntl import ioctl
from pathlib import Path
from types import TracebackType
from typing import NamedTuple

ROWS, COLUMNS = 40, 120
SECONDS_AT_MOST = 60.0
QUIET = 0.06
"""Seconds without output after which a program is taken to have answered a key."""

ANSWERS = (
    (b"\x1b[c", b"\x1b[?62;22c"),
    (b"\x1b[>c", b"\x1b[>0;10;1c"),
    (b"\x1b[6n", b"\x1b[1;1R"),
    (b"\x1b[?2026$p", b"\x1b[?2026;2$y"),
    (b"\x1b[?2048$p", b"\x1b[?2048;0$y"),
)
_ESCAPE = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|P[^\x1b]*\x1b\\|[@-Z\\-_=>])")


class Start(NamedTuple):
    """Seconds from exec until the marker is shown, and CPU seconds of the child until it was killed right then."""

    seconds: float
    cpu: float


class Key(NamedTuple):
    """Seconds from sending a key to the last byte of the answer, CPU seconds of the child, bytes it sent."""

    seconds: float
    cpu: float
    sent: int


class Program:
    """A program in a pseudo-terminal of its own; killed on leaving the `with`."""

    def __init__(self, words: Sequence[str], env: Mapping[str, str] | None = None, cwd: Path | None = None) -> None:
        """Start `words`; `env` is added to the environment."""
        outer = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
        surroundings = {**outer, "TERM": "xterm-256color", "COLORTERM": "truecolor", **(env or {})}
        self.began = time.perf_counter()
        self.pid, self.terminal = pty.fork()
        if not self.pid:
            try:
                ioctl(1, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
                if cwd:
                    os.chdir(cwd)
                os.execvpe(words[0], list(words), surroundings)
            finally:
                os._exit(127)
        self.output = b""
        self.last = self.began
        self.cpu = 0.0
        self._ended = False

    def __enter__(self) -> Program:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.kill()

    def kill(self) -> float:
        """End the program; return the CPU seconds that it and its threads took."""
        if not self._ended:
            self._ended = True
            os.kill(self.pid, signal.SIGKILL)
            _, _, used = os.wait4(self.pid, 0)
            self.cpu = used.ru_utime + used.ru_stime
            os.close(self.terminal)
        return self.cpu

    def read(self, seconds: float) -> bytes | None:
        """Return what the program writes within `seconds`, answering what it asks; None once it has ended."""
        ready, _, _ = select.select([self.terminal], [], [], seconds)
        if not ready:
            return b""
        try:
            found = os.read(self.terminal, 1 << 16)
        except OSError:
            return None
        if not found:
            return None
        self.last = time.perf_counter()
        self.output += found
        for question, answer in ANSWERS:
            if question in found:
                os.write(self.terminal, answer)
        return found

    def wait_for(self, marker: str) -> float:
        """Read until `marker` is shown; return the seconds since the start. Raises AssertionError if it never is."""
        wanted = marker.encode()
        while self.last - self.began < SECONDS_AT_MOST:
            found = self.read(SECONDS_AT_MOST)
            if not found:
                break
            if wanted in _ESCAPE.sub(b"", self.output):
                return self.last - self.began
        raise AssertionError(f"{marker} was never shown:\n{shown(self.output)[-2000:]}")

    def settle(self, quiet: float = 0.5) -> None:
        """Read until nothing was written for `quiet` seconds."""
        until = time.perf_counter() + SECONDS_AT_MOST
        while self.read(quiet) and time.perf_counter() < until:
            pass

    def press(self, key: bytes, quiet: float = QUIET) -> Key:
        """Send a key and read the whole answer; what was written before it is no part of that."""
        while self.read(0):
            pass
        used = cpu_of(self.pid)
        before = len(self.output)
        pressed = time.perf_counter()
        os.write(self.terminal, key)
        self.last = pressed
        while self.read(quiet):
            pass
        return Key(self.last - pressed, cpu_of(self.pid) - used, len(self.output) - before)


def cpu_of(pid: int) -> float:
    """Return the CPU seconds that a running program has taken so far, to the nanosecond; 0 where nobody tells."""
    try:
        threads = [Path(entry, "schedstat").read_text() for entry in Path(f"/proc/{pid}/task").iterdir()]
    except OSError:
        return 0.0
    return sum(int(text.split()[0]) for text in threads) / 1e9


def start(words: Sequence[str], marker: str, env: Mapping[str, str] | None = None, cwd: Path | None = None) -> Start:
    """Run a program until it shows `marker`."""
    with Program(words, env, cwd) as program:
        seconds = program.wait_for(marker)
        return Start(seconds, program.kill())


def shown(output: bytes) -> str:
    """Return output without its control sequences."""
    return _ESCAPE.sub(b" ", output).decode("utf-8", "replace")


if __name__ == "__main__":
    took = start(sys.argv[2:], sys.argv[1])
    print(f"{took.seconds * 1e3:.0f} ms, CPU {took.cpu * 1e3:.0f} ms")
