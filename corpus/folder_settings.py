"""What a folder of captures says of itself in `korea-reader.toml`: its own notes, its own names, its times' zone.

The file comes with captures that others may have made, so it can name files within the folder only.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from corpus.config import read_table
from corpus.paths import Folders
from corpus.text import canonical_line

FILE = "korea-reader.toml"
KEYS = ("notes", "entities", "zone")


class FolderSettings(NamedTuple):
    """The notes file and the file of own entities, absolute; the zone of times that state none. None: not said."""

    notes: Path | None = None
    entities: Path | None = None
    zone: str | None = None

    def applied(self, folders: Folders) -> Folders:
        """Return the folders with this folder's own files in place of the usual ones, not of one that was named already."""
        return replace(folders, own_notes=folders.own_notes or self.notes, own_entities=self.entities)


def load(paths: Sequence[Path]) -> tuple[FolderSettings, list[str]]:
    """Read the settings of the folder that is opened; several, or a file, have none. Never raises.

    Returns:
        The settings, and one sentence for everything in the file that could not be used.
    """
    if len(paths) != 1 or not os.path.isfile(file := Path(paths[0]) / FILE):
        return FolderSettings(), []
    from corpus.details import ZONE

    table, problems = read_table(file)
    name = canonical_line(str(file))
    found: dict[str, str | Path] = {}
    for key, value in table.items():
        if key not in KEYS:
            problems.append(f"{name}: there is no setting {canonical_line(key, 60)!r}; it knows {', '.join(KEYS)}.")
        elif not isinstance(value, str) or not canonical_line(value):
            problems.append(f"{name}: {key} must be a text in quotation marks.")
        elif key == "zone":
            if ZONE.fullmatch(value):
                found[key] = value
            else:
                problems.append(f"{name}: zone must be +09:00 or a name: KST, UTC, Asia/Seoul.")
        elif (place := _within(file.parent, value)) is None:
            problems.append(f"{name}: {key} must name a file in this folder; the usual one is used.")
        else:
            found[key] = place
    return FolderSettings(**found), problems  # type: ignore[arg-type]


def _within(folder: Path, name: str) -> Path | None:
    """Return the path of a file in the folder, below it or in it; None for one that lies elsewhere."""
    try:
        top, place = os.path.realpath(folder), os.path.realpath(folder / name)
    except (OSError, ValueError):
        return None
    is_inside = place.startswith(top.rstrip(os.sep) + os.sep) and not os.path.isdir(place)
    return Path(place) if is_inside else None
