"""The links of the passage and of the document, each with its host; one is opened by asking twice."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from corpus.model import Comment, Document, Span
from corpus.text import canonical_line, fold
from tui.browser import Asked, open_page, shown_host
from tui.dispatch import CommandScreen
from tui.screens.copying import copy_text
from tui.screens.listing import ListingScreen
from tui.view.lines import Line
from tui.view.rows import Run

if TYPE_CHECKING:
    from tui.quotes import Quotes

_ADDRESS = re.compile(r"https?://[^\s<>\"“”‘’「」『』()\[\]{}|\\^`]+", re.IGNORECASE)
_LAST = ".,;:!?'…·、。"
NOT_OPENED = "Only web addresses (http, https) are opened; y copies it."


class Found(NamedTuple):
    """A link: its address, the words that carry it, and the heading that it stands under."""

    url: str
    words: str
    group: str


def links_at(document: Document, span: Span | None) -> list[Found]:
    """Return the links of the passage at `span`, then of the document; every address once.

    Args:
        span: the focused passage; None for none.
    """
    found = [*_here(document, span), *_of_document(document)]
    once: dict[str, Found] = {}
    for link in found:
        if link.url:
            once.setdefault(link.url, link)
    return list(once.values())


def addresses_in(text: str) -> list[str]:
    """Return the web addresses that stand in a text, without the punctuation after them."""
    return [match[0].rstrip(_LAST) for match in _ADDRESS.finditer(text)]


def _here(document: Document, span: Span | None) -> Iterator[Found]:
    if span is None:
        return
    if span.comment is not None:
        comment = document.comment(span.comment)
        yield from _of_comment(document, comment, f"COMMENT #{document.index_of(comment.id) + 1}")
        return
    group = "THIS PASSAGE"
    for link in document.links:
        if link.span and link.span.key == span.key and link.span.start < span.end and span.start < link.span.end:
            yield Found(link.url, document.quote(link.span), group)
    yield from (Found(url, "", group) for url in addresses_in(document.quote(span)))


def _of_comment(document: Document, comment: Comment, group: str) -> Iterator[Found]:
    for link in comment.links:
        yield Found(link.url, document.quote(link.span) if link.span else "", group)
    for url in addresses_in(f"{comment.title or ''}\n{comment.text}"):
        yield Found(url, "", group)
    if comment.url:
        yield Found(full_address(document, comment.url), "this comment on its page", group)


def _of_document(document: Document) -> Iterator[Found]:
    group = "DOCUMENT"
    if document.url:
        yield Found(document.url, "the page", group)
    for link in document.links:
        yield Found(link.url, document.quote(link.span) if link.span else "", group)
    yield from (Found(url, "", group) for url in addresses_in(document.body))


def full_address(document: Document, url: str) -> str:
    """Return the address of something on the document's page; as it stands where it cannot be joined."""
    from urllib.parse import urljoin

    try:
        return urljoin(document.url or "", url)
    except ValueError:
        return url


def address_of(document: Document, comment: str | None) -> str | None:
    """Return the address of the page, or of a comment on it where that has one; None where none is stated."""
    own = document.comment(comment).url if comment is not None else None
    return full_address(document, own) if own else document.url


def ask_to_open(screen: CommandScreen, asked: Asked, url: str, key: str) -> str:
    """Show the host of an address, and open it when it is asked for again; return the sentence to show.

    Args:
        key: what to press again, as it is shown.
    """
    host = shown_host(url)
    if host is None:
        return NOT_OPENED
    if not asked.again(url):
        return f"Open {canonical_line(host, 200)} in the browser? {key} again opens it."

    def work() -> None:
        said, failed = open_page(url)
        screen.app.call_from_thread(lambda: screen.say(said, error=failed))

    screen.run_worker(work, thread=True, group="browser", exit_on_error=False)
    return f"Opening {canonical_line(host, 200)}…"


class LinksScreen(ListingScreen):
    """Shows links; nothing is returned."""

    title_text = "Links"
    placeholder = "filter: words of a link"
    hints = ("open", "quote", "down", "up", "filter", "leave")
    nothing = "No links here."
    typing = False

    def __init__(self, links: Sequence[Found], quotes: Quotes) -> None:
        """Show `links`; what is copied is kept among `quotes`."""
        super().__init__()
        self.links, self.quotes = links, quotes
        self.asked = Asked()

    def lines(self, text: str) -> list[Line]:
        """Return the links that hold every word typed, under their headings."""
        words = fold(text).text.split()
        lines: list[Line] = []
        group = None
        for link in self.links:
            if not all(word in fold(f"{link.words} {link.url}").text for word in words):
                continue
            if link.group != group:
                group = link.group
                lines.append(Line(("group", group), (Run(group, "group"),), heading=True))
            lines.append(_line(link))
        return lines

    def command_open(self, count: int | None) -> None:
        """Open the link under the cursor; the first press asks."""
        url = self.chosen()
        if isinstance(url, str):
            self.say(ask_to_open(self, self.asked, url, "Enter"))

    def command_browser(self, count: int | None) -> None:
        """Open the link under the cursor; the first press asks."""
        url = self.chosen()
        if isinstance(url, str):
            self.say(ask_to_open(self, self.asked, url, "o"))

    def command_quote(self, count: int | None) -> bool:
        """Copy the address under the cursor."""
        url = self.chosen()
        if not isinstance(url, str):
            return False
        copy_text(self, self.quotes, url)
        return True

    def command_cancel(self, count: int | None) -> None:
        """Leave the line to type in, else the screen."""
        if self.focused is self.input:
            self.list.focus()
        else:
            self.dismiss(None)


def _line(link: Found) -> Line:
    host = shown_host(link.url)
    words = " ".join(link.words.split())
    shown = [Run(words)] if words and words != link.url else []
    right = canonical_line(host, 200) if host else "not opened"
    if not shown:
        return Line(link.url, (Run(link.url, "text" if host else "dim"),), right=right)
    return Line(link.url, tuple(shown), right=right, below=link.url)
