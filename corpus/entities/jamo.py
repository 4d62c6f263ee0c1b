"""Hangul syllables taken apart and put together: arithmetic over the Unicode block."""

from __future__ import annotations

FIRST, LAST = "가", "힣"
ONSETS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
CODAS = ("", *"ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ")

_SOUNDS = {
    "ㄱ": "ㄱㄲㅋㄳㄺ",
    "ㄴ": "ㄴㄵㄶ",
    "ㄷ": "ㄷㅅㅆㅈㅊㅌㅎ",
    "ㄹ": "ㄹㄼㄽㄾㅀ",
    "ㅁ": "ㅁㄻ",
    "ㅂ": "ㅂㅄㅍㄿ",
    "ㅇ": "ㅇ",
}
_SOUND_OF_CODA = {coda: sound for sound, codas in _SOUNDS.items() for coda in codas}


def is_hangul(text: str) -> bool:
    """Tell whether `text` is made of whole Hangul syllables only, and not empty."""
    return bool(text) and all(FIRST <= char <= LAST for char in text)


def take_apart(syllable: str) -> tuple[str, str, str]:
    """Return onset, vowel and coda of one syllable; the coda is "" where there is none."""
    code = ord(syllable) - ord(FIRST)
    return ONSETS[code // 588], VOWELS[code % 588 // 28], CODAS[code % 28]


def sound_of_coda(coda: str) -> str:
    """Return which of the seven closing consonants a written coda sounds as; "" for none."""
    return _SOUND_OF_CODA.get(coda, "")
