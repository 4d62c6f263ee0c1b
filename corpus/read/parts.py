"""Which lines of a pasted text became what: every line with text is in exactly one part."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from corpus.read.article import Article
from corpus.read.furniture import COUNT
from corpus.read.lines import Lines, blocks
from corpus.read.units import NAME_AGAIN, Unit, labels

HEADER_LABEL = "part of a comment's header"
"""Why a line of a header is set aside that says neither who nor when: a rank, a place, a picture's label."""


class Part(NamedTuple):
    """Lines `start` up to `end`, and what they are: title, paragraph, header, comment or folded, with the reason."""

    start: int
    end: int
    kind: str
    reason: str = ""


def parts(lines: Lines, article: Article, heading: int | None, units: list[Unit], tail: int) -> list[Part]:
    """Return the parts of a capture in its order.

    Args:
        lines: the capture.
        article: as read from its lines.
        heading: the line over the comments.
        units: the comments.
        tail: the first line under them.
    """
    found = [Part(*article.title_at, "title")] if article.title_at else []
    found += [Part(start, end, "paragraph") for start, end in article.kept]
    found += [Part(start, end, "folded", reason) for start, end, reason in article.folded]
    if heading is not None:
        found.append(Part(heading, heading + 1, "folded", COUNT))
    starts = [unit.header.first if unit.header and unit.header.first < unit.body[0] else unit.body[0] for unit in units]
    for unit, after in zip(units, [*starts[1:], tail][: len(units)], strict=True):
        found += _of_unit(lines, unit, after)
    found += [Part(*span, "folded", "under the comments") for span in blocks(lines, tail, len(lines))]
    return sorted(found)


def _of_unit(lines: Lines, unit: Unit, after: int) -> Iterator[Part]:
    header = unit.header
    if header:
        odd = set(labels(lines, unit))
        for at in range(header.first, header.end):
            if lines.texts[at]:
                yield Part(at, at + 1, "folded", HEADER_LABEL) if at in odd else Part(at, at + 1, "header")
        if header.apart is not None:
            yield Part(header.apart, header.apart + 1, "header")
            yield from (Part(*span, "folded", HEADER_LABEL) for span in blocks(lines, header.apart + 1, after))
    for at, reason in unit.peeled:
        yield Part(at, at + 1, "header") if reason == NAME_AGAIN else Part(at, at + 1, "folded", reason)
    aside = {at for at, _ in unit.peeled}
    for at in range(unit.first_line, unit.body[1]):
        if lines.texts[at] and at not in aside:
            yield Part(at, at + 1, "comment")
