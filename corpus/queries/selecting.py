"""What each field of a query means to the index."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence

from corpus.index.fields import COMMENTER, LANGUAGE, OUTLET, REPLY, SAVED, TIME, TITLE, WRITER
from corpus.index.mentions import UNLISTED_TYPES
from corpus.index.passages import Candidate
from corpus.index.tokens import is_glued, terms_of, words
from corpus.matching import Alternative, Group
from corpus.queries.dates import Dates
from corpus.queries.named import Named
from corpus.queries.selection import Asker, Selection
from corpus.query import Filter, Query
from corpus.text import fold

AT_TITLES = {"title": TITLE, "writer": WRITER, "outlet": OUTLET}
NO_WORD = '"\u00ac\u00ac"'
"""Asks the index for what no passage has."""


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


def _expression(sign: str, value: str, asker: Asker, message: Callable[[str], None]) -> str:
    """Return what finds a value among the terms of a field: its words, else words that go on from them, else slips."""
    wanted = words(fold(value).text)
    exact = " AND ".join(_word(sign, word) for word in wanted)
    if _is_any(asker, exact):
        return f"({exact})"
    parts = []
    for word in wanted:
        others = [word, *asker.vocabulary.completions(word), *(other for other, _ in asker.vocabulary.near(word))]
        known = [other for other in others if _is_any(asker, _word(sign, other))]
        parts.append("(" + " OR ".join(_word(sign, other) for other in known or [word]) + ")")
    begun = " AND ".join(parts)
    if not _is_any(asker, begun):
        message(f"Nothing has “{value}” there")
    return f"({begun})"


def _word(sign: str, word: str) -> str:
    terms = terms_of(word) if is_glued(word) else (word,)
    return "(" + " AND ".join(f'"{sign}{term}"' for term in terms) + ")"


def _is_any(asker: Asker, expression: str) -> bool:
    found = asker.connection.execute("SELECT 1 FROM search WHERE search MATCH ? LIMIT 1", (expression,)).fetchone()
    return found is not None


def _any_of(sign: str, item: Filter, asker: Asker, chosen: Selection) -> str:
    return "(" + " OR ".join(_expression(sign, value, asker, chosen.messages.append) for value in item.values) + ")"


def _at_title(chosen: Selection, item: Filter, asker: Asker) -> None:
    chosen.narrow(asker.positions(_any_of(AT_TITLES[item.field], item, asker, chosen)), item.without)


_SCRIPTS = {"ko": "*[가-힣]*", "ja": "*[ぁ-ヺ]*", "zh": "*[一-鿿]*"}
"""What a title in a language has, for the many captures that do not state theirs."""
_STATED = ("en", "ko", "ja", "zh", "fr", "de", "es", "ru", "it", "pt", "vi", "ar")
ENGLISH = '"the" AND "of" AND "and"'
"""What some passage of every English article has."""


def _language(chosen: Selection, item: Filter, asker: Asker) -> None:
    found: set[int] = set()
    for value in item.values:
        if value not in asker.known:
            asker.known[value] = frozenset(_in_language(value, asker))
        found |= asker.known[value]
    chosen.narrow(found, item.without)


def _in_language(language: str, asker: Asker) -> set[int]:
    """Return the documents that state a language, or state none and seem to be in it."""
    stated = asker.positions(f'"{LANGUAGE}{language}"')
    if not (seem := _seems(language, asker) - stated):
        return stated
    others = " OR ".join(f'"{LANGUAGE}{name}"' for name in _STATED if name != language)
    return stated | (seem - asker.positions(f"({others})"))


def _seems(language: str, asker: Asker) -> set[int]:
    """Return the documents that seem to be in a language."""
    if language == "en":
        return asker.holding(ENGLISH)
    rows = asker.connection.execute(
        "SELECT base FROM doc WHERE base > 0 AND title GLOB ? AND (? <> 'zh' OR NOT title GLOB '*[가-힣ぁ-ヺ]*')",
        (_SCRIPTS[language], language),
    )
    return asker.places.positions(row[0] for row in rows)


def _commenter(chosen: Selection, item: Filter, asker: Asker) -> None:
    chosen.ask(_any_of(COMMENTER, item, asker, chosen), item.without)


def _by(chosen: Selection, item: Filter, asker: Asker) -> None:
    quiet: Callable[[str], None] = lambda _: None  # noqa: E731
    comments = "(" + " OR ".join(_expression(COMMENTER, value, asker, quiet) for value in item.values) + ")"
    articles = "(" + " OR ".join(_expression(WRITER, value, asker, quiet) for value in item.values) + ")"
    if not (_is_any(asker, comments) or _is_any(asker, articles)):
        chosen.messages.append(f"Nobody is called “{item.values[0]}”")
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
    if not names:
        chosen.messages.append(f"“{item.values[0]}” is not among the names that were found in the texts")
    rows = asker.connection.execute(
        "SELECT base FROM entity JOIN doc ON doc.key = entity.doc"
        " WHERE name IN (SELECT value FROM json_each(?)) AND base > 0",
        (json.dumps(names),),
    )
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
    **dict.fromkeys(AT_TITLES, _at_title),
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
