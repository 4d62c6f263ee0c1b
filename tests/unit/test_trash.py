from __future__ import annotations

import json
from pathlib import Path

import pytest

from corpus.adding import add_text
from corpus.ledger import FILE_TIME, Facts, Ledger
from corpus.paths import Folders
from corpus.storage import Storage
from corpus.trash import Trash, TrashError
from tui.cli import main


@pytest.fixture
def home(tmp_path: Path) -> Folders:
    return Folders(*(tmp_path / kind for kind in ("data", "config", "state", "cache")))


@pytest.fixture
def trash(home: Folders) -> Trash:
    return Trash(home, Storage())


def test_a_capture_goes_to_the_trash_and_comes_back(home: Folders, trash: Trash) -> None:
    kept = add_text("Talks resume\n\nbody", home, "Talks").path
    data = kept.read_bytes()
    moved = trash.remove(kept)
    assert not kept.exists()
    assert (home.trash / moved.name).read_bytes() == data
    assert trash.listed() == [moved]
    assert trash.restore(moved.name) == kept
    assert kept.read_bytes() == data
    assert trash.listed() == []
    ops = [json.loads(line)["op"] for line in home.ledger.read_text().splitlines()]
    assert ops == ["add", "trash", "restore"]


def test_files_outside_of_the_captures_folder_are_never_touched(tmp_path: Path, home: Folders, trash: Trash) -> None:
    home.captures.mkdir(parents=True)
    page = tmp_path / "mine.txt"
    page.write_text("mine")
    (home.captures / "link.txt").symlink_to(page)
    for path in (page, home.captures / "link.txt", home.captures, home.captures / ".." / ".." / "mine.txt"):
        assert not trash.holds(path) or path == home.captures
        with pytest.raises(TrashError, match="captures folder"):
            trash.remove(path)
    assert page.read_text() == "mine"
    assert not home.trash.exists()


def test_a_name_taken_meanwhile_is_left_alone(home: Folders, trash: Trash) -> None:
    kept = add_text("first", home, "Talks").path
    moved = trash.remove(kept)
    kept.write_text("another")
    back = trash.restore(moved.name)
    assert back != kept
    assert (kept.read_text(), back.read_text()) == ("another", "first")


def test_two_of_one_name_are_told_apart(home: Folders, trash: Trash) -> None:
    folder = home.captures / "2018"
    folder.mkdir(parents=True)
    names = []
    for text in ("one", "two"):
        (folder / "page.txt").write_text(text)
        names.append(trash.remove(folder / "page.txt").name)
    assert len(set(names)) == 2
    with pytest.raises(TrashError, match="Several"):
        trash.restore("2018/page.txt")
    with pytest.raises(TrashError, match="There is no none"):
        trash.restore("none")
    assert trash.restore(names[1]).read_text() == "two"
    assert trash.restore("2018/page.txt").read_text() == "one"


def test_what_cannot_be_written_down_is_not_moved(home: Folders, trash: Trash, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = add_text("first", home, "Talks").path

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(trash.ledger, "moved", full)
    with pytest.raises(TrashError, match="No space left"):
        trash.remove(kept)
    assert kept.read_text() == "first"


def test_the_ledger_joins_what_is_known_of_the_same_bytes(home: Folders) -> None:
    ledger = Ledger(home.ledger, Storage())
    assert not ledger
    ledger.enter("a.txt", "00", Facts("2020-01-01", FILE_TIME, source="/x/a.txt"))
    ledger.enter("a.txt", "00", Facts("2026-01-01", "HTTP Date of the answer", "https://a.test/", {"etag": "7"}))
    with home.ledger.open("a") as file:
        file.write('not json\n["x"]\n{"sha256": 7}\n')
    found = ledger.facts("00")
    assert found == Facts("2026-01-01", "HTTP Date of the answer", "https://a.test/", {"etag": "7"}, "/x/a.txt")
    assert ledger.facts("11") is None


def test_the_trash_on_the_command_line(home: Folders, capsys: pytest.CaptureFixture[str]) -> None:
    def run(*words: str) -> tuple[int, str, str]:
        where = [f"--{kind}-dir={getattr(home, kind)}" for kind in ("data", "config", "state", "cache")]
        code = main(["add", *words, *where])
        said = capsys.readouterr()
        return code, said.out.strip(), said.err

    name = add_text("first", home, "Talks").path.name
    assert run("--list-trash")[0] == 1
    code, out, err = run("--remove", name)
    assert (code, Path(out).parent) == (0, home.trash)
    assert "--restore" in err
    assert run("--list-trash")[:2] == (0, name)
    assert run("--restore", name)[:2] == (0, str(home.captures / name))
    code, _, err = run("--remove", "/etc/hostname")
    assert code == 3
    assert "captures folder" in err
    assert run("--remove", name, "x.txt")[0] == 2
