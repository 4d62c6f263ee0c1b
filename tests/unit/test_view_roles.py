"""Roles: every theme has them all, and none is told apart by colour alone."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from rich.color import Color
from rich.style import Style
from textual.theme import BUILTIN_THEMES, Theme

from tui.view.roles import DARK, GUIDES, HIGHLIGHTS, LIGHT, THEMES, styles_for

TUI = Path(__file__).parents[2] / "tui"
ANSI = {name: theme for name, theme in BUILTIN_THEMES.items() if theme.ansi}


def themes() -> list[Theme]:
    ours = {DARK.name: DARK, LIGHT.name: LIGHT}
    return [{**BUILTIN_THEMES, **ours}[name] for name in THEMES.values()]


def test_every_named_theme_exists() -> None:
    assert [theme.name for theme in themes()] == list(THEMES.values())


def test_all_themes_have_the_same_roles() -> None:
    roles = [set(styles_for(theme)) for theme in themes()]
    assert all(found == roles[0] for found in roles)
    assert {f"ink-{name}" for name in HIGHLIGHTS} | {f"guide-{at}" for at in range(GUIDES)} <= roles[0]


def roles_named(source: str) -> set[str]:
    """Return the roles that a module gives to its runs, those put together from parts left out."""
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call) and len(node.args) > 1]
    found: set[str] = set()
    for call in calls:
        if getattr(call.func, "id", "") != "Run":
            continue
        choices = [call.args[1]]
        while choices:
            choice = choices.pop()
            if isinstance(choice, ast.IfExp):
                choices += [choice.body, choice.orelse]
            elif isinstance(choice, ast.Constant):
                found.add(str(choice.value))
    return found


def test_every_role_that_the_views_name_exists() -> None:
    known = set(styles_for(DARK))
    named = {path: roles_named(path.read_text("utf-8")) for path in TUI.rglob("*.py")}
    assert {path.name: found - known for path, found in named.items() if found - known} == {}
    assert len(set().union(*named.values())) > 8


def attributes(style: Style) -> tuple[bool, ...]:
    return tuple(bool(value) for value in (style.bold, style.italic, style.underline, style.reverse))


@pytest.mark.parametrize(
    "role",
    ["chosen", "hit", "hit-now", "lit", "sentence", "selection", "noted", *(f"ink-{name}" for name in HIGHLIGHTS)],
)
def test_without_colour_what_is_marked_is_still_seen(role: str) -> None:
    assert any(attributes(styles_for(BUILTIN_THEMES[THEMES["terminal"]])[role]))


def contrast(style: Style, base: Style) -> float:
    def luminance(colour: Color | None) -> float:
        assert colour is not None
        parts = [part / 255 for part in colour.get_truecolor()]
        red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return float(0.2126 * red + 0.7152 * green + 0.0722 * blue)

    one, two = sorted((luminance(style.color or base.color), luminance(style.bgcolor or base.bgcolor)))
    return (two + 0.05) / (one + 0.05)


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: theme.name)
@pytest.mark.parametrize(
    "role",
    [
        "text",
        "dim",
        "title",
        "heading",
        "author",
        "number",
        "chip",
        "count",
        "hangul",
        "unknown",
        "warning",
        "error",
        "key",
        "hit",
        "hit-now",
        "lit",
        "selection",
        "head-focused",
        *(f"ink-{name}" for name in HIGHLIGHTS),
    ],
)
def test_words_can_be_read_on_their_ground(theme: Theme, role: str) -> None:
    styles = styles_for(theme)
    assert contrast(styles["base"] + styles[role], styles["base"]) >= 4.5


GROUNDS = ("base", "chosen", "chosen-blurred", "status", "head")
WORDS = (
    *(
        "text",
        "dim",
        "faint",
        "strong",
        "title",
        "heading",
        "standfirst",
        "caption",
        "quote",
        "author",
        "number",
        "group",
    ),
    *("chip", "count", "hangul", "unknown", "warning", "error", "key", "bar", "gone", "came", "lit"),
)
DRAWN = ("bar", "bar-blurred", "track", "thumb", *(f"guide-{at}" for at in range(GUIDES)))


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: theme.name)
def test_what_tells_something_can_be_read_wherever_it_stands(theme: Theme) -> None:
    styles = styles_for(theme)
    found = {
        (role, ground): contrast(styles["base"] + styles[ground] + styles[role], styles["base"] + styles[ground])
        for role in WORDS
        for ground in GROUNDS
    }
    assert {pair: round(ratio, 2) for pair, ratio in found.items() if ratio < 4.5} == {}


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=lambda theme: theme.name)
def test_what_is_only_drawn_can_be_made_out(theme: Theme) -> None:
    styles = styles_for(theme)
    found = {role: contrast(styles["base"] + styles[role], styles["base"]) for role in DRAWN}
    assert {role: round(ratio, 2) for role, ratio in found.items() if ratio < 3} == {}
    assert styles["bar-blurred"].color not in (styles["dim"].color, styles["bar"].color)
