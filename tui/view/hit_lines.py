"""Hits of a search as lines: grouped by document, exact ones first and apart, each with what was found in it."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from corpus.hits import ASKED_FIELDS
from tui.view.lines import Line
from tui.view.query_text import fields_of
from tui.view.rows import Run

if TYPE_CHECKING:
    from corpus.search import Hit

LEAD = 24
"""Code points of an excerpt shown before what was found in it."""


def hit_key(hit: Hit) -> Hashable:
    """Return what names a hit while the list changes around it."""
    return ("hit", hit.kind, hit.span, hit.about)


def hit_lines(hits: Sequence[Hit], query: str = "", *, grouped: bool = True) -> list[Line]:
    """Return hits under the titles of their documents; those that are only like the query stand under a heading.

    Args:
        hits: in their order.
        query: what was asked for, so that a hit of fields alone can say which.
        grouped: whether those of a document stand together; by time each stays at its place.
    """
    fields = fields_of(query)
    lines: list[Line] = []
    for kind, title in (("entity", "NAMES"), ("note", "NOTES")):
        apart = [hit for hit in hits if hit.kind == kind]
        if apart:
            lines += [_heading(title), *(_hit_line(hit, fields) for hit in apart)]
    texts = [hit for hit in hits if hit.kind not in ("entity", "note")]
    exact = [hit for hit in texts if hit.is_exact]
    near = [hit for hit in texts if not hit.is_exact]
    if not grouped or not near or not exact:
        return [*lines, *_under_documents(texts, fields, grouped, "")]
    said = _heading("OTHER SPELLINGS AND LIKELY SLIPS")
    found = _under_documents(exact, fields, True, "exact")
    return [*lines, *found, said, *_under_documents(near, fields, True, "near")]


def _heading(title: str) -> Line:
    return Line(title, (Run(title, "group"),), heading=True)


def _under_documents(hits: Sequence[Hit], fields: str, grouped: bool, part: str) -> list[Line]:
    lines: list[Line] = []
    for at, together in enumerate(_together(hits, grouped)):
        first = together[0]
        title = next((hit for hit in together if hit.kind == "title"), None)
        when = first.published[:10] if grouped else first.time[:16].replace("T", " ")
        if title:
            lines.append(_title_line(title, fields, when))
        else:
            key = ("document", part, first.span.document, 0 if grouped else at)
            runs = (Run(first.title or "untitled", "heading"),)
            lines.append(Line(key, runs, when or "no date", heading=True, roomy=first.outlet))
        lines += [_hit_line(hit, fields) for hit in together if hit is not title]
    return lines


def _together(hits: Sequence[Hit], grouped: bool) -> Iterable[Sequence[Hit]]:
    """Return the hits of a document together; in the order of time those that follow each other on one day."""
    if not grouped:
        return [list(run) for _, run in groupby(hits, lambda hit: (hit.span.document, hit.time[:10]))]
    found: dict[str, list[Hit]] = {}
    for hit in hits:
        found.setdefault(hit.span.document, []).append(hit)
    return found.values()


def _title_line(hit: Hit, fields: str, when: str) -> Line:
    """Return the line of a hit that is the title of its document: it stands over the others in place of a heading."""
    why = _why(hit, fields)
    runs = [*_version(hit), *_excerpt(hit, "heading")]
    return Line(hit_key(hit), tuple(runs), f"{why} · {when or 'no date'}", is_first=True, roomy=hit.outlet)


def _hit_line(hit: Hit, fields: str) -> Line:
    where = {"title": "title", "body": f"¶{hit.place + 1}", "comment": f"#{hit.place + 1}"}.get(hit.kind, hit.kind)
    runs = [Run(f"{where:>5} ", "chip" if hit.kind == "comment" else "number")]
    if hit.kind in ("entity", "note"):
        # what is found of a name may begin with the name itself
        is_said = hit.kind == "entity" and hit.excerpt.startswith(hit.title)
        runs = [] if is_said else [Run(f"{hit.title or 'untitled'} ", "heading")]
    elif hit.author and hit.kind in ("comment", "author"):
        runs.append(Run(f"{hit.author}: ", "author"))
    return Line(hit_key(hit), (*runs, *_version(hit), *_excerpt(hit, "text")), right=_why(hit, fields))


def _version(hit: Hit) -> list[Run]:
    return [Run("in an earlier capture: ", "chip")] if hit.version else []


def _excerpt(hit: Hit, style: str) -> list[Run]:
    runs: list[Run] = []
    place = 0
    if hit.highlights and hit.highlights[0][0] > LEAD:
        # the words that were found are worth more room than those before them
        place = hit.excerpt.find(" ", hit.highlights[0][0] - LEAD) + 1
        runs.append(Run("…", style))
    for start, end in hit.highlights:
        if start >= place:
            runs += [Run(hit.excerpt[place:start], style), Run(hit.excerpt[start:end], "hit")]
            place = end
    return [*runs, Run(hit.excerpt[place:], style)]


def _why(hit: Hit, fields: str) -> str:
    why = (fields or hit.why) if hit.why == ASKED_FIELDS else hit.why
    return f"{why} · also {', '.join(hit.also[:2])}" if hit.also else why


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
