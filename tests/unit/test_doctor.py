from __future__ import annotations

from pathlib import Path

import pytest

from corpus.paths import Folders
from tui import cli
from tui.headless.doctor import BAD, NOTE, OK, Finding, examine


@pytest.fixture
def places(tmp_path: Path) -> Folders:
    return Folders(*(tmp_path / kind for kind in ("data", "config", "state", "cache")))


def look(places: Folders, **environ: str) -> dict[str, Finding]:
    environ.setdefault("PATH", "")
    return {finding.what: finding for finding in examine(environ, places, places.notes)}


def test_it_looks_and_makes_nothing(places: Folders, tmp_path: Path) -> None:
    found = look(places, TERM="xterm-256color")
    assert {
        "program",
        "terminal",
        "colours",
        "clipboard",
        "data folder",
        "settings",
        "library",
        "notes",
        "index",
    } <= set(found)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("environ", "words"),
    [
        ({"NO_COLOR": "1", "COLORTERM": "truecolor"}, "NO_COLOR"),
        ({"COLORTERM": "truecolor"}, "16 million"),
        ({"TERM": "screen-256color"}, "256"),
        ({"TERM": "xterm"}, "16;"),
        ({"TERM": "dumb"}, "none known"),
        ({}, "none known"),
    ],
)
def test_colours(places: Folders, environ: dict[str, str], words: str) -> None:
    assert words in look(places, **environ)["colours"].words


def test_the_way_of_the_clipboard_is_told_no_surer_than_it_is(places: Folders, tmp_path: Path) -> None:
    tools = tmp_path / "bin"
    tools.mkdir()
    for name in ("tmux", "xclip"):
        (tools / name).write_text("#!/bin/sh\n")
        (tools / name).chmod(0o755)
    here = {"PATH": str(tools), "DISPLAY": ":0"}
    assert look(places, **here)["clipboard"][::2] == (OK, "xclip; if it fails, the terminal is asked (OSC 52)")
    over_ssh = look(places, SSH_TTY="/dev/pts/0", **here)["clipboard"]
    assert over_ssh.mark == NOTE
    assert "cannot be known" in over_ssh.words
    assert "tmux" in look(places, TMUX="x", SSH_TTY="y", **here)["clipboard"].words
    assert "not found" in look(places, TMUX="x")["clipboard"].words
    assert look(places)["clipboard"].mark == NOTE


def test_folders_that_cannot_be_used_or_that_others_may_read_are_told(places: Folders, tmp_path: Path) -> None:
    places.data.write_text("a file")
    places.config.mkdir(mode=0o700)
    places.state.mkdir()
    places.state.chmod(0o755)
    found = look(Folders(places.data, places.config, places.state, places.data / "below"))
    assert found["data folder"].mark == BAD
    assert found["config folder"].mark == OK
    assert found["state folder"].mark == NOTE
    assert found["cache folder"].mark == BAD


def test_broken_settings_and_notes_are_bad_and_the_exit_code_says_so(
    places: Folders, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for kind in ("data", "config", "state", "cache"):
        monkeypatch.setenv(f"KOREA_READER_{kind.upper()}_DIR", str(getattr(places, kind)))
    places.config.mkdir()
    places.data.mkdir()
    places.settings.write_text("mesure = 3\nascii = 'Mars'\n")
    places.notes.write_text("[]")
    found = list(examine({"PATH": ""}, places, places.notes))
    assert [finding.what for finding in found if finding.mark == BAD and finding.what != "parts"] == [
        "settings",
        "settings",
        "notes",
    ]
    assert cli.main(["doctor"]) == 3
    assert "did you mean 'measure'" in capsys.readouterr().out
    assert places.notes.read_text() == "[]"
