"""Reading pasted text costs a bounded multiple of the least that must be done: decoding, NFC, lines; twice the text, twice the time."""

from __future__ import annotations

import gc
import time
import unicodedata
from collections.abc import Callable
from random import Random

import pytest

from corpus.model import Capture
from corpus.read.captured_text import read_text
from corpus.read.lines import split_lines
from tests.bench.ratios import alternate, hold
from tests.unit import paste_articles, paste_comments

pytestmark = pytest.mark.bench
MADE = [paste_comments.with_comments(Random(seed)).text for seed in range(60)]


def timed(work: Callable[[str], object], texts: list[str]) -> Callable[[], tuple[float]]:
    def run() -> tuple[float]:
        gc.collect()
        start = time.process_time()
        for text in texts:
            work(text)
        return (time.process_time() - start,)

    return run


def test_reading_against_decoding_and_lines() -> None:
    def decoded(text: str) -> str:
        return unicodedata.normalize("NFC", text.encode().decode("utf-8"))

    def measure() -> dict[str, float]:
        cases = [timed(decoded, MADE * 20), timed(lambda text: read_text(text, Capture("x")), MADE)]
        (nfc,), (whole,) = alternate(cases, 5)
        print(f"\nreading at {nfc / 20 / whole:.4f} of the speed of decode + NFC", end="")
        return {"reading / decode + NFC": whole * 20 / nfc}

    hold(measure, {"reading / decode + NFC": 260})


def test_an_article_alone() -> None:
    """Running text is not looked at line by line more often than it must be; 16 times canonical lines was seen."""
    rng = Random(7)
    article = "\n\n".join([paste_articles.title(rng), *(paste_articles.paragraph(rng) for _ in range(1500))])

    def measure() -> dict[str, float]:
        cases = [
            timed(split_lines, [article] * 10),
            timed(lambda text: read_text(text, Capture("x")), [article]),
        ]
        (lines,), (whole,) = alternate(cases, 5)
        return {"reading / canonical lines": whole * 10 / lines}

    hold(measure, {"reading / canonical lines": 28})


def test_canonical_lines_against_decoding() -> None:
    """What the trust edge costs: twice decode + NFC was seen, twenty times and more before."""
    rng = Random(7)
    article = "\n\n".join(paste_articles.paragraph(rng) for _ in range(1500))
    data = article.encode()

    def measure() -> dict[str, float]:
        cases = [
            timed(lambda text: unicodedata.normalize("NFC", data.decode()), [article] * 20),
            timed(split_lines, [article] * 5),
        ]
        (nfc,), (lines,) = alternate(cases, 5)
        return {"canonical lines / decode + NFC": lines * 4 / nfc}

    hold(measure, {"canonical lines / decode + NFC": 4})


def test_twice_the_text() -> None:
    form = paste_comments.TWO_LINES[0]
    texts = [
        "\n\n".join("\n\n".join(blocks) for blocks in paste_comments.comments(Random(1), form, count))
        for count in (800, 1600)
    ]

    def measure() -> dict[str, float]:
        cases = [timed(lambda text: read_text(text, Capture("x")), [text]) for text in texts]
        (once,), (twice,) = alternate(cases, 5)
        return {"twice the text": twice / once}

    hold(measure, {"twice the text": 2.6})
