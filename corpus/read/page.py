"""A parsed page laid out flat: elements and texts in one order, each known by its place in it.

The parser's own tree is walked once; whatever is asked of a page afterwards is answered from lists and from indexes
of its classes, ids and attributes, so that asking for what is not there costs next to nothing.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator
from itertools import accumulate

from corpus.read.selectors import select
from corpus.text import canonical_line

Attributes = dict[str, str | None]

SILENT = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "svg",
        "iframe",
        "object",
        "textarea",
        "input",
        "datalist",
        "canvas",
        "noembed",
        "noframes",
    ]
)
"""Elements whose words nobody sees on the page, or only while they are typed."""

_CODE = frozenset(["script", "style", "template"])
_NONE: Attributes = {}


class Page:
    """The elements and texts of a page in its order.

    `tags` holds the tag of each, empty for a text; `up` the element it lies in (-1: none), `end` the first place after
    it and all in it. `attributes` is empty for a text, and `texts` for an element.
    """

    def __init__(self, source: str) -> None:
        """Parse a page."""
        from selectolax.lexbor import LexborHTMLParser

        self.tags: list[str] = []
        self.attributes: list[Attributes] = []
        self.texts: list[str] = []
        self.up: list[int] = []
        self.end: list[int] = []
        self.cuts: dict[int, int] = {}
        self._alive: bytearray | None = None
        self._lines: dict[int, str] = {}
        self._found: dict[str, list[int]] = {}
        self._sums: list[int] | None = None
        self._class_values: dict[str, list[int]] = {}
        self._names: dict[tuple[str, ...], list[int]] = {}
        self._tags: dict[str, list[int]] = {}
        self._ids: dict[str, list[int]] = {}
        self._lay_out(LexborHTMLParser(source))
        self._classes: dict[str, list[list[int]]] = {}
        for value, places in self._class_values.items():
            for name in set(value.split()):
                self._classes.setdefault(name, []).append(places)
        found = self._tags.get("body") or self._tags.get("frameset")
        self.body = found[0] if found else None

    def _lay_out(self, parser: object) -> None:
        root = parser.root  # type: ignore[attr-defined]
        if root is None:
            return
        tags, attributes, texts, up, end = self.tags, self.attributes, self.texts, self.up, self.end
        names, classes, of_tag, of_id = self._names, self._class_values, self._tags, self._ids
        open_: list[int] = []
        memory: list[int] = [0]
        at = 0
        for node in root.traverse(include_text=True):
            tag = node.tag
            if tag == "-comment" or tag == "!doctype":
                continue
            if at:
                above = node.parent.mem_id
                while memory[-1] != above:
                    memory.pop()
                    end[open_.pop()] = at
                up.append(open_[-1])
            else:
                up.append(-1)
            if tag == "-text":
                tags.append("")
                texts.append(node.text_content or "")
                attributes.append(_NONE)
                end.append(at + 1)
            else:
                stated = node.attributes
                tags.append(tag)
                texts.append("")
                attributes.append(stated)
                end.append(0)
                open_.append(at)
                memory.append(node.mem_id)
                of_tag.setdefault(tag, []).append(at)
                if stated:
                    names.setdefault(tuple(stated), []).append(at)
                    if value := stated.get("class"):
                        classes.setdefault(value, []).append(at)
                    if value := stated.get("id"):
                        of_id.setdefault(value, []).append(at)
            at += 1
        for place in open_:
            end[place] = at

    def of_tag(self, tag: str) -> list[int]:
        """Return the elements with a tag; those of any for "*"."""
        if tag == "*":
            return self._left([at for at, name in enumerate(self.tags) if name])
        return self._left(self._tags.get(tag, []))

    def of_id(self, name: str) -> list[int]:
        """Return the elements with an id."""
        return self._left(self._ids.get(name, []))

    def of_class(self, name: str) -> list[int]:
        """Return the elements of a class."""
        return self._left(_merged(self._classes.get(name, [])))

    def with_attribute(self, name: str, test: Callable[[str], bool] | None = None) -> list[int]:
        """Return the elements that have an attribute, and whose value stands the test."""
        if name in ("class", "id") and test is not None:
            values = self._class_values if name == "class" else self._ids
            return self._left(_merged([places for value, places in values.items() if test(value)]))
        found = _merged([places for names, places in self._names.items() if name in names])
        if test is not None:
            found = [at for at in found if test(self.attributes[at][name] or "")]
        return self._left(found)

    def _left(self, found: list[int]) -> list[int]:
        alive = self._alive
        return found if alive is None else [at for at in found if alive[at]]

    def css(self, selector: str, within: int | None = None) -> list[int]:
        """Return the elements that a selector finds, in the order of the page; those inside an element if one is given."""
        found = self._found.get(selector)
        if found is None:
            found = self._found[selector] = select(self, selector)
        if within is None or not found:
            return found
        return found[bisect_left(found, within + 1) : bisect_left(found, self.end[within])]

    def first(self, selector: str, within: int | None = None) -> int | None:
        """Return the first element that a selector finds."""
        found = self.css(selector, within)
        return found[0] if found else None

    def get(self, at: int, name: str) -> str:
        """Return the value of an attribute; empty where it has none."""
        return self.attributes[at].get(name) or ""

    def class_words(self, at: int) -> list[str]:
        """Return the classes of an element."""
        return (self.attributes[at].get("class") or "").split()

    def above(self, at: int) -> Iterator[int]:
        """Yield the elements that an element lies in, innermost first."""
        at = self.up[at]
        while at >= 0:
            yield at
            at = self.up[at]

    def pieces(self, at: int) -> list[str]:
        """Return the texts in an element."""
        texts = self.texts
        if self._alive is None:
            return [texts[place] for place in range(at, self.end[at]) if texts[place]]
        return [texts[place] for place in range(at, self.end[at]) if texts[place] and self._alive[place]]

    def line(self, at: int) -> str:
        """Return the words in an element as one canonical line."""
        known = self._lines.get(at)
        if known is None:
            known = self._lines[at] = canonical_line(" ".join(self.pieces(at)))
        return known

    def length(self, at: int) -> int:
        """Return how many code points of text lie in an element."""
        if self._sums is None:
            alive = self._alive
            sizes = [len(text) for text in self.texts]
            if alive is not None:
                sizes = [size if alive[place] else 0 for place, size in enumerate(sizes)]
            self._sums = list(accumulate(sizes, initial=0))
        return self._sums[self.end[at]] - self._sums[at]

    def cut(self, at: int) -> None:
        """Take an element out of the page, with all in it."""
        if self._alive is None:
            self._alive = bytearray(b"\1") * len(self.tags)
        self._alive[at : self.end[at]] = bytes(self.end[at] - at)
        self.cuts[at] = self.end[at]
        self._lines.clear()
        self._found.clear()
        self._sums = None

    def cut_silent(self) -> list[str]:
        """Take out the elements whose words are not seen; return the words of those that are no code."""
        unseen = []
        for tag in SILENT:
            for at in self._tags.get(tag, ()):
                if self._alive is not None and not self._alive[at]:
                    continue
                if tag not in _CODE:
                    unseen.append((at, canonical_line(" ".join(self.pieces(at)), 10_000)))
                self.cut(at)
        return [words for _, words in sorted(unseen) if words]


def _merged(groups: list[list[int]]) -> list[int]:
    if not groups:
        return []
    return groups[0] if len(groups) == 1 else sorted(at for group in groups for at in group)
