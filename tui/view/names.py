"""The entities as rows: groups, names with Hangul, counts split article + comments."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len

from tui.view.rows import Row, Run, fit
from tui.view.wrap import clip

if TYPE_CHECKING:
    from corpus.entities.summary import EntityCount


class NamesSource:
    """Shows counted entities under the headings of their groups."""

    def __init__(
        self,
        counts: Sequence[EntityCount],
        keep: Callable[[EntityCount], bool] = lambda entity: True,
    ) -> None:
        """Show those of `counts` that `keep` lets through, in their order."""
        self.items: list[EntityCount | str] = []
        kept = [entity for entity in counts if keep(entity)]
        totals: dict[str, int] = {}
        for entity in kept:
            totals[entity.group] = totals.get(entity.group, 0) + 1
        group, year = None, ""
        self._years: dict[int, str] = {}
        for entity in kept:
            if entity.group != group:
                group = entity.group
                self.items.append(f"{group} {totals[group]}")
            if entity.group == "DATES" and _has_value(entity):
                own = entity.name[:4]
                self._years[len(self.items)] = "" if own == year else own
                year = own
            self.items.append(entity)

    def __len__(self) -> int:
        return len(self.items)

    def entity(self, item: int) -> EntityCount | None:
        """Return the entity shown by an item; None for a heading."""
        found = self.items[item] if 0 <= item < len(self.items) else None
        return None if isinstance(found, str) else found

    def key(self, item: int) -> Hashable:
        """Return the entity's id, or its name where the gazetteer does not know it."""
        entity = self.entity(item)
        return entity_key(entity) if entity else ("group", self.items[item])

    def find(self, key: Hashable) -> int | None:
        """Return the item that shows an entity."""
        return next((item for item in range(len(self.items)) if self.key(item) == key), None)

    def stops(self, item: int) -> bool:
        """Tell whether the item is an entity."""
        return self.entity(item) is not None

    def rows(self, item: int, width: int) -> Sequence[Row]:
        """Return one row: the name and its Hangul, the counts at the right edge."""
        entity = self.entity(item)
        if entity is None:
            heading = Row((Run(" "), Run(clip(str(self.items[item]), width - 1), "group")))
            return [Row((Run(" "),)), heading] if item else [heading]
        counts = said_counts(entity)
        room = width - cell_len(counts) - 2
        runs = self._date(item, entity, room) if entity.group == "DATES" else _name(entity, room)
        used = sum(cell_len(run.text) for run in runs)
        return [Row((Run(" "), *runs, Run(" " * max(1, width - 1 - used - cell_len(counts))), Run(counts, "count")))]

    def _date(self, item: int, entity: EntityCount, room: int) -> tuple[Run, ...]:
        """Return a point of the time line: the year where it changes, the day or what covers more days, the words."""
        if not _has_value(entity):
            return fit((Run("?    ", "unknown"), Run(entity.name, "unknown")), room)
        from tui.view.time_lines import label_of

        label = label_of(entity.name)
        lead = (Run(f"{self._years.get(item, ''):<5}", "number"), Run(label, "text"))
        said = next((surface for surface, _ in entity.spellings), "")
        left = room - sum(cell_len(run.text) for run in lead) - 2
        return fit((*lead, Run(f"  {clip(said, left)}" if left > 5 else "", "faint")), room)


def _name(entity: EntityCount, room: int) -> tuple[Run, ...]:
    if entity.group == "UNKNOWN":
        return fit((Run("? ", "unknown"), Run(entity.name, "unknown")), room)
    hangul = f" {entity.hangul}" if entity.hangul and entity.hangul != entity.name else ""
    # half a Hangul name is no name: it is shown whole or not at all
    whole = cell_len(entity.name) + cell_len(hangul) <= room
    return (Run(entity.name), Run(hangul, "hangul")) if whole else fit((Run(entity.name),), room)


def said_name(entity: EntityCount) -> str:
    """Return what an entity is called in a sentence: `Ri Son-gwon 리선권`, `2018-01-09 (Jan 9 Tue)`."""
    if entity.group != "DATES" or not _has_value(entity):
        return f"{entity.name} {entity.hangul}" if entity.hangul not in ("", entity.name) else entity.name
    from tui.view.time_lines import label_of

    label = " ".join(label_of(entity.name).split())
    return f"{entity.name} ({label})" if label != entity.name else label


def _has_value(entity: EntityCount) -> bool:
    return bool(entity.mentions) and entity.mentions[0].value is not None


def entity_key(entity: EntityCount) -> str:
    """Return what names an entity among those of a document."""
    return entity.id or f"?{entity.type}:{entity.name}"


def said_counts(entity: EntityCount) -> str:
    """Return the counts as the sidebar shows them: article + comments."""
    return f"{entity.article}+{entity.comments}"
