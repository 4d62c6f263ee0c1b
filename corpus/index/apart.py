"""A refresh of the index in a process of its own, so that whoever reads meanwhile is not held up."""

from __future__ import annotations

import pickle
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, NamedTuple

from corpus.index.helpers import HelperError, input_of, output_of, own_output, send, spawn
from corpus.index.progress import Progress, Report
from corpus.index.sources import Captures, Recognises

if TYPE_CHECKING:
    from corpus.judged import Judged

STOP = "stop"
ASKED_SECONDS = 0.1
"""How often whether to stop is asked."""


class Order(NamedTuple):
    """What is to be brought up to date: captures, index, what makes the recogniser and what is known besides."""

    roots: tuple[Path, ...]
    cache_file: Path
    recogniser: Callable[[], Recognises] | None
    judged: Callable[[], Judged] | None = None


def can_go(order: Order) -> bool:
    """Tell whether an order can go through a pipe."""
    try:
        pickle.dumps(order)
    except (pickle.PicklingError, AttributeError, TypeError):
        return False
    return True


def refresh_apart(order: Order, tell: Callable[[Progress], None], stop: Callable[[], bool]) -> Report:
    """Have the index brought up to date, as `Refresher.refresh` does it. Raises HelperError or OSError.

    The process ends when this one does, and what it wrote till then stays.
    """
    process = spawn(__name__)
    done = threading.Event()
    watch = threading.Thread(target=_watch, args=(input_of(process), stop, done), daemon=True)
    try:
        send(input_of(process), order)
        watch.start()
        while True:
            answer = pickle.load(output_of(process))
            if isinstance(answer, Report):
                return answer
            if isinstance(answer, str):
                raise HelperError(answer)
            tell(answer)
    except (EOFError, pickle.UnpicklingError) as error:
        raise HelperError("the process that reads captures has ended") from error
    finally:
        done.set()
        if watch.is_alive():
            watch.join()
        with suppress(OSError):
            input_of(process).close()
        process.wait()
        output_of(process).close()


def _watch(pipe: BinaryIO, stop: Callable[[], bool], done: threading.Event) -> None:
    """Pass a wish to stop on."""
    while not done.wait(ASKED_SECONDS):
        if stop():
            with suppress(OSError, ValueError):
                send(pipe, STOP)
            return


def main() -> None:
    """Do what one order says; a word on standard input, or its end, is a wish to stop."""
    output = own_output()
    source = sys.stdin.buffer
    order = pickle.load(source)
    wish = threading.Event()

    def listen() -> None:
        with suppress(Exception):
            pickle.load(source)
        wish.set()

    threading.Thread(target=listen, daemon=True).start()
    with suppress(BrokenPipeError):
        send(output, _serve(order, lambda state: _tell(output, state, wish), wish.is_set))


def _tell(output: BinaryIO, state: Progress, wish: threading.Event) -> None:
    try:
        send(output, state)
    except OSError:
        wish.set()


def _serve(order: Order, tell: Callable[[Progress], None], stop: Callable[[], bool]) -> Report | str:
    from corpus.index.readers import Readers
    from corpus.index.refreshing import Refresher

    refresher = Refresher(Readers(order.cache_file), Captures(order.judged), order.recogniser, None)
    try:
        return refresher.refresh(order.roots, tell, stop)
    except Exception as error:
        return f"{type(error).__name__}: {error}"
