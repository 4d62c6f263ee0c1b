"""Differences of two versions as rows: a sign and a line under or through the words, never colour alone."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from corpus.differences import Difference
from tui.view.rows import Row, Run
from tui.view.wrap import wrap

_SIGNS = {"same": "  ", "gone": "− ", "new": "+ "}
_BRACKETS = {"same": ("", ""), "gone": ("[−", "]"), "new": ("[+", "]")}
_STYLES = {"same": "text", "gone": "gone", "new": "came"}


class DifferenceSource:
    """Shows what differs, paragraph by paragraph."""

    def __init__(self, found: Sequence[Difference]) -> None:
        """Show `found`."""
        self.found = found

    def __len__(self) -> int:
        return len(self.found)

    def key(self, item: int) -> Hashable:
        """Return the place."""
        return item

    def find(self, key: Hashable) -> int | None:
        """Return the item at a place."""
        return key if isinstance(key, int) and key < len(self) else None

    def stops(self, item: int) -> bool:
        """Stop at what differs."""
        return bool(self.found[item].pieces)

    def rows(self, item: int, width: int) -> Sequence[Row]:
        """Return a difference: where it is, then its words."""
        difference = self.found[item]
        if not difference.pieces:
            many = f"{difference.number:,} paragraphs" if difference.number > 1 else "One paragraph"
            return [Row((Run(f"   {many} the same"[: width - 1], "dim"),)), Row()]
        sign = _SIGNS[difference.kind]
        text, styles = "", []
        for piece in difference.pieces:
            # where a whole paragraph came or went, the sign before it says so
            opening, closing = ("", "") if difference.kind != "same" else _BRACKETS[piece.kind]
            shown = f"{opening}{piece.text}{closing}"
            styles.append((len(text), len(text) + len(shown), _STYLES[piece.kind]))
            text += shown
        word = {"gone": " gone", "new": " new"}.get(difference.kind, "")
        rows = [Row((Run(" "), Run(sign, "chip"), Run(f"{difference.where}{word}", "number")))]
        for start, end in wrap(text, max(4, width - 4)):
            runs = [Run("   ")]
            for first, last, style in styles:
                low, high = max(start, first), min(end, last)
                if low < high:
                    runs.append(Run(text[low:high], style))
            rows.append(Row(tuple(runs)))
        return [*rows, Row()]
