"""What the command line tells the reader."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from corpus.config import Settings
from corpus.paths import Folders


@dataclass(frozen=True)
class ReaderOptions:
    """How a session starts."""

    paths: tuple[Path, ...]
    """Files and folders to read: those named, the library, or the sample. Never empty."""
    sample: bool
    """Whether `paths` is the sample."""
    folders: Folders
    settings: Settings
    settings_problems: tuple[str, ...]
    """One sentence for each thing in the settings file that could not be used."""
    ascii: bool
    """Whether to draw in ASCII, from the command line or the settings."""
    theme: str | None
    """The theme asked for, from the command line or the settings."""
    zone: str | None = None
    """The zone of times that state none, as the folder that is read says."""
    problems: tuple[str, ...] = field(default=())
    """One sentence for each path that was named and is not there."""


def choose_roots(paths: Iterable[Path], sample: bool, folders: Folders) -> tuple[tuple[Path, ...], bool]:
    """Return what to read, and whether it is the sample: the paths named, else the library, else the sample."""
    named = tuple(paths)
    if named and not sample:
        return named, False
    if not sample and _holds_anything(folders.captures):
        return (folders.captures,), False
    from corpus.sample import folder

    return (folder(),), True


def _holds_anything(place: Path) -> bool:
    try:
        return next(place.iterdir(), None) is not None
    except OSError:
        return False
