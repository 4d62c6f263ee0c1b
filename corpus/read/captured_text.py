"""Pasted text into a document: the article, the comments under it, and the parts of the page around both."""

from __future__ import annotations

import itertools
from bisect import bisect_right
from dataclasses import dataclass, replace

from corpus.identity import CommentIds
from corpus.model import Capture, Comment, Document, Evidence, Folded, Reply, StatedCount, make_document
from corpus.read.article import Article, read_article
from corpus.read.first_body import first_body
from corpus.read.furniture import comment_heading
from corpus.read.headers import Headers, find_headers
from corpus.read.lines import Lines, split_lines
from corpus.read.nameless import nameless
from corpus.read.naming import Header
from corpus.read.page_lines import Page, see
from corpus.read.parts import Part, parts
from corpus.read.shapes import NAME_LIMIT
from corpus.read.stamps import OPEN, Order, Stamp, settle
from corpus.read.units import Unit, cut, nest
from corpus.selfcheck import compare
from corpus.text import canonical_line, canonical_paragraphs


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the parts of a capture lie: the article's lines, the heading over the comments, comments, the tail."""

    article: tuple[int, int]
    heading: int | None
    units: list[Unit]
    tail: int
    notes: tuple[str, ...] = ()


def read_text(raw: str, capture: Capture, comments_from: int | None = None) -> Document:
    """Read pasted text.

    Args:
        raw: the text as decoded; `folded` of the document has offsets into it.
        capture: the facts of the file.
        comments_from: where in `raw` the comments begin, if the user said so.

    Returns:
        A document, with `problems` that say what is uncertain.
    """
    lines = split_lines(raw)
    layout = lay_out(lines) if comments_from is None else _from_known_start(lines, comments_from)
    article = read_article(lines, *layout.article)
    stamps = _stamps(layout, article)
    order = settle(stamps, lines.texts)
    saved = capture.saved if capture.saved_is_known else None
    comments, problems = _comments(layout.units, order, saved)
    found = parts(lines, article, layout.heading, layout.units, layout.tail)
    count = article.stated_count
    if layout.heading is not None:
        text = lines.texts[layout.heading].strip()
        stated = comment_heading(text)[1]
        count = (stated, text) if stated is not None else count
    document = make_document(
        canonical_line(article.title),
        article.paragraphs,
        comments,
        byline=tuple(canonical_line(name) for name in article.byline),
        stated_comment_count=StatedCount(count[0], canonical_line(count[1])) if count else None,
        folded=_folded(lines, found),
        capture=capture,
        **_dates(article, order),
    )
    said = [*layout.notes, *problems, *_order_problem(stamps, order)]
    checked = compare(document.stated_comment_count, comments) if comments else None
    if checked and not checked.agrees:
        said.append(checked.problem)
    return _with_problems(document, said)


def _with_problems(document: Document, problems: list[str]) -> Document:
    return replace(document, problems=(*document.problems, *dict.fromkeys(problems))) if problems else document


def lay_out(lines: Lines) -> Layout:
    """Find the parts of a capture."""
    page = see(lines)
    headers = find_headers(page)
    if headers.found:
        return _with_headers(page, headers)
    found = nameless(page)
    if found is None:
        return Layout((0, len(lines)), None, [], len(lines))
    nest(found.units)
    return Layout((0, found.heading), found.heading, found.units, found.tail, (found.said,))


def _from_known_start(lines: Lines, offset: int) -> Layout:
    from corpus.read.known_start import units_from

    first = max(0, min(bisect_right(lines.starts, offset) - 1, len(lines) - 1))
    heading, units, tail = units_from(lines, first)
    return Layout((0, first), heading, units, tail)


def _with_headers(page: Page, headers: Headers) -> Layout:
    lines, first, notes = page.lines, headers.found[0].first, []
    last = (headers.found[-1].apart or headers.found[-1].end - 1) + 1
    # a date under a body ends it, and whatever follows the last is no comment
    ended = headers.found[-1].apart is not None
    tail = last if ended else min(page.tails.after(last), _less_indented(lines, headers, last))
    heading = before.at if (before := page.heading_before(first)) else None
    begin = first
    if headers.below:
        tail = last
        if heading is not None and not page.after_article(heading) and page.after_article(first):
            heading = None
        begin, sure = first_body(page, headers, heading)
        if not sure:
            notes.append(
                "where the first comment begins is not marked; the paragraph above its footer was taken for it"
            )
    units = cut(lines, headers, tail, begin)
    if any(unit.kind == "block" for unit in units):
        notes.append("the comments' names and dates are not in the capture")
    if heading is not None and lines.next_text(heading + 1, begin) < begin and not headers.below:
        # text between the heading and the first header belongs to the article's page, not to the comments
        heading = None
    return Layout((0, begin if heading is None else heading), heading, units, tail, tuple(notes))


def _less_indented(lines: Lines, headers: Headers, last: int) -> int:
    """Return the first line that stands further out than all headers: in a capture with indentation, the page's end."""
    margin = min(lines.column(header.first) for header in headers.found)
    if margin < 2:
        return len(lines)
    return next((at for at in range(last, len(lines)) if lines.texts[at] and lines.column(at) < margin), len(lines))


