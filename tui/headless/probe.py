"""Asking the terminal itself."""

from __future__ import annotations

import os
import re

AMBIGUOUS = "…"
"""A character that Western terminals show in one cell and some East Asian ones in two."""
SECONDS = 0.5
_POSITION = re.compile(rb"\x1b\[\d+;(\d+)R")


def ambiguous_cells(keyboard: int, screen: int) -> int | None:
    """Return in how many cells this terminal shows a character of ambiguous width; None where it does not answer.

    `keyboard` and `screen` are descriptors of the terminal. It is written to and set back as it was.
    """
    try:
        import select
        import termios
        import time
        import tty
    except ImportError:
        return None
    before = termios.tcgetattr(keyboard)
    answer, end = b"", time.monotonic() + SECONDS
    try:
        tty.setcbreak(keyboard, termios.TCSANOW)
        os.write(screen, f"\r{AMBIGUOUS}\x1b[6n".encode())
        while not (found := _POSITION.search(answer)) and (left := end - time.monotonic()) > 0:
            if select.select([keyboard], [], [], left)[0]:
                answer += os.read(keyboard, 64)
    finally:
        termios.tcsetattr(keyboard, termios.TCSANOW, before)
        os.write(screen, b"\r\x1b[K")
    return int(found[1]) - 1 if found else None
