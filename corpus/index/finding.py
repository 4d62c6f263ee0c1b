r"""What a passage is found by: a text whose words, as SQLite cuts them, are its terms.

For most passages that is the passage itself, folded, with a few terms after it (of its author, its time), so that SQLite
takes their words apart and nobody else does. Where folding leaves letters beyond ASCII, whose words SQLite would not
find, it is the terms alone. A line of `found_by` holds what is not in the passage: terms to stand after it, or, after
`INSTEAD`, all of them; and behind a tab the words of glued scripts that the passage adds to the vocabulary.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from typing import Any, NamedTuple

from corpus.index.fields import SIGNS, TIME, comment_terms, time_terms, title_terms
from corpus.index.tokens import MAX_WORD, cut, glued_terms, is_glued
from corpus.text import fold_text

INSTEAD = "="
_LONG = re.compile(rf"[A-Za-z0-9]{{{MAX_WORD + 1}}}")
_HALF = MAX_WORD // 2
_TERM = re.compile(r"[0-9A-Za-z\x80-\U0010ffff]+")
_LOWER = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}


class Found(NamedTuple):
    """What a passage is found by, and the words of glued scripts that it adds to the vocabulary."""

    text: str
    glued: Sequence[str]


def found_by(facts: Mapping[str, Any], passages: Sequence[tuple[str, str]]) -> str:
    """Return a line for each passage of a document, which `whole` lays over its text.

    Args:
        facts: title, author, outlet, language, published, saved and number of paragraphs of the document.
        passages: text and rest of each, as `records.pack` makes them.
    """
    paragraphs = facts["paragraphs"]
    when = time_terms(TIME, facts["published"])
    after = f" {' '.join(when)}" if when else ""
    plain = is_plain(" ".join([text for text, _ in passages]))
    lines = []
    for number, (text, rest) in enumerate(passages):
        if number == 0:
            lines.append(_line(text, (facts["author"], facts["outlet"]), title_terms(facts), plain))
        elif number > paragraphs:
            said = json.loads(rest)
            others = (said.get("author") or "", said.get("title") or "")
            lines.append(_line(text, others, comment_terms(said), plain))
        else:
            lines.append(after if plain else _line(text, (), when, plain))
    return "\n".join(lines)


def _line(text: str, others: Iterable[str], signed: Iterable[str], plain: bool) -> str:
    """Return what is not in the text; `plain` tells that nothing of the text is."""
    folded = "" if plain else fold_text(text)
    if is_plain(folded):
        head, found = " ", [_of_field(other) for other in others if other]
    else:
        head, found = INSTEAD, [_of_folded(folded), *map(_of_field, others)]
    line = head + " ".join([*chain.from_iterable([terms for terms, _ in found]), *signed])
    glued = set(chain.from_iterable([words for _, words in found]))
    return f"{line}\t{' '.join(glued)}" if glued else line


def _of_folded(folded: str) -> tuple[Sequence[str], Sequence[str]]:
    """Return the terms of a text, and the words of glued scripts that it adds to the vocabulary."""
    plain, found = cut(folded)
    glued = [glued_terms(word) for word in found]
    terms = plain.union(*[own for own, _ in glued])
    return list(terms), list(set(chain.from_iterable([words for _, words in glued])))


@lru_cache(maxsize=20_000)
def _of_field(text: str) -> tuple[Sequence[str], Sequence[str]]:
    return _of_folded(fold_text(text))


def is_plain(folded: str) -> bool:
    """Tell whether SQLite cuts a folded text into the words that `tokens.words` does."""
    if not folded.isascii():
        return False
    # a word that is too long would fill one of these stretches
    has_blanks = all(" " in folded[at : at + _HALF] for at in range(0, len(folded) - _HALF, _HALF))
    return has_blanks or not _LONG.search(folded)


def whole(texts: Iterable[str], lines: str) -> Iterator[Found]:
    """Yield what each passage is found by.

    Args:
        texts: of the passages of a document.
        lines: what `found_by` returned for them.
    """
    for text, line in zip(texts, lines.split("\n"), strict=True):
        more, _, glued = line.partition("\t")
        folded = text if text.isascii() or more[:1] == INSTEAD else fold_text(text)
        found = more[1:] if more[:1] == INSTEAD else folded + more
        yield Found(found, glued.split(" ") if glued else ())


def terms_of_found(text: str) -> set[str]:
    """Return the terms into which SQLite cuts what a passage is found by."""
    return set(_TERM.findall(text.lower() if text.isascii() else text.translate(_LOWER)))


def is_counted(term: str) -> bool:
    """Tell whether a term of the index is a word of the vocabulary as it is: neither a field nor a part of a glued word."""
    return term.isascii() or (term[0] not in SIGNS and not is_glued(term))


def words_of_found(found: Found) -> Iterator[str]:
    """Yield the words that a passage adds to the vocabulary."""
    yield from (term for term in terms_of_found(found.text) if is_counted(term))
    yield from found.glued
