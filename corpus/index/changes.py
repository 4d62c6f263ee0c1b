"""Which captures are new, changed or gone since the index was last brought up to date."""

from __future__ import annotations

import hashlib
import os
import sqlite3
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from corpus.index.schema import path_text
from corpus.index.sources import Source
from corpus.index.work import MuchError
from corpus.model import Problem

RACY_NS = 2_000_000_000
"""A file changed so shortly before it was read may change again without a new time."""
REFUSED = -1
"""Stands for the size of a path that is no readable capture."""


@dataclass(slots=True)
class Known:
    """What the index remembers of a capture."""

    identity: int
    size: int
    mtime: int
    read_at: int
    sha256: str
    complete: bool
    same: int | None


@dataclass(slots=True)
class Changes:
    """What a refresh has to do. `known` holds the captures of the index by path."""

    found: int = 0
    known: dict[str, Known] = field(default_factory=dict)
    work: list[str] = field(default_factory=list)
    refused: dict[str, Problem] = field(default_factory=dict)
    gone: list[Known] = field(default_factory=list)


def look(
    connection: sqlite3.Connection,
    source: Source,
    roots: Sequence[Path],
    check: Callable[[], None],
    most: int | None = None,
) -> Changes:
    """Compare the captures under `roots` with the index; `check` is called for each and may raise to stop.

    Raises MuchError when there are more than `most`.
    """
    found: dict[str, None] = {}
    refused: dict[str, Problem] = {}
    for item in source.find(roots):
        if isinstance(item, Problem):
            refused.setdefault(item.path, item)
        else:
            found[str(item)] = None
            if most is not None and len(found) > most:
                raise MuchError
        check()
    refused = {path: problem for path, problem in refused.items() if path not in found}
    rows = connection.execute("SELECT path, id, size, mtime, read_at, sha256, complete, same FROM capture")
    known = {path_text(path): Known(*rest) for path, *rest in rows}
    changes = Changes(len(found), known)
    changes.gone = [known[path] for path in known if path not in found and path not in refused]
    for path in found:
        check()
        if not _is_current(connection, path, known.get(path)):
            changes.work.append(path)
    for path, problem in refused.items():
        entry = known.get(path)
        if entry is None or entry.size != REFUSED or entry.sha256 != problem.message:
            changes.refused[path] = problem
    return changes


def _is_current(connection: sqlite3.Connection, path: str, known: Known | None) -> bool:
    """Tell whether a capture is in the index as it is; its bytes are read only where times cannot tell."""
    if known is None or not known.complete or known.size == REFUSED:
        return False
    try:
        stat = os.stat(path)
    except OSError:
        return False
    if stat.st_size != known.size:
        return False
    if stat.st_mtime_ns == known.mtime and known.read_at - known.mtime > RACY_NS:
        return True
    if file_hash(path) != known.sha256:
        return False
    connection.execute(
        "UPDATE capture SET mtime = ?, read_at = ? WHERE id = ?", (stat.st_mtime_ns, time.time_ns(), known.identity)
    )
    return True


def file_hash(path: str) -> str:
    """Return the SHA-256 of a file's bytes, empty when it cannot be read."""
    try:
        with open(path, "rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""
