"""CSS selectors over a flat page: those that are needed here, answered from indexes of its names."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from corpus.read.page import Page

_TOKEN = re.compile(
    r"\s*(?P<comma>,)\s*|\s*(?P<child>>)\s*|(?P<blank>\s+)|(?P<tag>\*|[\w-]+(?:\\:[\w-]+)?)|#(?P<id>[\w-]+)|\.(?P<class>[\w-]+)"
    r"|\[(?P<name>[\w-]+)(?:(?P<how>[~*^$]?=)(?:'(?P<quoted>[^']*)'|(?P<bare>[^\]]+)))?\]|:not\((?P<other>[^()]*)\)"
)
_TESTS: dict[str, Callable[[str, str], bool]] = {
    "=": lambda value, wanted: value == wanted,
    "~=": lambda value, wanted: wanted in value.split(),
    "*=": lambda value, wanted: wanted in value,
    "^=": lambda value, wanted: value.startswith(wanted),
    "$=": lambda value, wanted: value.endswith(wanted),
}


@dataclass(slots=True)
class Compound:
    """What one element must be: all of its parts. `child` tells that it must lie right in the one before it."""

    tag: str | None = None
    id: str | None = None
    classes: list[str] = field(default_factory=list)
    attributes: list[tuple[str, Callable[[str, str], bool] | None, str]] = field(default_factory=list)
    others: list[Compound] = field(default_factory=list)
    child: bool = False

    def fits(self, page: Page, at: int) -> bool:
        """Tell whether an element is such a one."""
        if self.tag is not None and page.tags[at] != self.tag:
            return False
        attributes = page.attributes[at]
        if self.id is not None and attributes.get("id") != self.id:
            return False
        if self.classes:
            words = (attributes.get("class") or "").split()
            if not all(name in words for name in self.classes):
                return False
        for name, test, wanted in self.attributes:
            if name not in attributes or (test is not None and not test(attributes[name] or "", wanted)):
                return False
        return not any(other.fits(page, at) for other in self.others)

    def find(self, page: Page, outer: list[int] | None = None) -> list[int]:
        """Return the elements of a page that fit, in its order; only those inside `outer` if it is given."""
        plain = not self.others
        if self.id is not None:
            able = page.of_id(self.id)
        elif self.classes:
            able = page.of_class(self.classes[0])
            plain = plain and self.tag is None and len(self.classes) == 1 and not self.attributes
        elif self.attributes and self.tag is None:
            name, test, wanted = self.attributes[0]
            able = page.with_attribute(name, test, wanted)
            plain = plain and len(self.attributes) == 1
        else:
            able = page.of_tag(self.tag or "*")
            plain = plain and not self.attributes
        if outer is not None:
            able = _inside(page, able, outer)
        if self.tag is not None and len(self.attributes) == 1 and not (self.id or self.classes or self.others):
            name, test, wanted = self.attributes[0]
            stated = page.attributes
            if test is None:
                return [at for at in able if name in stated[at]]
            return [at for at in able if name in stated[at] and test(stated[at][name] or "", wanted)]
        return able if plain and self.id is None else [at for at in able if self.fits(page, at)]


@cache
def compile_selector(text: str) -> tuple[tuple[Compound, ...], ...]:
    """Return the alternatives of a selector, each a chain of what its elements must be, outermost first."""
    alternatives: list[list[Compound]] = [[]]
    current: Compound | None = None
    child = False
    at = 0
    while at < len(text):
        token = _TOKEN.match(text, at)
        assert token is not None, text[at:]
        at = token.end()
        if token["comma"]:
            alternatives.append([])
            current, child = None, False
        elif token["child"] or token["blank"]:
            current, child = None, bool(token["child"])
        else:
            if current is None:
                current = Compound(child=child)
                alternatives[-1].append(current)
            _add(current, token)
    return tuple(tuple(chain) for chain in alternatives if chain)


def _add(compound: Compound, token: re.Match[str]) -> None:
    if token["tag"]:
        compound.tag = None if token["tag"] == "*" else token["tag"].replace("\\", "")
    elif token["id"]:
        compound.id = token["id"]
    elif token["class"]:
        compound.classes.append(token["class"])
    elif token["name"]:
        wanted = token["quoted"] if token["quoted"] is not None else token["bare"] or ""
        compound.attributes.append((token["name"], _TESTS[token["how"]] if token["how"] else None, wanted))
    else:
        compound.others.append(compile_selector(token["other"])[0][0])


def select(page: Page, text: str) -> list[int]:
    """Return the elements of a page that a selector finds, in its order."""
    groups = [found for chain in compile_selector(text) if (found := _follow(page, chain))]
    if not groups:
        return []
    return groups[0] if len(groups) == 1 else sorted({at for group in groups for at in group})


def _follow(page: Page, chain: tuple[Compound, ...]) -> list[int]:
    found = chain[0].find(page)
    for compound in chain[1:]:
        if not found:
            return []
        inner = compound.find(page, found)
        if compound.child:
            right_in = set(found)
            inner = [at for at in inner if page.up[at] in right_in]
        found = inner
    return found


def _inside(page: Page, inner: list[int], outer: list[int]) -> list[int]:
    """Return those of `inner` that lie in one of `outer`; both are in the order of the page."""
    starts: list[int] = []
    ends: list[int] = []
    for at in outer:
        if not ends or at >= ends[-1]:
            starts.append(at)
            ends.append(page.end[at])
    found = []
    for at in inner:
        place = bisect_left(starts, at) - 1
        if place >= 0 and at < ends[place]:
            found.append(at)
    return found
