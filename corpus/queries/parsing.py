"""Takes a query apart, token by token; `corpus.query` says what comes of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from corpus.index.tokens import places
from corpus.queries.dates import dates
from corpus.queries.fields import BY_NAME, Field, field_named, nearest, value_of
from corpus.query import Filter, Query, Term
from corpus.text import fold

MOST_WORDS = 24
MOST_FILTERS = 12
SAID = 12
"""Values that are told where another one is not known."""
_QUOTE = '["“”„‟＂]'
_TOKEN = re.compile(
    rf"(?P<minus>(?<!\S)[-−–](?=\S))?"
    rf"(?:(?P<field>[^\W\d_]+)(?:\s?[:：]|(?=[<>=]))"
    rf"(?:\s*\((?P<group>(?:[^()\"]|\"[^\"]*\")*)(?P<closed>\)?)"
    rf"|\s*{_QUOTE}(?P<quoted>[^\"“”„‟＂]*)(?:{_QUOTE}|\Z)|\s?(?P<value>[^\s\"“”„‟＂()]*))"
    rf"|{_QUOTE}(?P<phrase>[^\"“”„‟＂]*){_QUOTE}|(?P<odd>{_QUOTE})|(?P<word>[^\s\"“”„‟＂]+))"
)
_OR_NEXT = re.compile(r"\)*\s+(?:OR|\|\|?)\s")


@dataclass
class Parser:
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
                near = nearest(part, {fold(name).text: name for name in (*known.values, *known.other_values)})
                meant = (
                    f"; do you mean {known.name}:{near}?"
                    if near
                    else f"; it may be {', '.join(list(known.values)[:SAID])}{' …' if len(known.values) > SAID else ''}"
                )
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
        inner = Parser(group, self.today).query()
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
