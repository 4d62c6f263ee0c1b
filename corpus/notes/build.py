"""Making annotations and changing them; every change gives a new one and keeps what it does not touch."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any
from urllib.parse import quote as percent
from urllib.parse import urljoin

from corpus.identity import normal_url
from corpus.model import Comment, Document, Span
from corpus.notes.annotation import ENTITY_IRI, Annotation, Creator, as_list, is_note, is_tag, utc
from corpus.text import canonical, canonical_line

CONTEXT_LENGTH = 32
"""Code points of prefix and suffix kept with a quote."""
_IRI_SAFE = "!#$%&'()*+,-./:;=?@[]_~"


def annotate(
    document: Document,
    span: Span | Sequence[Span] | None = None,
    *,
    note: str = "",
    colour: str | None = None,
    tags: Iterable[str] = (),
    motivation: str | None = None,
    comment: str | None = None,
    subtree: bool = False,
    creator: Creator | None = None,
    now: datetime,
    known_tags: Mapping[str, str] | None = None,
    new_id: Callable[[], uuid.UUID] = uuid.uuid4,
) -> Annotation:
    """Return a new annotation of revision 0.

    Args:
        span: the words it is about, or one span for each text; None for the whole document, or for the
            whole of `comment`, with its replies when `subtree`.
        note: Markdown.
        colour: a name of `COLOURS`.
        motivation: "bookmarking" for a bookmark; otherwise it follows from what is given.
        now: aware.
        known_tags: ids of tags that exist, by name.

    Raises:
        KeyError: a comment is not in the document.
    """
    spans = [span] if isinstance(span, Span) else list(span or ())
    targets = [_target_of_span(document, item) for item in spans] or [_target_of_whole(document, comment, subtree)]
    record: dict[str, Any] = {"id": new_id().urn, "type": "Annotation", "motivation": motivation or "highlighting"}
    if creator:
        record["creator"] = {"id": creator.id, "type": creator.type, "name": creator.name}
    record |= {"created": utc(now), "modified": utc(now)}
    record |= {"body": [*_note_bodies(note), *_tag_bodies(tags, known_tags or {}, new_id)]}
    record["target"] = targets[0] if len(targets) == 1 else targets
    if colour:
        record["kr:colour"] = colour
    record |= {"kr:snapshot": _snapshot(document, spans[0].comment if spans else comment), "kr:revision": 0}
    return Annotation(_tidy(record))


def annotate_entity(
    entity: str,
    name: str,
    note: str,
    *,
    creator: Creator | None = None,
    now: datetime,
    new_id: Callable[[], uuid.UUID] = uuid.uuid4,
) -> Annotation:
    """Return a new annotation of revision 0 about an entity, not about words of a document.

    Args:
        entity: its id.
        name: as it is shown, so that the note is understood without the gazetteer.
        note: Markdown.
        now: aware.
    """
    record: dict[str, Any] = {"id": new_id().urn, "type": "Annotation", "motivation": "commenting"}
    if creator:
        record["creator"] = {"id": creator.id, "type": creator.type, "name": creator.name}
    record |= {"created": utc(now), "modified": utc(now), "body": _note_bodies(note)}
    record["target"] = {"id": entity_iri(entity), "kr:entity": entity}
    record |= {"kr:snapshot": {"kr:title": canonical_line(name)}, "kr:revision": 0}
    return Annotation(_tidy(record))


def entity_iri(entity: str) -> str:
    """Return the IRI under which notes are about an entity."""
    return ENTITY_IRI + percent(entity, safe="")


def with_body(annotation: Annotation, note: str, now: datetime) -> Annotation:
    """Return it with this note text (Markdown; empty for none); a conflict is settled by it."""
    others = [
        body for body in as_list(annotation.record.get("body")) if not is_note(body) and not isinstance(body, str)
    ]
    record = {key: value for key, value in annotation.record.items() if key not in ("kr:conflict", "bodyValue")}
    return _changed(record, now, body=[*_note_bodies(note), *others])


def with_tags(
    annotation: Annotation,
    names: Iterable[str],
    now: datetime,
    known_tags: Mapping[str, str] | None = None,
    new_id: Callable[[], uuid.UUID] = uuid.uuid4,
) -> Annotation:
    """Return it with exactly these tags; those it has keep their ids, others take theirs from `known_tags`."""
    bodies = as_list(annotation.record.get("body"))
    known = {**(known_tags or {}), **{tag.name: tag.id for tag in annotation.tags if tag.id}}
    tags = _tag_bodies(names, known, new_id)
    return _changed(annotation.record, now, body=[*(body for body in bodies if not is_tag(body)), *tags])


def with_colour(annotation: Annotation, colour: str | None, now: datetime) -> Annotation:
    """Return it with this colour, or without one."""
    return _changed(annotation.record, now, **{"kr:colour": colour})


def with_target(annotation: Annotation, document: Document, span: Span | Sequence[Span], now: datetime) -> Annotation:
    """Return it about other words: re-attached, widened or shrunk."""
    spans = [span] if isinstance(span, Span) else list(span)
    targets = [_target_of_span(document, item) for item in spans]
    snapshot = _snapshot(document, spans[0].comment)
    found = targets[0] if len(targets) == 1 else targets
    return _changed(annotation.record, now, target=found, **{"kr:snapshot": snapshot})


@lru_cache(maxsize=64)
def text_sha256(text: str) -> str:
    """Return the SHA-256 of a text of a document in UTF-8, in hex: the name under which it is kept."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def document_iri(document: Document) -> str:
    """Return the IRI of a document: its URL, else one made of its id."""
    return _web(document.url) or f"urn:korea-reader:{percent(document.id, safe='')}"


