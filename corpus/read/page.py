"""A parsed page laid out flat: elements and texts in one order, each known by its place in it.

The parser's own tree is walked once; whatever is asked of a page afterwards is answered from lists and from indexes
of its classes, ids and attributes, so that asking for what is not there costs next to nothing.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import accumulate
from typing import TYPE_CHECKING

from corpus.read.elements import BREAKS, CODE, NO_ELEMENTS, SILENT
from corpus.read.nesting import trimmed
from corpus.read.selectors import select
from corpus.text import canonical_line

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser

Attributes = dict[str, str | None]


class Page:
    """The elements of a page in its order, and its words.

    `tags` holds the tag of each element, `up` the element it lies in (-1: none), `end` the first place after it and all
    in it. `words` are the texts that are not blank, from `first_word` up to `last_word` of an element those in it;
    `word_in` is the element each lies right in, `parted` how many elements that end a block have begun before it,
    `lines` how many line breaks, and `blanks` the blank text between it and the one before.
    """

    def __init__(self, source: str) -> None:
        """Parse a page."""
        from selectolax.lexbor import LexborHTMLParser

        self.tags: list[str] = []
        self.attributes: list[Attributes] = []
        self.up: list[int] = []
        self.end: list[int] = []
        self.first_word: list[int] = []
        self.last_word: list[int] = []
        self.words: list[str] = []
        self.word_in: list[int] = []
        self.parted: list[int] = []
        self.lines: list[int] = []
        self.blanks: list[str] = []
        self._alive: bytearray | None = None
        self._found: dict[str, list[int]] = {}
        self._known_lines: dict[int, str] = {}
        self._sums: list[int] | None = None
        self._class_values: dict[str, list[int]] = defaultdict(list)
        self._names: dict[tuple[str, ...], list[int]] = defaultdict(list)
        self._tags: dict[str, list[int]] = defaultdict(list)
        self._ids: dict[str, list[int]] = defaultdict(list)
        self._lay_out(LexborHTMLParser(trimmed(source)))
        self._classes: dict[str, list[list[int]]] = {}
        for value, places in self._class_values.items():
            for name in set(value.split()):
                self._classes.setdefault(name, []).append(places)
        found = self._tags.get("body") or self._tags.get("frameset")
        self.body = found[0] if found else None

    def _lay_out(self, parser: LexborHTMLParser) -> None:
        # one loop over all there is, so that nothing is called in it that need not be
        words, word_in, parted, lines, blanks = self.words, self.word_in, self.parted, self.lines, self.blanks
        tags, attributes, up, first_word = self.tags, self.attributes, self.up, self.first_word
        end, last_word = self.end, self.last_word
        of_tag, of_names, of_class, of_id = self._tags, self._names, self._class_values, self._ids
        open_, memory = [-1], [0]
        at = parts = breaks = 0
        blank = ""
        for node in parser.root.traverse(include_text=True) if parser.root is not None else ():
            tag = node.tag
            if tag == "-text":
                text = node.text_content or ""
                if not text or text.isspace():
                    blank += text
                    continue
            elif tag == "br":
                breaks += 1
                continue
            elif tag in NO_ELEMENTS:
                continue
            if at:
                inside = node.parent.mem_id  # type: ignore[union-attr]
                while memory[-1] != inside:
                    memory.pop()
                    place = open_.pop()
                    end[place] = at
                    last_word[place] = len(words)
            if tag == "-text":
                words.append(text)
                word_in.append(open_[-1])
                parted.append(parts)
                lines.append(breaks)
                blanks.append(blank)
                blank = ""
                continue
            if tag in BREAKS:
                parts += 1
            stated = node.attributes
            tags.append(tag)  # type: ignore[arg-type]
            attributes.append(stated)
            up.append(open_[-1])
            first_word.append(len(words))
            end.append(0)
            last_word.append(0)
            of_tag[tag].append(at)  # type: ignore[index]
            if stated:
                of_names[tuple(stated)].append(at)
                if "class" in stated:
                    of_class[stated["class"] or ""].append(at)
                if "id" in stated:
                    of_id[stated["id"] or ""].append(at)
            open_.append(at)
            memory.append(node.mem_id)
            at += 1
        for place in open_[1:]:
            end[place] = at
            last_word[place] = len(words)

    def of_tag(self, tag: str) -> list[int]:
        """Return the elements with a tag; those of any for "*"."""
        if tag == "*":
            return self._left(list(range(len(self.tags))))
        return self._left(self._tags.get(tag, []))

    def of_id(self, name: str) -> list[int]:
        """Return the elements with an id."""
        return self._left(self._ids.get(name, []))

    def of_class(self, name: str) -> list[int]:
        """Return the elements of a class."""
        return self._left(_merged(self._classes.get(name, [])))

    def with_attribute(self, name: str, test: Callable[[str, str], bool] | None = None, wanted: str = "") -> list[int]:
        """Return the elements that have an attribute, and whose value stands the test with what is wanted."""
        if name in ("class", "id") and test is not None:
            values = self._class_values if name == "class" else self._ids
            return self._left(_merged([places for value, places in values.items() if test(value, wanted)]))
        found = _merged([places for names, places in self._names.items() if name in names])
        if test is not None:
            found = [at for at in found if test(self.attributes[at][name] or "", wanted)]
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
        return self.words[self.first_word[at] : self.last_word[at]]

    def line(self, at: int) -> str:
        """Return the words in an element as one canonical line."""
        known = self._known_lines.get(at)
        if known is None:
            known = self._known_lines[at] = canonical_line(" ".join(self.pieces(at)))
        return known

    def length(self, at: int) -> int:
        """Return how many code points of text lie in an element."""
        if self._sums is None:
            self._sums = list(accumulate(map(len, self.words), initial=0))
        return self._sums[self.last_word[at]] - self._sums[self.first_word[at]]

    def cut(self, at: int) -> None:
        """Take an element out of the page, with all in it."""
        if self._alive is None:
            self._alive = bytearray(b"\1") * len(self.tags)
        self._alive[at : self.end[at]] = bytes(self.end[at] - at)
        first, last = self.first_word[at], self.last_word[at]
        self.words[first:last] = [""] * (last - first)
        self._known_lines.clear()
        self._found.clear()
        self._sums = None

    def cut_silent(self) -> list[str]:
        """Take out the elements whose words are not seen; return the words of those that are no code."""
        code = [at for tag in CODE for at in self._tags.get(tag, ())]
        others = [at for tag in SILENT - CODE for at in self._tags.get(tag, ())]
        unseen = []
        # code may stand within the others, and these within each other: the outermost is taken whole
        for at in (*code, *sorted(others)):
            if self._alive is None or self._alive[at]:
                if self.tags[at] not in CODE:
                    unseen.append(canonical_line(" ".join(self.pieces(at)), 10_000))
                self.cut(at)
        return [words for words in unseen if words]


def _merged(groups: list[list[int]]) -> list[int]:
    if not groups:
        return []
    return groups[0] if len(groups) == 1 else sorted(at for group in groups for at in group)
