"""Pages nested beyond reason made flat, since parsing them takes time that grows with the square of the depth."""

from __future__ import annotations

import re

DEEPEST = 1000
"""Browsers stop at 512 levels."""
_SUSPECT = 3000
"""What cannot be nested deeper is parsed fast enough as it is."""
_STRETCH = 8192

# elements that close themselves (p, li, td) do not count: many pages leave them open
_NESTING = re.compile(
    r"<(/?)(?:div|ul|ol|dl|menu|table|section|article|blockquote|main|aside|nav|header|footer|figure|center|fieldset|details|address"
    r"|b|i|u|em|strong|font|small|big|code|tt|s|strike|nobr|form)(?=[\s/>])",
    re.IGNORECASE,
)


def flattened(text: str) -> tuple[str, bool]:
    """Return a page in which nothing is nested deeper than `DEEPEST`, and whether it was; its words all stay."""
    if not _may_be_deep(text):
        return text, False
    depth, pieces, kept = 0, [], 0
    for tag in _NESTING.finditer(text):
        if not tag[1]:
            depth += 1
        if depth > DEEPEST:
            # an element without content in place of one that nests; the end tag of an unknown one is ignored
            pieces += [text[kept : tag.start()], "</nested" if tag[1] else "<br"]
            kept = tag.end()
        if tag[1] and depth:
            depth -= 1
    if not pieces:
        return text, False
    return "".join([*pieces, text[kept:]]), True


def _may_be_deep(text: str) -> bool:
    """Tell whether so much may be nested: counted in stretches, for most pages are far from it."""
    depth = 0
    for start in range(0, len(text), _STRETCH):
        ends = text.count("</", start, start + _STRETCH)
        begins = text.count("<", start, start + _STRETCH) - ends
        if depth + begins > _SUSPECT:
            return True
        # elements that are never closed count as if they nested, so that this errs on one side only
        depth = max(0, depth + begins - ends)
    return False
