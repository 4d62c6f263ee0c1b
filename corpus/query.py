"""What the user typed to search for, taken apart: words, "an exact phrase", -without, one OR other, field:value.

Any text is a query. What is odd about it is said in `Query.messages`, and the rest of it is searched for.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from corpus.queries.dates import Dates
from corpus.text import canonical_line

if TYPE_CHECKING:
    from corpus.library import Library

LONGEST = 256


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


def parse(text: str, today: date | None = None) -> Query:
    """Take a query apart; any text is one, and what is odd about it is said in `messages`.

    Args:
        text: as typed; at most 256 characters of it count.
        today: what words such as lastyear start from, by default the day of the computer's clock.
    """
    from corpus.queries.parsing import Parser

    line = canonical_line(text, LONGEST + 1)
    parser = Parser(line[:LONGEST], today or date.today())
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
