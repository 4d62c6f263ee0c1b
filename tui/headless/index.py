"""Build the index over files and folders, or bring it up to date; --check looks for damage instead."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tui.headless.output import DONE, NOTHING_FOUND, UNREADABLE, say

if TYPE_CHECKING:
    import argparse

    from corpus.library import Library, Report
    from corpus.paths import Folders


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what `index` takes."""
    parser.add_argument(
        "paths", nargs="*", metavar="PATH", help="files and folders; none: your library, else the sample"
    )
    parser.add_argument("--check", action="store_true", help="only look whether the index is there and whole")


def run(options: argparse.Namespace, folders: Folders) -> int:
    """Build, refresh or check; return the exit code."""
    from tui.headless.opening import open_library, refresh
    from tui.options import choose_roots

    roots, _ = choose_roots(map(Path, options.paths), False, folders)
    library = open_library(roots, folders)
    try:
        if options.check:
            return _check(library, folders.index(roots))
        report = refresh(library)
        return _told(report, library)
    finally:
        library.close()


def _told(report: Report, library: Library) -> int:
    say(
        f"{_count(report.documents, 'document')} in the index; {_count(report.read, 'capture')} read, "
        f"{report.unchanged} unchanged, {report.removed} gone, in {report.seconds:.1f} s."
    )
    if library.problems():
        return UNREADABLE
    return DONE if report.documents else NOTHING_FOUND


def _check(library: Library, path: Path) -> int:
    if not path.exists():
        say(f"There is no index yet ({path}); `korea-reader index` builds it.")
        return NOTHING_FOUND
    total = library.count()
    for at in range(0, total, 500):
        for entry in library.entries(at, 500):
            if entry.document:
                for _ in library.document(entry.document).comments:
                    pass
    if library.message:
        say(f"{path}: {library.message}.")
        return UNREADABLE
    say(f"{path}: whole, {_count(total, 'row')} in the list.")
    return DONE


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"
