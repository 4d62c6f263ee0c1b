"""Hangul to Latin letters, by the three systems in use: RR (South), MR (libraries), DPRK (North)."""

from __future__ import annotations

from itertools import pairwise
from typing import Literal

from corpus.entities.jamo import CODAS, ONSETS, VOWELS, is_hangul, sound_of_coda, take_apart
from corpus.entities.surnames import SURNAMES

System = Literal["RR", "MR", "DPRK"]
Changes = Literal["all", "assimilation", "none"]

_VOWELS = {
    "RR": "a ae ya yae eo e yeo ye o wa wae oe yo u wo we wi yu eu ui i",
    "MR": "a ae ya yae ŏ e yŏ ye o wa wae oe yo u wŏ we wi yu ŭ ŭi i",
    "DPRK": "a ae ya yae o e yo ye o wa wae oe yo u wo we wi yu u ui i",
}
_ONSETS = {
    "RR": "g kk n d tt r m b pp s ss - j jj ch k t p h",
    "MR": "k kk n t tt r m p pp s ss - ch tch ch' k' t' p' h",
    "DPRK": "k kk n t tt r m p pp s ss - j jj ch kh th ph h",
}
_CODAS = dict(zip("ㄱㄴㄷㄹㅁㅂㅇ", ("k", "n", "t", "l", "m", "p", "ng"), strict=True))
_VOICED = {"MR": {"ㄱ": "g", "ㄷ": "d", "ㅂ": "b", "ㅈ": "j"}, "DPRK": {"ㄱ": "g", "ㄷ": "d", "ㅂ": "b"}}
_VOICING = frozenset({"", "ㄴ", "ㄹ", "ㅁ", "ㅇ"})
_DOUBLE_CODAS = {
    "ㄳ": "ㄱㅅ", "ㄵ": "ㄴㅈ", "ㄶ": "ㄴㅎ", "ㄺ": "ㄹㄱ", "ㄻ": "ㄹㅁ", "ㄼ": "ㄹㅂ", "ㄽ": "ㄹㅅ", "ㄾ": "ㄹㅌ",
    "ㄿ": "ㄹㅍ", "ㅀ": "ㄹㅎ", "ㅄ": "ㅂㅅ",
}  # fmt: skip
_ASPIRATED = {"ㄱ": "ㅋ", "ㄷ": "ㅌ", "ㅂ": "ㅍ", "ㅈ": "ㅊ"}
_NASAL = {"ㄱ": "ㅇ", "ㄷ": "ㄴ", "ㅂ": "ㅁ"}


def romanise(hangul: str, system: System = "RR", *, name: bool = False) -> str:
    """Write Hangul in Latin letters; what is not Hangul stays.

    Args:
        hangul: text with Hangul syllables.
        system: "RR" (Revised Romanisation), "MR" (McCune-Reischauer, with breves and apostrophes) or "DPRK".
        name: `hangul` is a full personal name: written as surname and given name (Gim Jeong-eun, Kim Chŏng-ŭn,
            Kim Jong Un) with capitals.

    Raises:
        ValueError: for another system.
    """
    if system not in _VOWELS:
        raise ValueError(f"There is no romanisation system {system!r}; choose RR, MR or DPRK.")
    if name and is_hangul(hangul) and len(hangul) > 1:
        return _personal_name(hangul, system)
    written, word = [], ""
    for char in hangul + "\0":
        if is_hangul(char):
            word += char
            continue
        if word:
            written.append("".join(_syllables(word, system)))
            word = ""
        written.append(char)
    return "".join(written)[:-1]


def _personal_name(name: str, system: System) -> str:
    length = 2 if len(name) >= 4 and name[:2] in SURNAMES else 1
    surname = "".join(_syllables(name[:length], system)).capitalize()
    if system == "RR":
        # the South's rules write the syllables of a given name without the changes between them
        return f"{surname} {'-'.join(_syllables(char, system)[0] for char in name[length:]).capitalize()}"
    given = _syllables(name[length:], system, "none" if system == "DPRK" else "assimilation")
    if system == "MR":
        return f"{surname} {'-'.join(given).capitalize()}"
    return " ".join([surname, *(part.capitalize() for part in given)])


def _syllables(word: str, system: System, changes: Changes = "all") -> list[str]:
    """Return the romanised syllables of one word of Hangul, with the changes where consonants meet.

    With "assimilation" a coda stays with its syllable before a vowel, as in given names; the North writes these
    without any change but voicing.
    """
    parts = [list(take_apart(char)) for char in word]
    for before, after in pairwise(parts):
        if changes == "all" or (changes == "assimilation" and after[0] != "ㅇ"):
            _meet(before, after)
    vowels = dict(zip(VOWELS, _VOWELS[system].split(), strict=True))
    onsets = dict(zip(ONSETS, _ONSETS[system].split(), strict=True)) | {"ㅇ": ""}
    written: list[str] = []
    last_coda = None
    for onset, vowel, coda in parts:
        coda = sound_of_coda(coda)
        first = onsets[onset]
        if last_coda is not None and last_coda in _VOICING:
            first = _VOICED.get(system, {}).get(onset, first)
        if onset == "ㄹ" and last_coda == "ㄹ":
            first = "l"
        written.append(first + vowels[vowel] + (_CODAS[coda] if coda else ""))
        last_coda = coda
    return written


def _meet(before: list[str], after: list[str]) -> None:
    """Apply to two neighbouring syllables, in place, what happens between coda and onset."""
    coda, onset = before[2], after[0]
    assert coda in CODAS
    if onset == "ㅇ" and coda and coda != "ㅇ":
        double = _DOUBLE_CODAS.get(coda, "")
        kept, moved = double[:1], double[1:] or coda
        before[2], after[0] = kept, "ㅇ" if moved == "ㅎ" else moved
        return
    if coda in ("ㅎ", "ㄶ", "ㅀ") and onset in _ASPIRATED:
        before[2] = {"ㅎ": "", "ㄶ": "ㄴ", "ㅀ": "ㄹ"}[coda]
        after[0] = _ASPIRATED[onset]
        return
    sound = sound_of_coda(coda)
    if onset == "ㄹ" and sound not in ("", "ㄹ", "ㄴ"):
        after[0] = onset = "ㄴ"
    if onset in "ㄴㅁ" and sound in _NASAL:
        before[2] = _NASAL[sound]
    elif {sound, onset} == {"ㄴ", "ㄹ"}:
        before[2] = after[0] = "ㄹ"
