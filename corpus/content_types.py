"""Which media types of the web are captures, and what their files are called."""

from __future__ import annotations

from urllib.parse import urlsplit

_SUFFIXES = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "application/json": ".json",
    "application/x-ndjson": ".jsonl",
    "application/jsonl": ".jsonl",
    "text/xml": ".xml",
    "application/xml": ".xml",
    "application/rss+xml": ".xml",
    "application/atom+xml": ".xml",
    "application/pdf": ".pdf",
    "application/epub+zip": ".epub",
    "application/zip": ".zip",
    "application/gzip": ".gz",
    "application/x-gzip": ".gz",
    "application/warc": ".warc",
    "multipart/related": ".mhtml",
    "message/rfc822": ".eml",
    "application/mbox": ".mbox",
}
_UNKNOWN_KINDS = ("", "application/octet-stream", "binary/octet-stream", "application/download")


def suffix_for(kind: str, url: str) -> str | None:
    """Return the ending of the name that an answer is kept under (".html"); None for what is no capture.

    Args:
        kind: its media type in small letters, without parameters; may be empty.
        url: where it came from, whose ending counts where the type says nothing.
    """
    if kind in _SUFFIXES:
        return _SUFFIXES[kind]
    if kind.endswith("+json"):
        return ".json"
    if kind.endswith("+xml") and kind != "image/svg+xml":
        return ".xml"
    if kind in _UNKNOWN_KINDS:
        name = urlsplit(url).path.rpartition("/")[2]
        ending = "." + name.rpartition(".")[2].lower() if "." in name else ""
        return ending if ending in _SUFFIXES.values() else ".html" if kind == "" else ".txt"
    return ".txt" if kind.startswith("text/") else None
