"""What the index knows of a passage besides its words: who wrote it, when, where; each as a term with a sign before it.

The signs are no letters, so that no word of a text can be taken for one of these terms. What belongs to the
whole document stands at its title; its passages follow from the rows of `doc`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

from corpus.index.tokens import is_glued, terms_of, words
from corpus.text import fold_text

TITLE, WRITER, OUTLET, LANGUAGE, SAVED = "¶", "©", "®", "¢", "±"
"""At the title of a document: words of its title, byline and outlet; its language; the month it was saved in."""
COMMENTER, REPLY, TIME = "§", "¬", "¤"
"""At a comment: words of its author's name; that it answers another. At any passage: year and month of its time."""

SIGNS = frozenset((TITLE, WRITER, OUTLET, LANGUAGE, SAVED, COMMENTER, REPLY, TIME))

_MONTH = re.compile(r"(\d{4})(?:-(\d{2}))?")


@lru_cache(maxsize=20_000)
def word_terms(sign: str, text: str) -> tuple[str, ...]:
    """Return the terms for the words of a field; with all of them a field may still lack a long Korean word."""
    return tuple([sign + term for word in words(fold_text(text)) for term in _terms(word)])


def _terms(word: str) -> Iterable[str]:
    return (word[0], *terms_of(word)) if is_glued(word) else (word,)


def time_terms(sign: str, stated: object) -> list[str]:
    """Return the terms for year and month of a time as stated; none where it does not begin with a year."""
    found = _MONTH.match(stated) if isinstance(stated, str) else None
    if not found:
        return []
    year, month = found.groups()
    return [sign + year, sign + year + month] if month else [sign + year]


def title_terms(facts: Mapping[str, Any]) -> list[str]:
    """Return the terms at a title: of title, author, outlet, language, saved and published of its document."""
    return [
        *word_terms(TITLE, facts["title"]),
        *word_terms(WRITER, facts["author"]),
        *word_terms(OUTLET, facts["outlet"]),
        *word_terms(LANGUAGE, facts["language"] or ""),
        *time_terms(SAVED, facts["saved"]),
        *time_terms(TIME, facts["published"]),
    ]


def comment_terms(facts: Mapping[str, Any]) -> list[str]:
    """Return the terms at a comment: of its author, its time, and whether it is a reply."""
    found = [*word_terms(COMMENTER, facts.get("author") or ""), *time_terms(TIME, facts.get("posted"))]
    return [*found, REPLY] if facts.get("parent") or facts.get("reply") else found
