"""A thread that searches: only the latest query counts, and what is ready is told at once."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from corpus.query import Completion
    from corpus.search import Results
    from tui.session import Session


FEW = 50
"""Hits that are asked for at first: more than a screen shows."""


class Wanted(NamedTuple):
    """A query that somebody waits for: its number, where the cursor stands in it, whether other spellings count.

    `limit` is how many hits are wanted; beyond `FEW` they go on a list that is there already.
    """

    query: str
    number: int
    cursor: int = 0
    exact_only: bool = False
    limit: int = FEW

    @property
    def goes_on(self) -> bool:
        """Whether more hits are wanted of a query that was answered."""
        return self.limit > FEW


class Answer(NamedTuple):
    """What came of a query. `is_last` is False for the quick first answer; `completions` belong to the cursor."""

    wanted: Wanted
    results: Results | None = None
    error: str = ""
    is_last: bool = True
    completions: Sequence[Completion] | None = None


class Searching:
    """Searches `session` in the thread that runs `loop`; `tell` is called there with each answer."""

    def __init__(self, session: Session, tell: Callable[[Answer], object]) -> None:
        """Nothing is searched yet."""
        self._session, self._tell = session, tell
        self._wanted: Wanted | None = None
        self._asked = threading.Event()
        self._is_over = False

    def ask(self, wanted: Wanted | None) -> None:
        """Search for this in place of what was asked before; None for nothing."""
        self._wanted = wanted
        self._asked.set()

    def end(self) -> None:
        """End the thread."""
        self._is_over = True
        self._asked.set()

    def loop(self) -> None:
        """Answer what is asked until the end."""
        while True:
            self._asked.wait()
            self._asked.clear()
            if self._is_over:
                return
            wanted = self._wanted
            if wanted is not None:
                try:
                    self._answer(wanted)
                except Exception as error:
                    self._tell(Answer(wanted, error=str(error)))

    def _answer(self, wanted: Wanted) -> None:
        def stop() -> bool:
            return self._is_over or self._wanted != wanted

        session = self._session
        if not wanted.exact_only and not wanted.goes_on:
            first = session.search_first(wanted.query, stop, limit=wanted.limit)
            if first is not None and not stop():
                self._tell(Answer(wanted, first, is_last=False))
        results = session.search(wanted.query, stop, exact_only=wanted.exact_only, limit=wanted.limit)
        if stop():
            return
        self._tell(Answer(wanted, results))
        if wanted.goes_on:
            return
        completions = session.completions(wanted.query, wanted.cursor)
        if not stop():
            self._tell(Answer(wanted, completions=completions))
