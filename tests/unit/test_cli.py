"""The command itself: which subcommand is meant, its streams and its exit codes."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import tui
from tui import cli
from tui.options import ReaderOptions

ROOT = Path(__file__).parents[2]
KINDS = ("data", "config", "state", "cache")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for kind in KINDS:
        monkeypatch.setenv(f"KOREA_READER_{kind.upper()}_DIR", str(tmp_path / kind))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def start(home: Path, *words: str, **more: Any) -> subprocess.Popen[bytes]:
    environ = {"PATH": os.environ["PATH"], "HOME": str(home), "PYTHONPATH": str(ROOT), **more.pop("environ", {})}
    command = [sys.executable, "-m", "tui", *words]
    return subprocess.Popen(command, env=environ, cwd=home, **more)


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[ReaderOptions]:
    """Stand in for the reader, in a terminal; return what it is started with."""
    sessions: list[ReaderOptions] = []

    def run(options: ReaderOptions, session: object = None) -> int:
        sessions.append(options)
        return 0

    class Terminal:
        def isatty(self) -> bool:
            return True

    module = type(sys)("tui.app")
    module.run = run  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "tui.app", module)
    monkeypatch.setattr(sys, "__stdin__", Terminal())
    monkeypatch.setattr(sys, "__stderr__", Terminal())
    return sessions


@pytest.mark.parametrize(
    ("words", "at"),
    [
        ("show x", 0),
        ("--ascii show x", 1),
        ("--data-dir show", None),
        ("--data-dir show show x", 2),
        ("--data-dir=show notes list", 1),
        ("./show x", None),
        ("x show", None),
        ("-- show", None),
        ("- show", None),
        ("", None),
    ],
)
def test_the_first_word_that_is_no_option_names_the_subcommand(words: str, at: int | None) -> None:
    assert cli._subcommand_at(words.split()) == at


def test_help_names_every_subcommand_and_goes_to_standard_output(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--help"]) == 0
    printed = capsys.readouterr()
    assert printed.err == ""
    assert all(name in printed.out for name in cli.SUBCOMMANDS)


@pytest.mark.parametrize("name", cli.SUBCOMMANDS)
def test_every_subcommand_has_help(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main([name, "--help"]) == 0
    assert "--data-dir" in capsys.readouterr().out


def test_the_version_is_that_of_the_project(capsys: pytest.CaptureFixture[str]) -> None:
    import tomllib

    assert cli.main(["--version"]) == 0
    assert capsys.readouterr().out == f"korea-reader {tui.__version__}\n"
    assert tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["version"] == tui.__version__


@pytest.mark.parametrize(
    "words",
    [
        ["--nonsense"],
        ["--dat", "x"],
        ["show"],
        ["show", "--json", "--text", "x"],
        ["notes"],
        ["notes", "burn"],
        ["notes", "export", "--format", "docx"],
        ["notes", "import"],
        ["search"],
        ["search", "x", "--limit", "0"],
        ["entities", "x", "--format", "xml"],
        ["add"],
        ["add", "--list-trash", "x"],
        ["-"],
    ],
)
def test_wrong_usage_is_told_on_standard_error(
    home: Path, words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(words) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert printed.err.strip()
    assert list(home.iterdir()) == []


def test_an_option_that_acts_on_terminals_is_told_harmlessly(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["show", "x", "--\x1b]0;title\x07\x9b31m"]) == 2
    assert all(char == "\n" or char.isprintable() for char in capsys.readouterr().err)


def test_no_path_reads_the_library_and_before_there_is_one_the_sample(home: Path, opened: list[ReaderOptions]) -> None:
    from corpus.sample import folder

    assert cli.main([]) == 0
    (home / "data" / "captures").mkdir(parents=True)
    assert cli.main([]) == 0
    (home / "data" / "captures" / "page.txt").write_text("x")
    assert cli.main([]) == 0
    assert cli.main(["--sample"]) == 0
    assert [(session.paths, session.sample) for session in opened] == [
        ((folder(),), True),
        ((folder(),), True),
        ((home / "data" / "captures",), False),
        ((folder(),), True),
    ]


def test_the_reader_is_told_what_the_command_line_and_the_settings_say(home: Path, opened: list[ReaderOptions]) -> None:
    (home / "config").mkdir()
    (home / "config" / "config.toml").write_text("theme = 'paper'\nascii = true\nmesure = 3\n")
    (home / "notes").mkdir()
    assert cli.main(["./notes", "--notes", "mine.json"]) == 0
    assert cli.main(["--theme", "ink", "notes/"]) == 0
    first, second = opened
    assert first.paths == (Path("notes"),)
    assert (first.theme, first.ascii, first.folders.notes) == ("paper", True, Path("mine.json"))
    assert len(first.settings_problems) == 1
    assert (second.theme, second.folders.notes) == ("ink", home / "data" / "notes.json")
    assert second.folders.state == home / "state"


def test_options_name_the_folders(home: Path, opened: list[ReaderOptions]) -> None:
    assert cli.main(["--data-dir", "elsewhere", "--cache-dir=c"]) == 0
    assert opened[0].folders.data == home / "elsewhere"
    assert opened[0].folders.cache == home / "c"
    assert opened[0].folders.config == home / "config"


def test_a_path_that_is_not_there_is_told_and_the_others_are_read(
    home: Path, opened: list[ReaderOptions], capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["none", str(home)]) == 0
    assert opened[0].paths == (home,)
    assert "none" in opened[0].problems[0]
    assert cli.main(["none"]) == 3
    assert len(opened) == 1
    assert "none: there is no such file" in capsys.readouterr().err


def test_a_misspelt_subcommand_is_recognised(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["serach"]) == 3
    assert "did you mean the command `korea-reader search`?" in capsys.readouterr().err


def test_without_a_terminal_the_reader_says_what_to_use_instead(home: Path) -> None:
    done = start(home, "--sample", stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    out, err = done.communicate(timeout=60)
    assert (done.returncode, out) == (2, b"")
    assert b"needs a terminal" in err


def test_an_error_nobody_foresaw_is_one_sentence_and_a_log(
    home: Path, opened: list[ReaderOptions], capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(session: ReaderOptions) -> int:
        raise RuntimeError("broken \x1b[31m inside")

    sys.modules["tui.app"].run = fail  # type: ignore[attr-defined]
    assert cli.main([]) == 3
    said = capsys.readouterr().err
    assert "Traceback" not in said
    assert said.count("\n") == 1
    assert "\x1b" not in said
    log = home / "state" / "log"
    assert str(log) in said
    assert "Traceback" in log.read_text()
    assert log.stat().st_mode & 0o077 == 0


def test_a_reader_that_goes_away_ends_the_output_quietly(home: Path) -> None:
    shown = start(
        home, "show", "--json", *[str(ROOT / "corpus" / "sample")] * 40, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert shown.stdout is not None
    assert shown.stderr is not None
    shown.stdout.read(10)
    shown.stdout.close()
    assert shown.stderr.read() == b""
    assert shown.wait(60) == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs a device that is always full")
def test_a_full_disk_is_one_sentence(home: Path) -> None:
    with open("/dev/full", "wb") as full:
        shown = start(home, "show", "--json", str(ROOT / "corpus" / "sample"), stdout=full, stderr=subprocess.PIPE)
        _, err = shown.communicate(timeout=60)
    assert shown.returncode == 3
    assert err.count(b"\n") == 1
    assert b"could not be written" in err


def test_a_closed_standard_output_is_one_sentence(home: Path) -> None:
    command = f'exec "{sys.executable}" -m tui show "{ROOT / "corpus" / "sample"}" >&-'
    done = subprocess.run(
        ["sh", "-c", command],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "HOME": str(home)},
        stderr=subprocess.PIPE,
        timeout=60,
    )
    assert done.returncode == 3
    assert done.stderr.count(b"\n") == 1


@pytest.mark.parametrize("environ", [{"LC_ALL": "C"}, {"PYTHONIOENCODING": "ascii"}, {"PYTHONIOENCODING": "cp949"}])
def test_any_locale_can_print_everything(home: Path, environ: dict[str, str]) -> None:
    (home / "page.txt").write_text(
        "평화 – 和平 😀\n\nThe first paragraph of an article that says enough to be one.\n", encoding="utf-8"
    )
    done = start(home, "show", "page.txt", stdout=subprocess.PIPE, stderr=subprocess.PIPE, environ=environ)
    out, err = done.communicate(timeout=60)
    assert err == b""
    assert done.returncode == 0
    assert b"first paragraph" in out
