"""From spans to quotations and citations; what the source does not say is said to be missing, never left blank."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Literal

from corpus import markdown
from corpus.cite.source import Source, source, supplied_mark
from corpus.model import Document, Span

Form = Literal["plain", "markdown", "text", "link", "evidence"]
Style = Literal["note", "apa", "mla", "chicago", "bibtex", "ris", "csl-json"]
FORMS: tuple[Form, ...] = ("plain", "markdown", "text", "link", "evidence")
STYLES: tuple[Style, ...] = ("note", "apa", "mla", "chicago", "bibtex", "ris", "csl-json")
GAP = " […] "

__all__ = ["FORMS", "STYLES", "Form", "Source", "Style", "cite", "cite_source", "quote", "source"]


def quote(
    document: Document,
    spans: Span | Sequence[Span],
    form: Form = "plain",
    supplied: Mapping[str, str] | None = None,
) -> str:
    """Return the words at `spans` with where they come from.

    Spans of one text that follow each other are one quotation with "[…]" between; each text has its own citation.

    Args:
        form: plain words and citation; markdown, a block quotation; text, the words alone; link, the
            address alone; evidence, everything that is needed to check it.
        supplied: facts from the user, marked as theirs: title, byline (names parted by semicolons),
            outlet, published, url, zone.

    Raises:
        KeyError: a comment is not in the document. ValueError: an unknown form.
    """
    groups = _groups([spans] if isinstance(spans, Span) else spans)
    if form == "text":
        return "\n\n".join(_words(document, group) for group in groups)
    if form == "link":
        links = (_link(source(document, group[0], supplied)) for group in groups)
        return "\n".join(dict.fromkeys(links))
    builders: dict[str, Callable[[str, Source, Sequence[Span]], str]] = {
        "plain": lambda words, about, _: f"“{words}”\n— {cite_source(about)}",
        "markdown": lambda words, about, _: _markdown(words, about),
        "evidence": lambda words, about, group: _evidence(document, words, about, group),
    }
    if form not in builders:
        raise ValueError(f"unknown form: {form}")
    return "\n\n".join(
        builders[form](_words(document, group), source(document, group[0], supplied), group) for group in groups
    )


def cite(
    document: Document,
    span: Span | None = None,
    style: Style = "note",
    supplied: Mapping[str, str] | None = None,
) -> str:
    """Return a citation of the article, or of the comment that `span` lies in, without the words.

    Names stand as the source gives them in every style: which part of one is the family name is not guessed.

    Raises:
        KeyError: the comment is not in the document. ValueError: an unknown style.
    """
    return cite_source(source(document, span, supplied), style)


def cite_source(about: Source, style: Style = "note") -> str:
    """Return a citation of what these facts describe. Raises ValueError for an unknown style."""
    if style == "note":
        from corpus.cite.note import note

        return note(about)
    if style in ("apa", "mla", "chicago"):
        from corpus.cite import styles

        found: Callable[[Source], str] = getattr(styles, style)
        return found(about)
    if style not in STYLES:
        raise ValueError(f"unknown style: {style}")
    from corpus.cite import records

    builders: dict[str, Callable[[Source], str]] = {
        "bibtex": records.bibtex,
        "ris": records.ris,
        "csl-json": lambda item: records.csl_json([item]),
    }
    return builders[style](about)


def _groups(spans: Sequence[Span]) -> list[list[Span]]:
    groups: list[list[Span]] = []
    for span in spans:
        if groups and groups[-1][-1].key == span.key and groups[-1][-1].end <= span.start:
            groups[-1].append(span)
        else:
            groups.append([span])
    return groups


def _words(document: Document, group: Sequence[Span]) -> str:
    return GAP.join(document.quote(span).strip() for span in group)


def _markdown(words: str, about: Source) -> str:
    citation = markdown.with_link(cite_source(about), about.address)
    return markdown.quoted(f"{markdown.escape(words)}\n\n— {citation}")


def _link(about: Source) -> str:
    return about.address or f"{about.file or 'no address stated'}{supplied_mark(about, 'url')}"


def _evidence(document: Document, words: str, about: Source, group: Sequence[Span]) -> str:
    from corpus.cite.note import evidence

    return evidence(document, words, about, group)
