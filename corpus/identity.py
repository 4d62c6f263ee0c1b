"""The ids of documents, versions and comments: from what they say or the address they state, never from path or place.

They end up in people's notes, so that none of this may change.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from corpus.text import fold_text, spaced

if TYPE_CHECKING:
    from corpus.model import Comment


def _digest(*parts: str, size: int = 64) -> str:
    from hashlib import sha256

    # a length before each part keeps ("ab", "c") and ("a", "bc") apart
    joined = "".join(f"{len(part)}:{part}" for part in parts)
    return sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:size]


def normal_url(url: str) -> str:
    """Return `url` without what does not tell pages apart: fragment, case of scheme and host, default port."""
    from urllib.parse import urlsplit, urlunsplit

    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").lower()
        port = f":{parts.port}" if parts.port and parts.port not in (80, 443) else ""
    except ValueError:
        return url.strip()
    return urlunsplit((parts.scheme.lower(), host + port, parts.path or "/", parts.query, ""))


def document_id(url: str | None, title: str, body: str) -> str:
    """Return the id of a document: from its canonical URL if the page states one, else from title and body."""
    if url:
        return "d" + _digest("url", normal_url(url), size=16)
    return "d" + _digest("text", spaced(fold_text(title)), spaced(fold_text(body)), size=16)


def version_id(title: str, body: str, comments: Iterable[Comment]) -> str:
    """Return the SHA-256 of all texts of a document; the order of the comments does not count."""
    import json
    from hashlib import sha256

    rest = sorted((comment.id, comment.title or "", comment.text) for comment in comments)
    return sha256(json.dumps([title, body, rest], ensure_ascii=True, separators=(",", ":")).encode("ascii")).hexdigest()


class CommentIds:
    """Gives each comment its id: the source's own, else a hash of author, time and text, with an ordinal among equals."""

    def __init__(self) -> None:
        """Start a document."""
        self._seen: dict[str, int] = {}

    def next(self, own: str | None, author: str | None, posted: str | None, text: str) -> str:
        """Return the id of the next comment in the order of the capture."""
        base = own or "c" + _digest(author or "", posted or "", text, size=16)
        count = self._seen[base] = self._seen.get(base, 0) + 1
        return base if count == 1 else self.next(f"{base}-{count}", None, None, "")
