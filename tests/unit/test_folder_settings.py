from __future__ import annotations

from argparse import Namespace
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.folder_settings import FILE, FolderSettings, load
from corpus.model import Span
from corpus.paths import Folders, folders
from corpus.read.files import find_captures
from tests.ui.support import SILENT, THREAD, put_corpus
from tui.cli import _open_reader, main
from tui.options import ReaderOptions
from tui.session import Session


def said(folder: Path, text: str) -> tuple[FolderSettings, list[str]]:
    folder.mkdir(exist_ok=True)
    (folder / FILE).write_text(text, "utf-8")
    return load([folder])


def test_a_folder_names_its_own_files_and_zone(tmp_path: Path) -> None:
    folder = tmp_path / "captures"
    found, problems = said(folder, 'notes = "notes.json"\nentities = "names/own.toml"\nzone = "Asia/Seoul"\n')
    assert found == FolderSettings(folder / "notes.json", folder / "names" / "own.toml", "Asia/Seoul")
    assert not problems
    usual = folders(data=tmp_path, config=tmp_path, state=tmp_path, cache=tmp_path, environ={})
    assert (found.applied(usual).notes, found.applied(usual).entities) == found[:2]
    assert FolderSettings().applied(usual) == usual


def test_what_is_not_said_is_as_usual(tmp_path: Path) -> None:
    assert load([tmp_path]) == load([]) == load([tmp_path / "nothing"]) == (FolderSettings(), [])
    said(tmp_path / "one", 'zone = "KST"')
    # two folders may not agree
    assert load([tmp_path / "one", tmp_path / "two"]) == (FolderSettings(), [])


@pytest.mark.parametrize(
    "place", ["../notes.json", "/tmp/notes.json", "link/notes.json", "link.json", ".", "a\\u0000b"]
)
def test_a_file_elsewhere_is_not_taken(tmp_path: Path, place: str) -> None:
    folder, elsewhere = tmp_path / "captures", tmp_path / "elsewhere"
    folder.mkdir()
    elsewhere.mkdir()
    (folder / "link").symlink_to(elsewhere)
    (folder / "link.json").symlink_to(elsewhere / "notes.json")
    found, problems = said(folder, f'notes = "{place}"\nzone = "KST"\n')
    assert found == FolderSettings(zone="KST")
    assert ["in this folder" in problem for problem in problems] == [True]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("note = 'x'", "there is no setting 'note'; it knows notes, entities, zone"),
        ("zone = 9", "zone must be a text"),
        ("zone = 'nine hours'", "zone must be +09:00 or a name"),
        ("zone = ", "is not valid TOML"),
    ],
)
def test_a_mistake_costs_one_line(tmp_path: Path, text: str, words: str) -> None:
    found, (problem,) = said(tmp_path / "captures", text)
    assert found == FolderSettings()
    assert words in problem
    assert str(tmp_path / "captures" / FILE) in problem


def test_the_folders_own_names_are_found_and_its_files_are_no_captures(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = put_corpus(tmp_path / "captures", {**SILENT, "paragraphs": ["Harbourmaster Quill spoke."]})
    said(folder, 'entities = "our names.toml"\nnotes = "../elsewhere"')
    (folder / "our names.toml").write_text('[[entity]]\nname = "Harbourmaster Quill"\ntype = "PERSON"\n', "utf-8")
    assert [path.name for path in find_captures([folder]) if isinstance(path, Path)] == ["00.json"]
    places = [f"--{kind}-dir={tmp_path / kind}" for kind in ("data", "config", "state", "cache")]
    assert main(["entities", str(folder), *places]) == 0
    shown = capsys.readouterr()
    assert "Harbourmaster Quill" in shown.out
    assert "notes must name a file in this folder" in shown.err


@pytest.mark.parametrize("named", [None, "elsewhere.json"])
def test_the_reader_keeps_notes_in_the_folder_and_cites_its_zone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, named: str | None
) -> None:
    opened: list[Session] = []

    def run(chosen: ReaderOptions, session: Session) -> int:
        opened.append(session)
        return 0

    monkeypatch.setattr("tui.app.run", run)
    folder = put_corpus(tmp_path / "captures", {**THREAD, "url": None}, SILENT)
    said(folder, 'notes = "notes.json"\nzone = "KST"\nodd = 1')
    places = Folders(tmp_path / "data", tmp_path / "config", tmp_path / "state", tmp_path / "cache")
    words = Namespace(sample=False, ascii=False, theme=None)
    assert _open_reader([folder], [], words, replace(places, own_notes=Path(named) if named else None)) == 0
    (session,) = opened
    assert session.options.folders.notes == (Path(named) if named else folder / "notes.json")
    assert ["odd" in problem for problem in session.options.settings_problems] == [True]
    session.library.refresh()
    documents = map(session.library.document, session.library.listing.documents())
    document, silent = sorted(documents, key=lambda one: -len(one.comments))
    span = Span(document.id, "comment", document.comments[0].id, 0, 5)
    assert "10:00 KST [zone supplied by you]" in session.cite(document, span, "note")
    session.details.supply(document.id, "zone", "+08:00")
    assert "10:00 +08:00 [zone supplied by you]" in session.cite(document, span, "note")
    # where no time of day is stated, no zone is said to be supplied
    assert not session.supplied(silent)
