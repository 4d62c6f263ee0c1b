"""Saying why notes could not be saved."""

from __future__ import annotations

import errno
from pathlib import Path

from corpus.storage import BusyError

_REASONS = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "your space on this disk is used up",
    errno.EROFS: "the disk can only be read",
    errno.EACCES: "there is no permission to write there",
    errno.EPERM: "there is no permission to write there",
    errno.EFBIG: "the file would be too large",
    errno.EMFILE: "too many files are open",
    errno.EIO: "the disk reports an error",
}


class NotSavedError(Exception):
    """Notes did not reach the file; they are kept in memory, and in `recovery` where that could be written.

    The message is one sentence for the user.
    """

    def __init__(self, message: str, recovery: Path | None = None) -> None:
        """Keep the sentence and the path."""
        super().__init__(message)
        self.recovery = recovery


def reason_of(error: OSError) -> str:
    """Return why the disk refused, as a part of a sentence."""
    if isinstance(error, BusyError):
        return "another program holds it"
    return _REASONS.get(error.errno or 0, (error.strerror or "the disk refused").lower())
