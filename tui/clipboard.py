"""The clipboard: which way a text can take from here, bounded in time, and told no surer than it is known.

In tmux its own buffer, over ssh the terminal (OSC 52), else the tool of the desktop. A tool runs in a
session of its own with nothing on our screen, since some hang and some leave a process behind.
"""

from __future__ import annotations

import base64
import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from corpus.text import canonical

TIMEOUT = 1.0
"""Seconds that all tools of one copy or paste may take together."""
OSC52_LIMIT = 74_994
"""Most base64 bytes that terminals are known to take in one OSC 52 sequence."""

_UNKNOWN = "whether it took it cannot be known"
_ASK_PYPERCLIP = "import sys, pyperclip; pyperclip.copy(sys.stdin.buffer.read().decode('utf-8'))"
_TELL_PYPERCLIP = "import sys, pyperclip; sys.stdout.buffer.write(pyperclip.paste().encode('utf-8', 'replace'))"


@dataclass(frozen=True, slots=True)
class CopyResult:
    """What became of a copy.

    `way` is tmux, terminal, none or a tool's name; `certain` whether the text is known to have arrived
    where the message says; `message` one sentence for the user.
    """

    way: str
    certain: bool
    message: str


@dataclass(frozen=True, slots=True)
class Tool:
    """A desktop's clipboard programs: how each is called to take text on its input or give it on its output."""

    name: str
    copy: tuple[str, ...]
    paste: tuple[str, ...]


class ClipboardError(Exception):
    """The clipboard cannot be read here; the message says why and what to do instead."""


def copy(
    text: str, write_terminal: Callable[[str], None] | None = None, environ: Mapping[str, str] | None = None
) -> CopyResult:
    """Copy `text`, cleaned, and say which way it went. Blocks for up to TIMEOUT: keep it off the event loop.

    Args:
        text: what to copy.
        write_terminal: writes a control sequence to the terminal; without it OSC 52 is no way.
        environ: the environment that decides the way; the process's own where None.
    """
    environ = os.environ if environ is None else environ
    cleaned = canonical(text)
    if not cleaned.strip():
        return CopyResult("none", False, "There is nothing to copy.")
    data, end = cleaned.encode("utf-8"), time.monotonic() + TIMEOUT
    trouble = ""
    if environ.get("TMUX"):
        result = _copy_to_tmux(data, environ, end)
        if result:
            return result
        trouble = "tmux did not take the text"
    elif not over_ssh(environ):
        tool = desktop_tool(environ)
        if tool:
            failure = _run(tool.copy, environ, end, data)[1]
            if not failure:
                return CopyResult(tool.name, True, f"Copied with {tool.name}.")
            trouble = f"{tool.name} {failure}"
    return _copy_to_terminal(data, write_terminal, trouble)


def _copy_to_tmux(data: bytes, environ: Mapping[str, str], end: float) -> CopyResult | None:
    if not _run(("tmux", "load-buffer", "-w", "-"), environ, end, data)[1]:
        return CopyResult("tmux", True, f"Copied to tmux, which sends it on to the terminal; {_UNKNOWN}.")
    # tmux before 3.2 knows no -w
    if not _run(("tmux", "load-buffer", "-"), environ, end, data)[1]:
        return CopyResult("tmux", True, "Copied to tmux only: this tmux does not send it on to the terminal.")
    return None


def _copy_to_terminal(data: bytes, write_terminal: Callable[[str], None] | None, trouble: str) -> CopyResult:
    encoded = base64.b64encode(data).decode("ascii")
    because = f" ({trouble})" if trouble else ""
    if write_terminal is None:
        why = f"there is no {'other ' if trouble else ''}clipboard here"
    elif len(encoded) > OSC52_LIMIT:
        why = f"the text is too long for the terminal, which takes up to {OSC52_LIMIT // 4 * 3 // 1000} kB"
    else:
        write_terminal(f"\x1b]52;c;{encoded}\x07")
        return CopyResult("terminal", False, f"Sent to the terminal{because}; {_UNKNOWN}.")
    return CopyResult("none", False, f"Not copied{because}: {why}.")


