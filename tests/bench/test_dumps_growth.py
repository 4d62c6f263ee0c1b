"""Twice the dump takes about twice the time, whatever its format."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from corpus.model import Capture
from corpus.read import read_bytes
from tests.packed import samples

DUMPS = Path(__file__).parents[1] / "data" / "dumps"


def repeated(name: str, times: int) -> bytes:
    """Return a capture with so many times the content of a small one."""
    data = samples().get(name) or (DUMPS / name).read_bytes()
    if name.endswith(".json"):
        value = json.loads(data)
        if isinstance(value, list) and name != "reddit_listing.json":
            value *= times
        elif name == "reddit_listing.json":
            value[1]["data"]["children"] *= times
        else:
            inner = (
                value.get("hits") or value.get("children") or value.get("latest_posts") or value["post_stream"]["posts"]
            )
            inner.extend(inner * (times - 1))
        return json.dumps(value).encode()
    if name.endswith((".xml", ".rss", ".atom")):
        opening, closing = {"disqus.xml": (b"<thread", b"</disqus>"), "feed.atom": (b"<entry", b"</feed>")}.get(
            name, (b"<item", b"</channel>")
        )
        start, end = data.index(opening), data.rindex(closing)
        return data[:start] + data[start:end] * times + data[end:]
    if name.endswith(".md"):
        return data + data[-90:] * times
    return (data if data.endswith(b"\n") else data + b"\n") * times


@pytest.mark.bench
@pytest.mark.parametrize("name", [*sorted(path.name for path in DUMPS.iterdir()), "pages.warc"])
def test_twice_the_size_takes_twice_the_time(name: str) -> None:
    def seconds(data: bytes) -> float:
        best = 9e9
        for _ in range(2):
            began = time.process_time()
            for _ in read_bytes(data, Capture(name)):
                pass
            best = min(best, time.process_time() - began)
        return best

    times = 16
    while seconds(repeated(name, times)) < 0.03:
        times *= 2
    small, large = repeated(name, times), repeated(name, times * 2)
    # the second try is for a machine that does something else as well
    assert any(seconds(large) < 2.6 * seconds(small) for _ in range(3))
