"""Notes in other forms. Words of documents come out inert: they read the same and do nothing."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from corpus import markdown
from corpus.cite import Source, cite_source
from corpus.cite.source import CommentFacts
from corpus.notes.annotation import Annotation, Target
from corpus.notes.file import NotesFile, encode, entry

_CSV_COLUMNS = (
    *("id", "motivation", "created", "modified", "creator", "title", "author", "outlet", "date", "url"),
    *("comment_author", "comment_number", "comment_date", "quote", "note", "tags", "colour"),
)


def export(annotations: Sequence[Annotation], form: str) -> str:
    """Return the annotations in one of the forms of `FORMS`. Raises ValueError for another."""
    if form not in FORMS:
        raise ValueError(f"unknown form: {form}")
    return FORMS[form](annotations)


def to_markdown(annotations: Sequence[Annotation]) -> str:
    """Return Markdown, grouped by document with a citation each; every note ends with a block id `^kr-…`."""
    groups: dict[str, list[Annotation]] = {}
    for item in annotations:
        groups.setdefault(item.target.document or item.target.iri, []).append(item)
    blocks = ["# Notes"]
    for items in groups.values():
        about = source_of(items[0], comment=False)
        blocks += [f"## {markdown.escape_line(about.title or 'Untitled page')}", _with_link(cite_source(about), about)]
        for item in sorted(items, key=_place):
            blocks += [markdown.quoted(_note_block(item)), f"^{block_id(item)}"]
    return "\n\n".join(blocks) + "\n"


def to_jsonld(annotations: Sequence[Annotation]) -> str:
    """Return the AnnotationCollection, in the form of the notes file."""
    return encode(NotesFile(entries=tuple(map(entry, annotations)))).decode()


def to_csv(annotations: Sequence[Annotation]) -> str:
    """Return a table with a heading; a cell that a spreadsheet would compute starts with an apostrophe."""
    import csv
    import io

    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(_CSV_COLUMNS)
    for item in annotations:
        facts = {**item.snapshot, "id": item.id, "motivation": item.motivation, "created": item.created}
        facts |= {"modified": item.modified, "creator": item.creator.name if item.creator else ""}
        facts |= {"quote": item.quote, "note": item.text, "colour": item.colour or ""}
        facts["tags"] = "; ".join(tag.name for tag in item.tags)
        writer.writerow([_inert_cell(facts.get(column, "")) for column in _CSV_COLUMNS])
    return out.getvalue()


def to_hypothesis(annotations: Sequence[Annotation]) -> str:
    """Return the JSON that the Hypothesis client imports; only quotes, since its offsets count other units."""
    found = []
    for item in annotations:
        targets = [_hypothesis_target(target) for target in item.targets]
        names = {"text": item.text, "tags": [tag.name for tag in item.tags], "uri": item.target.iri}
        times = {"created": item.created, "updated": item.modified}
        title = {"document": {"title": [item.snapshot.get("title", "")]}}
        found.append({"id": item.id, **names, **times, **title, "target": targets})
    return json.dumps({"annotations": found}, ensure_ascii=False, indent=1) + "\n"


def to_csl_json(annotations: Sequence[Annotation]) -> str:
    """Return the sources of the notes as CSL-JSON."""
    from corpus.cite.records import csl_item

    items, seen = [], set()
    for number, about in enumerate(_sources(annotations), 1):
        item = csl_item(about)
        item["id"] = item["id"] if item["id"] not in seen else f"{item['id']}-{number}"
        seen.add(item["id"])
        items.append(item)
    return json.dumps(items, ensure_ascii=False, indent=1) + "\n"


def to_bibtex(annotations: Sequence[Annotation]) -> str:
    """Return the sources of the notes as BibTeX, every key once."""
    entries, seen = [], set()
    for number, about in enumerate(_sources(annotations), 1):
        text = cite_source(about, "bibtex")
        key = text[len("@online{") : text.index(",")]
        if key in seen:
            text = text.replace(key, f"{key}-{number}", 1)
        seen.add(key)
        entries.append(text)
    return "\n\n".join(entries) + "\n"


def to_ris(annotations: Sequence[Annotation]) -> str:
    """Return the sources of the notes as RIS."""
    return "\n\n".join(cite_source(about, "ris") for about in _sources(annotations)) + "\n"


FORMS: dict[str, Callable[[Sequence[Annotation]], str]] = {
    "markdown": to_markdown,
    "jsonld": to_jsonld,
    "csv": to_csv,
    "hypothesis": to_hypothesis,
    "csl-json": to_csl_json,
    "bibtex": to_bibtex,
    "ris": to_ris,
}


def block_id(annotation: Annotation) -> str:
    """Return the id by which a note in exported Markdown is found again: letters, digits, hyphens."""
    return "kr-" + re.sub(r"[^A-Za-z0-9]", "", annotation.id.removeprefix("urn:uuid:"))[:12]


def source_of(annotation: Annotation, *, comment: bool = True) -> Source:
    """Return the facts for citing what an annotation is about, as it keeps them; without `comment`, its article."""
    facts, target = annotation.snapshot, annotation.target
    about = None
    if comment and target.comment is not None:
        about = CommentFacts(
            author=facts.get("comment_author"),
            number=facts.get("comment_number", "of unknown number"),
            posted=facts.get("comment_date"),
            url=target.iri if target.iri.startswith("http") else None,
            text=" ".join(target.quote.split()),
        )
    return Source(
        title=facts.get("title", ""),
        authors=tuple(filter(None, facts.get("author", "").split("; "))),
        outlet=facts.get("outlet"),
        published=facts.get("date"),
        published_raw=facts.get("date"),
        url=facts.get("url"),
        file=facts.get("file"),
        comment=about,
    )


def _sources(annotations: Iterable[Annotation]) -> list[Source]:
    found: dict[tuple[str, str | None], Source] = {}
    for item in annotations:
        key = (item.target.document or item.target.iri, item.target.comment)
        found.setdefault(key, source_of(item))
    return list(found.values())


def _place(annotation: Annotation) -> tuple[int, int]:
    number = re.match(r"\d+", annotation.snapshot.get("comment_number", ""))
    span = annotation.target.span
    return int(number[0]) if number else 0, span.start if span else -1


def _note_block(annotation: Annotation) -> str:
    parts = [markdown.quoted(markdown.escape(target.quote)) for target in annotation.targets if target.quote]
    about = source_of(annotation)
    if about.comment:
        parts.append(f"— {_with_link(cite_source(about), about)}")
    parts += annotation.texts
    facts = [annotation.motivation, annotation.colour or "", ", ".join(f"tag {tag.name}" for tag in annotation.tags)]
    facts += [annotation.modified[:10], annotation.creator.name if annotation.creator else ""]
    parts.append(f"*{markdown.escape_line('; '.join(filter(None, facts)) or 'note')}*")
    return "\n\n".join(parts)


def _with_link(text: str, about: Source) -> str:
    return markdown.with_link(text, about.address)


def _inert_cell(text: str) -> str:
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text


def _hypothesis_target(target: Target) -> dict[str, Any]:
    if not target.quote:
        return {"source": target.iri}
    selector = {"type": "TextQuoteSelector", "exact": target.quote, "prefix": target.prefix, "suffix": target.suffix}
    return {"source": target.iri, "selector": [selector]}
