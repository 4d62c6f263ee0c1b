"""What a capture is read into: immutable documents, and spans that point into their texts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal, NamedTuple

from corpus.comments import Comments
from corpus.identity import document_id, version_id

Part = Literal["title", "body", "comment", "comment_title"]
TextKey = tuple[Part, str | None]
"""A text of a document: its part, and the comment's id for the two comment parts."""
Extra = Mapping[str, Any]

PARAGRAPH_BREAK = "\n\n"


class Span(NamedTuple):
    """A stretch of one text of a document: code points, end exclusive. `comment` is None for title and body."""

    document: str
    part: Part
    comment: str | None
    start: int
    end: int

    @property
    def key(self) -> TextKey:
        """The text that the span lies in."""
        return self.part, self.comment


class Paragraph(NamedTuple):
    """A paragraph of the article. `start` and `end` are its place in the body text."""

    text: str
    kind: str = "paragraph"
    start: int = 0
    end: int = 0


class Link(NamedTuple):
    """A link and the words that carry it; `span` is None where the words are not in the text."""

    span: Span | None
    url: str


class Evidence(NamedTuple):
    """Why a reply is believed: `kind` is a short sentence for the reader, `span` the words that show it."""

    kind: str
    span: Span | None = None


class Reply(NamedTuple):
    """The best knowledge of what a comment answers.

    `to` is the parent's id, None where only the thread or only the fact of a reply is known; `relation`
    is stated, implied, named or quoted; `missing` says that the parent is not in this capture.
    """

    to: str | None
    thread: str | None = None
    relation: str = "stated"
    missing: bool = False
    evidence: tuple[Evidence, ...] = ()


class Quotation(NamedTuple):
    """A stretch of a comment (`span`) that repeats a stretch of the article or of another comment (`of`)."""

    span: Span
    of: Span


class Votes(NamedTuple):
    """Votes as the page shows them; None where it does not."""

    up: int | None = None
    down: int | None = None
    score: int | None = None


@dataclass(frozen=True, slots=True)
class Comment:
    """A comment as captured. `parent` and `depth` hold stated structure only; `reply` the best knowledge.

    `seq` counts from 0 in the order of the capture. `posted` is ISO 8601, as precise as the source and
    no preciser; `posted_raw` its words.
    """

    id: str
    seq: int
    text: str
    author: str | None = None
    posted: str | None = None
    posted_raw: str | None = None
    title: str | None = None
    kind: str = "comment"
    url: str | None = None
    votes: Votes | None = None
    state: str | None = None
    parent: str | None = None
    depth: int = 0
    reply: Reply | None = None
    addresses: tuple[str, ...] = ()
    quotes: tuple[Quotation, ...] = ()
    links: tuple[Link, ...] = ()
    extra: Extra = field(default_factory=dict)


class Folded(NamedTuple):
    """A part of the page that is kept out of the way: furniture, never deleted.

    `start` and `end` are offsets into the decoded capture for pasted text, else None.
    """

    text: str
    reason: str
    start: int | None = None
    end: int | None = None


WEAK_TIMES = frozenset({"file date", "file time", "time it was added"})
"""Evidence that may be of a copy: no time on the page is worked out from it."""


@dataclass(frozen=True, slots=True)
class Capture:
    """The file that a document was read from. `member` is its place inside an archive or dump."""

    path: str
    member: str | None = None
    sha256: str = ""
    format: str = ""
    encoding: str | None = None
    saved: str | None = None
    saved_evidence: str | None = None

    @property
    def saved_is_known(self) -> bool:
        """Whether `saved` is when the page was saved, and not only when a file was written or added."""
        return bool(self.saved and self.saved_evidence and self.saved_evidence not in WEAK_TIMES)


class StatedCount(NamedTuple):
    """How many comments the page itself says there are, and its words."""

    n: int
    text: str


