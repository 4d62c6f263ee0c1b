"""Captures that the user adds: untouched copies in the captures folder, and a line in the ledger for each."""

from __future__ import annotations

import hashlib
import json
import os
import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.text import canonical_line

if TYPE_CHECKING:
    from corpus.paths import Folders
    from corpus.storage import Storage

_NO_NAME = re.compile(r"[\W_]+")
_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,8}")
_PACKED = (".gz", ".bz2", ".xz", ".zst")
_SLUG_BYTES = 96
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Added:
    """A capture in the captures folder; `new` is False where the same bytes were there already."""

    path: Path
    sha256: str
    new: bool


def add_file(path: Path, folders: Folders, storage: Storage | None = None) -> Added:
    """Copy a capture into the captures folder. Raises OSError.

    Its modification time is put down as the time it was saved, with that as evidence.
    """
    storage = storage or _storage()
    sha256, changed = _digest(path)
    kept = _kept(sha256, folders)
    if kept:
        return Added(kept, sha256, False)
    target = storage.copy_in(path, folders.captures, _name(path.stem, sha256, _suffix(path.name)))
    saved = datetime.fromtimestamp(changed, UTC).isoformat(timespec="seconds")
    _enter(folders, storage, target, sha256, saved, "modification time of the file", os.path.abspath(path))
    return Added(target, sha256, True)


def add_text(
    text: str | bytes,
    folders: Folders,
    title_hint: str = "",
    source: str = "pasted",
    suffix: str = ".txt",
    storage: Storage | None = None,
) -> Added:
    """Keep pasted text as a capture. Raises OSError.

    Args:
        text: as it was pasted; bytes are kept as they are, a string as UTF-8.
        title_hint: what the capture is about, for its file name.
        source: where it came from, in a word: pasted, clipboard, standard input.
        suffix: of the file name, with its dot.
    """
    storage = storage or _storage()
    data = text if isinstance(text, bytes) else text.encode("utf-8", "replace")
    sha256 = hashlib.sha256(data).hexdigest()
    kept = _kept(sha256, folders)
    if kept:
        return Added(kept, sha256, False)
    target = storage.copy_in(data, folders.captures, _name(title_hint, sha256, suffix))
    now = storage.clock().isoformat(timespec="seconds")
    _enter(folders, storage, target, sha256, now, f"time when it was added ({source})", source)
    return Added(target, sha256, True)


def _storage() -> Storage:
    from corpus.storage import Storage

    return Storage()


def _digest(path: Path) -> tuple[str, float]:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
        return digest.hexdigest(), os.fstat(file.fileno()).st_mtime


def _kept(sha256: str, folders: Folders) -> Path | None:
    """Return the capture that holds the bytes of this hash: its name says so, and its bytes confirm it."""
    try:
        named = [entry.path for entry in os.scandir(folders.captures) if f"-{sha256[:12]}" in entry.name]
    except OSError:
        return None
    for place in named:
        try:
            if _digest(Path(place))[0] == sha256:
                return Path(place)
        except OSError:
            continue
    return None


def _suffix(name: str) -> str:
    found = [suffix.lower() for suffix in Path(name).suffixes if _SUFFIX.fullmatch(suffix)]
    return "".join(found[-2:] if found[-1] in _PACKED else found[-1:]) if found else ".txt"


def _name(hint: str, sha256: str, suffix: str) -> str:
    """Return a file name that is short, plain on every system, and different for different bytes."""
    words = _NO_NAME.sub("-", unicodedata.normalize("NFC", canonical_line(hint, 200)).casefold()).strip("-")
    slug = words.encode("utf-8")[:_SLUG_BYTES].decode("utf-8", "ignore").strip("-")
    return f"{slug or 'capture'}-{sha256[:12]}{suffix}"


def _enter(
    folders: Folders, storage: Storage, target: Path, sha256: str, saved: str, evidence: str, source: str
) -> None:
    line = {
        "sha256": sha256,
        "path": target.name,
        "first_seen": storage.clock().isoformat(timespec="seconds"),
        "saved": saved,
        "saved_evidence": evidence,
        "source": canonical_line(source),
        "url": None,
        "headers": None,
    }
    storage.append(folders.ledger, (json.dumps(line, ensure_ascii=False) + "\n").encode("utf-8"))
