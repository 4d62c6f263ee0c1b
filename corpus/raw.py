"""A capture as it is: its file, or its member of an archive, decoded and canonical, and the place of a passage in it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from corpus.decoding import Decoded, decode, is_binary
from corpus.model import Capture, Document, Problem, Span
from corpus.read.inner import Inner
from corpus.text import canonical

MOST_BYTES = 50_000_000
"""What is read of a file; of one that is larger the beginning."""
WINDOW = 400_000
"""Characters shown at once, around the place."""
_TOKEN = re.compile(r"\w+")
_GAP = r"(?:[^\w<&\\]|<[^<>]{0,600}>|&#?\w{1,10};|\\u[0-9a-fA-F]{4}|\\[nrtbf\"\\/]|[<&\\]){0,80}"
"""What may stand between two words of a passage: markup, entities, escapes."""
_LENGTHS = (24, 12, 6, 3, 1)
_SILENT = ("head", "script", "style", "noscript")


class RawError(Exception):
    """A capture cannot be shown; the message is a sentence for the user."""


class Raw(NamedTuple):
    """A window of a decoded capture.

    `text` is canonical and begins with line `line` of the file; `before` and `after` count the characters left out around it; `place` bounds the passage
    in `text`, None where it was not found; `encoding` and `note` tell how the bytes were decoded; `name` is the
    file, or its member.
    """

    text: str
    line: int
    before: int
    after: int
    place: tuple[int, int] | None
    encoding: str
    note: str
    name: str


def raw(path: Path, member: str | None = None, document: Document | None = None, span: Span | None = None) -> Raw:
    """Return the capture at `path` around a passage.

    Args:
        path: the file.
        member: its part, as `Capture.member` names it.
        document: the document that was read from it, with `span`, the passage; without them its beginning.
        span: see `document`.

    Raises RawError when the file, or its member, cannot be read.
    """
    found_text, whole, name = _decoded(path, member)
    text = canonical(found_text.text)
    found = place_of(text, document, span) if document and span else None
    start = max(0, (found[0] if found else 0) - WINDOW // 2)
    # a window begins and ends with a line where lines are not too long for that
    start = text.rfind("\n", max(0, start - 2000), start) + 1 or start if start else 0
    end = min(len(text), start + WINDOW)
    note = found_text.note if whole else f"only the first {MOST_BYTES // 1_000_000} MB are shown"
    return Raw(
        text[start:end],
        text.count("\n", 0, start) + 1,
        start,
        len(text) - end,
        (found[0] - start, min(found[1], end) - start) if found else None,
        found_text.encoding,
        note,
        name,
    )


def decoded(path: Path, member: str | None = None) -> Decoded:
    """Return the text of a capture as decoded, not yet canonical. Raises RawError."""
    return _decoded(path, member)[0]


def _decoded(path: Path, member: str | None) -> tuple[Decoded, bool, str]:
    """Return the decoded text, whether that is all of it, and the name of what it is."""
    data, whole = _bytes(path)
    inner = _member(data, path, member)
    if is_binary(inner.data if inner else data):
        raise RawError(f"{path.name} is not text and has to be opened with another program.")
    return decode(inner.data if inner else data), whole, member if inner and member else path.name


def _bytes(path: Path) -> tuple[bytes, bool]:
    """Return what is read of a file, and whether that is all of it."""
    from corpus.read.files import load

    loaded = load(path, MOST_BYTES)
    if not isinstance(loaded, Problem):
        return loaded[0], True
    try:
        if path.is_file():
            with path.open("rb") as file:
                return file.read(MOST_BYTES), False
    except OSError:
        pass
    raise RawError(f"{path.name}: {loaded.message}.")


def _member(data: bytes, path: Path, member: str | None) -> Inner | None:
    """Return a member of a container; None where the file is none, or the part is no file in it."""
    from corpus.read import Limits
    from corpus.read.containers import container_kind, read_container

    kind = container_kind(data, path.suffix.lower())
    if not kind or kind in ("mail", "epub", "pdf"):
        return None
    found: list[Inner] = []

    def take(inner: Inner, inside: Capture) -> Iterator[Document | Problem]:
        named = inside.member is not None and f"{member}: ".startswith(f"{inside.member}: ")
        if not found and (named or inside.member is None):
            # what holds one page only, gzip or a web archive, names no part
            found.append(inner)
        yield from ()

    for _ in read_container(kind, data, Capture(str(path)), Limits(), take):
        if found:
            break
    return found[0] if found else None


def place_of(text: str, document: Document, span: Span) -> tuple[int, int] | None:
    """Return where a passage stands in a decoded capture: the words of it, whatever markup is between them.

    Where the same words stand several times, it is as many occurrences on as passages before it have them.
    """
    passage = document.quote(span)
    masked = _without_scripts(text) if document.capture and document.capture.format == "html" else text
    words = [match[0] for match in _TOKEN.finditer(passage[:2000])]
    for length in dict.fromkeys(min(length, len(words)) for length in _LENGTHS if words):
        for pattern in _patterns(words[:length]):
            where = _from(text, document)
            nth = _earlier(pattern, document, span)
            for begin in dict.fromkeys((where, 0)):
                for source in (masked, text):
                    found = _nth(pattern, source, begin, nth)
                    if found:
                        return found
    return None


def _patterns(words: list[str]) -> Iterator[re.Pattern[str]]:
    yield re.compile(_GAP.join(map(re.escape, words)))
    escaped = [word.encode("ascii", "backslashreplace").decode() for word in words]
    if escaped != words:
        # as JSON writes what is not ASCII
        yield re.compile(_GAP.join(re.escape(word) for word in escaped), re.IGNORECASE)


def _nth(pattern: re.Pattern[str], text: str, begin: int, nth: int) -> tuple[int, int] | None:
    found = None
    for at, match in enumerate(pattern.finditer(text, begin)):
        found = match.span()
        if at == nth:
            break
    return found


def _earlier(pattern: re.Pattern[str], document: Document, span: Span) -> int:
    """Count the passages before a span, in the order of the capture, that hold the same words."""
    if span.comment is None:
        before = [document.title] if span.part == "body" else []
        before += [item.text for item in document.paragraphs if span.part == "body" and item.end <= span.start]
    else:
        place = document.index_of(span.comment)
        before = [document.title, *(item.text for item in document.paragraphs)]
        before += [document.comments[at].text for at in range(place)]
    return sum(1 for words in before if words and pattern.search(words))


def _from(text: str, document: Document) -> int:
    """Return where a document begins in a file of many: at its title, where that is one of its own."""
    capture = document.capture
    if capture is None or capture.format in ("html", "text") or not document.title:
        return 0
    return max(0, text.find(document.title))


def _without_scripts(text: str) -> str:
    """Return a page with head, scripts and styles blanked, every character where it was."""
    low = text.lower()
    if len(low) != len(text):
        return text
    for name in _SILENT:
        pieces: list[str] = []
        at = 0
        while (start := low.find(f"<{name}", at)) >= 0:
            end = low.find(f"</{name}", start)
            if end < 0:
                break
            if low[start + 1 + len(name)].isalnum():
                pieces.append(text[at : start + 1])
                at = start + 1
                continue
            pieces += [text[at:start], " " * (end - start)]
            at = end
        text = "".join([*pieces, text[at:]])
        low = text.lower()
    return text
