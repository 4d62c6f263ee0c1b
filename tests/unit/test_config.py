from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.config import Settings, load


def write(tmp_path: Path, text: str | bytes) -> Path:
    path = tmp_path / "config.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_no_file_means_the_defaults_and_nothing_to_say(tmp_path: Path) -> None:
    assert load(tmp_path / "none.toml") == (Settings(), [])


def test_a_full_file(tmp_path: Path) -> None:
    found, problems = load(
        write(
            tmp_path,
            """
            theme = "paper"
            ascii = true
            ambiguous_wide = true
            measure = 66
            creator = "한결"
            mouse = false
            [keys]
            "quote.copy" = ["y", "ctrl+y"]
            "quit" = "Q"
            """,
        )
    )
    assert problems == []
    assert found == Settings(
        theme="paper",
        ascii=True,
        ambiguous_wide=True,
        measure=66,
        creator="한결",
        mouse=False,
        keys={"quote.copy": ["y", "ctrl+y"], "quit": ["Q"]},
    )


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("mesure = 70", "measure"),
        ("Theme = 'x'", "theme"),
        ("ambiguous-wide = true", "ambiguous_wide"),
        ("[key]", "keys"),
    ],
)
def test_an_unknown_setting_is_told_with_the_nearest_known_one(tmp_path: Path, written: str, meant: str) -> None:
    found, problems = load(write(tmp_path, f"creator = 'me'\n{written}\n"))
    assert found == Settings(creator="me")
    assert len(problems) == 1
    assert f"did you mean '{meant}'?" in problems[0]


def test_an_unknown_setting_that_resembles_nothing_is_told_without_a_guess(tmp_path: Path) -> None:
    _, problems = load(write(tmp_path, "qqqq = 1\n"))
    assert "did you mean" not in problems[0]
    assert problems[0].endswith(".")


@pytest.mark.parametrize(
    "line",
    [
        "ascii = 'yes'",
        "mouse = 1",
        "measure = 5",
        "measure = true",
        "measure = 72.5",
        "theme = 3",
        "theme = ''",
        "keys = 'j'",
        "keys = {quit = 3}",
        "keys = {quit = ['q', 4]}",
    ],
)
def test_an_unfit_value_costs_only_its_own_setting(tmp_path: Path, line: str) -> None:
    found, problems = load(write(tmp_path, f"creator = 'me'\n{line}\n"))
    assert found == Settings(creator="me")
    assert len(problems) == 1
    assert line.split(" ")[0] in problems[0]


@pytest.mark.parametrize("content", [b"measure = ", b"\xff\xfe", b"[[[", b"a = " + b"[" * 5000, b"\0"])
def test_a_broken_file_gives_the_defaults_and_one_sentence(tmp_path: Path, content: bytes) -> None:
    found, problems = load(write(tmp_path, content))
    assert found == Settings()
    assert len(problems) == 1
    assert "config.toml" in problems[0]


def test_a_folder_in_its_place_is_told(tmp_path: Path) -> None:
    found, problems = load(tmp_path)
    assert found == Settings()
    assert "could not be read" in problems[0]


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    assert load(write(tmp_path, b"\xef\xbb\xbfascii = true\n")) == (Settings(ascii=True), [])


@given(st.text(max_size=60))
@settings(max_examples=200, deadline=None)
def test_any_text_is_survived_and_told_in_clean_lines(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    path = tmp_path_factory.getbasetemp() / "any.toml"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    _, problems = load(path)
    assert all(problem.isprintable() for problem in problems)
