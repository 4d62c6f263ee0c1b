"""Where the user's things live. Asking creates nothing."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

APP = "korea-reader"
KINDS = ("data", "config", "state", "cache")


@dataclass(frozen=True)
class Folders:
    """The four folders of the application, and what lies where in them."""

    data: Path
    config: Path
    state: Path
    cache: Path
    own_notes: Path | None = None
    """The notes file that was named, by the user or by the folder that is read."""
    own_entities: Path | None = None
    """The file of entities that the folder that is read names."""

    @property
    def captures(self) -> Path:
        """The copies of captures that the user added: their library."""
        return self.data / "captures"

    @property
    def trash(self) -> Path:
        """Captures that the user took out of the library, to be put back."""
        return self.data / "trash"

    @property
    def ledger(self) -> Path:
        """One JSON line for each capture that was added, moved to the trash or put back."""
        return self.data / "captures.jsonl"

    @property
    def notes(self) -> Path:
        """The annotations."""
        return self.own_notes or self.data / "notes.json"

    @property
    def searches(self) -> Path:
        """The searches that were saved."""
        return self.data / "searches.json"

    @property
    def texts(self) -> Path:
        """The texts that notes point at, each named by its SHA-256."""
        return self.data / "texts"

    @property
    def corrections(self) -> Path:
        """What the user judged or supplied, one JSON line each."""
        return self.data / "corrections.jsonl"

    @property
    def backups(self) -> Path:
        """Earlier forms of the notes file."""
        return self.data / "backups"

    @property
    def settings(self) -> Path:
        """The settings file."""
        return self.config / "config.toml"

    @property
    def entities(self) -> Path:
        """The user's own entities."""
        return self.own_entities or self.config / "entities.toml"

    @property
    def drafts(self) -> Path:
        """Notes that are being written."""
        return self.state / "drafts"

    @property
    def log(self) -> Path:
        """The log of unexpected errors."""
        return self.state / "log"

    @property
    def reading(self) -> Path:
        """What was read, and how far."""
        return self.state / "reading.db"

    @property
    def quotes(self) -> Path:
        """The last quotes that were copied."""
        return self.state / "quotes.json"

    def index(self, roots: Iterable[Path]) -> Path:
        """Return the index over these roots; their order and how they are spelt do not count."""
        names = sorted({os.path.realpath(root) for root in roots})
        digest = hashlib.sha256("\0".join(names).encode("utf-8", "surrogateescape")).hexdigest()
        return self.cache / f"{digest[:16]}.db"


def folders(
    data: Path | None = None,
    config: Path | None = None,
    state: Path | None = None,
    cache: Path | None = None,
    environ: Mapping[str, str] | None = None,
) -> Folders:
    """Return the folders: those given, else KOREA_READER_DATA_DIR and the like, else the system's own places.

    Args:
        data, config, state, cache: a folder each; a relative one counts from the current folder, `~` is the home.
        environ: the environment; the process's own where None.
    """
    environ = os.environ if environ is None else environ
    given = dict(zip(KINDS, (data, config, state, cache), strict=True))
    found: dict[str, Path] = {}
    for kind, option in given.items():
        named = option or environ.get(f"KOREA_READER_{kind.upper()}_DIR")
        found[kind] = Path(os.path.abspath(os.path.expanduser(named))) if named else _usual(kind)
    return Folders(**found)


def _usual(kind: str) -> Path:
    import platformdirs

    place: Path = getattr(platformdirs, f"user_{kind}_path")(APP, appauthor=False)
    return place
