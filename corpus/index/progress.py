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


@dataclass(slots=True)
class Report:
    """What a refresh did. `messages` are sentences for the user."""

    captures: int = 0
    read: int = 0
    unchanged: int = 0
    removed: int = 0
    documents: int = 0
    problems: int = 0
    seconds: float = 0.0
    stopped: bool = False
    busy: bool = False
    messages: list[str] = field(default_factory=list)
