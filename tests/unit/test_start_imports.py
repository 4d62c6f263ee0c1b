"""What the first paint does not need is not imported before it: every millisecond of it is waited for at every start."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
LATER = (
    "corpus.cite",
    "corpus.entities",
    "corpus.notes",
    "corpus.read",
    "corpus.search",
    "corpus.storage",
    "getpass",
    "pyperclip",
    "rapidfuzz",
    "secrets",
    "selectolax",
    "textual.document",
)


def test_the_reader_imports_only_what_the_first_paint_needs() -> None:
    script = "import sys, tui.cli, tui.app, json; print(json.dumps(sorted(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    found = json.loads(done.stdout)
    assert [name for name in found if any(name == late or name.startswith(f"{late}.") for late in LATER)] == []


def test_the_first_words_are_there_before_textual_is_imported() -> None:
    script = "import sys, tui.cli, tui.session, tui.splash, tui.view.article, tui.view.layout; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert [name for name in done.stdout.split() if name.split(".")[0] in ("textual", "asyncio")] == []
