"""What the user typed to search for, taken apart: words, "an exact phrase", -without, one OR other, field:value.

Any text is a query. What is odd about it is said in `Query.messages`, and the rest of it is searched for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from corpus.index.tokens import places
from corpus.queries.dates import Dates, dates
from corpus.queries.fields import BY_NAME, Field, field_named, nearest, value_of
from corpus.text import canonical_line, fold

if TYPE_CHECKING:
    from corpus.library import Library

LONGEST = 256
MOST_WORDS = 24
MOST_FILTERS = 12
ORDERS = ("relevance", "time")


@dataclass(frozen=True, slots=True)
class Term:
    """A word or a phrase of a query: its folded words in order, and where it stands in `Query.text`.

    `others` are words that may stand in their place (`this OR "that one"`).
    """

    words: tuple[str, ...]
    phrase: bool
    start: int
    end: int
    others: tuple[tuple[str, ...], ...] = ()

    @property
    def choices(self) -> tuple[tuple[str, ...], ...]:
        """All words that the term may be."""
        return self.words, *self.others


@dataclass(frozen=True, slots=True)
class Filter:
    """A field and its values, of which one must hold, or none of them where `without`.

    `dates` are those that the values of a field of time mean, `inner` the queries in the brackets of a thread.
    """

    field: str
    values: tuple[str, ...]
    without: bool = False
    dates: tuple[Dates, ...] = ()
    inner: tuple[Query, ...] = ()


@dataclass(frozen=True, slots=True)
class Query:
    """A query taken apart.

    `terms` must all be found, `without` must not; `filters` must all hold. `open_end` tells that the last
    word may go on, since its end was not typed. `order` is that of `sort:`, or None. `messages` are
    sentences about what could not be taken as it was meant.
    """

    text: str
    terms: tuple[Term, ...]
    without: tuple[Term, ...] = ()
    open_end: bool = False
    messages: tuple[str, ...] = ()
    filters: tuple[Filter, ...] = ()
    order: str | None = None

    @property
    def words(self) -> tuple[str, ...]:
        """All words that are looked for, in order."""
        return tuple(word for term in self.terms for word in term.words)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to look for."""
        return not self.terms and not self.filters


class Completion(NamedTuple):
    """What may stand in place of `start` to `end` of the text that is typed, and a word on what it is."""

    text: str
    start: int
    end: int
    help: str


_QUOTE = '["“”„‟＂]'
_TOKEN = re.compile(
    rf"(?P<minus>(?<!\S)[-−–](?=\S))?"
    rf"(?:(?P<field>[^\W\d_]+)(?:\s?[:：]|(?=[<>=]))"
    rf"(?:\s*\((?P<group>(?:[^()\"]|\"[^\"]*\")*)(?P<closed>\)?)"
    rf"|\s*{_QUOTE}(?P<quoted>[^\"“”„‟＂]*)(?:{_QUOTE}|\Z)|\s?(?P<value>[^\s\"“”„‟＂()]*))"
    rf"|{_QUOTE}(?P<phrase>[^\"“”„‟＂]*){_QUOTE}|(?P<odd>{_QUOTE})|(?P<word>[^\s\"“”„‟＂]+))"
)
_OR_NEXT = re.compile(r"\)*\s+(?:OR|\|\|?)\s")


def parse(text: str, today: date | None = None) -> Query:
    """Take a query apart; any text is one, and what is odd about it is said in `messages`.

    Args:
        text: as typed; at most 256 characters of it count.
        today: what words such as lastyear start from, by default the day of the computer's clock.
    """
    line = canonical_line(text, LONGEST + 1)
    parser = _Parser(line[:LONGEST], today or date.today())
    if len(line) > LONGEST:
        parser.say(f"Only the first {LONGEST} characters are searched for")
    query = parser.query()
    # a blank after the last word says that it is whole
    return replace(query, open_end=query.open_end and text[-1:].isalnum() and len(line) < LONGEST)


