"""The README says what the code does."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tui.cli import main
from tui.commands import keys_table

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_table_of_keys_is_the_registry() -> None:
    shown = re.search(r"<!-- keys:start -->\n(.*)\n<!-- keys:end -->", README, re.DOTALL)
    assert shown
    assert shown[1] == keys_table(), "put the output of tui.commands.keys_table() between the markers"


def test_every_subcommand_and_option_of_the_help_is_in_the_readme(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--help"]) == 0
    said = capsys.readouterr().out
    commands = set(
        re.findall(r"^  +(?:korea-reader )?(add|show|search|entities|notes|index|doctor)\b", said, re.MULTILINE)
    )
    assert commands == {"add", "show", "search", "entities", "notes", "index", "doctor"}
    for command in commands:
        assert f"korea-reader {command}" in README
    for option in set(re.findall(r"--(?:data|config|state|cache)-dir|--notes|--sample", said)):
        assert option in README, option


def test_the_picture_and_the_pages_it_names_exist() -> None:
    for target in re.findall(r"\]\((?!https?://)([^)#]+)\)", README):
        assert (ROOT / target).exists(), target
