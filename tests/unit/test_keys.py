"""From key presses to commands: sequences, counts, the Korean layout, the user's own keys."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui.commands import COMMANDS
from tui.keys import KeyMachine, Outcome, from_korean_layout, key_names, keymap_from

DEFAULT, PROBLEMS = keymap_from({})


def machine(**keys: list[str]) -> KeyMachine:
    return KeyMachine(keymap_from({name.replace("__", "-").replace("_", "."): held for name, held in keys.items()})[0])


def feed(keys: str, mode: str = "", found: KeyMachine | None = None) -> Outcome:
    outcome = Outcome()
    found = found or KeyMachine(DEFAULT)
    for key in keys.split(" "):
        outcome = found.feed(key, mode)
    return outcome


def test_the_keys_as_shipped_do_not_clash() -> None:
    assert PROBLEMS == []


@pytest.mark.parametrize(("name", "keys", "mode"), [(c.id, keys, c.mode) for c in COMMANDS for keys in c.keys])
def test_every_sequence_runs_its_command(name: str, keys: str, mode: str) -> None:
    assert feed(keys, mode) == Outcome(command=name)


@pytest.mark.parametrize(
    ("keys", "command", "count"),
    [
        ("7 G", "bottom", 7),
        ("3 j", "down", 3),
        ("2 H", "highlight", 2),
        ("1 0 g g", "top", 10),
        ("1 2 3 4 5 6 7 j", "down", 34567),
    ],
)
def test_counts(keys: str, command: str, count: int) -> None:
    assert feed(keys) == Outcome(command=command, count=count)


def test_a_zero_begins_no_count() -> None:
    assert feed("0").unknown == "0"


def test_waiting_keys_are_shown_and_forgotten() -> None:
    keys = KeyMachine(DEFAULT)
    assert keys.feed("1").pending == "1"
    assert keys.feed("g").pending == keys.pending == "1g"
    assert keys.feed("escape") == Outcome()
    assert keys.pending == ""
    assert keys.feed("escape").command == "cancel"
    keys.feed("z")
    keys.clear()
    assert keys.feed("j").command == "down"


def test_an_unknown_sequence_is_named_and_forgotten() -> None:
    keys = KeyMachine(DEFAULT)
    assert feed("z q", found=keys).unknown == "zq"
    assert keys.pending == ""
    assert feed("j", found=keys).command == "down"


def test_inside_a_selection_some_keys_mean_something_else() -> None:
    assert feed("o").command == "browser"
    assert feed("o", "select").command == "select.other-end"
    assert feed("H", "select").command == "highlight"
    assert feed("w").unknown == "w"


@pytest.mark.parametrize(
    ("written", "keys"),
    [("ㅓ", "j"), ("ㅏ", "k"), ("캐", "zo"), ("ㄲ", "R"), ("ㅖ", "P"), ("ㅒ", "O"), ("ㅃ", "Q"), ("혀", "gu"), ("ㅘ", "hk"), ("값", "rkqt"), ("뷁", "qnpfr"), ("j", "j"), ("?", "?"), ("漢", "漢")],
)  # fmt: skip
def test_the_korean_layout(written: str, keys: str) -> None:
    assert from_korean_layout(written) == keys


@settings(max_examples=200, deadline=None)
@given(st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3))
def test_every_syllable_is_taken_apart_into_latin_keys(syllable: str) -> None:
    keys = from_korean_layout(syllable)
    assert 2 <= len(keys) <= 5
    assert keys.isascii()
    assert keys.isalpha()


def test_lower_case_letters_reach_their_commands_from_the_korean_layout() -> None:
    latin = "qwertyuiopasdfghjklzxcvbnm"
    hangul = "ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔㅁㄴㅇㄹㅎㅗㅓㅏㅣㅋㅌㅊㅍㅠㅜㅡ"
    assert [from_korean_layout(char) for char in hangul] == list(latin)


def test_names_of_keys() -> None:
    assert key_names("full_stop", ".") == ["."]
    assert key_names("space", " ") == ["space"]
    assert key_names("escape", "\x1b") == ["escape"]
    assert key_names("down", None) == ["down"]
    assert key_names("캐", "캐") == ["z", "o"]


def test_own_keys_replace_the_usual_ones() -> None:
    keys = machine(down=["n", "ctrl+n"], lit_next=[])
    assert feed("n", found=keys).command == feed("ctrl+n", found=keys).command == "down"
    assert feed("j", found=keys).unknown == "j"


def test_blanks_in_own_keys_do_not_matter() -> None:
    assert keymap_from({"down": ["  g   j ", " "]})[0]["down"] == ("g j",)


@pytest.mark.parametrize(
    ("held", "words"),
    [
        ({"donw": ["n"]}, ("donw", "did you mean down")),
        ({"nothing-like-it-at-all": ["n"]}, ("nothing-like-it-at-all is no command",)),
        ({"star": ["j"]}, ("wanted by down", "star has it")),
        ({"star": ["g"]}, ("g (star) hides",)),
    ],
)
def test_what_is_wrong_with_own_keys_is_said(held: dict[str, list[str]], words: tuple[str, ...]) -> None:
    said = " / ".join(keymap_from(held)[1])
    assert all(word in said for word in words)


def test_of_two_commands_the_one_named_has_the_key() -> None:
    keymap, problems = keymap_from({"star": ["j"]})
    wins = "star" if "star has it" in problems[0] else "down"
    assert feed("j", found=KeyMachine(keymap)).command == wins


def test_keys_of_selections_do_not_clash_with_the_others() -> None:
    assert keymap_from({"select.other-end": ["j"]})[1] == []
