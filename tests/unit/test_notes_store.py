"""The notes file: merged, never overwritten blindly, readable, and kept whatever state it is found in."""

from __future__ import annotations

import json
import os
import random
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from corpus.model import Comment, make_document
from corpus.notes.annotation import Annotation, Creator
from corpus.notes.build import annotate, text_sha256, with_body, with_colour, with_tags
from corpus.notes.changes import Delete, Put, put
from corpus.notes.drafts import Drafts
from corpus.notes.errors import NotSavedError
from corpus.notes.file import NotUnderstoodError, encode, parse
from corpus.notes.store import NoteStore
from corpus.storage import Storage

NOW = datetime(2026, 8, 22, 9, 30, tzinfo=UTC)
HOSTILE = Path(__file__).parents[3] / "shared" / "hostile"
DAMAGES = int(os.environ.get("DAMAGES", "30"))
ORDERS = int(os.environ.get("ORDERS", "10"))
DOCUMENT = make_document("제목", [("수출이 늘었다. Exports rose in July.", "paragraph")], [Comment("c1", 0, "Hm.")])


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


def make_store(home: Path, clock: Clock | None = None, **options: Any) -> NoteStore:
    storage = Storage(clock=clock or Clock())
    return NoteStore(home / "notes.json", storage, home / "texts", home / "backups", **options)


def note(text: str, start: int = 0, **options: Any) -> Annotation:
    return annotate(DOCUMENT, DOCUMENT.span("body", start, start + 5), note=text, now=NOW, **options)


def saved(store: NoteStore, annotation: Annotation, base: int | None = None) -> Annotation:
    found = store.apply([put(annotation, DOCUMENT, base)]).annotations[annotation.id]
    assert found
    return found


def texts(store: NoteStore) -> list[str]:
    assert store.load() == []
    return [item.text for item in store.annotations]


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


# Backups


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


# Files that are not as they should be


def damaged(home: Path, data: bytes) -> list[str]:
    (home / "notes.json").write_bytes(data)
    store = make_store(home)
    messages = store.load()
    kept = [path.read_bytes() for path in home.iterdir() if path.is_file()]
    assert data in kept
    saved(store, note("after"))
    assert data in [path.read_bytes() for path in home.iterdir() if path.is_file()] or not messages
    assert "after" in texts(make_store(home))
    return messages


@pytest.mark.parametrize(
    "data",
    [b"", b"[]", b"null", b"{}", b'"x"', b"\xff\xfe", b"\x00" * 40, b'{"a":' * 100_000, b'{"type": "AnnotationCollection", '
     b'"total": 1, "first": "https://e.com/page"}', b'{"type": "AnnotationCollection", "first": {"items": 3}}',
     b'{"type": "AnnotationCollection", "kr:deleted": 3}', b'{"first": {"items": []}}', b"1" * 5000],
    ids=range(13),
)  # fmt: skip
def test_a_file_that_is_not_understood_is_set_aside(tmp_path: Path, data: bytes) -> None:
    (message,) = damaged(tmp_path, data)
    assert "was not understood" in message
    assert "set aside as notes.json.set-aside-" in message


def test_a_truncated_file_gives_back_what_it_can_and_the_backup_the_rest(tmp_path: Path) -> None:
    store = make_store(tmp_path)
    for number in range(4):
        saved(store, note(f"note {number}"))
    gone = saved(store, note("deleted"))
    store.apply([Delete(gone.id)])
    data = store.path.read_bytes()
    cut = data[: data.index(b"note 2")]
    store.path.write_bytes(cut)
    later = make_store(tmp_path)
    (message,) = later.load()
    assert "2 notes could be read from it, 2 notes were added" in message
    assert texts(later) == [f"note {number}" for number in range(4)]
    aside = [path for path in tmp_path.iterdir() if "set-aside" in path.name and path.suffix != ".txt"]
    assert [path.read_bytes() for path in aside] == [cut]


def test_a_file_damaged_under_a_running_reader_is_repaired_from_its_memory(tmp_path: Path) -> None:
    store = make_store(tmp_path)
    saved(store, note("one"))
    shutil.rmtree(tmp_path / "backups", ignore_errors=True)
    store.path.write_bytes(b"garbage")
    outcome = store.apply([put(note("two"), DOCUMENT)])
    assert "was not understood" in outcome.messages[0]
    assert texts(store) == ["one", "two"]
    store.path.unlink()
    assert "is gone" in store.load()[0]
    assert len(store.annotations) == 2
    assert "was gone" in store.apply([put(note("three"), DOCUMENT)]).messages[0]
    assert texts(make_store(tmp_path)) == ["one", "two", "three"]


