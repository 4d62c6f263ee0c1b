"""Editing the text of a query by key, so that what is typed and what keys do is one language."""

from __future__ import annotations

import re
from collections.abc import Sequence

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


def cycled(query: str, field: str, values: Sequence[str]) -> str:
    """Return a query with the next of `values` for a field, after the last of them with none."""
    now = value_of(query, field, values)
    kept = [part for start, end in _tokens(query) if (part := query[start:end]).casefold() != f"{field}:{now}"]
    at = -1 if now is None else list(values).index(now)
    if at + 1 < len(values):
        kept.append(f"{field}:{values[at + 1]}")
    return " ".join(kept) + (" " if kept and at + 1 < len(values) else "")
