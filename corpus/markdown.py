"""Text of documents as Markdown that shows exactly that text and does nothing: no links, tags, lists or HTML."""

from __future__ import annotations

import re

_ACTIVE = re.compile(r"[\\`*_\[\]<>~|$^#=%{}!&@]")
_ADDRESS = re.compile(r"(?i)\b(https?|ftp|mailto|xmpp):|\b(www)\.")
_LIST = re.compile(r"^(\d{1,9})([.)])(?=\s|$)")
_RULE = re.compile(r"^[-+:]")
_BREAKS = re.compile(r"(\n+)")


def escape(text: str) -> str:
    """Return Markdown (CommonMark, GFM, Obsidian) that reads as exactly `text`.

    An empty line parts paragraphs, a single line feed is a hard break.
    """
    parts = _BREAKS.split(text)
    out = []
    for at, part in enumerate(parts):
        if at % 2 == 0:
            out.append(escape_line(part))
        elif 0 < at < len(parts) - 1 and parts[at - 1] and parts[at + 1] and len(part) <= 2:
            out.append("\\\n" if len(part) == 1 else "\n\n")
        else:
            out.append("&#10;" * len(part))
    return "".join(out)


def escape_line(text: str) -> str:
    """Return Markdown for a text of one line."""
    if not text:
        return ""
    inner = text.strip()
    before, _, after = text.partition(inner) if inner else (text, "", "")
    escaped = _ACTIVE.sub(lambda match: "&#64;" if match[0] == "@" else "\\" + match[0], inner)
    escaped = _RULE.sub(lambda match: "\\" + match[0], _LIST.sub(r"\1\\\2", escaped))
    return _blanks(before) + _defuse(escaped) + _blanks(after)


def quoted(markdown: str) -> str:
    """Return a block of Markdown as a block quotation."""
    return "\n".join(f"> {line}".rstrip() for line in markdown.split("\n"))


def link(url: str) -> str:
    """Return a link to a web address, and any other address as plain text."""
    if not url.lower().startswith(("http://", "https://")) or re.search(r"[\s<>\\]", url):
        return escape_line(url)
    return f"<{url}>"


def with_link(text: str, url: str | None) -> str:
    """Return a text of one line whose last mention of `url`, if any, is a link and the rest inert."""
    before, found, after = text.rpartition(url) if url else (text, "", "")
    if not url or not found:
        return escape_line(text)
    return _spaced(before) + link(url) + _spaced(after)


def _spaced(text: str) -> str:
    inner = text.strip(" ")
    return escape_line(inner).join((" " * text.startswith(" "), " " * text.endswith(" "))) if inner else text


def _blanks(text: str) -> str:
    # blanks at the edge of a line would be cut or make code of it
    return "".join(f"&#{ord(char)};" for char in text)


def _defuse(escaped: str) -> str:
    # some readers make links of addresses in plain text; an escaped sign inside stops them
    return _ADDRESS.sub(lambda match: f"{match[0][:-1]}\\{match[0][-1]}", escaped)
