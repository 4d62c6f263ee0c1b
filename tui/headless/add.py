"""Keep copies of captures, pages of the web, or pasted text, in your library. What was found in each is told first."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from tui.headless.output import DONE, NOTHING_FOUND, UNREADABLE, WRONG_USAGE, emit, say

if TYPE_CHECKING:
    import argparse

    from corpus.adding import Added
    from corpus.ledger import Facts
    from corpus.model import Document, Problem
    from corpus.paths import Folders

_PREVIEWED = 10
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_SUFFIXES = {"html": ".html", "json": ".json", "jsonl": ".jsonl"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what `add` takes."""
    parser.add_argument(
        "paths", nargs="*", metavar="PATH|URL", help="files, folders, http(s) addresses; - is standard input"
    )
    parser.add_argument("--clipboard", action="store_true", help="keep the text that is in the clipboard")
    parser.add_argument(
        "--allow-local", action="store_true", help="fetch from this machine and private networks as well"
    )
    parser.add_argument("--remove", metavar="NAME", help="move a capture of your captures folder to the trash")
    parser.add_argument("--restore", metavar="NAME", help="put a capture back from the trash")
    parser.add_argument("--list-trash", action="store_true", help="list what is in the trash")


def run(options: argparse.Namespace, folders: Folders) -> int:
    """Add everything named; print the path of each copy; return the exit code."""
    if options.remove or options.restore or options.list_trash:
        return _trash(options, folders)
    if not options.paths and not options.clipboard:
        say("Name a file, a folder or an address to add, - for standard input, or --clipboard.")
        return WRONG_USAGE
    codes = {_add(name, folders, options.allow_local) for name in options.paths}
    if options.clipboard:
        codes.add(_add_clipboard(folders))
    return max(codes)


def _trash(options: argparse.Namespace, folders: Folders) -> int:
    from corpus.storage import Storage
    from corpus.trash import Trash, TrashError

    if options.paths or options.clipboard:
        say("Add captures, or move them to or from the trash: not both at once.")
        return WRONG_USAGE
    trash = Trash(folders, Storage())
    try:
        if options.remove:
            # a name within the captures folder, or a path to it
            named = folders.captures / options.remove
            trashed = trash.remove(named if named.exists() else Path(options.remove))
            say(f"Moved to the trash. add --restore {trashed.name} puts it back.")
            emit(str(folders.trash / trashed.name))
        if options.restore:
            emit(str(trash.restore(options.restore)))
            say("Put back.")
    except TrashError as error:
        say(str(error))
        return UNREADABLE
    if options.list_trash:
        listed = trash.listed()
        for item in listed:
            emit(item.name)
        if not listed:
            say("There is nothing in the trash.")
            return NOTHING_FOUND
    return DONE


def _add(name: str, folders: Folders, allow_local: bool) -> int:
    from tui.headless.reading import STANDARD_INPUT, standard_input

    if name == STANDARD_INPUT:
        return _add_text(standard_input(), "standard input", folders)
    if _ADDRESS.match(name) and not Path(name).exists():
        return _add_url(name, folders, allow_local)
    return _add_path(Path(name), folders)


def _add_url(url: str, folders: Folders, allow_local: bool) -> int:
    from corpus.adding import add_fetched
    from corpus.fetching import FetchError, fetch
    from corpus.model import Capture
    from corpus.read import read_bytes

    try:
        page = fetch(url, allow_local=allow_local)
    except FetchError as error:
        say(str(error))
        return UNREADABLE
    name = f"{page.url.rstrip('/').rpartition('/')[2].partition('?')[0].partition('#')[0] or 'page'}"
    found = _preview(read_bytes(page.data, Capture(path=f"{name.removesuffix(page.suffix)}{page.suffix}")))
    if page.url != page.asked:
        say(f"It was sent on to {page.url}.")
    return _keep(found, lambda: add_fetched(page, folders, found.title, facts=found.facts))


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
    return _keep(found, lambda: add_text(text, folders, found.title, source, suffix, facts=found.facts))


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
            found = _preview(read(capture))
            codes.add(_keep(found, partial(add_file, capture, folders, facts=found.facts)))
    return max(codes)


@dataclass
class _Found:
    """What a capture holds; title, format and facts are those of its first document."""

    title: str = ""
    format: str = ""
    facts: Facts | None = None
    documents: int = 0
    problems: int = 0


def _preview(items: Iterator[Document | Problem]) -> _Found:
    """Tell what a capture holds, document by document at first."""
    from corpus.adding import facts_in
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
            found.facts = facts_in(item)
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
    say("Kept." if added.new else "The same bytes were there already; nothing was added.")
    emit(str(added.path))
    return UNREADABLE if found.problems else DONE
