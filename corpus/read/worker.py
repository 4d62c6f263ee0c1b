"""Reading in processes of its own, so that no capture can take the reader's time, its memory or its life."""

from __future__ import annotations

import io
import os
import pickle
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Generator, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import IO, TYPE_CHECKING, Any

from corpus.model import Document, Problem
from corpus.read import Limits
from corpus.read.child import END, HEAD, ITEM, LAST, Order, message
from corpus.read.files import problem

if TYPE_CHECKING:
    from corpus.read.child import Step

Item = Document | Problem

_USUAL = Limits()
_PIPE_BYTES = 1 << 20
_PIECE = 1 << 18
_TICK = 0.5
_PATIENCE = 2.5
_A_LOT = 5_000_000
"""For every so many bytes of a file its time is granted once more."""
_PACKED = (".gz", ".tgz", ".zip", ".epub", ".pdf")
_START = "import sys; sys.path[:] = sys.argv[1:]; from corpus.read.child import main; main()"


class Reading:
    """Reads files in spawned processes, each under limits of time and memory.

    For use by one thread at a time; `close` may come from another. Processes are started when there is
    something for them to read, serve many files, and end when this one does, however it does.
    """

    def __init__(self, processes: int = 1, limits: Limits = _USUAL, *, step: Step | None = None) -> None:
        """Read with up to `processes` at once, every file within `limits`.

        `step`, which goes through a pipe, is what the processes call with each document and its path;
        what that returns, plain data, comes instead of the document.
        """
        self._limits, self._step = limits, step
        self._most = max(1, processes)
        self._idle: list[_Process] = []
        self._busy: list[_Process] = []
        self._closed = False

    def __enter__(self) -> Reading:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """End the processes; what is being read ends at once, without a problem."""
        self._closed = True
        # their pipes are closed by the thread that reads from them
        for process in tuple(self._busy):
            process.stop()
        while self._idle:
            self._idle.pop().end()

    def read(self, path: Path) -> Iterator[Item]:
        """Yield what `corpus.read.read` yields for `path`.

        A file that takes too much time or memory, or ends the process, yields a problem after what was
        read of it till then.
        """
        for _, item in self.read_many((path,)):
            if item is not None:
                yield item

    def read_many(self, paths: Iterable[Path]) -> Iterator[tuple[Path, Item | None]]:
        """Read several files at once.

        Args:
            paths: asked for the next one when a process is free.

        Yields:
            What is read of each file, in its order, with None at its end; files come mixed. No more is
            held than one document for each process: they wait while the caller does.
        """
        waiting = iter(paths)
        selector = selectors.DefaultSelector()
        try:
            while not self._closed:
                more = yield from self._give(waiting, selector)
                if not self._busy and not more:
                    return
                for process in self._wait(selector):
                    path = process.path
                    for item in process.received():
                        if self._closed:
                            return
                        yield path, item
                    if process.done is not None:
                        self._free(process, selector)
        finally:
            selector.close()
            # what was given up on still reads what nobody waits for
            for process in self._busy:
                process.end()
            self._busy.clear()

    def _give(
        self, waiting: Iterator[Path], selector: selectors.BaseSelector
    ) -> Generator[tuple[Path, Item | None], None, bool]:
        """Give a file to every process that is free; return whether there may be more files."""
        while len(self._busy) < self._most and not self._closed:
            path = next(waiting, None)
            if path is None:
                return False
            try:
                process = self._idle.pop() if self._idle else _Process()
                if not process.order(path, self._limits, self._step):
                    process.end()
                    process = _Process()
                    process.order(path, self._limits, self._step)
            except OSError:
                yield path, problem(path, "no process could be started to read it in")
                yield path, None
                continue
            self._busy.append(process)
            selector.register(process.output, selectors.EVENT_READ, process)
        return True

    def _free(self, process: _Process, selector: selectors.BaseSelector) -> None:
        self._busy.remove(process)
        selector.unregister(process.output)
        if process.done == END:
            self._idle.append(process)
        else:
            process.end()

    def _wait(self, selector: selectors.BaseSelector) -> list[_Process]:
        """Return the processes that sent something, ended, or took too long; only waiting counts as their time."""
        before = time.monotonic()
        ready = [key.data for key, _ in selector.select(_TICK)]
        # a machine that slept, or a reader that was stopped, is no reason to give up on a file
        waited = min(time.monotonic() - before, 2 * _TICK)
        late = []
        for process in self._busy:
            process.left -= waited
            if process.left <= 0 and process not in ready:
                process.late = True
                process.stop()
                late.append(process)
        return ready + late


