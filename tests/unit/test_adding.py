from __future__ import annotations

import hashlib
import json
import os
import stat
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.adding import _name, add_file, add_text
from corpus.paths import Folders


@pytest.fixture
def home(tmp_path: Path) -> Folders:
    return Folders(*(tmp_path / kind for kind in ("data", "config", "state", "cache")))


def ledger(home: Folders) -> list[dict[str, Any]]:
    return [json.loads(line) for line in home.ledger.read_text().splitlines()]


def test_a_file_is_copied_byte_for_byte_and_entered(tmp_path: Path, home: Folders) -> None:
    page = tmp_path / "North Korea: 평화?.HTML"
    page.write_bytes(b"<p>\xff\x00 as saved\r\n")
    os.utime(page, (1_500_000_000, 1_500_000_000))
    added = add_file(page, home)
    assert added.new
    assert added.path.read_bytes() == page.read_bytes()
    assert added.path.parent == home.captures
    assert added.path.name.startswith("north-korea-평화-")
    assert added.path.suffix == ".html"
    assert stat.S_IMODE(added.path.stat().st_mode) == 0o600
    (line,) = ledger(home)
    assert line["sha256"] == added.sha256 == hashlib.sha256(page.read_bytes()).hexdigest()
    assert line["path"] == added.path.name
    assert line["saved"] == "2017-07-14T02:40:00+00:00"
    assert line["saved_evidence"] == "file time"
    assert line["first_seen"].endswith("+00:00")


def test_the_same_bytes_are_kept_once_whatever_they_are_called(tmp_path: Path, home: Folders) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("same")
    first, second = add_file(tmp_path / "a.txt", home), add_file(tmp_path / "b.txt", home)
    assert (second.new, second.path) == (False, first.path)
    assert add_text("same", home).path == first.path
    assert len(list(home.captures.iterdir())) == len(ledger(home)) == 1


def test_two_files_of_one_name_are_both_kept(tmp_path: Path, home: Folders) -> None:
    (tmp_path / "x").mkdir()
    for place in (tmp_path / "page.txt", tmp_path / "x" / "page.txt"):
        place.write_text(str(place))
        assert add_file(place, home).new
    assert len(list(home.captures.iterdir())) == 2


def test_a_file_that_only_bears_the_hash_in_its_name_is_not_taken_for_the_capture(home: Folders) -> None:
    digest = hashlib.sha256(b"true").hexdigest()
    home.captures.mkdir(parents=True)
    planted = home.captures / f"capture-{digest[:12]}.txt"
    planted.write_text("something else")
    added = add_text("true", home)
    assert added.new
    assert added.path.read_text() == "true"
    assert planted.read_text() == "something else"


def test_pasted_text_is_named_after_its_title_and_its_source_entered(home: Folders) -> None:
    added = add_text("Talks resume\n\nbody", home, "Talks resume", source="clipboard")
    assert added.path.name.startswith("talks-resume-")
    assert added.path.read_text() == "Talks resume\n\nbody"
    (line,) = ledger(home)
    assert line["source"] == "clipboard"
    assert line["saved"] == line["first_seen"]
    assert line["saved_evidence"] == "time it was added"


def test_text_with_half_a_character_is_kept(home: Folders) -> None:
    assert add_text("a\ud800b", home).path.read_text() == "a?b"


def test_a_packed_file_keeps_both_ends_of_its_name(tmp_path: Path, home: Folders) -> None:
    for name, suffix in (
        ("dump.jsonl.gz", ".jsonl.gz"),
        ("v1.2.html", ".html"),
        ("README", ".txt"),
        (".hidden", ".txt"),
    ):
        (tmp_path / name).write_text(name)
        assert add_file(tmp_path / name, home).path.name.endswith(suffix)


def test_a_file_that_is_not_there_is_an_error_and_leaves_nothing(tmp_path: Path, home: Folders) -> None:
    with pytest.raises(FileNotFoundError):
        add_file(tmp_path / "none", home)
    assert not home.data.exists()


@given(st.text(max_size=300))
@settings(max_examples=300, deadline=None)
def test_any_title_makes_a_plain_short_name_inside_the_folder(title: str) -> None:
    name = _name(title, "0" * 64, ".txt")
    assert os.path.basename(name) == name
    assert len(name.encode()) <= 130
    assert name[0] not in ".-"
    assert all(char.isalnum() or char in "-." for char in name)
