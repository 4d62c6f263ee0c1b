"""The file of corrections as records: several kinds of judgement share it, and each passes over the others' lines."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from corpus.storage import Storage


def records(lines: Iterable[str], ops: Collection[str]) -> list[dict[str, Any]]:
    """Return the records whose `op` is one of `ops`; other lines and broken ones are passed over."""
    found = []
    for line in lines:
        try:
            record = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(record, dict) and isinstance(record.get("op"), str) and record["op"] in ops:
            found.append(record)
    return found


def read_records(path: Path, storage: Storage, ops: Collection[str]) -> list[dict[str, Any]]:
    """Return the records of a file; a file that cannot be read has none."""
    try:
        data = storage.read(path)
    except OSError:
        return []
    return records(data.decode("utf-8", "replace").split("\n"), ops)
