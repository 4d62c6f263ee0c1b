"""The trust edge: all text from outside becomes canonical here, once.

Canonical form (`TEXT_VERSION` 1): LF line ends, NFC, no trailing blanks on lines, and every code
point that could act on a terminal or hide from the eye replaced one for one by a visible stand-in.
Canonical text may be stored, shown, copied and exported as it is.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Iterable, Mapping
from functools import cache
from typing import NamedTuple

TEXT_VERSION = 1

INVISIBLE = "␣"
"""Shown for what takes no ink: zero-width blanks, Hangul fillers, tag characters."""
DIRECTION = "⇄"
"""Shown for a bidi control."""
SUBSTITUTE = "␦"
"""Shown for a C1 control."""
REPLACEMENT = "\ufffd"

_LINE_ENDS = "\u000b\u000c\u0085\u2028\u2029"
_DIRECTIONS = "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_INVISIBLES = (
    "\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180e\u200b\u2060\u2061\u2062\u2063\u2064\u2065"
    "\u206a\u206b\u206c\u206d\u206e\u206f\u3164\ufeff\uffa0\ufff9\ufffa\ufffb"
)


_JOINERS = "\u200c\u200d"
_SPANS = (
    (0x00, 0x08, ""),
    (0x0B, 0x1F, ""),
    (0x7F, 0x7F, "\u2421"),
    (0x80, 0x9F, SUBSTITUTE),
    (0xD800, 0xDFFF, REPLACEMENT),
    (0xFDD0, 0xFDEF, REPLACEMENT),
    *((plane << 16 | 0xFFFE, plane << 16 | 0xFFFF, REPLACEMENT) for plane in range(17)),
    (0xE0000, 0xE0FFF, INVISIBLE),
)
"""First and last code point of what is unsafe, and the stand-in of all; an empty one means the control picture of each."""


def _ranges(spans: Iterable[tuple[int, int, str]]) -> str:
    return "".join(f"{re.escape(chr(low))}-{re.escape(chr(high))}" for low, high, _ in spans)


# one pattern for both would try the ranges above U+FFFF, one by one, on every character of a Korean text
_UNSAFE = re.compile(
    f"[{_ranges(span for span in _SPANS if span[0] <= 0xFFFF)}{re.escape(_LINE_ENDS + _DIRECTIONS + _INVISIBLES + _JOINERS)}]"
)
_UNSAFE_ABOVE = re.compile(f"[{_ranges(span for span in _SPANS if span[0] > 0xFFFF)}]")
_PLAIN = bytes([*b"\t\n", *range(0x20, 0x7F)])


@cache
def _stand_ins() -> Mapping[int, str]:
    """Return the stand-in of every code point that has one. Worked out when it is needed: it is large."""
    table = {code: stand_in or chr(0x2400 + code) for low, high, stand_in in _SPANS for code in range(low, high + 1)}
    table.update({ord(char): INVISIBLE for char in _INVISIBLES})
    table.update({ord(char): DIRECTION for char in _DIRECTIONS})
    table.update({ord(char): "\n" for char in _LINE_ENDS})
    return table


_BLANK = " \t\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_BLANKS = re.compile(r"[\t\n ]+")
_BETWEEN_PARAGRAPHS = re.compile(r"\n\n\n*[ \t\u00a0]*")
_JOINABLE = frozenset({"So", "Sk", "Mn", "Mc", "Lo", "Sm"})


def canonical(text: str) -> str:
    """Return `text` in canonical form; idempotent, and free of everything that acts on a terminal.

    Args:
        text: any string, lone surrogates allowed.

    Returns:
        Text with LF line ends. TAB and LF are the only control characters in it.
    """
    if text.isascii() and text.isprintable():
        return text.rstrip(" ")
    return "\n".join(canonical_lines(text))


def canonical_lines(text: str) -> list[str]:
    """Return the lines of `canonical(text)`."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    text = unicodedata.normalize("NFC", text)
    odd = _odd_characters(text)
    if odd and (_UNSAFE.search(odd) or (_goes_above(odd) and _UNSAFE_ABOVE.search(odd))):
        text = _replace_unsafe(text)
    # line by line: a pattern for trailing blanks would be quadratic in a long run of inner ones
    return [line.rstrip(_BLANK) for line in text.split("\n")]


def _goes_above(text: str) -> bool:
    """Tell whether a character above U+FFFF is in a text: it takes two units of UTF-16."""
    return len(text.encode("utf-16-le", "surrogatepass")) > 2 * len(text)


def _odd_characters(text: str) -> str:
    """Return what is neither printable ASCII nor TAB nor LF: most texts hold little else, and bytes are sifted fast."""
    return text.encode("utf-8", "surrogatepass").translate(None, _PLAIN).decode("utf-8", "surrogatepass")


def _replace_unsafe(text: str) -> str:
    text = text.translate(_stand_ins())
    if any(joiner in text for joiner in _JOINERS):
        text = "".join(INVISIBLE if char in _JOINERS and not _joins(text, at) else char for at, char in enumerate(text))
    return text


