"""Getting the notes back when their file is damaged: from what is left of it, from memory, from a backup."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

from corpus.notes.annotation import Annotation, is_annotation
from corpus.notes.file import NotesFile, decode_text, entry, read_head, with_entries

_DECODER = json.JSONDecoder()
_TRIES_PER_CHAR = 40
_DEEP = 5000


def salvage(data: bytes) -> tuple[Annotation, ...]:
    """Return every annotation that stands whole anywhere in `data`, in order; of equal ids the first."""
    try:
        text = decode_text(data)
    except UnicodeDecodeError:
        text = data.decode("utf-8", "replace")
    found: dict[str, Annotation] = {}
    for item in _objects(text):
        if is_annotation(item):
            found.setdefault(str(item["id"]), Annotation(item))
    return tuple(found.values())


def rebuild(data: bytes, others: Sequence[NotesFile]) -> tuple[NotesFile, int, int]:
    """Return the notes to go on with, how many of them stood in `data`, and how many the others added.

    A note that `others` have in a later state is taken from them; one that is known to be deleted is not.
    """
    heads = [*(other.head for other in others), read_head(data)]
    dead = {
        str(grave.get("id")): grave
        for head in heads
        for grave in head.get("kr:deleted") or []
        if isinstance(grave, dict)
    }
    salvaged = salvage(data)
    found = {item.id: item for item in salvaged}
    for other in others:
        for name, item in other.annotations.items():
            if name not in dead and (name not in found or found[name].revision < item.revision):
                found[name] = item
    file = with_entries(NotesFile(), map(entry, found.values()), dead.values())
    return file, len(salvaged), len(found) - len(salvaged)


def _objects(text: str) -> Iterator[Any]:
    """Yield the whole JSON objects, looking into those that never end or that hold annotations themselves."""
    budget = 1_000_000 + _TRIES_PER_CHAR * len(text)
    at = text.find("{")
    while at >= 0 and budget > 0:
        following = at + 1
        try:
            item, end = _DECODER.raw_decode(text, at)
        except json.JSONDecodeError as error:
            budget -= max(1, error.pos - at)
        except (RecursionError, ValueError):
            budget -= _DEEP
        else:
            budget -= end - at
            if is_annotation(item) or "Annotation" not in text[at:end]:
                following = end
                yield item
        at = text.find("{", following)
