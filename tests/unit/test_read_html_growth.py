"""A page twice as large takes about twice as long, whatever it is full of."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

import pytest

from corpus.model import Capture
from corpus.read import read_bytes

COMMENT = "<li class=comment id=comment-{0}><b class=fn>A{0}</b><time datetime='2018-01-04T21:59'>4</time><div class=comment-content><p>Word {0} of many.</p></div>"


def nested(count: int) -> str:
    """Replies to replies, as deep as pages go."""
    chain = "".join(COMMENT.format(at) + "<ul>" for at in range(count // 100)) + "</ul></li>" * (count // 100)
    return chain * 8


PATTERNS: dict[str, Callable[[int], str]] = {
    "many comments": lambda count: "<ol>" + "".join(COMMENT.format(at) + "</li>" for at in range(count)) + "</ol>",
    "deep elements": lambda count: ("<div>" * (count * 4) + "word") * 1,
    "deep comments": nested,
    "open links": lambda count: "".join(f"<a href='https://x.example/{at}'><div>word {at}" for at in range(count)),
    "many attributes": lambda count: "<p " + " ".join(f"a{at}=v" for at in range(count * 4)) + ">word</p>",
    "many classes": lambda count: "".join(f"<p class='c{at} d{at}'>word {at}</p>" for at in range(count * 2)),
    "a huge script": lambda count: "<script>" + "if (a < b) { c('<div>') }\n" * (count * 20) + "</script><p>word</p>",
    "linked data": lambda count: (
        '<script type="application/ld+json">['
        + ",".join(f'{{"@type":"Comment","@id":"#c{at}","author":"A","text":"Word."}}' for at in range(count))
        + "]</script>"
    ),
    "dated lines": lambda count: (
        "<div id=reader-comments>"
        + "".join(
            f"<div class=x><b>Ann</b> <i>2018-01-04 21:59</i><p>Word {at} of many more.</p></div>"
            for at in range(count)
        )
        + "</div>"
    ),
    "inline elements": lambda count: "<p>" + "<b>word</b> <i>word</i>" * (count * 4) + "</p>",
    "headings": lambda count: "".join(f"<h2 class=comment-count>{at} comments</h2>" for at in range(count * 2)),
    "a table": lambda count: "<table>" + "<tr><td>word<td>word" * (count * 2) + "</table>",
}
SIZE = 700
MOST = 2.6


def seconds(data: bytes) -> float:
    """Return the time of this process that reading takes."""
    gc.collect()
    start = time.process_time()
    list(read_bytes(data, Capture("x.html")))
    return time.process_time() - start


@pytest.mark.parametrize("name", PATTERNS)
def test_twice_the_page_takes_about_twice_the_time(name: str) -> None:
    once, twice = (f"<!DOCTYPE html><body>{PATTERNS[name](size)}".encode() for size in (SIZE, SIZE * 2))
    for _ in range(4):
        # the least of several, in turns: noise only ever adds
        runs = [(seconds(once), seconds(twice)) for _ in range(3)]
        ratio = min(run[1] for run in runs) / min(run[0] for run in runs)
        if ratio <= MOST:
            return
    raise AssertionError(f"{name}: twice the page took {ratio:.2f} times as long")
