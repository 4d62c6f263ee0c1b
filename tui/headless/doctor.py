"""Say what works here and what does not: terminal, colours, clipboard, folders, settings, notes, index."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple

from tui import __version__
from tui.headless.output import DONE, UNREADABLE, print_table

if TYPE_CHECKING:
    import argparse
    from pathlib import Path

    from corpus.paths import Folders

OK, NOTE, BAD = "ok", "note", "BAD"
SMALLEST = (20, 5)
PARTS = ("textual", "rapidfuzz", "selectolax", "platformdirs", "pyperclip", "defusedxml")


class Finding(NamedTuple):
    """One thing that was looked at: `mark` is OK, NOTE (works, but know this) or BAD."""

    mark: str
    what: str
    words: str


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """`doctor` takes nothing of its own."""


def run(options: argparse.Namespace, folders: Folders) -> int:
    """Print what was found; return 3 if something is broken."""
    from tui.headless.opening import own_files
    from tui.options import choose_roots

    folders = own_files(choose_roots((), False, folders)[0], folders)
    findings = list(examine(os.environ, folders, folders.notes))
    print_table(("", "What", "How it is here"), findings)
    return UNREADABLE if any(finding.mark == BAD for finding in findings) else DONE


def examine(environ: Mapping[str, str], folders: Folders, notes: Path) -> Iterator[Finding]:
    """Look at everything; nothing is created, and nothing is copied to the clipboard."""
    yield from _program()
    yield _terminal(environ)
    yield _colours(environ)
    yield _characters()
    yield from _width()
    yield _clipboard(environ)
    for kind in ("data", "config", "state", "cache"):
        yield _folder(f"{kind} folder", getattr(folders, kind))
    yield from _settings(folders.settings)
    yield _library(folders)
    yield _notes(notes, folders)
    yield _index(folders)


def _program() -> Iterator[Finding]:
    import platform
    from importlib.metadata import PackageNotFoundError, version

    system = f"Python {platform.python_version()}, {platform.system()} {platform.release()}"
    yield Finding(OK, "program", f"korea-reader {__version__}, {system}")
    found, missing = [], []
    for part in PARTS:
        try:
            found.append(f"{part} {version(part)}")
        except PackageNotFoundError:
            missing.append(part)
    yield Finding(BAD if missing else OK, "parts", ", ".join(found + [f"{part} is missing" for part in missing]))
    yield _full_text_search()


def _full_text_search() -> Finding:
    import sqlite3

    connection = sqlite3.connect(":memory:")
    try:
        connection.execute("CREATE VIRTUAL TABLE words USING fts5(word)")
    except sqlite3.Error:
        return Finding(BAD, "search", f"SQLite {sqlite3.sqlite_version} here has no full-text search (FTS5)")
    finally:
        connection.close()
    return Finding(OK, "search", f"SQLite {sqlite3.sqlite_version} with full-text search")


def _terminal(environ: Mapping[str, str]) -> Finding:
    name = environ.get("TERM") or "TERM is not set"
    inside = [word for variable, word in (("TMUX", "in tmux"), ("STY", "in screen")) if environ.get(variable)]
    if environ.get("SSH_TTY") or environ.get("SSH_CONNECTION"):
        inside.append("over ssh")
    words = ", ".join([name, *inside])
    if not _at_terminal():
        return Finding(NOTE, "terminal", f"{words}; not run in a terminal, so its size is not known")
    size = shutil.get_terminal_size()
    words = f"{words}, {size.columns} columns by {size.lines} lines"
    if size.columns < SMALLEST[0] or size.lines < SMALLEST[1]:
        return Finding(NOTE, "terminal", f"{words}; the reader needs {SMALLEST[0]} by {SMALLEST[1]}")
    return Finding(OK, "terminal", words)


def _colours(environ: Mapping[str, str]) -> Finding:
    name = environ.get("TERM", "")
    if environ.get("NO_COLOR"):
        return Finding(OK, "colours", "none, since NO_COLOR is set; letters and lines carry the meaning")
    if environ.get("COLORTERM", "").lower() in ("truecolor", "24bit"):
        return Finding(OK, "colours", "16 million")
    if name in ("", "dumb"):
        return Finding(NOTE, "colours", "none known for this terminal; letters and lines carry the meaning")
    if "256" in name:
        return Finding(OK, "colours", "256; if the terminal can show more, set COLORTERM=truecolor")
    return Finding(NOTE, "colours", "16; if the terminal can show more, set COLORTERM=truecolor")


def _characters() -> Finding:
    import locale

    encoding = locale.getpreferredencoding(False)
    if encoding.lower().replace("-", "") == "utf8":
        return Finding(OK, "characters", "UTF-8")
    return Finding(NOTE, "characters", f"{encoding}: Hangul may not show; set LANG to a UTF-8 locale, such as C.UTF-8")


def _width() -> Iterator[Finding]:
    from tui.headless.probe import AMBIGUOUS, ambiguous_cells

    if not _at_terminal():
        return
    cells = ambiguous_cells(sys.stdin.fileno(), sys.stdout.fileno())
    if cells is None:
        yield Finding(NOTE, "width", "the terminal does not tell; if frames look torn, try ambiguous_wide = true")
    elif cells == 1:
        yield Finding(OK, "width", f"{AMBIGUOUS} takes one cell")
    else:
        yield Finding(NOTE, "width", f"{AMBIGUOUS} takes {cells} cells: put ambiguous_wide = true into the settings")


def _at_terminal() -> bool:
    return bool(sys.stdin and sys.stdin.isatty() and sys.stdout and sys.stdout.isatty())


def _clipboard(environ: Mapping[str, str]) -> Finding:
    from tui.clipboard import desktop_tool, over_ssh

    if environ.get("TMUX"):
        if not shutil.which("tmux", path=environ.get("PATH")):
            return Finding(NOTE, "clipboard", "in tmux, but its program is not found; the terminal is asked (OSC 52)")
        return Finding(OK, "clipboard", "tmux's own buffer, and on to the terminal if its set-clipboard option is on")
    unknown = "the terminal is asked (OSC 52); whether it agrees cannot be known: copy something and try"
    if over_ssh(environ):
        return Finding(NOTE, "clipboard", f"over ssh {unknown}")
    tool = desktop_tool(environ)
    if tool:
        return Finding(OK, "clipboard", f"{tool.name}; if it fails, the terminal is asked (OSC 52)")
    return Finding(NOTE, "clipboard", f"no program for it (wl-copy, xclip, xsel) or no desktop; {unknown}")


def _folder(what: str, place: Path) -> Finding:
    if place.exists() and not place.is_dir():
        return Finding(BAD, what, f"{place}: this is a file, not a folder")
    if place.is_dir():
        if not os.access(place, os.W_OK | os.X_OK):
            return Finding(BAD, what, f"{place}: it cannot be written to")
        others = (
            "; others on this machine may look into it" if os.name == "posix" and place.stat().st_mode & 0o077 else ""
        )
        return Finding(NOTE if others else OK, what, f"{place}{others}")
    above = next(parent for parent in place.parents if parent.exists())
    if not above.is_dir() or not os.access(above, os.W_OK | os.X_OK):
        return Finding(BAD, what, f"{place}: it is not there and cannot be made")
    return Finding(OK, what, f"{place} (made when it is first needed)")


def _settings(path: Path) -> Iterator[Finding]:
    from corpus.config import load

    if not path.exists():
        yield Finding(OK, "settings", f"{path} is not there; the usual settings are used")
        return
    _, problems = load(path)
    for problem in problems:
        yield Finding(BAD, "settings", problem)
    if not problems:
        yield Finding(OK, "settings", str(path))


def _library(folders: Folders) -> Finding:
    try:
        count = sum(1 for _ in os.scandir(folders.captures))
    except FileNotFoundError:
        count = 0
    except OSError as error:
        return Finding(BAD, "library", f"{folders.captures}: {error.strerror}")
    if not count:
        return Finding(OK, "library", "empty; without a path the sample is read")
    return Finding(OK, "library", f"{count} capture{'' if count == 1 else 's'} in {folders.captures}")


def _notes(path: Path, folders: Folders) -> Finding:
    from tui.headless.notes import read_notes

    if not path.exists():
        return Finding(OK, "notes", f"none yet ({path})")
    file, trouble = read_notes(path)
    if file is None:
        return Finding(BAD, "notes", trouble)
    return Finding(OK, "notes", f"{len(file.annotations)} in {path}")


def _index(folders: Folders) -> Finding:
    from corpus.library import Library
    from tui.options import choose_roots

    roots, _ = choose_roots((), False, folders)
    path = folders.index(roots)
    if not path.exists():
        return Finding(OK, "index", "none yet; it is made when the library is first read")
    library = Library.open(roots, path)
    try:
        count = library.count()
        if library.message:
            return Finding(NOTE, "index", f"{path}: {library.message}")
        return Finding(OK, "index", f"{count} row{'' if count == 1 else 's'} in {path}")
    finally:
        library.close()
