"""`korea-reader search` from the shell: its words in any order, what it says of captures and names, what it returns."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tui import cli
from tui.headless import search


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for kind in ("data", "config", "state", "cache"):
        monkeypatch.setenv(f"KOREA_READER_{kind.upper()}_DIR", str(tmp_path / kind))
    monkeypatch.chdir(tmp_path)
    comment = {"id": "a", "author": "Herdee", "body": "I saw DPRK officials", "parent": None}
    records = [
        {"title": f"Report {at}", "body": text, "comments": [comment] if at == 0 else []}
        for at, text in enumerate(["북한 선수단이 왔다.", "North Korea sent athletes.", "They met at Panmunjom."])
    ]
    (tmp_path / "a.json").write_text(json.dumps(records, ensure_ascii=False), encoding="utf-8")
    (tmp_path / "odd.json").write_text(json.dumps([*records[:1], {"x": 1}, {"y": 2}]), encoding="utf-8")
    return tmp_path


def test_the_query_may_stand_before_or_behind_the_paths(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ways = (
        ["athletes", "--in", "a.json"],
        ["--in", "a.json", "athletes"],
        ["--in", "a.json", "--exact", "--", "athletes"],
        ["--in", "a.json", "sent", "athletes"],
    )
    found = []
    for way in ways:
        assert cli.main(["search", *way]) == 0, way
        found.append(capsys.readouterr().out.split(" · ")[0])
    assert set(found) == {"Report 1"}
    assert cli.main(["search", "--in", "a.json"]) == 2
    assert "Type what to look for" in capsys.readouterr().err


def test_a_query_may_begin_with_a_minus(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["search", "-commenter:Herdee in:comment", "--in", "a.json"]) == 1
    assert cli.main(["search", "-commenter:Herdee", "--in", "a.json"]) == 0
    assert "DPRK" not in capsys.readouterr().out
    assert cli.main(["search", "-athletes", "Report", "--in", "a.json", "--limit", "1"]) == 0
    assert cli.main(["search", "x", "--limit", "-1"]) == 2


def test_names_are_found_in_a_new_library_as_in_an_old_one(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["search", "북한", "--in", "a.json"]) == 0
    first = capsys.readouterr()
    assert cli.main(["index", "a.json"]) == 0
    capsys.readouterr()
    assert cli.main(["search", "북한", "--in", "a.json"]) == 0
    assert capsys.readouterr().out == first.out
    assert "North Korea sent" in first.out
    assert "exactly" in first.err


def test_where_many_names_are_not_read_the_count_is_not_called_exact(
    home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "FEW", 2)
    assert cli.main(["search", "Panmunjom", "--in", "a.json"]) == 0
    said = capsys.readouterr().err
    assert "The names of 0 of 3 documents are read; `korea-reader index` reads the rest." in said
    assert "1 of more than 1" in said
    assert cli.main(["search", "zebra", "--in", "a.json"]) == 1
    assert "exactly" not in capsys.readouterr().err
    assert cli.main(["index", "a.json"]) == 0
    assert cli.main(["search", "Panmunjom", "--in", "a.json"]) == 0
    assert "2 of exactly 2" in capsys.readouterr().err


def test_records_that_are_left_out_take_one_line_and_do_not_hide_what_was_found(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["search", "북한", "--in", "odd.json"]) == 0
    said = capsys.readouterr().err.splitlines()
    assert [line for line in said if "left out" in line] == [
        "2 records or files were left out; `korea-reader index` tells which."
    ]
    assert cli.main(["search", "zebra", "--in", "odd.json"]) == 3
    capsys.readouterr()
    assert cli.main(["index", "odd.json"]) == 3
    assert len([line for line in capsys.readouterr().err.splitlines() if "left out" in line]) == 2
