"""What stands inside a container: a capture of its own, with what the container says of it."""

from __future__ import annotations

import zlib
from dataclasses import dataclass

RATIO = 200
"""How much larger than its compressed form a member may be."""


@dataclass(frozen=True, slots=True)
class Inner:
    """A member of a container.

    `name` is its name there, whose ending hints at its kind; `url` the address it was fetched from; `saved` when,
    ISO 8601, and how that is known; `kind` its content type, where the container states them.
    """

    name: str
    data: bytes
    url: str | None = None
    saved: str | None = None
    evidence: str | None = None
    kind: str = ""


def unzipped(data: bytes, most: int, coding: str = "gzip") -> bytes | None:
    """Return decompressed bytes; None where they are damaged or become larger than `most` or the ratio allows."""
    allowed = min(most, max(len(data) * RATIO, 1_000_000))
    for bits in (31,) if "gzip" in coding else (15, -15):
        engine = zlib.decompressobj(bits)
        try:
            found = engine.decompress(data, allowed + 1)
        except zlib.error:
            continue
        return found if len(found) <= allowed else None
    return None
