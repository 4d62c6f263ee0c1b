"""What the user made, as W3C Web Annotations (Recommendation of 2017-02-23): one JSON object each.

An `Annotation` wraps its object and reads it; keys that we do not know stay where they are. Our own keys carry
the prefix `kr:`, which the context of the file declares, since JSON-LD drops bare ones.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import Any, TypeGuard, cast

from corpus.model import Part, Span
from corpus.text import canonical, canonical_line

Record = Mapping[str, Any]

CONTEXT_URL = "http://www.w3.org/ns/anno.jsonld"
ENTITY_IRI = "urn:korea-reader:entity:"
"""What the IRIs of entities begin with, for notes on a name; the id follows, percent-encoded."""
KR = "urn:korea-reader:ns#"
MOTIVATIONS = frozenset(
    (
        *("assessing", "bookmarking", "classifying", "commenting", "describing", "editing", "highlighting"),
        *("identifying", "linking", "moderating", "questioning", "replying", "tagging"),
    )
)
COLOURS = ("yellow", "green", "blue", "red", "purple", "orange", "magenta", "grey")
_PARTS = ("title", "body", "comment", "comment_title")
_CREATORS = uuid.UUID("0a9f4d0e-6c0b-5b53-9a41-1c2b8f3f5f1d")


@dataclass(frozen=True, slots=True)
class Creator:
    """Who made an annotation: an IRI and a name."""

    id: str
    name: str
    type: str = "Person"

    @classmethod
    def named(cls, name: str) -> Creator:
        """Return the creator of this name; the same name always has the same id."""
        name = canonical_line(name)
        return cls(uuid.uuid5(_CREATORS, name).urn, name)


@dataclass(frozen=True, slots=True)
class Tag:
    """A tag: the id stays when it is renamed."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Target:
    """What an annotation is about.

    `span` is where the words stood when it was made, None for a whole document or comment; `quote`, `prefix`
    and `suffix` are canonical; `sha256` is that of the text as it then was; `subtree` says that the replies
    to the comment are meant too.
    """

    iri: str
    document: str | None = None
    part: Part | None = None
    comment: str | None = None
    span: Span | None = None
    quote: str = ""
    prefix: str = ""
    suffix: str = ""
    sha256: str | None = None
    subtree: bool = False


@dataclass(frozen=True, eq=False)
class Annotation:
    """One annotation. `record` is its JSON object without `@context`; treat it as immutable."""

    record: Record

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Annotation) and self.record == other.record

    def __hash__(self) -> int:
        return hash(self.id)

    @property
    def id(self) -> str:
        """The IRI, `urn:uuid:…` for our own."""
        return cast("str", self.record["id"])

    @property
    def revision(self) -> int:
        """How often it was written; 0 before the first time."""
        found = self.record.get("kr:revision")
        return found if isinstance(found, int) and not isinstance(found, bool) and found > 0 else 0

    @property
    def motivation(self) -> str:
        """One of `MOTIVATIONS`, or what another tool wrote there, or empty."""
        return next((canonical_line(item) for item in as_list(self.record.get("motivation")) if _is_text(item)), "")

    @property
    def created(self) -> str:
        """When it was made, ISO 8601 in UTC, as the file says; empty when it does not."""
        return _line(self.record.get("created"))

    @property
    def modified(self) -> str:
        """When it was last changed; else when it was made."""
        return _line(self.record.get("modified")) or self.created

    @property
    def creator(self) -> Creator | None:
        """Who made it; None when the file does not say."""
        for item in as_list(self.record.get("creator")):
            if isinstance(item, str):
                return Creator(canonical_line(item), canonical_line(item))
            if isinstance(item, dict):
                name, iri = _line(item.get("name")), _line(item.get("id"))
                return Creator(iri, name or iri, _line(item.get("type")) or "Person")
        return None

    @property
    def colour(self) -> str | None:
        """The name of the highlight's colour."""
        return _line(self.record.get("kr:colour")) or None

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """The note's text in Markdown, canonical; more than one after a conflict."""
        own = self.record.get("bodyValue")
        found = [own] if isinstance(own, str) else []
        found += [body["value"] for body in as_list(self.record.get("body")) if is_note(body)]
        return tuple(text for text in map(canonical, found) if text)

    @property
    def text(self) -> str:
        """The note's whole text; the two sides of a conflict one after the other."""
        return "\n\n".join(self.texts)

    @property
    def in_conflict(self) -> bool:
        """Two edits met and both texts were kept; `with_body` settles it."""
        return "kr:conflict" in self.record

    @cached_property
    def tags(self) -> tuple[Tag, ...]:
        """The tags in the order in which they were given."""
        bodies = [body for body in as_list(self.record.get("body")) if is_tag(body)]
        return tuple(Tag(_line(body.get("kr:tag")), canonical_line(body["value"])) for body in bodies)

    @cached_property
    def targets(self) -> tuple[Target, ...]:
        """What it is about; more than one when a selection crosses texts."""
        return tuple(_targets(self.record.get("target")))

    @property
    def target(self) -> Target:
        """The first target; an empty one when there is none."""
        return self.targets[0] if self.targets else Target("")

    @cached_property
    def documents(self) -> frozenset[str]:
        """The ids of the documents that it is about."""
        targets = [item for item in as_list(self.record.get("target")) if isinstance(item, dict)]
        return frozenset(name for item in targets if (name := _line(item.get("kr:document"))))

    @property
    def quote(self) -> str:
        """The marked words; those of several targets joined by an empty line."""
        return "\n\n".join(target.quote for target in self.targets if target.quote)

    @property
    def snapshot(self) -> Mapping[str, str]:
        """What the source said of itself: title, author, outlet, date, comment_author, comment_number, …

        So that the note is understood without the capture. Keys that the source left empty are missing.
        """
        found = self.record.get("kr:snapshot")
        if not isinstance(found, dict):
            return {}
        return {str(key).removeprefix("kr:"): _line(value) for key, value in found.items() if _line(value)}