def _widen(pipe: IO[bytes]) -> None:
    """Let a process go on for a while when nobody takes what it has read, where the system allows that."""
    with suppress(ImportError, AttributeError, OSError):
        import fcntl

        fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, _PIPE_BYTES)


class _Process:
    """One reading process and the file that it reads."""

    def __init__(self) -> None:
        """Start the process. Raises OSError."""
        root = str(Path(__file__).resolve().parents[2])
        known = [os.path.abspath(place) for place in sys.path if place]
        # -P: what lies in the current folder, which may be full of captures, is no code of ours
        self._child = subprocess.Popen(
            [sys.executable, "-P", "-c", _START, *(known if root in known else [root, *known])],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        assert self._child.stdout is not None
        self.output = self._child.stdout
        _widen(self.output)
        self._buffer = bytearray()
        self.path = Path()
        self.left = 0.0
        self.done: int | None = None
        self.late = False
        self._seconds = 0.0
        self._some = False

    def order(self, path: Path, limits: Limits, step: Step | None) -> bool:
        """Begin with a file; False where the process is gone."""
        try:
            size = os.stat(path).st_size
        except (OSError, ValueError):
            size = 0
        self.path, self.done, self._some = path, None, False
        size *= 8 if path.suffix.lower() in _PACKED else 1
        self._seconds = limits.seconds * (1 + min(size, max(limits.size, limits.lines)) / _A_LOT)
        # the processor's time is limited by the process itself; that of the clock passes on a busy machine too
        self.left = _PATIENCE * self._seconds
        assert self._child.stdin is not None
        try:
            self._child.stdin.write(message(ITEM, Order(str(path), limits, self._seconds, step)))
            self._child.stdin.flush()
        except (OSError, ValueError):
            return False
        return True

    def received(self) -> Iterator[Item | None]:
        """Take what has come, and yield what is whole of it; at the end of the file None, and `done` is set."""
        piece = b"" if self.late else self._take()
        if not piece:
            # one that closed its output is about to end, and how it does is worth knowing
            self.stop(patience=1.0)
            self.done = LAST
            yield problem(self.path, self._why())
            yield None
            return
        self._buffer += piece
        while len(self._buffer) >= HEAD.size:
            kind, size = HEAD.unpack_from(self._buffer)
            if len(self._buffer) < HEAD.size + size:
                return
            body = bytes(memoryview(self._buffer)[HEAD.size : HEAD.size + size])
            del self._buffer[: HEAD.size + size]
            if kind == ITEM:
                self._some = True
                yield _Models(io.BytesIO(body)).load()
            else:
                self.done = kind
                yield None

    def _take(self) -> bytes:
        try:
            return os.read(self.output.fileno(), _PIECE)
        except (OSError, ValueError):
            return b""

    def stop(self, patience: float = 0.0) -> None:
        """End the process, whatever it does, and wait until it has; with `patience` (seconds), by itself if it does."""
        with suppress(subprocess.TimeoutExpired):
            self._child.wait(patience)
        self._child.kill()
        self._child.wait()

    def end(self) -> None:
        """Stop the process and close the pipes to it."""
        self.stop()
        for pipe in (self._child.stdin, self._child.stdout):
            with suppress(OSError):
                if pipe is not None:
                    pipe.close()

    def _why(self) -> str:
        rest = "; what was read of it before is kept" if self._some else " and was given up"
        if self.late or self._child.returncode == -getattr(signal, "SIGXCPU", 0):
            return f"reading it took longer than {self._seconds:.0f} seconds{rest}"
        if self._child.returncode == -getattr(signal, "SIGKILL", 9):
            return f"reading it took more memory than there is{rest}"
        return f"the process that read it ended before its time{rest}"


class _Models(pickle.Unpickler):
    """Takes documents and problems from a process that read what nobody vouches for, and no other object."""

    def find_class(self, module: str, name: str) -> Any:
        # a dotted name would lead through a class or function to whatever it can reach
        if module in ("corpus.model", "corpus.comments") and "." not in name:
            found = super().find_class(module, name)
            if isinstance(found, type) and found.__module__ == module:
                return found
        raise pickle.UnpicklingError(f"{module}.{name} is no part of a document")
