"""What a test needs to let two threads meet at one place, without waiting for chance."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

PATIENCE = 0.2
"""Seconds for what happens meanwhile; it may have to wait for the very thing that it happens during."""


class Meanwhile:
    """Something that another thread does once, in the midst of what this one is doing."""

    def __init__(self, action: Callable[[], Any]) -> None:
        """Do `action` when it is called for the first time."""
        self._thread = threading.Thread(target=action)

    def __call__(self) -> None:
        """Do it now; go on as soon as it is done or waits."""
        if self._thread.ident is None:
            self._thread.start()
            self._thread.join(PATIENCE)

    def ended(self) -> None:
        """Wait until it is done, after what it happened during."""
        assert self._thread.ident is not None
        self._thread.join()


class CrossedIndex(int):
    """A key; whenever a dict looks for it, `crossing` happens first."""

    crossing: Callable[[], object]

    def __hash__(self) -> int:
        self.crossing()
        return int(self) % (1 << 60)


class CrossedName(str):
    """The same for a name."""

    crossing: Callable[[], object]

    def __hash__(self) -> int:
        self.crossing()
        return hash(str(self))
