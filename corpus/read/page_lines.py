"""A pasted page seen as evidence: where running text stands, where comments are announced, where they must end."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from itertools import accumulate

from corpus.read.article import is_sentence
from corpus.read.furniture import Tails, comment_heading, plain_heading
from corpus.read.lines import Lines, blocks

_LONG = 60
ARTICLE = 160
"""An article has at least so many characters of running text."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A line that stands over comments, and how many it says there are; `sure` where it can be nothing else."""

    at: int
    count: int | None
    sure: bool


@dataclass(frozen=True, slots=True)
class Page:
    """The lines of a capture and what is known of them. `running[i]` counts the characters of text before line i."""

    lines: Lines
    tails: Tails
    headings: list[Heading]
    paragraphs: list[int] = field(default_factory=list)
    running: list[int] = field(default_factory=list)

    def after_text(self, at: int) -> bool:
        """Tell whether a paragraph, or a heading of comments, stands before a line."""
        return bool(self.paragraphs and self.paragraphs[0] < at) or self.heading_before(at) is not None

    def after_article(self, at: int) -> bool:
        """Tell whether enough running text for an article stands before a line."""
        return self.running[at] >= ARTICLE

    def running_between(self, start: int, end: int) -> int:
        """Return how many characters of running text stand between two lines."""
        return self.running[end] - self.running[start]

    def heading_before(self, at: int) -> Heading | None:
        """Return the last heading before a line."""
        place = bisect_left(self.headings, at, key=lambda heading: heading.at)
        return self.headings[place - 1] if place else None

    def announced(self, at: int) -> Heading | None:
        """Return the heading that stands over a line with no running text in between."""
        heading = self.heading_before(at)
        if heading is None or at - heading.at > 40:
            return None
        place = bisect_right(self.paragraphs, heading.at)
        return heading if place == len(self.paragraphs) or self.paragraphs[place] >= at else None

    def text_between(self, start: int, end: int) -> bool:
        """Tell whether a line with text stands between two lines."""
        return self.lines.next_text(start, end) < end


def see(lines: Lines) -> Page:
    """Look at a capture's lines once."""
    paragraphs: list[int] = []
    headings: list[Heading] = []
    for start, end in blocks(lines, 0, len(lines)):
        text = lines.texts[start]
        if end - start > 1:
            text = " ".join(lines.texts[start:end])
        elif (found := comment_heading(text))[0]:
            headings.append(Heading(start, found[1], found[1] is not None or plain_heading(text)))
            continue
        if is_sentence(text):
            paragraphs.append(start)
    running = [0, *accumulate([size if size >= _LONG else 0 for size in map(len, lines.texts)])]
    return Page(lines, Tails(lines), headings, paragraphs, running)
