"""Start the real program in a pseudo-terminal with a fresh home, use it, quit, and look at what it left behind."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import re
import select
import struct
import subprocess
import sys
import tempfile
import termios
import time
from pathlib import Path

COLUMNS, LINES = 120, 40
START_SECONDS, KEY_SECONDS, QUIT_SECONDS = 30.0, 1.0, 10.0
KEYS = ("j", "j", "\t", "c", "?", "\x1b", "/", "\x1b", "J", " ")
MODES = {"alternate screen": 1049, "mouse": 1000, "mouse movement": 1003, "mouse coordinates": 1006, "paste": 2004}

_SEQUENCE = re.compile(
    rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[P_^X].*?\x1b\\|[@-Z\\-_])", re.DOTALL
)


def program() -> Path:
    """Return the installed command beside this interpreter."""
    return Path(sys.executable).with_name("korea-reader")


def words_of_titles(environ: dict[str, str]) -> list[str]:
    """Return the long words of all the sample's titles, as the command itself reads them."""
    from corpus.sample import folder

    shown = subprocess.run(
        [program(), "show", "--json", folder()], env=environ, capture_output=True, text=True, check=True, timeout=60
    )
    titles = " ".join(json.loads(line)["title"] for line in shown.stdout.splitlines())
    return sorted(set(re.findall(r"[A-Za-z]{5,}", titles)))


class Terminal:
    """The program in a pseudo-terminal, and all it has written."""

    def __init__(self, command: list[str], environ: dict[str, str]) -> None:
        """Start `command` in a terminal of COLUMNS by LINES."""
        self.master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", LINES, COLUMNS, 0, 0))
        self.before = termios.tcgetattr(slave)
        self.process = subprocess.Popen(
            command, stdin=slave, stdout=slave, stderr=slave, env=environ, start_new_session=True
        )
        self.slave = slave
        self.written = b""

    def read(self, seconds: float) -> None:
        """Take in what the program writes, until it has been silent for a moment or `seconds` are over."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            if not select.select([self.master], [], [], min(left, 0.3))[0]:
                if self.written:
                    return
                continue
            self.written += os.read(self.master, 65536)

    def words(self) -> str:
        """Return what was written without its control sequences."""
        return _SEQUENCE.sub(b" ", self.written).decode("utf-8", "replace")

    def wait(self, seconds: float) -> int | None:
        """Take in what the program writes until it ends; return its exit code, None if it does not end."""
        end = time.monotonic() + seconds
        while self.process.poll() is None and time.monotonic() < end:
            self.read(0.2)
        self.read(0.2)
        return self.process.poll()

    def settings_restored(self) -> bool:
        """Tell whether the line settings (echo, signals, line mode) are as they were."""
        return termios.tcgetattr(self.slave)[:4] == self.before[:4]

    def close(self) -> None:
        """End the program if it still runs."""
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        os.close(self.slave)
        os.close(self.master)


def left_on(written: bytes) -> list[str]:
    """Name the terminal modes that the last sequence for them leaves switched on, or the cursor hidden."""
    found = []
    for name, number in MODES.items():
        last = re.findall(rb"\x1b\[\?(?:\d+;)*%d(?:;\d+)*([hl])" % number, written)
        if last and last[-1] == b"h":
            found.append(name)
    cursor = re.findall(rb"\x1b\[\?25([hl])", written)
    if cursor and cursor[-1] == b"l":
        found.append("hidden cursor")
    return found


def run(home: Path) -> list[str]:
    """Run the program once; return a sentence for everything that is wrong."""
    environ = {
        "HOME": str(home),
        "PATH": os.environ.get("PATH", ""),
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "LANG": "C.UTF-8",
    }
    wanted = words_of_titles(environ)
    terminal = Terminal([str(program()), "--sample"], environ)
    problems: list[str] = []
    try:
        end = time.monotonic() + START_SECONDS
        while time.monotonic() < end and terminal.process.poll() is None:
            terminal.read(1.0)
            if sum(word in terminal.words() for word in wanted) >= min(3, len(wanted)):
                break
        else:
            problems.append("the words of the sample never came up")
        for key in KEYS:
            if terminal.process.poll() is None:
                os.write(terminal.master, key.encode())
                terminal.read(KEY_SECONDS)
        if terminal.process.poll() is None:
            os.write(terminal.master, b"q")
            terminal.wait(3.0)
        if terminal.process.poll() is None:
            os.write(terminal.master, b"Q")
        code = terminal.wait(QUIT_SECONDS)
        problems += _after(terminal, code)
    finally:
        terminal.close()
    if problems:
        shown = terminal.words().split()
        problems.append("the last words on the screen: " + " ".join(shown[-200:]))
    return problems


def _after(terminal: Terminal, code: int | None) -> list[str]:
    problems = []
    if code is None:
        problems.append("the program did not end")
    elif code:
        problems.append(f"the program ended with exit code {code}")
    if "Traceback" in terminal.words():
        problems.append("there was a traceback")
    problems += [f"left behind in the terminal: {name}" for name in left_on(terminal.written)]
    if not terminal.settings_restored():
        problems.append("the line settings of the terminal were not restored")
    return problems


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as fresh:
        wrong = run(Path(fresh))
    for sentence in wrong:
        print(sentence, file=sys.stderr)
    sys.exit(bool(wrong))
