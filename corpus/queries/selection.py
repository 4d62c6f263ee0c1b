"""What is known of a query before a passage is looked at: where to look, and what only the passage itself can tell."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from corpus.hits import examine
from corpus.index.passages import Candidate
from corpus.index.places import Places
from corpus.index.scopes import Scope, by_document
from corpus.matching import Group
from corpus.queries.named import Named
from corpus.query import Query

if TYPE_CHECKING:
    from corpus.index.vocabulary import Vocabulary
    from corpus.notes.annotation import Annotation
    from corpus.reading import ReadingState

Check = Callable[[Candidate], bool]
Inside = Callable[[Query], set[int]]


@dataclass
class Asker:
    """Whom to ask what the fields mean."""

    connection: sqlite3.Connection
    places: Places
    vocabulary: Vocabulary
    entities: Callable[[str], Sequence[str]]
    annotations: Sequence[Annotation] = ()
    reading: ReadingState | None = None
    inside: Inside = lambda _: set()
    known: dict[str, frozenset[int]] = field(default_factory=dict)
    """Documents that were found to be in a language, kept between queries over the same state of the index."""
    is_whole: bool = True
    """Whether all that had to be looked at to tell what the fields mean was looked at."""
    _shown: frozenset[int] | None = None

    def rows(self, expression: str) -> list[int]:
        """Return the search ids that an expression of the index finds, in order."""
        # one text is read in half the time of many rows
        found = self.connection.execute(
            "SELECT json_group_array(rowid) FROM (SELECT rowid FROM search WHERE search MATCH ?)", (expression,)
        ).fetchone()
        ids: list[int] = json.loads(found[0])
        return ids

    def positions(self, expression: str) -> set[int]:
        """Return the positions of the documents at whose titles an expression of the index stands."""
        return self.places.positions(self.rows(expression))

    def holding(self, expression: str) -> set[int]:
        """Return the positions of the documents with a passage that an expression of the index finds."""
        return {at for at, _, _ in by_document(self.rows(expression), self.places)}

    def shown(self) -> frozenset[int]:
        """Return the positions of the documents of the article list: earlier captures are not among them."""
        if self._shown is None:
            ask = self.connection.execute
            if ask("SELECT count(*) FROM doc WHERE base > 0").fetchone()[0] == len(self.places):
                # few are not shown
                others = ask("SELECT base FROM doc WHERE shown <> 1 AND base > 0")
                self._shown = frozenset(range(len(self.places))) - self.places.positions(row[0] for row in others)
            else:
                rows = ask("SELECT base FROM doc WHERE shown = 1 AND base > 0")
                self._shown = frozenset(self.places.positions(row[0] for row in rows))
        return self._shown

    def is_type(self, name: str) -> bool:
        """Tell whether any name of a type was found in the documents that are shown."""
        return self.connection.execute("SELECT 1 FROM total WHERE type = ? LIMIT 1", (name,)).fetchone() is not None

    def documents(self, identities: Iterable[str]) -> set[int]:
        """Return the positions of documents by their ids."""
        rows = self.connection.execute(
            "SELECT base FROM doc WHERE document IN (SELECT value FROM json_each(?)) AND base > 0",
            (json.dumps(list(identities)),),
        )
        return self.places.positions(row[0] for row in rows)


@dataclass
class Selection:
    """The fields of one query, answered as far as they can be before a passage is looked at.

    `checks` look at a passage, and `without` are words that must not be in it, where the index cannot tell; `named` marks the names that were asked for, and `near` says what a value was taken for a slip of. `only_notes` and `notes_too`
    tell whether the user's notes are among the texts.
    """

    require: list[str] = field(default_factory=list)
    exclude: list[str] = field(default_factory=list)
    allowed: set[int] | None = None
    banned: set[int] = field(default_factory=set)
    parts: set[str] | None = None
    checks: list[Check] = field(default_factory=list)
    without: list[Group] = field(default_factory=list)
    named: Named | None = None
    messages: list[str] = field(default_factory=list)
    near: str = ""
    only_notes: bool = False
    notes_too: bool = True

    @property
    def scope(self) -> Scope:
        """Where to look."""
        return Scope(
            tuple(self.require),
            tuple(self.exclude),
            None if self.allowed is None else frozenset(self.allowed),
            frozenset(self.banned),
            None if self.parts is None else frozenset(self.parts),
        )

    def holds(self, candidate: Candidate) -> bool:
        """Tell whether a passage is what the fields ask for."""
        if any(examine(candidate, [group]) for group in self.without):
            return False
        return all(check(candidate) for check in self.checks)

    def list_passages(self) -> None:
        """Let titles and comments stand for all that terms of fields find, unless parts or names were asked for."""
        if self.require and self.parts is None and not self.named:
            self.parts = {"title", "comment"}

    @property
    def is_sure(self) -> bool:
        """Whether no passage must be looked at to tell whether it is what the fields ask for."""
        return not (self.checks or self.without)

    @property
    def only_named(self) -> Named | None:
        """What tells of the names in a document, where nothing else must be looked at; None where something must."""
        is_only = len(self.checks) == 1 and not (self.without or self.require or self.exclude)
        return self.named if is_only else None

    def narrow(self, found: set[int], without: bool) -> None:
        """Take documents in, or leave them out."""
        if without:
            self.banned |= found
        else:
            self.allowed = found if self.allowed is None else self.allowed & found

    def ask(self, expression: str, without: bool) -> None:
        """Ask the index for passages with a term of a field, or for those without."""
        (self.exclude if without else self.require).append(expression)
