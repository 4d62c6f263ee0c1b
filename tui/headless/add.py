"""Keep copies of captures, or pasted text, in your library. What was found in each is told first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from tui.headless.output import DONE, NOTHING_FOUND, UNREADABLE, WRONG_USAGE, emit, say

if TYPE_CHECKING:
    import argparse

    from corpus.adding import Added
    from corpus.model import Document, Problem
    from corpus.paths import Folders

_PREVIEWED = 10
_SUFFIXES = {"html": ".html", "json": ".json", "jsonl": ".jsonl"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what `add` takes."""
    parser.add_argument("paths", nargs="*", metavar="PATH", help="files and folders; - is standard input")
    parser.add_argument("--clipboard", action="store_true", help="keep the text that is in the clipboard")


def run(options: argparse.Namespace, folders: Folders) -> int:
    """Add everything named; print the path of each copy; return the exit code."""
    if not options.paths and not options.clipboard:
        say("Name a file or a folder to add, - for standard input, or --clipboard.")
        return WRONG_USAGE
    if addresses := [name for name in options.paths if name.lower().startswith(("http://", "https://"))]:
        say(f"{addresses[0]}: adding from the web is not there yet; save the page in your browser and add the file.")
        return WRONG_USAGE
    codes = {_add(name, folders) for name in options.paths}
    if options.clipboard:
        codes.add(_add_clipboard(folders))
    return max(codes)


def _add(name: str, folders: Folders) -> int:
    from tui.headless.reading import STANDARD_INPUT, standard_input

    if name == STANDARD_INPUT:
        return _add_text(standard_input(), "standard input", folders)
    return _add_path(Path(name), folders)


def _add_clipboard(folders: Folders) -> int:
    from tui.clipboard import ClipboardError, paste

    try:
        text = paste()
    except ClipboardError as error:
        say(str(error))
        return UNREADABLE
    return _add_text(text, "clipboard", folders)


def _add_text(text: bytes, source: str, folders: Folders) -> int:
    from corpus.adding import add_text
    from corpus.model import Capture
    from corpus.read import read_bytes

    if not text.strip():
        say(f"There is no text in the {source}.")
        return NOTHING_FOUND
    found = _preview(read_bytes(text, Capture(path=source)))
    suffix = _SUFFIXES.get(found.format, ".txt")
    return _keep(found, lambda: add_text(text, folders, found.title, source, suffix))


def _add_path(path: Path, folders: Folders) -> int:
    from corpus.adding import add_file
    from corpus.model import Problem
    from corpus.read import find_captures, read
    from tui.headless.reading import sentence

    codes = {DONE}
    for capture in find_captures([path]):
        if isinstance(capture, Problem):
            say(sentence(capture))
            codes.add(UNREADABLE)
        else:
            codes.add(_keep(_preview(read(capture)), partial(add_file, capture, folders)))
    return max(codes)


@dataclass
class _Found:
    """What a capture holds; title and format are those of its first document."""

    title: str = ""
    format: str = ""
    documents: int = 0
    problems: int = 0


def _preview(items: Iterator[Document | Problem]) -> _Found:
    """Tell what a capture holds, document by document at first."""
    from corpus.model import Problem
    from tui.headless.reading import sentence

    found = _Found()
    for item in items:
        if isinstance(item, Problem):
            found.problems += 1
            say(sentence(item))
            continue
        if not found.documents:
            found.title, found.format = item.title, item.capture.format if item.capture else ""
        found.documents += 1
        if found.documents <= _PREVIEWED:
            say(_described(item))
    if found.documents > _PREVIEWED:
        say(f"... and {found.documents - _PREVIEWED} more.")
    return found


def _described(document: Document) -> str:
    from tui.headless.plain import comments_heading, head

    count = len(document.paragraphs)
    size = f"{count} paragraph{'' if count == 1 else 's'}, {comments_heading(document)}"
    return f"Found: {document.title or '(no title)'} · {' · '.join(head(document))} · {size}"


def _keep(found: _Found, add: Callable[[], Added]) -> int:
    if not found.documents:
        return UNREADABLE if found.problems else NOTHING_FOUND
    added = add()
    say("Kept." if added.new else "It was there already.")
    emit(str(added.path))
    return UNREADABLE if found.problems else DONE
