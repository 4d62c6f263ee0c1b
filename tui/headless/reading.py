"""What the subcommands read: paths or standard input in, documents out, a sentence for each problem."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from tui.headless.output import say

if TYPE_CHECKING:
    from corpus.judged import Judged
    from corpus.model import Document, Problem
    from corpus.paths import Folders

STANDARD_INPUT = "-"


class Reading:
    """Documents of the paths named, one after the other; counts what was read and what could not be."""

    def __init__(self, names: Iterable[str], folders: Folders) -> None:
        """Read the files and folders named; `-` is standard input. What the user said of them holds, as in the reader."""
        self._names, self._folders = names, folders
        self.documents = 0
        self.problems = 0

    def __iter__(self) -> Iterator[Document]:
        from corpus.judged import Judged
        from corpus.model import Document
        from corpus.storage import Storage

        judged = Judged(self._folders, Storage(), unread=False)
        for name in self._names:
            for found in _read(name, judged):
                if isinstance(found, Document):
                    self.documents += 1
                    yield found
                else:
                    self.problems += 1
                    say(sentence(found))


def _read(name: str, judged: Judged) -> Iterator[Document | Problem]:
    from corpus.model import Capture, Problem
    from corpus.read import find_captures, read, read_bytes

    if name == STANDARD_INPUT:
        items = read_bytes(standard_input(), Capture(path=STANDARD_INPUT))
        yield from judged.finished(Path(STANDARD_INPUT), items)
        return
    for found in find_captures([Path(name)]):
        if isinstance(found, Problem):
            yield found
        else:
            yield from judged.finished(found, read(found))


def standard_input() -> bytes:
    """Return all of standard input; somebody at a terminal is told how to end it."""
    if sys.stdin is None:
        return b""
    if sys.stdin.isatty():
        say("Paste the text, then press Ctrl-D at the start of a line.")
    return sys.stdin.buffer.read()


def sentence(problem: Problem) -> str:
    """Return a problem as a sentence that names its file."""
    member = f" ({problem.member})" if problem.member else ""
    return f"{problem.path}{member}: {problem.message}"
