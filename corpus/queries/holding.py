"""Which documents hold what a query asks for: for lists that follow a query, and for `thread:(…)`."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from corpus.asking import Asking, Spellings
from corpus.fuzzy import never
from corpus.hits import examine
from corpus.index.candidates import Candidates
from corpus.index.places import Places
from corpus.index.scopes import Scope, by_document
from corpus.matching import Group
from corpus.queries.named import ALL_PARTS
from corpus.queries.selecting import select
from corpus.queries.selection import Asker, Selection
from corpus.query import Filter, Query

READ = 300_000
"""Search ids that are read for one part of a query."""
LOOKED_AT = 5000
"""Passages whose texts are looked into where the index alone cannot tell."""


@dataclass(frozen=True)
class Listed:
    """Documents in the scope, the newest first, and which of their passages stand for them."""

    places: Places
    scope: Scope
    shown: frozenset[int]
    every_passage: bool

    def documents(self) -> list[int]:
        """Return the positions of the documents."""
        found = self.shown if self.scope.allowed is None else self.shown & self.scope.allowed
        return sorted(found - self.scope.banned, reverse=True)

    def _passages(self, at: int) -> range | list[int]:
        ids, parts = self.places.ids(at), self.scope.parts
        first_comment = 1 + self.places.paragraphs[at]
        if parts is None:
            return ids if self.every_passage else ids[:1]
        found = list(ids[:1]) if "title" in parts else []
        found += ids[1:first_comment] if "article" in parts and self.every_passage else []
        return found + list(ids[first_comment:] if "comment" in parts else [])

    def ids(self, most: int) -> list[int]:
        """Return the search ids of at most `most` passages."""
        found: list[int] = []
        for at in self.documents():
            found += self._passages(at)
            if len(found) >= most:
                break
        return found[:most]

    @property
    def count(self) -> int:
        """The number of passages."""
        documents = self.documents()
        if self.scope.parts is not None:
            return sum(len(self._passages(at)) for at in documents)
        paragraphs, comments = self.places.paragraphs, self.places.comments
        more = sum(paragraphs[at] + comments[at] for at in documents) if self.every_passage else 0
        return len(documents) + more


class Holding:
    """Finds documents by the words as typed, names in every spelling, and fields."""

    def __init__(self, asker: Asker, spellings: Spellings | None) -> None:
        """Ask `asker`."""
        self._asker, self._spellings = asker, spellings

    def listed(self, scope: Scope, every_passage: bool) -> Listed:
        """Return what the fields alone ask for: titles and comments, or every passage where each must be looked at."""
        return Listed(self._asker.places, scope, self._asker.shown(), every_passage)

    def documents(self, query: Query) -> tuple[list[str], bool]:
        """Return ids of documents with a passage that holds the query, newest first, and whether these are all."""
        positions = self._positions(query, select(query, self._asker))
        rows = self._asker.connection.execute("SELECT base, document FROM doc WHERE base > 0").fetchall()
        of_base = dict(rows)
        bases = (self._asker.places.bases[at] for at in sorted(positions, reverse=True))
        return [of_base[base] for base in bases if base in of_base], self._asker.is_whole

    def inside(self, query: Query) -> set[int]:
        """Return the documents in whose comments all parts of a query are, not all in one comment."""
        parts = [replace(query, terms=(), without=(), filters=(_of_comments(item),)) for item in query.filters]
        parts += [self._only(query, groups) for groups in self._named(query)]
        found: set[int] | None = None
        for part in parts:
            selection = select(part, self._asker)
            selection.parts = {"comment"} if selection.parts is None else selection.parts & {"comment"}
            here = self._positions(part, selection)
            found = here if found is None else found & here
        banned: set[int] = set()
        for term in query.without:
            part = replace(query, terms=(term,), without=(), filters=())
            banned |= self._positions(part, Selection(parts={"comment"}))
        return (found or set()) - banned

    def _named(self, query: Query) -> list[range]:
        """Return the stretches of terms that belong together: names, else single terms."""
        names = {name.terms.start: name.terms for name in self._asking(query).names()}
        found, at = [], 0
        while at < len(query.terms):
            found.append(names.get(at, range(at, at + 1)))
            at = found[-1].stop
        return found

    def _only(self, query: Query, terms: range) -> Query:
        return replace(query, terms=query.terms[terms.start : terms.stop], without=(), filters=(), open_end=False)

    def _asking(self, query: Query) -> Asking:
        return Asking(query, self._asker.vocabulary, self._spellings)

    def _positions(self, query: Query, selection: Selection) -> set[int]:
        candidates = Candidates(self._asker.connection, never, self._asker.places, selection.scope)
        if not query.terms and not selection.require:
            listed = self.listed(candidates.scope, True)
            if (known := self._by_name(selection)) is not None:
                return known.intersection(listed.documents())
            if selection.is_sure and selection.parts is None and not selection.exclude:
                return set(listed.documents())
            most = READ if selection.is_sure else LOOKED_AT
            ids = listed.ids(most + 1)
            self._asker.is_whole &= len(ids) <= most
            ids = ids[:most]
            wanted = [identity for block in candidates.not_excluded(ids) for identity in block]
            return self._checked(wanted, [], selection, candidates)
        asking = self._asking(query)
        found: set[int] = set()
        for groups in filter(None, (asking.stemmed, asking.named())) if query.terms else [[]]:
            for part in _surest_first(groups):
                question = " AND ".join(group.expression for group in part)
                ids = candidates.find_any(question, READ)
                self._asker.is_whole &= len(ids) < READ and not candidates.is_cut
                found |= self._checked(ids, part, selection, candidates, found)
        return found

    def _by_name(self, selection: Selection) -> set[int] | None:
        """Return the documents with a name that is asked for, where that is all that is; None where it is not."""
        named = selection.only_named
        bases = named.bases(ALL_PARTS if selection.parts is None else frozenset(selection.parts)) if named else None
        return None if bases is None else self._asker.places.positions(bases)

    def _checked(
        self,
        ids: Sequence[int],
        groups: Sequence[Group],
        selection: Selection,
        candidates: Candidates,
        known: Collection[int] = (),
    ) -> set[int]:
        """Return the documents of those passages that hold the groups; those that are known already need no look."""
        places = self._asker.places
        if selection.is_sure and not any(group.is_loose for group in groups):
            return {at for at, _, _ in by_document(sorted(ids), places)}
        if known:
            ids = [identity for identity, at in zip(ids, places.at(ids), strict=True) if at not in known]
        self._asker.is_whole &= len(ids) <= LOOKED_AT
        found: set[int] = set()
        for candidate in candidates.load(ids[:LOOKED_AT]):
            at = places.place(candidate.search_id).at
            if at not in found and examine(candidate, groups) and selection.holds(candidate):
                found.add(at)
        return found


def _of_comments(item: Filter) -> Filter:
    """Return a condition on the comments of a document: whoever they are by wrote a comment."""
    return replace(item, field="commenter") if item.field == "by" else item


def _surest_first(groups: list[Group]) -> Iterator[list[Group]]:
    """Yield the groups as they are, or of a single one what the index alone can tell, then the rest."""
    if len(groups) != 1:
        yield groups
        return
    for is_loose in (False, True):
        forms = [item for item in groups[0].alternatives if item.is_loose == is_loose]
        if forms:
            yield [Group(forms, groups[0].terms, name=groups[0].name)]
