"""Corrections on disk, how far they reach, and the gazetteer with the user's names in it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from corpus.details import Details
from corpus.entities.card import Subject
from corpus.entities.corrections import Judgement, replay
from corpus.entities.gazetteer import Gazetteer
from corpus.entities.judgements import Judgements, applied, corrected
from corpus.entities.proposals import Wish, changes, judgements, new_id, scopes
from corpus.entities.rows import Row
from corpus.model import Mention, Span
from corpus.storage import Storage
from tests.unit.meanwhile import Meanwhile

KIM = Row("kim", "PERSON", "Kim Il", "Kim", "김일")
RI = Row("ri", "PERSON", "Ri Il", "", "리일")
GAZETTEER = Gazetteer([KIM, RI])


def mention(surface: str, entity: str | None, start: int = 0, document: str = "d1", kind: str = "PERSON") -> Mention:
    return Mention(Span(document, "body", None, start, start + len(surface)), surface, kind, entity, "rule", 0.9)


MENTIONS = (
    mention("Kim", "kim"),
    mention("Kim Il", "kim", 10),
    mention("Kim", "kim", 0, "d2"),
    mention("Bulba", None, 20),
)


def store(folder: Path) -> Judgements:
    return Judgements(folder / "data" / "corrections.jsonl", Storage(), lambda: GAZETTEER.rows)


def entities(*made: Judgement) -> list[str | None]:
    return [found.entity for found in replay(made, GAZETTEER.rows).apply(MENTIONS)]


def test_what_is_judged_is_there_for_the_next_session_and_can_be_taken_back(tmp_path: Path) -> None:
    first = store(tmp_path)
    numbers = first.add([{"op": "merge", "a": "ri", "b": "kim"}])
    assert store(tmp_path).corrections.canonical == {"ri": "ri", "kim": "ri"}
    undone = first.take_back(numbers)
    assert not first.corrections
    assert not store(tmp_path).corrections
    first.take_back(undone)
    assert first.corrections.members("ri") == ("ri", "kim")


def test_two_readers_number_their_judgements_by_the_file(tmp_path: Path) -> None:
    one, other = store(tmp_path), store(tmp_path)
    assert not one.corrections
    assert not other.corrections
    other.add([{"op": "ignore", "id": "ri"}])
    numbers = one.add([{"op": "ignore", "id": "kim"}])
    one.take_back(numbers)
    assert entities(*store(tmp_path).records) == ["kim", "kim", "kim", None]
    assert store(tmp_path).corrections.verdicts == {("", "#ri"): "\0"}


def test_details_and_judgements_share_the_file_and_leave_each_others_lines_alone(tmp_path: Path) -> None:
    path = tmp_path / "data" / "corrections.jsonl"
    names, details = store(tmp_path), Details(path, Storage())
    details.supply("d1", "outlet", "Harbour Post")
    numbers = names.add([{"op": "ignore", "id": "kim"}])
    details.supply("d1", "zone", "+09:00")
    names.take_back(numbers)
    assert Details(path, Storage()).of("d1") == {"outlet": "Harbour Post", "zone": "+09:00"}
    assert not store(tmp_path).corrections
    assert [json.loads(line)["op"] for line in path.read_text("utf-8").splitlines()] == [
        "supply",
        "ignore",
        "supply",
        "undo",
    ]


def test_a_line_cut_short_and_foreign_lines_spoil_nothing(tmp_path: Path) -> None:
    path = tmp_path / "data" / "corrections.jsonl"
    path.parent.mkdir()
    path.write_bytes(b'{"op":["merge"]}\n{"op":"ignore","id":"kim"}\n\xff\n' + b"[" * 5000 + b'\n{"op":"igno')
    names = store(tmp_path)
    assert entities(*names.records) == [None]
    names.add([{"op": "link", "surface": "Bul\u2028ba", "to": "ri"}])
    assert len(store(tmp_path).records) == 2


def test_what_cannot_be_written_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file where the folder should be")
    names = store(tmp_path)
    with pytest.raises((NotADirectoryError, FileExistsError)):
        names.add([{"op": "ignore", "id": "kim"}])
    assert not names.corrections


@pytest.mark.parametrize(
    ("judgement", "expected"),
    [
        ({"op": "ignore", "id": "kim", "document": "d1"}, ["kim", None]),
        ({"op": "link", "id": "kim", "document": "d1", "to": "ri"}, ["ri", "ri", "kim", None]),
        ({"op": "merge", "a": "ri", "b": "kim", "document": "d1"}, ["ri", "ri", "kim", None]),
        ({"op": "link", "surface": "kim", "to": "ri"}, ["ri", "kim", "ri", None]),
        ({"op": "link", "surface": "BULBA", "document": "d1", "to": "own-bulba"}, ["kim", "kim", "kim", "own-bulba"]),
        ({"op": "unlink", "surface": "Kim  Il"}, ["kim", None, "kim", None]),
        ({"op": "unlink", "id": "kim"}, [None, None, None, None]),
        ({"op": "merge", "a": "kim", "b": "kim"}, ["kim", "kim", "kim", None]),
        ({"op": "retype", "id": "kim", "type": "NONSENSE"}, ["kim", "kim", "kim", None]),
    ],
)
def test_reach(judgement: dict[str, Any], expected: list[str | None]) -> None:
    assert entities(judgement) == expected


def test_the_narrower_judgement_speaks_before_the_wider_one() -> None:
    wide = {"op": "ignore", "surface": "Kim"}
    place = {"document": "d1", "part": "body", "comment": None, "start": 0, "end": 3}
    narrow = {"op": "link", "span": place, "surface": "Kim", "to": "ri"}
    assert entities(narrow, wide) == ["ri", "kim", None]
    assert entities({"op": "merge", "a": "ri", "b": "kim"}, {"op": "ignore", "id": "kim"}) == [None]
    in_document = {"op": "merge", "a": "ri", "b": "kim", "document": "d1"}
    assert entities(in_document, {**in_document, "op": "split"}) == ["kim", "kim", "kim", None]


def test_an_unknown_name_is_given_a_type_where_it_was_said() -> None:
    retyped = replay([{"op": "retype", "surface": "bulba", "document": "d1", "type": "ORG"}]).apply(MENTIONS)
    assert [found.type for found in retyped] == ["PERSON", "PERSON", "PERSON", "ORG"]
    assert replay([{"op": "retype", "surface": "bulba", "document": "d1", "type": "ORG"}]).documents == {"d1"}


def test_the_gazetteer_takes_the_names_that_the_user_gave() -> None:
    made = [
        {"op": "rename", "id": "kim", "name": "Kim the Elder; \x1b[31mred"},
        {"op": "rename", "id": "own-bulba", "name": "???"},
        {"op": "retype", "id": "own-bulba", "type": "ORG"},
    ]
    found = corrected(GAZETTEER, replay(made, GAZETTEER.rows))
    kim = found.entity("kim")
    assert kim is not None
    assert kim.name.startswith("Kim the Elder, ")
    assert "\x1b" not in kim.name
    assert "Kim Il" in kim.aliases
    own = found.entity("own-bulba")
    assert own is not None
    assert (own.name, own.type) == ("???", "ORG")
    assert corrected(GAZETTEER, replay([])) is GAZETTEER


def test_applied_gives_both_halves(tmp_path: Path) -> None:
    corrections, names = applied(store(tmp_path), GAZETTEER)
    assert not corrections
    assert names is GAZETTEER


# from a wish to judgements

SUBJECT = Subject("kim", "PERSON", "Kim Il", frozenset({"kim", "kim il"}), ("kim",))
UNKNOWN = Subject(None, "PERSON", "Bulba", frozenset({"bulba", "taras bulba"}))


def test_how_far_a_correction_may_reach() -> None:
    assert scopes(Wish("ignore", SUBJECT, MENTIONS[0], "d1")) == ("mention", "document", "everywhere")
    assert scopes(Wish("ignore", SUBJECT)) == ("everywhere",)
    assert scopes(Wish("rename", SUBJECT, MENTIONS[0], "d1")) == ("everywhere",)
    assert scopes(Wish("retype", UNKNOWN, MENTIONS[3], "d1")) == ("mention", "document", "everywhere")
    assert scopes(Wish("split", SUBJECT, MENTIONS[0], "d1", target="ri")) == ("everywhere",)


@pytest.mark.parametrize(
    ("wish", "expected"),
    [
        (Wish("ignore", SUBJECT), ["everywhere: drop all", None]),
        (Wish("merge", SUBJECT, target="ri"), ["ri", "ri", "ri", None]),
        (Wish("merge", UNKNOWN, target="ri"), ["kim", "kim", "kim", "ri"]),
        (Wish("link", SUBJECT, spelling="Kim", target="ri"), ["ri", "kim", "ri", None]),
        (Wish("split", SUBJECT, spelling="Kim", target="own-kim", new_name="Kim"), ["own-kim", "kim", "own-kim", None]),
        (Wish("unlink", SUBJECT), [None, None, None, None]),
        (Wish("rename", UNKNOWN, target="own-b", new_name="Taras"), ["kim", "kim", "kim", "own-b"]),
    ],
)
def test_a_wish_that_holds_everywhere(wish: Wish, expected: list[str | None]) -> None:
    made = judgements(wish, "everywhere")
    assert entities(*made) == (expected if wish.op != "ignore" else [None])


def test_a_wish_for_one_mention_and_for_one_document() -> None:
    wish = Wish("merge", SUBJECT, MENTIONS[1], "d1", target="ri")
    assert entities(*judgements(wish, "mention")) == ["kim", "ri", "kim", None]
    assert entities(*judgements(wish, "document")) == ["ri", "ri", "kim", None]
    split = [*judgements(wish, "everywhere"), *judgements(Wish("split", SUBJECT, target="ri"), "everywhere")]
    assert entities(*split) == ["kim", "kim", "kim", None]


def test_the_preview_tells_names_before_and_after() -> None:
    now = replay([]), GAZETTEER
    for wish, said in (
        (Wish("rename", SUBJECT, target="Elder"), [("Kim Il, PERSON", "Elder, PERSON")] * 3),
        (Wish("ignore", UNKNOWN), [("unknown name, PERSON", "")]),
        (Wish("retype", UNKNOWN, target="ORG"), [("unknown name, PERSON", "unknown name, ORG")]),
        (Wish("merge", SUBJECT, target="ri"), [("Kim Il, PERSON", "Ri Il, PERSON")] * 3),
    ):
        then = replay(judgements(wish, "everywhere"), GAZETTEER.rows)
        found = changes(MENTIONS, now, (then, corrected(GAZETTEER, then)))
        assert [(change.before, change.after) for change in found] == said


def test_new_ids_are_never_those_in_use() -> None:
    assert new_id("Taras Bulba!", ()) == "own-taras-bulba"
    assert new_id("Taras Bulba", {"own-taras-bulba", "own-taras-bulba-2"}) == "own-taras-bulba-3"
    assert new_id("★", ()) == "own-name"
    assert new_id("김정은", ()) == "own-김정은"


def test_a_correction_made_while_another_thread_replays_the_earlier_ones_counts(tmp_path: Path) -> None:
    store(tmp_path).add([{"op": "ignore", "id": "ri"}])
    judge = Meanwhile(lambda: judged.add([{"op": "merge", "a": "ri", "b": "kim"}]))

    def shipped() -> Any:
        judge()
        return GAZETTEER.rows

    judged = Judgements(tmp_path / "data" / "corrections.jsonl", Storage(), shipped)
    assert judged.corrections is not None
    judge.ended()
    assert judged.corrections.members("ri") == ("ri", "kim")
