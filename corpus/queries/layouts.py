"""Words typed under the wrong keyboard layout: rlawjddms for 김정은, ㅏㅐㄱㄷㅁ for korea (dubeolsik, KS X 5002)."""

from __future__ import annotations

import re
import unicodedata

_KEYS = dict(zip("qwertyuiopasdfghjklzxcvbnm", "ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔㅁㄴㅇㄹㅎㅗㅓㅏㅣㅋㅌㅊㅍㅠㅜㅡ", strict=True))
_SHIFTED = {"Q": "ㅃ", "W": "ㅉ", "E": "ㄸ", "R": "ㄲ", "T": "ㅆ", "O": "ㅒ", "P": "ㅖ"}
_ONSETS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
_CODAS = " ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"
_JOINED = {
    "ㅗㅏ": "ㅘ",
    "ㅗㅐ": "ㅙ",
    "ㅗㅣ": "ㅚ",
    "ㅜㅓ": "ㅝ",
    "ㅜㅔ": "ㅞ",
    "ㅜㅣ": "ㅟ",
    "ㅡㅣ": "ㅢ",
    "ㄱㅅ": "ㄳ",
    "ㄴㅈ": "ㄵ",
    "ㄴㅎ": "ㄶ",
    "ㄹㄱ": "ㄺ",
    "ㄹㅁ": "ㄻ",
    "ㄹㅂ": "ㄼ",
    "ㄹㅅ": "ㄽ",
    "ㄹㅌ": "ㄾ",
    "ㄹㅍ": "ㄿ",
    "ㄹㅎ": "ㅀ",
    "ㅂㅅ": "ㅄ",
}
_APART = {joined: pair for pair, joined in _JOINED.items()}
_LETTERS = {jamo: key for key, jamo in _KEYS.items()} | {jamo: key.lower() for key, jamo in _SHIFTED.items()}
_LATIN = re.compile(r"[A-Za-z]{4,}")
_KOREAN = re.compile(r"[ㄱ-ㅎㅏ-ㅣ가-힣]{2,}")


def to_hangul(word: str) -> str | None:
    """Return the Hangul that the keys of a Latin word type; None where that is not whole syllables."""
    jamo = [_SHIFTED.get(key) or _KEYS.get(key.lower(), "") for key in word]
    found, at = [], 0
    while at < len(jamo):
        if jamo[at] not in _ONSETS or at + 1 >= len(jamo) or jamo[at + 1] not in _VOWELS:
            return None
        onset, vowel = jamo[at], jamo[at + 1]
        at += 2
        if at < len(jamo) and vowel + jamo[at] in _JOINED:
            vowel, at = _JOINED[vowel + jamo[at]], at + 1
        coda, at = _coda(jamo, at)
        found.append(chr(0xAC00 + (_ONSETS.index(onset) * 21 + _VOWELS.index(vowel)) * 28 + _CODAS.index(coda)))
    return "".join(found) or None


def _coda(jamo: list[str], at: int) -> tuple[str, int]:
    """Return the final consonants at a place, leaving one that begins the next syllable."""
    size = 0
    while size < 2 and at + size < len(jamo) and jamo[at + size] not in _VOWELS:
        size += 1
    if at + size < len(jamo) and jamo[at + size] in _VOWELS:
        size -= 1
    if size == 2 and jamo[at] + jamo[at + 1] in _JOINED:
        return _JOINED[jamo[at] + jamo[at + 1]], at + 2
    if size >= 1 and jamo[at] in _CODAS:
        return jamo[at], at + 1
    return " ", at


def to_latin(word: str) -> str:
    """Return the letters of the keys that type Hangul; other characters stay."""
    found = []
    for char in unicodedata.normalize("NFC", word):
        for jamo in _taken_apart(char):
            found.append("".join(_LETTERS.get(part, part) for part in _APART.get(jamo, jamo)))
    return "".join(found)


def _taken_apart(char: str) -> str:
    code = ord(char) - 0xAC00
    if not 0 <= code < 11172:
        return char
    onset, vowel, coda = code // 588, code // 28 % 21, code % 28
    return _ONSETS[onset] + _VOWELS[vowel] + _CODAS[coda].strip()


def other_layout(text: str) -> str | None:
    """Return a query as the same keys type it under the other layout; None where nothing in it can be so typed."""

    def latin(found: re.Match[str]) -> str:
        return to_hangul(found[0]) or found[0]

    # stray jamo are what a Latin word leaves
    other = _KOREAN.sub(lambda found: to_latin(found[0]) if re.search("[ㄱ-ㅣ]", found[0]) else found[0], text)
    if other == text:
        other = _LATIN.sub(latin, text)
    return other if other != text else None
