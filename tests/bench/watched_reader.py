"""The reader, telling on a file what it paints when: run as `watched_reader.py FILE WORD ...`, or with no WORD idle.

One JSON array a line, seconds by the clock that all processes share: `["painted", at, query, hits]` once the whole
answer to a query is on screen; `["late", at, seconds]` for each tick of the event loop.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from typing import Any

from textual.app import App

TICK = 0.005


class Watched(App[Any]):
    """Tells what is painted, and how late the event loop is."""

    told: Any = None

    def on_mount(self) -> None:
        """Begin to tick."""
        self._ticking = asyncio.create_task(self._tick())

    async def _tick(self) -> None:
        while True:
            due = time.perf_counter() + TICK
            await asyncio.sleep(TICK)
            now = time.perf_counter()
            self._tell("late", now, now - due)
            # an answer that changes nothing on screen is followed by no paint
            self._tell_answer(again=False)

    def post_display_hook(self) -> None:
        """Tell what the search shows."""
        screen: Any = self.screen
        if hasattr(screen, "answered") and screen in screen._dirty_widgets:
            # a frame of the whole screen has what the list had still to paint
            screen.list._exchange_repaint_regions()
        self._tell_answer()

    _told_of = ""

    def _tell_answer(self, *, again: bool = True) -> None:
        screen: Any = self.screen if self.screen_stack else None
        answered = getattr(screen, "answered", "")
        if answered and (again or answered != self._told_of):
            hits = screen.list
            if not hits._before and not hits._repaint_regions and not hits._repaint_required:
                self._told_of = answered
                self._tell("painted", time.perf_counter(), answered, len(screen.hits))

    def _tell(self, *what: object) -> None:
        self.told.write(json.dumps(what) + "\n")


def main(file: str, words: list[str]) -> int:
    """Open the reader, or the smallest app."""
    with open(file, "w", encoding="utf-8", buffering=1) as Watched.told:
        if not words:
            from tests.bench.minimal_app import Minimal

            class Idle(Watched, Minimal):
                """Does nothing but tick."""

            Idle().run()
            return 0
        import tui.app
        from tui.cli import main as read

        class Reader(Watched, tui.app.KoreaReader):
            """The reader, watched."""

        tui.app.KoreaReader = Reader  # type: ignore[misc]
        return read(words)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1], sys.argv[2:]))
