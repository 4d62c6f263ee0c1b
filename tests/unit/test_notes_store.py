"""The notes file: merged, never overwritten blindly, readable, backed up."""

from __future__ import annotations

import os
import random
from datetime import timedelta
from pathlib import Path

import pytest

from corpus.notes.annotation import Annotation, Creator
from corpus.notes.build import text_sha256, with_body, with_colour, with_tags
from corpus.notes.changes import Delete, Put, put
from corpus.notes.file import parse
from corpus.notes.store import NoteStore
from corpus.storage import Storage
from tests.unit.note_stores import DOCUMENT, NOW, Clock, make_loaded, make_store, note, saved, texts

ORDERS = int(os.environ.get("ORDERS", "10"))


def test_what_is_saved_is_loaded(tmp_path: Path) -> None:
    store = make_store(tmp_path, creator=Creator.named("A."))
    first = saved(store, note("첫 노트", tags=["수출"]))
    assert first.revision == 1
    assert first.creator == Creator.named("A.")
    again = make_store(tmp_path)
    assert again.load() == []
    assert again.annotations == (first,)
    assert again.get(first.id) == first
    assert again.by_document(DOCUMENT.id) == (first,)
    assert again.by_document("d0") == ()
    assert list(again.tags().values()) == [1]
    assert again.tag_ids() == {"수출": first.tags[0].id}
    assert again.text(text_sha256(DOCUMENT.body)) == DOCUMENT.body
    assert again.text("0" * 64) is None
    assert again.text("../notes") is None


def test_the_file_is_private_and_reads_well(tmp_path: Path) -> None:
    store = make_store(tmp_path)
    store.apply([put(note("첫 노트"), DOCUMENT), put(note("second", tags=["t"]), DOCUMENT)])
    data = store.path.read_text()
    assert "첫 노트" in data
    assert data.count("\n{\n") == 2
    before = data.splitlines()
    saved(store, note("third"))
    after = store.path.read_text().splitlines()
    gone = [line for line in before if line not in after]
    assert gone == ['"total": 2,']
    for path in tmp_path.rglob("*"):
        assert path.stat().st_mode & 0o077 == 0, path


def test_changing_one_note_touches_only_its_lines(tmp_path: Path) -> None:
    store = make_store(tmp_path)
    made = [saved(store, note(f"note {number}", number)) for number in range(5)]
    before = store.path.read_text().splitlines()
    saved(store, with_body(made[2], "changed", NOW + timedelta(days=1)))
    after = store.path.read_text().splitlines()
    assert len(before) == len(after)
    changed = [new.strip() for old, new in zip(before, after, strict=True) if old != new]
    assert [line.partition(": ")[0] for line in changed] == ['"modified"', '{"type"', '"kr:revision"']


def test_two_edits_of_one_note_keep_both_texts(tmp_path: Path) -> None:
    one, two = make_store(tmp_path), make_store(tmp_path)
    original = saved(one, note("original"))
    two.load()
    saved(one, with_body(original, "mine", NOW))
    outcome = two.apply([put(with_body(original, "yours", NOW), DOCUMENT)])
    merged = outcome.annotations[original.id]
    assert merged
    assert merged.texts == ("mine", "yours")
    assert merged.in_conflict
    assert outcome.messages == ("A note was changed in two places at once; both texts are kept in it.",)
    settled = saved(two, with_body(merged, "ours", NOW))
    assert (settled.text, settled.in_conflict) == ("ours", False)


def test_edits_of_different_things_are_joined_quietly(tmp_path: Path) -> None:
    one, two = make_store(tmp_path), make_store(tmp_path)
    original = saved(one, note("original", tags=["a", "b"], colour="red"))
    two.load()
    saved(one, with_tags(with_body(original, "better", NOW), ["b", "c"], NOW))
    outcome = two.apply([put(with_colour(with_tags(original, ["a", "b", "d"], NOW), "blue", NOW), DOCUMENT)])
    merged = outcome.annotations[original.id]
    assert merged
    assert (merged.text, merged.colour, merged.in_conflict) == ("better", "blue", False)
    assert sorted(tag.name for tag in merged.tags) == ["b", "c", "d"]
    assert outcome.messages == ()


def test_a_change_without_knowledge_of_the_base_loses_nothing(tmp_path: Path) -> None:
    one, stranger = make_store(tmp_path), make_store(tmp_path)
    original = saved(one, note("original", tags=["a"]))
    saved(one, with_body(original, "newer", NOW))
    merged = saved(stranger, with_tags(original, ["b"], NOW))
    assert merged.texts == ("newer", "original")
    assert {tag.name for tag in merged.tags} == {"a", "b"}


def test_a_change_made_by_hand_in_the_file_is_noticed(tmp_path: Path) -> None:
    store = make_store(tmp_path)
    original = saved(store, note("original"))
    for refresh in (False, True):
        edited = store.path.read_text().replace(store.annotations[0].texts[0], f"by hand {refresh}")
        store.path.write_text(edited)
        base = store.get(original.id)
        assert base
        if refresh:
            store.load()
        merged = saved(store, with_body(base, f"here {refresh}", NOW))
        assert set(merged.texts) >= {f"by hand {refresh}", f"here {refresh}"}
        original = saved(store, with_body(merged, "settled", NOW))


def test_deleting_and_bringing_back(tmp_path: Path) -> None:
    store = make_store(tmp_path)
    made = saved(store, note("precious"))
    outcome = store.apply([Delete(made.id, made.revision)])
    assert outcome.annotations == {made.id: None}
    assert store.annotations == ()
    assert made.id in store.path.read_text()
    back = saved(store, made, outcome.revisions[made.id])
    assert back.text == "precious"
    assert back.revision > outcome.revisions[made.id]
    assert store.apply([Delete("urn:uuid:unknown")]).annotations == {"urn:uuid:unknown": None}


