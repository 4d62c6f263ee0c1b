"""What was found in a pasted text as lines: documents, paragraphs, comments, hidden page parts, problems."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from corpus.model import Comment, Document, Problem
from corpus.selfcheck import check
from tui.view.lines import Line
from tui.view.rows import Run

PARAGRAPHS = 3
"""Paragraphs of an article that are shown."""


def found_lines(found: Sequence[Document | Problem]) -> list[Line]:
    """Return what was found, a document after the other."""
    lines: list[Line] = []
    for at, item in enumerate(found):
        lines += _problem(at, item.message) if isinstance(item, Problem) else _document(at, item)
    return lines


def summary(found: Sequence[Document | Problem]) -> str:
    """Return what was found in a few words."""
    documents = [item for item in found if isinstance(item, Document)]
    if not documents:
        return next((item.message for item in found if isinstance(item, Problem)), "nothing found yet")
    if len(documents) > 1:
        return f"{len(documents):,} documents"
    document = documents[0]
    return f"{_count(len(document.paragraphs), 'paragraph')}, {_count(len(document.comments), 'comment')}"


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def _problem(at: object, message: str) -> list[Line]:
    return [Line(("problem", at, message), (Run("! ", "error"), Run(message, "warning")))]


def _document(at: int, document: Document) -> Iterator[Line]:
    yield Line((at, "title"), (Run(document.title or "no title found", "heading"),), heading=True)
    facts = [", ".join(document.byline) or "no author found", document.outlet or "no outlet found"]
    facts.append((document.published or "no date found").replace("T", " ", 1))
    yield Line((at, "facts"), (Run(" · ".join(facts), "dim"),))
    if document.url:
        yield Line((at, "url"), (Run(document.url, "dim"),))
    yield from (line for problem in document.problems for line in _problem(at, problem))
    for number, paragraph in enumerate(document.paragraphs[:PARAGRAPHS], 1):
        yield Line((at, "text", number), (Run(f"¶{number} ", "number"), Run(_line(paragraph.text))))
    if more := len(document.paragraphs) - PARAGRAPHS:
        said = f"and {_count(more, 'more paragraph')}" if more > 0 else ""
        yield from [Line((at, "more"), (Run(said, "dim"),))] if said else []
    yield Line((at, "comments"), (Run(_comments(document), "group"),), heading=True)
    for comment in document.comments:
        yield _comment(at, document, comment)
    if document.folded:
        title = f"HIDDEN PAGE PARTS {len(document.folded)}"
        yield Line((at, "folded"), (Run(title, "group"),), heading=True)
    for number, part in enumerate(document.folded):
        yield Line((at, "folded", number), (Run(_line(part.text), "dim"),), right=part.reason)


def _comments(document: Document) -> str:
    checked = check(document)
    said = f" ({checked.said})" if checked and not checked.agrees else ""
    return f"COMMENTS {len(document.comments):,}{said}"


def _comment(at: int, document: Document, comment: Comment) -> Line:
    runs = [Run(f"#{comment.seq + 1} ", "number"), Run(comment.author or "no name", "author")]
    if comment.parent is not None:
        try:
            above = document.comment(comment.parent)
        except KeyError:
            runs.append(Run(" ↳", "chip"))
        else:
            runs.append(Run(f" ↳ #{above.seq + 1}", "chip"))
    posted = (comment.posted or comment.posted_raw or "no time").replace("T", " ", 1)
    return Line((at, "comment", comment.seq), tuple(runs), right=posted, below=_line(comment.text), most=1)


def _line(text: str) -> str:
    return " ".join(text[:400].split())
