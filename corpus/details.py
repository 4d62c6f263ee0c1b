"""What the user says of a document: title, author, outlet, date. Append-only judgements, replayed.

One precedence holds everywhere, in the list, over the article, in searches and citations: what the user supplied
stands before what the capture states, and the capture's own value is kept beside it, in `extra["supplied"]`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.judgement_lines import read_records
from corpus.model import Document
from corpus.text import canonical_line

if TYPE_CHECKING:
    from corpus.storage import Storage

FIELDS = ("title", "byline", "outlet", "published", "url", "zone")
"""What may be supplied; `zone` is the time zone of the times in the capture."""
ZONE = re.compile(r"[A-Za-z][A-Za-z0-9_+/:-]{0,39}|[+-][01][0-9]:?[0-5][0-9]")
"""A time zone as it may be supplied: +09:00, KST, Asia/Seoul."""
SUPPLIED = "supplied"
"""The key of `Document.extra` under which the capture's own values stand, by field."""
EVIDENCE = "supplied by you"


class Details:
    """The details supplied for every document, replayed from the file of corrections."""

    def __init__(self, path: Path, storage: Storage) -> None:
        """Read the judgements kept at `path`; lines that are not understood are left alone."""
        self.path, self.storage = path, storage
        self._supplied: dict[str, dict[str, str]] = {}
        for record in read_records(path, storage, {"supply"}):
            self._apply(record)

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

    @property
    def documents(self) -> Mapping[str, Mapping[str, str]]:
        """What was supplied, by document; those of which all was taken back are among them."""
        return self._supplied

    def applied(self, document: Document) -> Document:
        """Return the document as the user describes it, whatever was supplied when it was last read."""
        if document.id not in self._supplied:
            return document
        return with_details(as_stated(document), self.of(document.id))

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
        self.storage.append(self.path, json.dumps(record, ensure_ascii=False).encode("utf-8", "replace") + b"\n")
        self._apply(record)
        return before


def with_details(document: Document, supplied: Mapping[str, str]) -> Document:
    """Return the document with what was supplied in place of what its capture states; ids stay."""
    given = {field: canonical_line(supplied[field]) for field in FIELDS if supplied.get(field)}
    changes: dict[str, Any] = {field: given[field] for field in ("title", "outlet", "url") if field in given}
    if "byline" in given:
        changes["byline"] = tuple(filter(None, map(str.strip, given["byline"].split(";"))))
    if "published" in given:
        changes |= {"published": given["published"], "published_raw": None, "published_evidence": EVIDENCE}
    if not given:
        return document
    own = {name: _plain(getattr(document, name)) for name in changes} | ({"zone": None} if "zone" in given else {})
    changes["extra"] = {**document.extra, SUPPLIED: own}
    return replace(document, **changes)


def as_stated(document: Document) -> Document:
    """Return the document as its capture states it, what the user supplied taken out."""
    own = document.extra.get(SUPPLIED)
    if not isinstance(own, Mapping):
        return document
    changes: dict[str, Any] = {
        name: value
        for name, value in own.items()
        if name in ("title", "outlet", "url", "published", "published_raw", "published_evidence")
        and (isinstance(value, str) or (value is None and name != "title"))
    }
    if isinstance(own.get("byline"), list | tuple):
        changes["byline"] = tuple(name for name in own["byline"] if isinstance(name, str))
    changes["extra"] = {key: value for key, value in document.extra.items() if key != SUPPLIED}
    return replace(document, **changes)


def supplied_fields(document: Document) -> frozenset[str]:
    """Return the fields of a document that the user supplied."""
    own = document.extra.get(SUPPLIED)
    return frozenset(field for field in FIELDS if field in own) if isinstance(own, Mapping) else frozenset()


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value
