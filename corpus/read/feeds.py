"""RSS and Atom: entries as documents, and feeds of comments as the comments of one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from corpus.model import StatedCount
from corpus.read.assembly import Draft, Found
from corpus.read.fields import moment
from corpus.read.fragments import read_blocks, read_fragment
from corpus.read.xml_files import child, local, words
from corpus.text import canonical_line

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_LEADS = ("comments on: ", "comments on ", "comments for ", "kommentare zu: ", "kommentare zu ", "댓글: ")
_IN_REPLY = re.compile(
    r"""\s{0,20}In reply to <a href=["'][^"'#]{0,2000}#(?:comment-)?([\w-]{1,60})["']""", re.IGNORECASE
)
_BY = re.compile(r"\A(?:By|Von|Par|Por|글쓴이):|\bby\b|\bvon\b|\bpar\b", re.IGNORECASE)


def read_feed(root: Element) -> Iterator[Draft | str]:
    """Yield the entries; an entry that answers another (thr:in-reply-to) is its comment."""
    channel = next((node for node in root if local(node) == "channel"), root)
    entries = [node for node in root.iter() if local(node) in ("item", "entry")]
    name = canonical_line(words(channel, "title"), 400)
    if not entries:
        yield "there are no entries in the feed"
        return
    if _is_of_comments(channel, name, entries):
        yield _comment_feed(channel, name, entries)
        return
    # in Atom, who wrote the feed wrote those entries that name nobody
    authors = _authors(root) if local(root) == "feed" else []
    answers = {_own(node): ref for node in entries if (ref := _answered(node))}
    roots = {_own(node): node for node in entries if _own(node) not in answers}
    threads: dict[str, list[Element]] = {}
    for node in entries:
        if (own := _own(node)) in answers:
            threads.setdefault(_root_of(own, answers), []).append(node)
    for own, node in roots.items():
        yield _draft(node, name, threads.pop(own, []), authors)
    for ref, nodes in threads.items():
        draft = Draft(name or "Comments of a feed", comments=[_comment(node, ref) for node in nodes])
        draft.problems.append("the entry that the comments answer is not in this capture")
        _count_left_out(draft, nodes)
        yield draft


def _is_of_comments(channel: Element, name: str, entries: list[Element]) -> bool:
    if name.lower().startswith(_LEADS):
        return True
    links = [_link(node) for node in entries]
    pages = {link.partition("#")[0] for link in links}
    return len(links) > 1 and len(pages) == 1 and all("#" in link for link in links)


def _comment_feed(channel: Element, name: str, entries: list[Element]) -> Draft:
    lead = next((lead for lead in _LEADS if name.lower().startswith(lead)), "")
    draft = Draft(name[len(lead) :] or name, comments=[_comment(node, "") for node in entries])
    link = _link(channel)
    draft.facts["url"] = link.partition("#")[0] if link else None
    draft.problems.append("the feed holds comments only; the article is not in this capture")
    _count_left_out(draft, entries)
    return draft


def _draft(node: Element, outlet: str, comments: list[Element], authors: list[str]) -> Draft | str:
    link = _link(node)
    draft = Draft(canonical_line(read_fragment(words(node, "title"))[0], 400))
    draft.paragraphs, draft.links = read_blocks(_content(node))
    if not draft.paragraphs and not link:
        title = f' "{canonical_line(draft.title, 60)}"' if draft.title else ""
        return f"the entry{title} was left out: it has neither a text nor the address of a page"
    if not draft.title:
        draft.title = draft.paragraphs[0][0][:80] if draft.paragraphs else link
    raw = words(node, "published", "pubDate", "date", "issued", "created") or words(node, "updated", "modified")
    draft.facts = {
        "byline": tuple(_authors(node) or authors),
        "outlet": outlet or None,
        "url": link or None,
        "published": moment(raw),
        "published_raw": canonical_line(raw, 60) or None,
        "published_evidence": "the entry's date in the feed" if moment(raw) else None,
        "modified": moment(words(node, "updated", "modified")),
    }
    count = words(node, "comments", "total")
    if count.isdigit() and len(count) < 9:
        draft.facts["stated_comment_count"] = StatedCount(int(count), f"{count} comments, as the feed says")
    draft.comments = [_comment(item, _own(node)) for item in comments]
    _count_left_out(draft, [node, *comments])
    return draft


def _comment(node: Element, root: str) -> Found:
    source = _content(node)
    text, links = read_fragment(source)
    names = _authors(node)
    raw = words(node, "published", "pubDate", "date", "updated")
    # WordPress states the parent in words: "In reply to Ann.", with a link to her comment
    stated = _IN_REPLY.match(source)
    answered = _answered(node) or (stated[1] if stated else "")
    link = _link(node)
    own = link.rpartition("#")[2].removeprefix("comment-") if "#" in link else _own(node)
    return Found(
        text,
        names[0] if names else None,
        canonical_line(own, 200) or None,
        answered if answered and answered != root else None,
        posted=moment(raw),
        words=canonical_line(raw, 60) or None,
        title=_title(node, names, text),
        url=link or None,
        links=links,
    )


def _title(node: Element, names: list[str], text: str) -> str | None:
    """Return a comment's own title; "By: Ann" and the first words of its text are none."""
    title = canonical_line(read_fragment(words(node, "title"))[0], 400)
    of_author = any(title.endswith(name) for name in names) and bool(_BY.search(title))
    begins = " ".join(text.split()).startswith(title.rstrip("….").strip())
    return title if title and not of_author and not begins else None


