"""Hits of a search as lines: grouped by document, exact ones first and apart, each with what was found in it."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import TYPE_CHECKING

from tui.view.lines import Line
from tui.view.rows import Run

if TYPE_CHECKING:
    from corpus.search import Hit

LEAD = 24
"""Code points of an excerpt shown before what was found in it."""


def hit_key(hit: Hit) -> Hashable:
    """Return what names a hit while the list changes around it."""
    return ("hit", hit.kind, hit.span, hit.about)


def hit_lines(hits: Sequence[Hit], *, grouped: bool = True) -> list[Line]:
    """Return hits under the titles of their documents; those that are only like the query stand under a heading.

    Args:
        hits: in their order.
        grouped: whether those of a document stand together; by time each stays at its place.
    """
    lines: list[Line] = []
    for kind, title in (("entity", "NAMES"), ("note", "NOTES")):
        apart = [hit for hit in hits if hit.kind == kind]
        if apart:
            lines += [_heading(title), *map(_hit_line, apart)]
    texts = [hit for hit in hits if hit.kind not in ("entity", "note")]
    exact = [hit for hit in texts if hit.is_exact]
    near = [hit for hit in texts if not hit.is_exact]
    if not grouped or not near or not exact:
        return [*lines, *_under_documents(texts, grouped, "")]
    said = _heading("OTHER SPELLINGS AND LIKELY SLIPS")
    return [*lines, *_under_documents(exact, True, "exact"), said, *_under_documents(near, True, "near")]


def _heading(title: str) -> Line:
    return Line(title, (Run(title, "group"),), heading=True)


def _under_documents(hits: Sequence[Hit], grouped: bool, part: str) -> list[Line]:
    ordered: Sequence[Hit] = hits
    if grouped:
        together: dict[str, list[Hit]] = {}
        for hit in hits:
            together.setdefault(hit.span.document, []).append(hit)
        ordered = [hit for found in together.values() for hit in found]
    lines: list[Line] = []
    document = None
    for at, hit in enumerate(ordered):
        if hit.span.document != document:
            document = hit.span.document
            key = ("document", part, document, 0 if grouped else at)
            lines.append(Line(key, (Run(hit.title or "untitled", "heading"),), heading=True))
        lines.append(_hit_line(hit))
    return lines


def _hit_line(hit: Hit) -> Line:
    where = {"title": "title", "body": f"¶{hit.place + 1}", "comment": f"#{hit.place + 1}"}.get(hit.kind, hit.kind)
    runs = [Run(f"{where:>5} ", "chip" if hit.kind == "comment" else "number")]
    if hit.kind in ("entity", "note"):
        runs = [Run(f"{hit.title or 'untitled'} ", "heading")]
    elif hit.author and hit.kind in ("comment", "author"):
        runs.append(Run(f"{hit.author}: ", "author"))
    if hit.version:
        runs.append(Run("in an earlier capture: ", "chip"))
    place = 0
    if hit.highlights and hit.highlights[0][0] > LEAD:
        # the words that were found are worth more room than those before them
        place = hit.excerpt.find(" ", hit.highlights[0][0] - LEAD) + 1
        runs.append(Run("…"))
    for start, end in hit.highlights:
        if start >= place:
            runs += [Run(hit.excerpt[place:start]), Run(hit.excerpt[start:end], "hit")]
            place = end
    runs.append(Run(hit.excerpt[place:]))
    also = f" · also {', '.join(hit.also[:2])}" if hit.also else ""
    return Line(hit_key(hit), tuple(runs), right=f"{hit.why}{also}" if hit.why != "exact" or also else "exact")


def count_said(shown: int, total: int, is_exact: bool) -> str:
    """Return how many hits there are: "200 of 4,312", "200 of more than 3,000"."""
    if not total and is_exact:
        return "0 hits"
    return f"{shown:,} of {total:,}" if is_exact else f"{shown:,} of more than {total:,}"


def nothing_said(query: str, messages: Sequence[str]) -> str:
    """Return a sentence for a query without hits: what is missing from it, or that nothing fits, and why."""
    last = query.split()[-1] if query.split() else ""
    if last.endswith(":"):
        return f"Type what is to be found after “{last}”."
    return " ".join([f"Nothing found for “{query}”.", *(f"{message.rstrip('.')}." for message in messages if message)])
