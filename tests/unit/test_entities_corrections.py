"""What the user judged about entities, replayed."""

from __future__ import annotations

from typing import Any

from corpus.entities.corrections import line, parse, replay
from corpus.model import Mention, Span

SPAN = Span("d1", "body", None, 0, 3)
RECORD = {"document": "d1", "part": "body", "comment": None, "start": 0, "end": 3}


def mention(entity: str | None = "a", surface: str = "Kim", span: Span = SPAN) -> Mention:
    return Mention(span, surface, "PERSON", entity, "name in the gazetteer")


def applied(
    *judgements: dict[str, Any], found: Mention | None = None, shipped: tuple[str, ...] = ()
) -> list[str | None]:
    corrections = replay(judgements, shipped)
    return [kept.entity for kept in corrections.apply([found or mention()])]


def test_merged_entities_go_by_the_shipped_id() -> None:
    merge = {"op": "merge", "a": "a", "b": "kim-jong-un"}
    assert applied(merge, shipped=("kim-jong-un",)) == ["kim-jong-un"]
    assert applied({"op": "merge", "a": "x", "b": "a"}) == ["x"]
    chain = [
        {"op": "merge", "a": "a", "b": "b"},
        {"op": "merge", "a": "c", "b": "d"},
        {"op": "merge", "a": "b", "b": "d"},
    ]
    assert applied(*chain, shipped=("d",)) == ["d"]
    assert applied(*chain, chain[2]) == ["a"]


def test_split_takes_a_merge_back_and_is_remembered() -> None:
    merge, split = {"op": "merge", "a": "x", "b": "a"}, {"op": "split", "a": "a", "b": "x"}
    assert applied(merge, split) == ["a"]
    assert frozenset({"a", "x"}) in replay([merge, split]).apart
    assert replay([split, merge]).apart == frozenset()


def test_ignore_by_id_surface_and_document() -> None:
    assert applied({"op": "ignore", "id": "a"}) == []
    assert applied({"op": "ignore", "surface": "KIM"}) == []
    assert applied({"op": "ignore", "surface": "kim", "document": "d1"}) == []
    assert applied({"op": "ignore", "surface": "kim", "document": "d2"}) == ["a"]


def test_link_and_unlink_hold_for_one_span_with_the_same_words() -> None:
    link = {"op": "link", "span": RECORD, "surface": "Kim", "id": "b"}
    assert applied(link) == ["b"]
    assert applied(link, found=mention(surface="Ri")) == ["a"]
    assert applied(link, {"op": "unlink", "span": RECORD, "surface": "Kim"}) == [None]
    assert applied({"op": "link", "span": {"part": "body"}, "surface": "Kim", "id": "b"}) == ["a"]


def test_rename_and_retype() -> None:
    corrections = replay([{"op": "rename", "id": "a", "name": "A"}, {"op": "retype", "id": "a", "type": "ORG"}])
    assert corrections.names == {"a": "A"}
    assert [kept.type for kept in corrections.apply([mention(), mention(None)])] == ["ORG", "PERSON"]


def test_undo_and_undoing_the_undo() -> None:
    ignore = {"op": "ignore", "id": "a"}
    assert applied(ignore, {"op": "undo", "n": 0}) == ["a"]
    assert applied(ignore, {"op": "undo", "n": 0}, {"op": "undo", "n": 1}) == []


def test_lines_that_are_not_understood_are_passed_over() -> None:
    judgement = {"op": "rename", "id": "a", "name": "김"}
    lines = [line(judgement).decode(), "{", "[]", '{"op":"supply"}', '{"op":"merge"}']
    assert parse(lines) == [judgement, {"op": "merge"}]
    assert line(judgement) == '{"op":"rename","id":"a","name":"김"}\n'.encode()
    assert applied({"op": "merge"}, {"op": "undo", "n": "x"}) == ["a"]
