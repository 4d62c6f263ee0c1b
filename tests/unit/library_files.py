"""Captures and libraries for the tests of the library."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from corpus.library import Library
from corpus.model import Comment, Document, Problem, make_document
from corpus.record_reading import from_record
from corpus.record_writing import to_record


class Files:
    """Captures for tests: each file holds JSON lines of documents; a line "bad" is a problem."""

    def __init__(self) -> None:
        self.read_paths: list[Path] = []

    def find(self, roots: Sequence[Path]) -> Iterator[Path | Problem]:
        for root in roots:
            if root.is_dir():
                yield from sorted(path for path in root.iterdir() if path.is_file())
            elif root.exists():
                yield root
            else:
                yield Problem(str(root), "there is no such file")

    def read(self, path: Path) -> Iterator[Document | Problem]:
        self.read_paths.append(path)
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            if line == "bad":
                yield Problem(str(path), "the line is not understood", f"line {number}")
            elif line == "crash":
                raise RuntimeError("a bug in a reader")
            else:
                yield from_record(json.loads(line))


def article(number: int, comments: int = 2, **facts: Any) -> Document:
    facts = {"url": f"https://news.example/{number}", "published": f"2018-01-{number % 28 + 1:02d}", **facts}
    return make_document(
        facts.pop("title", f"Talks number {number}"),
        [(f"The delegation met at Panmunjom, meeting {number}.", "paragraph"), ("They will meet again.", "paragraph")],
        [
            Comment(f"c{at}", at, f"Comment {at} on {number}", author=f"reader{at}", posted="2018-01-09T10:00")
            for at in range(comments)
        ],
        **facts,
    )


def line(document: Document) -> str:
    return json.dumps(to_record(document), ensure_ascii=False)


def put(path: Path, *documents: Document | str, age: float = 100) -> Path:
    """Write a capture that was last changed `age` seconds ago."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(item if isinstance(item, str) else line(item) for item in documents), "utf-8")
    when = path.stat().st_mtime - age
    os.utime(path, (when, when))
    return path


Opener = Callable[..., Library]


def titles(library: Library, **options: Any) -> list[str]:
    return [entry.title for entry in library.entries(0, 1000, **options)]