def _joins(text: str, at: int) -> bool:
    """A joiner is kept between the scripts and pictures that it shapes, and shown anywhere else."""
    if not 0 < at < len(text) - 1:
        return False
    before, after = text[at - 1], text[at + 1]
    return all(
        char not in _JOINERS
        and not "\uac00" <= char <= "\ud7a3"
        and unicodedata.category(char) in _JOINABLE
        and char not in (INVISIBLE, DIRECTION, SUBSTITUTE)
        for char in (before, after)
    )


def canonical_line(text: str, limit: int = 1000) -> str:
    """Return `text` as one canonical line (names, titles, file names, messages), cut at `limit` code points."""
    if len(text) <= limit and text.isascii() and text.isprintable() and "  " not in text:
        return text.strip(" ")
    line = _BLANKS.sub(" ", canonical(text)).strip()
    return line if len(line) <= limit else canonical(line[: limit - 1] + "…")


def canonical_paragraphs(text: str) -> str:
    """Return a comment's text: canonical, its paragraphs joined by one empty line, no empty edges."""
    text = canonical(text).strip("\n")
    # no line is left that holds blanks alone
    if "\n\n" not in text:
        return text
    return _BETWEEN_PARAGRAPHS.sub("\n\n", text)


class Folded(NamedTuple):
    """A text folded for comparison, with the way back.

    `offsets[i]` is the source offset of the folded code point `i`, and `offsets[-1]` the length of
    the source; None where the two texts have the same offsets throughout.
    """

    text: str
    offsets: array[int] | None

    def source(self, start: int, end: int) -> tuple[int, int]:
        """Return the source span (code points, end exclusive) that the folded span was made from."""
        if self.offsets is None or end <= start:
            at = start if self.offsets is None else self.offsets[start]
            return (at, end) if self.offsets is None else (at, at)
        last = self.offsets[end - 1]
        end = next((self.offsets[at] for at in range(end, len(self.offsets)) if self.offsets[at] > last), last + 1)
        return self.offsets[start], end


_QUOTES = {"‘": "'", "’": "'", "‚": "'", "‛": "'", "′": "'", "“": '"', "”": '"', "„": '"', "‟": '"', "″": '"'}
_DASHES = dict.fromkeys("‐‑‒–—―−", "-")
_FOLDS = {**_QUOTES, **_DASHES, "…": "...", "\t": " ", "\n": " ", INVISIBLE: "", "\u200d": "", "\u200c": ""}


def _fold_char(char: str) -> str:
    if char in _FOLDS:
        return _FOLDS[char]
    if "가" <= char <= "힣":
        return char
    spread = unicodedata.normalize("NFKD", char)
    kept = "".join(part for part in spread if not unicodedata.combining(part))
    return "".join(_FOLDS.get(part, part) for part in unicodedata.normalize("NFC", kept.casefold()))


_REMEMBERED = 20_000


class _Folds(dict[int, str]):
    """What each code point folds to, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        if len(self) > _REMEMBERED:
            self.clear()
        self[code] = found = _fold_char(chr(code))
        return found


class _Uneven(dict[int, str]):
    """Keeps the code points that do not fold to exactly one, and drops the others."""

    def __missing__(self, code: int) -> str:
        if len(self) > _REMEMBERED:
            self.clear()
        self[code] = found = "" if len(_fold_char(chr(code))) == 1 else chr(code)
        return found


_folds, _uneven = _Folds(), _Uneven()
_HANGUL_AND_ASCII = re.compile("[\x00-\x7f가-힣]*")
_MOST_REPLACED = 24
"""So many different characters are replaced one after the other faster than by going through the text."""


def fold_text(text: str) -> str:
    """Return the text of `fold`, for those who need no way back."""
    if text.isascii() or _HANGUL_AND_ASCII.fullmatch(text):
        return text.lower().replace("\n", " ").replace("\t", " ")
    folds = {char: _folds[ord(char)] for char in set(_odd_characters(text))}
    changed = {char: folded for char, folded in folds.items() if folded != char}
    # what one replacement puts in must not be taken by the next
    if len(changed) > _MOST_REPLACED or not changed.keys().isdisjoint("".join(changed.values())):
        return text.translate(_folds)
    # of bytes only ASCII is made small
    text = text.encode("utf-8", "surrogatepass").lower().decode("utf-8", "surrogatepass")
    for char, folded in {"\n": " ", "\t": " ", **changed}.items():
        text = text.replace(char, folded)
    return text


def spaced(text: str) -> str:
    """Return `text` with one blank for every run of white space, and none at the edges."""
    odd = set(_odd_characters(text))
    if any(map(str.isspace, odd)):
        return " ".join(text.split())
    text = text.replace("\n", " ").replace("\t", " ").strip(" ")
    while "  " in text:
        text = text.replace("  ", " ")
    return text


def fold(text: str) -> Folded:
    """Fold case, width, diacritics, quotes, dashes and blanks; Hangul syllables stay whole.

    Args:
        text: canonical text (NFC), since a decomposed syllable is not put together here.
    """
    if text.isascii() or not _odd_characters(text).translate(_uneven):
        return Folded(fold_text(text), None)
    pieces = [_folds[ord(char)] for char in text]
    offsets = array("l")
    for at, piece in enumerate(pieces):
        offsets.extend([at] * len(piece))
    offsets.append(len(text))
    return Folded("".join(pieces), offsets)
