"""Builds an index, as a process that a test may kill: `python -m tests.fault.index_build FOLDER INDEX`."""

from __future__ import annotations

import sys
from pathlib import Path

from corpus.library import Library, Progress
from corpus.model import Document, Mention, Span


class Delegations:
    """Finds one word; made in other processes too."""

    version = "1"

    def recognise(self, document: Document) -> tuple[Mention, ...]:
        """Return where it is."""
        return tuple(
            Mention(Span(document.id, part, comment, at, at + 5), text[at : at + 5], "EVENT", "talks", "listed")
            for (part, comment), text in document.texts()
            if (at := text.lower().find("talks")) >= 0
        )


def main(folder: Path, index: Path) -> None:
    """Build, and say so once something is under way."""
    from tests.fault.index_build import Delegations as Pickled

    library = Library.open([folder], index, recogniser=Pickled)
    told: list[str] = []

    def tell(state: Progress) -> None:
        if state.stage not in told and state.total:
            told.append(state.stage)
            print(state.stage, flush=True)

    report = library.refresh(tell)
    print(f"done {report.documents}", *report.messages, flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