def test_what_is_deleted_stays_deleted(tmp_path: Path) -> None:
    one, two = make_store(tmp_path), make_store(tmp_path)
    made = saved(one, note("old"))
    two.load()
    one.apply([Delete(made.id)])
    assert two.apply([put(made, DOCUMENT)]).annotations == {made.id: None}
    saved(two, note("another"))
    assert texts(one) == ["another"]
    assert one.apply([Delete(made.id, 1)]).annotations == {made.id: None}


def test_what_was_typed_into_a_deleted_note_is_kept(tmp_path: Path) -> None:
    one, two = make_store(tmp_path), make_store(tmp_path)
    made = saved(one, note("old"))
    two.load()
    one.apply([Delete(made.id)])
    outcome = two.apply([put(with_body(made, "typed meanwhile", NOW), DOCUMENT)])
    assert outcome.messages == ("A note that was deleted elsewhere was changed here; it is kept.",)
    assert texts(one) == ["typed meanwhile"]


def test_a_note_changed_elsewhere_is_not_deleted_unseen(tmp_path: Path) -> None:
    one, two = make_store(tmp_path), make_store(tmp_path)
    made = saved(one, note("old"))
    two.load()
    saved(one, with_body(made, "more", NOW))
    outcome = two.apply([Delete(made.id, made.revision)])
    assert outcome.messages == ("A note was changed elsewhere before it was deleted here; it is kept.",)
    assert texts(one) == ["more"]


def test_tombstones_go_after_thirty_days(tmp_path: Path) -> None:
    clock = Clock()
    store = make_store(tmp_path, clock)
    made = saved(store, note("old"))
    store.apply([Delete(made.id)])
    clock.now += timedelta(days=29)
    saved(store, note("x"))
    assert made.id in store.path.read_text()
    clock.now += timedelta(days=2)
    saved(store, note("y"))
    assert made.id not in store.path.read_text()


def test_one_tag_made_in_two_readers_has_one_id(tmp_path: Path) -> None:
    one, two = make_store(tmp_path), make_store(tmp_path)
    first, second = saved(one, note("a", tags=["수출"])), saved(two, note("b", tags=["수출"]))
    assert first.tags == second.tags
    both = one.apply([put(note("c", tags=["new"]), DOCUMENT), put(note("d", tags=["new"]), DOCUMENT)])
    assert len({item.tags[0].id for item in both.annotations.values() if item}) == 1


def test_saving_nothing_new_writes_nothing(tmp_path: Path) -> None:
    store = make_store(tmp_path)
    made = saved(store, note("x"))
    mark = store.mark
    assert saved(store, made) == made
    assert not store.changed_since(mark)


def test_the_other_readers_writes_are_noticed_cheaply(tmp_path: Path) -> None:
    one, two = make_store(tmp_path), make_store(tmp_path)
    assert not one.changed_since(one.mark)
    saved(one, note("x"))
    assert not one.changed_since(one.mark)
    two.load()
    saved(two, note("y"))
    assert one.changed_since(one.mark)
    assert texts(one) == ["x", "y"]
    assert not one.changed_since(one.mark)


def test_backups_hold_the_last_five_and_seven_days(tmp_path: Path) -> None:
    clock = Clock()
    store = make_store(tmp_path, clock)
    for day in range(10):
        for number in range(3):
            saved(store, note(f"{day} {number}"))
        clock.now += timedelta(days=1)
    names = sorted(path.name for path in (tmp_path / "backups").iterdir())
    days = [name.removeprefix("notes-")[:8] for name in names]
    assert len(set(days)) == 7
    assert days.count("20260831") == 3
    assert len(names) == 5 + 5
    assert len(parse((tmp_path / "backups" / names[-1]).read_bytes()).annotations) == 29


def test_notes_files_elsewhere_have_backups_of_their_own(tmp_path: Path) -> None:
    for name in ("one", "two"):
        storage = Storage(clock=Clock())
        store = NoteStore(tmp_path / name / "notes.json", storage, tmp_path / "texts", tmp_path / "data" / "backups")
        for number in range(3):
            saved(store, note(f"{name} {number}"))
    names = [path.name for path in (tmp_path / "data" / "backups").iterdir()]
    assert len(names) == 4
    assert len({name.split("-")[1] for name in names}) == 2


def test_a_mistake_of_a_caller_does_not_stick(tmp_path: Path) -> None:
    store = make_store(tmp_path)
    wrong = Annotation({**note("x").record, "bad": object()})
    with pytest.raises(TypeError):
        store.apply([Put(wrong)])
    assert store.unsaved == ()
    saved(store, note("y"))
    assert texts(store) == ["y"]


def test_any_order_of_two_readers_keeps_every_text(tmp_path: Path) -> None:
    for seed in range(ORDERS):
        rng, home = random.Random(seed), tmp_path / str(seed)
        stores = [make_store(home), make_store(home)]
        saved(stores[0], note("start"))
        current = [make_loaded(home).annotations[0] for _ in stores]
        written = ["start", "start"]
        for store in stores:
            store.load()
        for turn in range(8):
            who = rng.randrange(2)
            if rng.random() < 0.4:
                stores[who].load()
                current[who] = stores[who].annotations[0]
            text = f"{seed} {turn}"
            seen = set(current[who].texts)
            current[who] = saved(stores[who], with_body(current[who], text, NOW))
            written = [item for item in written if item not in seen] + [text]
        final = set(make_loaded(home).annotations[0].texts)
        assert {item for item in written if item != "start"} <= final | {"start"}
