"""Many made-up captures of all kinds: comments are found where there are some, begin where they begin, and are not invented."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest

from corpus.read.captured_text import Layout, lay_out
from corpus.read.lines import Lines, split_lines
from tests.unit import paste_articles, paste_comments


def begins(lines: Lines, layout: Layout) -> int:
    """Return the offset of the first line of the first comment."""
    unit = layout.units[0]
    places = [unit.body[0], *(at for at, _ in unit.peeled), *([unit.header.first] if unit.header else [])]
    return lines.starts[lines.next_text(min(places), len(lines))]


@pytest.mark.parametrize("seed", [1, 20, 300])
def test_comments_are_found_and_begin_at_the_right_line(seed: int) -> None:
    rng, tally = Random(seed), Counter[str]()
    for _ in range(250):
        paste = paste_comments.with_comments(rng)
        lines = split_lines(paste.text)
        layout = lay_out(lines)
        if layout.units and paste.begin is not None:
            tally["found"] += 1
            low, high = sorted((begins(lines, layout), paste.begin))
            tally["right"] += not paste.text[low:high].strip()
            tally["counted"] += len(layout.units) == paste.count
    assert tally["found"] >= 0.90 * 250, tally
    assert tally["right"] >= 0.90 * tally["found"], tally
    assert tally["counted"] >= 0.87 * 250, tally


def test_articles_without_comments_have_none() -> None:
    rng, alarms = Random(4), Counter[str]()
    for kind in dict.fromkeys(paste_articles.BAITS):
        for _ in range(40):
            if lay_out(split_lines(paste_articles.laid_out(rng, kind(rng)))).units:
                alarms[kind.__name__] += 1
    assert sum(alarms.values()) <= 0.02 * 40 * 15, alarms
    assert alarms["plain"] == 0
