"""Copying from any screen, in a worker: a clipboard tool may hang. What is copied stays among the last quotes."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import TYPE_CHECKING

from tui.dispatch import CommandScreen

if TYPE_CHECKING:
    from textual.worker import Worker

    from tui.app import KoreaReader
    from tui.quotes import Quotes


class Copies:
    """What waits to be copied, in the order of the keys: what was asked for last is what the clipboard holds in the end."""

    def __init__(self, app: KoreaReader) -> None:
        """Nothing waits."""
        self._app = app
        self._turn = threading.Lock()
        self._waiting: deque[Callable[[], None]] = deque()
        self._workers: set[Worker[None]] = set()

    def add(self, work: Callable[[], None]) -> None:
        """Do this in a worker after what waits; it outlives the screen that it was asked on."""
        self._waiting.append(work)
        self._workers = {worker for worker in self._workers if not worker.is_finished}
        self._workers.add(self._app.run_worker(self._next, thread=True, group="copy", exit_on_error=False))

    def _next(self) -> None:
        with self._turn:
            self._waiting.popleft()()

    def quit(self) -> None:
        """Leave the reader once all is copied, since the terminal takes nothing afterwards; at once when asked again."""
        workers, self._workers = self._workers, set()
        if all(worker.is_finished for worker in workers):
            self._app.exit(0)
        else:
            self._app.run_worker(self._quit_after(workers), exit_on_error=False)

    async def _quit_after(self, workers: Iterable[Worker[None]]) -> None:
        from textual.worker import WorkerError

        for worker in workers:
            with suppress(WorkerError):
                await worker.wait()
        self._app.exit(0)


def copy_text(screen: CommandScreen, quotes: Quotes, text: str) -> None:
    """Copy `text` and say on `screen` what became of it."""
    from tui.clipboard import copy

    app, write = screen.reader, screen.reader.write_terminal

    def tell(said: str, failed: bool) -> None:
        shown = screen if screen.is_attached else app.screen
        if isinstance(shown, CommandScreen):
            shown.say(said, error=failed)

    def work() -> None:
        kept = ""
        try:
            quotes.remember(text)
        except OSError:
            kept = " It could not be kept among the last quotes."
        result = copy(text, write)
        first = " ".join(text.split())[:40]
        said = f"{result.message}{kept} {first}…"
        app.call_from_thread(tell, said, result.way == "none")

    app.copies.add(work)