@dataclass(frozen=True)
class Document:
    """One article with its comments. Its texts are immutable; everything that points into them is a span."""

    id: str
    version: str
    title: str
    paragraphs: tuple[Paragraph, ...] = ()
    comments: Comments = field(default_factory=Comments)
    byline: tuple[str, ...] = ()
    outlet: str | None = None
    url: str | None = None
    published: str | None = None
    published_raw: str | None = None
    published_evidence: str | None = None
    modified: str | None = None
    language: str | None = None
    links: tuple[Link, ...] = ()
    media: tuple[Extra, ...] = ()
    stated_comment_count: StatedCount | None = None
    folded: tuple[Folded, ...] = ()
    dropped: tuple[Extra, ...] = ()
    problems: tuple[str, ...] = ()
    capture: Capture | None = None
    extra: Extra = field(default_factory=dict)

    @cached_property
    def body(self) -> str:
        """The article's text: its paragraphs joined by an empty line."""
        return PARAGRAPH_BREAK.join(paragraph.text for paragraph in self.paragraphs)

    @cached_property
    def _index_by_id(self) -> dict[str, int]:
        return {entry[0]: at for at, entry in enumerate(self.comments.outline)}

    def index_of(self, comment: str) -> int:
        """Return the place of the comment with this id in the capture. Raises KeyError."""
        return self._index_by_id[comment]

    def comment(self, comment: str) -> Comment:
        """Return the comment with this id. Raises KeyError."""
        return self.comments[self.index_of(comment)]

    def text(self, part: Part, comment: str | None = None) -> str:
        """Return one of the document's texts. Raises KeyError for an unknown comment."""
        if part == "title":
            return self.title
        if part == "body":
            return self.body
        found = self.comment(comment or "")
        return found.text if part == "comment" else found.title or ""

    def quote(self, span: Span) -> str:
        """Return the words at `span`."""
        return self.text(span.part, span.comment)[span.start : span.end]

    def span(self, part: Part, start: int, end: int, comment: str | None = None) -> Span:
        """Return a span in one of the document's texts."""
        return Span(self.id, part, comment, start, end)

    def texts(self) -> Iterator[tuple[TextKey, str]]:
        """Yield every text with its key: title, body, then each comment's title and text."""
        yield ("title", None), self.title
        yield ("body", None), self.body
        for comment in self.comments:
            if comment.title:
                yield ("comment_title", comment.id), comment.title
            yield ("comment", comment.id), comment.text


class Problem(NamedTuple):
    """A capture, or a part of one, that could not be read, and why, in one sentence."""

    path: str
    message: str
    member: str | None = None


class Entity(NamedTuple):
    """A person, place, body, event, weapon, treaty, work or idea that the gazetteer knows."""

    id: str
    type: str
    name: str
    aliases: tuple[str, ...] = ()
    hangul: tuple[str, ...] = ()
    hanja: tuple[str, ...] = ()
    wikidata: str | None = None
    description: str = ""


@dataclass(frozen=True, slots=True)
class Mention:
    """A span that names an entity or a date.

    `entity` is None for a name that the gazetteer does not know; `rule` says in a few words why it was
    taken for a mention; `confidence` lies in 0..1; `value` is the ISO 8601 value of a date.
    """

    span: Span
    surface: str
    type: str
    entity: str | None
    rule: str
    confidence: float = 1.0
    value: str | None = None


def lay_out(texts: Iterable[tuple[str, str]]) -> tuple[Paragraph, ...]:
    """Return paragraphs with their places in the body, from pairs of text and kind."""
    laid, at = [], 0
    for text, kind in texts:
        laid.append(Paragraph(text, kind, at, at + len(text)))
        at += len(text) + len(PARAGRAPH_BREAK)
    return tuple(laid)


def make_document(
    title: str, paragraphs: Iterable[tuple[str, str]], comments: Sequence[Comment] = (), **facts: Any
) -> Document:
    """Build a document from canonical texts: places, id and version are worked out here.

    Args:
        title: canonical, one line.
        paragraphs: pairs of canonical text and kind.
        comments: with ids and `seq` set.
        facts: the remaining fields of `Document`.
    """
    laid = lay_out(paragraphs)
    body = PARAGRAPH_BREAK.join(paragraph.text for paragraph in laid)
    return Document(
        id=document_id(facts.get("url"), title, body),
        version=version_id(title, body, comments),
        title=title,
        paragraphs=laid,
        comments=Comments(comments),
        **facts,
    )
