"""How a refresh of the index tells what it does."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple


class Progress(NamedTuple):
    """How far the work is: `done` of `total` captures (reading) or documents (indexing, recognising).

    `documents` counts those read so far, `rate` is captures or documents a second.
    """

    stage: str
    done: int
    total: int
    documents: int
    rate: float

    @property
    def seconds_left(self) -> float | None:
        """How long this stage will still take, as far as that can be told."""
        return (self.total - self.done) / self.rate if self.rate > 0 and self.total else None

    @property
    def pending(self) -> str:
        """How much is read, in words; empty when nothing is left to read."""
        return "" if self.done >= self.total else f"{self.done:,} of {self.total:,} read"


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
