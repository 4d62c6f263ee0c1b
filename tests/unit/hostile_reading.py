"""Reading captures made to do harm, with what holds for every one of them."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from typing import Any

from corpus.model import Capture, Document, Problem
from corpus.read import Limits, read_bytes
from corpus.record_writing import to_line

FORBIDDEN = frozenset(
    chr(code)
    for low, high in (
        (0, 8), (11, 31), (127, 159), (0x61C, 0x61C), (0x200B, 0x200B), (0x200E, 0x200F), (0x202A, 0x202E), (0x2066, 0x2069),
        (0xFEFF, 0xFEFF), (0xD800, 0xDFFF), (0xFFFE, 0xFFFF), (0xE0000, 0xE0FFF),
    )
    for code in range(low, high + 1)
)  # fmt: skip
ARTICLE = "Ferry stays in port\n\nThe ferry stays in port today, said the master of the port, because of the wind.\n\n"


def texts(item: Document | Problem) -> Iterator[str]:
    """Yield every text of a document, or the sentence of a problem."""
    if isinstance(item, Problem):
        yield from (item.message, item.path, item.member or "")
        return
    yield from (text for _, text in item.texts())
    yield from (*item.byline, *item.problems, item.outlet or "", item.url or "", item.published_raw or "")
    yield from (part.text for part in item.folded)
    for comment in item.comments:
        yield from (comment.author or "", comment.posted_raw or "", comment.state or "", comment.id)


def found(data: bytes | str | Any, name: str = "x.txt", limits: Limits | None = None) -> list[Document | Problem]:
    """Read twice, the same both times, and check what holds for every hostile file."""
    if not isinstance(data, (bytes, str)):
        data = json.dumps(data)
    data = data.encode("utf-8", "surrogatepass") if isinstance(data, str) else data
    began = time.process_time()
    items = list(read_bytes(data, Capture(name), limits or Limits()))
    assert time.process_time() - began < 5
    assert items == list(read_bytes(data, Capture(name), limits or Limits()))
    assert items
    for item in items:
        for text in texts(item):
            assert not FORBIDDEN & set(text), ascii(text)
        if isinstance(item, Document):
            assert next(iter(read_bytes(to_line(item).encode(), Capture("again.jsonl")))) == item
        else:
            assert len(item.message) < 300
    return items


def one(data: bytes | str | Any, name: str = "x.txt") -> Document:
    [item] = found(data, name)
    assert isinstance(item, Document), item
    return item


def refused(data: bytes | str | Any, name: str = "x.txt") -> str:
    [item] = found(data, name)
    assert isinstance(item, Problem), item
    return item.message


def comments(*bodies: str) -> str:
    """Return a pasted page with comments."""
    heads = (f"name{at} Thu, 01/04/2018 - 21:{at:02}\n\n{body}\n\n" for at, body in enumerate(bodies, 1))
    return ARTICLE + "".join(heads)


def record(title: str = "T", body: str = "Words.", *said: Any, **more: Any) -> dict[str, Any]:
    return {"title": title, "body": body, "comments": list(said), **more}