def test_a_newer_version_is_read_and_left_alone(tmp_path: Path) -> None:
    for change in ({"kr:version": 99}, {"kr:version": "2.0"}, {"kr:version": 99, "first": {"shape": "new"}}):
        store = make_store(tmp_path)
        saved(store, note("mine"))
        record = {**json.loads(store.path.read_bytes()), **change}
        layouts = [json.dumps(record).encode()]
        if change == {"kr:version": 99}:
            layouts.append(store.path.read_bytes().replace(b'"kr:version": 1', b'"kr:version": 99'))
        for data in layouts:
            store.path.write_bytes(data)
            reader = make_store(tmp_path, drafts_folder=tmp_path / "drafts")
            (message,) = reader.load()
            assert reader.read_only
            assert f"(notes version {change['kr:version']}, this one knows 1)" in message
            assert [item.text for item in reader.annotations] == ([] if "first" in change else ["mine"])
            with pytest.raises(NotSavedError, match="can be read here but not changed"):
                reader.apply([put(note("typed"), DOCUMENT)])
            assert "typed" in {item.text for item in reader.annotations}
            assert store.path.read_bytes() == data
            assert not [path for path in tmp_path.iterdir() if "set-aside" in path.name]
        store.path.unlink()


def test_equal_ids_keep_both_texts_and_odd_entries_stay(tmp_path: Path) -> None:
    first = {"id": "urn:x:1", "type": "Annotation", "target": "https://e.com", "bodyValue": "one"}
    second = {**first, "bodyValue": "two"}
    odd: list[Any] = [{"id": 5, "type": "Annotation", "body": ["x"]}, "str", None, [1, [2]], {}, {"type": "Annotation"}]
    record = {
        "type": "AnnotationCollection",
        "x:other": [1],
        "first": {"x:page": 1, "items": [first, second, first, *odd]},
    }
    (tmp_path / "notes.json").write_text(json.dumps(record))
    store = make_store(tmp_path)
    assert store.load() == ["6 entries in notes.json are not understood; they are kept as they are."]
    assert [item.text for item in store.annotations] == ["one", "two"]
    saved(store, note("three"))
    found = json.loads(store.path.read_text())
    assert [item for item in found["first"]["items"] if item in odd] == odd
    assert (found["x:other"], found["first"]["x:page"]) == ([1], 1)
    assert "http://www.w3.org/ns/anno.jsonld" in found["@context"]
    again = make_store(tmp_path)
    again.load()
    assert [item.text for item in again.annotations] == ["one", "two", "three"]
    assert again.annotations[1].id == store.annotations[1].id


@pytest.mark.skipif(not HOSTILE.exists(), reason="the hostile files are not here")
@pytest.mark.parametrize("name", ["66_notes_truncated", "68_notes_newer", "70_notes_dups_types", "72_notes_list_root"])
def test_hostile_notes_files(tmp_path: Path, name: str) -> None:
    data = (HOSTILE / f"{name}.json").read_bytes()
    path = tmp_path / "notes.json"
    path.write_bytes(data)
    store = make_store(tmp_path)
    messages = store.load()
    assert messages
    if "newer" in name:
        assert (path.read_bytes(), [item.text for item in store.annotations]) == (data, ["from the future"])
    elif "dups" in name:
        assert [item.text for item in store.annotations] == ["첫 노트", "other text, same id"]
    else:
        assert data in [found.read_bytes() for found in tmp_path.iterdir()]
        assert len(store.annotations) == ("truncated" in name)


def test_any_damage_leaves_the_bytes_in_the_folder(tmp_path: Path) -> None:
    rng = random.Random(66)
    store = make_store(tmp_path / "good")
    for number in range(4):
        saved(store, note(f"note {number} 한글", tags=["t"]))
    good = store.path.read_bytes()
    for turn in range(DAMAGES):
        data = bytearray(good)
        for _ in range(rng.randrange(1, 4)):
            at = rng.randrange(len(data))
            match rng.randrange(4):
                case 0:
                    data[at] = rng.randrange(256)
                case 1:
                    del data[at : at + rng.randrange(1, 200)]
                case 2:
                    data[at:at] = data[rng.randrange(len(data)) :][: rng.randrange(200)]
                case _:
                    del data[at:]
        home = tmp_path / str(turn)
        home.mkdir()
        (home / "notes.json").write_bytes(data)
        broken = make_store(home)
        broken.load()
        saved(broken, note("after"))
        kept = [path.read_bytes() for path in home.rglob("*") if path.is_file()]
        assert bytes(data) in kept
        assert "after" in [item.text for item in make_loaded(home).annotations]


