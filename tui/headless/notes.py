"""Your notes: list them, export them, import those of another file, or check that all is well with them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from tui.headless.output import DONE, NOTHING_FOUND, UNREADABLE, WRONG_USAGE, emit, emit_json, print_table, say

if TYPE_CHECKING:
    import argparse

    from corpus.notes.annotation import Annotation
    from corpus.notes.file import NotesFile
    from corpus.notes.store import NoteStore
    from corpus.paths import Folders

FORMATS = ("markdown", "jsonld", "csv", "hypothesis", "csl-json", "bibtex", "ris")
_JSON = ("jsonld", "hypothesis", "csl-json")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what `notes` takes."""
    parser.add_argument("action", choices=list(_ACTIONS), help="what to do")
    parser.add_argument(
        "paths", nargs="*", metavar="PATH", help="import: notes files; check: captures to look for quotes in"
    )
    parser.add_argument("--format", choices=FORMATS, default="markdown", help="of an export (markdown)")
    parser.add_argument("--tag", metavar="NAME", help="only notes with this tag (list, export)")


def run(options: argparse.Namespace, folders: Folders) -> int:
    """Do what was asked and return the exit code."""
    from tui.headless.opening import own_files
    from tui.options import choose_roots

    captures = map(Path, options.paths if options.action == "check" else ())
    folders = own_files(choose_roots(captures, False, folders)[0], folders)
    return _ACTIONS[options.action](options, folders, folders.notes)


def read_notes(path: Path) -> tuple[NotesFile | None, str]:
    """Read a notes file, changing nothing; return it, or None and the sentence that says why it cannot be read."""
    from corpus.notes.file import NewerVersionError, NotUnderstoodError, parse

    try:
        return parse(path.read_bytes()), ""
    except OSError as error:
        return None, f"{path}: {error.strerror or error}."
    except NotUnderstoodError as error:
        return None, f"{path}: the notes cannot be understood: {error}."
    except NewerVersionError as error:
        return None, f"{path}: a newer korea-reader wrote these notes (version {error.version})."


def _chosen(options: argparse.Namespace, path: Path) -> tuple[list[Annotation], int]:
    """Return the notes that the options ask for, and an exit code; where it is not 0, the user has been told."""
    if not path.exists():
        say(f"There are no notes yet ({path}).")
        return [], NOTHING_FOUND
    file, trouble = read_notes(path)
    if file is None:
        say(trouble)
        return [], UNREADABLE
    found = [
        note
        for note in file.annotations.values()
        if options.tag is None or any(tag.name == options.tag for tag in note.tags)
    ]
    if not found:
        say("There are no such notes." if options.tag else f"There are no notes yet ({path}).")
        return [], NOTHING_FOUND
    return found, DONE


def _list(options: argparse.Namespace, folders: Folders, path: Path) -> int:
    notes, code = _chosen(options, path)
    if notes:
        headings = ("Changed", "Kind", "Tags", "Quote", "Note")
        print_table(
            headings,
            (
                (note.modified[:10], note.motivation, ", ".join(tag.name for tag in note.tags), note.quote, note.text)
                for note in notes
            ),
        )
    return code


def _export(options: argparse.Namespace, folders: Folders, path: Path) -> int:
    notes, code = _chosen(options, path)
    if notes:
        from corpus.notes.export import export

        print_one = emit_json if options.format in _JSON else emit
        print_one(export(notes, options.format).rstrip("\n"))
    return code


def _import(options: argparse.Namespace, folders: Folders, path: Path) -> int:
    from corpus.notes.changes import Put, same_content
    from corpus.notes.errors import NotSavedError

    if not options.paths:
        say("Name the notes files to import.")
        return WRONG_USAGE
    store, code = _store(folders, path), DONE
    for message in store.load():
        say(message)
    for name in options.paths:
        file, trouble = read_notes(Path(name))
        if file is None:
            say(trouble)
            code = UNREADABLE
            continue
        known = {note.id: note for note in store.annotations}
        new = [
            note for note in file.annotations.values() if note.id not in known or not same_content(note, known[note.id])
        ]
        try:
            messages = store.apply([Put(note) for note in new]).messages if new else ()
        except NotSavedError as error:
            say(str(error))
            return UNREADABLE
        for message in messages:
            say(message)
        say(f"{name}: {len(new)} imported, {len(file.annotations) - len(new)} were there already.")
        if file.odd:
            say(f"{name}: {file.odd} entries are not notes that korea-reader understands; they were left out.")
            code = UNREADABLE
    return code


def _store(folders: Folders, path: Path) -> NoteStore:
    from corpus.notes.store import NoteStore
    from corpus.storage import Storage

    return NoteStore(path, Storage(), folders.texts, folders.backups, drafts_folder=folders.drafts)


def _check(options: argparse.Namespace, folders: Folders, path: Path) -> int:
    from corpus.notes.check import check
    from corpus.text import canonical_line

    if not path.exists():
        say(f"There are no notes yet ({path}).")
        return NOTHING_FOUND
    file, trouble = read_notes(path)
    if file is None:
        say(trouble)
        return UNREADABLE
    emit(f"{len(file.annotations)} notes in {path}")
    code = DONE
    if file.odd:
        emit(f"{file.odd} entries that are not understood; they are kept as they are")
        code = UNREADABLE
    for note in file.annotations.values():
        for fault in check(note.record):
            emit(f"{canonical_line(note.id)}: {canonical_line(fault)}")
            code = UNREADABLE
    missing = _missing_texts(file, folders)
    if missing:
        emit(f"{missing} of the texts that notes point at were not kept")
    return max(code, _check_quotes(file, options.paths, folders)) if options.paths else code


def _missing_texts(file: NotesFile, folders: Folders) -> int:
    from corpus.notes.texts import Texts
    from corpus.storage import Storage

    texts = Texts(folders.texts, Storage())
    hashes = {target.sha256 for note in file.annotations.values() for target in note.targets if target.sha256}
    return sum(texts.get(sha256) is None for sha256 in hashes)


def _check_quotes(file: NotesFile, names: list[str], folders: Folders) -> int:
    """Look for every quote in today's captures, and tell how many of them stand where."""
    from collections import Counter

    from corpus.notes.anchor import place_in
    from tui.headless.reading import Reading

    states: Counter[str] = Counter()
    seen: set[str] = set()
    reading = Reading(names, folders)
    for document in reading:
        for note in file.annotations.values():
            if document.id in note.documents:
                seen.add(note.id)
                states.update(anchor.state for _, anchor, _ in place_in(note, document))
    for state, count in states.most_common():
        emit(f"{count} quotes: {state}")
    emit(f"{len(file.annotations) - len(seen)} notes are about documents that are not among these captures")
    return UNREADABLE if reading.problems else DONE


_ACTIONS: dict[str, Callable[[argparse.Namespace, Folders, Path], int]] = {
    "list": _list,
    "export": _export,
    "import": _import,
    "check": _check,
}
