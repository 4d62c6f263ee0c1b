"""What the field or the value before the cursor may go on as."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from corpus.index.fields import COMMENTER, LANGUAGE
from corpus.index.readers import Readers
from corpus.index.records import fact_sum
from corpus.index.tokens import words
from corpus.queries.dates import NAMED
from corpus.queries.fields import FIELDS, Field, field_named
from corpus.queries.languages import may_be
from corpus.query import Completion
from corpus.text import fold

if TYPE_CHECKING:
    from corpus.library import Library

MOST = 12
SCANNED = 400
"""Words of handles that are looked at for one beginning."""
_BEFORE = re.compile(
    r'(?P<minus>(?<!\S)-)?(?:(?P<field>[^\W\d_]+)[:：](?P<quote>"?)(?P<value>[^"]*)|(?P<word>[^\W\d_]*))\Z'
)
_DATES = (*NAMED, "지난해", "올해", "지난달", "지난주")


def complete(text: str, cursor: int, library: Library) -> list[Completion]:
    """Return completions of the word before the cursor; none where it is no field and no value of one."""
    before = text[: max(0, cursor)]
    # an open bracket or a blank outside of quotes begins anew
    start = _start(before)
    found = _BEFORE.match(before, start)
    if found is None:
        return []
    if found["field"] is None:
        return _fields(found["word"] or "", found.start("word"), len(before)) if found["word"] else []
    known = field_named(found["field"])
    if known is None:
        return []
    place = found.start("value") - len(found["quote"])
    offered = dict.fromkeys(_values(known, found["value"], library))
    return [Completion(_quoted(value), place, len(before), help) for value, help in list(offered)[:MOST]]


def _start(before: str) -> int:
    start, inside = 0, False
    for at, char in enumerate(before):
        if char == '"':
            inside = not inside
        elif not inside and (char.isspace() or char == "("):
            start = at + 1
    return start


def _quoted(value: str) -> str:
    return f'"{value}"' if re.search(r'[\s()"]', value) else value


def _fields(word: str, start: int, end: int) -> list[Completion]:
    wanted = fold(word).text
    found = []
    for field in FIELDS:
        name = next((name for name in (field.name, *field.other_names) if fold(name).text.startswith(wanted)), None)
        if name is not None:
            found.append(Completion(f"{name}{':(' if field.name == 'thread' else ':'}", start, end, field.help))
    return found


def _values(field: Field, begun: str, library: Library) -> Iterator[tuple[str, str]]:
    wanted = fold(begun).text
    if field.name == "lang":
        yield from _languages(field, begun, library.readers)
    elif field.values:
        last = wanted.rpartition(",")[2]
        kept = begun[: len(begun) - len(last)]
        for value, help in field.values.items():
            others = [other for other, meant in field.other_values.items() if meant == value and other.startswith(last)]
            if fold(value).text.startswith(last):
                yield kept + value, help
            elif last and others:
                yield kept + others[0], help
    elif field.name in ("date", "saved"):
        yield from ((word, "") for word in _DATES if word.startswith(wanted))
    else:
        for statement in _SOURCES.get(field.name, ()):
            yield from statement(library.readers, wanted)


def _languages(field: Field, begun: str, readers: Readers) -> Iterator[tuple[str, str]]:
    """Yield the languages that documents state, those of most first, and those that others seem to be in."""
    last = fold(begun).text.rpartition(",")[2]
    kept = begun[: len(begun) - len(last)]
    stated = dict(_terms(readers, LANGUAGE, "", SCANNED))
    for code in sorted(field.values, key=lambda code: -stated.get(code, 0)):
        others = [other for other, meant in field.other_values.items() if meant == code and other.startswith(last)]
        is_begun = code.startswith(last) or (last and others)
        try:
            if is_begun and (code in stated or may_be(code, readers.connection())):
                yield kept + code, field.values[code]
        except sqlite3.Error as error:
            readers.note(error)


def _terms(readers: Readers, sign: str, begun: str, most: int) -> list[tuple[str, int]]:
    """Return (word, number of passages) of words of a field that begin so."""
    try:
        connection = readers.connection()
        connection.execute("CREATE VIRTUAL TABLE IF NOT EXISTS temp.handle USING fts5vocab(main, search, 'row')")
        rows = connection.execute(
            "SELECT term, doc FROM temp.handle WHERE term >= ? AND term < ? LIMIT ?",
            (sign + begun, sign + begun + "\U0010ffff", most),
        ).fetchall()
    except sqlite3.Error as error:
        readers.note(error)
        return []
    return [(term[len(sign) :], count) for term, count in rows]


def _holds(name: str, wanted: str) -> bool:
    folded = fold(name).text
    return folded.startswith(wanted) or f" {wanted}" in folded


def _column(readers: Readers, column: str, wanted: str) -> Iterator[tuple[str, str]]:
    rows = readers.rows(
        f"SELECT {column}, count(*) FROM doc WHERE shown = 1 AND {column} <> '' GROUP BY {column} ORDER BY count(*) DESC"
    )
    for name, count in rows:
        if _holds(name, wanted):
            yield name, _documents(count)


def _documents(count: int) -> str:
    return "1 document" if count == 1 else f"{count:,} documents"


def _outlets(readers: Readers, wanted: str) -> Iterable[tuple[str, str]]:
    return _column(readers, "outlet", wanted)


def _writers(readers: Readers, wanted: str) -> Iterable[tuple[str, str]]:
    return _column(readers, "author", wanted)


def _commenters(readers: Readers, wanted: str) -> Iterator[tuple[str, str]]:
    """Yield handles with a word that begins so, those of most comments first."""
    found = _terms(readers, COMMENTER, (words(wanted) or [""])[-1], SCANNED)
    try:
        for word, count in sorted(found, key=lambda item: -item[1])[: 2 * MOST]:
            name = _handle(readers.connection(), COMMENTER + word)
            if name and all(part in fold(name).text for part in words(wanted)):
                yield name, "1 comment" if count == 1 else f"{count:,} comments"
    except sqlite3.Error as error:
        readers.note(error)


def _handle(connection: sqlite3.Connection, term: str) -> str | None:
    """Return the handle, as written, of the newest comment with this word in its author's name."""
    row = connection.execute(
        "SELECT json_extract(p.rest, '$.author') FROM (SELECT rowid AS at FROM search WHERE search MATCH ?"
        " ORDER BY rowid DESC LIMIT 1) s JOIN doc d ON d.key = (SELECT key FROM doc WHERE base <= s.at"
        " ORDER BY base DESC LIMIT 1) JOIN passage p ON p.id = (d.key << 24) + s.at - d.base",
        (f'"{term}"',),
    ).fetchone()
    return row[0] if row else None


def _entities(readers: Readers, wanted: str) -> Iterator[tuple[str, str]]:
    rows = readers.rows("SELECT name, surface, type, sum FROM surface ORDER BY length(surface), surface, name")
    before = None
    for *row, total in rows:
        _, surface, kind = row
        if surface != before and _holds(surface, wanted) and fact_sum(*row) == total:
            before = surface
            yield surface, kind


_SOURCES = {
    "outlet": (_outlets,),
    "writer": (_writers,),
    "commenter": (_commenters,),
    "by": (_commenters, _writers),
    "entity": (_entities,),
}
