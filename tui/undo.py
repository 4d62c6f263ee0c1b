"""One log of what the user did in a session, with the way back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NamedTuple

LIMIT = 500


class Action(NamedTuple):
    """Something done: in words, how to take it back, how to do it again."""

    label: str
    back: Callable[[], object]
    again: Callable[[], object]


@dataclass
class UndoLog:
    """What was done and what was taken back; a new action forgets what was taken back."""

    _done: list[Action] = field(default_factory=list)
    _undone: list[Action] = field(default_factory=list)

    def did(self, label: str, back: Callable[[], object], again: Callable[[], object]) -> None:
        """Note an action that has just been done."""
        self._done.append(Action(label, back, again))
        del self._done[:-LIMIT]
        self._undone.clear()

    def undo(self) -> str | None:
        """Take the last action back and return its label; None when there is none. What it raises leaves the log as it was."""
        if not self._done:
            return None
        action = self._done[-1]
        action.back()
        self._undone.append(self._done.pop())
        return action.label

    def redo(self) -> str | None:
        """Do again what was last taken back; None when there is nothing."""
        if not self._undone:
            return None
        action = self._undone[-1]
        action.again()
        self._done.append(self._undone.pop())
        return action.label
