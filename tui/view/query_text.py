"""Editing the text of a query by key, so that what is typed and what keys do is one language."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.queries.fields import field_named

_OUTSIDE = re.compile(r'"[^"]*"?|\([^)]*\)?|\S+')


def _tokens(query: str) -> list[tuple[int, int]]:
    """Return the stretches of a query's parts; what stands in quotes or brackets is one with its field."""
    found: list[tuple[int, int]] = []
    for match in _OUTSIDE.finditer(query):
        if found and found[-1][1] == match.start() and query[match.start()] in '"(':
            found[-1] = (found[-1][0], match.end())
        else:
            found.append(match.span())
    return found


def value_of(query: str, field: str, values: Sequence[str]) -> str | None:
    """Return which of `values` a query asks of a field; None where none."""
    parts = {query[start:end].casefold() for start, end in _tokens(query)}
    return next((value for value in values if f"{field}:{value}" in parts), None)


def fields_of(query: str) -> str:
    """Return what a query asks of fields, in words: "commenter Herdee · in comment"; not the order."""
    asked = []
    for start, end in _tokens(query):
        name, _, value = query[start:end].partition(":")
        if value and _field(name) not in ("", "sort"):
            asked.append(f"{name} {value.strip('()')}")
    return " · ".join(asked)


def _field(name: str) -> str:
    """Return the field that is meant by a name, in any language; empty where none is."""
    field = field_named(name.removeprefix("-"))
    return field.name if field else ""


def value_place(query: str, field: str) -> tuple[int, int] | None:
    """Return where in a query the first value of a field stands; None where the query does not ask for it."""
    for start, end in _tokens(query):
        name, colon, _ = query[start:end].partition(":")
        if colon and _field(name) == field:
            return start + len(name) + 1, end
    return None


def cycled(query: str, field: str, values: Sequence[str], *, alone: bool = False) -> str:
    """Return a query with the next of `values` for a field, after the last of them with none.

    With `alone` the field has one value: another one that was typed makes way.
    """
    now = value_of(query, field, values)
    parts = [query[start:end] for start, end in _tokens(query)]
    kept = [part for part in parts if part.casefold() != f"{field}:{now}"]
    if alone:
        kept = [part for part in kept if not (":" in part and _field(part.partition(":")[0]) == field)]
    at = -1 if now is None else list(values).index(now)
    if at + 1 < len(values):
        kept.append(f"{field}:{values[at + 1]}")
    return " ".join(kept) + (" " if kept and at + 1 < len(values) else "")
