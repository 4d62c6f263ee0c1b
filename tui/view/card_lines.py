"""An entity's card as lines: its names, what it is, where it was seen, and what stands beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.entities.card import Facts, Gathered, Seen, Subject, history, role_on
from corpus.entities.gazetteer import Gazetteer
from corpus.library import EntityDocument
from corpus.model import Document, Span
from tui.view.facts import Fact, FactsSource
from tui.view.lines import Line, LinesSource
from tui.view.rows import Row, Run
from tui.view.wrap import clip

BARS, PLAIN_BARS = "▁▂▃▄▅▆▇█", "_.-=+*#@"
STEPS = 48
"""Cells of the sparkline at most."""
DOCUMENTS_SHOWN = 200
ELSEWHERE = 26
"""Cells of the title of another document, beside a sentence of it."""
TYPES = {
    "PERSON": "person",
    "GPE": "state, city or region",
    "LOC": "place",
    "FAC": "building or site",
    "NORP": "people, group",
    "ORG": "organisation",
    "EVENT": "event",
    "WEAPON": "weapon",
    "LAW": "treaty or law",
    "WORK": "work, publication",
    "CONCEPT": "idea",
}


@dataclass
class CardView:
    """All that a card shows. `here` holds what the open document says, `all` what those looked through say."""

    subject: Subject
    facts: Facts | None
    gazetteer: Gazetteer
    here: Gathered
    all: Gathered
    documents: Sequence[EntityDocument] = ()
    looked: int = 0
    document: Document | None = None
    note: str = ""
    named_by_you: bool = False
    plain: bool = False


class CardSource(LinesSource):
    """Shows facts and plain lines under headings."""

    def __init__(self, lines: Sequence[Line | Fact]) -> None:
        """Show `lines`."""
        self._facts = {at: FactsSource([line]) for at, line in enumerate(lines) if isinstance(line, Fact)}
        # a fact takes part in the list as a line with its key
        super().__init__([Line(line.key, line.runs) if isinstance(line, Fact) else line for line in lines])

    def rows(self, item: int, width: int) -> Sequence[Row]:
        """Return the rows of a line."""
        fact = self._facts.get(item)
        return fact.rows(0, width) if fact else super().rows(item, width)


def card_lines(view: CardView) -> list[Line | Fact]:
    """Return the lines of a card; keys are (what, id): document, span, entity, spelling, member, fact."""
    parts = (
        ("NAMES", _names(view)),
        ("WHAT IT IS", _what(view)),
        ("SEEN", _seen(view)),
        ("SPELLINGS", _spellings(view)),
        ("NAMED IN THE SAME SENTENCE", _beside(view)),
        ("DOCUMENTS", _documents(view)),
    )
    lines: list[Line | Fact] = []
    for title, found in parts:
        held = list(found)
        if held:
            lines += [Line(("heading", title), (Run(title, "group"),), heading=True), *held]
    return lines


def _fact(label: str, value: str, right: str = "", style: str = "text", key: tuple[str, str] | None = None) -> Fact:
    return Fact(key or ("fact", label), (Run(value, style),), right=right, label=label, most=4)


def _names(view: CardView) -> Iterator[Line | Fact]:
    yield _fact("Name", view.subject.name, "given by you" if view.named_by_you else "", "strong")
    facts = view.facts
    if facts is None:
        return
    if facts.hangul:
        yield _fact("Hangul", ", ".join(facts.hangul), style="hangul")
    if facts.hanja:
        yield _fact("Hanja", ", ".join(facts.hanja), style="hangul")
    for system, spelt in facts.spelt:
        yield _fact(system, spelt)
    if facts.aliases:
        yield _fact("Also", ", ".join(facts.aliases))
    for member in view.subject.members[1:]:
        row = view.gazetteer.rows.get(member)
        yield _fact("Merged with", row.name if row else member, "by you; x splits", key=("member", member))


def _what(view: CardView) -> Iterator[Line | Fact]:
    facts, subject = view.facts, view.subject
    yield _fact("Type", TYPES.get(subject.type, subject.type.lower()))
    if facts is None:
        yield _fact("Known", "? not in the gazetteer: a name that was recognised by its shape", style="unknown")
        return
    if facts.description:
        yield _fact("About", facts.description)
    day = view.document.published if view.document else None
    if role := role_on(facts, day):
        yield _fact("Role", role)
    yield _fact("Id", subject.id or "")
    if facts.wikidata:
        yield _fact("Wikidata", facts.wikidata, "compared with the item" if facts.checked else "not checked")
    if view.note:
        yield _fact("Your note", " ".join(view.note.split()), "a edits it")


def _seen(view: CardView) -> Iterator[Line | Fact]:
    here, found = view.here, view.all
    if view.document is not None:
        yield _fact("Here", f"{_times(here.article)} in the article, {_times(here.comments)} in comments")
        if here.comments and not here.article:
            yield _fact("", "named by readers, not by the article", style="warning", key=("fact", "readers"))
    if view.documents:
        article = sum(item.article for item in view.documents)
        comments = sum(item.comments for item in view.documents)
        count = len(view.documents)
        said = (
            f"{_times(article)} in articles, {_times(comments)} in comments of {count:,} document{'s' * (count != 1)}"
        )
        yield _fact("In all", said)
        if comments and not article and count > 1:
            yield _fact("", "named by readers only", style="warning", key=("fact", "readers-all"))
    beyond = f"in {view.looked:,} of {len(view.documents):,} documents" if view.looked < len(view.documents) else ""
    for label, seen in (("First", found.first), ("Last", found.last)):
        if seen is not None:
            yield _seen_line(label, seen, beyond)
    yield from _sparkline(view)


def _times(count: int) -> str:
    return {0: "never", 1: "once", 2: "twice"}.get(count, f"{count:,} times")


def _seen_line(label: str, seen: Seen, beyond: str) -> Fact:
    runs = f"{seen.day}  {seen.title or 'untitled'}"
    return Fact(("span", seen.span), (Run(runs),), right=beyond, label=label, most=1)


def _sparkline(view: CardView) -> Iterator[Line | Fact]:
    step, bins = history(view.all.days, STEPS)
    if len(bins) < 2:
        return
    bars, most = PLAIN_BARS if view.plain else BARS, max(count for _, count in bins)
    cells = "".join(bars[max(1, -(-count * (len(bars) - 1) // most))] if count else bars[0] for _, count in bins)
    yield _fact("Over time", cells, key=("fact", "history"), style="chip")
    yield _fact("", f"{min(view.all.days)} to {max(view.all.days)}, by {step}, at most {most:,}", style="dim")


def _spellings(view: CardView) -> Iterator[Line | Fact]:
    for surface, count in view.all.spellings.most_common(40):
        right = f"{view.here.spellings[surface]:,} here, {count:,} in all" if view.looked > 1 else f"{count:,}"
        yield Line(("spelling", surface), (Run(f"“{surface}”"),), right=right)


def _beside(view: CardView) -> Iterator[Line | Fact]:
    titles = {item.document: item.title for item in view.documents}
    for item in view.all.beside(view.gazetteer):
        known = item.key in view.gazetteer.rows
        runs = [Run("" if known else "? ", "unknown"), Run(item.name, "author" if known else "unknown")]
        if item.hangul and item.hangul != item.name:
            runs.append(Run(f" {item.hangul}", "hangul"))
        yield Line(("entity", item.key), tuple(runs), right=f"{item.count:,} sentence{'s' * (item.count != 1)}")
        for span, text in item.sentences:
            yield Line(
                ("span", span),
                (Run("  " + " ".join(text.split())),),
                right=where(span, view.document) or clip(titles.get(span.document, ""), ELSEWHERE),
            )


def where(span: Span, document: Document | None) -> str:
    """Return in a few cells where a span stands in this document; empty for another one."""
    if document is None or span.document != document.id:
        return ""
    if span.comment is None:
        from tui.view.article import paragraph_number

        return "title" if span.part == "title" else f"¶{paragraph_number(document, span.start)}"
    return f"#{document.index_of(span.comment) + 1}"


def _documents(view: CardView) -> Iterator[Line | Fact]:
    open_now = view.document.id if view.document else ""
    for item in view.documents[:DOCUMENTS_SHOWN]:
        mark = "▸ " if item.document == open_now else "  "
        runs = (
            Run(mark, "chip"),
            Run(f"{(item.published or 'no date')[:10]:<11}", "dim"),
            Run(item.title or "untitled"),
        )
        yield Line(("document", item.document), runs, right=f"{item.article}+{item.comments}")
    if len(view.documents) > DOCUMENTS_SHOWN:
        more = f"  {len(view.documents) - DOCUMENTS_SHOWN:,} more; = in Entities narrows the list to them"
        yield Line(("fact", "more"), (Run(more, "dim"),))
