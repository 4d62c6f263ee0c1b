"""Who answers whom: stated parents, then what order, names and repeated words show, each with its evidence."""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from corpus.model import Comment, Document, Evidence, Quotation, Reply, Span
from corpus.quotations import Run, Shared, find_shared
from corpus.times import comparable, instant

Facts = tuple[Reply | None, tuple[str, ...], tuple[Quotation, ...]]

_GREETING = re.compile(
    r"(?:hi|hello|hey|dear|thanks|thank you|hallo|lieber?|liebes|werter?|sehr geehrter? (?:herr|frau)|danke|bonjour|salut|cher|chère|merci|hola"
    r"|querid[oa]|gracias|안녕하세요|to|re|reply to|an|für|für|à)[,:]?\s{1,2}",
    re.IGNORECASE,
)
_BY_NUMBER = re.compile(r"(?:in |re:? |to |zu |an |ad )?@?\s?#\s?([0-9]{1,6})(?![0-9])", re.IGNORECASE)
_AT_NUMBER = re.compile(r"@\s?#?([0-9]{1,6})(?![0-9])")
_AFTER_NAME = re.compile(r"\s{0,2}(?:[,:;!.…–—-]|님)|\s*\n|\s*\Z")
_AFTER_GREETED = re.compile(r"\s|\Z|[,:;!.…–—-]|님")
_NOBODY = frozenset(
    (
        "all",
        "everyone",
        "everybody",
        "there",
        "guys",
        "folks",
        "guest",
        "anonymous",
        "anonym",
        "gast",
        "anonyme",
        "invité",
        "anónimo",
        "익명",
        "손님",
        "admin",
        "editor",
        "user",
        "you",
    )
)
_MASKED = re.compile(r"\*{2,}|[○●]{2,}")


@dataclass(slots=True)
class _Order:
    """What the order of the times proves: for a comment the indexes of the thread it must lie in.

    `thread` maps a comment to the first comment of its thread, None where that is not in the capture.
    """

    thread: dict[int, int | None] = field(default_factory=dict)
    why: str = ""


def infer(document: Document, comments: Sequence[Comment]) -> list[Facts]:
    """Return, for each comment, its reply, the names it addresses, and what it quotes.

    Args:
        document: the one the comments belong to; its body is searched for quotations.
        comments: in the order of the capture.
    """
    places = {comment.id: at for at, comment in reversed(list(enumerate(comments)))}
    roots = _roots(comments, places)
    shared = find_shared(document.body, [comment.text for comment in comments])
    order = _implied_by_order(comments)
    authors = _Authors(document, comments)
    facts: list[Facts] = []
    for at, comment in enumerate(comments):
        named = authors.opening(at)
        authors.pass_by(at)
        reply = _stated(comments, places, roots, at) or _by_number(document, comments, places, at)
        if reply is None and comment.kind in ("comment", "block") and comment.parent is None:
            reply = _inferred(document, comments, roots, at, order, named, shared)
        addresses = (comments[named[0]].author or "",) if named else ()
        facts.append((reply, addresses, _quotations(document, comments, at, shared)))
    return facts


def _roots(comments: Sequence[Comment], places: dict[str, int]) -> list[int]:
    """Return the index of the first comment of each comment's stated thread."""
    roots = [-1] * len(comments)
    for start in range(len(comments)):
        path, at = [], start
        on_path: set[int] = set()
        while roots[at] < 0 and at not in on_path:
            path.append(at)
            on_path.add(at)
            parent = comments[at].parent
            above = places.get(parent) if parent is not None else None
            if above is None:
                break
            at = above
        root = roots[at] if roots[at] >= 0 else at
        for there in path:
            roots[there] = root
    return roots


