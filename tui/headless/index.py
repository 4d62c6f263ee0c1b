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
    from tui.headless.opening import open_library, own_files, refresh
    from tui.options import choose_roots

    roots, _ = choose_roots(map(Path, options.paths), False, folders)
    library = open_library(roots, own_files(roots, folders))
    try:
        if options.check:
            return _check(library, folders.index(roots))
        return _told(refresh(library), library)
    finally:
        library.close()


def _told(report: Report, library: Library) -> int:
    facts = [f"{_count(report.read, 'capture')} read", f"{report.unchanged:,} unchanged"]
    if report.moved:
        facts.append(f"{report.moved:,} moved")
    if report.doubled:
        facts.append(f"{report.doubled:,} with the same bytes as another")
    facts.append(f"{report.removed:,} gone")
    say(f"{_count(report.documents, 'document')} in the index; {', '.join(facts)}, in {report.seconds:.1f} s.")
    if report.busy or library.problems():
        return UNREADABLE
    return DONE if report.documents else NOTHING_FOUND


def _check(library: Library, path: Path) -> int:
    from tui.headless.opening import bar

    if not path.exists():
        say(f"There is no index yet ({path}); `korea-reader index` builds it.")
        return NOTHING_FOUND
    try:
        with bar("Looking through") as show:
            found = library.check(show)
    except OSError as error:
        say(f"{path}: it cannot be looked through just now ({error}).")
        return UNREADABLE
    for sentence in found:
        say(f"{path}: {sentence}.")
    if found:
        say("`korea-reader index` makes it anew from the captures.")
        return UNREADABLE
    if not library.is_complete or library.pending:
        say(f"{path}: whole as far as it goes ({library.pending or 'not all captures are read'}).")
        return DONE
    say(f"{path}: whole, {_count(library.count(), 'row')} in the list.")
    return DONE


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
