"""What was typed and is not yet saved: drafts, and what an earlier session left."""

from __future__ import annotations

from pathlib import Path

from corpus.notes.drafts import Drafts
from corpus.storage import Storage
from tests.unit.note_stores import Clock, make_store


def test_leftovers_that_cannot_be_read_are_named(tmp_path: Path) -> None:
    drafts = tmp_path / "drafts"
    drafts.mkdir()
    (drafts / "unsaved-1.json").write_bytes(b"broken")
    store = make_store(tmp_path, drafts_folder=drafts)
    (message,) = store.recover()
    assert message == f"Unsaved notes of an earlier session are still in {drafts / 'unsaved-1.json'}."
    assert (drafts / "unsaved-1.json").exists()


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
