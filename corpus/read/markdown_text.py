"""Markdown with front matter, as note-taking programs keep saved pages."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from corpus.model import Capture, Document, Folded, make_document
from corpus.read.captured_text import read_text
from corpus.read.fields import moment
from corpus.text import canonical, canonical_line
from corpus.threads import relate

_FRONT = re.compile(r"\A\ufeff?(---|\+\+\+)[ \t]*\r?\n(.{0,20000}?)\r?\n\1[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_FIELD = re.compile(r"([A-Za-z][\w -]{0,40})\s{0,3}[:=]\s{0,3}(.{0,2000})\Z")
_HEADING = re.compile(r"#{1,6}\s{1,3}(.{1,300}?)\s{0,3}#{0,6}\Z")
_TITLE = ("title", "headline")
_AUTHOR = ("author", "authors", "byline", "creator")
_DATE = ("published", "date", "date_published", "created", "pubdate")
_URL = ("url", "source", "link", "canonical", "canonical_url", "permalink", "source_url")
_OUTLET = ("site", "outlet", "publisher", "site_name", "publication")


def has_front_matter(text: str) -> bool:
    """Tell whether a text begins with front matter."""
    return text[:4].lstrip("\ufeff").startswith(("---", "+++")) and _FRONT.match(text) is not None


def read_markdown(text: str, capture: Capture) -> Document:
    """Read a text with front matter: facts from there, the rest as pasted text.

    Args:
        text: as decoded; offsets of `folded` are into it.
        capture: the facts of the file.
    """
    front = _FRONT.match(text)
    assert front is not None
    stated = _fields(front[2])
    # as many characters, so that offsets stay
    blanked = re.sub(r"[^\n]", " ", text[: front.end()]) + text[front.end() :]
    found = read_text(blanked, capture)
    title = canonical_line(_first(stated, _TITLE), 400)
    paragraphs = _paragraphs(found, title)
    published = _first(stated, _DATE)
    url = canonical_line(_first(stated, _URL), 2000)
    facts: dict[str, Any] = {
        "byline": tuple(_names(stated)) or found.byline,
        "outlet": canonical_line(_first(stated, _OUTLET)) or None,
        "url": url if url.startswith(("http://", "https://")) else None,
        "language": canonical_line(_first(stated, ("lang", "language")), 40) or None,
        "published": moment(published) or found.published,
        "published_raw": canonical_line(published, 80) or found.published_raw,
        "published_evidence": "the front matter" if moment(published) else found.published_evidence,
        "modified": moment(_first(stated, ("modified", "updated", "lastmod"))) or found.modified,
        "folded": (Folded(canonical(front[0]).strip("\n"), "front matter", 0, front.end()), *found.folded),
    }
    document = make_document(
        title or found.title,
        paragraphs,
        found.comments,
        stated_comment_count=found.stated_comment_count,
        problems=found.problems,
        capture=replace(capture, format="markdown"),
        **facts,
    )
    return relate(document)


def _paragraphs(found: Document, title: str) -> list[tuple[str, str]]:
    laid = []
    if title and found.title and not _same(found.title, title):
        laid.append((found.title, "paragraph"))
    for paragraph in found.paragraphs:
        heading = _HEADING.match(paragraph.text)
        text, kind = (heading[1], "heading") if heading else (paragraph.text, paragraph.kind)
        if not _same(text, title):
            laid.append((text, kind))
    return [(_HEADING.sub(r"\1", text), "heading") if _HEADING.match(text) else (text, kind) for text, kind in laid]


def _same(text: str, title: str) -> bool:
    return bool(title) and canonical_line(_HEADING.sub(r"\1", text)) == title


def _fields(front: str) -> dict[str, list[str]]:
    """Read the plain part of YAML and TOML: a value a line, or a list under a name."""
    found: dict[str, list[str]] = {}
    name = ""
    for line in front.splitlines():
        if re.match(r"\s{0,8}-\s", line) and name:
            found[name].append(_plain(line.strip()[1:]))
        elif (field := _FIELD.match(line.strip())) and not line.startswith((" ", "\t")):
            name = field[1].strip().lower().replace(" ", "_").replace("-", "_")
            value = field[2].strip()
            values = value[1:-1].split(",") if value.startswith("[") and value.endswith("]") else [value]
            found[name] = [plain for one in values if (plain := _plain(one))]
    return found


def _plain(value: str) -> str:
    return value.strip().strip("\"'").strip().removeprefix("[[").removesuffix("]]")


def _first(stated: Mapping[str, list[str]], names: tuple[str, ...]) -> str:
    return next((stated[name][0] for name in names if stated.get(name)), "")


def _names(stated: Mapping[str, list[str]]) -> list[str]:
    values = next((stated[name] for name in _AUTHOR if stated.get(name)), [])
    return [line for value in values if (line := canonical_line(value, 200))]
