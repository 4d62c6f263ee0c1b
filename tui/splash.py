"""The first words of the first article, on screen while the rest of the program is still being loaded.

Written by hand, since what draws the panes takes longer to load than the index takes to answer. The panes are
painted over it at the same places; whatever goes wrong before, the terminal is given back as it was.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from corpus.model import Document
    from tui.session import Session

_ENTER, _LEAVE = "\x1b[?1049h\x1b[?25l\x1b[H\x1b[2J", "\x1b[?1049l\x1b[?25h"


@contextmanager
def splash(session: Session) -> Iterator[None]:
    """Show the first article of the index, if there is one, until the reader paints; put things right if it never does."""
    text = ""
    with suppress(Exception):
        text = _picture(session)
    if not text:
        yield
        return
    before = {number: signal.signal(number, _stop) for number in (signal.SIGTERM, signal.SIGHUP)}
    try:
        _write(_ENTER + text)
        yield
    except BaseException:
        _write(_LEAVE)
        raise
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _stop(number: int, frame: FrameType | None) -> None:
    raise SystemExit(128 + number)


def _write(text: str) -> None:
    with suppress(OSError):
        os.write(2, text.encode("utf-8", "replace"))


def _picture(session: Session) -> str:
    from tui.view.article import ArticleSource, source_line
    from tui.view.layout import arrange

    encoding = (getattr(sys.__stderr__, "encoding", "") or "").lower()
    if session.options.ascii or os.environ.get("TERM", "dumb") == "dumb" or encoding.replace("-", "") != "utf8":
        return ""
    document = _first_document(session)
    if document is None:
        return ""
    width, height = os.get_terminal_size(2)
    layout = arrange(width, height, "article", "articles", "article")
    if "article" not in layout.shown:
        return ""
    room = width - layout.articles - layout.entities - (layout.comments if layout.beside else 0) - 1
    source = ArticleSource(document, measure=session.options.settings.measure, source_line=source_line(document))
    lines: list[str] = []
    most = (height - 2) * 3 // 5 if "comments" in layout.shown and not layout.beside else height - 2
    for item in range(len(source)):
        for row in source.rows(item, room):
            text = row.plain.replace("\t", " ").rstrip()
            lines.append(f"\x1b[1m{text}\x1b[0m" if item == 0 and len(lines) == 0 else text)
        if len(lines) >= most - 1:
            break
    return "".join(f"\x1b[{at + 2};{layout.articles + 1}H{line}" for at, line in enumerate(lines[: most - 1]) if line)


def _first_document(session: Session) -> Document | None:
    name = session.first_document()
    return session.library.document(name) if name else None
