"""What each field of a query means to the index."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence

from corpus.index.fields import REPLY, SAVED, TIME
from corpus.index.mentions import UNLISTED_TYPES
from corpus.index.passages import Candidate
from corpus.matching import Alternative, Group
from corpus.queries.dates import Dates
from corpus.queries.fields import LANGUAGES
from corpus.queries.languages import documents_in
from corpus.queries.named import Named, nearest_names
from corpus.queries.selection import Asker, Selection
from corpus.queries.worded import NO_WORD, expressions
from corpus.query import Filter, Query
from corpus.text import fold


def select(query: Query, asker: Asker) -> Selection:
    """Return what the fields of a query mean, and the words that it leaves out. May raise sqlite3.Error."""
    chosen = Selection()
    for term in query.without:
        group = Group(map(Alternative, term.choices), range(0))
        if group.is_loose:
            chosen.without.append(group)
        else:
            chosen.ask(group.expression, True)
    for item in query.filters:
        _ANSWERS[item.field](chosen, item, asker)
        if item.field not in ("tag", "in"):
            chosen.notes_too = False
    return chosen


# words of fields


def _at_title(chosen: Selection, item: Filter, asker: Asker) -> None:
    (asked,) = expressions(chosen, item, asker)
    chosen.narrow(asker.positions(asked), item.without)


def _commenter(chosen: Selection, item: Filter, asker: Asker) -> None:
    (asked,) = expressions(chosen, item, asker)
    chosen.ask(asked, item.without)


def _by(chosen: Selection, item: Filter, asker: Asker) -> None:
    comments, articles = expressions(chosen, item, asker)
    written = asker.positions(articles)
    said = set(asker.rows(comments)) if written else set()
    if not written:
        chosen.ask(comments, item.without)
        return
    places = asker.places

    def is_by(candidate: Candidate) -> bool:
        place = places.place(candidate.search_id)
        return (candidate.search_id in said if candidate.is_comment else place.at in written) != item.without

    if not item.without:
        chosen.narrow(written | {places.place(identity).at for identity in said}, False)
    chosen.checks.append(is_by)


def _language(chosen: Selection, item: Filter, asker: Asker) -> None:
    found: set[int] = set()
    for value in item.values:
        there = documents_in(value, asker)
        if not there:
            chosen.messages.append(f"No article is in {LANGUAGES[value][0] if value in LANGUAGES else value}")
        found |= there
    chosen.narrow(found, item.without)


# times


def _times(sign: str, item: Filter) -> str:
    terms = [term for when in item.dates for group in when.months for term in group]
    return "(" + " OR ".join(f'"{sign}{term}"' for term in terms) + ")" if terms else NO_WORD


def _date(chosen: Selection, item: Filter, asker: Asker) -> None:
    if all(when.is_whole_months for when in item.dates):
        chosen.ask(_times(TIME, item), item.without)
        return
    if not item.without:
        chosen.ask(_times(TIME, item), False)
    chosen.checks.append(lambda candidate: _within(item.dates, candidate.time) != item.without)


def _within(days: Sequence[Dates], stated: str) -> bool:
    return any(when.holds(stated) for when in days)


def _saved(chosen: Selection, item: Filter, asker: Asker) -> None:
    found = asker.positions(_times(SAVED, item))
    if not all(when.is_whole_months for when in item.dates):
        keys = {asker.places.keys[at]: at for at in found}
        rows = asker.connection.execute(
            "SELECT key, saved FROM doc WHERE key IN (SELECT value FROM json_each(?))", (json.dumps(list(keys)),)
        )
        found = {keys[key] for key, saved in rows if _within(item.dates, saved or "")}
    chosen.narrow(found, item.without)


# lists


def _in(chosen: Selection, item: Filter, asker: Asker) -> None:
    wanted = {"title", "article", "comment", "note"} - set(item.values) if item.without else set(item.values)
    if "article" in wanted:
        wanted.add("title")
    chosen.only_notes = wanted == {"note"}
    chosen.notes_too = chosen.notes_too and "note" in wanted
    parts = wanted - {"note"}
    chosen.parts = parts if chosen.parts is None else chosen.parts & parts


def _is(chosen: Selection, item: Filter, asker: Asker) -> None:
    states = set(item.values)
    if "reply" in states:
        chosen.ask(f'"{REPLY}"', item.without)
        states.discard("reply")
    found: set[int] = set()
    everything = set(range(len(asker.places))) if "unread" in states else set()
    read = _read(asker) if states & {"read", "unread"} else set()
    for state in states:
        if state == "unread":
            found |= everything - read
        elif state == "read":
            found |= read
        elif state == "starred":
            found |= asker.documents(asker.reading.starred()) if asker.reading else set()
        else:
            found |= asker.documents(name for note in asker.annotations for name in note.documents)
    if states:
        chosen.narrow(found, item.without)


def _read(asker: Asker) -> set[int]:
    return asker.documents(asker.reading.read_documents()) if asker.reading else set()


def _tag(chosen: Selection, item: Filter, asker: Asker) -> None:
    wanted = [fold(value).text for value in item.values]
    tags = {fold(tag.name).text for note in asker.annotations for tag in note.tags}
    known = {name for name in tags if name in wanted} or {name for name in tags if name.startswith(tuple(wanted))}
    if not known:
        chosen.messages.append(f"No note of yours has the tag “{item.values[0]}”")
    marked = [note for note in asker.annotations if known & {fold(tag.name).text for tag in note.tags}]
    chosen.narrow(asker.documents(name for note in marked for name in note.documents), item.without)


# names


def _entity(chosen: Selection, item: Filter, asker: Asker) -> None:
    names = list(dict.fromkeys(name for value in item.values for name in asker.entities(value)))
    rows = asker.connection.execute(
        "SELECT base FROM entity JOIN doc ON doc.key = entity.doc"
        " WHERE name IN (SELECT value FROM json_each(?)) AND base > 0",
        (json.dumps(names),),
    ).fetchall()
    if not rows:
        near = nearest_names(asker.connection, item.values[0])
        meant = f"; do you mean {' or '.join(f'“{name}”' for name in near)}?" if near else ""
        chosen.messages.append(f"“{item.values[0]}” is not among the names that were found in the texts{meant}")
    if not item.without:
        chosen.narrow(asker.places.positions(row[0] for row in rows), False)
    _check_names(chosen, item, asker, names=frozenset(names))


def _type(chosen: Selection, item: Filter, asker: Asker) -> None:
    listed = not UNLISTED_TYPES.intersection(item.values)
    if listed and not item.without and not any(asker.is_type(name) for name in item.values):
        chosen.narrow(set(), False)
        return
    _check_names(chosen, item, asker, types=frozenset(item.values))


def _check_names(
    chosen: Selection,
    item: Filter,
    asker: Asker,
    names: frozenset[str] = frozenset(),
    types: frozenset[str] = frozenset(),
) -> None:
    named = Named(asker.connection, names, types)
    if not item.without:
        chosen.named = chosen.named or named
    chosen.checks.append(lambda candidate: bool(named.spans(candidate)) != item.without)


def _thread(chosen: Selection, item: Filter, asker: Asker) -> None:
    found: set[int] = set()
    for inner in item.inner:
        found |= asker.inside(inner)
    chosen.narrow(found, item.without)


_ANSWERS: dict[str, Callable[[Selection, Filter, Asker], None]] = {
    **dict.fromkeys(("title", "writer", "outlet"), _at_title),
    "lang": _language,
    "commenter": _commenter,
    "by": _by,
    "date": _date,
    "saved": _saved,
    "in": _in,
    "is": _is,
    "tag": _tag,
    "entity": _entity,
    "type": _type,
    "thread": _thread,
}
