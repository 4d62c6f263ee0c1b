"""Comments of a pasted text where the user says that they begin: the usual grammar, asked of what follows only."""

from __future__ import annotations

from dataclasses import replace

from corpus.read.article import is_sentence
from corpus.read.furniture import comment_heading
from corpus.read.headers import Headers, find_headers
from corpus.read.lines import Lines, blocks
from corpus.read.naming import Header
from corpus.read.page_lines import ARTICLE, Page, see
from corpus.read.shapes import dated_lines, name_like
from corpus.read.units import Unit, body_text, cut

NAMELESS = "block"
_NEAR = 3
"""Lines within which a date counts as the header of the first comment."""


def units_from(lines: Lines, first: int) -> tuple[int | None, list[Unit], int]:
    """Return the heading over the comments, the comments, and the line where what stands under them begins.

    Args:
        lines: the capture.
        first: the line where the comments begin.
    """
    heading = first if comment_heading(lines.texts[first])[0] else None
    first = lines.next_text(first + (heading is not None), len(lines))
    page = _after_an_article(lines.since(first))
    headers = find_headers(page)
    if not headers.found:
        headers = Headers(_by_first(page.lines))
    if not headers.found:
        tail = page.tails.after(0) + first
        return heading, [_block(lines, span) for span in blocks(lines, first, tail)], tail
    headers = Headers([_moved(header, first) for header in headers.found], headers.below)
    last = headers.found[-1]
    end = (last.apart if last.apart is not None else last.end - 1) + 1
    tail = end if headers.below or last.apart is not None else page.tails.after(end - first) + first
    units = cut(lines, headers, tail, first)
    above = [] if headers.below else [_block(lines, span) for span in blocks(lines, first, headers.found[0].first)]
    for unit in units:
        unit.parent = unit.parent + len(above) if unit.parent is not None else None
    return heading, [*above, *units], tail


def _after_an_article(lines: Lines) -> Page:
    """Look at lines as at those under an article, whatever stands before them."""
    page = see(lines)
    before = [size + ARTICLE for size in page.running]
    return replace(page, paragraphs=[-1, *page.paragraphs], running=before)


def _moved(header: Header, by: int) -> Header:
    apart = header.apart + by if header.apart is not None else None
    return header._replace(first=header.first + by, end=header.end + by, apart=apart)


def _by_first(lines: Lines) -> list[Header]:
    """Take a date near the start for a header, though nothing like it comes again, and all that look like it."""
    dated = dated_lines(lines)
    if not dated or dated[0].at >= _NEAR or dated[0].shape.tail or is_sentence(lines.texts[dated[0].at]):
        return []
    alike = [line for line in dated if line.shape == dated[0].shape]
    return [
        Header(
            line.at, line.at + 1, line.name if name_like(line.name) else None, line.stamp, line.words, line.number,
            line.column,
        )
        for line in alike
    ]  # fmt: skip


def _block(lines: Lines, span: tuple[int, int]) -> Unit:
    return Unit(None, None, span, text=body_text(lines, *span), kind=NAMELESS)
