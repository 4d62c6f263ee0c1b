"""Other programs: the user's editor, a command that takes text, the browser. No shell is ever started."""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from corpus.text import canonical, canonical_line

if TYPE_CHECKING:
    from textual.app import App

    from corpus.notes.drafts import Drafts
    from corpus.storage import Storage

PIPE_SECONDS = 20


class EditorError(Exception):
    """The editor could not be used; the message is for the user."""


def edit(app: App[object], storage: Storage, drafts: Drafts, key: str, text: str) -> str:
    """Let the user edit `text` in $VISUAL or $EDITOR and return what they saved. Raises EditorError.

    The text is kept as a draft until it is returned, since the editor may outlive us.
    """
    command = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if not command:
        raise EditorError("Set $EDITOR to use your own editor; a writes the note here.")
    with tempfile.TemporaryDirectory(prefix="korea-reader-") as folder:
        path = Path(folder) / "note.md"
        storage.write(path, text.encode())
        try:
            with app.suspend():
                code = subprocess.call([*shlex.split(command), str(path)])
        except Exception as error:
            raise EditorError(f"{canonical_line(command, 60)} could not be started.") from error
        if code:
            raise EditorError(f"{canonical_line(command, 60)} ended with code {code}; nothing was changed.")
        written = canonical(path.read_text(encoding="utf-8", errors="replace")).strip("\n")
    with suppress(OSError):
        drafts.save(key, written)
    return written


def pipe(command: str, text: str) -> tuple[str, bool]:
    """Run a command with `text` on its standard input; return a sentence about it and whether it failed."""
    try:
        words = shlex.split(command)
    except ValueError:
        return "The command's quotation marks do not match.", True
    try:
        done = subprocess.run(
            words,
            input=text.encode(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=PIPE_SECONDS,
            check=False,
            start_new_session=True,
        )
    except subprocess.TimeoutExpired:
        return f"{canonical_line(words[0], 40)} did not end within {PIPE_SECONDS} seconds.", True
    except (OSError, IndexError):
        return f"{canonical_line(command, 40)} could not be started.", True
    said = canonical_line(done.stdout.decode("utf-8", "replace"), 200) or "done"
    return f"{canonical_line(words[0], 40)}: {said}", done.returncode != 0


def host_of(url: str) -> str | None:
    """Return the host of an address that may be opened in a browser: http or https, with a host, no control characters."""
    if url.startswith("-") or any(ord(char) <= 32 or ord(char) == 127 for char in url):
        return None
    try:
        parts = urlsplit(url)
        return parts.hostname if parts.scheme in ("http", "https") else None
    except ValueError:
        return None