def _stated(comments: Sequence[Comment], places: dict[str, int], roots: list[int], at: int) -> Reply | None:
    parent = comments[at].parent
    if parent is None:
        return None
    if parent not in places:
        return Reply(
            parent, None, "stated", True, (Evidence("the source states the parent, which is not in this capture"),)
        )
    return Reply(parent, comments[roots[at]].id, "stated", False, (Evidence("the source states the parent"),))


def _by_number(document: Document, comments: Sequence[Comment], places: dict[str, int], at: int) -> Reply | None:
    """Resolve "#3" where the page numbers its comments."""
    comment = comments[at]
    if "number" not in comment.extra or comment.parent is not None:
        return None
    found = _BY_NUMBER.match(comment.text) or _AT_NUMBER.match(comment.text)
    if not found:
        return None
    number = found[1]
    # numbers rise with the order of the capture, so the one meant stands before
    earlier = next((there for there in range(at - 1, -1, -1) if comments[there].extra.get("number") == number), None)
    if earlier is None:
        return None
    span = document.span("comment", found.start(), found.end(), comment.id)
    other = comments[earlier].id
    return Reply(other, other, "stated", False, (Evidence(f"names comment {number} by its number", span),))


class _Authors:
    """The commenters met so far, to be looked up at the opening of a text."""

    def __init__(self, document: Document, comments: Sequence[Comment]) -> None:
        self._comments = comments
        self._latest: dict[str, int] = {}
        self._longest = 0
        self._sizes: list[int] = []
        self._openings: set[str] = set()
        self._excluded = {" ".join(name.casefold().split()) for name in document.byline}

    def pass_by(self, at: int) -> None:
        """Take comment `at` for an earlier one from now on."""
        key = _key(self._comments[at].author)
        if key and key not in self._excluded:
            if key not in self._latest and len(key) not in self._sizes:
                self._sizes = sorted([*self._sizes, len(key)], reverse=True)
            self._latest[key] = at
            self._openings.add(key[:2])
            self._longest = max(self._longest, len(key))

    def opening(self, at: int) -> tuple[int, int, int] | None:
        """Return (the earlier comment by the person that comment `at` opens with, start, end of the name)."""
        comment = self._comments[at]
        text = comment.text[: self._longest + 60]
        marked = text.startswith("@")
        greeting = _GREETING.match(text)
        start = 1 if marked else greeting.end() if greeting else 0
        if text[start : start + 1] in (" ", "@", "\u00a0"):
            start += len(text[start:]) - len(text[start:].lstrip(" @\u00a0"))
        marked = marked or "@" in text[:start]
        if text[start : start + 2].casefold() not in self._openings:
            return None
        boundary = _AFTER_GREETED if marked or greeting else _AFTER_NAME
        lower = text.casefold()
        if len(lower) != len(text):
            return None
        for size in self._sizes:
            end = start + size
            earlier = self._latest.get(lower[start:end]) if end <= len(text) else None
            if (
                earlier is not None
                and boundary.match(text, end)
                and (end < len(text.rstrip()) or marked)
                and _key(comment.author) != lower[start:end]
            ):
                return earlier, start, end
        return None


@lru_cache(maxsize=4096)
def _key(author: str | None) -> str:
    """Return what a commenter is looked up by; empty for names that several people may share."""
    key = " ".join((author or "").casefold().split())
    return "" if len(key) < 2 or key in _NOBODY or _MASKED.search(key) else key


