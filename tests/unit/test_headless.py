"""The subcommands over real captures: what they print, keep and return."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import cast

import pytest

from corpus.library import Library, Report
from corpus.model import Comment, Document, Problem, make_document
from corpus.sample import folder
from tui import cli
from tui.headless.opening import refresh
from tui.headless.output import print_csv, print_table


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for kind in ("data", "config", "state", "cache"):
        monkeypatch.setenv(f"KOREA_READER_{kind.upper()}_DIR", str(tmp_path / kind))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def document(title: str = "Delegation crosses the line") -> Document:
    comments = [
        Comment("c1", 0, "The fax bore the name of Ri Son-gwon, I hear.", author="Night Radio", posted="2018-01-05"),
        Comment("c2", 1, "Ri Son Gwon, you mean.", author="\x1b[31mred\x9b", parent="c1", depth=1),
    ]
    paragraphs = [
        ("The northern officials walked over the military line at Panmunjom on Tuesday morning.", "paragraph"),
        ("They were led by Ri Son-gwon, and met Cho Myoung-gyon in the Peace House.", "paragraph"),
    ]
    return make_document(title, paragraphs, comments, published="2018-01-09")


def write(path: Path, *documents: Document) -> Path:
    from corpus.record_writing import to_line

    path.write_text("".join(to_line(item) + "\n" for item in documents or (document(),)), encoding="utf-8")
    return path


def pipe(monkeypatch: pytest.MonkeyPatch, data: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data)))


def test_show_prints_an_article_and_its_comments(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["show", str(write(home / "a.jsonl"))]) == 0
    printed = capsys.readouterr()
    lines = printed.out.splitlines()
    assert printed.err == ""
    assert lines[:2] == ["Delegation crosses the line", "2018-01-09"]
    assert "2 comments" in lines
    assert "  #1 · Night Radio · 2018-01-05" in lines
    assert any(line.startswith("    #2 · ") for line in lines)
    assert "\x1b" not in printed.out
    assert "\x9b" not in printed.out


def test_what_show_prints_as_json_reads_as_the_same_again(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["show", "--json", str(folder())]) == 0
    first = capsys.readouterr().out
    assert len(first.splitlines()) == 8
    pipe(monkeypatch, first.encode())
    assert cli.main(["show", "--json", "-"]) == 0
    assert capsys.readouterr().out == first


def test_show_names_what_it_could_not_read_and_shows_the_rest(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (home / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0")
    write(home / "a.jsonl")
    assert cli.main(["show", "picture.txt", "none.txt", "a.jsonl"]) == 3
    printed = capsys.readouterr()
    assert printed.out.startswith("Delegation crosses the line")
    assert [line.split(":")[0] for line in printed.err.splitlines()] == ["picture.txt", "none.txt"]


def test_an_empty_folder_shows_nothing(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (home / "empty").mkdir()
    assert cli.main(["show", "empty"]) == 1
    assert capsys.readouterr() == ("", "There was nothing to show.\n")


def test_search_finds_a_misspelt_name_and_tells_the_total(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(home / "a.jsonl")
    assert cli.main(["search", "Panmunjon", "--in", "a.jsonl", "--json"]) == 0
    printed = capsys.readouterr()
    hit = json.loads(printed.out.splitlines()[0])
    assert set(hit) == {"kind", "span", "title", "author", "excerpt", "highlights", "why", "also", "score"}
    assert hit["why"] != "exact"
    ((start, end),) = hit["highlights"]
    assert hit["excerpt"][start:end] == "Panmunjom"
    assert printed.err.splitlines()[-1].startswith("1 of exactly 1")


def test_search_prints_where_each_passage_stands(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(home / "a.jsonl")
    assert cli.main(["search", "Peace", "House", "--in", "a.jsonl"]) == 0
    assert "¶2" in capsys.readouterr().out
    assert cli.main(["search", "fax bore", "--in", "a.jsonl", "--exact", "--limit", "1"]) == 0
    assert "#1 · Night Radio" in capsys.readouterr().out


def test_a_search_without_hits_finds_nothing(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(home / "a.jsonl")
    assert cli.main(["search", "zzzzqqqq", "--in", "a.jsonl"]) == 1
    assert capsys.readouterr().out == ""


def test_entities_are_counted_over_all_documents(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(home / "a.jsonl", document(), document("The delegation again"))
    assert cli.main(["entities", "a.jsonl", "--json"]) == 0
    records = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    (ri,) = [record for record in records if record["hangul"] == "리선권" or record["name"].startswith("Ri Son")]
    assert (ri["article"], ri["comments"]) == (2, 4)
    assert len(ri["mentions"]) == 6
    assert {mention["surface"] for mention in ri["mentions"]} == {"Ri Son-gwon", "Ri Son Gwon"}


@pytest.mark.parametrize("form", ["table", "csv"])
def test_entities_as_a_table_and_for_a_spreadsheet(home: Path, form: str, capsys: pytest.CaptureFixture[str]) -> None:
    write(home / "a.jsonl")
    assert cli.main(["entities", "a.jsonl", "--format", form]) == 0
    printed = capsys.readouterr().out
    assert "Panmunjom" in printed
    if form == "csv":
        rows = list(csv.DictReader(io.StringIO(printed)))
        assert all(row["article"].isdigit() for row in rows)


def test_captures_without_names_have_no_entities(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(home / "a.jsonl", make_document("it rained", [("and it rained again.", "paragraph")]))
    assert cli.main(["entities", "a.jsonl"]) == 1
    assert capsys.readouterr().out == ""


def test_an_index_is_built_refreshed_and_checked(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(home / "a.jsonl")
    assert cli.main(["index", "--check", "a.jsonl"]) == 1
    assert cli.main(["index", "a.jsonl"]) == 0
    assert "1 document in the index; 1 capture read, 0 unchanged" in capsys.readouterr().err
    assert cli.main(["index", "a.jsonl"]) == 0
    assert "0 captures read, 1 unchanged" in capsys.readouterr().err
    assert cli.main(["index", "--check", "a.jsonl"]) == 0
    assert "whole" in capsys.readouterr().err


def test_a_damaged_index_is_noticed_by_the_check(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(home / "a.jsonl")
    assert cli.main(["index", "a.jsonl"]) == 0
    (index,) = (home / "cache").glob("*.db")
    data = bytearray(index.read_bytes())
    at = data.find(b"northern officials")
    data[at : at + 8] = b"southern"
    index.write_bytes(bytes(data))
    assert cli.main(["index", "--check", "a.jsonl"]) == 3
    assert "damaged" in capsys.readouterr().err


@pytest.mark.parametrize(
    "command", [["index", "--check", "a.jsonl"], ["search", "northern officials", "--in", "a.jsonl"]]
)
def test_damage_that_one_command_meets_is_mended_by_index(
    home: Path, command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    write(home / "a.jsonl")
    assert cli.main(["index", "a.jsonl"]) == 0
    (index,) = (home / "cache").glob("*.db")
    index.write_bytes(index.read_bytes().replace(b"northern officials", b"northern offiXials"))
    capsys.readouterr()
    assert cli.main(command) != 0
    assert "`korea-reader index`" in capsys.readouterr().err
    assert cli.main(["index", "a.jsonl"]) == 0
    assert "The index is damaged; it was made anew from the captures" in capsys.readouterr().err
    assert cli.main(["index", "--check", "a.jsonl"]) == 0
    assert cli.main(["search", "northern officials", "--in", "a.jsonl"]) == 0
    assert cli.main(["index", "a.jsonl"]) == 0
    assert "0 captures read, 1 unchanged" in capsys.readouterr().err


def test_index_tells_what_could_not_be_read(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (home / "in").mkdir()
    write(home / "in" / "a.jsonl")
    (home / "in" / "bad.json").write_text("{")
    assert cli.main(["index", "in"]) == 3
    assert "bad.json" in capsys.readouterr().err


def test_ctrl_c_ends_the_reading_of_captures_between_two_of_them(capsys: pytest.CaptureFixture[str]) -> None:
    class Slow:
        pending = "1 of 2 captures read"

        def refresh(self, progress: object, stop: Callable[[], bool]) -> Report:
            assert not stop()
            os.kill(os.getpid(), signal.SIGINT)
            return Report(documents=7, stopped=stop())

        def problems(self) -> list[Problem]:
            return []

    before = signal.getsignal(signal.SIGINT)
    with pytest.raises(KeyboardInterrupt):
        refresh(cast("Library", Slow()))
    assert signal.getsignal(signal.SIGINT) is before
    assert "7 documents are in the index and kept (1 of 2 captures read)" in capsys.readouterr().err


def test_add_keeps_a_copy_that_the_reader_then_finds(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = write(home / "a.jsonl")
    assert cli.main(["add", "a.jsonl"]) == 0
    printed = capsys.readouterr()
    kept = Path(printed.out.strip())
    assert kept.read_bytes() == source.read_bytes()
    assert "Found: Delegation crosses the line · 2018-01-09 · 2 paragraphs, 2 comments" in printed.err
    assert cli.main(["add", "a.jsonl"]) == 0
    assert "already" in capsys.readouterr().err
    assert cli.main(["search", "Panmunjom"]) == 0
    assert "Delegation crosses the line" in capsys.readouterr().out


def test_pasted_text_is_shown_and_kept_under_its_title(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (Path(folder()) / "04-teuksadan.txt").read_bytes()
    pipe(monkeypatch, text)
    assert cli.main(["add", "-"]) == 0
    printed = capsys.readouterr()
    kept = Path(printed.out.strip())
    assert kept.read_bytes() == text
    assert kept.name.startswith("특사단")
    assert kept.suffix == ".txt"
    assert "Found: " in printed.err


def test_the_clipboard_is_kept_or_its_silence_told(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from corpus.record_writing import to_line
    from tui import clipboard

    monkeypatch.setattr(clipboard, "paste", lambda: to_line(document()).encode())
    assert cli.main(["add", "--clipboard"]) == 0
    assert capsys.readouterr().out.strip().endswith(".json")

    def silent() -> bytes:
        raise clipboard.ClipboardError("The clipboard cannot be read here.")

    monkeypatch.setattr(clipboard, "paste", silent)
    assert cli.main(["add", "--clipboard"]) == 3


def test_what_is_no_text_is_not_kept(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (home / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0")
    assert cli.main(["add", "picture.png", "none.txt"]) == 3
    pipe(monkeypatch, b" \n")
    assert cli.main(["add", "-"]) == 1
    assert capsys.readouterr().out == ""
    assert not (home / "data").exists()


def test_no_cell_is_a_formula(capsys: pytest.CaptureFixture[str]) -> None:
    cells = ["=1+1", "+1", "-1", "@x", "\t=1", " =1", "＝1", "plain", "3-1", -5]
    print_csv(["a"], [[cell] for cell in cells])
    rows = [row[0] for row in csv.reader(io.StringIO(capsys.readouterr().out))][1:]
    assert rows == ["'=1+1", "'+1", "'-1", "'@x", "'\t=1", "' =1", "'＝1", "plain", "3-1", "-5"]


def test_a_table_shows_any_text_as_itself_and_whole(capsys: pytest.CaptureFixture[str]) -> None:
    hostile = "[bold]x[/] [link=http://x]y \x1b]52;c;aGk=\x07 :smile: " + "long " * 100
    print_table(("A", "B"), [(hostile, 1), (None, "한글")], right=(1,))
    printed = capsys.readouterr().out
    assert "[bold]x[/] [link=http://x]y" in printed
    assert ":smile:" in printed
    assert "long " * 99 in printed
    assert all(char == "\n" or char.isprintable() for char in printed)