def paste(environ: Mapping[str, str] | None = None) -> bytes:
    """Return what the clipboard holds. Blocks for up to TIMEOUT. Raises ClipboardError."""
    environ = os.environ if environ is None else environ
    end, troubles = time.monotonic() + TIMEOUT, []
    ways = [(tool.name, tool.paste) for tool in (desktop_tool(environ),) if tool]
    if environ.get("TMUX"):
        ways.append(("tmux", ("tmux", "save-buffer", "-")))
    for name, command in ways:
        held, failure = _run(command, environ, end)
        if not failure:
            return held
        troubles.append(f"{name} {failure}")
    why = "; ".join(troubles) or "there is no tool for it"
    raise ClipboardError(f"The clipboard cannot be read here ({why}); paste into `korea-reader add -` instead.")


def over_ssh(environ: Mapping[str, str]) -> bool:
    """Tell whether the terminal is at the other end of an ssh connection."""
    return bool(environ.get("SSH_TTY") or environ.get("SSH_CONNECTION"))


def desktop_tool(environ: Mapping[str, str]) -> Tool | None:
    """Return the clipboard programs of this desktop, None where there are none.

    Linux and macOS programs are called here rather than through pyperclip, which waits for ever for one
    that hangs and does not see one that fails; elsewhere pyperclip itself is the program.
    """
    for tool, there in _known_tools(environ):
        if there and shutil.which(tool.copy[0], path=environ.get("PATH")):
            return tool
    if sys.platform in ("linux", "darwin"):
        return None
    return Tool("pyperclip", (sys.executable, "-c", _ASK_PYPERCLIP), (sys.executable, "-c", _TELL_PYPERCLIP))


def _known_tools(environ: Mapping[str, str]) -> Sequence[tuple[Tool, bool]]:
    wayland, x11 = bool(environ.get("WAYLAND_DISPLAY")), bool(environ.get("DISPLAY"))
    selection = ("xclip", "-selection", "clipboard")
    return (
        (Tool("pbcopy", ("pbcopy",), ("pbpaste",)), sys.platform == "darwin"),
        (Tool("wl-copy", ("wl-copy",), ("wl-paste", "--no-newline", "--type", "text")), wayland),
        (Tool("xclip", (*selection, "-in"), (*selection, "-out")), x11),
        (Tool("xsel", ("xsel", "--clipboard", "--input"), ("xsel", "--clipboard", "--output")), x11),
    )


def _run(
    command: Sequence[str], environ: Mapping[str, str], end: float, data: bytes | None = None
) -> tuple[bytes, str]:
    """Run a tool until `end` at the latest; return its output (when it is given no input) and what went wrong."""
    reads = data is not None
    try:
        child = subprocess.Popen(
            command,
            stdin=subprocess.PIPE if reads else subprocess.DEVNULL,
            # a daemon that the tool leaves behind would hold an output pipe open
            stdout=subprocess.DEVNULL if reads else subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=dict(environ),
            start_new_session=True,
        )
    except OSError:
        return b"", "is not installed" if shutil.which(
            command[0], path=environ.get("PATH")
        ) is None else "did not start"
    try:
        output, _ = child.communicate(data, timeout=max(0.05, end - time.monotonic()))
    except subprocess.TimeoutExpired:
        _stop(child)
        return b"", "did not answer"
    return output or b"", f"failed (exit code {child.returncode})" if child.returncode else ""


def _stop(child: subprocess.Popen[bytes]) -> None:
    try:
        os.killpg(child.pid, signal.SIGKILL)
    except (OSError, AttributeError):
        child.kill()
    for pipe in (child.stdin, child.stdout):
        if pipe:
            with contextlib.suppress(OSError):
                pipe.close()
    with contextlib.suppress(subprocess.TimeoutExpired):
        child.wait(0.2)