def comment_iri(document: Document, comment: Comment) -> str:
    """Return the IRI of a comment: its permalink, else one made of both ids."""
    url = comment.url and _web(urljoin(document.url or "", comment.url))
    if url and ("#" in url or not document.url or normal_url(url) != normal_url(document.url)):
        return url
    return f"urn:korea-reader:{percent(document.id, safe='')}:{percent(comment.id, safe='')}"


def _web(url: str | None) -> str | None:
    """Return a web address as an IRI that holds no sign which the standard forbids, None for anything else."""
    if not url or not url.lower().startswith(("http://", "https://")):
        return None
    return "".join(char if char > "\x7f" or char.isalnum() or char in _IRI_SAFE else percent(char) for char in url)


def _source(document: Document, comment: str | None) -> dict[str, Any]:
    if comment is None:
        return {"source": document_iri(document)}
    return {"source": comment_iri(document, document.comment(comment)), "scope": document_iri(document)}


def _place(document: Document, comment: str | None) -> dict[str, Any]:
    return {"kr:document": document.id} | ({} if comment is None else {"kr:comment": comment})


def _target_of_span(document: Document, span: Span) -> dict[str, Any]:
    text = document.text(span.part, span.comment)
    state: dict[str, Any] = {"type": "TimeState", "cached": f"urn:sha256:{text_sha256(text)}"}
    if saved := _saved(document):
        state["sourceDate"] = saved
    return {
        "type": "SpecificResource",
        **_source(document, span.comment),
        "selector": [
            {
                "type": "TextQuoteSelector",
                "exact": text[span.start : span.end],
                "prefix": text[max(0, span.start - CONTEXT_LENGTH) : span.start],
                "suffix": text[span.end : span.end + CONTEXT_LENGTH],
            },
            {"type": "TextPositionSelector", "start": span.start, "end": span.end},
        ],
        "state": state,
        **_place(document, span.comment),
        "kr:part": span.part,
    }


def _target_of_whole(document: Document, comment: str | None, subtree: bool) -> dict[str, Any]:
    source = _source(document, comment)
    record = {"id": source.pop("source"), "type": "Text", **_place(document, comment)}
    if subtree:
        record["kr:subtree"] = True
    return record


def _saved(document: Document) -> str | None:
    """Return the save date where it is known to the second and to the zone, as the standard asks."""
    try:
        moment = datetime.fromisoformat(document.capture.saved if document.capture and document.capture.saved else "")
    except ValueError:
        return None
    return utc(moment) if moment.tzinfo else None


def _snapshot(document: Document, comment: str | None) -> dict[str, str]:
    facts = {
        "title": document.title,
        "author": "; ".join(document.byline),
        "outlet": document.outlet,
        "date": document.published or document.published_raw,
        "url": document.url,
        "file": document.capture.path.rpartition("/")[2] if document.capture else None,
    }
    if comment is not None:
        found = document.comment(comment)
        facts |= {
            "comment_author": found.author,
            "comment_number": f"{document.index_of(comment) + 1} of {len(document.comments)}",
            "comment_date": found.posted or found.posted_raw,
        }
    return {f"kr:{key}": value for key, value in facts.items() if value}


def _note_bodies(note: str) -> list[dict[str, Any]]:
    note = canonical(note).strip("\n")
    if not note:
        return []
    return [{"type": "TextualBody", "value": note, "format": "text/markdown", "purpose": "commenting"}]


def _tag_bodies(
    names: Iterable[str], known: Mapping[str, str], new_id: Callable[[], uuid.UUID]
) -> list[dict[str, Any]]:
    clean = dict.fromkeys(name for name in map(canonical_line, names) if name)
    return [
        {"type": "TextualBody", "value": name, "purpose": "tagging", "kr:tag": known.get(name) or new_id().urn}
        for name in clean
    ]


def _changed(record: Mapping[str, Any], now: datetime, **values: Any) -> Annotation:
    return Annotation(_tidy({**record, **values, "modified": utc(now)}))


def _tidy(record: dict[str, Any]) -> dict[str, Any]:
    """Drop what is empty, and let the motivation follow from what the annotation holds."""
    for key in ("body", "kr:colour", "kr:snapshot"):
        if not record.get(key):
            record.pop(key, None)
    bodies = as_list(record.get("body"))
    if record.get("motivation") in ("highlighting", "commenting", "tagging"):
        noted = any(map(is_note, bodies)) or "bodyValue" in record
        tagged = any(map(is_tag, bodies)) and not record.get("kr:colour")
        record["motivation"] = "commenting" if noted else "tagging" if tagged else "highlighting"
    return record
