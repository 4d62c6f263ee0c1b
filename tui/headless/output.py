"""Standard output for data, standard error for sentences to the user."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.text import Text

DONE, NOTHING_FOUND, WRONG_USAGE, UNREADABLE, INTERRUPTED = 0, 1, 2, 3, 130

_WIDE_ENOUGH = 10_000


class OutputError(Exception):
    """Standard output cannot be written; the message says why."""


def prepare_streams() -> None:
    """Make both streams able to print any text: UTF-8 where nobody asked for another encoding, else escapes."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is None:
            continue
        chosen = stream.isatty() or "PYTHONIOENCODING" in os.environ
        reconfigure(encoding=None if chosen else "utf-8", errors="backslashreplace")


def guard(run: Callable[[], int]) -> int:
    """Run a command and return its exit code; a reader that went away, Ctrl-C and a full disk end it quietly."""
    try:
        code = run()
        if sys.stdout is not None:
            sys.stdout.flush()
    except BrokenPipeError:
        _give_up_stdout()
        return DONE
    except KeyboardInterrupt:
        return INTERRUPTED
    except OutputError as error:
        say(f"The output could not be written: {error}.")
        _give_up_stdout()
        return UNREADABLE
    except OSError as error:
        say(f"{_place(error)}{error.strerror or error}.")
        _give_up_stdout()
        return UNREADABLE
    return code


def _place(error: OSError) -> str:
    return f"{error.filename}: " if error.filename is not None else ""


def _give_up_stdout() -> None:
    # what is still in the buffer would raise again when the interpreter closes the stream
    if sys.stdout is None:
        return
    try:
        sys.stdout.flush()
    except OSError:
        try:
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, sys.stdout.fileno())
            os.close(nowhere)
        except (OSError, ValueError):
            sys.stdout = None


def emit(text: str) -> None:
    """Print one piece of data. Raises BrokenPipeError when nobody reads on, OutputError when it cannot be written."""
    if sys.stdout is None:
        raise OutputError("standard output is closed")
    try:
        sys.stdout.write(text + "\n")
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputError(error.strerror or str(error)) from None


def emit_json(text: str) -> None:
    """Print JSON text; what could act on a terminal is written as an escape, which means the same."""
    import re

    unsafe = "[\\x7f-\\x9f\\u061c\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069\\ufeff\\ud800-\\udfff]"
    emit(re.sub(unsafe, lambda found: f"\\u{ord(found[0]):04x}", text))


def emphasised(text: str, marks: Iterable[tuple[int, int]]) -> str:
    """Return `text` with the stretches `marks` in bold where standard output is a terminal."""
    if sys.stdout is None or not sys.stdout.isatty() or os.environ.get("TERM", "dumb") == "dumb":
        return text
    for start, end in sorted(marks, reverse=True):
        text = f"{text[:start]}\x1b[1m{text[start:end]}\x1b[22m{text[end:]}"
    return text


def say(sentence: str) -> None:
    """Tell the user one sentence, cleaned; never raises."""
    from corpus.text import canonical_line

    if sys.stderr is None:
        return
    with contextlib.suppress(OSError, ValueError):
        print(canonical_line(sentence), file=sys.stderr, flush=True)


def print_table(headings: Sequence[str], rows: Iterable[Sequence[object]], right: Iterable[int] = ()) -> None:
    """Print a table; `right` names the columns set to the right. A terminal gets its width, a pipe whole cells."""
    from rich import box
    from rich.console import Console
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    rights = set(right)
    for at, heading in enumerate(headings):
        table.add_column(heading, justify="right" if at in rights else "left", overflow="fold")
    for row in rows:
        table.add_row(*(_cell(value) for value in row))
    terminal = sys.stdout is not None and sys.stdout.isatty()
    console = Console(width=None if terminal else _WIDE_ENOUGH, highlight=False, markup=False, emoji=False)
    with console.capture() as printed:
        console.print(table)
    emit("\n".join(line.rstrip() for line in printed.get().rstrip("\n").split("\n")))


def _cell(value: object) -> Text:
    from rich.text import Text

    from corpus.text import canonical_line

    return Text("" if value is None else canonical_line(str(value)))


def print_csv(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print comma-separated values that no spreadsheet takes for a formula."""
    import csv
    import io

    from corpus.sheet import inert_cell

    for row in ([*headings], *rows):
        line = io.StringIO()
        csv.writer(line, lineterminator="").writerow(
            [inert_cell(value) if isinstance(value, str) else value for value in row]
        )
        emit(line.getvalue())
