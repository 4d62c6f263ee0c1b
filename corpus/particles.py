"""Korean particles at the end of a word: which beginnings of it may be the word itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

_AFTER_CONSONANT = "은 이 을 과 이나 으로 으로서 으로써 으로부터 으로의 과의 과는 과도 이라는 이라고 이라며 이며 이고 이다 이란 이랑 이든 이야"
_AFTER_VOWEL = "는 가 를 와 나 로 로서 로써 로부터 로의 와의 와는 와도 라는 라고 라며 며 고 다 란 랑 든 야"
_AFTER_ANY = (
    "의 에 도 만 에서 에게 에게서 께서 한테 까지 부터 보다 처럼 마다 조차 밖에 뿐 에는 에도 에만 에의 에선 에겐"
    " 에서는 에서도 에서의 에서만 에게는 에게도 까지도 까지는 부터는 만이 만은 만을 께서는 보다는 처럼은"
)
_WITH_RIEUL = frozenset(["로", "로서", "로써", "로부터", "로의"])
"""What follows a vowel follows ㄹ too."""
_PARTICLES = {
    **dict.fromkeys(_AFTER_CONSONANT.split(), True),
    **dict.fromkeys(_AFTER_VOWEL.split(), False),
    **dict.fromkeys(_AFTER_ANY.split(), None),
}
LONGEST = max(map(len, _PARTICLES))
SHORTEST = 2
"""Syllables of what is left."""
_FIRST, _LAST, _CODAS, _RIEUL = "가", "힣", 28, 8


def _may_follow(particle: str, last: str) -> bool:
    """Tell whether a particle may follow a syllable."""
    if not _FIRST <= last <= _LAST:
        return False
    coda = (ord(last) - ord(_FIRST)) % _CODAS
    after_consonant = _PARTICLES[particle]
    if after_consonant is None:
        return True
    if particle in _WITH_RIEUL or particle.startswith("으로"):
        return after_consonant == (coda not in (0, _RIEUL))
    return after_consonant == bool(coda)


def stems(word: str) -> Iterator[str]:
    """Yield what a word of Hangul is without a particle at its end, the longest particle first."""
    for size in range(min(LONGEST, len(word) - SHORTEST), 0, -1):
        stem, particle = word[:-size], word[-size:]
        if particle in _PARTICLES and _may_follow(particle, stem[-1]):
            yield stem


def stands_alone(stem: str, particle: str, counts: Mapping[str, int], longer: Mapping[str, int]) -> bool:
    """Tell whether texts show that a stem is a word: it stands there bare, or with another particle.

    Args:
        stem: what is left of a word.
        particle: what it was left by.
        counts: how many passages have a word that begins so.
        longer: the same of words with more syllables than the stem that begin with it, all of them.
    """
    if not counts.get(stem):
        return False
    next_ones = sum(count for word, count in longer.items() if len(word) == len(stem) + 1)
    if next_ones < counts[stem]:
        return True
    others = (other for other in _PARTICLES if not other.startswith(particle[0]) and _may_follow(other, stem[-1]))
    return any(counts.get(stem + other) for other in others)
