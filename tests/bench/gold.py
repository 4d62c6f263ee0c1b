"""What was marked by hand, and how an answer is scored against it."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from corpus.model import Comment, Document, TextKey, make_document
from corpus.read import read

DATA = Path(__file__).parents[1] / "data"
SHARED = Path(__file__).parents[3] / "shared"
"""Material that may lie beside the project; what is measured on it is left out where it does not."""

PLACES = frozenset({"GPE", "LOC", "FAC"})
NOT_NAMES = frozenset({"DATE", "DURATION", "TIME", "STAMP", "TITLE"})

Key = tuple[str, int, int]
"""Part ("title", "body", "comment:7"), start and end."""


class Name(NamedTuple):
    """What a mark says; the id begins with "?" where it is of nobody's list."""

    type: str
    id: str
    optional: bool


class Marked(NamedTuple):
    """A document, the names in it, and its dates with their values and the days that they count from."""

    name: str
    document: Document
    names: dict[Key, Name]
    dates: dict[Key, tuple[str, date | None]]
    optional_dates: frozenset[Key] = frozenset()


class Score(NamedTuple):
    """Right answers, answers given and answers wanted."""

    right: int
    given: int
    wanted: int

    @property
    def precision(self) -> float:
        """Share of the answers that are right."""
        return self.right / self.given if self.given else 0.0

    @property
    def recall(self) -> float:
        """Share of what was wanted that was found."""
        return self.right / self.wanted if self.wanted else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of both."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def plus(self, other: Score) -> Score:
        """Return both as one."""
        return Score(self.right + other.right, self.given + other.given, self.wanted + other.wanted)


def part_of(key: TextKey, document: Document) -> str:
    """Return the name that the marks give to a text of a document."""
    part, comment = key
    return part if comment is None else f"comment:{document.comment(comment).seq + 1}"


def own_text() -> Marked:
    """Return the marked text that the project carries: title, article, then comments, each under its handle."""
    head, _, rest = (DATA / "own_text.mk").read_text(encoding="utf-8").partition("\n")
    marked = [_unmark(block) for block in rest.strip().split("\n\n") if "{" in block]
    first = next(at for at, (text, _) in enumerate(marked) if text.startswith("art of the deal"))
    comments = [Comment(f"c{at}", at, text, posted=head[1:]) for at, (text, _) in enumerate(marked[first:])]
    article = [(text, "paragraph") for text, _ in marked[1:first]]
    document = make_document(marked[0][0], article, comments, published=head[1:])
    names: dict[Key, Name] = {}
    for at, (_, found) in enumerate(marked):
        part = "title" if at == 0 else "body" if at < first else f"comment:{at - first + 1}"
        base = document.paragraphs[at - 1].start if 0 < at < first else 0
        names |= {(part, start + base, end + base): name for start, end, name in found}
    return Marked("own text", document, names, {})


def _unmark(block: str) -> tuple[str, list[tuple[int, int, Name]]]:
    plain, end, found = "", 0, []
    for match in re.finditer(r"\{([^{}|]*)\|([A-Z]+)\|([^{}|]*)(\|\?)?\}", block):
        plain += block[end : match.start()]
        if match[2] not in NOT_NAMES:
            found.append((len(plain), len(plain) + len(match[1]), Name(match[2], match[3], bool(match[4]))))
        plain, end = plain + match[1], match.end()
    return plain + block[end:], found


def shared_captures() -> list[Marked]:
    """Return the marked captures that lie beside the project; none where they do not."""
    found = []
    for path in sorted((SHARED / "captures" / "text").glob("*.txt")):
        if (SHARED / "gold" / f"entities_{path.stem}.jsonl").exists():
            [document] = [made for made in read(path) if isinstance(made, Document)]
            found.append(_of_capture(path, document))
    return found


def _of_capture(path: Path, document: Document) -> Marked:
    places = _Places(path.read_text(encoding="utf-8"), document)
    names: dict[Key, Name] = {}
    dates: dict[Key, tuple[str, date | None]] = {}
    optional: set[Key] = set()
    for row in _rows(SHARED / "gold" / f"entities_{path.stem}.jsonl"):
        key = places.key(row["start"], row["end"])
        if key and row["type"] not in NOT_NAMES:
            names[key] = Name(row["type"], row["id"] or "", row["optional"])
    for row in _rows(SHARED / "gold" / f"dates_{path.stem}.jsonl"):
        key = places.key(row["start"], row["end"])
        if key and row["optional"]:
            optional.add(key)
        elif key and row["type"] == "DATE":
            dates[key] = row["value"], date.fromisoformat(row["anchor"][:10]) if row["anchor"] else None
    return Marked(path.stem, document, names, dates, frozenset(optional))


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


class _Places:
    """Where the lines of a file went: marks count code points of the whole file."""

    def __init__(self, file: str, document: Document) -> None:
        """Look for the lines of every text in the order of the file."""
        self._found: list[tuple[int, int, str, int]] = []
        at = 0
        texts = [("title", document.title), ("body", document.body)]
        texts += [(f"comment:{number}", made.text) for number, made in enumerate(document.comments, 1)]
        for part, text in texts:
            offset = 0
            for line in text.split("\n"):
                place = file.find(line, at) if line else -1
                if place >= 0:
                    self._found.append((place, place + len(line), part, offset))
                    at = place + len(line)
                offset += len(line) + 1

    def key(self, start: int, end: int) -> Key | None:
        """Return where a mark stands in the document; None for what is in no text of it."""
        for first, last, part, offset in self._found:
            if first <= start and end <= last:
                return part, start - first + offset, end - first + offset
        return None
