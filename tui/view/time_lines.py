"""Dated statements as lines: months as headings, days in order, coarser values at their start and labelled."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence

from corpus.entities.differing import Differing
from corpus.entities.gazetteer import Gazetteer
from corpus.entities.timeline import Statement, interval
from corpus.text import fold
from tui.view.lines import Line
from tui.view.rows import Run
from tui.view.wrap import clip

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")  # fmt: skip
DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
SEASONS = {"SP": "spring", "SU": "summer", "AU": "autumn", "FA": "autumn", "WI": "winter"}
LABEL = 15
"""Cells of the column of days."""
TITLE = 24
"""Cells of a document's title at the right edge."""


def label_of(value: str) -> str:
    """Return a value in a few words, without the year where a day, week or month has one: "Jan  9 Tue", "week 2"."""
    found = interval(value)
    if found is None:
        return value
    first, last, grain = found
    short = f"{MONTHS[first.month - 1][:3]} {first.day:2}"
    match grain:
        case "day":
            return f"{short} {DAYS[first.weekday()]}"
        case "days":
            same = first.month == last.month
            return f"{short}–{last.day if same else f'{MONTHS[last.month - 1][:3]} {last.day}'}"
        case "week" | "weekend":
            return f"{grain} {first.isocalendar().week}"
        case "month":
            return f"{MONTHS[first.month - 1][:3]} (month)"
        case "season":
            return SEASONS.get(value[-2:], "season")
        case "quarter":
            return f"quarter {value[-1]}"
        case "year":
            return "(year)"
        case "years":
            return f"to {last.year}"
        case "decade":
            return f"{value}0s"
    return f"{value}00s"


def heading_of(item: Statement) -> str:
    """Return the heading under which a statement stands: its month, or the decade of what covers a year and more."""
    if item.first is None:
        return "WITHOUT A VALUE"
    if item.grain in ("year", "years", "decade", "century"):
        return f"{item.first.year // 10}0s"
    return f"{MONTHS[item.first.month - 1]} {item.first.year}"


def time_lines(
    found: Sequence[Statement],
    shown: Sequence[int] | None = None,
    *,
    titles: bool,
    sides: Mapping[int, Sequence[Differing]] | None = None,
) -> list[Line]:
    """Return the lines of statements in order, of those at the places `shown` or of all; keys are (span of the date, n).

    With `titles` each says its document. Below a statement stand those of `sides` that may date the same thing otherwise: keys (span, their n, its n).
    """
    lines: list[Line] = []
    heading, label = "", ""
    for at in range(len(found)) if shown is None else shown:
        item = found[at]
        under = heading_of(item)
        if under != heading:
            heading, label = under, ""
            lines.append(Line(("month", under), (Run(under, "group"),), heading=True))
        said = f"{'~' if item.unsure else ''}{_label(item)}"
        key: Hashable = (item.mention.span, at)
        lead = Run(f"{'' if said == label else said:<{LABEL}} ", "number" if item.grain == "day" else "chip")
        label = said
        lines.append(Line(key, (lead, *_sentence(item)), right=_right(item, titles)))
        for side in (sides or {}).get(at, ()):
            other = found[side.other]
            lead = Run(f"{f'  ≠ {_label(other)}':<{LABEL}} ", "warning")
            lines.append(
                Line((other.mention.span, side.other, at), (lead, *_sentence(other)), right=_right(other, titles))
            )
    return lines


def _label(item: Statement) -> str:
    said = label_of(item.value) if item.first else "?"
    return f"{item.first.year} {said}" if item.first and item.grain in ("year", "years") else said


def _sentence(item: Statement) -> tuple[Run, ...]:
    start, end = item.mention.span.start - item.sentence.start, item.mention.span.end - item.sentence.start
    from_ = 0 if start < 60 else item.text.rfind(" ", 0, start - 30) + 1
    before, words, after = item.text[from_:start], item.text[start:end], item.text[end:]
    return (
        Run(("…" if from_ else "") + _line(before)),
        Run(_line(words), "lit"),
        Run(_line(after)),
    )


def _line(text: str) -> str:
    return text.replace("\n", " ")


def _right(item: Statement, titles: bool) -> str:
    who = "comment" if item.mention.span.comment is not None else ""
    return ", ".join(filter(None, (clip(item.title, TITLE) if titles else "", who)))


class StatementFilter:
    """What is typed above a time line: words of the sentence, or names in it in any spelling."""

    def __init__(self, text: str, gazetteer: Gazetteer) -> None:
        """Take `text`; a statement must hold every word, or name the entity that all of it names."""
        from corpus.entities.filtering import NameFilter

        self.words = fold(text).text.split()
        self._name = NameFilter(text)
        self._gazetteer = gazetteer
        self._fits: dict[str, bool] = {}

    def fits(self, item: Statement) -> bool:
        """Tell whether a statement fits."""
        said = fold(f"{item.text} {item.value} {item.title}").text
        return all(word in said for word in self.words) or any(
            self._names(mention.entity) for mention in item.names if mention.entity
        )

    def _names(self, entity: str) -> bool:
        if entity not in self._fits:
            from corpus.entities.gazetteer import PLACES

            known = self._gazetteer.entity(entity)
            self._fits[entity] = bool(
                known and self._name.fits((known.name, *known.aliases), known.hangul, place=known.type in PLACES)
            )
        return self._fits[entity]
