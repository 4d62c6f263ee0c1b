"""How a refresh of the index tells what it does."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

_COUNTED = {"reading": "captures", "indexing": "documents", "recognising": "names", "checking": "documents"}
_PENDING = {
    "reading": "{} captures read",
    "indexing": "{} documents made searchable",
    "recognising": "names found in {} documents",
}


class Progress(NamedTuple):
    """How far the work is: `done` of `total` captures (reading) or documents (indexing, recognising, checking).

    `documents` counts those read so far, `rate` is documents a second, and `seconds_left` is how long this stage
    will still take, None where that cannot be told yet.
    """

    stage: str
    done: int
    total: int
    documents: int
    rate: float
    seconds_left: float | None = None

    @property
    def pending(self) -> str:
        """How much is done, in words; empty when nothing is left to do."""
        if self.done >= self.total:
            return ""
        return _PENDING.get(self.stage, "{} read").format(f"{self.done:,} of {self.total:,}")

    @property
    def words(self) -> str:
        """What is counted, how far that is, how fast and how long it will take: `names 1,060 of 10,000, 2 min left`."""
        if not self.total:
            return "looking for captures"
        return ", ".join(filter(None, (f"{_COUNTED[self.stage]} {self.done:,} of {self.total:,}", self.pace("/s"))))

    def pace(self, every: str = " a second") -> str:
        """Return how fast the work goes and how long it will take, in words; a capture may hold many documents."""
        said = [f"{self.documents:,} documents"] if self.stage == "reading" and self.documents > self.done else []
        if self.rate > 0:
            said.append(f"{self.rate:,.0f}{every}" if self.rate >= 10 else f"{self.rate:.1f}{every}")
        if self.seconds_left is not None and self.done < self.total:
            said.append(f"{_time(self.seconds_left)} left")
        return ", ".join(said)


def _time(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} h {minutes} min"
    return f"{minutes} min" if minutes else f"{rest} s"


@dataclass(slots=True)
class Report:
    """What a refresh did. `messages` are sentences for the user.

    `captures` were found; of these `read` were read, `moved` have another name now, `doubled` hold the same
    bytes as another one, and the rest is `unchanged`.
    """

    captures: int = 0
    read: int = 0
    unchanged: int = 0
    moved: int = 0
    doubled: int = 0
    removed: int = 0
    documents: int = 0
    problems: int = 0
    seconds: float = 0.0
    stopped: bool = False
    busy: bool = False
    messages: list[str] = field(default_factory=list)
