from __future__ import annotations

from pathlib import Path

import pytest

from corpus.paths import Folders, folders


def test_options_come_before_the_environment_and_that_before_the_system(tmp_path: Path) -> None:
    environ = {
        "KOREA_READER_DATA_DIR": str(tmp_path / "env-data"),
        "KOREA_READER_STATE_DIR": str(tmp_path / "env-state"),
    }
    found = folders(data=tmp_path / "given", environ=environ)
    assert found.data == tmp_path / "given"
    assert found.state == tmp_path / "env-state"
    assert "korea-reader" in str(found.config)
    assert found.cache.is_absolute()


def test_an_empty_variable_counts_as_unset() -> None:
    assert folders(environ={"KOREA_READER_CACHE_DIR": ""}) == folders(environ={})


def test_home_and_relative_folders_are_made_absolute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    found = folders(data=Path("~/d"), config=Path("c"), environ={})
    assert found.data == tmp_path / "home" / "d"
    assert found.config == tmp_path / "c"


def test_asking_makes_nothing(tmp_path: Path) -> None:
    found = folders(tmp_path / "a", tmp_path / "b", tmp_path / "c", tmp_path / "d")
    found.index([tmp_path])
    assert list(tmp_path.iterdir()) == []


def test_everything_lies_in_the_folder_of_its_kind(tmp_path: Path) -> None:
    found = Folders(tmp_path / "data", tmp_path / "config", tmp_path / "state", tmp_path / "cache")
    places = {
        "data": (found.captures, found.ledger, found.notes, found.texts, found.corrections, found.backups),
        "config": (found.settings, found.entities),
        "state": (found.drafts, found.log, found.reading, found.quotes),
        "cache": (found.index([tmp_path]),),
    }
    everything = [place for listed in places.values() for place in listed]
    assert len(set(everything)) == len(everything)
    for kind, listed in places.items():
        assert all(place.parent == tmp_path / kind for place in listed)


def test_an_index_belongs_to_its_roots_however_they_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "one").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "one")
    found = folders(cache=tmp_path / "cache", environ={})
    named = found.index([tmp_path / "one", tmp_path / "two"])
    assert named == found.index([Path("two"), Path("link"), Path("one")])
    assert named != found.index([tmp_path / "one"])
    assert named.suffix == ".db"


def test_a_root_whose_name_is_no_text_has_an_index(tmp_path: Path) -> None:
    assert folders(cache=tmp_path, environ={}).index([Path("bad\udcff")]).parent == tmp_path
