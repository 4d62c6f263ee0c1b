"""Which captures are read again although their files are as they were: those of which the user said something since."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from typing import Protocol, runtime_checkable

from corpus.index.facts import get_fact, set_fact
from corpus.index.sources import Source

NAME = "judged"
"""The row of `meta` that holds what the user had said when the captures were last read."""


@runtime_checkable
class Judging(Protocol):
    """A source whose documents also depend on what the user said of them."""

    def fingerprints(self) -> Mapping[str, str]:
        """Return, by document, what changes when something else is said of it."""
        ...


def take_up(connection: sqlite3.Connection, source: Source) -> None:
    """Have the captures read again of whose documents the user says something else now; inside a transaction or none."""
    if not isinstance(source, Judging):
        return
    now = dict(source.fingerprints())
    before = json.loads(get_fact(connection, NAME) or "{}")
    if now == before:
        return
    own = not connection.in_transaction
    if own:
        connection.execute("BEGIN IMMEDIATE")
    for document in {*now, *before}:
        if now.get(document) != before.get(document):
            connection.execute(
                "UPDATE capture SET complete = 0 WHERE id IN (SELECT capture FROM doc WHERE document = ?)", (document,)
            )
    set_fact(connection, NAME, json.dumps(now))
    if own:
        connection.execute("COMMIT")