def completions(text: str, cursor: int, library: Library) -> list[Completion]:
    """Return what the field or value before the cursor may go on as, the likeliest first; never raises.

    Args:
        text: what is typed.
        cursor: where in it the cursor is.
        library: whose writers, commenters, outlets and names are offered.
    """
    from corpus.queries.completing import complete

    return complete(text, cursor, library)


@dataclass
class _Parser:
    """One query being taken apart."""

    text: str
    today: date
    messages: list[str] = field(default_factory=list)
    terms: list[Term] = field(default_factory=list)
    without: list[Term] = field(default_factory=list)
    filters: list[Filter] = field(default_factory=list)
    order: str | None = None
    open_end: bool = False
    joins: bool = False
    minus: bool = False

    def say(self, message: str) -> None:
        """Keep a sentence for the user, once."""
        if message not in self.messages:
            self.messages.append(message)

    def query(self) -> Query:
        """Take the whole text apart."""
        before: Term | Filter | None = None
        negated = False
        for found in _TOKEN.finditer(self.text):
            word = found["word"]
            if word in ("OR", "|", "||"):
                self.joins = before is not None
                self.open_end = False
                continue
            if word in ("AND", "&", "&&") and before is not None:
                self.open_end = False
                continue
            if word == "NOT":
                negated = True
                continue
            self.minus, negated = bool(found["minus"]) or negated, False
            for item in list(self._items(found)):
                before = self._join(before, item) if self.joins and before is not None else self._add(item, found)
                self.joins = False
        if self.joins:
            self.say("Type what else may stand in its place after OR")
        return self._finished()

    def _items(self, found: re.Match[str]) -> Iterator[Term | Filter]:
        """Yield what one part of the text means."""
        self.open_end = False
        if found["field"] is not None:
            known = field_named(found["field"])
            if known is not None:
                yield from self._filter(known, found)
                return
            if not re.search(r"[:：](?:\s|/|\Z)", found[0]):
                self._explain_field(found["field"])
            yield from self._words(found, found.start("field"), found.end())
        elif found["phrase"] is not None:
            yield from self._phrase(*found.span("phrase"))
        elif found["odd"] is not None:
            self.say("A quotation mark has no partner; the words after it are searched for one by one")
        else:
            yield from self._words(found, *found.span("word"))

    def _words(self, found: re.Match[str], start: int, end: int) -> Iterator[Term]:
        # the two words of Jong-un need not be side by side, unless they are not wanted or stand for something else
        if self.minus or self.joins or _OR_NEXT.match(self.text, end):
            yield from self._phrase(start, end)
            return
        for word, first, last in self._places(start, end):
            self.open_end = True
            yield Term((word,), False, first, last)

    def _phrase(self, start: int, end: int) -> Iterator[Term]:
        parts = self._places(start, end)
        if parts:
            yield Term(tuple(part[0] for part in parts), True, parts[0][1], parts[-1][2])

    def _places(self, start: int, end: int) -> list[tuple[str, int, int]]:
        folded = fold(self.text[start:end])
        found = []
        for word, first, last in places(folded.text):
            source = folded.source(first, last)
            found.append((word, start + source[0], start + source[1]))
        return found

    def _add(self, item: Term | Filter, found: re.Match[str]) -> Term | Filter | None:
        if isinstance(item, Filter):
            self.filters.append(item)
            return item
        if self.minus:
            self.without.append(item)
            return None
        self.terms.append(item)
        return item

    def _join(self, before: Term | Filter, item: Term | Filter) -> Term | Filter:
        """Let `item` stand in place of what was read before it."""
        if isinstance(before, Term) and isinstance(item, Term) and self.terms:
            joined = replace(before, others=(*before.others, item.words), end=item.end)
            self.terms[-1] = joined
            self.open_end = False
            return joined
        if isinstance(before, Filter) and isinstance(item, Filter) and before.field == item.field and self.filters:
            both = replace(
                before,
                values=before.values + item.values,
                dates=before.dates + item.dates,
                inner=before.inner + item.inner,
            )
            self.filters[-1] = both
            return both
        self.say("OR joins words, or values of one field; here both sides are looked for")
        if isinstance(item, Filter):
            self.filters.append(item)
        else:
            self.terms.append(item)
        return item

    # fields

    def _explain_field(self, word: str) -> None:
        near = nearest(word, BY_NAME)
        meant = f"do you mean {near}:? Its words are searched for" if near else "its words are searched for"
        self.say(f"There is no field {word}:; {meant}")

    def _filter(self, known: Field, found: re.Match[str]) -> Iterator[Filter]:
        group, quoted, value = found["group"], found["quoted"], found["value"]
        minus = bool(self.minus)
        if known.name == "thread":
            yield from self._thread(found, group if group is not None else quoted or value or "", minus)
            return
        if group is not None:
            value = group
        stated = quoted if quoted is not None else value or ""
        parts = [stated] if quoted is not None or not known.values else re.split("[,|]", stated)
        parts = [part.strip() for part in parts if part.strip()]
        if not parts:
            self.say(f"Type what {found['field']}: is to hold: {known.help}")
        elif known.name in ("date", "saved"):
            yield from self._dates(known, parts[0], minus, found["field"])
        elif known.values:
            yield from self._listed(known, parts, minus)
        elif any(places(fold(part).text) for part in parts):
            yield Filter(known.name, tuple(parts), minus)
        else:
            self.say(f"There is no word in {found['field']}:{stated} to look for")

    def _dates(self, known: Field, stated: str, minus: bool, name: str) -> Iterator[Filter]:
        meant = dates(stated, self.today)
        if meant is None:
            self.say(
                f"“{stated}” is no date; write {name}:2018, {name}:2018-01..2018-03, {name}:<2018 or {name}:lastyear"
            )
        else:
            yield Filter(known.name, (stated,), minus, dates=(meant,))

    def _listed(self, known: Field, parts: list[str], minus: bool) -> Iterator[Filter]:
        values = []
        for part in parts:
            value = value_of(known, part)
            if value is None:
                near = nearest(part, {fold(name).text: name for name in known.values})
                meant = f"; do you mean {known.name}:{near}?" if near else f"; it may be {', '.join(known.values)}"
                self.say(f"{known.name}: cannot be “{part}”{meant}")
            elif known.name == "sort":
                self.order = value
            else:
                values.append(value)
        if values:
            yield Filter(known.name, tuple(values), minus)

    def _thread(self, found: re.Match[str], group: str, minus: bool) -> Iterator[Filter]:
        if found["group"] is not None and not found["closed"]:
            self.say("thread:( has no closing bracket; everything after it is taken to be inside")
        inner = _Parser(group, self.today).query()
        for message in inner.messages:
            self.say(message)
        if inner.is_empty:
            self.say("Type in the brackets of thread:() what the comments must hold")
        else:
            yield Filter("thread", (group.strip(),), minus, inner=(inner,))

    def _finished(self) -> Query:
        if len(self.terms) > MOST_WORDS:
            self.terms, self.open_end = self.terms[:MOST_WORDS], False
            self.say(f"Only the first {MOST_WORDS} words are searched for")
        if len(self.filters) > MOST_FILTERS:
            del self.filters[MOST_FILTERS:]
            self.say(f"Only the first {MOST_FILTERS} fields are looked at")
        is_empty = not self.terms and not self.filters
        if is_empty and self.without:
            self.say("Type a word to look for besides those to leave out")
        elif is_empty and self.text and not self.messages and not self.order:
            self.say("There is no word in this to look for")
        return Query(
            self.text,
            tuple(self.terms),
            tuple(self.without),
            self.open_end,
            tuple(self.messages),
            tuple(self.filters),
            self.order,
        )
