"""The user's own entities: `entities.toml`, laid over the shipped gazetteer.

drop = ["vox"]                      # entities to leave out

[[entity]]                          # a new one
name = "Ri Jong-hyok"
type = "PERSON"
aliases = ["Ri Jong Hyok"]
hangul = ["리종혁"]
description = "Who this is."

[[entity]]                          # names for one that is shipped
extends = "kim-jong-un"
aliases = ["Respected Comrade="]
drop = ["Rocket Man"]
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from corpus.decoding import decode
from corpus.entities.rows import Row, split
from corpus.text import canonical_line

TYPES = ("PERSON", "GPE", "LOC", "FAC", "ORG", "EVENT", "WORK", "LAW", "WEAPON", "CONCEPT", "NORP")
_LISTS = ("aliases", "hangul", "hanja")
_TEXTS = ("id", "type", "name", "wikidata", "from", "to", "description", "extends")
_FLAGS = "~=?^"


class EntitiesError(ValueError):
    """A mistake in the user's file, as a sentence."""


def lay_over(rows: Iterable[Row], path: Path) -> tuple[list[Row], list[str]]:
    """Return the rows with the user's file laid over them, and a sentence for each mistake in it.

    A file that is not there is no mistake. An entry with a mistake is left out; the others count.
    """
    merged = {row.id: row for row in rows}
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return list(merged.values()), []
    except OSError as error:
        return list(merged.values()), [f"{path.name} could not be read: {error.strerror or error}."]
    try:
        table = _parse(data)
    except EntitiesError as mistake:
        return list(merged.values()), [f"{path.name} is not valid: {mistake}"]
    problems = [
        f"{path.name}: there is no setting '{key}' here; {_nearest(key, ('entity', 'drop'))}"
        for key in table
        if key not in ("entity", "drop")
    ]
    entries = table.get("entity", [])
    if not isinstance(entries, list):
        problems.append(f"{path.name}: write [[entity]] with two brackets, once for each entity.")
        entries = []
    for number, entry in enumerate(entries, 1):
        try:
            row = _row(entry, merged)
            merged[row.id] = row
        except EntitiesError as mistake:
            problems.append(f"{path.name}, entity {number}: {mistake}")
    try:
        for entity in _texts(table, "drop"):
            if merged.pop(entity, None) is None:
                problems.append(f"{path.name}: there is no entity '{entity}' to drop; {_nearest(entity, merged)}")
    except EntitiesError as mistake:
        problems.append(f"{path.name}: {mistake}")
    return list(merged.values()), problems


def _parse(data: bytes) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(decode(data).text.replace("\r\n", "\n"))
    except tomllib.TOMLDecodeError as error:
        raise EntitiesError(f"{error}.") from None


def _row(entry: object, known: Mapping[str, Row]) -> Row:
    if not isinstance(entry, dict):
        raise EntitiesError("write [[entity]] with two brackets, once for each entity.")
    for key in entry:
        if key not in (*_LISTS, *_TEXTS, "drop", "note"):
            raise EntitiesError(f"there is no setting '{key}'; {_nearest(key, (*_LISTS, *_TEXTS, 'drop'))}")
    if "extends" in entry:
        return _extended(entry, known)
    name = _text(entry, "name")
    if not name:
        raise EntitiesError("it needs a name.")
    kind = _text(entry, "type").upper() or "PERSON"
    if kind not in TYPES:
        raise EntitiesError(f"'{kind}' is no type; use one of {', '.join(TYPES)}.")
    identifier = _text(entry, "id") or re.sub(r"\W+", "-", name.lower()).strip("-")
    _check_facts(entry)
    lists = {key: ";".join(_texts(entry, key)) for key in _LISTS}
    return Row(
        identifier,
        kind,
        name,
        wikidata=_text(entry, "wikidata"),
        since=_text(entry, "from"),
        until=_text(entry, "to"),
        description=_text(entry, "description") or _text(entry, "note"),
        **lists,
    )


def _check_facts(entry: Mapping[str, Any]) -> None:
    """Raise where a day or a Wikidata id is not written as one."""
    for key in ("from", "to"):
        day = _text(entry, key)
        if day and not re.fullmatch(r"\d{4}-\d\d-\d\d", day):
            raise EntitiesError(f"'{key}' must be a day such as 2018-04-27, not '{day}'.")
    item = _text(entry, "wikidata")
    if item and not re.fullmatch(r"Q\d+", item):
        raise EntitiesError(f"'wikidata' must be an id such as Q884, not '{item}'.")


def _extended(entry: Mapping[str, Any], known: Mapping[str, Row]) -> Row:
    """Return the shipped row with lists united, what is dropped left out, and single facts replaced."""
    identifier = _text(entry, "extends")
    row = known.get(identifier)
    if row is None:
        raise EntitiesError(f"there is no entity '{identifier}' to extend; {_nearest(identifier, known)}")
    _check_facts(entry)
    dropped = {alias.rstrip(_FLAGS) for alias in _texts(entry, "drop")}
    changes: dict[str, str] = {}
    for key in _LISTS:
        kept = [alias for alias in split(getattr(row, key)) if alias.rstrip(_FLAGS) not in dropped]
        changes[key] = ";".join(dict.fromkeys([*kept, *_texts(entry, key)]))
    for key, column in {
        "name": "name",
        "wikidata": "wikidata",
        "description": "description",
        "note": "description",
    }.items():
        if key in entry:
            changes[column] = _text(entry, key)
    return row._replace(**changes)


def _text(entry: Mapping[str, Any], key: str) -> str:
    value = entry.get(key, "")
    if hasattr(value, "isoformat"):
        value = value.isoformat()
    if not isinstance(value, str):
        raise EntitiesError(f"'{key}' must be text in quotes.")
    return canonical_line(value).replace(";", ",")


def _texts(entry: Mapping[str, Any], key: str) -> list[str]:
    value = entry.get(key, [])
    value = [value] if isinstance(value, str) else value
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise EntitiesError(f"'{key}' must be a list of texts in quotes.")
    return [line for item in value if (line := canonical_line(item).replace(";", ","))]


def _nearest(word: str, known: Iterable[str]) -> str:
    near = get_close_matches(word, list(known), 1)
    return f"do you mean '{near[0]}'?" if near else "it is left out."
