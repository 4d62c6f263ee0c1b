"""`korea-reader`: which command is meant, its options, and who runs it. Imports nothing heavy before that is known."""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NoReturn

from tui import __version__
from tui.headless.output import UNREADABLE, WRONG_USAGE, OutputError, guard, prepare_streams, say

if TYPE_CHECKING:
    from pathlib import Path

    from corpus.paths import Folders

SUBCOMMANDS = {
    "add": "keep copies of captures, web pages, or pasted text, in your library",
    "show": "parse captures and print them",
    "search": "print the passages that match, best first",
    "entities": "print who and what is named, counted",
    "notes": "list, export, import or check your notes",
    "index": "build or refresh the index, or check it",
    "doctor": "say what works here and what does not",
}
_WITH_VALUE = ("--data-dir", "--config-dir", "--state-dir", "--cache-dir", "--notes", "--theme")


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        say(f"{self.prog}: {message}")
        raise SystemExit(WRONG_USAGE)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code: 0 done, 1 nothing found, 2 wrong usage, 3 input unread."""
    words = list(sys.argv[1:] if argv is None else argv)
    prepare_streams()
    return guard(lambda: _run(words))


def _run(words: list[str]) -> int:
    at = _subcommand_at(words)
    try:
        if at is None:
            return _read(words)
        return _run_subcommand(words[at], words[:at] + words[at + 1 :])
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else 0


def _subcommand_at(words: list[str]) -> int | None:
    """Return the place of the first word that is no option, if it names a subcommand."""
    at = 0
    while at < len(words):
        word = words[at]
        if word in _WITH_VALUE:
            at += 2
        elif word.startswith("-") and word not in ("-", "--"):
            at += 1
        else:
            return at if word in SUBCOMMANDS else None
    return None


def _run_subcommand(name: str, words: list[str]) -> int:
    module = importlib.import_module(f"tui.headless.{name}")
    parser = _Parser(
        prog=f"korea-reader {name}",
        description=module.__doc__,
        allow_abbrev=False,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    module.add_arguments(parser)
    _add_places(parser)
    if hasattr(module, "prepared"):
        words = module.prepared(words)
    options = parser.parse_intermixed_args(words)
    folders = folders_of(options)
    return _logged(lambda: module.run(options, folders), folders)


def _add_places(parser: argparse.ArgumentParser) -> None:
    places = parser.add_argument_group("where things are kept")
    for kind in ("data", "config", "state", "cache"):
        places.add_argument(
            f"--{kind}-dir", metavar="DIR", help=f"the {kind} folder (or KOREA_READER_{kind.upper()}_DIR)"
        )
    places.add_argument("--notes", dest="notes_file", metavar="FILE", help="the notes file")


def _reader_parser() -> argparse.ArgumentParser:
    listed = "\n".join(f"  {name:<10} {what}" for name, what in SUBCOMMANDS.items())
    parser = _Parser(
        prog="korea-reader",
        usage="%(prog)s [options] [PATH ...]\n       %(prog)s COMMAND [options] ...",
        description="Read captured news articles and the comment threads under them.",
        epilog=f"commands (`korea-reader COMMAND --help` tells more):\n{listed}\n\n"
        "A file or folder that is named like a command is written ./NAME.\n"
        "Exit codes: 0 done, 1 nothing found, 2 wrong usage, 3 some or all input could not be read.",
        allow_abbrev=False,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "paths", nargs="*", metavar="PATH", help="files and folders; none: your library, else the sample"
    )
    parser.add_argument("--sample", action="store_true", help="read the sample that comes with the program")
    parser.add_argument("--ascii", action="store_true", help="draw in ASCII only")
    parser.add_argument("--theme", metavar="NAME", help="the colour theme")
    parser.add_argument("--version", action="version", version=f"korea-reader {__version__}")
    _add_places(parser)
    return parser


def folders_of(options: argparse.Namespace) -> Folders:
    """Return the folders and the notes file that the options, the environment or the system name."""
    from dataclasses import replace
    from pathlib import Path

    from corpus.paths import folders

    data, config, state, cache = (
        Path(place) if place else None
        for place in (options.data_dir, options.config_dir, options.state_dir, options.cache_dir)
    )
    notes = Path(options.notes_file) if options.notes_file else None
    return replace(folders(data, config, state, cache), own_notes=notes)


def _read(words: list[str]) -> int:
    options = _reader_parser().parse_intermixed_args(words)
    folders = folders_of(options)
    if "-" in options.paths:
        say("Standard input can be read with `korea-reader show -` or kept with `korea-reader add -`.")
        return WRONG_USAGE
    found, missing = _existing(options.paths)
    for sentence in missing:
        say(sentence)
    if missing and not found:
        return UNREADABLE
    if not (sys.__stdin__ and sys.__stdin__.isatty() and sys.__stderr__ and sys.__stderr__.isatty()):
        say("The reader needs a terminal; `korea-reader show` prints without one.")
        return WRONG_USAGE
    return _logged(lambda: _open_reader(found, missing, options, folders), folders)


def _existing(names: Sequence[str]) -> tuple[list[Path], list[str]]:
    """Part the paths named on the command line into those that are there and a sentence for each that is not."""
    from pathlib import Path

    found, missing = [], []
    for name in names:
        path = Path(name)
        try:
            path.stat()
        except (OSError, ValueError):
            missing.append(f"{name}: there is no such file or folder{_meant(name)}")
        else:
            found.append(path)
    return found, missing


def _meant(name: str) -> str:
    import difflib

    close = difflib.get_close_matches(name, SUBCOMMANDS, n=1)
    return f"; did you mean the command `korea-reader {close[0]}`?" if close else "."


def _open_reader(paths: list[Path], missing: list[str], options: argparse.Namespace, folders: Folders) -> int:
    from corpus import folder_settings
    from corpus.config import load
    from tui.options import ReaderOptions, choose_roots

    settings, problems = load(folders.settings)
    if settings.ner:
        from corpus.entities.ner import find_adapter

        problems += filter(None, [find_adapter(settings.ner)[1]])
    roots, sample = choose_roots(paths, options.sample, folders)
    own, more = folder_settings.load(roots)
    folders = own.applied(folders)
    chosen = ReaderOptions(
        paths=roots,
        sample=sample,
        folders=folders,
        settings=settings,
        settings_problems=(*problems, *more),
        ascii=options.ascii or settings.ascii,
        theme=options.theme or settings.theme,
        zone=own.zone,
        problems=tuple(missing),
    )
    from tui.session import Session
    from tui.splash import splash

    session = Session(chosen)
    with splash(session):
        from tui.app import run

        return run(chosen, session)


def _logged(run: Callable[[], int], folders: Folders) -> int:
    """Run, and put an error that nobody foresaw into the log: the user gets one sentence, not a traceback."""
    try:
        return run()
    except (OSError, OutputError):
        raise
    except Exception as error:
        import traceback

        from corpus.storage import Storage

        storage = Storage()
        try:
            storage.append(folders.log, traceback.format_exc().encode("utf-8", "backslashreplace"))
            where = f"; the details are in {folders.log}"
        except OSError:
            where = ""
        say(f"korea-reader came upon an error of its own ({type(error).__name__}: {error}){where}.")
        return UNREADABLE
