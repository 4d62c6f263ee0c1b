"""The names of entities in Latin letters: how each may be written, and when it counts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from corpus.entities.words import COMMON

if TYPE_CHECKING:
    from corpus.entities.rows import Row

WORD = re.compile(r"[^\W_]+(?:'(?![sS]\b)[^\W_]+)*")
"""A word of normalised text; the possessive 's is no part of it."""

WORD_BESIDE_HANGUL = re.compile(r"[가-힣]+|(?:(?![가-힣])[^\W_])+(?:'(?![sS]\b)(?:(?![가-힣])[^\W_])+)*")
"""The same where Latin letters stand before a Korean particle ("IOC에서")."""

_ONE_FOR_ONE = str.maketrans(
    {"\u00a0": " ", "\u202f": " ", "\u2009": " ", "’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "‐": "-", "‑": "-"}
)  # fmt: skip
_FLAGS = "~=?^"


class Alias(NamedTuple):
    """A name: `words` of it, the case policy, and for a surname in office the days between which it counts.

    `kind` is name, demonym, nickname or office.
    """

    text: str
    words: tuple[str, ...]
    entity: str
    type: str
    any_case: bool
    kind: str = "name"
    since: str = ""
    until: str = ""


def normalise(text: str) -> str:
    """Return `text` with plain blanks, quotes and hyphens, one for one, so that offsets hold."""
    return text if text.isascii() else text.translate(_ONE_FOR_ONE)


def parse_alias(written: str, row: Row) -> Alias:
    """Return the alias that one entry of the alias column describes (flags in the docstring of `rows`)."""
    text, mark, window = written.partition("@")
    if mark:
        since, _, until = window.partition("/")
        return Alias(
            text, (text,), row.id, row.type, False, "office", since or row.since, until or ("" if since else row.until)
        )
    text = written.rstrip(_FLAGS)
    flags = written[len(text) :]
    words = tuple(WORD.findall(normalise(text)))
    if "^" in flags:
        return Alias(text, words, row.id, "NORP", "~" in flags, "demonym")
    kind = "nickname" if "?" in flags else "name"
    any_case = "~" in flags or ("=" not in flags and _any_case(text, words, row))
    return Alias(text, words, row.id, row.type, any_case, kind)


def _any_case(text: str, words: tuple[str, ...], row: Row) -> bool:
    """Whether a name may be written in any case: not where it would then be a common word or an abbreviation."""
    if not words or text.isupper() or row.type == "WORK" or text.lower() in COMMON or words[0].lower() == "the":
        return False
    return len(words) > 1 or len(text) >= 5