def make_loaded(home: Path) -> NoteStore:
    store = make_store(home)
    store.load()
    return store


def test_foreign_layouts_and_encodings_are_read(tmp_path: Path) -> None:
    store = make_store(tmp_path)
    saved(store, note("한글 노트", tags=["t"]))
    before = store.annotations
    record = json.loads(store.path.read_bytes())
    for data in (
        json.dumps(record, indent=4).encode(),
        json.dumps(record, ensure_ascii=False).encode("utf-16"),
        b"\xef\xbb\xbf" + json.dumps(record).encode(),
        store.path.read_bytes().replace(b"\n", b"\r\n"),
    ):
        store.path.write_bytes(data)
        again = make_store(tmp_path)
        assert again.load() == []
        assert again.annotations == before


def test_text_that_is_no_utf8_survives(tmp_path: Path) -> None:
    record = {"id": "urn:x:1", "type": "Annotation", "target": "x", "bodyValue": "\ud800", "x:n": 10**30}
    collection = {"type": "AnnotationCollection", "first": {"items": [record]}}
    (tmp_path / "notes.json").write_text(json.dumps(collection))
    store = make_store(tmp_path)
    assert store.load() == []
    saved(store, note("x"))
    assert json.loads(store.path.read_text())["first"]["items"][0] == record


def test_what_is_encoded_is_parsed_to_the_same(tmp_path: Path) -> None:
    store = make_store(tmp_path)
    store.apply([put(note(text), DOCUMENT) for text in ('a"items": [\nb', "}\n,\n{", '",\n"x": [', "\n]}\n}\n")])
    data = store.path.read_bytes()
    assert encode(parse(data)) == data
    with pytest.raises(NotUnderstoodError):
        parse(data[:-6])


def test_a_notes_file_behind_a_link_stays_there(tmp_path: Path) -> None:
    (tmp_path / "dotfiles").mkdir()
    (tmp_path / "notes.json").symlink_to(tmp_path / "dotfiles" / "n.json")
    store = make_store(tmp_path)
    saved(store, note("x"))
    (tmp_path / "dotfiles" / "n.json").write_bytes(b"broken")
    make_loaded(tmp_path)
    assert (tmp_path / "notes.json").is_symlink()
    assert [path for path in (tmp_path / "dotfiles").iterdir() if "n.json.set-aside" in path.name]


def test_a_folder_in_the_place_of_the_file_is_reported(tmp_path: Path) -> None:
    (tmp_path / "notes.json").mkdir()
    store = make_store(tmp_path)
    assert store.load() == ["notes.json could not be read: is a directory."]
    with pytest.raises(NotSavedError, match="your changes are kept in memory"):
        store.apply([put(note("x"), DOCUMENT)])
    assert [item.text for item in store.annotations] == ["x"]
    with pytest.raises(NotSavedError):
        store.apply([Delete(store.annotations[0].id)])
    assert store.annotations == ()


def test_a_mistake_of_a_caller_does_not_stick(tmp_path: Path) -> None:
    store = make_store(tmp_path)
    wrong = Annotation({**note("x").record, "bad": object()})
    with pytest.raises(TypeError):
        store.apply([Put(wrong)])
    assert store.unsaved == ()
    saved(store, note("y"))
    assert texts(store) == ["y"]


def test_leftovers_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    drafts = tmp_path / "drafts"
    drafts.mkdir()
    (drafts / "unsaved-1.json").write_bytes(b"broken")
    store = make_store(tmp_path, drafts_folder=drafts)
    (message,) = store.recover()
    assert message == f"Unsaved notes of an earlier session are still in {drafts / 'unsaved-1.json'}."
    assert (drafts / "unsaved-1.json").exists()


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


# Drafts


def test_drafts_are_kept_until_they_are_dropped(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path / "drafts", Storage(clock=Clock()))
    assert drafts.load("note:1") is None
    drafts.save("note:1", "여기까지 썼다\x1b[0m ")
    drafts.save("../../x", "other")
    again = Drafts(tmp_path / "drafts", Storage())
    assert again.load("note:1") == "여기까지 썼다␛[0m"
    assert [draft.key for draft in again.all()] == ["../../x", "note:1"]
    assert all(path.stat().st_mode & 0o777 == 0o600 for path in (tmp_path / "drafts").iterdir())
    again.drop("note:1")
    again.drop("note:1")
    assert [draft.key for draft in again.all()] == ["../../x"]
    for path in (tmp_path / "drafts").iterdir():
        path.write_bytes(b"[]")
    assert again.all() == ()
