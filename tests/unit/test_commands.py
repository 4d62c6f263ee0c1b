"""The registry: one name, one sentence, one handler for every command; the tables made from it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from tui.commands import BY_ID, COMMANDS, GROUPS, Command, keys_table, show_keys

TUI = Path(__file__).parents[2] / "tui"


def handlers() -> dict[str, set[str]]:
    """Return every `command_*` in the program, a method or an alias in a class, with the files that hold it."""
    found: dict[str, set[str]] = {}
    for path in TUI.rglob("*.py"):
        for holder in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(holder, ast.ClassDef):
                continue
            for node in holder.body:
                names = [node.name] if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) else []
                if isinstance(node, ast.Assign):
                    names = [target.id for target in node.targets if isinstance(target, ast.Name)]
                for name in names:
                    if name.startswith("command_"):
                        found.setdefault(name, set()).add(path.name)
    return found


def test_ids_are_unique_and_groups_known() -> None:
    assert len(BY_ID) == len(COMMANDS)
    assert {command.group for command in COMMANDS} == set(GROUPS)
    assert {command.mode for command in COMMANDS} == {"", "select", "entity"}


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.id)
def test_a_command_says_in_a_sentence_what_it_does(command: Command) -> None:
    assert command.help[0].isupper() or not command.help[0].isalpha()
    assert command.help.endswith(".")
    assert command.label
    assert len(command.label) <= 24


def test_no_command_is_dead() -> None:
    known = set(handlers())
    assert [command.id for command in COMMANDS if command.handler not in known] == []


def test_no_handler_is_without_a_command() -> None:
    assert set(handlers()) - {command.handler for command in COMMANDS} == set()


def test_handlers_are_named_after_ids() -> None:
    assert BY_ID["fold.toggle"].handler == "command_fold_toggle"
    assert BY_ID["half-down"].handler == "command_half_down"


@pytest.mark.parametrize(
    ("keys", "shown"),
    [("g g", "gg"), ("ctrl+d", "Ctrl-d"), ("shift+tab", "Shift-Tab"), ("] /", "]/"), ("space", "Space"), ("g ctrl+d", "g Ctrl-d")],
)  # fmt: skip
def test_keys_as_people_write_them(keys: str, shown: str) -> None:
    assert show_keys(keys) == shown


def test_the_table_of_keys_holds_every_command_and_is_a_table() -> None:
    rows = keys_table().splitlines()
    assert all(f"`{command.id}`" in "\n".join(rows) for command in COMMANDS)
    for row in rows:
        assert row.replace("\\|", "").count("|") == 4


def test_the_frozen_keys() -> None:
    held = {keys: command.id for command in COMMANDS for keys in command.keys if not command.mode}
    wanted = (
        "j k down up ( ) ctrl+d ctrl+u space shift+space pagedown pageup g_g G home end J K tab shift+tab h l left right"
        " c Z + - z_a z_o z_c z_M z_R P p ]_] [_[ ]_s [_s ]_u [_u S n N ]_h [_h ]_e [_e ]_/ [_/ ctrl+o g_i / s \\ = v V"
        " H a t y Y D e u ctrl+r enter r * o F g_d z_f | g_n g_p R . : ctrl+p ? escape q Q ctrl+c ctrl+z ctrl+l"
    )
    assert {keys.replace("_", " ") for keys in wanted.split()} <= set(held)
