"""The reading process: takes paths on its standard input, and writes what it reads on its standard output."""

from __future__ import annotations

import os
import pickle
import queue
import struct
import sys
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from corpus.model import Document
    from corpus.read import Limits

    Step = tuple[str, str] | Callable[[Document, str], Any]

HEAD = struct.Struct("<BQ")
"""Before each message: its kind, and how many bytes of pickle follow."""
ITEM, END, LAST = range(3)
"""Kinds of message: a document or problem; the end of a file; the same, and the process ends for having grown large."""


class Order(NamedTuple):
    """What is to be read next, and how long that may take in seconds of the processor.

    `step`, a function or the names of a module and a function in it, is called with each document and the path; what it
    returns is sent instead.
    """

    path: str
    limits: Limits
    seconds: float
    step: Step | None = None


def message(kind: int, value: Any = None) -> bytes:
    """Return a message as it goes through the pipe."""
    body = b"" if value is None else pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
    return HEAD.pack(kind, len(body)) + body


def main() -> None:
    """Serve until standard input ends. What is printed by chance goes nowhere, so that it cannot spoil a message."""
    import signal

    # an interrupt from the keyboard is for the reader, which ends this process by closing its input
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    output = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    orders: queue.SimpleQueue[Order] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(sys.stdin.buffer, orders), daemon=True).start()
    serve(orders, output)


def _listen(source: BinaryIO, orders: queue.SimpleQueue[Order]) -> None:
    """Take orders; when the input ends, whoever gave them is gone, and this process with it."""
    while head := source.read(HEAD.size):
        try:
            orders.put(pickle.loads(source.read(HEAD.unpack(head)[1])))
        except (struct.error, EOFError, pickle.UnpicklingError):
            break
    os._exit(0)


def serve(orders: queue.SimpleQueue[Order], output: BinaryIO) -> None:
    """Read what is ordered, one file after the other, until the process has grown to half of what it may."""
    while True:
        order = orders.get()
        limit_memory(order.limits.memory)
        limit_processor(order.seconds)
        _read(order, output)
        large = peak_memory() > order.limits.memory // 2
        output.write(message(LAST if large else END))
        output.flush()
        if large:
            return


def _read(order: Order, output: BinaryIO) -> None:
    from corpus.model import Document
    from corpus.read import read
    from corpus.read.files import problem

    step = _step(order.step)
    try:
        for item in read(Path(order.path), order.limits):
            output.write(message(ITEM, step(item, order.path) if isinstance(item, Document) else item))
            output.flush()
    except MemoryError:
        output.write(message(ITEM, problem(order.path, "it is too large to be read in the memory that is allowed")))
    except BrokenPipeError:
        os._exit(0)
    except Exception as error:  # whatever the fault is, it ends this file and not the others
        said = f"it could not be read because of a fault in this program ({type(error).__name__})"
        output.write(message(ITEM, problem(order.path, said)))


def _step(named: Step | None) -> Callable[[Document, str], Any]:
    from dataclasses import replace
    from importlib import import_module

    if named is None:
        # a copy, since a document keeps texts that it has worked out
        return lambda document, path: replace(document)
    if not isinstance(named, tuple):
        return named
    step: Callable[[Document, str], Any] = getattr(import_module(named[0]), named[1])
    return step


def limit_memory(most: int) -> None:
    """Let this process have no more than `most` bytes of address space, where the platform can do that."""
    _limit("RLIMIT_AS", most)


def limit_processor(seconds: float) -> None:
    """Let this process go on for no more than `seconds` of processor time from now, where the platform can do that."""
    import time

    _limit("RLIMIT_CPU", int(time.process_time() + seconds) + 1)


def _limit(name: str, most: int) -> None:
    try:
        import resource

        kind = getattr(resource, name)
        _, hard = resource.getrlimit(kind)
        resource.setrlimit(kind, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
    except (ImportError, AttributeError, ValueError, OSError):
        return


def peak_memory() -> int:
    """Return the most memory that this process ever held, in bytes; 0 where the platform does not say.

    Linux counts what the parent held into `ru_maxrss` of a process that it starts, and not into VmHWM.
    """
    try:
        with open("/proc/self/status", encoding="ascii", errors="replace") as status:
            return next(int(line.split()[1]) * 1024 for line in status if line.startswith("VmHWM"))
    except (OSError, StopIteration, ValueError):
        pass
    try:
        import resource
    except ImportError:
        return 0
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024
