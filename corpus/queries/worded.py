"""Values of fields that are words: whom or what they name, to the letter, as a beginning, or as a slip."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from corpus.index.fields import COMMENTER, OUTLET, TITLE, WRITER
from corpus.index.tokens import is_glued, terms_of, words
from corpus.queries.selection import Asker, Selection
from corpus.query import Filter
from corpus.text import fold

NO_WORD = '"\u00ac\u00ac"'
"""Asks the index for what no passage has."""
SIGNS = {
    "title": (TITLE,),
    "writer": (WRITER,),
    "outlet": (OUTLET,),
    "commenter": (COMMENTER,),
    "by": (COMMENTER, WRITER),
}
"""Where the words of a field stand in the index."""
NOBODY = {
    "title": "No title has",
    "writer": "No writer is called",
    "outlet": "No outlet is called",
    "commenter": "No commenter is called",
    "by": "Nobody is called",
}
LONG = 8
"""Letters of a word of a name in which two may be wrong."""
AS_TYPED, BEGUN, SLIP, NOTHING = range(4)


class _Meant(NamedTuple):
    """How surely a value was found, what the index is asked for, and the words that it was taken for a slip of."""

    level: int
    expression: str
    slips: tuple[str, ...] = ()


def is_any(asker: Asker, expression: str) -> bool:
    """Tell whether any passage has what an expression of the index asks for."""
    found = asker.connection.execute("SELECT 1 FROM search WHERE search MATCH ? LIMIT 1", (expression,)).fetchone()
    return found is not None


def expressions(chosen: Selection, item: Filter, asker: Asker) -> list[str]:
    """Return for each place in which a field looks what finds the values there, and say which are nowhere.

    The surest reading of a value that finds anything in any of the places counts in all. A slip is looked for where nobody
    has the name; what is to be left out must be named to the letter.
    """
    signs = SIGNS[item.field]
    asked: list[list[str]] = [[] for _ in signs]
    for value in item.values:
        found = [_meant(sign, value, asker, may_slip=not item.without) for sign in signs]
        best = min(each.level for each in found)
        for place, each in zip(asked, found, strict=True):
            place.append(each.expression if each.level == best else NO_WORD)
        if best >= SLIP:
            slips = dict.fromkeys(word for each in found if each.level == SLIP for word in each.slips)
            near = f"; the nearest is {' or '.join(f'“{word}”' for word in slips)}" if best == SLIP else ""
            chosen.messages.append(f"{NOBODY[item.field]} “{value}”{near}")
            chosen.near = f"like “{value}”" if best == SLIP else chosen.near
    return ["(" + " OR ".join(each) + ")" for each in asked]


def _meant(sign: str, value: str, asker: Asker, may_slip: bool) -> _Meant:
    wanted = words(fold(value).text)
    exact = _all(sign, [[word] for word in wanted])
    if is_any(asker, exact):
        return _Meant(AS_TYPED, exact)
    begun = [_there(sign, (word, *asker.vocabulary.completions(word)), asker) for word in wanted]
    if all(begun) and is_any(asker, expression := _all(sign, begun)):
        return _Meant(BEGUN, expression)
    if may_slip:
        near = [_near(sign, word, asker) for word in wanted]
        every = [[*known, *slips] for known, slips in zip(begun, near, strict=True)]
        if all(every) and is_any(asker, expression := _all(sign, every)):
            told = [known[0] if known else " or ".join(slips) for known, slips in zip(begun, near, strict=True)]
            return _Meant(SLIP, expression, (" ".join(told),))
    return _Meant(NOTHING, NO_WORD)


def _near(sign: str, word: str, asker: Asker) -> list[str]:
    """Return the words that differ from one by the fewest letters: by one of a few, by two of many."""
    most = 2 if len(word) >= LONG else 1
    near = [(other, edits) for other, edits in asker.vocabulary.near(word) if edits <= most]
    for allowed in range(1, most + 1):
        if found := _there(sign, [other for other, edits in near if edits == allowed], asker):
            return found
    return []


def _there(sign: str, options: Iterable[str], asker: Asker) -> list[str]:
    return [word for word in options if is_any(asker, _word(sign, word))]


def _all(sign: str, options: Sequence[Sequence[str]]) -> str:
    return "(" + " AND ".join("(" + " OR ".join(_word(sign, word) for word in each) + ")" for each in options) + ")"


def _word(sign: str, word: str) -> str:
    terms = terms_of(word) if is_glued(word) else (word,)
    return "(" + " AND ".join(f'"{sign}{term}"' for term in terms) + ")"
