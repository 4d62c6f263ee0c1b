"""What is done to the source of a page before it is parsed: shadow trees opened, and nesting beyond reason made flat."""

from __future__ import annotations

import re
from itertools import islice

DEEPEST = 1000
"""What is left of deeper nesting; browsers stop at 512 levels."""
_SUSPECT = 3000
"""What cannot be nested deeper is parsed fast enough as it is."""
_STRETCH = 8192

# elements that close themselves (p, li, td) do not count: many pages leave them open
_NESTING = re.compile(
    r"<(/?)(?:div|ul|ol|dl|menu|table|section|article|blockquote|main|aside|nav|header|footer|figure|center|fieldset|details|address"
    r"|b|i|u|em|strong|font|small|big|code|tt|s|strike|nobr|form)(?=[\s/>])",
    re.IGNORECASE,
)


_MOST_ATTRIBUTES = 1000
"""More in one element are left out: reading them takes time that grows with their square."""
_LONG_TAG = re.compile(r"<[a-zA-Z][^\s<>]{0,100}[^<>]{6000,}")
_ATTRIBUTE = re.compile(r"\s+[^\s=\"']+(?:\s{0,5}=\s{0,5}(?:\"[^\"]*\"|'[^']*'|[^\s\"']*))?")


def trimmed(text: str) -> str:
    """Return a page in which no element has more attributes than anybody needs."""
    return _LONG_TAG.sub(_trim_tag, text)


def _trim_tag(tag: re.Match[str]) -> str:
    found = list(islice(_ATTRIBUTE.finditer(tag[0]), _MOST_ATTRIBUTES + 1))
    return tag[0] if len(found) <= _MOST_ATTRIBUTES else tag[0][: found[-1].start()]


_TEMPLATE = re.compile(r"<(/?)template(?=[\s/>])([^>]{0,300})", re.IGNORECASE)


def unshadowed(text: str) -> str:
    """Return a page whose shadow trees, which tools that save pages write as templates, are plain elements: they are seen."""
    if "shadowroot" not in text:
        return text
    pieces, kept = [], 0
    opened: list[bool] = []
    for tag in _TEMPLATE.finditer(text):
        shadow = opened.pop() if tag[1] and opened else "shadowroot" in tag[2]
        if not tag[1]:
            opened.append(shadow)
        if shadow:
            pieces += [text[kept : tag.start()], f"<{tag[1]}shadow-tree"]
            kept = tag.start() + len(tag[1]) + len("<template")
    return "".join([*pieces, text[kept:]])


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
