"""What the library trafilatura takes for the article of a page: asked only where the user wants it and has it."""

from __future__ import annotations

import os
import re

WANTED = "KOREA_READER_TRAFILATURA"
"""The environment variable that asks for it, set to 1."""

_LEAST = 140
_MARK = re.compile(r"\A\s*(?:[-*]\s|#{1,6}\s|\|)")


def wanted() -> bool:
    """Tell whether the user asks for it."""
    return os.environ.get(WANTED) == "1"


def article_lines(source: str) -> frozenset[str]:
    """Return the lines of a page's article, without blanks; empty where trafilatura is not installed or finds little.

    Args:
        source: the page as decoded.
    """
    try:
        import trafilatura
    except ImportError:
        return frozenset()
    try:
        found = trafilatura.extract(source, include_comments=False)
    except Exception:  # whatever a library raises, the page is read without it
        return frozenset()
    lines = frozenset(without_blanks(_MARK.sub("", line)) for line in (found or "").split("\n")) - {""}
    return lines if sum(map(len, lines)) >= _LEAST else frozenset()


def without_blanks(text: str) -> str:
    """Return a text to be compared, whatever its blanks are."""
    return "".join(text.split())
