"""What the user typed to search for: words, "an exact phrase", -without. Anything else is a word."""

from __future__ import annotations

import re
from dataclasses import dataclass

from corpus.index.tokens import places
from corpus.text import Folded, canonical_line, fold

LONGEST = 256
MOST_WORDS = 24

_PART = re.compile(r'(?P<minus>(?<!\S)-)?(?:"(?P<phrase>[^"]*)"|(?P<word>[^\s"]+))')


@dataclass(frozen=True, slots=True)
class Term:
    """A word or a phrase of a query: its folded words in order, and where it stands in `Query.text`."""

    words: tuple[str, ...]
    phrase: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Query:
    """A query taken apart.

    `terms` must all be found, `without` must not. `open_end` tells that the last word may go on, since
    its end was not typed. `messages` are sentences about what could not be taken as it was meant.
    """

    text: str
    terms: tuple[Term, ...]
    without: tuple[Term, ...] = ()
    open_end: bool = False
    messages: tuple[str, ...] = ()

    @property
    def words(self) -> tuple[str, ...]:
        """All words that are looked for, in order."""
        return tuple(word for term in self.terms for word in term.words)


def parse(text: str) -> Query:
    """Take a query apart; any text is one, and what is odd about it is said in `messages`."""
    messages = []
    line = canonical_line(text, LONGEST + 1)
    if len(line) > LONGEST:
        line = line[:LONGEST]
        messages.append(f"Only the first {LONGEST} characters are searched for")
    folded = fold(line)
    if folded.text.count('"') % 2:
        cut = folded.text.rindex('"')
        folded = Folded(f"{folded.text[:cut]} {folded.text[cut + 1 :]}", folded.offsets)
        messages.append("A quotation mark has no partner; the words after it are searched for one by one")
    terms, without, open_end = _terms(folded)
    if len(terms) > MOST_WORDS:
        terms, open_end = terms[:MOST_WORDS], False
        messages.append(f"Only the first {MOST_WORDS} words are searched for")
    if without and not terms:
        messages.append("Type a word to look for besides those to leave out")
    elif not terms and line:
        messages.append("There is no word in this to look for")
    # a blank after the last word says that it is whole
    open_end = open_end and text[-1:].isalnum() and len(line) < LONGEST
    return Query(line, tuple(terms), tuple(without), open_end, tuple(messages))


def _terms(folded: Folded) -> tuple[list[Term], list[Term], bool]:
    """Return what is looked for, what is left out, and whether the last word may go on."""
    terms: list[Term] = []
    without: list[Term] = []
    open_end = False
    for found in _PART.finditer(folded.text):
        is_phrase = found["word"] is None
        kind = "phrase" if is_phrase else "word"
        shift = found.start(kind)
        parts = [(word, *folded.source(shift + start, shift + end)) for word, start, end in places(found[kind])]
        if not parts:
            continue
        whole = Term(tuple(part[0] for part in parts), True, parts[0][1], parts[-1][2])
        if found["minus"]:
            without.append(whole)
        elif is_phrase:
            terms.append(whole)
        else:
            # the two words of Jong-un need not be side by side
            terms += [Term((word,), False, start, end) for word, start, end in parts]
        open_end = not is_phrase and not found["minus"]
    return terms, without, open_end
