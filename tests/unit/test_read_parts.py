"""Pasted text is partitioned: every character with ink is in exactly one of title, paragraph, comment, header, folded."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.decoding import decode
from corpus.model import Capture
from corpus.read.article import read_article
from corpus.read.captured_text import lay_out, read_text
from corpus.read.lines import split_lines
from corpus.read.parts import parts
from tests.unit import paste_articles, paste_comments
from tests.unit.test_read_text import LINES

SHARED = Path(__file__).parents[3] / "shared"
OWN = sorted((Path(__file__).parents[1] / "data" / "text").glob("*.txt"))
REAL = [
    path
    for folder in ("captures/text", "captures/text_derived", "hostile")
    for path in sorted((SHARED / folder).glob("*.txt"))
]


def assert_partitioned(raw: str) -> None:
    """Fail where a character of the decoded capture is in no part, in two, or lost from the document."""
    lines = split_lines(raw)
    layout = lay_out(lines)
    article = read_article(lines, *layout.article)
    found = parts(lines, article, layout.heading, layout.units, layout.tail)
    taken = Counter(at for part in found for at in range(part.start, part.end) if lines.texts[at])
    assert [line for at, line in enumerate(lines.texts) if line and taken[at] != 1] == []
    # the lines cover the capture, and what is between them ends lines
    edges = [0, *(place for pair in zip(lines.starts, lines.ends, strict=True) for place in pair), len(raw)]
    assert edges == sorted(edges)
    assert all(not raw[end:start].strip() for end, start in zip(lines.ends, lines.starts[1:], strict=False))
    document = read_text(raw, Capture("paste.txt"))
    kept = Counter("".join("".join(text for _, text in document.texts()).split()))
    kept.update("".join("".join(item.text for item in document.folded).split()))
    # the number of a list item is its header
    kept.update("".join(unit.mark for unit in layout.units))
    bodies = [line for part in found if part.kind != "header" for line in lines.texts[part.start : part.end]]
    assert not Counter("".join("".join(bodies).split())) - kept
    assert all(raw[item.start : item.end].strip() for item in document.folded)


@pytest.mark.parametrize("path", [*OWN, *REAL], ids=lambda path: path.name)
def test_files(path: Path) -> None:
    # the longest holds ten thousand comments of one kind
    assert_partitioned(decode(path.read_bytes()).text[:80_000])


@pytest.mark.parametrize("seed", range(4))
def test_made_captures(seed: int) -> None:
    rng = Random(seed)
    for _ in range(40):
        assert_partitioned(paste_comments.with_comments(rng).text)
        assert_partitioned(paste_comments.without_comments(rng).text)


def test_line_ends_of_all_kinds() -> None:
    rng = Random(8)
    for ends in ("\r\n", "\r", "\u2028"):
        for _ in range(8):
            assert_partitioned(paste_comments.with_comments(rng).text.replace("\n", ends))


@settings(max_examples=120, deadline=None)
@given(
    st.lists(st.one_of(LINES, st.builds(lambda n: paste_articles.sentence(Random(n)), st.integers(0, 99))), max_size=40)
)
def test_lines_in_any_order(lines: list[str]) -> None:
    assert_partitioned("\n".join(lines))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=300))
def test_any_text(raw: str) -> None:
    assert_partitioned(raw)
