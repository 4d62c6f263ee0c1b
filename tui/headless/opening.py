"""The library as the subcommands open it: brought up to date first, with a progress bar where somebody looks on."""

from __future__ import annotations

import signal
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from tui.headless.output import say

if TYPE_CHECKING:
    from collections.abc import Callable

    from corpus.entities.gazetteer import Gazetteer
    from corpus.entities.recognise import Recogniser
    from corpus.library import Library, Progress, Report
    from corpus.model import Problem
    from corpus.paths import Folders
    from corpus.search import Searcher

_STAGES = {
    "reading": "Reading captures",
    "indexing": "Making searchable",
    "recognising": "Finding names",
    "checking": "Looking through",
}


def own_files(roots: Sequence[Path], folders: Folders) -> Folders:
    """Return the folders with the files that the folder of captures names; what is wrong with its settings is told."""
    from corpus.folder_settings import load

    found, problems = load(roots)
    for problem in problems:
        say(problem)
    return found.applied(folders)


@cache
def gazetteer(own: Path) -> Gazetteer:
    """Return the names that are known, the user's own laid over them; what is wrong with those is told once."""
    from corpus.entities.gazetteer import Gazetteer

    found = Gazetteer.load(own)
    for problem in found.problems:
        say(problem)
    return found


def make_recogniser(folders: Folders) -> Recogniser:
    """Return what finds names."""
    from corpus.config import load
    from corpus.entities.ner import find_adapter
    from corpus.entities.recognise import Recogniser

    adapter, problem = find_adapter(load(folders.settings)[0].ner)
    if problem:
        say(problem)
    return Recogniser(gazetteer(folders.entities), adapters=[adapter] if adapter else [])


def make_searcher(library: Library, folders: Folders, notes: Path | None = None) -> Searcher:
    """Return what searches the library, names in all their spellings, and the user's notes (`notes`, by default theirs)."""
    from corpus.notes.store import NoteStore
    from corpus.reading import ReadingState
    from corpus.search import Searcher
    from corpus.spelling import Spellings
    from corpus.storage import Storage

    spellings = Spellings(library, lambda: gazetteer(folders.entities))
    reading = ReadingState(folders.reading) if folders.reading.exists() else None
    path = notes or folders.notes
    store = None
    if path.exists():
        store = NoteStore(path, Storage(), folders.texts, folders.backups)
        for message in store.load():
            say(message)
    return Searcher(library, spellings, reading=reading, notes=store)


def open_library(roots: Sequence[Path], folders: Folders, *, names: bool = True) -> Library:
    """Open the index over `roots` as it is; without `names` a refresh leaves out finding them, which is quicker."""
    from corpus.config import load
    from corpus.index.sources import Captures, Names
    from corpus.judged import judged_of
    from corpus.library import Library

    recogniser = None
    if names:
        recogniser = Names(folders.entities, load(folders.settings)[0].ner, lambda: make_recogniser(folders))
    source = Captures(partial(judged_of, folders))
    return Library.open(roots, folders.index(roots), recogniser=recogniser, source=source)


def refresh(library: Library, *, brief: bool = False, seconds: float | None = None) -> Report:
    """Bring the index up to date and tell what could not be read. Ctrl-C stops it; what was done stays.

    Args:
        library: what is read.
        brief: what could not be read is told in one line.
        seconds: no more work is begun after so long, and nothing is told: this goes on with a refresh that was.
    """
    with _interrupted() as wishes, bar("Reading") as show:
        end = time.monotonic() + seconds if seconds is not None else None
        report = library.refresh(show, lambda: bool(wishes) or (end is not None and time.monotonic() > end))
    if seconds is None:
        for message in report.messages:
            say(message)
        _tell(library.problems(), brief)
    if report.stopped and (wishes or seconds is None):
        far = f" ({library.pending})" if library.pending else ""
        kept = "1 document is" if report.documents == 1 else f"{report.documents:,} documents are"
        say(f"Stopped; {kept} in the index and kept{far}, and the next time goes on from there.")
        raise KeyboardInterrupt
    return report


def _tell(problems: Sequence[Problem], brief: bool) -> None:
    from tui.headless.reading import sentence

    if brief and len(problems) > 1:
        say(f"{len(problems):,} records or files were left out; `korea-reader index` tells which.")
        return
    for problem in problems:
        say(sentence(problem))


@contextmanager
def _interrupted() -> Iterator[list[int]]:
    """Turn the first Ctrl-C into a wish to stop, which is listed; the second one ends the program."""
    wishes: list[int] = []

    def note(number: int, frame: FrameType | None) -> None:
        if wishes:
            raise KeyboardInterrupt
        wishes.append(number)

    before = signal.signal(signal.SIGINT, note)
    try:
        yield wishes
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def bar(name: str) -> Iterator[Callable[[Progress], None] | None]:
    """Show how far long work is, how fast it goes and how long it will take, where standard error is a terminal."""
    if sys.stderr is None or not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn
    from rich.progress import Progress as Bars

    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[pace]}", markup=False),
    )
    with Bars(*columns, console=Console(stderr=True), transient=True) as bars:
        task = bars.add_task(name, total=None, pace="")
        yield lambda state: bars.update(
            task,
            description=_STAGES.get(state.stage, state.stage),
            completed=state.done,
            total=state.total or None,
            pace=state.pace(),
        )