def as_list(value: Any) -> list[Any]:
    """Return a JSON-LD value that may be one, many or missing as a list."""
    return value if isinstance(value, list) else [] if value is None else [value]


def is_tag(body: Any) -> bool:
    """Tell whether a body is a tag."""
    return isinstance(body, dict) and body.get("purpose") == "tagging" and _is_text(body.get("value"))


def is_note(body: Any) -> bool:
    """Tell whether a body is the text of a note."""
    return isinstance(body, dict) and body.get("purpose") in (None, "commenting") and _is_text(body.get("value"))


def is_annotation(entry: Any) -> bool:
    """Tell whether an entry of a file can be handled as an annotation."""
    if not isinstance(entry, dict) or "Annotation" not in as_list(entry.get("type")):
        return False
    return _is_text(entry.get("id")) and bool(entry["id"]) and bool(entry.get("target"))


def to_jsonld(annotation: Annotation) -> dict[str, Any]:
    """Return the annotation as an object that stands alone, with its context."""
    return {"@context": context(), **annotation.record}


def context() -> list[Any]:
    """Return the value of `@context` that our keys need."""
    return [CONTEXT_URL, {"kr": KR}]


def utc(moment: datetime) -> str:
    """Return an aware time as W3C asks for it: UTC, whole seconds, `Z`."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _targets(value: Any) -> Iterator[Target]:
    for item in as_list(value):
        if isinstance(item, str):
            yield Target(canonical_line(item))
        elif isinstance(item, dict):
            yield _target(item)


def _target(item: Record) -> Target:
    source = item.get("source", item.get("id"))
    if isinstance(source, dict):
        source = source.get("id")
    part, comment, document = item.get("kr:part"), item.get("kr:comment"), _line(item.get("kr:document")) or None
    selectors = [found for found in as_list(item.get("selector")) if isinstance(found, dict)]
    quote = next((found for found in selectors if found.get("type") == "TextQuoteSelector"), {})
    place = next((found for found in selectors if found.get("type") == "TextPositionSelector"), {})
    comment = canonical_line(comment) if isinstance(comment, str) else None
    part = cast("Part", part) if part in _PARTS else None
    start, end = place.get("start"), place.get("end")
    span = None
    if document and part and _is_offset(start) and _is_offset(end) and start <= end:
        span = Span(document, part, comment, start, end)
    return Target(
        _line(source),
        document,
        part,
        comment,
        span,
        _text(quote.get("exact")),
        _text(quote.get("prefix")),
        _text(quote.get("suffix")),
        _cached(item.get("state")),
        item.get("kr:subtree") is True,
    )


def _cached(state: Any) -> str | None:
    for item in as_list(state):
        if isinstance(item, dict) and str(item.get("cached") or "").startswith("urn:sha256:"):
            return _line(item["cached"]).removeprefix("urn:sha256:").lower()
    return None


def _is_offset(value: Any) -> TypeGuard[int]:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def _line(value: Any) -> str:
    return canonical_line(value) if isinstance(value, str) else ""


def _text(value: Any) -> str:
    # `canonical` would cut the blanks at a quote's end, which belong to it
    return canonical(value + "|")[:-1] if isinstance(value, str) else ""
