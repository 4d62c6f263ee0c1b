from __future__ import annotations

import base64
import os
import stat
import sys
import time
from pathlib import Path

import pytest

from tui.clipboard import OSC52_LIMIT, ClipboardError, copy, desktop_tool, paste

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the fake tools stand for those of Linux")

X11 = {"DISPLAY": ":0"}

HANGS = 30.0
"""Seconds that the tools which hang would take; whoever waits for them takes at least half of it."""


class Desk:
    """A machine whose only programs are the fakes put on it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.taken = folder / "taken"
        self.written: list[str] = []
        folder.mkdir()
        for needed in ("sh", "cat", "sleep"):
            (folder / needed).symlink_to(f"/bin/{needed}")

    def put(self, name: str, script: str) -> None:
        path = self.folder / name
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(path.stat().st_mode | stat.S_IXUSR)

    def environ(self, **more: str) -> dict[str, str]:
        return {"PATH": str(self.folder), "TAKEN": str(self.taken), **more}

    def sent(self) -> str:
        """Return the text that the terminal was sent."""
        (sequence,) = self.written
        assert sequence.startswith("\x1b]52;c;")
        assert sequence.endswith("\x07")
        return base64.b64decode(sequence[7:-1]).decode()


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path / "bin")


TAKES = 'cat > "$TAKEN"'


def test_the_tool_of_the_desktop_takes_the_text(desk: Desk) -> None:
    desk.put("xclip", TAKES)
    result = copy("평화 is near", desk.written.append, desk.environ(**X11))
    assert (result.way, result.certain) == ("xclip", True)
    assert desk.taken.read_text() == "평화 is near"
    assert desk.written == []


def test_wayland_comes_before_x11_and_needs_no_tool_for_pasting(desk: Desk) -> None:
    desk.put("xclip", "exit 9")
    desk.put("wl-copy", TAKES)
    assert copy("a", desk.written.append, desk.environ(WAYLAND_DISPLAY="wayland-0", **X11)).way == "wl-copy"


def test_a_tool_without_its_display_is_not_asked(desk: Desk) -> None:
    desk.put("xclip", TAKES)
    assert desktop_tool(desk.environ()) is None
    assert copy("a", desk.written.append, desk.environ()).way == "terminal"
    assert not desk.taken.exists()


def test_a_tool_that_leaves_a_process_behind_is_not_waited_for(desk: Desk) -> None:
    desk.put("xclip", f"{TAKES}\nsleep 30 &\nexit 0")
    began = time.monotonic()
    assert copy("a", desk.written.append, desk.environ(**X11)).certain
    assert time.monotonic() - began < HANGS / 2


@pytest.mark.parametrize("script", ["sleep 30", "exec sleep 30 < /dev/null"])
def test_a_tool_that_hangs_is_given_up_and_the_terminal_gets_the_text(desk: Desk, script: str) -> None:
    desk.put("xclip", script)
    began = time.monotonic()
    result = copy("x" * 40_000, desk.written.append, desk.environ(**X11))
    assert time.monotonic() - began < HANGS / 2
    assert (result.way, result.certain) == ("terminal", False)
    assert "xclip did not answer" in result.message
    assert desk.sent() == "x" * 40_000


def test_a_tool_that_fails_is_told_and_not_believed(desk: Desk, capfd: pytest.CaptureFixture[str]) -> None:
    desk.put("xclip", "echo noise; echo noise >&2; exit 1")
    result = copy("a", desk.written.append, desk.environ(**X11))
    assert (result.way, result.certain) == ("terminal", False)
    assert "xclip failed" in result.message
    assert desk.sent() == "a"
    assert capfd.readouterr() == ("", "")


def test_without_any_way_nothing_is_claimed(desk: Desk) -> None:
    result = copy("a", None, desk.environ(**X11))
    assert (result.way, result.certain) == ("none", False)
    assert result.message.startswith("Not copied")


def test_over_ssh_the_terminal_is_sent_the_text_though_a_tool_is_there(desk: Desk) -> None:
    desk.put("xclip", TAKES)
    result = copy("a", desk.written.append, desk.environ(SSH_CONNECTION="1 2 3 4", **X11))
    assert (result.way, result.certain) == ("terminal", False)
    assert "cannot be known" in result.message


def test_tmux_comes_first_and_is_asked_to_send_the_text_on(desk: Desk) -> None:
    desk.put("tmux", f'[ "$*" = "load-buffer -w -" ] && {TAKES}')
    result = copy("인용", desk.written.append, desk.environ(TMUX="/tmp/s,1,0", SSH_TTY="/dev/pts/1"))
    assert (result.way, result.certain) == ("tmux", True)
    assert "cannot be known" in result.message
    assert desk.taken.read_text() == "인용"


def test_a_tmux_too_old_to_send_on_says_so(desk: Desk) -> None:
    desk.put("tmux", f'[ "$2" = "-w" ] && exit 1\n{TAKES}')
    result = copy("a", desk.written.append, desk.environ(TMUX="/tmp/s,1,0"))
    assert result.way == "tmux"
    assert "only" in result.message
    assert desk.taken.read_text() == "a"


def test_a_tmux_that_hangs_leaves_the_terminal(desk: Desk) -> None:
    desk.put("tmux", "sleep 30")
    began = time.monotonic()
    assert copy("a", desk.written.append, desk.environ(TMUX="/tmp/s,1,0")).way == "terminal"
    assert time.monotonic() - began < HANGS / 2


def test_what_is_too_long_for_the_terminal_is_refused_in_a_sentence(desk: Desk) -> None:
    fits, too_long = "x" * (OSC52_LIMIT // 4 * 3), "x" * (OSC52_LIMIT // 4 * 3 + 3)
    assert copy(fits, desk.written.append, desk.environ()).way == "terminal"
    refused = copy(too_long, desk.written.append, desk.environ())
    assert (refused.way, refused.certain) == ("none", False)
    assert "too long" in refused.message
    assert len(desk.written) == 1


def test_what_could_act_on_a_terminal_is_not_copied(desk: Desk) -> None:
    copy("a\x1b[201~rm -rf\x00\x9b31m\ud800\r\nb", desk.written.append, desk.environ())
    sent = desk.sent()
    assert sent.split("\n")[1] == "b"
    assert all(char == "\n" or char.isprintable() for char in sent)


@pytest.mark.parametrize("text", ["", " \n\t"])
def test_nothing_is_not_copied(desk: Desk, text: str) -> None:
    assert copy(text, desk.written.append, desk.environ()).way == "none"
    assert desk.written == []


def test_pasting_asks_the_tool_of_the_desktop(desk: Desk) -> None:
    desk.put("xclip", '[ "$3" = "-out" ] && printf "saved page"')
    assert paste(desk.environ(**X11)) == b"saved page"


def test_pasting_falls_back_on_tmux(desk: Desk) -> None:
    desk.put("xclip", "exit 1")
    desk.put("tmux", '[ "$1" = "save-buffer" ] && printf "from tmux"')
    assert paste(desk.environ(TMUX="/tmp/s,1,0", **X11)) == b"from tmux"


@pytest.mark.parametrize(
    ("script", "why"), [("sleep 30", "did not answer"), ("exit 1", "failed"), (None, "there is no tool")]
)
def test_a_clipboard_that_cannot_be_read_is_told(desk: Desk, script: str | None, why: str) -> None:
    if script:
        desk.put("xclip", script)
    began = time.monotonic()
    with pytest.raises(ClipboardError, match=why):
        paste(desk.environ(**X11))
    assert time.monotonic() - began < HANGS / 2


def test_a_tool_that_vanishes_is_told(desk: Desk) -> None:
    (desk.folder / "xclip").write_text("no program")
    os.chmod(desk.folder / "xclip", 0o755)
    result = copy("a", desk.written.append, desk.environ(**X11))
    assert result.way == "terminal"
    assert "xclip did not start" in result.message


def test_a_desktop_without_programs_is_left_to_pyperclip_in_a_process_of_its_own(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    tool = desktop_tool(desk.environ())
    assert tool is not None
    assert tool.copy[0] == sys.executable
    assert "pyperclip.copy" in tool.copy[2]
    assert "pyperclip.paste" in tool.paste[2]
