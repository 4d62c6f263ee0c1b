"""Captures that the user adds: untouched copies in the captures folder, and a line in the ledger for each."""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.ledger import ADDED_TIME, FILE_TIME, Facts, Ledger
from corpus.text import canonical_line

if TYPE_CHECKING:
    from corpus.fetching import Fetched
    from corpus.model import Document
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


def add_file(path: Path, folders: Folders, storage: Storage | None = None, facts: Facts | None = None) -> Added:
    """Copy a capture into the captures folder. Raises OSError.

    Args:
        path: the file.
        folders: where to.
        storage: writes, by default the disk.
        facts: what the capture itself says of its address and of when it was saved; where it says nothing of the
            latter, the file's own time is put down, as evidence no more than that.
    """
    storage = storage or _storage()
    sha256, changed = _digest(path)
    facts = replace(facts or Facts(), source=os.path.abspath(path))
    if facts.saved is None:
        when = datetime.fromtimestamp(changed, UTC).isoformat(timespec="seconds")
        facts = replace(facts, saved=when, saved_evidence=FILE_TIME)
    kept = _kept(sha256, folders)
    if kept:
        return Added(kept, sha256, False)
    target = storage.copy_in(path, folders.captures, _name(path.stem, sha256, _suffix(path.name)))
    Ledger(folders.ledger, storage).enter(target.name, sha256, facts)
    return Added(target, sha256, True)


def add_text(
    text: str | bytes,
    folders: Folders,
    title_hint: str = "",
    source: str = "pasted",
    suffix: str = ".txt",
    storage: Storage | None = None,
    facts: Facts | None = None,
) -> Added:
    """Keep pasted text as a capture. Raises OSError.

    Args:
        text: as it was pasted; bytes are kept as they are, a string as UTF-8.
        folders: where to.
        title_hint: what the capture is about, for its file name.
        source: where it came from, in a word: pasted, clipboard, standard input.
        suffix: of the file name, with its dot.
        storage: writes, by default the disk.
        facts: what the text itself says of its address and of when it was saved.
    """
    storage = storage or _storage()
    data = text if isinstance(text, bytes) else text.encode("utf-8", "replace")
    facts = replace(facts or Facts(), source=source)
    if facts.saved is None:
        now = storage.clock().isoformat(timespec="seconds")
        facts = replace(facts, saved=now, saved_evidence=ADDED_TIME)
    return _add_bytes(data, folders, title_hint, suffix, storage, facts)


def add_fetched(
    page: Fetched, folders: Folders, title_hint: str = "", storage: Storage | None = None, facts: Facts | None = None
) -> Added:
    """Keep what was fetched from the web, with its address, the time and the headers of the answer. Raises OSError.

    The same bytes fetched again are not kept twice; that they were seen again is put down. What the page itself
    says of its address and saving (`facts`) stands before what fetching it showed.
    """
    facts = facts or Facts()
    known = Facts(
        facts.saved or page.fetched,
        facts.saved_evidence if facts.saved else page.evidence,
        page.url,
        page.headers,
        page.asked,
    )
    return _add_bytes(page.data, folders, title_hint, page.suffix, storage or _storage(), known, again=True)


def _add_bytes(
    data: bytes, folders: Folders, hint: str, suffix: str, storage: Storage, facts: Facts, *, again: bool = False
) -> Added:
    sha256 = hashlib.sha256(data).hexdigest()
    kept = _kept(sha256, folders)
    target = kept or storage.copy_in(data, folders.captures, _name(hint, sha256, suffix))
    if again or not kept:
        Ledger(folders.ledger, storage).enter(target.name, sha256, facts)
    return Added(target, sha256, not kept)


def facts_in(document: Document) -> Facts:
    """Return what a document's capture itself says of its address and of when it was saved."""
    capture = document.capture
    url = document.url if capture and capture.format == "html" else None
    if capture and capture.saved_is_known:
        return Facts(capture.saved, capture.saved_evidence, url)
    return Facts(url=url)


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
