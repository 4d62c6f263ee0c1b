"""The walls of the house, by what is really imported and what the source really calls; the linter sees no late imports."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SCREEN = ("textual", "rich", "pyperclip", "tui")
WRITERS = {"corpus/storage.py", "corpus/filesystem.py"}


def sources(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def module_name(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported_by(statements: str) -> set[str]:
    """Return the modules that a fresh interpreter holds after `statements`, beyond those it starts with."""
    script = (
        f"import sys; before = set(sys.modules)\n{statements}\nfound = sorted(set(sys.modules) - before)\n"
        "import json; print(); print(json.dumps(found))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    )
    return set(json.loads(done.stdout.splitlines()[-1]))


def packages(modules: set[str]) -> set[str]:
    return {name.split(".")[0] for name in modules}


def test_the_core_needs_no_screen() -> None:
    imports = "\n".join(f"import {module_name(path)}" for path in sources("corpus"))
    assert packages(imported_by(imports)).isdisjoint(SCREEN)


def test_importing_the_core_imports_nothing_heavy() -> None:
    found = packages(imported_by("import corpus, corpus.model, corpus.text, corpus.paths, corpus.config, corpus.read"))
    assert found.isdisjoint(
        {"rapidfuzz", "msgspec", "selectolax", "httpx", "platformdirs", "asyncio", "logging", "zoneinfo"}
    )


HEADLESS = ["tui", "tui.cli", "tui.options", "tui.clipboard", "tui.quotes", "tui.session", "tui.commands"]


@pytest.mark.parametrize("name", [*HEADLESS, *(module_name(path) for path in sources("tui/headless"))])
def test_the_command_and_the_session_import_no_textual(name: str) -> None:
    if not any(module_name(path) == name for path in sources("tui")):
        pytest.skip("not built yet")
    assert "textual" not in packages(imported_by(f"import {name}"))


@pytest.mark.parametrize(
    "words", [["--help"], ["--version"], ["show", "--help"], ["search", "--help"], ["doctor", "--help"]]
)
def test_help_costs_next_to_nothing(words: list[str]) -> None:
    found = imported_by(f"from tui.cli import main\nassert main({words!r}) == 0")
    assert packages(found).isdisjoint(
        {"textual", "rich", "sqlite3", "json", "asyncio", "logging", "dataclasses", "platformdirs"}
    )
    assert "importlib.metadata" not in found
    assert {name for name in found if name.startswith("corpus")} == set()


def calls(path: Path) -> Iterator[tuple[str, ast.Call]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            yield ast.unparse(node.func), node


def opens_for_writing(name: str, call: ast.Call) -> bool:
    if name == "os.open":
        return any(flag in ast.unparse(call) for flag in ("O_WRONLY", "O_RDWR", "O_CREAT", "O_TRUNC"))
    if name in ("os.replace", "os.rename", "os.unlink", "os.remove", "os.mkdir", "os.makedirs", "os.link"):
        return True
    last = name.rsplit(".", 1)[-1]
    if name.startswith("shutil.") and last not in ("which", "get_terminal_size"):
        return True
    if last in ("write_text", "write_bytes", "touch", "mkdir"):
        return True
    if last != "open":
        return False
    words = [
        item.value
        for item in (*call.args, *(keyword.value for keyword in call.keywords))
        if isinstance(item, ast.Constant)
    ]
    return any(isinstance(word, str) and len(word) <= 3 and set(word) & set("wax+") for word in words)


def test_files_are_written_in_one_place() -> None:
    found = [
        f"{path.relative_to(ROOT)}:{call.lineno} {name}"
        for path in sources("corpus", "tui")
        for name, call in calls(path)
        if str(path.relative_to(ROOT)) not in WRITERS and opens_for_writing(name, call)
    ]
    # standard output that nobody reads any more is turned to the null device
    assert [line for line in found if "tui/headless/output.py" not in line] == []


def test_no_shell_and_no_markup() -> None:
    for path in sources("corpus", "tui"):
        for name, call in calls(path):
            assert name not in ("os.system", "os.popen", "eval", "exec"), path
            assert not any(keyword.arg == "shell" for keyword in call.keywords), path
            assert not name.endswith("from_markup"), path


def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


def test_rapidfuzz_has_one_user_and_nobody_matches_text_with_textual() -> None:
    for path in sources("corpus", "tui"):
        found = imports(path)
        if path != ROOT / "corpus" / "fuzzy.py":
            assert not any(name.split(".")[0] == "rapidfuzz" for name in found), path
        assert "textual.fuzzy" not in found, path


def test_the_core_names_the_screen_nowhere() -> None:
    for path in sources("corpus"):
        assert packages(imports(path)).isdisjoint(SCREEN), path
