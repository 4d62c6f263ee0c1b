"""Which documents are in a language."""

from __future__ import annotations

import sqlite3

from corpus.index.fields import LANGUAGE
from corpus.queries.fields import LANGUAGES
from corpus.queries.selection import Asker

_SCRIPTS = {"ko": "*[가-힣]*", "ja": "*[ぁ-ヺ]*", "zh": "*[一-鿿]*"}
"""What a title in a language has, for the many captures that do not state theirs."""
_TELLING = {"en": "the of and", "de": "der die und", "fr": "les des est", "es": "que los del"}
"""Words that some passage of every article in a language has."""
_BY_TITLE = "SELECT base FROM doc WHERE base > 0 AND title GLOB ? AND (? <> 'zh' OR NOT title GLOB '*[가-힣ぁ-ヺ]*')"


def documents_in(language: str, asker: Asker) -> frozenset[int]:
    """Return the positions of the documents that state a language, or state none and seem to be in it."""
    if language not in asker.known:
        asker.known[language] = frozenset(_documents_in(language, asker))
    return asker.known[language]


def _documents_in(language: str, asker: Asker) -> set[int]:
    stated = asker.positions(f'"{LANGUAGE}{language}"')
    if not (seem := _seeming(language, asker) - stated):
        return stated
    others = " OR ".join(f'"{LANGUAGE}{name}"' for name in LANGUAGES if name != language)
    return stated | (seem - asker.positions(f"({others})"))


def may_be(language: str, connection: sqlite3.Connection) -> bool:
    """Tell whether any document seems to be in a language, whatever it states. May raise sqlite3.Error."""
    if language in _TELLING:
        row = connection.execute("SELECT 1 FROM search WHERE search MATCH ? LIMIT 1", (_telling(language),)).fetchone()
    elif language in _SCRIPTS:
        row = connection.execute(f"{_BY_TITLE} LIMIT 1", (_SCRIPTS[language], language)).fetchone()
    else:
        row = None
    return row is not None


def _telling(language: str) -> str:
    return " AND ".join(f'"{word}"' for word in _TELLING[language].split())


def _seeming(language: str, asker: Asker) -> set[int]:
    """Return the documents that seem to be in a language."""
    if language in _TELLING:
        return asker.holding(_telling(language))
    if language not in _SCRIPTS:
        return set()
    rows = asker.connection.execute(_BY_TITLE, (_SCRIPTS[language], language))
    return asker.places.positions(row[0] for row in rows)
