"""The ledger of captures: one append-only JSON line for each that was added, moved to the trash or put back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.text import canonical_line

if TYPE_CHECKING:
    from corpus.filesystem import Stamp
    from corpus.storage import Storage

FILE_TIME = "file time"
"""Evidence of a saved date that is only the time of the file that was added."""
ADDED_TIME = "time it was added"
"""Evidence of a saved date that is only the time at which it was added."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a capture besides its bytes.

    `saved` is ISO 8601 with `saved_evidence` in words; `url` is where it was fetched from, `headers` are those
    of the answer; `source` says where it came from: a path, an address, or a word.
    """

    saved: str | None = None
    saved_evidence: str | None = None
    url: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    source: str = ""

    @property
    def is_weak(self) -> bool:
        """Whether the saved date is none, or only that of a file or of the adding."""
        return self.saved is None or self.saved_evidence in (FILE_TIME, ADDED_TIME)


class Ledger:
    """Facts about captures by the SHA-256 of their bytes; lines of other writers are taken up as they come."""

    def __init__(self, path: Path, storage: Storage) -> None:
        """Use the file at `path`, read when it is first asked for."""
        self.path, self.storage = path, storage
        self._stamp: Stamp | None = None
        self._facts: dict[str, Facts] = {}
        self._trash: dict[str, str] = {}

    def facts(self, sha256: str) -> Facts | None:
        """Return what is known of the capture with these bytes; None for one that was never added."""
        self._refresh()
        return self._facts.get(sha256)

    def __bool__(self) -> bool:
        self._refresh()
        return bool(self._facts)

    @property
    def trash(self) -> Mapping[str, str]:
        """The captures in the trash: name there to the place, within the captures folder, that it came from."""
        self._refresh()
        return self._trash

    def enter(self, path: str, sha256: str, facts: Facts) -> None:
        """Put down a capture that was added at `path` within the captures folder. Raises OSError."""
        self._append(
            {
                "op": "add",
                "sha256": sha256,
                "path": path,
                "first_seen": self._now(),
                "saved": facts.saved,
                "saved_evidence": facts.saved_evidence,
                "source": canonical_line(facts.source, 4096),
                "url": facts.url,
                "headers": dict(facts.headers) or None,
            }
        )

    def moved(self, op: str, path: str, trashed: str) -> None:
        """Put down that `path` went to the trash as `trashed` (`op` trash) or came back (restore). Raises OSError."""
        self._append({"op": op, "path": path, "trash": trashed, "ts": self._now()})

    def _now(self) -> str:
        return self.storage.clock().isoformat(timespec="seconds")

    def _append(self, record: Mapping[str, Any]) -> None:
        self.storage.append(self.path, (json.dumps(record, ensure_ascii=False) + "\n").encode("utf-8", "replace"))

    def _refresh(self) -> None:
        stamp = self.storage.stamp(self.path)
        if stamp == self._stamp:
            return
        self._facts, self._trash = {}, {}
        try:
            data = self.storage.read(self.path) if stamp else b""
        except OSError:
            return
        for line in data.decode("utf-8", "replace").split("\n"):
            try:
                record = json.loads(line)
            except (ValueError, RecursionError):
                continue
            if isinstance(record, dict):
                self._take(record)
        self._stamp = stamp

    def _take(self, record: Mapping[str, Any]) -> None:
        match record:
            case {"op": "trash", "path": str(path), "trash": str(name)}:
                self._trash[name] = path
            case {"op": "restore", "trash": str(name)}:
                self._trash.pop(name, None)
            case {"sha256": str(sha256), "path": str()}:
                found = _facts(record)
                known = self._facts.get(sha256)
                self._facts[sha256] = _together(known, found) if known else found


def _facts(record: Mapping[str, Any]) -> Facts:
    def words(name: str, limit: int = 1000) -> str | None:
        value = record.get(name)
        return canonical_line(value, limit) or None if isinstance(value, str) else None

    headers = record.get("headers")
    evidence = words("saved_evidence")
    # the words of earlier versions
    evidence = FILE_TIME if evidence == "modification time of the file" else evidence
    return Facts(
        words("saved"),
        evidence,
        words("url", 4096),
        {str(key): str(value) for key, value in headers.items()} if isinstance(headers, dict) else {},
        words("source", 4096) or "",
    )


def _together(known: Facts, later: Facts) -> Facts:
    """Return what two lines about the same bytes come to: the first to know a thing speaks, a weak date gives way."""
    dated = later if known.is_weak and not later.is_weak else known
    placed = known if known.url else later
    return Facts(dated.saved, dated.saved_evidence, placed.url, placed.headers, known.source)
