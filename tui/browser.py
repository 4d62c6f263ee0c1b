"""Handing an address to the user's browser: asked twice, checked, in a child of its own, never through a shell."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable

from tui.external import host_of

ASK_SECONDS = 5.0
"""How long a first press waits for the second."""
WAIT_SECONDS = 5.0
"""How long a browser may take to say that it failed; one that still runs then has opened."""

_OPEN = "import sys, webbrowser; sys.exit(not webbrowser.open(sys.argv[1]))"


class Asked:
    """Remembers what was asked, so that the same key again within a few seconds is a yes."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """Nothing was asked yet."""
        self._clock = clock
        self._subject, self._until = "", 0.0

    def again(self, subject: str) -> bool:
        """Tell whether `subject` was asked a moment ago; otherwise it is asked now."""
        now = self._clock()
        if subject == self._subject and now <= self._until:
            self._subject = ""
            return True
        self._subject, self._until = subject, now + ASK_SECONDS
        return False


def shown_host(url: str) -> str | None:
    """Return the host of a web address to look at before it is opened; None for any other address.

    A host in other letters than Latin is shown in its ASCII form too, since letters of two scripts look alike.
    """
    host = host_of(url)
    if host is None or host.isascii():
        return host
    try:
        return f"{host} ({host.encode('idna').decode('ascii')})"
    except UnicodeError:
        return None


def open_page(url: str) -> tuple[str, bool]:
    """Open a web address; return a sentence about it and whether it failed. Blocks for up to WAIT_SECONDS.

    The browser is chosen as Python's `webbrowser` does, by $BROWSER first. It gets no terminal, so that one
    made for the terminal fails instead of writing over the screen.
    """
    host = shown_host(url)
    if host is None:
        return "Only web addresses (http, https) are opened.", True
    try:
        child = subprocess.Popen(
            (sys.executable, "-I", "-c", _OPEN, url),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError:
        return "No browser could be started here; y in Links (F) copies the address.", True
    try:
        failed = child.wait(WAIT_SECONDS) != 0
    except subprocess.TimeoutExpired:
        failed = False
    if failed:
        return "No browser could be started here; y in Links (F) copies the address.", True
    return f"Handed {host} to the browser.", False