def _implied_by_order(comments: Sequence[Comment]) -> _Order:
    """Find comments that cannot be top-level, because threads stand in the order of their first comments.

    Holds only where the times fall somewhere and most comments fit such an order; a page ranked by
    votes, a flat list and a list numbered by post prove nothing.
    """
    nothing = _Order()
    timed = [at for at, comment in enumerate(comments) if comment.kind != "pingback"]
    times = comparable([comments[at].posted for at in timed])
    if len(timed) < 5 or times is None or any(instant(comments[at].posted or "") is None for at in timed):
        return nothing
    if any(comments[at].parent or comments[at].depth or "number" in comments[at].extra for at in timed):
        return nothing
    if all(one <= two for one, two in itertools.pairwise(times)):
        return nothing
    oldest, newest = _minima(times[::-1])[::-1], _minima(times)
    first, tops = ("oldest", oldest) if sum(oldest) > sum(newest) else ("newest", newest)
    if sum(oldest) == sum(newest) or sum(tops) * 10 < len(times) * 4 or sum(tops) < _by_chance(len(times)):
        return nothing
    order = _Order(why=f"stands out of the order of a page that lists threads {first} first")
    top: int | None = None
    for place, at in enumerate(timed):
        if tops[place]:
            top = at
        else:
            order.thread[at] = top
    return order


def _by_chance(count: int) -> float:
    """Return how many minima a shuffled list of so many times hardly ever has: two deviations above the mean."""
    mean = sum(1 / place for place in range(1, count + 1))
    return mean + 2 * math.sqrt(mean - sum(1 / place**2 for place in range(1, count + 1)))


def _minima(times: Sequence[str]) -> list[bool]:
    """Tell of each time whether none before it is less; ties count."""
    found, least = [], ""
    for at, time in enumerate(times):
        if not at or time <= least:
            least = time
            found.append(True)
        else:
            found.append(False)
    return found


def _inferred(
    document: Document,
    comments: Sequence[Comment],
    roots: list[int],
    at: int,
    order: _Order,
    named: tuple[int, int, int] | None,
    shared: Shared,
) -> Reply | None:
    """Choose by name, then by quotation, inside the thread that the order leaves open."""
    top = order.thread.get(at, at)
    bound = at in order.thread
    if bound and top is None:
        why = f"{order.why}: its parent is not in this capture, or it was put first"
        return Reply(None, None, "implied", True, (Evidence(why),))
    quoted = _only_quoted(document, comments, at, shared)
    candidates = []
    if named and (not bound or (top is not None and named[0] >= top)):
        span = document.span("comment", named[1], named[2], comments[at].id)
        candidates.append((named[0], "named", Evidence("opens with the name of its author", span)))
    if quoted is not None and (not bound or (top is not None and quoted[0] >= top)):
        candidates.append((quoted[0], "quoted", Evidence("repeats its words", quoted[1])))
    proof = (Evidence(order.why),) if bound else ()
    if candidates:
        to, relation, _ = candidates[0]
        evidence = tuple(one for there, _, one in candidates if there == to)
        return Reply(
            comments[to].id, comments[roots[to] if not bound else top or 0].id, relation, False, (*evidence, *proof)
        )
    if bound and top is not None:
        return Reply(None, comments[top].id, "implied", False, proof)
    return None


def _only_quoted(document: Document, comments: Sequence[Comment], at: int, shared: Shared) -> tuple[int, Span] | None:
    """Return the one earlier comment by another author whose words are repeated, and the words."""
    if at in shared.same:
        return None
    runs = [run for run in shared.comments.get(at, ()) if _differs(comments[run.of].author, comments[at].author)]
    if len({run.of for run in runs}) != 1:
        return None
    return runs[0].of, document.span("comment", runs[0].start, runs[0].end, comments[at].id)


def _quotations(document: Document, comments: Sequence[Comment], at: int, shared: Shared) -> tuple[Quotation, ...]:
    def pair(run: Run) -> Quotation:
        of = (
            document.span("body", run.of_start, run.of_end)
            if run.of < 0
            else document.span("comment", run.of_start, run.of_end, comments[run.of].id)
        )
        return Quotation(document.span("comment", run.start, run.end, comments[at].id), of)

    runs = [*shared.body.get(at, ()), *(() if at in shared.same else shared.comments.get(at, ()))]
    return tuple(pair(run) for run in sorted(runs, key=lambda run: run.start))


def _differs(one: str | None, two: str | None) -> bool:
    return one is None or two is None or one.casefold() != two.casefold()
