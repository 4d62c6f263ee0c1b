"""What differs between two versions of a document, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Literal, NamedTuple

from corpus.model import Comment, Document

Kind = Literal["same", "gone", "new"]
MOST_WORDS = 4000
"""Words of two paragraphs that are compared one by one; longer ones are shown whole."""
ALIKE = 0.3
"""Texts that share a smaller part than this are shown whole, the one after the other."""
MOST_PARAGRAPHS = 3000
_WORD = re.compile(r"\s+|[^\s\w]|\w+")


class Piece(NamedTuple):
    """A stretch of text that both versions have, or only one of them."""

    kind: Kind
    text: str


class Difference(NamedTuple):
    """A paragraph or comment that differs, or a number of those that do not.

    `where` names it ("title", "¶3", "#7 Heron"), `kind` is new or gone for what only one version has, same for what
    both have: with `pieces`, or, without any, `number` neighbours that are the same in both.
    """

    where: str
    kind: Kind
    pieces: tuple[Piece, ...] = ()
    number: int = 0


def differences(before: Document, after: Document) -> list[Difference]:
    """Return what became of title, paragraphs and comments between two versions, in the order of the later one."""
    found: list[Difference] = []
    if before.title != after.title:
        found.append(Difference("title", "same", words_between(before.title, after.title)))
    found += _paragraphs([item.text for item in before.paragraphs], [item.text for item in after.paragraphs])
    found += _comments(before, after)
    return found


def words_between(before: str, after: str) -> tuple[Piece, ...]:
    """Return the words of two texts as pieces, in their order; what both have stands once."""
    if before == after:
        return (Piece("same", before),)
    first, second = _WORD.findall(before), _WORD.findall(after)
    if not first or not second or len(first) + len(second) > MOST_WORDS:
        return tuple(piece for piece in (Piece("gone", before), Piece("new", after)) if piece.text)
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    if _share(matcher, first, second) < ALIKE:
        return (Piece("gone", before), Piece("new", after))
    pieces: list[Piece] = []
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag == "equal":
            pieces.append(Piece("same", "".join(first[a:b])))
        else:
            pieces += [Piece("gone", "".join(first[a:b]))] if b > a else []
            pieces += [Piece("new", "".join(second[c:d]))] if d > c else []
    return tuple(pieces)


def _share(matcher: SequenceMatcher[str], first: Sequence[str], second: Sequence[str]) -> float:
    """Return the share of the shorter text's letters that both have, in order."""
    letters = [sum(len(word.strip()) for word in words) for words in (first, second)]
    same = sum(len(word.strip()) for block in matcher.get_matching_blocks() for word in first[block.a :][: block.size])
    return same / max(1, min(letters))


def _paragraphs(before: Sequence[str], after: Sequence[str]) -> Iterator[Difference]:
    before, after = before[:MOST_PARAGRAPHS], after[:MOST_PARAGRAPHS]
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            yield Difference("", "same", number=b - a)
            continue
        for at, (old, new) in enumerate(zip_longest(before[a:b], after[c:d])):
            if old is None:
                yield Difference(f"¶{c + at + 1}", "new", (Piece("new", new),))
            elif new is None:
                yield Difference(f"¶{a + at + 1}", "gone", (Piece("gone", old),))
            else:
                yield Difference(f"¶{c + at + 1}", "same", words_between(old, new))


def _comments(before: Document, after: Document) -> Iterator[Difference]:
    old: Mapping[str, Comment] = {comment.id: comment for comment in before.comments}
    new: Mapping[str, Comment] = {comment.id: comment for comment in after.comments}
    for comment in new.values():
        earlier = old.get(comment.id)
        if earlier is None:
            yield Difference(_where(comment), "new", (Piece("new", comment.text),))
        elif earlier.text != comment.text:
            yield Difference(_where(comment), "same", words_between(earlier.text, comment.text))
    for comment in old.values():
        if comment.id not in new:
            yield Difference(_where(comment), "gone", (Piece("gone", comment.text),))


def _where(comment: Comment) -> str:
    return f"#{comment.seq + 1} {comment.author or 'no name'}"
