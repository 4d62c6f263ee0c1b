"""Facts as rows: what it is, what is known, and where that came from."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import NamedTuple

from rich.cells import cell_len

from tui.view.lines import Line, LinesSource
from tui.view.rows import Row, Run
from tui.view.wrap import clip, wrap

LABEL = 15
"""Cells of the column of labels; a third of a narrow pane."""


class Fact(NamedTuple):
    """A fact: `runs` hold the value, `right` tells where it came from, `most` rows of it are shown."""

    key: Hashable
    runs: tuple[Run, ...]
    right: str = ""
    label: str = ""
    heading: bool = False
    most: int = 4

    @property
    def value(self) -> str:
        """The value as it is copied."""
        return "".join(run.text for run in self.runs)


class FactsSource(LinesSource):
    """Shows `Fact`s: label, value over as many rows as it needs, then its source."""

    def __init__(self, facts: Sequence[Fact]) -> None:
        """Show `facts`."""
        super().__init__([Line(fact.key, fact.runs, heading=fact.heading) for fact in facts])
        self.facts = facts

    def rows(self, item: int, width: int) -> Sequence[Row]:
        """Return the rows of a fact."""
        fact = self.facts[item]
        if fact.heading:
            return super().rows(item, width)
        column = min(LABEL, width // 3)
        room = max(4, width - column - 2)
        label, blank = clip(fact.label, column - 1), Run(" " * (column + 1))
        style = fact.runs[0].style if fact.runs else "text"
        pieces = wrap(fact.value, room) or [(0, 0)]
        lines = [[Run(fact.value[start:end], style)] for start, end in pieces[: fact.most]]
        if len(pieces) > fact.most:
            lines[-1] = [Run(clip(fact.value[pieces[fact.most - 1][0] :], room), style)]
        used = cell_len(lines[-1][0].text)
        if fact.right and used + cell_len(fact.right) + 3 <= room:
            lines[-1].append(Run(f" · {fact.right}", "dim"))
        elif fact.right:
            lines += [[Run(fact.right[start:end], "dim")] for start, end in wrap(fact.right, room)]
        first = (Run(f" {label}"), Run(" " * (column - cell_len(label))))
        return [Row((*_dim(first), *runs) if at == 0 else (blank, *runs)) for at, runs in enumerate(map(tuple, lines))]


def _dim(runs: Sequence[Run]) -> tuple[Run, ...]:
    return tuple(run._replace(style="dim") for run in runs)
