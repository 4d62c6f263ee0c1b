"""What the user supplies where a capture is silent: title, author, outlet, date. Append-only judgements, replayed."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.model import Document
from corpus.text import canonical_line

if TYPE_CHECKING:
    from corpus.storage import Storage

FIELDS = ("title", "byline", "outlet", "published", "url", "zone")
"""What may be supplied; `zone` is the time zone of the times in the capture."""


class Details:
    """The details supplied for every document, replayed from the file of corrections."""

    def __init__(self, path: Path, storage: Storage) -> None:
        """Read the judgements kept at `path`; lines that are not understood are left alone."""
        self.path, self.storage = path, storage
        self._supplied: dict[str, dict[str, str]] = {}
        for line in self._lines():
            self._apply(line)

    def _lines(self) -> Sequence[Mapping[str, Any]]:
        try:
            data = self.storage.read(self.path)
        except OSError:
            return []
        found = []
        for line in data.decode("utf-8", "replace").splitlines():
            try:
                record = json.loads(line)
            except ValueError:
                continue
            if isinstance(record, dict) and record.get("op") == "supply":
                found.append(record)
        return found

    def _apply(self, record: Mapping[str, Any]) -> None:
        document, field, value = record.get("document"), record.get("field"), record.get("value")
        if not isinstance(document, str) or field not in FIELDS:
            return
        fields = self._supplied.setdefault(document, {})
        if isinstance(value, str) and canonical_line(value):
            fields[field] = canonical_line(value)
        else:
            fields.pop(field, None)

    def of(self, document: str) -> Mapping[str, str]:
        """Return what was supplied for a document: field to value."""
        return self._supplied.get(document, {})

    def supply(self, document: str, field: str, value: str | None) -> str | None:
        """Supply a value, or take it back with None; returns what stood there before.

        Raises OSError when it cannot be written; nothing has changed then.
        """
        before = self.of(document).get(field)
        record = {
            "ts": self.storage.clock().isoformat(),
            "op": "supply",
            "document": document,
            "field": field,
            "value": value,
        }
        self.storage.make_folder(self.path.parent)
        self.storage.append(self.path, json.dumps(record, ensure_ascii=False).encode() + b"\n")
        self._apply(record)
        return before


def with_details(document: Document, supplied: Mapping[str, str]) -> Document:
    """Return the document with the supplied details where its capture states none; ids stay."""
    changes: dict[str, Any] = {}
    for field in ("outlet", "published", "url"):
        if field in supplied and not getattr(document, field):
            changes[field] = supplied[field]
    if "byline" in supplied and not document.byline:
        changes["byline"] = tuple(name.strip() for name in supplied["byline"].split(";") if name.strip())
    return replace(document, **changes) if changes else document
