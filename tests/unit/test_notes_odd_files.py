"""Notes files that are not as they should be: what can be read is, and no byte is lost."""

from __future__ import annotations

import json
import os
import random
import shutil
from pathlib import Path
from typing import Any

import pytest

from corpus.notes.changes import Delete, put
from corpus.notes.errors import NotSavedError
from corpus.notes.file import NotUnderstoodError, encode, parse
from tests.unit.note_stores import DOCUMENT, make_loaded, make_store, note, saved, texts

HOSTILE = Path(__file__).parents[3] / "shared" / "hostile"
DAMAGES = int(os.environ.get("DAMAGES", "30"))


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
