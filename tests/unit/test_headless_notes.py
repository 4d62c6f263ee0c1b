from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from corpus.model import Document, make_document
from corpus.notes.build import annotate
from corpus.notes.changes import put
from corpus.notes.store import NoteStore
from corpus.storage import Storage
from tui import cli
from tui.headless.notes import FORMATS

NOW = datetime(2018, 3, 1, tzinfo=UTC)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for kind in ("data", "config", "state", "cache"):
        monkeypatch.setenv(f"KOREA_READER_{kind.upper()}_DIR", str(tmp_path / kind))
    return tmp_path


@pytest.fixture
def document() -> Document:
    return make_document("Talks", [("They will meet in April.", "paragraph")], url="https://news.example/talks")


@pytest.fixture
def notes(home: Path, document: Document) -> Path:
    data = home / "data"
    store = NoteStore(data / "notes.json", Storage(), data / "texts", data / "backups")
    store.load()
    span = document.span("body", 0, 14)
    store.apply(
        [
            put(annotate(document, span, note="Check \x1b[31mthis", tags=["평화"], now=NOW), document),
            put(annotate(document, document.span("body", 15, 23), now=NOW), document),
        ]
    )
    return data / "notes.json"


def test_without_notes_every_action_finds_nothing(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for action in ("list", "export", "check"):
        assert cli.main(["notes", action]) == 1
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.count("There are no notes yet") == 3
    assert list(home.iterdir()) == []


def test_notes_are_searched_and_listed_where_they_are_said_to_be(
    notes: Path, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    elsewhere = notes.rename(home / "mine.json")
    assert cli.main(["search", "this in:note"]) == 1
    assert cli.main(["search", "this in:note", "--notes", str(elsewhere)]) == 0
    assert "Check" in capsys.readouterr().out
    # the library, too, is a folder of captures
    captures = home / "data" / "captures"
    captures.mkdir()
    (captures / "korea-reader.toml").write_text('notes = "own.json"')
    elsewhere.rename(captures / "own.json")
    assert cli.main(["notes", "list"]) == 0
    assert "Check" in capsys.readouterr().out
    assert cli.main(["search", "this in:note"]) == 0


def test_the_list_shows_quotes_notes_and_tags_and_can_be_narrowed(
    notes: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["notes", "list"]) == 0
    printed = capsys.readouterr().out
    assert "They will meet" in printed
    assert "in April" in printed
    assert "\x1b" not in printed
    assert cli.main(["notes", "list", "--tag", "평화"]) == 0
    assert "in April" not in capsys.readouterr().out
    assert cli.main(["notes", "list", "--tag", "war"]) == 1


def test_an_export_is_imported_elsewhere_once(home: Path, notes: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["notes", "export", "--format", "jsonld"]) == 0
    exported = capsys.readouterr().out
    assert json.loads(exported)["type"] == "AnnotationCollection"
    given, mine = home / "given.json", home / "mine.json"
    given.write_text(exported, encoding="utf-8")
    for words in ("2 imported, 0 were there", "0 imported, 2 were there"):
        assert cli.main(["notes", "import", str(given), "--notes", str(mine)]) == 0
        assert words in capsys.readouterr().err
    assert cli.main(["notes", "list", "--notes", str(mine)]) == 0
    assert "They will meet" in capsys.readouterr().out


def test_what_is_no_notes_file_is_told_and_left_as_it_is(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for content in (b"[]", b'{"type": "AnnotationCollection", "first": {"items": [', b"\xff\x00"):
        path = home / "broken.json"
        path.write_bytes(content)
        for words in (["list"], ["export"], ["check"], ["import", str(path)]):
            notes = home / "fresh.json" if words[0] == "import" else path
            assert cli.main(["notes", *words, "--notes", str(notes)]) == 3
            printed = capsys.readouterr()
            assert printed.out == ""
            assert "broken.json" in printed.err
        assert path.read_bytes() == content
        assert [entry.name for entry in home.iterdir() if "broken" in entry.name] == ["broken.json"]


def test_a_check_counts_notes_and_kept_texts(home: Path, notes: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["notes", "check"]) == 0
    assert "2 notes" in capsys.readouterr().out
    for text in (home / "data" / "texts").iterdir():
        text.unlink()
    assert cli.main(["notes", "check"]) == 0
    assert "1 of the texts" in capsys.readouterr().out


def test_a_check_against_captures_tells_where_the_quotes_stand(
    home: Path, notes: Path, document: Document, capsys: pytest.CaptureFixture[str]
) -> None:
    from corpus.record_writing import to_line

    now = make_document("Talks", [("In April they meet. They will meet.", "paragraph")], url=document.url)
    capture = home / "later.json"
    capture.write_text(to_line(now), encoding="utf-8")
    assert cli.main(["notes", "check", str(capture)]) == 0
    printed = capsys.readouterr().out
    assert "1 quotes: moved" in printed
    assert "0 notes are about documents that are not among these captures" in printed


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_is_exported_without_control_characters(
    notes: Path, form: str, capsys: pytest.CaptureFixture[str]
) -> None:
    from corpus.notes.export import FORMS

    assert set(FORMATS) == set(FORMS)
    assert cli.main(["notes", "export", "--format", form]) == 0
    printed = capsys.readouterr().out
    assert "Talks" in printed
    assert all(char == "\n" or char.isprintable() for char in printed)


def test_a_check_tells_what_is_wrong_with_a_note(notes: Path, capsys: pytest.CaptureFixture[str]) -> None:
    written = notes.read_text(encoding="utf-8")
    notes.write_text(written.replace("2018-03-01T00:00:00Z", "yesterday", 1), encoding="utf-8")
    assert cli.main(["notes", "check"]) == 3
    assert "is not a time in UTC" in capsys.readouterr().out
