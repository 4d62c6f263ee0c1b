"""The facts that a citation is made of, and which of them the user supplied."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

from corpus.details import FIELDS, supplied_fields
from corpus.model import Comment, Document, Span
from corpus.text import canonical_line

NO_NAME = "[no name shown]"
_MASK = re.compile(r"[*＊●○•]{2,}|\w[*＊●○•]+$|^[*＊●○•]+\w")
_GENERIC = frozenset(
    (
        "guest",
        "anonymous",
        "anon",
        "visitor",
        "user",
        "unknown",
        "noname",
        "익명",
        "손님",
        "방문자",
        "비회원",
        "이름없음",
    )
)


@dataclass(frozen=True, slots=True)
class CommentFacts:
    """What is known of a comment. `number` of `total` counts the comments of the capture from 1."""

    author: str | None
    number: str
    posted: str | None = None
    posted_raw: str | None = None
    url: str | None = None
    text: str = ""
    reply_to: str | None = None

    @property
    def shown_as(self) -> str:
        """The handle, with a mark where it names nobody, or a placeholder."""
        name = self.author or ""
        if not any(char.isalnum() for char in name) and not _MASK.search(name):
            return NO_NAME
        if _MASK.search(name):
            return f"{name} [masked name]"
        return f"{name} [generic name]" if name.casefold().replace(" ", "") in _GENERIC else name


@dataclass(frozen=True, slots=True)
class Source:
    """What is known of an article, or of a comment under it. What is not known is None or empty.

    Dates are ISO 8601 as precise as the source, `*_raw` its words; `supplied` names the fields that the
    user gave; `zone` is a zone that the user gave for the times of comments.
    """

    title: str
    authors: tuple[str, ...] = ()
    outlet: str | None = None
    published: str | None = None
    published_raw: str | None = None
    url: str | None = None
    file: str | None = None
    member: str | None = None
    sha256: str | None = None
    saved: str | None = None
    saved_evidence: str | None = None
    zone: str | None = None
    comment: CommentFacts | None = None
    supplied: frozenset[str] = frozenset()

    @property
    def address(self) -> str | None:
        """The permalink of the comment, else the URL of the page."""
        return (self.comment.url if self.comment else None) or self.url

    @property
    def outlet_or_host(self) -> str | None:
        """The outlet, else the host of the page."""
        if self.outlet or not self.url:
            return self.outlet
        try:
            return (urlsplit(self.url).hostname or "").removeprefix("www.") or None
        except ValueError:
            return None


def source(document: Document, span: Span | None = None, supplied: Mapping[str, str] | None = None) -> Source:
    """Return the facts about the article, or about the comment that `span` lies in.

    Raises KeyError: the comment is not in the document.
    """
    given = {key: canonical_line(value) for key, value in (supplied or {}).items() if key in FIELDS}
    given = {key: value for key, value in given.items() if value}
    marked = {*given, *supplied_fields(document)}
    capture, published = document.capture, given.get("published")
    comment = document.comment(span.comment) if span and span.comment is not None else None
    return Source(
        title=given.get("title") or document.title,
        authors=tuple(filter(None, map(str.strip, given.get("byline", "").split(";")))) or document.byline,
        outlet=given.get("outlet") or document.outlet,
        published=published or document.published,
        published_raw=published or document.published_raw,
        url=given.get("url") or document.url,
        file=re.split(r"[/\\]", capture.path)[-1] if capture and capture.path else None,
        member=capture.member if capture else None,
        sha256=capture.sha256 or None if capture else None,
        saved=capture.saved if capture else None,
        saved_evidence=capture.saved_evidence if capture else None,
        zone=given.get("zone"),
        comment=_comment(document, comment) if comment else None,
        supplied=frozenset(marked),
    )


def supplied_mark(about: Source, field: str) -> str:
    """Return the words that mark a fact as the user's, empty for one from the source."""
    return " [supplied by you]" if field in about.supplied else ""


def _comment(document: Document, comment: Comment) -> CommentFacts:
    parent = None
    if comment.parent is not None:
        try:
            parent = document.comment(comment.parent).author
        except KeyError:
            parent = None
    return CommentFacts(
        author=comment.author,
        number=f"{document.index_of(comment.id) + 1} of {len(document.comments)}",
        posted=comment.posted,
        posted_raw=comment.posted_raw,
        url=urljoin(document.url or "", comment.url) if comment.url else None,
        text=" ".join(comment.text.split()),
        reply_to=parent,
    )