def _private(node: Element) -> tuple[int, int]:
    """Return how many e-mail addresses an entry states, and how many texts beside that which is read."""
    authors = [item for item in node if local(item) in ("creator", "author", "contributor")]
    mails = sum(bool(words(item, "email")) or "@" in (item.text or "") for item in authors)
    bodies = sum(
        local(item) in ("encoded", "content", "description", "summary") and bool("".join(item.itertext()).strip())
        for item in node
    )
    return mails, max(0, bodies - 1)


def _count_left_out(draft: Draft, nodes: list[Element]) -> None:
    for node in nodes:
        mails, bodies = _private(node)
        draft.dropped["e-mail address"] += mails
        draft.dropped["summary beside the text"] += bodies


def _content(node: Element) -> str:
    if text := words(node, "encoded"):
        return text
    inner = child(node, "content")
    if inner is not None and inner.get("type") == "xhtml":
        from xml.etree.ElementTree import tostring

        return tostring(inner, encoding="unicode", method="html")
    return words(node, "content", "description", "summary")


def _authors(node: Element) -> list[str]:
    found = []
    for item in node:
        if local(item) in ("creator", "author", "contributor"):
            name = words(item, "name") or ("" if len(item) else (item.text or "").strip())
            # RSS has an address in front of the name: "a@b.example (Ann Lee)"
            if "@" in name:
                name = name.partition("(")[2].rstrip(") ")
            if line := canonical_line(name):
                found.append(line)
    return list(dict.fromkeys(found))


def _link(node: Element) -> str:
    for item in node:
        if local(item) == "link":
            address = item.get("href") if item.get("rel", "alternate") == "alternate" else None
            address = canonical_line(address or (item.text if not item.attrib else "") or "", 2000)
            if address.startswith(("http://", "https://")):
                return address
    return ""


def _own(node: Element) -> str:
    return canonical_line(words(node, "id", "guid") or _link(node) or words(node, "title"), 300)


def _answered(node: Element) -> str:
    answer = child(node, "in-reply-to")
    return canonical_line(answer.get("ref") or "", 300) if answer is not None else ""


def _root_of(own: str, answers: dict[str, str]) -> str:
    seen = set()
    while own in answers and own not in seen:
        seen.add(own)
        own = answers[own]
    return own
