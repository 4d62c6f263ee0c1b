"""The real program in a real terminal: signals, and the first minutes of a new user."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.smoke import Terminal, left_on, program

pytestmark = pytest.mark.skipif(not program().exists(), reason="the command is not installed beside this interpreter")


def environment(home: Path) -> dict[str, str]:
    return {
        "HOME": str(home),
        "PATH": os.environ.get("PATH", ""),
        "TERM": "xterm-256color",
        "LANG": "C.UTF-8",
        "XDG_STATE_HOME": str(home / "state"),
        "XDG_DATA_HOME": str(home / "data"),
    }


def see(terminal: Terminal, word: str, seconds: float = 30.0) -> None:
    end = time.monotonic() + seconds
    while word not in terminal.words():
        assert time.monotonic() < end, f"{word} never came up"
        assert terminal.process.poll() is None, terminal.words()[-2000:]
        terminal.read(0.3)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_signal_leaves_the_terminal_clean_and_keeps_what_is_being_typed(
    tmp_path: Path, number: signal.Signals
) -> None:
    terminal = Terminal([str(program()), "--sample"], environment(tmp_path))
    try:
        see(terminal, "¶1")
        see(terminal, "PEOPLE")
        os.write(terminal.master, b"ja")
        see(terminal, "Ctrl-s")
        os.write(terminal.master, b"half a thought")
        see(terminal, "thought")
        os.kill(terminal.process.pid, number)
        assert terminal.wait(10.0) == 128 + number
        assert left_on(terminal.written) == []
        assert terminal.settings_restored()
    finally:
        terminal.close()
    drafts = list((tmp_path / "state").rglob("draft-*.json"))
    assert any("half a thought" in draft.read_text(encoding="utf-8") for draft in drafts)


class Tmux:
    """A tmux server of its own with one window."""

    def __init__(self, home: Path, columns: int, lines: int, command: str) -> None:
        self.socket = str(home / "tmux")
        self.env = {**environment(home), "TMUX_TMPDIR": str(home)}
        size = ["-x", str(columns), "-y", str(lines)]
        self.run("-f", os.devnull, "new-session", "-d", *size, command)

    def run(self, *words: str) -> str:
        done = subprocess.run(
            ["tmux", "-S", self.socket, *words], env=self.env, capture_output=True, text=True, check=False, timeout=20
        )
        return done.stdout

    def see(self, word: str, seconds: float = 30.0) -> str:
        end = time.monotonic() + seconds
        while word not in (screen := self.run("capture-pane", "-p")):
            assert time.monotonic() < end, f"{word!r} never came up in:\n{screen}"
            select_pause()
        return screen

    def keys(self, *keys: str) -> None:
        self.run("send-keys", *keys)


def select_pause() -> None:
    """Give the program a moment; what is waited for is looked at again at once."""
    signal.sigtimedwait([], 0.05)


@pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed")
def test_a_misspelt_comment_is_found_marked_and_quoted_in_a_few_keys(tmp_path: Path) -> None:
    tmux = Tmux(tmp_path, 80, 24, f"{program()} --sample")
    try:
        tmux.see("¶1")
        pressed = ["s"]
        tmux.keys("s")
        tmux.see("Type to search")
        tmux.keys("Panmunjon")
        tmux.see("Sgt Dad")
        pressed.append("Enter")
        tmux.keys("Enter")
        tmux.see("#2 of 15")
        pressed += ["H", "y"]
        tmux.keys("H")
        tmux.see("Highlighted")
        tmux.keys("y")
        tmux.see("tmux")
        assert len(pressed) <= 12
        assert "I stood guard at Panmunjon" in tmux.run("show-buffer")
        assert "Sgt Dad 1968" in tmux.run("show-buffer")
        notes = next((tmp_path / "data").rglob("notes.json")).read_text(encoding="utf-8")
        assert "Panmunjon" in notes
    finally:
        tmux.run("kill-server")
