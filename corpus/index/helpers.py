"""Processes that help with the index: spawned, told what to do through pipes, and gone when this process is."""

from __future__ import annotations

import gc
import os
import pickle
import selectors
import signal
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO

_START = (
    "import sys; sys.path[:] = sys.argv[2:]; from importlib import import_module; import_module(sys.argv[1]).main()"
)
NICENESS = 10


class HelperError(Exception):
    """A helper ended before its time, or what it did failed."""


def spawn(module: str) -> subprocess.Popen[bytes]:
    """Start a process that runs `main` of a module of ours, its input and output being pipes. Raises OSError."""
    root = str(Path(__file__).resolve().parents[2])
    known = [os.path.abspath(place) for place in sys.path if place]
    # -P: what lies in the current folder, which may be full of captures, is no code of ours
    return subprocess.Popen(
        [sys.executable, "-P", "-c", _START, module, *(known if root in known else [root, *known])],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )


def send(pipe: BinaryIO, value: object) -> None:
    """Write a message. Raises OSError when nobody listens."""
    pickle.dump(value, pipe, pickle.HIGHEST_PROTOCOL)
    pipe.flush()


class Helpers:
    """Some processes, each with an object made by `make(*facts)`, which is called with what is to be done."""

    def __init__(self, count: int, make: Callable[..., Callable[[Any], Any]], facts: tuple[Any, ...]) -> None:
        """Start `count` processes; everything goes through `pickle`. Raises OSError."""
        self._all: list[subprocess.Popen[bytes]] = []
        try:
            for _ in range(count):
                self._all.append(spawn(__name__))
                send(input_of(self._all[-1]), (make, facts))
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Helpers:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def map(self, tasks: Iterable[Any]) -> Iterator[Any]:
        """Yield what is returned for each task, in the order of being done. Raises HelperError."""
        waiting = iter(tasks)
        with selectors.DefaultSelector() as selector:
            busy = 0
            for process in self._all:
                busy += self._give(process, waiting)
                selector.register(output_of(process), selectors.EVENT_READ, process)
            while busy:
                for chosen, _ in selector.select():
                    process = chosen.data
                    done, value = self._answer(process)
                    if not done:
                        raise HelperError(value)
                    busy += self._give(process, waiting) - 1
                    yield value

    def _give(self, process: subprocess.Popen[bytes], waiting: Iterator[Any]) -> int:
        for task in waiting:
            try:
                send(input_of(process), task)
            except OSError as error:
                raise HelperError("a process that helps with the index has ended") from error
            return 1
        return 0

    def _answer(self, process: subprocess.Popen[bytes]) -> tuple[bool, Any]:
        try:
            done, value = pickle.load(output_of(process))
        except (EOFError, OSError, pickle.UnpicklingError) as error:
            raise HelperError("a process that helps with the index has ended") from error
        return done, value

    def close(self) -> None:
        """End the processes at once."""
        for process in self._all:
            process.kill()
        for process in self._all:
            process.wait()
            for pipe in (process.stdin, process.stdout):
                with suppress(OSError):
                    if pipe is not None:
                        pipe.close()


def input_of(process: subprocess.Popen[bytes]) -> BinaryIO:
    """Return the pipe to a process."""
    assert process.stdin is not None
    return process.stdin  # type: ignore[return-value]


def output_of(process: subprocess.Popen[bytes]) -> BinaryIO:
    """Return the pipe from a process."""
    assert process.stdout is not None
    return process.stdout  # type: ignore[return-value]


def main() -> None:
    """Serve until standard input ends."""
    serve(sys.stdin.buffer, own_output())


def own_output() -> BinaryIO:
    """Make this process a quiet one that gives way to others, and return the pipe to who started it.

    What is printed by chance goes nowhere, so that it cannot spoil a message.
    """
    # an interrupt from the keyboard is for the reader, which ends this process by closing its input
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # most of what is made here is kept for a moment only, and few of it in circles
    gc.set_threshold(100_000, 20, 20)
    with suppress(AttributeError, OSError):
        os.nice(NICENESS)
    output = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    return output


def serve(source: BinaryIO, output: BinaryIO) -> None:
    """Do what comes, one after the other."""
    make, facts = pickle.load(source)
    task = make(*facts)
    while True:
        try:
            value = pickle.load(source)
        except EOFError:
            return
        try:
            answer = (True, task(value))
        except Exception as error:
            answer = (False, f"{type(error).__name__}: {error}")
        with suppress(BrokenPipeError):
            send(output, answer)
