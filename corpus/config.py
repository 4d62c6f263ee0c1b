"""The settings file (TOML). A mistake in it costs that one setting, and is told in a sentence."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from corpus.text import canonical_line

MEASURE = (40, 160)
"""Fewest and most cells that a line of an article may be wide."""


@dataclass(frozen=True)
class Settings:
    """What the user may set. The defaults are what an empty file means."""

    theme: str | None = None
    """Name of the colour theme; None leaves the choice to the reader."""
    keys: dict[str, list[str]] = field(default_factory=dict)
    """Command ids and the keys that replace their usual ones."""
    ascii: bool = False
    """Draw guides and marks in ASCII."""
    ambiguous_wide: bool = False
    """This terminal shows characters of ambiguous width in two cells."""
    measure: int = 72
    """Widest line of an article, in cells."""
    creator: str | None = None
    """Who makes the notes, as notes and exports name them."""
    mouse: bool = True
    """Let the mouse move, fold and select."""
    ner: str | None = None
    """A spaCy pipeline that adds names to those the rules find: its name, its folder, or "auto"; None asks none."""


class _UnfitError(ValueError):
    """A value that a setting cannot take; the message says what it can."""


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise _UnfitError("must be true or false")
    return value


def _line(value: object) -> str:
    if not isinstance(value, str) or not canonical_line(value):
        raise _UnfitError("must be a text in quotation marks")
    return canonical_line(value, 200)


def _cells(value: object) -> int:
    low, high = MEASURE
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise _UnfitError(f"must be a whole number from {low} to {high}")
    return value


_READERS: dict[str, Callable[[object], Any]] = {
    "theme": _line,
    "ascii": _flag,
    "ambiguous_wide": _flag,
    "measure": _cells,
    "creator": _line,
    "mouse": _flag,
    "ner": _line,
}


def load(path: Path) -> tuple[Settings, list[str]]:
    """Read the settings file. Never raises.

    Returns:
        The settings, and one sentence for everything in the file that could not be used. Without a
        file: the defaults and no sentence. Command ids under `[keys]` are checked by those who know them.
    """
    table, problems = read_table(path)
    settings, more = _settings(table, canonical_line(str(path)))
    return settings, problems + more


def read_table(path: Path) -> tuple[dict[str, Any], list[str]]:
    """Return what a file of settings holds, and a sentence about one that cannot be read. Never raises."""
    name = canonical_line(str(path))
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except FileNotFoundError:
        return {}, []
    except UnicodeDecodeError:
        return {}, [f"{name} is not UTF-8 text; the usual settings are used."]
    except OSError as error:
        return {}, [f"{name} could not be read ({error.strerror}); the usual settings are used."]
    import tomllib

    try:
        return tomllib.loads(text), []
    except (ValueError, RecursionError) as error:
        return {}, [f"{name} is not valid TOML ({canonical_line(str(error), 200)}); the usual settings are used."]


def _settings(table: Mapping[str, object], name: str) -> tuple[Settings, list[str]]:
    values: dict[str, Any] = {}
    problems: list[str] = []
    for key, value in table.items():
        if key == "keys":
            values["keys"] = _keys(value, problems, name)
        elif key not in _READERS:
            problems.append(f"{name}: there is no setting {canonical_line(key, 60)!r}{_nearest(key)}")
        else:
            try:
                values[key] = _READERS[key](value)
            except _UnfitError as error:
                problems.append(f"{name}: {key} {error}; the usual one is used.")
    return Settings(**values), problems


def _nearest(key: str) -> str:
    import difflib

    close = difflib.get_close_matches(key.lower().replace("-", "_"), [*_READERS, "keys"], n=1)
    return f"; did you mean {close[0]!r}?" if close else "."


def _keys(value: object, problems: list[str], name: str) -> dict[str, list[str]]:
    if not isinstance(value, dict):
        problems.append(f"{name}: keys must be a table of commands and their keys.")
        return {}
    found: dict[str, list[str]] = {}
    for command, keys in value.items():
        listed = [keys] if isinstance(keys, str) else keys
        if isinstance(listed, list) and all(isinstance(key, str) for key in listed):
            found[canonical_line(command, 60)] = [canonical_line(key, 60) for key in listed]
        else:
            problems.append(f"{name}: the keys of {canonical_line(command, 60)!r} must be a text or a list of texts.")
    return found
