"""Names of authors out of the lines that pages state them in: labels, buttons, handles, addresses and dates left out."""

from __future__ import annotations

import re
from collections.abc import Iterable

from corpus.read.shapes import name_like
from corpus.read.stamp_finder import find_clock, find_stamp
from corpus.text import canonical_line

_BY = re.compile(
    r"\s{0,3}(?:(?:view|show|see|read|zeige|voir|ver)\s(?:all|more|alle|tous|toutes|todos|todas)\b[^.,:]{0,30}\s(?:by|of|from|von|de|par|por)"
    r"|(?:written|posted|analysis|reporting|story|text) by|(?:veröffentlicht|geschrieben) von|by|von|par|por|and|und|et"
    r"|(?:author|autor|autore|auteur|interview|text|texte|글|취재)s?(?=\s?[:：])|글|취재)\s?(?:[:：]\s{0,3}|\s{1,3})",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    r"\s{1,3}(?:\||(?:edited|illustrated|translated|reviewed|posted|published|updated)\s(?:by|on|at)\b|@\w).*\Z"
    r"|\s(?-i:(?:on|am|le|el|um)\b|\|).{0,3}\Z|\s{0,3}\([^()\s]*\)?\Z",
    re.IGNORECASE | re.DOTALL,
)
_AND = re.compile(r",\s|\s(?:and|und|et|y|og|och|&|\((?:with|mit|avec|con))\s|[·、]\s?")
_REPORTER = re.compile(r"\s?(?:선임|수습|전문)?(?:기자|특파원|논설위원|앵커|PD)\b.*\Z", re.DOTALL)
_MAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
_NOBODY = re.compile(
    r"@.*|.*(?:→|://|\[at\]).*|[\w.-]+\.[a-z]{2,6}/.*|(?:photographs?|photos?|pictures?|fotos?) (?:by|von|par) .*"
    r"|(?:by|no author|authors?|posts?|e-?mail|print|share|facebook|twitter|text|phd|md|show more .*|(?:alle|all) (?:beiträge|posts|articles))",
    re.IGNORECASE | re.DOTALL,
)
_BESIDE = re.compile(
    r"@\w+|\W|\b(?:by|von|par|di|am|on|posted|le|auth?or|interview|text|und|contributing|staff|writer|photograph|기자|입력|수정)\b",
    re.IGNORECASE,
)
"""What stands beside names and dates in a line that holds no more than these."""
_EDGES = ' |,·•-–—"“”'


def people(lines: Iterable[str], outlet: str | None) -> list[str]:
    """Return the names that lines such as "By Ann Lee and 김민지 기자, 5 May 2018" hold, each once; the outlet is none."""
    found: list[str] = []
    for line in lines:
        for name in _split(_bare(line)):
            known = {one.lower() for one in (*found, outlet or "")}
            if name and name.lower() not in known and _is_name(name):
                found.append(name)
    return found


def _bare(line: str) -> str:
    """Return a line without its date, address and label."""
    stamp = find_stamp(line)
    if stamp:
        line = line[: stamp.start] or line[stamp.end :]
    return _without_label(_MAIL.sub("", line).strip())


def _without_label(text: str) -> str:
    lead = _BY.match(text)
    text = text[lead.end() :].rstrip(" →»") if lead else text
    text = _BEHIND.sub("", text.strip(_EDGES)).strip(_EDGES)
    return text if "(" in text else text.rstrip(")")


def _split(line: str) -> list[str]:
    parts = [_without_label(_REPORTER.sub("", part).strip()) for part in _AND.split(line)]
    if all(1 <= len(part.split()) <= 5 and len(part) > 1 for part in parts):
        return parts
    return [_REPORTER.sub("", line).strip()]


def _is_name(text: str) -> bool:
    return (
        name_like(text)
        and len(text.split()) <= 7
        and any(char.isalpha() for char in text)
        and not _NOBODY.fullmatch(text)
        and not find_clock(text)
    )


def is_byline(text: str, names: Iterable[str]) -> bool:
    """Tell whether a line holds some of the names or a date, and besides these no more than labels."""
    stamp = find_stamp(text)
    rest = text[: stamp.start] + text[stamp.end :] if stamp else text
    for name in names:
        rest = re.sub(re.escape(name), "", rest, flags=re.IGNORECASE)
    return rest != text and len(_BESIDE.sub("", rest)) <= 3


def spelt_out(names: tuple[str, ...], text: str) -> tuple[str, ...]:
    """Return names that a page sets in capitals as it spells them elsewhere."""
    return tuple(_spelt(name, text) if name.isupper() and len(name) > 5 and " " in name else name for name in names)


def _spelt(name: str, text: str) -> str:
    pattern = re.compile(r"\b" + r"\s".join(re.escape(part) for part in name.split()) + r"\b", re.IGNORECASE)
    others = (found[0] for found in pattern.finditer(text))
    other = next((other for other in others if not other.isupper() and not other.islower()), None)
    return canonical_line(other) if other else name
