"""The line above a pane: its title and what is to be said of it, in as few words as the room asks for."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len

from tui.view.rows import Run, fit


def heading(title: str, forms: Sequence[str], width: int, role: str) -> tuple[Run, ...]:
    """Return the runs of the line.

    Args:
        title: what the pane is called; where none of several forms fits beside it, it is left out.
        forms: the same said in ever fewer words; one that fits is shown, the longest of these.
        width: in cells.
        role: of the title.
    """
    said = [f" {form}" if form else "" for form in forms] or [""]
    beside = (f" {title} ", f" {title}")
    for leads in (beside, ("",)):
        for form in said:
            for lead in leads:
                if cell_len(lead) + cell_len(form) <= width:
                    return Run(lead, role), Run(form, "head")
        if len(said) == 1:
            break
    return fit((Run(beside[0] if len(said) == 1 else "", role), Run(said[-1], "head")), width)
