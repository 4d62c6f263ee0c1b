"""Disqus exports: threads, which are pages, and the posts under them."""

from __future__ import annotations

import pickle
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from corpus.read.assembly import Draft, Found
from corpus.read.fields import moment
from corpus.read.fragments import read_blocks, read_fragment
from corpus.read.xml_files import child, local, words
from corpus.text import canonical_line

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element


def read_disqus(parts: Iterable[Element]) -> Iterator[Draft | str]:
    """Yield a document for each thread that has a title, an address or posts.

    Posts stand after all threads, in no order; till theirs comes, they are kept packed.
    """
    threads: dict[str, Draft] = {}
    posts: dict[str, list[bytes]] = {}
    for node in parts:
        if local(node) == "thread":
            own = _id(node)
            # the export has several threads without an id
            threads[own if own not in threads else f"{own} ({len(threads) + 1})"] = _thread(node, own)
        elif local(node) == "post":
            thread = child(node, "thread")
            dropped: Counter[str] = Counter()
            post = _post(node, dropped)
            posts.setdefault(_id(thread) if thread is not None else "", []).append(pickle.dumps((post, dropped), -1))
    if not threads and not posts:
        yield "there is no thread in the export"
    for name in [*threads, *(name for name in posts if name not in threads)]:
        draft = threads.pop(name, None) or _unknown(name)
        draft.facts["_member"] = f"thread {canonical_line(name, 40)}"
        for packed in posts.pop(name, ()):
            post, dropped = pickle.loads(packed)
            draft.comments.append(post)
            draft.dropped.update(dropped)
        yield draft


def _unknown(name: str) -> Draft:
    draft = Draft(f"Comments on a page that is not in this export ({canonical_line(name, 40)})")
    draft.problems.append("the thread that the comments belong to is not in this capture")
    return draft


def _thread(thread: Element, name: str) -> Draft:
    link = canonical_line(words(thread, "link"), 2000)
    draft = Draft(
        canonical_line(words(thread, "title"), 400) or link or f"Thread {canonical_line(name, 40)} without a title"
    )
    draft.paragraphs, draft.links = read_blocks(words(thread, "message"))
    author, raw = child(thread, "author"), words(thread, "createdAt")
    _count_private(thread, author, draft.dropped)
    # whoever first opened the page's comments is not the author of the article
    draft.dropped["name of who opened the thread"] += bool(author is not None and words(author, "name", "username"))
    draft.facts |= {
        "url": link if link.startswith(("http://", "https://")) else None,
        "outlet": canonical_line(words(thread, "forum")) or None,
        "published": moment(raw),
        "published_raw": canonical_line(raw, 60) or None,
        "published_evidence": "when the thread was opened at Disqus" if moment(raw) else None,
    }
    return draft


def _post(node: Element, dropped: Counter[str]) -> Found:
    text, links = read_fragment(words(node, "message"))
    author, parent, raw = child(node, "author"), child(node, "parent"), words(node, "createdAt")
    _count_private(node, author, dropped)
    name = canonical_line(words(author, "name", "username")) if author is not None else ""
    found = Found(
        text,
        name or None,
        _id(node) or None,
        (_id(parent) or None) if parent is not None else None,
        posted=moment(raw),
        words=canonical_line(raw, 60) or None,
        links=links,
    )
    if words(node, "isSpam") == "true":
        found.state = "spam"
    if words(node, "isDeleted") == "true":
        found.state = "deleted"
        found.kind = "comment" if text else "deleted"
    return found


def _count_private(node: Element, author: Element | None, dropped: Counter[str]) -> None:
    dropped["e-mail address"] += bool(author is not None and words(author, "email"))
    dropped["IP address"] += bool(words(node, "ipAddress"))


def _id(node: Element) -> str:
    """Return the id attribute of Disqus's own namespace."""
    return next(
        (
            canonical_line(value, 60)
            for key, value in node.attrib.items()
            if key.rpartition("}")[2].rpartition(":")[2] == "id"
        ),
        "",
    )