def _stamps(layout: Layout, article: Article) -> list[Stamp]:
    stamps = [unit.header.stamp for unit in layout.units if unit.header and unit.header.stamp]
    return stamps + [found[0] for found in (article.published, article.modified) if found]


def _order_problem(stamps: list[Stamp], order: Order | None) -> list[str]:
    open_ = [stamp for stamp in stamps if order is None and stamp.style in OPEN and len(stamp.orders()) == 2]
    if any(stamp.iso(None) is None for stamp in open_):
        return ["the capture does not show whether its dates put the month or the day first; they are kept as words"]
    return []


def _comments(units: list[Unit], order: Order | None, saved: str | None) -> tuple[list[Comment], list[str]]:
    ids, made = CommentIds(), _Made([], [])
    numbers = [unit.header.number for unit in units if unit.header and unit.header.number]
    own, counted = _are_ids(numbers), _are_counted(numbers)
    for seq, unit in enumerate(units):
        made.comments.append(_comment(unit, seq, order, ids, made, saved=saved, own=own, counted=counted))
        made.roots.append(seq if unit.parent is None else made.roots[unit.parent])
    return made.comments, _odd_headers([unit.header for unit in units if unit.header])


def _odd_headers(headers: list[Header]) -> list[str]:
    unread = sum(1 for header in headers if header.stamp and not header.stamp.valid)
    cut = sum(1 for header in headers if header.author and len(header.author) > NAME_LIMIT)
    problems = []
    if unread:
        lines = "line has" if unread == 1 else "lines have"
        problems.append(f"{unread} comment header {lines} a date that does not exist; the words are kept")
    if cut:
        problems.append(f"{cut} {'name is' if cut == 1 else 'names are'} too long to be one and stand cut")
    return problems


@dataclass(frozen=True, slots=True)
class _Made:
    comments: list[Comment]
    roots: list[int]


def _comment(
    unit: Unit,
    seq: int,
    order: Order | None,
    ids: CommentIds,
    made: _Made,
    *,
    saved: str | None,
    own: bool,
    counted: bool,
) -> Comment:
    header = unit.header
    stamp = header.stamp if header else None
    words = canonical_line(header.words) if header and header.words else None
    number = header.number if header else None
    author = canonical_line(unit.author) if unit.author else None
    text = canonical_paragraphs(unit.text)
    # the words as written, since how they are read may change with a later capture; "2 days ago" changes daily
    when = words if stamp and stamp.style != "relative" else None
    identity = ids.next(number if own and number and number.isdigit() else None, author, when, text)
    above = None if unit.parent is None else made.comments[unit.parent]
    posted = stamp.iso(order) if stamp else None
    return Comment(
        identity,
        seq,
        text,
        author,
        stamp.settled(saved) if saved and stamp and posted is None else posted,
        words,
        canonical_line(unit.title) if unit.title else None,
        unit.kind,
        votes=unit.votes,
        parent=above.id if above else None,
        depth=above.depth + 1 if above else 0,
        reply=_reply(unit, made),
        extra={"number": number} if number and counted and not own else {},
    )


def _reply(unit: Unit, made: _Made) -> Reply | None:
    if unit.parent is None:
        return None
    thread = made.comments[made.roots[unit.parent]].id
    return Reply(made.comments[unit.parent].id, thread, evidence=(Evidence(canonical_line(unit.why)),))


def _are_ids(numbers: list[str]) -> bool:
    """Tell ids from a count: a count starts at 1 and would change when a comment is removed."""
    digits = [int(number) for number in numbers if number.isdigit() and len(number) < 30]
    return bool(digits) and min(digits) > 99


def _are_counted(numbers: list[str]) -> bool:
    """Tell whether the page numbers its comments throughout, so that "#3" means one of them."""
    return all(number.isdigit() for number in numbers) and all(
        int(low) < int(high) for low, high in itertools.pairwise(numbers)
    )


def _dates(article: Article, order: Order | None) -> dict[str, str | None]:
    facts: dict[str, str | None] = {}
    if article.published:
        stamp, line, kind = article.published
        facts["published"] = stamp.iso(order)
        facts["published_raw"] = _words(stamp, line)
        if facts["published"]:
            facts["published_evidence"] = f'{kind} "{line}"' + _how_settled(stamp, order)
    if article.modified:
        facts["modified"] = article.modified[0].iso(order)
    return facts


def _how_settled(stamp: Stamp, order: Order | None) -> str:
    if order == "year first":
        return f", {order}, as in Korean" if stamp.style == "short" else ""
    return f", {order}, as the comments' weekdays show" if stamp.style in OPEN and stamp.iso(None) is None else ""


def _words(stamp: Stamp, line: str) -> str:
    return canonical_line(line[stamp.start : stamp.end])


def _folded(lines: Lines, found: list[Part]) -> tuple[Folded, ...]:
    folded = []
    for start, end, kind, reason in found:
        if kind == "folded":
            text = "\n".join([line.strip() for line in lines.texts[start:end]])
            folded.append(Folded(text, reason, lines.starts[start], lines.ends[end - 1]))
    return tuple(folded)
