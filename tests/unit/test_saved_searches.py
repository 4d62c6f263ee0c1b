"""Saved searches: a small file that survives what happens to it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpus.saved_searches import SavedSearch, SavedSearches
from corpus.storage import Storage
from tests.unit.meanwhile import Meanwhile


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "searches.json"


def test_searches_are_saved_renamed_and_forgotten(path: Path) -> None:
    searches = SavedSearches(path, Storage())
    assert list(searches.all()) == []
    assert not path.parent.exists()
    assert list(searches.save("김정은 in:comment")) == []
    before = searches.save("rain OR snow", "Weather")
    assert list(before) == [SavedSearch("김정은 in:comment", "김정은 in:comment")]
    searches.save("rain", "Weather")
    other = SavedSearches(path, Storage())
    assert list(other.all()) == [*before, SavedSearch("Weather", "rain")]
    assert "김정은" in path.read_text("utf-8")
    assert path.stat().st_mode & 0o077 == 0
    gone = other.remove("Weather")
    # what another reader wrote is seen
    assert list(searches.all()) == list(before)
    other.put(gone)
    assert [search.name for search in searches.all()] == ["김정은 in:comment", "Weather"]


@pytest.mark.parametrize("content", ["", "[]", '{"searches": 7}', "\x00nothing", '{"searches": [7]}x'])
def test_a_file_that_is_not_understood_is_kept(path: Path, content: str) -> None:
    path.parent.mkdir()
    path.write_text(content, "utf-8")
    searches = SavedSearches(path, Storage())
    assert list(searches.all()) == []
    assert "could not be read" in searches.message
    searches.save("rain")
    assert [search.query for search in SavedSearches(path, Storage()).all()] == ["rain"]
    assert any(item.read_text("utf-8") == content for item in path.parent.iterdir() if "set-aside" in item.name)


def test_what_is_odd_in_the_file_is_passed_over(path: Path) -> None:
    path.parent.mkdir()
    odd = [7, {"name": "x"}, {"query": ""}, {"query": "a\x1b[2J"}, {"name": 8, "query": "b"}]
    path.write_text(json.dumps({"searches": odd}), "utf-8")
    found = SavedSearches(path, Storage()).all()
    assert [search.query for search in found][1:] == ["b"]
    assert "\x1b" not in found[0].query + found[0].name


class _Crossed(Storage):
    """A storage in which, once a file was read, another reader writes it."""

    meanwhile: Meanwhile | None = None

    def read(self, path: Path) -> bytes:
        found = super().read(path)
        if self.meanwhile:
            self.meanwhile()
        return found


@pytest.mark.parametrize("change", ["save", "remove"])
def test_what_two_readers_change_at_once_is_all_kept(path: Path, change: str) -> None:
    SavedSearches(path, Storage()).put([SavedSearch("old", "old"), SavedSearch("snow", "snow")])
    storage = _Crossed()
    storage.meanwhile = other = Meanwhile(lambda: SavedSearches(path, Storage()).save("rain"))
    getattr(SavedSearches(path, storage), change)("old")
    other.ended()
    assert "rain" in [search.name for search in SavedSearches(path, Storage()).all()]
